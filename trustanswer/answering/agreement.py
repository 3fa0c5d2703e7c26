"""Whether statements of one knowledge base contradict or repeat each other.

Two sentences contradict each other where they are about the same thing and give another amount,
another version, or the opposite answer. How near they are in meaning is given, as cosines; that
they are about the same thing, and not just near, is told by the terms of each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trustanswer.answering.align import PROVIDER
from trustanswer.answering.bounds import Unit
from trustanswer.answering.claims import (
    Claim,
    Measure,
    contained,
    coverage,
    same_scope,
    told_apart,
    told_together,
)

Floats = NDArray[np.float32]

NEAR = 0.45  # cosine below which two sentences are not looked at
ALIKE = 0.75  # cosine from which two sentences may say the same
# From which two claims are about the same thing: twice their cosine, the greater coverage of one
# by the other, and half the lesser; 3.5 at most. A shared subject that one denies is less of a
# sign than another amount of the same kind.
SAME_MEASURE, SAME_POINT, SAME_SENSE = 2.9, 2.8, 3.5
# A sentence that the other statement says in several: near one of them, all its words there.
RELATED, ENOUGH, CONTAINED = 0.6, 5, 0.8
FORMULA = 3  # statements that repeat a sentence; in more it is one that all of a kind have
A_MARK = 0.4
A_WORD = 0.1  # what each of two words that two amounts share adds to that
SHARE = 0.6  # of the shorter statement's words, said by the other too: then it is repeated


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements (by index, the later one first) and a sentence of each that shows it."""

    one: int
    other: int
    quote: str
    other_quote: str
    detail: str


def contradictions(claims: Sequence[Claim], cosines: Floats) -> list[Pair]:
    """One for each two statements that contradict each other, by the sentences that are nearest.

    `cosines`: of every claim with every other, shape (n, n).
    """
    found: dict[tuple[int, int], tuple[float, Pair]] = {}
    for i, j in _near(claims, cosines):
        one, other = claims[i], claims[j]
        detail = clash(one, other, float(cosines[i, j]))
        key = one.statement, other.statement
        if detail and float(cosines[i, j]) > found.get(key, (0.0, None))[0]:
            pair = Pair(*key, one.text, other.text, detail)
            found[key] = float(cosines[i, j]), pair
    return [pair for _, pair in found.values()]


def clash(one: Claim, other: Claim, cosine: float) -> str | None:
    """In what two claims contradict each other, in words; None where they do not."""
    if not same_scope(one, other) or told_apart(one, other):
        return None
    near = nearness(one, other, cosine)
    return _measures_clash(one, other, near) or (
        _stances_clash(one, other) if near >= SAME_POINT else None
    )


def nearness(one: Claim, other: Claim, cosine: float) -> float:
    there, back = coverage(one, other), coverage(other, one)
    shared = max(contained(one, other.words), contained(other, one.words))
    return 2 * cosine + max(there, back) + 0.5 * min(there, back) + shared


def _measures_clash(one: Claim, other: Claim, near: float) -> str | None:
    near += A_MARK if told_together(one, other) else 0.0
    for kind in sorted({m.kind for m in one.measures} & {m.kind for m in other.measures}):
        ours, theirs, shared = _matched(_of(kind, one), _of(kind, other))
        if near + A_WORD * min(shared, 2) >= SAME_MEASURE and _differ(ours, theirs):
            return f"{_words(ours)} / {_words(theirs)}"
    return None


def _of(kind: str, claim: Claim) -> list[Measure]:
    return [m for m in claim.measures if m.kind == kind]


def _matched(
    ours: list[Measure], theirs: list[Measure]
) -> tuple[list[Measure], list[Measure], int]:
    """The measures that stand in words most alike (of several, those are of the same thing), and
    how many words they share."""
    shared = {
        (i, j): len(a.around & b.around) for i, a in enumerate(ours) for j, b in enumerate(theirs)
    }
    best = max(shared.values())
    left, right = ({p[side] for p, n in shared.items() if n == best} for side in (0, 1))
    return [ours[i] for i in sorted(left)], [theirs[j] for j in sorted(right)], best


