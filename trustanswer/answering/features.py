"""The figures a judgement rests on, by name: for the rules here and for a calibrated model."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from trustanswer.answering import align, lexicon
from trustanswer.answering.align import Demand
from trustanswer.answering.alignment import Alignment
from trustanswer.answering.bounds import Unit
from trustanswer.answering.denials import denial, echoed_denial
from trustanswer.answering.lexicon import Weight
from trustanswer.answering.opposites import opposed
from trustanswer.answering.parts import Role
from trustanswer.answering.polarity import Stance
from trustanswer.answering.qualifiers import Standing
from trustanswer.answering.reach import reach
from trustanswer.answering.rows import Held, held
from trustanswer.answering.subsets import of_some, on_another_plan
from trustanswer.answering.wording import Wording
from trustanswer.answering.words import holds


def features(a: Alignment) -> dict[str, float]:
    """Every figure, by name; the names are the same for every question."""
    return {
        **_wording(a),
        **_coverage_figures(a),
        **_stance_figures(a),
        **_reach_figures(a),
        **_limit_figures(a),
        **_part_figures(a),
        **_specific_figures(a),
        "section_coverage": _section_coverage(a),
    }


def coverage(demands: Iterable[Demand]) -> float:
    """Share of the weight asked for that is stated; 1 where nothing is asked for."""
    asked = list(demands)
    total = sum(d.weight for d in asked)
    return sum(d.weight * d.credit for d in asked) / total if total else 1.0


def _wording(a: Alignment) -> dict[str, float]:
    return {
        "open": float(a.how.wording is Wording.OPEN),
        "confirm": float(a.how.wording is Wording.CONFIRM),
        "terse": float(a.how.wording is Wording.TERSE),
        "also_open": float(a.how.also_open),
        "negated": float(a.how.negated),
        "undesirable": float(a.how.undesirable),
        "question_terms": float(len(a.demands)),
    }


def _coverage_figures(a: Alignment) -> dict[str, float]:
    own = [d for d in a.demands if d.role is not Role.LEAD_IN]
    heavy = [d for d in own if d.term.weight in align.HEAVY]
    light = [d for d in own if d.term.weight is Weight.LIGHT]
    core = [d for d in heavy if d.role is Role.CORE]
    lost = [d for d in heavy if not d.credit]
    attributes = [d for d in a.demands if d.term.weight is Weight.ATTRIBUTE]
    total = sum(d.weight for d in a.demands) or 1.0
    return {
        "coverage": coverage(a.demands),
        "plain_coverage": sum(bool(d.credit) for d in a.demands) / (len(a.demands) or 1),
        # Everyday words alone are put in many ways: half of them found is much.
        "core_coverage": coverage(core) if core else min(1.0, 2 * coverage(light)),
        "rest_coverage": coverage(d for d in heavy if d.role is not Role.CORE),
        "heavy_coverage": coverage(heavy),
        "light_coverage": coverage(light),
        "lead_in_coverage": coverage(d for d in a.demands if d.role is Role.LEAD_IN),
        "attribute_coverage": coverage(attributes),
        "attributes_missing": float(sum(not d.credit for d in attributes)),
        "predicates_missing": _predicates_missing(a, Weight.ATTRIBUTE),
        "light_predicates_missing": _predicates_missing(a, Weight.LIGHT),
        "heavy": float(len(heavy)),
        "core_heavy": float(len(core)),
        "core_missing": float(sum(not d.credit for d in core)),
        "rest_missing": float(sum(d.role is not Role.CORE for d in lost)),
        "head_missing": float(bool(core) and not core[0].credit),
        "last_missing": float(bool(core) and not core[-1].credit),
        "named": float(sum(d.term.weight is Weight.NAMED for d in heavy)),
        "named_missing": float(sum(d.term.weight is Weight.NAMED for d in lost)),
        "core_names_missing": _names_missing(core),
        "concepts_missing": float(sum(lexicon.is_concept(d.term) for d in lost)),
        "words_missing": float(sum(not lexicon.is_concept(d.term) for d in lost)),
        "title_only": float(sum(0 < d.credit < 1 for d in heavy)),
        "scope_asked": float(sum(bool(d.term.apart) for d in a.demands)),
        "core_swapped": float(sum(d.swapped for d in core)),
        "swapped": float(sum(d.swapped for d in a.demands)),
        "best_clause": max(a.scores, default=0.0) / total,
        "best_sentence": _best_sentence(a) / total,
        "best_heavy_clause": _best_heavy(a, heavy),
        "best_passage": _best_passage(a, heavy),
        "heavy_stated": float(sum(d.credit == 1.0 for d in heavy)),
        "concepts_stated": float(
            sum(d.credit == 1.0 and lexicon.is_concept(d.term) for d in heavy)
        ),
    }


def _predicates_missing(a: Alignment, weight: Weight) -> float:
    """How many of the things that are asked of a subject, not told of it, are not stated: "are
    plans tested?" asks for a test, "is there a documented plan?" for a plan."""
    return float(
        sum(
            not d.credit
            and d.term.weight is weight
            and d.role in (Role.CORE, Role.CLAUSE)
            and _is_predicate(a.pieces[d.part].text, d.term.start, d.term.end)
            for d in a.demands
        )
    )


