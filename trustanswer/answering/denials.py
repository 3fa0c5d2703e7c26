"""How squarely the evidence denies what a question asks, and how much better than it affirms it."""

from __future__ import annotations

from collections.abc import Sequence

from trustanswer.answering import align, lexicon
from trustanswer.answering.align import Demand
from trustanswer.answering.alignment import Alignment
from trustanswer.answering.evidence import Said
from trustanswer.answering.lexicon import Weight
from trustanswer.answering.polarity import Stance
from trustanswer.answering.words import words_of


def denial(a: Alignment) -> float:
    """How much better the best denying clause fits the question than the best affirming one.

    In -1..1, as a share of the weight asked for; 0 where neither says anything. Of two that fit
    equally well, the one that names what the question is about counts a little more.
    """
    total = sum(d.weight for d in a.demands)
    heavy = [d for d in a.demands if d.term.weight in align.HEAVY]
    head = heavy[0].term.keys if heavy else frozenset()
    against = for_it = 0.0
    for said, fit in zip(a.said, a.scores, strict=True):
        fit += 0.1 * total * bool(fit and head & said.keys)
        if _denies(a, said):
            against = max(against, fit * _aim(a, said, heavy))
        elif not (Stance.PLANNED in a.speaks_of and said.stance is Stance.DENIED):
            for_it = max(for_it, fit)
    return (against - for_it) / total if total else 0.0


def echoed_denial(a: Alignment) -> float:
    """The greatest share of a denying clause's words that the question has too; 0 for one that
    denies something which is not asked for. "No claim was made on the policy" echoes "Has a claim
    been made on the policy?", though nothing in it is a word of the field."""
    asked = words_of(a.text)
    keys = frozenset().union(*(d.term.keys for d in a.demands))
    return max((_echo(s, asked, keys) for s in a.said if _denies(a, s)), default=0.0)


def _echo(said: Said, asked: frozenset[str], keys: frozenset[str]) -> float:
    heavy = [t for t in said.terms if t.weight in align.HEAVY]
    if any(keys.isdisjoint(lexicon.stated(t.keys)) for t in heavy):
        return 0.0
    own = words_of(said.text)
    shared = len(own & asked)
    return shared / len(own) if shared >= 2 or (shared and shared == len(own)) else 0.0


def _aim(a: Alignment, said: Said, heavy: Sequence[Demand]) -> float:
    """How squarely a denial meets what is asked: 1 where it denies just that, 0 where it denies
    something else, less than 1 where it denies a narrower thing ("no copy is kept offline"). A
    question of everyday words alone ("Can the agent be uninstalled?") is met by most of them."""
    weighty = any(t.weight in align.HEAVY for t in said.terms)
    reached = said.denied if weighty else said.denied | said.around
    if not heavy:
        light = [d for d in a.demands if d.term.weight is Weight.LIGHT]
        share = sum(not d.term.keys.isdisjoint(reached) for d in light) / max(1, len(light))
        return share if share >= _MOST else 0.0
    met = sum(bool(d.term.keys & reached) for d in heavy)
    asked = frozenset().union(*(d.term.keys for d in a.demands))
    denied = [t for t in said.terms if t.keys & said.denied and t.weight in align.HEAVY]
    narrower = sum(not lexicon.stated(t.keys) & asked for t in denied)
    return met / (met + _NARROWER * narrower) if met else 0.0


_MOST = 0.6
_NARROWER = 0.3  # how much each further thing that the denial names takes from it


def _denies(a: Alignment, said: Said) -> bool:
    """Whether the clause denies what the question asks; a question for plans asks of no lack."""
    if Stance.PLANNED in a.speaks_of and said.stance is Stance.DENIED:
        return False
    return said.stance.denies
