"""What each candidate does to its question: a glance at all of them, a closer look at few.

At a glance there are similarities alone. The candidates that it leaves open are judged by the
rules, and looked at with their figures; those that this leaves open are read by the cross-encoder,
and looked at again. What costs most is done for the fewest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

import numpy as np

from trustanswer.answering.judgement import Judge, Judgement, case
from trustanswer.answering.passage import pair
from trustanswer.answering.relevance import (
    Effect,
    Floats,
    Models,
    RelevanceModel,
    read_features,
    similarities,
    vetoed,
)
from trustanswer.model import Candidate, Question
from trustanswer.ports import PairReader
from trustanswer.threads import side_by_side

PORTION = 64  # questions that are judged, and then read, at a time
READ = 3  # candidates of a question that are read closely at most
WORTH = 0.015  # probability at a glance that a candidate says something, from which it is judged
OPEN = 0.12  # and at the first look, from which it is worth reading


@dataclass(frozen=True)
class Judged:
    """A candidate, what the rules make of it, and all its figures so far."""

    candidate: Candidate
    judgement: Judgement
    figures: dict[str, float]


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
    models: Models,
    judge: Judge,
    reader: PairReader,
) -> Iterator[list[Assessment]]:
    """For each question those of its candidates that the first look leaves open, read closely;
    where it leaves none open, all that were judged, as they were seen.

    Portion by portion: of the figures of each candidate, which are many, few are held, and while
    one portion is read the next is judged.
    """

    def looked_at() -> Iterator[_Looked]:
        for start in range(0, len(questions), PORTION):
            some = questions[start : start + PORTION]
            seen = glanced(candidates[start : start + PORTION], models.glance)
            looked = weighed(judged(some, seen, judge), models.first)
            yield some, looked, [open_ones(found) for found in looked]

    def closely(portion: _Looked) -> list[list[Assessment]]:
        some, looked, chosen = portion
        read_closely = again(chosen, read(some, chosen, reader), models.second)
        return [closer or found for found, closer in zip(looked, read_closely, strict=True)]

    for portion in side_by_side(closely, looked_at(), at_once=1):
        yield from portion


# A candidate with its similarities.
_Seen = tuple[Candidate, dict[str, float]]


def glanced(
    candidates: Sequence[Sequence[Candidate]], glance: RelevanceModel | None = None
) -> list[list[_Seen]]:
    """Of each question's candidates (nearest first) those worth judging, the nearest always;
    without a model, all of them."""
    seen = [list(zip(found, similarities(found), strict=True)) for found in candidates]
    if glance is None:
        return seen
    effects = glance.probabilities([figures for found in seen for _, figures in found])
    promise = _dealt(1.0 - effects[:, Effect.NOTHING], seen)
    return [
        [one for at, one in enumerate(found) if not at or promised[at] >= WORTH]
        for found, promised in zip(seen, promise, strict=True)
    ]


def judged(
    questions: Sequence[Question], seen: Sequence[Sequence[_Seen]], judge: Judge
) -> list[list[Judged]]:
    """What the rules make of each candidate, with their figures beside its similarities."""
    pairs = list(zip(questions, seen, strict=True))
    made = judge([case(q, c.statement) for q, found in pairs for c, _ in found])
    return [
        [
            Judged(c, each, {**near, **each.features, f"rule_{each.verdict.value}": 1.0})
            for (c, near), each in zip(found, of_it, strict=True)
        ]
        for found, of_it in zip(seen, _dealt(made, seen), strict=True)
    ]


def weighed(rows: Sequence[Sequence[Judged]], first: RelevanceModel) -> list[list[Assessment]]:
    """Every judged candidate of each question, with what the first model makes of it."""
    effects = first.probabilities([one.figures for row in rows for one in row])
    return [
        [
            Assessment(one.candidate, one.judgement, one.figures, vetoed(found, one.figures))
            for one, found in zip(row, of_it, strict=True)
        ]
        for row, of_it in zip(rows, _dealt(effects, rows), strict=True)
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
    effects = second.probabilities([row for rows in figures for row in rows])
    return [
        [
            replace(a, figures=row, effects=vetoed(each, row))
            for a, row, each in zip(found, rows, of_it, strict=True)
        ]
        for found, rows, of_it in zip(chosen, figures, _dealt(effects, figures), strict=True)
    ]


_Each = TypeVar("_Each")


def _dealt(flat: Iterable[_Each], rows: Sequence[Sequence[object]]) -> list[list[_Each]]:
    """What was computed for the members of all rows in one pass, row by row again."""
    found = iter(flat)
    return [[*islice(found, len(row))] for row in rows]
