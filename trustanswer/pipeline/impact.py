"""What a change of the knowledge base touches: the approved answers that quote what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trustanswer.knowledge.diff import diff
from trustanswer.model import Change, What
from trustanswer.pipeline.reviewing import reopen
from trustanswer.pipeline.settings import Settings, load_knowledge
from trustanswer.pipeline.workspace import Workspace
from trustanswer.review.impact import Affected, affected
from trustanswer.review.records import Approved

_SHOWN = 100  # characters of a quote in a reason


@dataclass(frozen=True)
class Impact:
    """What changed, and the quotes of approved answers that it touches.

    `reviews`: how many reviews were looked at; None where none are kept here.
    """

    changes: tuple[Change, ...]
    affected: tuple[Affected, ...]
    reviews: int | None


def knowledge_diff(old: Path, new: Path, settings: Settings, workspace: Workspace | None) -> Impact:
    """The changes between two states of a knowledge base. Raises KnowledgeError for none."""
    before, after = (load_knowledge(replace(settings, knowledge=place)) for place in (old, new))
    changes = diff(before.statements, after.statements)
    if workspace is None:
        return Impact(changes, (), None)
    touched = affected(changes, workspace.store.library())
    return Impact(changes, touched, len(workspace.store.reviews()))


def touched_since(
    workspace: Workspace, settings: Settings, review: int | None
) -> tuple[Affected, ...]:
    """The quotes of approved answers (of one review, or of all) that today's knowledge touches:
    each answer's statements as they were when it was drafted, held against those of today."""
    if review is not None:
        workspace.store.review(review)
    today = load_knowledge(settings).statements
    by_review: dict[int, list[Approved]] = {}
    for approved in workspace.store.library():
        if review in (None, approved.review.id):
            by_review.setdefault(approved.review.id, []).append(approved)
    return tuple(
        found
        for answers in by_review.values()
        for found in affected(diff(workspace.store.statements(answers[0].review), today), answers)
    )


def reopen_touched(
    workspace: Workspace, touched: Sequence[Affected], *, by: str, why: str | None
) -> int:
    """Reopens every answer with such a quote, each with its reason; returns how many there were."""
    rows: dict[int, dict[int, str | None]] = {}
    for found in sorted(touched, key=lambda f: f.still_stands):  # the most telling reason first
        answer = found.approved.answer
        rows.setdefault(found.approved.review.id, {}).setdefault(answer.row, why or reason(found))
    return sum(len(reopen(workspace, id, which, by=by)) for id, which in rows.items())


def reason(found: Affected) -> str:
    """Why an answer is to be looked at again, in a line for its history."""
    title = found.change.old.title if found.change.old else ""
    if found.change.what is What.REMOVED:
        return f"“{title}” is no longer in the knowledge base"
    if found.change.what is What.RENAMED:
        return f"“{title}” is now “{found.change.statement.title}”"
    if found.still_stands:
        return f"“{title}” has changed, though not the words quoted"
    return f"“{title}” now says: {_short(found.now)}" if found.now else f"“{title}” says it no more"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
