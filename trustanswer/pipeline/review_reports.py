"""The JSON of a review: what `review list --json` and `review show --json` print."""

from __future__ import annotations

from typing import Any

from trustanswer import reports
from trustanswer.model import Entry
from trustanswer.pipeline.reviewing import Overview
from trustanswer.review.states import Answer, entry_of

Json = dict[str, Any]


def review_report(found: Overview) -> Json:
    """One element of `review list --json`."""
    review = found.review
    return {
        "id": review.id,
        "questionnaire": review.name,
        "customer": review.customer,
        "due": None if review.due is None else review.due.isoformat(),
        "started_by": review.started_by,
        "started_at": review.started_at.isoformat(),
        "sha256": review.sha256,
        "knowledge": {"fingerprint": review.fingerprint, "statements": review.statements},
        "model": review.model,
        "version": review.version,
        "questions": found.total,
        "approved": found.closed,
        "already_answered": len(review.already),
        "states": {state.value: n for state, n in found.states.items()},
    }


def answer_report(answer: Answer, entry: Entry | None = None) -> Json:
    """The fields of `fill --json`, and who stands behind them; `entry`: as it was written."""
    approved = answer.approved
    return {
        **reports.answer_report(entry or entry_of(answer)),
        "number": answer.row,
        "same_as": answer.alike if answer.alike != answer.row else None,
        "state": answer.state.value,
        "origin": answer.content.origin.value,
        "revision": answer.revision,
        "assignee": answer.assignee,
        "author": answer.author,
        "approved_by": answer.closed_by if approved else None,
        "approved_at": answer.closed_at.isoformat() if approved and answer.closed_at else None,
    }
