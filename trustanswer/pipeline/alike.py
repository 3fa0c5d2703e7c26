"""Questions that ask the same: near in meaning by their vectors, and the same word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trustanswer.answering import Citations, compose
from trustanswer.answering.alike import asks_the_same
from trustanswer.answering.compose import Choose
from trustanswer.model import Draft, Kind, Question, Status, Verdict
from trustanswer.ports import Embedder
from trustanswer.review.library import marked
from trustanswer.review.records import Approved
from trustanswer.review.states import Content, Origin

# Cosine from which two wordings may be one question. Questions that differ in one qualifier lie
# above it too: `asks_the_same` tells them apart.
NEAR = 0.85


def groups(questions: Sequence[Question], embedder: Embedder) -> list[int]:
    """For each question the place of the first one that asks the same (its own if it is that)."""
    near = _near(questions, questions, embedder)
    first: list[int] = []
    for place, question in enumerate(questions):
        found = (
            earlier
            for earlier in range(place)
            if first[earlier] == earlier
            and near[place][earlier]
            and _alike(question, questions[earlier])
        )
        first.append(next(found, place))
    return first


def offers(
    questions: Sequence[Question],
    library: Sequence[Approved],
    embedder: Embedder,
    citations: Citations,
    choose: Choose,
) -> list[Content | None]:
    """For each question the first answer of the library that answers it, as it would be written."""
    near = _near(questions, [a.answer.question for a in library], embedder)
    return [
        next(
            (
                content
                for place, approved in enumerate(library)
                if near[row][place]
                and asks_the_same(question, approved.answer.question)
                and (content := _offered(approved, question, citations, choose))
            ),
            None,
        )
        for row, question in enumerate(questions)
    ]


def _near(
    one: Sequence[Question], other: Sequence[Question], embedder: Embedder
) -> NDArray[np.bool_]:
    """Of shape (one, other): whether the two are near enough to be looked at."""
    if not one or not other:
        return np.zeros((len(one), len(other)), dtype=np.bool_)
    vectors = embedder.encode([q.text for q in one])
    others = embedder.encode([q.text for q in other])
    near: NDArray[np.bool_] = vectors @ others.T >= NEAR
    return near


def _alike(one: Question, other: Question) -> bool:
    """Whether one answer fits both, cells and options included."""
    return (one.kind, one.options) == (other.kind, other.options) and asks_the_same(one, other)


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
    return replace(written, origin=Origin.LIBRARY, flags=(*written.flags, marked(approved)))


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
    answer = "X" if question.kind is Kind.MARK else option
    return replace(content, option=option, answer=answer)