def _is_predicate(text: str, start: int, end: int) -> bool:
    return bool(_PREDICATE_ENDS.match(text, end)) and not _ARTICLE.search(text[:start])


_PREDICATE_ENDS = re.compile(
    r"\s*(?:$|[,;.?)/&]|(?:and|or|by|at|each|every|once|twice|again|in|on|of|for|from|with|under|"
    r"before|after|prior|against|upon|to|first|today|\w+ly)\b)",
    re.I,
)
_ARTICLE = re.compile(r"\b(?:an?|the|any|your|our|its|no)\s+(?:\w+ly\s+)?$", re.I)


def _names_missing(demands: Sequence[Demand]) -> float:
    """Share of the names asked for that are not stated; 0 where none is asked for."""
    named = [d for d in demands if d.term.weight is Weight.NAMED]
    return sum(not d.credit for d in named) / len(named) if named else 0.0


def _best_heavy(a: Alignment, heavy: Sequence[Demand]) -> float:
    total = sum(d.weight for d in heavy)
    return (
        max((align.score(heavy, s.keys, s.title) for s in a.said), default=0.0) / total
        if total
        else 1.0
    )


def _best_passage(a: Alignment, heavy: Sequence[Demand]) -> float:
    """Share of the weight asked for that the best two sentences in a row state, titles included."""
    total = sum(d.weight for d in heavy)
    keys: dict[tuple[int, str], frozenset[str]] = {}
    titles: dict[tuple[int, str], frozenset[str]] = {}
    for s in a.said:
        place = (s.statement, s.sentence)
        keys[place] = keys.get(place, frozenset()) | s.keys
        titles[place] = s.title
    places = [*keys]
    pairs = zip(places, places[1:] + places[-1:], strict=True)
    fits = (
        align.score(heavy, keys[p] | (keys[q] if p[0] == q[0] else frozenset()), titles[p])
        for p, q in pairs
    )
    return max(fits, default=0.0) / total if total else 1.0


def _best_sentence(a: Alignment) -> float:
    keys: dict[tuple[int, str], frozenset[str]] = {}
    titles: dict[tuple[int, str], frozenset[str]] = {}
    for s in a.said:
        place = (s.statement, s.sentence)
        keys[place] = keys.get(place, frozenset()) | s.keys
        titles[place] = s.title
    return max((align.score(a.demands, keys[p], titles[p]) for p in keys), default=0.0)


def _stance_figures(a: Alignment) -> dict[str, float]:
    total = sum(d.weight for d in a.demands) or 1.0
    heavy = [d for d in a.demands if d.term.weight in align.HEAVY]
    against = denial(a)
    closed = a.how.wording is not Wording.OPEN
    best = dict.fromkeys(Stance, 0.0)
    for said, fit in zip(a.said, a.scores, strict=True):
        best[said.stance] = max(best[said.stance], fit)
    return {
        **{f"best_{stance.value}": fit / total for stance, fit in best.items()},
        "denied": float(sum(d.denied for d in heavy)),
        "denied_core": float(sum(d.denied and d.role is Role.CORE for d in heavy)),
        "denial": against,
        "echoed_denial": echoed_denial(a),
        "speaks_against": -against if a.how.negated else against,
        "asks_stance": float(bool(a.speaks_of)),
        "opposed": float(closed and opposed(a.text, a.demands, a.said)),
        "provider_only": float(_provider_only(a)),
        "asks_of_customers": float(holds(_OF_CUSTOMERS, a.text)),
    }


# What customers do, may do or are responsible for is asked: that it is theirs is the answer.
_OF_CUSTOMERS = re.compile(
    r"\b(?:can|could|may|do|does|are|is|will|must|should|by) (?:we|our|the |each |a )?(?:\w+ )?"
    r"(?:we|customers?|clients?|users?|tenants?|administrators?|admins|subscribers?)\b"
    r"|\bcustomer[- ](?:managed|controlled|side)|\bself[- ]service|\bresponsib|\bconfigur",
    re.I,
)


