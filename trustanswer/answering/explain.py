"""Why a judgement came out as it did: sentences to quote, what is missing, what is contradicted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from trustanswer.answering import align, specifics
from trustanswer.answering.align import Demand
from trustanswer.answering.alignment import Alignment
from trustanswer.answering.evidence import Said
from trustanswer.answering.lexicon import Weight
from trustanswer.answering.parts import Part
from trustanswer.answering.polarity import Stance
from trustanswer.answering.qualifiers import Standing
from trustanswer.answering.wording import Wording
from trustanswer.model import Flag

Quotes = tuple[tuple[int, tuple[str, ...]], ...]
Place = tuple[int, str]

_MOST_SENTENCES = 4
_OPEN_SHARE = 0.55  # an open question takes every sentence that fits this well beside the best
_LEAST_GAIN = 0.5  # weight of what a further sentence must add to be quoted


def quotes(a: Alignment, denied: bool) -> Quotes:
    """The sentences that bear on the question, by statement, in the order of the text; few.

    The best one, then each that states something asked for that none before it does, and those
    that hold the amounts and the specific things asked for. Where the answer is a denial, the
    denying sentence comes into the choice first.
    """
    fits = _sentence_fits(a, denied)
    chosen = _open(fits) if a.how.wording is Wording.OPEN else _cover(a, fits)
    places = dict.fromkeys((*_amounts(a), *_specifics(a, fits), *chosen)) if chosen else {}
    order = {place: at for at, place in enumerate(fits)}
    kept = sorted(sorted(places, key=lambda p: -fits[p])[:_MOST_SENTENCES], key=order.__getitem__)
    return tuple(
        (at, tuple(t for s, t in kept if s == at)) for at in dict.fromkeys(s for s, _ in kept)
    )


def _amounts(a: Alignment) -> list[Place]:
    told = (a.said[x.clause] for x in a.limits if x.clause is not None)
    return [(said.statement, said.sentence) for said in told]


def _specifics(a: Alignment, fits: dict[Place, float]) -> list[Place]:
    """For each kind of specific thing asked for the sentence that fits best of those with one, or
    the one behind it ("Restores are tested. This happens every year.")."""
    fitting = sorted((p for p in fits if fits[p]), key=lambda p: -fits[p])
    behind = {one: next_ for one, next_ in itertools.pairwise(fits) if one[0] == next_[0]}
    places = [*fitting, *(behind[p] for p in fitting if p in behind)]
    firsts = (
        next((p for p in places if specifics.found(kind, p[1], a.text)), None) for kind in a.wanted
    )
    return [place for place in firsts if place is not None]


def _sentence_fits(a: Alignment, denied: bool) -> dict[Place, float]:
    fits: dict[Place, float] = {}
    for said, fit in zip(a.said, a.scores, strict=True):
        bonus = 1.0 if denied and fit and said.stance.denies else 0.0
        titled = 0.1 * align.score(a.demands, frozenset(), said.title)
        place = (said.statement, said.sentence)
        fits[place] = max(fits.get(place, 0.0), fit + bonus + (titled if fit else 0.0))
    return fits


def _open(fits: dict[Place, float]) -> list[Place]:
    best = max(fits.values(), default=0.0)
    fitting = [place for place, fit in fits.items() if fit and fit >= _OPEN_SHARE * best]
    return sorted(fitting, key=lambda place: -fits[place])[:_MOST_SENTENCES]


def _cover(a: Alignment, fits: dict[Place, float]) -> list[Place]:
    keys = _keys_by_place(a.said)
    open_demands = list(a.demands)
    chosen: list[Place] = []
    while len(chosen) < _MOST_SENTENCES and fits:
        gains = {p: _gain(open_demands, keys[p]) + 0.1 * fits[p] for p in fits if p not in chosen}
        place = (
            max(gains, key=gains.__getitem__, default=None)
            if chosen
            else max(fits, key=fits.__getitem__)
        )
        if place is None or (chosen and gains[place] < _LEAST_GAIN) or not fits[place]:
            break
        chosen.append(place)
        open_demands = [d for d in open_demands if not d.term.keys & keys[place]]
    return chosen


def _gain(demands: Iterable[Demand], keys: frozenset[str]) -> float:
    return sum(d.weight for d in demands if d.term.keys & keys)


def _keys_by_place(said: Sequence[Said]) -> dict[Place, frozenset[str]]:
    keys: dict[Place, frozenset[str]] = {}
    for s in said:
        place = (s.statement, s.sentence)
        keys[place] = keys.get(place, frozenset()) | s.keys
    return keys


def missing(a: Alignment) -> tuple[str, ...]:
    """What the question asks for and the evidence does not say, in the question's own words."""
    found: list[str] = []
    for at, part in enumerate(a.pieces):
        lost = [
            d
            for d in a.demands
            if d.part == at and not d.credit and d.term.weight is not Weight.LIGHT
        ]
        kept = [d for d in a.demands if d.part == at and d.credit and d.term.weight in align.HEAVY]
        found += [part.text] if lost and not kept and at else _stretches(part, lost, kept)
        found += [_with_bound(part.text, x.amount.start, x.amount.text) for x in a.limits
                  if x.part == at and x.standing is Standing.UNSTATED]  # fmt: skip
    found.append(_JOINED.sub("", a.besides))
    told = dict.fromkeys(_tidy(f) for f in found if f)
    return tuple(f for f in told if not any(f != other and f in other for other in told))


