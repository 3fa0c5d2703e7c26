"""What the pages show of reviews, answers and statements: plain values, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from trustanswer.model import Flag, Question, Statement, Verdict
from trustanswer.pipeline.reviewing import READY, same_as
from trustanswer.review.records import Review
from trustanswer.review.states import Action, Answer, Event, needs_person

OLD = timedelta(days=365)  # after which a statement should have been looked at again
HIGH = 0.8  # confidence from which plain drafts may be approved together
SHORT = 90  # characters of an answer in the list


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a statement, within a quote or between quotes."""

    text: str
    quoted: bool


def marked(text: str, quotes: Iterable[str]) -> list[Piece]:
    """The text in pieces, those that stand in a quote apart from the rest."""
    spans = sorted((at, at + len(quote)) for quote in quotes if (at := text.find(quote)) >= 0)
    pieces, end = [], 0
    for first, last in spans:
        pieces += [Piece(text[end:first], False), Piece(text[max(first, end) : last], True)]
        end = max(end, last)
    pieces.append(Piece(text[end:], False))
    return [piece for piece in pieces if piece.text]


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
    """High: sure, and nothing is missing or flagged; what a person wrote is always looked at."""
    if answer.approved:
        return "done"
    if needs_person(answer):
        return "person"
    content = answer.content
    plain = not content.missing and not content.flags
    return "high" if plain and content.confidence >= HIGH else "review"


def risk(answer: Answer) -> float:
    """How much harm is likely if the draft goes out as it is; the list begins with the highest.

    The chance that it is wrong, doubled where it claims something (a wrong "yes" becomes a
    promise), and more with everything that is flagged or was asked and not stated.
    """
    content = answer.content
    claims = content.verdict in (Verdict.YES, Verdict.NA, Verdict.TEXT)
    doubts = len(content.flags) + min(len(content.missing), 3)
    return (1 - content.confidence) * (2 if claims else 1) + 0.25 * doubts


def ordered(answers: Sequence[Answer]) -> list[Row]:
    """Drafts by falling risk, then those that need a person, then the blank and the done.

    Questions that ask the same stand together, where the first of them stands.
    """
    size = Counter(a.alike for a in answers)
    first: dict[int, tuple[int, float, int]] = {}
    for answer in sorted(answers, key=_rank):
        first.setdefault(answer.alike, _rank(answer))
    queue = sorted(answers, key=lambda a: (first[a.alike], a.alike, _rank(a)))
    seen: set[int] = set()
    rows = []
    for answer in queue:
        group = answer.alike if size[answer.alike] > 1 else None
        rows.append(replace(row_of(answer), group=group, follows=answer.alike in seen))
        seen.add(answer.alike)
    return rows


def _rank(answer: Answer) -> tuple[int, float, int]:
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


