"""Whether two questions ask the same thing: not near, but the same, qualifier by qualifier."""

from __future__ import annotations

from collections.abc import Hashable

from trustanswer.answering import lexicon, polarity
from trustanswer.answering.amounts import amounts
from trustanswer.answering.lexicon import Weight
from trustanswer.model import Question
from trustanswer.text import LONGEST


def sense(question: Question) -> Hashable:
    """What a question asks, as far as its words can tell: equal where one answer answers both.

    Equal senses speak of the same concepts and names, of the same amounts in the same direction,
    and assert or deny alike; whom and what they are about (production or offices, employees or
    contractors) agrees in the section and the lead-in too. When in doubt they differ.
    """
    whole = " ".join(t for t in (question.parent, question.text) if t)
    text, rest = whole[:_READ], whole[_READ:]
    return (
        rest,
        _keys(text),
        _keys(question.section or "", scopes_only=True),
        frozenset((a.unit, a.value, a.bound, a.of) for a in amounts(text)),
        polarity.asserts_absence(question.text[:_READ]),
        polarity.speaks_of(text),
    )


_READ = 2 * LONGEST  # characters that are understood; beyond them words must be the same


def _keys(text: str, *, scopes_only: bool = False) -> frozenset[frozenset[str]]:
    return frozenset(
        term.keys
        for term in lexicon.terms(text)
        if term.weight is Weight.SCOPE or not (scopes_only or term.weight is Weight.BOILERPLATE)
    )
