"""Sibling clauses: of several that each tell a time, which one is of the thing asked for.

"External addresses are scanned monthly. Internal networks are scanned on demand." tells of internal
networks, and gives a month; the month is not theirs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.amounts import amounts
from trustanswer.answering.bounds import Amount, Span, Unit
from trustanswer.answering.evidence import Said

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What a time is asked of: the keys of what may tell one clause from its siblings, and those of
    all that is asked for."""

    names: tuple[Keys, ...]
    all: tuple[Keys, ...]


TIMES = frozenset({Unit.INTERVAL, Unit.DURATION})


def owner(
    said: Sequence[Said], at: int, given: Sequence[Amount], asked: AskedOf
) -> tuple[str, Keys] | None:
    """The stretch of text beside the clause `at` that tells the time of what is asked for, if it is
    not that clause, and what it states: it names what the stretch of the given amounts does not,
    and has a time of its own. Both speak of something else that is asked for ("scanned"), but that
    a stretch of the same sentence need not repeat it.
    """
    clause = said[at]
    spans = _stretches(clause.text)
    held = [s for s in spans if any(s[0] <= amount.start < s[1] for amount in given)]
    own = frozenset().union(*(_stated(clause, span) for span in held))
    missing = [keys for keys in asked.names if keys.isdisjoint(own | clause.title)]
    shared = [keys for keys in asked.all if not keys.isdisjoint(own)]
    if not missing or not shared:
        return None
    for text, stated in _others(said, at, held):
        told = any(not keys.isdisjoint(stated) for keys in missing)
        here = text in clause.sentence
        timed = _tells_a_time(text) or (here and _EVENT.search(text) is not None)
        if told and timed and (here or any(not keys.isdisjoint(stated) for keys in shared)):
            return text, stated
    return None


def _others(said: Sequence[Said], at: int, held: Sequence[Span]) -> Iterator[tuple[str, Keys]]:
    """The other stretches of the clause, and those of the clauses near it, with what they state."""
    near = range(max(0, at - _NEAR), min(len(said), at + _NEAR + 1))
    for i in (i for i in near if said[i].statement == said[at].statement):
        for span in _stretches(said[i].text):
            if i != at or span not in held:
                yield said[i].text[span[0] : span[1]], _stated(said[i], span)


_NEAR = 3  # clauses before or after


def _stated(clause: Said, span: Span) -> Keys:
    """What a stretch of a clause states; of what states nothing ("customers"), to whom it goes."""
    if span == (0, len(clause.text)):
        return clause.keys
    terms = [t for t in clause.terms if span[0] <= t.start < span[1]]
    if not clause.text.startswith("to ", span[0]):
        return lexicon.stated_by(terms)
    return lexicon.stated(key for t in terms for key in t.keys)


@lru_cache(maxsize=4096)
def _stretches(text: str) -> tuple[Span, ...]:
    """A clause cut where it goes on to another party or thing: "to the authority within a day, and
    to customers once the cause is known"."""
    return tuple(itertools.pairwise([0, *(m.end() for m in _FURTHER.finditer(text)), len(text)]))


_FURTHER = re.compile(
    r",?\s+and\s+(?=(?:to|for|by|in|at|on|those|all|other|the|every|within)\b)|"
    r",\s+(?=(?:those|to|for|other)\b)"
)


@lru_cache(maxsize=4096)
def _tells_a_time(text: str) -> bool:
    return bool(_VAGUE.search(text)) or any(a.unit in TIMES for a in amounts(text))


_VAGUE = re.compile(
    r"\b(?:on demand|on request|ad[ -]hoc|as soon as|as needed|when needed|at the end of|"
    r"without (?:undue )?delay|promptly|immediately|in due course|at the next|after each|"
    r"before each)\b",
    re.I,
)
# A time in the course of things, where one is set beside it ("and to customers once confirmed").
_EVENT = re.compile(r"\b(?:upon|once|when) \w+", re.I)
