"""Figures: what share of drafts a reviewer would let stand, and what the rest cost.

Every figure is a mean over questions or over drafts, so that a bootstrap over the questions gives
its interval (Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trustanswer.evaluation.labels import Label
from trustanswer.model import Band, Draft, Statement, Status, Verdict

BINS = 10
SAMPLES = 1000
INTERVAL = (2.5, 97.5)  # per cent
CLAIMS = {Verdict.YES, Verdict.NO, Verdict.NA, Verdict.TEXT}
OPPOSITE = {
    (Verdict.YES, Verdict.NO),
    (Verdict.NO, Verdict.YES),
    (Verdict.NA, Verdict.YES),
    (Verdict.PARTIAL, Verdict.NO),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One labelled question and what became of it. `rank`: of the first right statement, from 1."""

    label: Verdict
    verdict: Verdict  # NONE: abstained
    confidence: float
    right: bool  # the first citation is labelled evidence
    acceptable: bool  # a reviewer would let the draft stand
    overclaim: bool
    opposite: bool
    rank: int | None
    band: Band | None = None
    plain: bool = True  # answers in full, nothing missing, nothing flagged
    quotes: int = 0
    quoted: int = 0  # quotes that stand in their statement, letter for letter

    @property
    def drafted(self) -> bool:
        return self.verdict is not Verdict.NONE

    @property
    def answerable(self) -> bool:
        return self.label is not Verdict.NONE


def outcome(label: Label, draft: Draft, ranking: Sequence[Statement]) -> Outcome:
    """Holds a draft, and the order in which statements were found, against the label."""
    drafted = draft.status is Status.DRAFTED
    verdict = draft.verdict if drafted else Verdict.NONE
    right = bool(draft.citations) and label.supported_by(draft.citations[0].statement)
    acceptable = drafted and right and verdict in label.accepted
    opposed = (label.verdict, verdict) in OPPOSITE and verdict not in label.accepted
    unfounded = verdict in CLAIMS and not label.answerable and not acceptable
    too_much = (label.verdict, verdict) == (Verdict.PARTIAL, Verdict.YES)
    places = (n for n, s in enumerate(ranking, start=1) if label.supported_by(s))
    return Outcome(
        label=label.verdict,
        verdict=verdict,
        confidence=draft.confidence,
        right=right,
        acceptable=acceptable,
        overclaim=opposed or unfounded or too_much,
        opposite=opposed,
        rank=next(places, None),
        band=draft.band,
        plain=draft.plain,
        quotes=len(draft.citations),
        quoted=sum(_squeezed(c.quote) in _squeezed(c.statement.text) for c in draft.citations),
    )


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# --- the figures, each over a sample of outcomes -------------------------------------------------

Figure = Callable[[Sequence[Outcome]], float]
Measured = tuple[float, float, float]  # a figure and the two ends of its interval


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def useful(found: Sequence[Outcome]) -> float:
    """Answerable questions with a draft that a reviewer would let stand."""
    return _share([o.acceptable for o in found if o.answerable])


def careful(found: Sequence[Outcome]) -> float:
    """Answerable questions where that fails by caution alone: partial for yes."""
    full = {Verdict.YES, Verdict.TEXT}
    return _share(
        [
            o.right and not o.acceptable and o.label in full and o.verdict is Verdict.PARTIAL
            for o in found
            if o.answerable
        ]
    )


def precision(found: Sequence[Outcome]) -> float:
    """Drafts that a reviewer would let stand."""
    return _share([o.acceptable for o in found if o.drafted])


def overclaim(found: Sequence[Outcome]) -> float:
    """Questions whose draft claims what the label does not bear out."""
    return _share([o.overclaim for o in found])


def opposite(found: Sequence[Outcome]) -> float:
    """Questions whose draft says the opposite of the label."""
    return _share([o.opposite for o in found])


def abstained(found: Sequence[Outcome]) -> float:
    """Unanswerable questions that were left to a person."""
    return _share([not o.drafted for o in found if not o.answerable])


