"""From a draft to what is written: the option, the answer and the comment, each claim a quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from trustanswer.model import (
    Citation,
    Draft,
    Entry,
    EvidenceRow,
    Flag,
    Kind,
    Question,
    Status,
    Verdict,
)

Choose = Callable[[Verdict, Question], str | None]

MARK = "X"
WORDS = {Verdict.YES: "Yes.", Verdict.NO: "No.", Verdict.PARTIAL: "Partially.", Verdict.NA: "N/A."}


class Citations(StrEnum):
    """Where the sources go."""

    COMMENT = "comment"  # after each quote, in the comment cell, or else after the answer
    INLINE = "inline"  # after each quote, always with the answer
    SHEET = "sheet"  # on one evidence sheet at the end of the workbook
    NONE = "none"  # nowhere in the file


def compose(draft: Draft, citations: Citations, choose: Choose) -> Entry:
    """What the file gets for a draft; nothing for an abstention or a prefilled question.

    `choose` maps a verdict to one of the question's options, or to None where none means it.
    """
    if draft.status is not Status.DRAFTED:
        return Entry(draft)
    if draft.question.kind is Kind.TEXT:
        return _free_text(draft, citations)
    option = choose(draft.verdict, draft.question)
    if option is None and draft.question.kind is Kind.SCORE:
        return Entry(_unscored(draft))
    return _option(draft, option, citations)


def evidence_rows(entries: Sequence[Entry]) -> list[EvidenceRow]:
    """The lines of the evidence sheet: a line for each quote, in the order of the questions."""
    return [
        EvidenceRow(
            entry.draft.question.sheet or "",
            entry.answer_cell or entry.draft.question.answer_cell or "",
            entry.draft.question.text,
            citation.quote,
            citation.statement.title,
            _date(citation),
        )
        for entry in entries
        for citation in entry.draft.citations
        if entry.draft.status is Status.DRAFTED
    ]


def _unscored(draft: Draft) -> Draft:
    """A score is a judgement that no statement makes; the evidence stays with the question."""
    return replace(
        draft,
        status=Status.ABSTAINED,
        verdict=Verdict.NONE,
        reason="a score needs a person, or rules for it in a --mapping file",
    )


def _option(draft: Draft, option: str | None, citations: Citations) -> Entry:
    """A dropdown or mark: a legal value or nothing, the quotes in the comment cell."""
    question = draft.question
    comment = _comment(draft, citations) if question.comment_cell else None
    cell = question.answer_cell
    if option is not None and question.answer_cells is not None:
        cell = question.answer_cells[option]
    return Entry(
        draft if option is not None else _without_option(draft),
        option=option,
        answer=_written(option, question.kind),
        comment=comment,
        answer_cell=cell if option is not None else None,
        comment_cell=question.comment_cell if comment else None,
    )


def _without_option(draft: Draft) -> Draft:
    said = "what is quoted" if draft.verdict is Verdict.TEXT else f"“{draft.verdict.value}”"
    detail = f"none of the options says {said}; choose one"
    return replace(draft, flags=(*draft.flags, Flag("no option", detail)))


def _written(option: str | None, kind: Kind) -> str | None:
    return MARK if option is not None and kind is Kind.MARK else option


def _free_text(draft: Draft, citations: Citations) -> Entry:
    """Free text: where there is a comment cell too, the short answer and its grounds part."""
    question = draft.question
    word = WORDS.get(draft.verdict)
    apart = question.comment_cell is not None and citations is not Citations.INLINE
    if not apart:
        answer = _join([word, _grounds(draft, cited=_cited(citations))])
        return Entry(draft, answer=answer, answer_cell=question.answer_cell)
    if word is None:
        answer = _grounds(draft, cited=False)
        comment = _sources(draft) if _cited(citations) else None
    else:
        answer, comment = word.rstrip("."), _comment(draft, citations)
    return Entry(
        draft,
        answer=answer,
        comment=comment,
        answer_cell=question.answer_cell,
        comment_cell=question.comment_cell if comment else None,
    )


def _comment(draft: Draft, citations: Citations) -> str:
    return _grounds(draft, cited=_cited(citations))


def _cited(citations: Citations) -> bool:
    return citations in (Citations.COMMENT, Citations.INLINE)


def _grounds(draft: Draft, *, cited: bool) -> str:
    """The quotes, each with its sources where asked for, and what they do not say as asked."""
    said: dict[str, list[str]] = {}  # what several documents say word for word stands there once
    for c in draft.citations:
        said.setdefault(_join([c.quote, _about(c)]), []).append(_source(c))
    quotes = [_join([q, *(dict.fromkeys(found) if cited else ())]) for q, found in said.items()]
    missing = f"Not stated: {'; '.join(draft.missing)}." if draft.missing else None
    otherwise = (
        f"Stated otherwise: {'; '.join(draft.contradicted)}." if draft.contradicted else None
    )
    return _join([*quotes, missing, otherwise], "\n")


def _about(citation: Citation) -> str | None:
    return f"(about {citation.about})" if citation.about else None


def _sources(draft: Draft) -> str:
    return _join(list(dict.fromkeys(_source(c) for c in draft.citations)), "\n")


def _source(citation: Citation) -> str:
    return f"[{citation.statement.cited}]"


def _date(citation: Citation) -> str:
    updated = citation.statement.updated
    return "" if updated is None else updated.isoformat()


def _join(pieces: Sequence[str | None], separator: str = " ") -> str:
    return separator.join(piece for piece in pieces if piece)
