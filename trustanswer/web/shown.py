"""What a person sees of one answer when deciding on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trustanswer.model import Flag, Statement
from trustanswer.review.states import Action, Answer, Event
from trustanswer.web.views import band, by_risk, place_of, short, summary, sure


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
    contradicted: tuple[str, ...]
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
        contradicted=content.contradicted,
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
    Action.REOPEN: ("reopened", "{by} reopened this"),
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
    found = sorted((a for a in answers if band(a) in ("high", "review")), key=by_risk)
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
        if not (a.content.missing or a.content.contradicted or a.content.flags)
    ]
