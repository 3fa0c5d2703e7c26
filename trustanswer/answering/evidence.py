"""What a statement says, cut small: its sentences and their clauses, each with terms and stance."""

from __future__ import annotations

from dataclasses import dataclass

from trustanswer.answering import lexicon
from trustanswer.answering.lexicon import Term, Weight
from trustanswer.answering.polarity import Stance, clauses, stance
from trustanswer.model import Statement
from trustanswer.text import sentences


@dataclass(frozen=True, slots=True)
class Said:
    """One clause of evidence: where it stands (statement, sentence), and what it says.

    `keys` holds all that is true where the clause is (closed under implication); `title` what
    the path of its statement says, which is context for every clause below it.
    """

    statement: int
    sentence: str
    text: str
    stance: Stance
    terms: tuple[Term, ...]
    keys: frozenset[str]
    title: frozenset[str]


def read(statements: list[Statement]) -> tuple[Said, ...]:
    """Every clause of the statements, in order."""
    return tuple(said for at, statement in enumerate(statements) for said in _clauses(at, statement))


def _clauses(at: int, statement: Statement) -> list[Said]:
    title = _keys(lexicon.terms(" . ".join(statement.path)))
    found = []
    for sentence in sentences(statement.text):
        for c in clauses(sentence):
            terms = lexicon.terms(c.text)
            found.append(Said(at, sentence, c.text, stance(lexicon.without_denying_terms(c.text)), terms, _keys(terms), title))
    return found


def _keys(terms: tuple[Term, ...]) -> frozenset[str]:
    meaningful = (t.keys for t in terms if t.weight is not Weight.BOILERPLATE)
    return lexicon.stated(key for keys in meaningful for key in keys)
