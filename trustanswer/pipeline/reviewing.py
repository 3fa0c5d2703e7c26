"""Reviewing: what stands in a review, and every decision on it.

A decision may name what was `seen`: the revision of each row as it was shown. It is refused where
that is no longer what stands there. Rows are the numbers that `review show` gives, from 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trustanswer.answering.aging import STALE
from trustanswer.errors import InputError, ReviewError
from trustanswer.model import Band
from trustanswer.pipeline.edits import Edit, edited_content
from trustanswer.pipeline.starting import read_in, start
from trustanswer.pipeline.workspace import Workspace, named, now
from trustanswer.review.records import Review
from trustanswer.review.states import Action, Answer, Decision, Event, State, entry_of, fold
from trustanswer.workbook.tokens import clean_text

__all__ = [
    "Edit",
    "Overview",
    "Seen",
    "answers_of",
    "approve",
    "assign",
    "comment",
    "edit",
    "overview",
    "overviews",
    "read_in",
    "ready",
    "reject",
    "reopen",
    "revisions_at",
    "rows_named",
    "same_as",
    "start",
    "surest",
    "to_approve",
]

Seen = Mapping[int, str]  # row -> revision

READY = (State.DRAFTED, State.EDITED)  # what a bulk approval takes up


@dataclass(frozen=True)
class Overview:
    """A review at a glance: how many answers are in each state.

    `doubted` are the rows of drafts that wait and are flagged or incomplete, `stale` those of
    answers on statements that should have been looked at again.
    """

    review: Review
    states: Mapping[State, int]
    doubted: tuple[int, ...] = ()
    stale: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def closed(self) -> int:
        return self.states.get(State.APPROVED, 0) + self.states.get(State.EXPORTED, 0)


# --- look --------------------------------------------------------------------------------------


def overviews(workspace: Workspace) -> tuple[Overview, ...]:
    """Every review, oldest first."""
    return tuple(overview(workspace, review.id) for review in workspace.store.reviews())


def overview(workspace: Workspace, review: int) -> Overview:
    """One review at a glance. Raises ReviewError where there is none."""
    found = workspace.store.review(review)
    answers = workspace.store.answers(review)
    return Overview(
        found,
        Counter(a.state for a in answers),
        tuple(a.row for a in answers if a.state is State.DRAFTED and not entry_of(a).draft.plain),
        frozenset(a.row for a in answers if any(f.kind == STALE for f in a.content.flags)),
    )


def revisions_at(answers: Sequence[Answer], number: int) -> dict[int, str]:
    """The revision of each answer as it stood after event `number` of the review's log."""
    return {
        a.row: fold(
            a.row,
            a.question,
            a.candidates,
            a.alike,
            [e for e in a.history if e.number <= number],
        ).revision
        for a in answers
    }


def answers_of(workspace: Workspace, review: int) -> tuple[Answer, ...]:
    """The answers of a review. Raises ReviewError where there is no such review."""
    workspace.store.review(review)
    return workspace.store.answers(review)


# --- which rows --------------------------------------------------------------------------------


def rows_named(answers: Sequence[Answer], words: Sequence[str]) -> tuple[int, ...]:
    """The rows that words like "3", "5-9", "2,4" or "all" name, in order, each once."""
    known = {a.row for a in answers}
    found: set[int] = set()
    for word in ",".join(words).split(","):
        found |= known if word.strip().casefold() == "all" else _range(word.strip())
    if missing := sorted(found - known):
        rows = f"the rows are 1 to {max(known)}" if known else "all of it came in answered"
        raise ReviewError(f"there is no row {missing[0]}; {rows}")
    return tuple(sorted(found))


def _range(word: str) -> set[int]:
    first, dash, last = word.partition("-")
    try:
        start, end = int(first), int(last if dash else first)
    except ValueError:
        raise InputError(f"“{word}” names no rows; write 3, 5-9, 2,4 or all") from None
    if start == 0:
        raise InputError(f"“{word}” names no rows; the first row is 1")
    if not 0 < start <= end <= start + 100_000:
        raise InputError(f"“{word}” names no rows; write the smaller number first")
    return set(range(start, end + 1))


def ready(answers: Sequence[Answer]) -> tuple[int, ...]:
    """The rows with an answer that waits only for approval."""
    return tuple(a.row for a in answers if a.state in READY)


def surest(answers: Sequence[Answer], above: float) -> tuple[int, ...]:
    """The rows of waiting drafts of the high band, of this confidence at least.

    A confidence alone is no ground to approve several at once: one that is flagged or incomplete
    may have it too, and never is in the high band.
    """
    high = (a for a in answers if a.state in READY and a.content.band is Band.HIGH)
    return tuple(a.row for a in high if a.content.confidence >= above)


