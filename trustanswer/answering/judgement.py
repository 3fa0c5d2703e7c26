"""What is judged, and what comes of it: the words that the rules and their readers share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trustanswer.model import Flag, Question, Statement, Verdict
from trustanswer.text import LONGEST, gist


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the statements (1 to 3, best first) that are held against it.

    `section` and `parent` (the lead-in above the row) are context: what they ask need not be
    stated again.
    """

    question: str
    section: str | None
    parent: str | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the evidence says to a question.

    `quotes`: for each statement that bears on it (by index into the statements given), the
    verbatim sentences, in order. `missing` and `contradicted` are in the question's own words.
    `features`: numbers for a model; every judgement has the same names.
    """

    verdict: Verdict
    quotes: tuple[tuple[int, tuple[str, ...]], ...] = ()
    missing: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)


Judge = Callable[[Sequence[Case]], list[Judgement]]


def case(question: Question, *statements: Statement) -> Case:
    """The question as its row asks it, without the guidance that comes with a long one."""
    parent = question.parent and question.parent[:LONGEST]
    return Case(gist(question.text), question.section, parent, statements)