# What joins a further question to the one before: "; if so, how often?", ", and since when?"
_JOINED = re.compile(r"^\W*(?:(?:and|if (?:so|yes|applicable)|please)\W+)*", re.I)


def _tidy(words: str) -> str:
    """A stretch of a question without the stop behind it; of one with half a pair of brackets,
    the longer side."""
    if words.count("(") != words.count(")"):
        words = max(re.split(r"[()]", words), key=len)
    return " ".join(words.split()).rstrip(" .,;:?!")


def _stretches(part: Part, lost: Sequence[Demand], kept: Sequence[Demand]) -> list[str]:
    """The words from one missing term to the next, as far as nothing stated stands between."""
    stretches: list[tuple[int, int]] = []
    for d in lost:
        start, end = d.term.start, d.term.end
        joins = stretches and not any(stretches[-1][1] <= k.term.start < start for k in kept)
        if joins:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return [part.text[start:end] for start, end in stretches]


_BOUND_WORDS = re.compile(
    r"(?<![a-z])(?:(?:at least|no (?:later|less|more)(?: frequently| often)? than|not (?:later|"
    r"exceeding)(?: than)?|within|inside|minimum of|max(?:imum)?|"
    r"up to|once|every|on|in|a|[<>≥≤]=?)\s+)*$",
    re.I,
)


def _with_bound(text: str, start: int, amount: str) -> str:
    lead = _BOUND_WORDS.search(text[:start])
    return (lead.group() if lead else "") + amount


def contradicted(a: Alignment) -> tuple[str, ...]:
    """The numbers, intervals and versions that the question asks for and the evidence gives
    otherwise, in the question's own words."""
    unmet = [
        _with_bound(a.pieces[x.part].text, x.amount.start, x.amount.text)
        for x in a.limits
        if x.standing is Standing.CONTRADICTED
    ]
    return tuple(dict.fromkeys(unmet))


def flags(a: Alignment, cited: Quotes, restricted: bool) -> tuple[Flag, ...]:
    """What a reviewer should see: plans, tasks left to the customer, limits, weaknesses."""
    quoted = {(at, sentence) for at, sentences in cited for sentence in sentences}
    near = [s for s in a.said if (s.statement, s.sentence) in quoted]
    found = [Flag(kind, s.sentence) for stance, kind in _KINDS for s in near if s.stance is stance]
    if restricted:
        found.append(Flag("limited", "the evidence holds for some only, or leaves it optional"))
    if a.how.undesirable:
        found.append(Flag("weakness", "Yes would admit a weakness"))
    if any(s.keys & align.PROVIDER for s in near):
        found.append(Flag("provider", "the evidence speaks of the hosting provider"))
    return tuple(dict.fromkeys(found))


_KINDS = (
    (Stance.PLANNED, "planned"),
    (Stance.CEASED, "ceased"),
    (Stance.OUTSIDE, "out of scope"),
    (Stance.THEIRS, "left to the customer"),
)