def recall_at(limit: int) -> Figure:
    """Answerable questions with a right statement among the first `limit` found."""

    def recall(found: Sequence[Outcome]) -> float:
        return _share([o.rank is not None and o.rank <= limit for o in found if o.answerable])

    return recall


def mrr(found: Sequence[Outcome]) -> float:
    """Mean reciprocal rank of the first right statement."""
    ranks = [0.0 if o.rank is None else 1 / o.rank for o in found if o.answerable]
    return float(np.mean(ranks)) if ranks else float("nan")


def aurc(found: Sequence[Outcome]) -> float:
    """Area under the risk-coverage curve by confidence; lower is better.

    Geifman and El-Yaniv, "Selective Classification for Deep Neural Networks" (2017).
    """
    risks = [risk for _, risk in risk_coverage(found)]
    return float(np.mean(risks)) if risks else float("nan")


def risk_coverage(found: Sequence[Outcome]) -> list[tuple[float, float]]:
    """(share of drafts shown, share of those a reviewer would not let stand), surest first."""
    drafts = sorted((o for o in found if o.drafted), key=lambda o: -o.confidence)
    wrong = np.cumsum([not o.acceptable for o in drafts])
    return [(n / len(drafts), float(w) / n) for n, w in enumerate(wrong, start=1)]


def ece(found: Sequence[Outcome]) -> float:
    """Expected calibration error of confidence against acceptability, in ten bins.

    Guo et al., "On Calibration of Modern Neural Networks" (2017).
    """
    drafts = [o for o in found if o.drafted]
    gaps: defaultdict[int, float] = defaultdict(float)
    for o in drafts:
        gaps[min(BINS - 1, int(o.confidence * BINS))] += o.confidence - o.acceptable
    return sum(map(abs, gaps.values())) / len(drafts) if drafts else float("nan")


def high_precision(found: Sequence[Outcome]) -> float:
    """Drafts of the high band that a reviewer would let stand."""
    return precision([o for o in found if o.band is Band.HIGH])


def high_held(found: Sequence[Outcome]) -> float:
    """Answerable questions whose draft is in the high band."""
    return _share([o.band is Band.HIGH for o in found if o.answerable])


def quoted(found: Sequence[Outcome]) -> float:
    """Quotes that stand in the statement that they are cited from."""
    quotes = sum(o.quotes for o in found)
    return sum(o.quoted for o in found) / quotes if quotes else float("nan")


FIGURES: dict[str, Figure] = {
    "useful": useful,
    "careful": careful,
    "precision": precision,
    "overclaim": overclaim,
    "opposite": opposite,
    "abstained": abstained,
    "aurc": aurc,
    "ece": ece,
    "quoted": quoted,
    "high precision": high_precision,
    "high held": high_held,
    "recall@1": recall_at(1),
    "recall@5": recall_at(5),
    "mrr": mrr,
}


def interval(figure: Figure, *sets: Sequence[Outcome], seed: int = 0) -> tuple[float, float]:
    """The bootstrap 95% interval of a figure, or of its mean over several sets, over their
    questions; no number where the figure is none. `seed` makes it repeatable."""
    rng = np.random.default_rng(seed)
    values = np.array([_resampled(figure, found, rng) for found in sets]).mean(axis=0)
    if np.isnan(values).all():
        return float("nan"), float("nan")
    low, high = np.nanpercentile(values, INTERVAL)
    return float(low), float(high)


def _resampled(
    figure: Figure, found: Sequence[Outcome], rng: np.random.Generator
) -> NDArray[np.float64]:
    draws = rng.integers(0, len(found), size=(SAMPLES, len(found)))
    return np.array([figure([found[i] for i in draw]) for draw in draws])


def figures(*sets: Sequence[Outcome]) -> dict[str, Measured]:
    """Every figure by name, as a mean over the sets, with the two ends of its interval."""
    return {
        name: (float(np.mean([figure(found) for found in sets])), *interval(figure, *sets))
        for name, figure in FIGURES.items()
    }


def confusion(found: Sequence[Outcome]) -> dict[tuple[Verdict, Verdict], int]:
    """How often each labelled verdict (first) was drafted as each (second)."""
    return dict(Counter((o.label, o.verdict) for o in found))
