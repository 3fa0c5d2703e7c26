"""What each candidate does to its question: a look at all of them, a closer one at few.

The first model weighs similarities and the rules' figures. The candidates that it leaves open are
read by the cross-encoder, and the second model weighs what that makes of them with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from trustanswer.answering.judgement import Judge, Judgement, case
from trustanswer.answering.passage import pair
from trustanswer.answering.relevance import (
    Effect,
    Floats,
    RelevanceModel,
    features,
    read_features,
    vetoed,
)
from trustanswer.model import Candidate, Question
from trustanswer.ports import PairReader
from trustanswer.threads import side_by_side

PORTION = 64  # questions that are judged, and then read, at a time
READ = 3  # candidates of a question that are read closely at most
OPEN = 0.12  # probability that a candidate says something, from which it is worth reading


Judged = tuple[Judgement, dict[str, float]]


@dataclass(frozen=True)
class Assessment:
    """A candidate, what the rules make of it, the figures, and the probability of each Effect."""

    candidate: Candidate
    judgement: Judgement
    figures: dict[str, float]
    effects: Floats

    @property
    def effect(self) -> Effect:
        """The likeliest effect other than none at all."""
        return Effect(1 + int(np.argmax(self.effects[1:])))

    @property
    def promise(self) -> float:
        """The probability that it says something at all."""
        return 1.0 - float(self.effects[Effect.NOTHING])

    @property
    def confidence(self) -> float:
        """As the model gives it; what a reader sees is calibrated."""
        return float(self.effects[self.effect])


# Some questions, what the first look makes of their candidates, and which of those to read.
_Looked = tuple[Sequence[Question], list[list[Assessment]], list[list[Assessment]]]


def assess_all(
    questions: Sequence[Question],
    candidates: Sequence[Sequence[Candidate]],
    first: RelevanceModel,
    second: RelevanceModel,
    judge: Judge,
    reader: PairReader,
) -> Iterator[list[Assessment]]:
    """For each question those of its candidates that the first look leaves open, read closely;
    where it leaves none open, all of them as they were seen.

    Portion by portion: of the figures of each candidate, which are many, few are held, and while
    one portion is read the next is judged.
    """

    def looked_at() -> Iterator[_Looked]:
        for start in range(0, len(questions), PORTION):
            some = questions[start : start + PORTION]
            near = candidates[start : start + PORTION]
            rows = judged(some, near, judge)
            looked = weighed(near, rows, first)
            yield some, looked, [open_ones(found) for found in looked]

    def closely(portion: _Looked) -> list[list[Assessment]]:
        some, looked, chosen = portion
        read_closely = again(chosen, read(some, chosen, reader), second)
        return [closer or found for found, closer in zip(looked, read_closely, strict=True)]

    for portion in side_by_side(closely, looked_at(), at_once=1):
        yield from portion


def weighed(
    candidates: Sequence[Sequence[Candidate]],
    rows: Sequence[Sequence[Judged]],
    first: RelevanceModel,
) -> list[list[Assessment]]:
    """Every candidate of each question, in the order given, with what the first model makes of
    it."""
    effects = iter(first.probabilities([figures for row in rows for _, figures in row]))
    return [
        [
            Assessment(candidate, judgement, figures, vetoed(next(effects), figures))
            for candidate, (judgement, figures) in zip(found, row, strict=True)
        ]
        for found, row in zip(candidates, rows, strict=True)
    ]


def judged(
    questions: Sequence[Question], candidates: Sequence[Sequence[Candidate]], judge: Judge
) -> list[list[Judged]]:
    """For each question what the rules make of each of its candidates, and the figures of it."""
    pairs = list(zip(questions, candidates, strict=True))
    made = iter(judge([case(q, c.statement) for q, found in pairs for c in found]))
    return [
        [(each, features(found, at, each)) for at, each in enumerate(islice(made, len(found)))]
        for found in candidates
    ]


def open_ones(looked: Sequence[Assessment]) -> list[Assessment]:
    """Those worth reading closely, the most promising first."""
    worth = [a for a in looked if a.promise >= OPEN]
    return sorted(worth, key=lambda a: -a.promise)[:READ]


def read(
    questions: Sequence[Question], chosen: Sequence[Sequence[Assessment]], reader: PairReader
) -> Iterator[Floats]:
    """For each question the logits of its chosen candidates; all are read in one pass."""
    pairs = [
        pair(question, a.candidate)
        for question, found in zip(questions, chosen, strict=True)
        for a in found
    ]
    logits = reader.read(pairs).astype(np.float64)
    ends = np.cumsum([len(found) for found in chosen])
    return iter(np.split(logits, ends[:-1])) if len(chosen) else iter(())


def again(
    chosen: Sequence[Sequence[Assessment]], logits: Iterable[Floats], second: RelevanceModel
) -> list[list[Assessment]]:
    """The chosen candidates of each question, weighed with what the cross-encoder makes of each."""
    figures = [
        [{**a.figures, **read_features(of_it, at)} for at, a in enumerate(found)]
        for found, of_it in zip(chosen, logits, strict=True)
    ]
    effects = iter(second.probabilities([row for rows in figures for row in rows]))
    return [
        [
            replace(a, figures=row, effects=vetoed(next(effects), row))
            for a, row in zip(found, rows, strict=True)
        ]
        for found, rows in zip(chosen, figures, strict=True)
    ]
