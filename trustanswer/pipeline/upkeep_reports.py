"""The JSON of what `kb lint`, `kb diff`, `kb gaps` and `review conflicts` found."""

from __future__ import annotations

from typing import Any

from trustanswer.model import Change, Finding
from trustanswer.pipeline.conflicts import Conflicts
from trustanswer.pipeline.gaps import Gap, Gaps
from trustanswer.pipeline.impact import Impact
from trustanswer.pipeline.linting import NOTES, Linted
from trustanswer.reports import question_report, statement_report
from trustanswer.review.impact import Affected
from trustanswer.review.records import Approved

Json = dict[str, Any]


def lint_report(found: Linted) -> Json:
    return {
        "fingerprint": found.knowledge.fingerprint,
        "statements": len(found.knowledge.statements),
        "reviews": found.reviews,
        "problems": found.problems,
        "findings": [_finding(finding) for finding in found.findings],
    }


def _finding(finding: Finding) -> Json:
    other = finding.other
    return {
        "check": finding.check.value,
        "problem": finding.check not in NOTES,
        "detail": finding.detail,
        "statement": statement_report(finding.statement),
        "quote": finding.quote or None,
        "other": None if other is None else statement_report(other),
        "other_quote": finding.other_quote or None,
    }


def diff_report(found: Impact) -> Json:
    """`affected` is null where no reviews are kept."""
    return {
        "changes": [_change(change) for change in found.changes],
        "reviews": found.reviews,
        "affected": None if found.reviews is None else affected_report(found.affected),
    }


def _change(change: Change) -> Json:
    return {
        "what": change.what.value,
        "old": None if change.old is None else statement_report(change.old),
        "new": None if change.new is None else statement_report(change.new),
        "words": list(change.words),
    }


def affected_report(found: tuple[Affected, ...]) -> list[Json]:
    return [
        {
            **_approved(one.approved),
            "what": one.change.what.value,
            "statement_id": one.change.old.id if one.change.old else None,
            "old_quote": one.quote,
            "new_quote": one.now or None,
            "still_stands": one.still_stands,
        }
        for one in found
    ]


def gaps_report(found: Gaps) -> Json:
    return {
        "files": list(found.files),
        "asked": found.asked,
        "left": found.left,
        "gaps": [_gap(gap) for gap in found.gaps],
    }


def _gap(gap: Gap) -> Json:
    return {
        "heading": list(gap.heading),
        "files": list(gap.files),
        "nearest": None if gap.nearest is None else statement_report(gap.nearest),
        "score": round(gap.score, 3),
        "questions": [
            {"file": left.file, **question_report(left.question), "reason": left.reason}
            for left in gap.questions
        ],
    }


def conflicts_report(found: Conflicts) -> Json:
    return {
        "answers": found.answers,
        "differing": [
            {"detail": one.detail, "answers": [_approved(a) for a in one.answers]}
            for one in found.differing
        ],
        "outdated": [
            {
                **_approved(one.approved),
                "detail": one.detail,
                "said": one.said,
                "today": {
                    "statement": statement_report(one.today.statement),
                    "quote": one.today.quote,
                },
            }
            for one in found.outdated
        ],
    }


def _approved(approved: Approved) -> Json:
    """Which answer, to whom, in which cell, and what it says."""
    answer, review = approved.answer, approved.review
    return {
        "review": review.id,
        "questionnaire": review.name,
        "customer": review.customer,
        "number": answer.row,
        "sheet": answer.question.sheet,
        "cell": answer.question.answer_cell if answer.question.sheet is not None else None,
        "question": answer.question.text,
        "state": answer.state.value,
        "option": answer.content.option,
        "answer": answer.content.answer,
        "comment": answer.content.comment,
        "approved_by": answer.closed_by,
        "approved_at": answer.closed_at.isoformat() if answer.closed_at else None,
    }