def same_as(answers: Sequence[Answer], row: int) -> tuple[int, ...]:
    """The rows that ask the same as `row` and are answered with the same words, it included."""
    (model,) = [a for a in answers if a.row == row]
    alike = [a for a in answers if a.alike == model.alike and a.state in READY]
    return tuple(sorted({row, *(a.row for a in alike if _words(a) == _words(model))}))


def to_approve(
    answers: Sequence[Answer], words: Sequence[str], above: float | None, like: int | None
) -> tuple[int, ...]:
    """The rows that all criteria given name: words, a confidence, a row whose likes are meant.

    "all", and a confidence, mean only what waits for approval, and a confidence only drafts of the
    high band; a row by its number is meant as it is.
    """
    everything = [word.casefold() for word in words] == ["all"]
    chosen = set(ready(answers) if everything else rows_named(answers, words or ["all"]))
    if above is not None:
        chosen &= set(surest(answers, above))
    if like is not None:
        chosen &= set(same_as(answers, *rows_named(answers, [str(like)])))
    return tuple(sorted(chosen))


def _words(answer: Answer) -> tuple[str | None, ...]:
    return (answer.content.option, answer.content.answer, answer.content.comment)


# --- decide ------------------------------------------------------------------------------------


def approve(
    workspace: Workspace,
    review: int,
    rows: Sequence[int],
    *,
    by: str,
    why: str | None = None,
    seen: Seen | None = None,
    restrict: bool = False,
) -> tuple[Event, ...]:
    """Somebody stands behind these answers; `restrict` keeps them for this customer alone."""
    decisions = [
        Decision(row, Action.APPROVE, _seen(seen, row), why, restricted=restrict) for row in rows
    ]
    return _decide(workspace, review, decisions, by)


def reject(
    workspace: Workspace,
    review: int,
    rows: Sequence[int],
    *,
    by: str,
    why: str | None = None,
    seen: Seen | None = None,
) -> tuple[Event, ...]:
    """These answers must not go out as they stand."""
    decisions = [Decision(row, Action.REJECT, _seen(seen, row), why) for row in rows]
    return _decide(workspace, review, decisions, by)


def reopen(
    workspace: Workspace,
    review: int,
    rows: Mapping[int, str | None],
    *,
    by: str,
    seen: Seen | None = None,
) -> tuple[Event, ...]:
    """These approvals no longer hold, for the reason given with each row."""
    decisions = [Decision(row, Action.REOPEN, _seen(seen, row), why) for row, why in rows.items()]
    return _decide(workspace, review, decisions, by)


def assign(
    workspace: Workspace,
    review: int,
    rows: Sequence[int],
    *,
    to: str,
    by: str,
    why: str | None = None,
    seen: Seen | None = None,
) -> tuple[Event, ...]:
    """These answers are for `to` to write or to decide."""
    whom = named(to, "nobody is named; say who is to answer")
    decisions = [Decision(row, Action.ASSIGN, _seen(seen, row), why, to=whom) for row in rows]
    return _decide(workspace, review, decisions, by)


def comment(
    workspace: Workspace, review: int, rows: Sequence[int], text: str, *, by: str
) -> tuple[Event, ...]:
    """A note among reviewers; it never reaches the customer and changes nothing else."""
    if not clean_text(text).strip():
        raise InputError("the comment is empty; write what you want to say")
    decisions = [Decision(row, Action.COMMENT, why=text) for row in rows]
    return _decide(workspace, review, decisions, by)


def edit(
    workspace: Workspace,
    review: int,
    rows: Sequence[int],
    change: Edit,
    *,
    by: str,
    why: str | None = None,
    seen: Seen | None = None,
) -> tuple[Event, ...]:
    """A person's words in place of what stands there. Raises ReviewError for what does not fit."""
    store = workspace.store
    statements = {s.id: s for s in store.statements(store.review(review))} if change.cite else {}
    decisions = [
        Decision(
            a.row,
            Action.EDIT,
            # What is edited is what was read just now: words added meanwhile are not lost.
            _seen(seen, a.row) or a.revision,
            why,
            content=edited_content(a, change, statements),
        )
        for a in store.answers(review, rows)
    ]
    return _decide(workspace, review, decisions, by)


def _decide(
    workspace: Workspace, review: int, decisions: Sequence[Decision], by: str
) -> tuple[Event, ...]:
    workspace.store.review(review)
    plain = [replace(d, why=clean_text(d.why or "").strip() or None) for d in decisions]
    return workspace.store.decide(review, plain, by=named(by), at=now(), rules=workspace.rules)


def _seen(seen: Seen | None, row: int) -> str | None:
    return None if seen is None else seen.get(row)
