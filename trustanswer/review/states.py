"""What is decided about a draft, and what that makes of it: a fold of events, without a clock.

                          ┌──────────── reject ───────────┐
    drafted ──────────────┤                               ▼
    needs an answer ──────┼── edit ──▶ edited ──────▶ rejected
    assigned ─────────────┤              │
                          └── approve ───┴──▶ approved ── export ──▶ exported

An edit goes from every state to edited: an approval is of the words that were approved. What was
approved or exported may be reopened, where its grounds have changed; then it is approved again,
edited or rejected. Comments change nothing. `revision` names what a person sees when deciding: the
words, and whether they are approved or rejected and by whom; a decision on another revision is
refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from trustanswer.errors import ReviewError, StaleError
from trustanswer.model import Band, Citation, Draft, Entry, Flag, Question, Status, Verdict


class State(StrEnum):
    DRAFTED = "drafted"
    NEEDS = "needs an answer"
    ASSIGNED = "assigned"
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPORTED = "exported"
    REOPENED = "reopened"


class Action(StrEnum):
    DRAFT = "draft"  # the first event of every answer
    EDIT = "edit"
    APPROVE = "approve"
    REJECT = "reject"
    ASSIGN = "assign"
    COMMENT = "comment"
    EXPORT = "export"
    REOPEN = "reopen"


class Origin(StrEnum):
    """Whose words an answer is."""

    DRAFT = "draft"  # quotes of the knowledge base
    LIBRARY = "library"  # approved before, for another questionnaire
    PERSON = "person"


CLOSED = frozenset({State.APPROVED, State.EXPORTED})
HELD_BACK = frozenset({State.REJECTED, State.REOPENED})  # not sent, not even as a draft


@dataclass(frozen=True, slots=True)
class Content:
    """What an answer says, with its grounds. Only option, answer and comment reach the customer.

    `answer` is what is written to the answer cell (for a mark: "X", in the cell of `option`).
    """

    option: str | None = None
    answer: str | None = None
    comment: str | None = None
    verdict: Verdict = Verdict.NONE
    citations: tuple[Citation, ...] = ()
    origin: Origin = Origin.DRAFT
    confidence: float = 0.0
    missing: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    band: Band | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.answer or self.comment)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a review's log. `number` counts from 1 within the review; `at` is in UTC.

    `seen` is the revision that was decided on, `why` the person's comment, `to` the assignee.
    `restricted`: an approval for this customer alone. `content` is that of a draft or an edit.
    """

    number: int
    row: int
    action: Action
    by: str
    at: datetime
    seen: str = ""
    why: str | None = None
    to: str | None = None
    restricted: bool = False
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a review, as its events have made it. `row` is its number in the review.

    `author` is the person whose words these are, None for a draft. `candidates` are ids of the
    statements that were near. `alike` is the row of the first question that asks the same, shared
    by all that do. `closed_by` and `closed_at`: the last approval, rejection or
    reopening that still stands.
    """

    row: int
    question: Question
    content: Content
    state: State
    candidates: tuple[str, ...] = ()
    alike: int = 0
    assignee: str | None = None
    author: str | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    restricted: bool = False
    history: tuple[Event, ...] = ()

    @property
    def approved(self) -> bool:
        return self.state in CLOSED

    @property
    def revision(self) -> str:
        """12 hex digits over the words, and over the decision on them."""
        c = self.content
        decision = (self.closed_by, self.approved) if self.closed_by is not None else None
        seen = repr((c.option, c.answer, c.comment, c.origin.value, _cited(c), decision))
        return hashlib.sha256(seen.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person wants done with one answer. `seen` None: whatever stands there now."""

    row: int
    action: Action
    seen: str | None = None
    why: str | None = None
    to: str | None = None
    restricted: bool = False
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the workspace demands. `second_person`: nobody approves their own words."""

    second_person: bool = False


def _cited(content: Content) -> list[tuple[str, str]]:
    return [(c.statement.id, c.quote) for c in content.citations]


# --- the fold ----------------------------------------------------------------------------------


def fold(
    row: int, question: Question, candidates: tuple[str, ...], alike: int, events: Iterable[Event]
) -> Answer:
    """The answer that these events, in the order of their numbers, have made."""
    answer = Answer(row, question, Content(), State.NEEDS, candidates, alike)
    for event in events:
        answer = after(answer, event)
    return answer


def after(answer: Answer, event: Event) -> Answer:
    """The answer once one more event has happened to it."""
    return replace(_changed(answer, event), history=(*answer.history, event))


def _changed(answer: Answer, event: Event) -> Answer:
    match event.action:
        case Action.DRAFT | Action.EDIT:
            return _written(answer, event)
        case Action.APPROVE:
            return _closed(answer, event, State.APPROVED)
        case Action.REJECT:
            return _closed(answer, event, State.REJECTED)
        case Action.ASSIGN:
            return replace(answer, state=State.ASSIGNED, assignee=event.to)
        case Action.EXPORT if answer.approved:
            return replace(answer, state=State.EXPORTED)
        case Action.REOPEN:
            return _closed(answer, event, State.REOPENED)
    return answer


def _written(answer: Answer, event: Event) -> Answer:
    content = event.content or Content()
    edited = event.action is Action.EDIT
    drafted = State.DRAFTED if content.answer else State.NEEDS
    return replace(
        answer,
        content=content,
        state=State.EDITED if edited else drafted,
        author=event.by if edited else None,
        closed_by=None,
        closed_at=None,
        restricted=False,
    )


def _closed(answer: Answer, event: Event, state: State) -> Answer:
    return replace(
        answer, state=state, closed_by=event.by, closed_at=event.at, restricted=event.restricted
    )


# --- what is allowed ---------------------------------------------------------------------------


def check(answer: Answer, decision: Decision, by: str, rules: Rules) -> None:
    """Raises StaleError or ReviewError where the decision may not be recorded."""
    if decision.seen is not None and decision.seen != answer.revision:
        raise StaleError(f"row {answer.row} has changed since you saw it: {last_change(answer)}")
    match decision.action:
        case Action.APPROVE:
            _check_approval(answer, by, rules)
        case Action.ASSIGN if answer.approved:
            raise ReviewError(
                f"row {answer.row} is approved by {answer.closed_by}; edit or reject it first"
            )
        case Action.REOPEN if not answer.approved:
            raise ReviewError(f"row {answer.row} is not approved: there is nothing to reopen")
        case Action.REJECT if not answer.content.says_something:
            raise ReviewError(f"row {answer.row} has no answer to reject")


def changes_nothing(answer: Answer, decision: Decision) -> bool:
    """Whether the answer already is what the decision asks for: an approved one is not again."""
    if decision.action is Action.APPROVE:
        return answer.approved and decision.restricted in (False, answer.restricted)
    if decision.action is Action.REJECT:
        return answer.state is State.REJECTED
    if decision.action is Action.ASSIGN:
        return answer.state is State.ASSIGNED and answer.assignee == decision.to
    return False


def last_change(answer: Answer) -> str:
    """What last gave the answer its revision, by whom and when, in words."""
    telling = {Action.DRAFT, Action.EDIT, Action.APPROVE, Action.REJECT, Action.REOPEN}
    event = next((e for e in reversed(answer.history) if e.action in telling), None)
    if event is None:
        return "it is new"
    said = f", which now says “{_short(answer.content)}”" if event.action is Action.EDIT else ""
    return f"{PAST[event.action]} by {event.by} on {event.at:%Y-%m-%d at %H:%M} UTC{said}"


PAST = {
    Action.DRAFT: "drafted",
    Action.EDIT: "edited",
    Action.APPROVE: "approved",
    Action.REJECT: "rejected",
    Action.ASSIGN: "assigned",
    Action.COMMENT: "commented on",
    Action.EXPORT: "exported",
    Action.REOPEN: "reopened",
}


def _short(content: Content) -> str:
    text = " ".join((content.answer or content.comment or "nothing").split())
    return text if len(text) <= 60 else text[:59] + "…"


def _check_approval(answer: Answer, by: str, rules: Rules) -> None:
    if not answer.content.says_something and answer.author is None:
        raise ReviewError(f"row {answer.row} has no answer; write one with `review edit`")
    own = answer.author is not None and same_person(answer.author, by)
    if rules.second_person and own:
        raise ReviewError(
            f"row {answer.row} was written by {answer.author}; here a second person approves"
        )


def same_person(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


# --- what is written ---------------------------------------------------------------------------


def edited(
    answer: Answer,
    *,
    option: str | None = None,
    text: str | None = None,
    comment: str | None = None,
    verdict: Verdict = Verdict.TEXT,
    cite: Sequence[Citation] = (),
) -> Content:
    """A person's words in place of what stands there; None keeps a part, "" empties it.

    `cite` are further quotes to rest on. A citation stays only while its quote stands verbatim
    in the answer or the comment: what a person says in other words is theirs alone.
    """
    old = answer.content
    new_comment = old.comment if comment is None else comment or None
    new_option, new_answer = old.option, old.answer
    if option is not None or text is not None:
        new_option, new_answer = option or None, text or None
    written = f"{new_answer or ''}\n{new_comment or ''}"
    offered = dict.fromkeys([*old.citations, *cite])
    return Content(
        option=new_option,
        answer=new_answer,
        comment=new_comment,
        verdict=verdict if (new_answer or new_comment) else Verdict.NONE,
        citations=tuple(c for c in offered if c.quote in written),
        origin=Origin.PERSON,
    )


def entry_of(answer: Answer) -> Entry:
    """The answer as the reports and the writing of files know it, with the cells it goes to."""
    c, question = answer.content, answer.question
    draft = Draft(
        question,
        Status.DRAFTED if c.says_something else Status.ABSTAINED,
        c.verdict,
        c.confidence,
        c.citations,
        c.missing,
        c.contradicted,
        c.flags,
        c.reason,
        c.band,
    )
    cell = question.answer_cell
    if question.answer_cells is not None and c.option is not None:
        cell = question.answer_cells[c.option]
    return Entry(
        draft,
        option=c.option,
        answer=c.answer,
        comment=c.comment,
        answer_cell=cell if c.answer else None,
        comment_cell=question.comment_cell if c.comment else None,
    )


def needs_person(answer: Answer) -> bool:
    """Whether it waits for somebody to write it, or for the one it was given to."""
    return answer.state in (State.NEEDS, State.REJECTED, State.ASSIGNED, State.REOPENED)
