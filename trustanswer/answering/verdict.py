"""What evidence says to a question: stated, contradicted or not stated, part by part.

The statements are taken as the right ones to look at; whether they speak to the question at all
is judged again here, for a statement about the same subject need not answer it. Every figure that
the judgement rests on is handed out as a feature, so that a calibrated model can weigh them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trustanswer.answering import evidence, lexicon, qualifiers
from trustanswer.answering.evidence import Said
from trustanswer.answering.lexicon import Term, Weight
from trustanswer.answering.parts import Part, Role, parts
from trustanswer.answering.polarity import Stance
from trustanswer.answering.qualifiers import Amount, Standing
from trustanswer.answering.wording import Asked, Wording, asked
from trustanswer.model import Flag, Statement, Verdict


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


_ROLE_WEIGHT = {Role.CORE: 1.0, Role.CLAUSE: 0.8, Role.MODIFIER: 0.6, Role.EXAMPLE: 0.0, Role.FOLLOW_UP: 0.0}
_TERM_WEIGHT = {Weight.SUBJECT: 1.0, Weight.NAMED: 1.5, Weight.ATTRIBUTE: 0.35, Weight.BOILERPLATE: 0.0}
_TITLE = 0.7


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that the question asks to be stated, and how the evidence stands to it."""

    term: Term
    role: Role
    weight: float
    credit: float  # 0..1: how far it is stated, by a clause or by the title above it
    denied: bool  # stated only where the evidence denies


def judge(
    question: str,
    statements: Sequence[Statement],
    *,
    section: str | None = None,
    parent: str | None = None,
) -> Judgement:
    """Judge what the statements (1 to 3, best first) say to a question.

    `section` and `parent` (the lead-in above the row) are context: what they ask need not be
    stated again. NONE where the point of the question is not stated.
    """
    how = asked(question)
    pieces = parts(question)
    said = evidence.read(list(statements))
    demands = _demands(pieces, said)
    sums = _features(how, pieces, demands, said)
    return Judgement(_decide(how, sums), _quotes(demands, said), _missing(demands), (), (), sums)


def _demands(pieces: Sequence[Part], said: Sequence[Said]) -> tuple[Demand, ...]:
    found = []
    for piece in pieces:
        for term in lexicon.terms(piece.text):
            weight = _ROLE_WEIGHT[piece.role] * _TERM_WEIGHT[term.weight]
            if weight:
                found.append(_demand(term, piece.role, weight, said))
    return tuple(found)


def _demand(term: Term, role: Role, weight: float, said: Sequence[Said]) -> Demand:
    holders = [s for s in said if term.keys & s.keys]
    titled = any(term.keys & s.title for s in said)
    credit = 1.0 if holders else _TITLE * titled
    denied = bool(holders) and all(s.stance.denies for s in holders)
    return Demand(term, role, weight, credit, denied)


def _features(
    how: Asked, pieces: Sequence[Part], demands: Sequence[Demand], said: Sequence[Said]
) -> dict[str, float]:
    core = [d for d in demands if d.role is Role.CORE]
    return {
        "core_coverage": _coverage(core),
        "coverage": _coverage(demands),
        "core_missing": sum(d.weight for d in core if not d.credit),
        "denied": _share(demands, lambda d: d.denied),
        "open": float(how.wording is Wording.OPEN),
        "negated": float(how.negated),
    }


def _coverage(demands: Sequence[Demand]) -> float:
    total = sum(d.weight for d in demands)
    return sum(d.weight * d.credit for d in demands) / total if total else 0.0


def _share(demands: Sequence[Demand], holds: object) -> float:
    total = sum(d.weight for d in demands)
    return sum(d.weight for d in demands if holds(d)) / total if total else 0.0  # type: ignore[operator]


def _decide(how: Asked, f: Mapping[str, float]) -> Verdict:
    if f["core_coverage"] < 0.5:
        return Verdict.NONE
    if how.wording is Wording.OPEN:
        return Verdict.TEXT
    return Verdict.YES


def _quotes(
    demands: Sequence[Demand], said: Sequence[Said]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    scored: dict[tuple[int, str], float] = {}
    for s in said:
        keys = s.keys | s.title
        score = sum(d.weight for d in demands if d.term.keys & keys)
        scored[s.statement, s.sentence] = max(score, scored.get((s.statement, s.sentence), 0.0))
    best = max(scored.values(), default=0.0)
    kept = [place for place, score in scored.items() if score and score >= 0.6 * best]
    return tuple((at, tuple(t for a, t in kept if a == at)) for at in sorted({a for a, _ in kept}))


def _missing(demands: Sequence[Demand]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d.term.text for d in demands if not d.credit))
