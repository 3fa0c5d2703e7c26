"""Sets what a question demands against what evidence says, demand by demand, clause by clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trustanswer.answering import lexicon, siblings
from trustanswer.answering.amounts import amounts
from trustanswer.answering.bounds import Amount, Bound, Span, Unit
from trustanswer.answering.evidence import Said
from trustanswer.answering.lexicon import Term, Weight
from trustanswer.answering.parts import Part, Role
from trustanswer.answering.qualifiers import Standing, standing
from trustanswer.answering.siblings import AskedOf
from trustanswer.answering.words import words_of

ROLE_WEIGHT = {
    Role.CORE: 1.0,
    Role.CLAUSE: 0.8,
    Role.MODIFIER: 0.6,
    Role.EXAMPLE: 0.0,
    Role.FOLLOW_UP: 0.0,
    Role.LEAD_IN: 0.5,
}
TERM_WEIGHT = {
    Weight.SUBJECT: 1.0,
    Weight.NAMED: 1.5,
    Weight.SCOPE: 1.0,
    Weight.LIGHT: 0.25,
    Weight.ATTRIBUTE: 0.35,
    Weight.BOILERPLATE: 0.0,
}
HEAVY = frozenset({Weight.SUBJECT, Weight.NAMED, Weight.SCOPE})
# A scope that the evidence leaves open is presumed to be meant; one that it replaces is not.
OPEN_SCOPE = 0.3
TITLE_CREDIT = 0.7


@dataclass(frozen=True, slots=True)
class Demand:
    """One term that the question asks to be stated, and how the evidence stands to it.

    `credit` is 1 where a clause states it, less where only the title above does, else 0.
    `denied`: every clause that speaks of it denies. `swapped`: the evidence speaks of another
    member of the same list instead (contractors asked, employees stated).
    """

    term: Term
    part: int
    role: Role
    weight: float
    credit: float
    denied: bool
    swapped: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """One amount that the question asks for, how the evidence stands to it, and the clause (by
    index) that tells, if one has an amount of the kind."""

    amount: Amount
    part: int
    standing: Standing
    clause: int | None = None


def demands(pieces: Sequence[Part], said: Sequence[Said]) -> tuple[Demand, ...]:
    """Every term of the question that weighs something, in order, each key once."""
    found: list[Demand] = []
    seen: set[frozenset[str]] = set()
    for at, piece in enumerate(pieces):
        row: list[Demand] = []
        for term in _besides_amounts(piece.text):
            weight = ROLE_WEIGHT[piece.role] * TERM_WEIGHT[term.weight]
            if weight and term.keys not in seen:
                seen.add(term.keys)
                row.append(_demand(term, at, piece.role, weight, said))
        found += _alternatives(piece.text, row)
    return tuple(found)


@lru_cache(maxsize=4096)
def _besides_amounts(text: str) -> tuple[Term, ...]:
    """The terms of a text but for the words of amounts: "256-bit keys" are demanded as a number,
    and so is "Moderate" of FedRAMP."""
    found = amounts(text)
    spans = [
        (a.start, a.end)
        for a in found
        if a.unit in _MEASURED and (a.unit is not Unit.BITS or a.text[0].isdigit())
    ]
    grades = {a.start for a in found if a.unit is Unit.VERSION}
    return tuple(
        term
        for term in lexicon.terms(text)
        if term.start not in grades
        and not any(start <= term.start and term.end <= end for start, end in spans)
    )


_MEASURED = frozenset(
    {Unit.INTERVAL, Unit.DURATION, Unit.PERCENT, Unit.CHARACTERS, Unit.MONEY, Unit.BITS}
)


def _alternatives(text: str, row: list[Demand]) -> list[Demand]:
    """Of terms joined by "or" one is enough: the others are not asked for where it is stated."""
    dropped: set[int] = set()
    for group in _groups(text, row):
        if any(row[i].credit for i in group):
            dropped |= {i for i in group if not row[i].credit}
    return [d for i, d in enumerate(row) if i not in dropped]


def _groups(text: str, row: Sequence[Demand]) -> list[list[int]]:
    """Runs of terms with nothing but commas, "or" and slashes between them, one "or" at least."""
    groups: list[list[int]] = []
    links = [text[a.term.end : b.term.start] for a, b in itertools.pairwise(row)]
    start = 0
    for i, link in enumerate([*links, "."]):
        if _LINK.fullmatch(link):
            continue
        if i > start and any(_OR.search(x) for x in links[start:i]):
            groups.append(list(range(start, i + 1)))
        start = i + 1
    return groups


_LINK = re.compile(r"\s*(?:,|/|,?\s*\bor\b|\?)\s*(?:a |an |the |any )?")
_OR = re.compile(r"\bor\b|/")


def _demand(term: Term, part: int, role: Role, weight: float, said: Sequence[Said]) -> Demand:
    holders = [s for s in said if not term.keys.isdisjoint(s.keys)] or _word_by_word(term, said)
    titled = not holders and any(not term.keys.isdisjoint(s.title) for s in said)
    credit = 1.0 if holders else TITLE_CREDIT * titled
    denied = bool(holders) and not any(term.keys.isdisjoint(s.denied) for s in holders)
    swapped = not credit and _swapped(term, said)
    if term.apart and not credit and not swapped:
        weight *= OPEN_SCOPE
    return Demand(term, part, role, weight, credit, denied, swapped)


def _word_by_word(term: Term, said: Sequence[Said]) -> list[Said]:
    """The clauses that state each word of a term by itself: "every workstation is encrypted" states
    "encrypted laptops", of which the lexicon has made one concept."""
    words = lexicon.words_of(term.text)
    if len(words) < 2 or any(c.isdigit() for c in term.text):  # a SOC 1 report is no SOC 2 report
        return []
    return [s for s in said if all(not keys.isdisjoint(s.keys) for keys in words)]


def _swapped(term: Term, said: Sequence[Said]) -> bool:
    apart = lexicon.lexicon().apart
    return bool(term.apart) and any(
        apart.get(k) == term.apart for s in said for k in s.keys | s.title
    )


def score(wanted: Iterable[Demand], keys: frozenset[str], title: frozenset[str]) -> float:
    """The weight of what is asked that a clause with these keys states, the title counted less."""
    total = 0.0
    for demand in wanted:  # asked for tens of thousands of times in a questionnaire
        if not demand.term.keys.isdisjoint(keys):
            total += demand.weight
        elif not demand.term.keys.isdisjoint(title):
            total += TITLE_CREDIT * demand.weight
    return total


def clause_scores(wanted: Sequence[Demand], said: Sequence[Said]) -> list[float]:
    """For each clause the weight of the demands that it states itself, titles left out.

    What the rest of its sentence states counts half. A clause about the hosting provider counts
    half where the question is not about providers: a vendor's own controls come first.
    """
    provider = about_provider(wanted)
    return [
        (score(wanted, s.keys, frozenset()) + 0.5 * score(wanted, s.around - s.keys, frozenset()))
        * (1.0 if provider or not s.keys & PROVIDER else 0.5)
        for s in said
    ]


def near(said: Sequence[Said], scores: Sequence[float]) -> str:
    """The sentences that fit at least half as well as the best, each with the next, as one text."""
    best = max(scores, default=0.0)
    fitting = [i for i, fit in enumerate(scores) if fit >= 0.5 * best]
    places = sorted({j for i in fitting for j in (i, i + 1) if j < len(said)})
    return " ".join(dict.fromkeys(said[i].sentence for i in places))


def about_provider(wanted: Iterable[Demand]) -> bool:
    """Whether the question itself speaks of the hosting provider."""
    return any(d.term.keys & PROVIDER for d in wanted)


PROVIDER = frozenset({"cloud", "aws", "azure", "gcp"})


def limits(
    pieces: Sequence[Part], wanted: Sequence[Demand], said: Sequence[Said], scores: Sequence[float]
) -> tuple[Limit, ...]:
    """Every amount of the question, held against the clauses that bear on it most."""
    asked = [
        (a, at)
        for at, p in enumerate(pieces)
        if ROLE_WEIGHT[p.role]
        for a in amounts(p.text)
        if not (a.unit is Unit.INTERVAL and a.value < 1 / 24)  # "continuously" is a word, no limit
    ]
    found = (
        Limit(a, at, *_standing(a, _asked_of(at, pieces, wanted), wanted, said, scores))
        for a, at in asked
    )
    # How many there are is no limit where the evidence does not count them.
    return tuple(x for x in found if x.amount.unit is not Unit.COUNT or x.clause is not None)


def _asked_of(part: int, pieces: Sequence[Part], wanted: Sequence[Demand]) -> AskedOf:
    """What an amount of this part is asked of: the demands up to the part, and those of a later one
    that takes something in ("backups included")."""
    of_it = [d for d in wanted if d.part <= part or _TAKES_IN.search(pieces[d.part].text)]
    told = (t.keys for p in pieces[: part + 1] for t in lexicon.terms(p.text) if t.keys & _TOLD)
    names = [d.term.keys for d in of_it if d.term.weight in HEAVY]
    return AskedOf((*names, *told), tuple(d.term.keys for d in of_it))


_TAKES_IN = re.compile(r"\b(?:inclu\w+|both|also|as well)\b", re.I)
_TOLD = frozenset({"customer"})  # one of several who are told of a thing, each at a time of its own


def _standing(
    amount: Amount,
    of_it: AskedOf,
    wanted: Sequence[Demand],
    said: Sequence[Said],
    scores: Sequence[float],
) -> tuple[Standing, int | None]:
    """The standing in the best clause that has such an amount; a denied clause states none."""
    floor = 0.5 * max(scores, default=0.0)
    for i in sorted(range(len(said)), key=lambda i: -scores[i]):
        bears = scores[i] >= floor or _follows(i, said, scores, floor)
        given = _comparable(amount, said[i].text)
        if given and bears and not said[i].stance.denies:
            held = _held_against(amount, given, wanted, said[i])
            return _unless_of_another(held, amount, given, of_it, said, i), i
    return Standing.UNSTATED, None


def _unless_of_another(
    held: Standing,
    asked: Amount,
    given: Sequence[Amount],
    of_it: AskedOf,
    said: Sequence[Said],
    at: int,
) -> Standing:
    """The standing, unless the amount that meets is told of another thing than the one asked for,
    which has a time of its own."""
    if held is not Standing.STATED or asked.unit not in siblings.TIMES:
        return held
    owner = siblings.owner(said, at, given, of_it)
    if owner is None:
        return held
    text, stated = owner
    unmet = standing(asked, _comparable(asked, text)) is Standing.CONTRADICTED
    alone = not any(keys.isdisjoint(stated) for keys in of_it.names)
    return Standing.CONTRADICTED if unmet and alone else Standing.UNSTATED


def _comparable(amount: Amount, text: str) -> list[Amount]:
    """The amounts of a clause that the asked one can be held against: "rotated every 365 days"
    answers "within a year" where no duration is given."""
    found = [a for a in amounts(text) if a.of == amount.of]
    same = [a for a in found if a.unit is amount.unit]
    if same or amount.unit is not Unit.DURATION or amount.bound is not Bound.MOST:
        return same
    return [a for a in found if a.unit is Unit.INTERVAL]


def _follows(at: int, said: Sequence[Said], scores: Sequence[float], floor: float) -> bool:
    """Whether the clause continues one that bears on the question ("We do so yearly.")."""
    before = at - 1
    return before >= 0 and said[before].statement == said[at].statement and scores[before] >= floor


def _held_against(
    asked: Amount, given: list[Amount], wanted: Sequence[Demand], said: Said
) -> Standing:
    """The standing of an amount among several in one clause. It is met where the one that is most
    likely of the thing asked for meets it; where only another does, it is open."""
    if len(given) < 2 or asked.unit is Unit.VERSION:
        return standing(asked, given)
    spans = _spans(given, said.text)
    if standing(asked, _likeliest(given, spans, wanted, said)) is Standing.STATED:
        return Standing.STATED
    return standing(asked, _not_of_others(given, spans, wanted, said))


def _spans(given: Sequence[Amount], text: str) -> list[Span]:
    """Where in a clause the words lie that belong to each amount: between it and the one before, or
    behind each where they follow ("30 days for logs and 90 days for backups")."""
    if all(_FOLLOWED.match(text, amount.end) for amount in given):
        ends = [*(amount.start for amount in given[1:]), len(text)]
        return [(amount.end, end) for amount, end in zip(given, ends, strict=True)]
    starts = [0, *(amount.end for amount in given[:-1])]
    return [(start, amount.start) for start, amount in zip(starts, given, strict=True)]


_FOLLOWED = re.compile(r"\W+(?:for|of|on|in)\b", re.I)


def _likeliest(
    given: list[Amount], spans: Sequence[Span], wanted: Sequence[Demand], said: Said
) -> list[Amount]:
    """Of several amounts those of the thing asked for, as far as words tell; else all of them.

    A list leaves out what its first member has said ("master keys every year, data keys every 90
    days"): a later one is meant where it names something asked for that the first does not, the
    first where it names what they do not and each of them names something else.
    """
    asked = frozenset().union(*(words_of(d.term.text) for d in wanted))
    words = [words_of(said.text[start:end]) for start, end in spans]
    told = [
        (of_it & asked) | {d.term.text for d in wanted if _within(d.term.keys, span, said)}
        for of_it, span in zip(words, spans, strict=True)
    ]
    first, *others = told
    named = [amount for amount, of_it in zip(given[1:], others, strict=True) if of_it - first]
    if named:
        return named
    apart = all(first - of_it and own for of_it, own in zip(others, words[1:], strict=True))
    return given[:1] if apart else given


def _not_of_others(
    given: list[Amount], spans: Sequence[Span], wanted: Sequence[Demand], said: Said
) -> list[Amount]:
    """The amounts without those that come with another subject than what is asked for."""
    keys = frozenset(k for d in wanted if d.term.weight in HEAVY for k in d.term.keys)
    own = [
        amount
        for amount, span in zip(given, spans, strict=True)
        if _within(keys, span, said) or not any(t.weight in HEAVY for t in _terms_in(span, said))
    ]
    return own or given


def _within(keys: frozenset[str], span: Span, said: Said) -> bool:
    """Whether a term in this stretch of the clause states one of the keys."""
    return any(not keys.isdisjoint(lexicon.stated(t.keys)) for t in _terms_in(span, said))


def _terms_in(span: Span, said: Said) -> list[Term]:
    start, end = span
    return [t for t in said.terms if start <= t.start < end]
