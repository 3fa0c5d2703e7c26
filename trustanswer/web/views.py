"""What the pages show of reviews, answers and statements: plain values, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from trustanswer.model import Band, Question, Statement, Verdict
from trustanswer.pipeline.reviewing import READY, same_as
from trustanswer.review.records import Review
from trustanswer.review.states import Answer, needs_person

OLD = timedelta(days=365)  # after which a statement should have been looked at again
SHORT = 90  # characters of an answer in the list


# --- questionnaires ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a review: all questions, those done, those to look at, those that need a person."""

    total: int
    done: int
    ready: int
    open: int


def counts(answers: Sequence[Answer]) -> Counts:
    done = sum(a.approved for a in answers)
    needing = sum(needs_person(a) for a in answers)
    return Counts(len(answers), done, len(answers) - done - needing, needing)


@dataclass(frozen=True, slots=True)
class Listed:
    """A review as the list and the head of its page show it."""

    id: int
    name: str
    customer: str | None
    received: date
    due: date | None
    overdue: bool
    counts: Counts


def listed(review: Review, answers: Sequence[Answer], today: date) -> Listed:
    standing = counts(answers)
    late = review.due is not None and review.due < today and standing.done < standing.total
    return Listed(
        review.id,
        review.name,
        review.customer,
        review.started_at.date(),
        review.due,
        late,
        standing,
    )


# --- the list of questions ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list. `band`: done, person, high, review. `group`: alike ones share it."""

    row: int
    revision: str
    state: str
    band: str
    section: str
    place: str
    parent: str | None
    text: str
    summary: str
    sure: str
    assignee: str
    words: bool
    group: int | None = None
    follows: bool = False


def row_of(answer: Answer) -> Row:
    question = answer.question
    return Row(
        row=answer.row,
        revision=answer.revision,
        state=answer.state.value,
        band=band(answer),
        section=section_of(question),
        place=place_of(question),
        parent=question.parent,
        text=question.text,
        summary=summary(answer),
        sure=sure(answer),
        assignee=answer.assignee or "",
        words=answer.content.says_something,
    )


def band(answer: Answer) -> str:
    """High: such a draft, as it was drafted; what a person wrote is always looked at."""
    if answer.approved:
        return "done"
    if needs_person(answer):
        return "person"
    return (answer.content.band or Band.REVIEW).value


def risk(answer: Answer) -> float:
    """How much harm is likely if the draft goes out as it is; the list begins with the highest.

    The chance that it is wrong, doubled where it claims something (a wrong "yes" becomes a
    promise), and more with everything that is flagged or was asked and not stated.
    """
    content = answer.content
    claims = content.verdict in (Verdict.YES, Verdict.NA, Verdict.TEXT)
    doubts = len(content.flags) + min(len(content.missing) + len(content.contradicted), 3)
    return (1 - content.confidence) * (2 if claims else 1) + 0.25 * doubts


def ordered(answers: Sequence[Answer]) -> list[Row]:
    """Drafts by falling risk, then those that need a person, then the blank and the done.

    Questions that ask the same stand together, where the first of them stands.
    """
    size = Counter(a.alike for a in answers)
    first: dict[int, tuple[int, float, int]] = {}
    for answer in sorted(answers, key=by_risk):
        first.setdefault(answer.alike, by_risk(answer))
    queue = sorted(answers, key=lambda a: (first[a.alike], a.alike, by_risk(a)))
    seen: set[int] = set()
    rows = []
    for answer in queue:
        group = answer.alike if size[answer.alike] > 1 else None
        rows.append(replace(row_of(answer), group=group, follows=answer.alike in seen))
        seen.add(answer.alike)
    return rows


def by_risk(answer: Answer) -> tuple[int, float, int]:
    stands = band(answer)
    if stands == "done":
        return 3, 0.0, answer.row
    if not answer.content.says_something:
        return 2, 0.0, answer.row
    return int(stands == "person"), -risk(answer), answer.row


def summary(answer: Answer) -> str:
    """The answer in a line."""
    said = answer.content.answer or answer.content.comment
    return short(said) if said else "No draft"


def alike(answers: Sequence[Answer], model: Answer) -> tuple[int, ...]:
    """The other open rows that ask the same as `model` and would be answered in its words."""
    rows = same_as(answers, model.row) if model.state in READY else ()
    return tuple(row for row in rows if row != model.row)


def sections(answers: Sequence[Answer]) -> list[str]:
    """In the order of the file."""
    return list(dict.fromkeys(section_of(a.question) for a in answers))


def section_of(question: Question) -> str:
    return question.section or question.sheet or "Without a section"


def place_of(question: Question) -> str:
    """Where the customer sees it."""
    cell = question.question_cell or question.answer_cell
    if question.sheet is None:
        return f"record {question.row}"
    return f"{question.sheet}, {cell or f'row {question.row}'}"


def sure(answer: Answer) -> str:
    """How sure the draft is; nothing for what a person wrote, or for what is blank."""
    content = answer.content
    if answer.author is not None or not content.says_something or not content.confidence:
        return ""
    return f"{content.confidence:.0%} sure"


def short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= SHORT else folded[: SHORT - 1] + "…"


# --- statements and dates ----------------------------------------------------------------------


def by_category(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """In the order of the documents; a category that comes again is the same category."""
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.path[0] if statement.path else "Statements", []).append(
            statement
        )
    return list(found.items())


def is_old(statement: Statement, today: date) -> bool:
    return statement.updated is not None and today - statement.updated > OLD


def day(when: date) -> str:
    return f"{when.day} {when:%b %Y}"


def moment(when: datetime) -> str:
    return f"{day(when)}, {when:%H:%M} UTC"


def age(when: date, today: date) -> str:
    """How long ago, in the largest unit that tells."""
    days = (today - when).days
    if days < 0:
        return "in the future"
    if days < 31:
        return "this month" if days > 1 else "just now"
    months = days * 12 // 365
    if months < 24:
        return f"{months} month{'s' if months > 1 else ''} ago"
    return f"{months // 12} years ago"
