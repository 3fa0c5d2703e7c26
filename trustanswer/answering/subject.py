"""What several questions are about, in a few of their own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trustanswer.answering import lexicon
from trustanswer.answering.align import TERM_WEIGHT
from trustanswer.answering.lexicon import Term, Weight
from trustanswer.text import gist

_WORDS = 3  # terms of a heading


def subject(questions: Sequence[str]) -> str:
    """A heading for what the questions have in common, in the words of the first of them.

    The first should be the one that speaks for the others. Its own first words where no term does.
    """
    texts = [gist(question) for question in questions]
    counts = Counter(
        key for text in texts for key in {k for t in lexicon.terms(text) for k in t.keys}
    )
    known = {key for term in lexicon.terms(texts[0]) for key in term.keys}
    terms = [t for t in lexicon.terms(texts[0]) if t.weight in _TELLING]
    best = sorted(terms, key=lambda t: -_worth(t, counts))[:_WORDS]
    words = [t.text for t in _each_once(sorted(best, key=lambda t: t.start))] if known else []
    heading = ", ".join(words) or " ".join(texts[0].split()[:6])
    return heading[:1].upper() + heading[1:]


_TELLING = (Weight.SUBJECT, Weight.NAMED, Weight.SCOPE)


def _worth(term: Term, counts: Counter[str]) -> float:
    weight = TERM_WEIGHT[term.weight] * (1.0 if lexicon.is_concept(term) else 0.5)
    return weight * max(counts[key] for key in term.keys)


def _each_once(terms: Sequence[Term]) -> list[Term]:
    seen: dict[frozenset[str], Term] = {}
    for term in terms:
        seen.setdefault(term.keys, term)
    return list(seen.values())
