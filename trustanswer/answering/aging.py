"""Drafts on statements that should have been looked at again: flagged, and never quite sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from trustanswer.model import Band, Draft, Flag, Statement, Status

STALE = "stale"
SUREST = 0.85  # of a draft on a stale statement; its flag alone keeps it out of the high band


def aged(
    drafts: Sequence[Draft], stale: Collection[str], min_confidence: float | None = None
) -> list[Draft]:
    """The same drafts, those that quote a statement of `stale` (ids) flagged and their confidence
    capped; one that is then less sure than `min_confidence` is withheld, like any other."""
    return [_aged(draft, stale, min_confidence or 0.0) for draft in drafts]


def _aged(draft: Draft, stale: Collection[str], min_confidence: float) -> Draft:
    old = dict.fromkeys(c.statement for c in draft.citations if c.statement.id in stale)
    if not old:
        return draft
    confidence = round(min(draft.confidence, SUREST), 3)
    flags = (*draft.flags, *(Flag(STALE, _said(statement)) for statement in old))
    if confidence < min_confidence <= draft.confidence:
        reason = f"{_said(next(iter(old)))}, which makes it less sure than you ask for"
        return Draft(draft.question, Status.ABSTAINED, confidence=confidence, reason=reason)
    return replace(draft, confidence=confidence, flags=flags, band=Band.REVIEW)


def _said(statement: Statement) -> str:
    return f"“{statement.title}” was last looked at on {statement.updated}"