# --- one answer --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    statement: Statement
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    icon: str
    said: str
    why: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything a person sees of an answer when deciding on it.

    `decided`: there is something to approve or reject, be it that a person left it blank.
    """

    row: int
    revision: str
    state: str
    place: str
    section: str | None
    parent: str | None
    text: str
    sure: str
    assignee: str | None
    by: str
    alike: tuple[int, ...]
    reason: str | None
    options: tuple[str, ...] | None
    option: str | None
    answer: str | None
    comment: str | None
    has_comment: bool
    decided: bool
    missing: tuple[str, ...]
    flags: tuple[Flag, ...]
    evidence: list[Evidence]
    others: list[Statement]
    history: list[Happened]


def shown(answer: Answer, statements: Mapping[str, Statement], alike: Sequence[int]) -> Shown:
    """`statements`: those the review was drafted from, by id. `alike`: rows that ask the same."""
    content, question = answer.content, answer.question
    cited = {c.statement.id for c in content.citations}
    return Shown(
        row=answer.row,
        revision=answer.revision,
        state=answer.state.value,
        place=place_of(question),
        section=question.section,
        parent=question.parent,
        text=question.text,
        sure=sure(answer),
        assignee=answer.assignee,
        by=f"by {answer.closed_by}" if answer.closed_by else "",
        alike=tuple(alike),
        reason=None if content.says_something else content.reason,
        options=question.options,
        option=content.option,
        answer=content.answer,
        comment=content.comment,
        has_comment=question.comment_cell is not None,
        decided=content.says_something or answer.author is not None,
        missing=content.missing,
        flags=content.flags,
        evidence=evidence(answer),
        others=[statements[i] for i in answer.candidates if i in statements and i not in cited],
        history=[happened(event) for event in answer.history],
    )


def evidence(answer: Answer) -> list[Evidence]:
    """The statements that are quoted, each once, in the order of their first quotes."""
    quotes: dict[str, list[str]] = {}
    for citation in answer.content.citations:
        quotes.setdefault(citation.statement.id, []).append(citation.quote)
    by_id = {c.statement.id: c.statement for c in answer.content.citations}
    return [Evidence(by_id[i], marked(by_id[i].text, found)) for i, found in quotes.items()]


_SAID = {
    Action.DRAFT: ("drafted", "{by} drafted this"),
    Action.EDIT: ("edited", "{by} wrote “{words}”"),
    Action.APPROVE: ("approved", "{by} approved this"),
    Action.REJECT: ("rejected", "{by} rejected this"),
    Action.ASSIGN: ("assigned", "{by} assigned this to {to}"),
    Action.COMMENT: ("commented", "{by} commented"),
    Action.EXPORT: ("exported", "{by} exported this"),
}


def happened(event: Event) -> Happened:
    icon, said = _SAID[event.action]
    content = event.content
    words = short(content.answer or content.comment or "nothing") if content else ""
    if event.action is Action.DRAFT and content is not None and not content.says_something:
        icon, said = "needs-an-answer", "{by} found no answer"
    return Happened(icon, said.format(by=event.by, words=words, to=event.to), event.why, event.at)


@dataclass(frozen=True, slots=True)
class PlainDraft:
    """A draft with all it rests on, short enough to be read among others."""

    row: int
    revision: str
    band: str
    parent: str | None
    text: str
    said: str
    sure: str
    grounds: list[tuple[Statement, list[str]]]


def plain_drafts(answers: Sequence[Answer]) -> list[PlainDraft]:
    """Those that may be approved together, by falling risk: nothing is missing, nothing flagged."""
    found = sorted((a for a in answers if band(a) in ("high", "review")), key=_rank)
    return [
        PlainDraft(
            row=a.row,
            revision=a.revision,
            band=band(a),
            parent=a.question.parent,
            text=a.question.text,
            said=summary(a),
            sure=sure(a),
            grounds=[
                (each.statement, [p.text for p in each.pieces if p.quoted]) for each in evidence(a)
            ],
        )
        for a in found
        if not (a.content.missing or a.content.flags)
    ]


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


# --- the API -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API, with the fields of its body."""

    method: str
    path: str
    summary: str
    fields: list[tuple[str, str, bool, str]]  # name, type, required, meaning


def routes(spec: Mapping[str, Any]) -> list[Route]:
    """The operations of an OpenAPI document, in its order."""
    return [
        Route(method.upper(), path, told["summary"], _fields(told, spec))
        for path, methods in spec["paths"].items()
        for method, told in methods.items()
    ]


def _fields(told: Mapping[str, Any], spec: Mapping[str, Any]) -> list[tuple[str, str, bool, str]]:
    content = told.get("requestBody", {}).get("content", {})
    schema = next((c["schema"] for c in content.values()), None)
    if schema is None:
        return []
    found = _resolved(schema, spec)
    required = found.get("required", [])
    return [
        (name, _type(field, spec), name in required, field.get("description", ""))
        for name, field in found.get("properties", {}).items()
    ]


def _resolved(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return found


def _type(field: Mapping[str, Any], spec: Mapping[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(each, spec) for each in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {_type(field['items'], spec)}"
    if "$ref" in field:
        return "{" + ", ".join(_resolved(field, spec)["properties"]) + "}"
    return str(field.get("format") or field.get("type", "any"))