def _differ(ours: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Versions differ where each side has one that the other has not, other amounts where none
    is the same. Months and years have no fixed length."""
    left, right = ({round(m.value, 3) for m in side} for side in (ours, theirs))
    if ours[0].kind.startswith(Unit.VERSION):
        return bool(left - right and right - left)
    slack = 0.02 if ours[0].kind.startswith((Unit.INTERVAL, Unit.DURATION)) else 0.0
    return not any(abs(a - b) <= slack * max(a, b) for a in left for b in right)


def _words(measures: Sequence[Measure]) -> str:
    return ", ".join(dict.fromkeys(m.text.strip() for m in measures))


def _stances_clash(one: Claim, other: Claim) -> str | None:
    if any(_REFERS_BACK.match(claim.text) for claim in (one, other)):
        return None
    if bool(one.keys & PROVIDER) != bool(other.keys & PROVIDER):
        return None  # what the hosting provider has, the vendor need not have
    for denying, affirming in ((one, other), (other, one)):
        if denying.denied & affirming.affirmed and not denying.denied & affirming.denied:
            return "denied / affirmed" if denying is one else "affirmed / denied"
    return None


# Of what it speaks the sentence before says: not enough to tell what is denied.
_REFERS_BACK = re.compile(r"(?:it|its|they|this|these|those|none|such)\b", re.I)


# --- repetitions --------------------------------------------------------------------------------


def repetitions(claims: Sequence[Claim], cosines: Floats) -> list[Pair]:
    """One for each two statements of which one says what the other says, or most of it."""
    words = _by_statement(claims)
    shared: dict[tuple[int, int], dict[int, tuple[float, int]]] = defaultdict(dict)
    clashing: set[tuple[int, int]] = set()
    for i, j in _near(claims, cosines):
        cosine = float(cosines[i, j])
        if clash(claims[i], claims[j], cosine):
            clashing |= {
                (claims[i].statement, claims[j].statement),
                (claims[j].statement, claims[i].statement),
            }
        for here, there in ((i, j), (j, i)):
            key = claims[here].statement, claims[there].statement
            if cosine > shared[key].get(here, (0.0, 0))[0] and _said(
                claims[here], claims[there], cosine, words[claims[there].statement]
            ):
                shared[key][here] = cosine, there
    _drop_formulas(shared)
    lengths = _lengths(claims)
    return [
        _repetition(one, other, matched, claims)
        for (one, other), matched in shared.items()
        if matched
        and (one, other) not in clashing
        and (lengths[one], -one) <= (lengths[other], -other)
        and sum(_length(claims[i]) for i in matched) >= SHARE * lengths[one]
    ]


def _drop_formulas(shared: Mapping[tuple[int, int], dict[int, tuple[float, int]]]) -> None:
    """Takes out the claims that many statements make of themselves ("The team reviews this policy
    every year."): a formula, and no repetition."""
    places = Counter(claim for matched in shared.values() for claim in matched)
    for matched in shared.values():
        for claim in [claim for claim in matched if places[claim] > FORMULA]:
            del matched[claim]


def _by_statement(claims: Sequence[Claim]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for claim in claims:
        found[claim.statement] |= claim.words
    return found


def _said(one: Claim, other: Claim, cosine: float, words: frozenset[str]) -> bool:
    """Whether the other says what the one says, by itself or with the rest of its statement."""
    if not same_scope(one, other) or told_apart(one, other):
        return False
    in_one = (
        cosine >= ALIKE
        and one.denies == other.denies
        and nearness(one, other, cosine) >= SAME_SENSE
    )
    return in_one or (
        cosine >= RELATED
        and len(one.words) >= ENOUGH
        and contained(one, words) >= CONTAINED
        and {w for w in one.words if w[0].isdigit()} <= words
    )


def _repetition(
    one: int, other: int, matched: dict[int, tuple[float, int]], claims: Sequence[Claim]
) -> Pair:
    best = max(matched, key=lambda i: (matched[i][0], -i))
    exact = all(_plain(claims[i].text) == _plain(claims[j].text) for i, (_, j) in matched.items())
    detail = WORD_FOR_WORD if exact else "in other words"
    return Pair(one, other, claims[best].text, claims[matched[best][1]].text, detail)


WORD_FOR_WORD = "word for word"


def _lengths(claims: Sequence[Claim]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for claim in claims:
        found[claim.statement] += _length(claim)
    return found


def _length(claim: Claim) -> int:
    return len(claim.text.split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _near(claims: Sequence[Claim], cosines: Floats) -> Iterator[tuple[int, int]]:
    """The claims of two statements that are near, the later statement's first."""
    for i, j in np.argwhere(np.tril(cosines, -1) >= NEAR).tolist():
        if claims[i].statement != claims[j].statement:
            yield i, j
