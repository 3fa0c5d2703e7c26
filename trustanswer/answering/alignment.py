"""A question and its evidence, read and held against each other: all that a judgement rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trustanswer.answering import align, evidence, specifics
from trustanswer.answering.align import Demand, Limit
from trustanswer.answering.evidence import Said
from trustanswer.answering.parts import Part, parts
from trustanswer.answering.polarity import Stance, speaks_of
from trustanswer.answering.readings import as_asked
from trustanswer.answering.specifics import Specific
from trustanswer.answering.wording import Asked, asked
from trustanswer.model import Statement


@dataclass(frozen=True, slots=True)
class Alignment:
    """A question's parts and demands held against evidence; what features and rules read.

    `untold`: the kinds of specific things asked for of which the sentences that fit hold none.
    `besides`: what a yes/no question wants told besides ("how often?"), if that is such a thing.
    """

    text: str
    section: str
    how: Asked
    speaks_of: frozenset[Stance]
    pieces: tuple[Part, ...]
    said: tuple[Said, ...]
    demands: tuple[Demand, ...]
    limits: tuple[Limit, ...]
    scores: tuple[float, ...]
    wanted: tuple[Specific, ...]
    untold: tuple[Specific, ...]
    besides: str


def alignment(
    question: str,
    statements: Sequence[Statement],
    section: str | None = None,
    parent: str | None = None,
) -> Alignment:
    """The question's parts and demands, held against every clause of the statements."""
    pieces = parts(question, parent)
    speaks = speaks_of(question)
    said = tuple(as_asked(s, question, speaks) for s in evidence.read(statements))
    how, kinds = asked(question), specifics.wanted(question)
    demands = align.demands(pieces, said)
    scores = align.clause_scores(demands, said)
    near = align.near(said, scores)
    demands = _without_kinds(demands, kinds, near, question)
    limits = align.limits(pieces, demands, said, scores)
    untold = tuple(kind for kind in kinds if not specifics.found(kind, near, question))
    return Alignment(
        question,
        section or "",
        how,
        speaks,
        pieces,
        said,
        demands,
        limits,
        tuple(scores),
        kinds,
        untold,
        "" if set(untold).isdisjoint(specifics.wanted(how.rest)) else how.rest,
    )


def _without_kinds(
    demands: Sequence[Demand], kinds: Sequence[Specific], near: str, question: str
) -> tuple[Demand, ...]:
    """The demands without the nouns of a kind that was found ("which region": a region is given).

    Where nothing else is asked for, they stand as stated instead.
    """
    found = [kind for kind in kinds if specifics.found(kind, near, question)]
    of_kind = [any(specifics.is_noun_of(kind, d.term.text) for kind in found) for d in demands]
    others = [d for d, noun in zip(demands, of_kind, strict=True) if not noun]
    if any(d.term.weight in align.HEAVY for d in others):
        return tuple(others)
    stated = zip(demands, of_kind, strict=True)
    return tuple(replace(d, credit=1.0, swapped=False) if noun else d for d, noun in stated)