def _reach_figures(a: Alignment) -> dict[str, float]:
    """Read from the sentences whose clauses fit best, and those right after one."""
    best = max(a.scores, default=0.0)
    fitting = {i for i, x in enumerate(a.scores) if x and x >= 0.75 * best}
    after = {i + 1 for i in fitting if i + 1 < len(a.said)} - fitting
    near = [a.said[i].sentence for i in sorted(fitting)]
    clauses = [a.said[i].text for i in sorted(fitting)]
    return {
        **reach(a.text, near, [a.said[i].sentence for i in sorted(after)], clauses),
        "of_some": float(a.how.wording is not Wording.OPEN and of_some(a.text, clauses, near)),
        "on_another_plan": float(on_another_plan(a.text, clauses)),
        "on_some": float(any(held(text) is Held.SOME for text in clauses)),
    }


def _provider_only(a: Alignment) -> bool:
    """Whether the clauses that fit best speak of the provider, and the question does not."""
    if align.about_provider(a.demands):
        return False
    fits = [align.score(a.demands, s.keys, frozenset()) for s in a.said]
    best = max(fits, default=0.0)
    top = [s for s, fit in zip(a.said, fits, strict=True) if fit and fit == best]
    return bool(top) and all(s.keys & align.PROVIDER for s in top)


def _limit_figures(a: Alignment) -> dict[str, float]:
    def count(standing: Standing, *units: Unit) -> float:
        return float(
            sum(x.standing is standing for x in a.limits if not units or x.amount.unit in units)
        )

    core = [x for x in a.limits if a.pieces[x.part].role is Role.CORE]
    return {
        "limits": float(len(a.limits)),
        "limits_stated": count(Standing.STATED),
        "limits_contradicted": count(Standing.CONTRADICTED),
        "limits_unstated": count(Standing.UNSTATED),
        "interval_unstated": count(Standing.UNSTATED, Unit.INTERVAL),
        "version_contradicted": count(Standing.CONTRADICTED, Unit.VERSION),
        "core_limits_unstated": float(sum(x.standing is Standing.UNSTATED for x in core)),
    }


def _part_figures(a: Alignment) -> dict[str, float]:
    shares = [
        coverage(d for d in a.demands if d.part == at and d.term.weight in align.HEAVY)
        for at, p in enumerate(a.pieces)
        if align.ROLE_WEIGHT[p.role]
        and any(d.part == at and d.term.weight in align.HEAVY for d in a.demands)
    ]
    missing = _conjuncts_missing(a)
    return {
        "parts": float(len(shares)),
        "parts_uncovered": float(sum(s < 0.4 for s in shares)),
        "weakest_part": min(shares, default=0.0),
        "light_conjuncts_missing": float(missing[Weight.LIGHT]),
        "attribute_conjuncts_missing": float(missing[Weight.ATTRIBUTE]),
    }


def _conjuncts_missing(a: Alignment) -> Counter[Weight]:
    """How many members of enumerations are not stated, another one being ("owner, location and
    value"), by the weight of their terms; only where it is one and the same."""
    members: dict[tuple[int, int], list[Demand]] = defaultdict(list)
    for d in a.demands:
        members[d.part, bisect(_joints(a.pieces[d.part].text), d.term.start)].append(d)
    stated = {part for (part, _), found in members.items() if any(d.credit for d in found)}
    weights = (
        {d.term.weight for d in found}
        for (part, _), found in members.items()
        if part in stated and not any(d.credit for d in found)
    )
    return Counter(next(iter(each)) for each in weights if len(each) == 1)


@lru_cache(maxsize=4096)
def _joints(text: str) -> list[int]:
    """Where the members of an enumeration are joined."""
    return [m.start() for m in _AND.finditer(text)]


_AND = re.compile(r",\s*|\s+(?:and|as well as|plus|&)\s+|\s*/\s*", re.I)


def _specific_figures(a: Alignment) -> dict[str, float]:
    return {
        "specifics": float(len(a.wanted)),
        "specifics_missing": float(len(a.untold)),
        "besides_missing": float(bool(a.besides)),
    }


def _section_coverage(a: Alignment) -> float:
    """Share of what the section's heading names that the evidence or its titles name too."""
    named = [t.keys for t in lexicon.terms(a.section) if t.weight in align.HEAVY]
    stated = frozenset().union(*(s.keys | s.title for s in a.said))
    return sum(bool(keys & stated) for keys in named) / len(named) if named else 0.0
