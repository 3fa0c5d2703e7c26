"""Questions that ask the same: near in meaning by their vectors, and the same word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from trustanswer.answering import Citations, as_asked, compose
from trustanswer.answering.alike import sense
from trustanswer.answering.compose import MARK, Choose
from trustanswer.model import Draft, Kind, Question, Status, Verdict
from trustanswer.ports import Embedder, Floats
from trustanswer.review.library import marked
from trustanswer.review.records import Approved
from trustanswer.review.states import Content, Origin

# Cosine from which two wordings may be one question. Questions that differ in one qualifier lie
# above it too: their senses tell them apart.
NEAR = 0.85


def groups(questions: Sequence[Question], embedder: Embedder) -> list[int]:
    """For each question the place of the first one that asks the same (its own if it is that).

    One answer fits all of a group: their options are the same too.
    """
    asked = as_asked(questions)
    vectors = _vectors(asked, embedder)
    found: dict[Hashable, list[int]] = defaultdict(list)
    first: list[int] = []
    for place, question in enumerate(asked):
        same = found[question.kind, question.options, sense(question)]
        first.append(next((p for p in same if vectors[p] @ vectors[place] >= NEAR), place))
        if first[-1] == place:
            same.append(place)
    return first


def offers(
    questions: Sequence[Question],
    library: Sequence[Approved],
    embedder: Embedder,
    citations: Citations,
    choose: Choose,
) -> list[Content | None]:
    """For each question the first answer of the library that answers it, as it would be written."""
    known = as_asked([approved.answer.question for approved in library])
    wanted = as_asked(questions)
    vectors, asked = _vectors(known, embedder), _vectors(wanted, embedder)
    by_sense: dict[Hashable, list[int]] = defaultdict(list)
    for place, question in enumerate(known):
        by_sense[sense(question)].append(place)
    return [
        next(
            (
                content
                for place in by_sense.get(sense(wanted[row]), ())
                if vectors[place] @ asked[row] >= NEAR
                and (content := _offered(library[place], question, citations, choose))
            ),
            None,
        )
        for row, question in enumerate(questions)
    ]


def _vectors(questions: Sequence[Question], embedder: Embedder) -> Floats:
    return embedder.encode([question.text for question in questions])


def _offered(
    approved: Approved, question: Question, citations: Citations, choose: Choose
) -> Content | None:
    content = approved.answer.content
    if content.origin is Origin.PERSON:
        written = _of_a_person(approved, question, choose)
    else:
        written = _of_quotes(content, question, citations, choose)
    if written is None:
        return None
    flags = (*written.flags, marked(approved))
    return replace(written, origin=Origin.LIBRARY, flags=flags, band=None)


def _of_quotes(
    content: Content, question: Question, citations: Citations, choose: Choose
) -> Content | None:
    """The same verdict on the same quotes, written as this question wants it."""
    draft = Draft(
        question,
        Status.DRAFTED,
        content.verdict,
        content.confidence,
        content.citations,
        content.missing,
        content.contradicted,
    )
    entry = compose(draft, citations, choose)
    if entry.answer is None:
        return None
    return replace(content, option=entry.option, answer=entry.answer, comment=entry.comment)


def _of_a_person(approved: Approved, question: Question, choose: Choose) -> Content | None:
    """A person's words as they stand, where the question has the same places for them."""
    content, asked = approved.answer.content, approved.answer.question
    if content.comment and question.comment_cell is None:
        return None
    if question.kind is Kind.TEXT or asked.kind is Kind.TEXT:
        return content if question.kind is asked.kind else None
    if question.options == asked.options and question.kind is asked.kind:
        return content
    if content.verdict is Verdict.TEXT:
        return None
    option = choose(content.verdict, question)
    if option is None:
        return None
    answer = MARK if question.kind is Kind.MARK else option
    return replace(content, option=option, answer=answer)
