"""What simpler tools do: always draft from the nearest statement, whatever it says.

The verdict is yes, or text for an open question; with a floor, nothing below it is drafted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trustanswer.model import Candidate, Citation, Draft, Question, Status, Verdict

Order = Callable[[Sequence[Candidate]], list[tuple[float, Candidate]]]

# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet" (2009).
RRF_CONSTANT = 60
DENSE_FLOOR = 0.5


def by_score(name: str) -> Order:
    """Nearest by one score."""

    def order(candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        return sorted(((c.scores[name], c) for c in candidates), key=lambda pair: -pair[0])

    return order


def by_rank_fusion(*names: str) -> Order:
    """Nearest by the sum of reciprocal ranks under several scores."""

    def order(candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        fused = [0.0] * len(candidates)
        for name in names:
            ranked = sorted(range(len(candidates)), key=lambda i: -candidates[i].scores[name])
            for rank, i in enumerate(ranked, start=1):
                fused[i] += 1 / (RRF_CONSTANT + rank)
        return sorted(zip(fused, candidates, strict=True), key=lambda pair: -pair[0])

    return order


BASELINES: Mapping[str, tuple[Order, float]] = {
    "BM25": (by_score("lexical"), 0.0),
    "dense": (by_score("whole"), 0.0),
    "rank fusion": (by_rank_fusion("lexical", "whole"), 0.0),
    f"dense, floor {DENSE_FLOOR}": (by_score("whole"), DENSE_FLOOR),
}


def baseline_draft(
    question: Question, ranked: Sequence[tuple[float, Candidate]], floor: float, is_open: bool
) -> Draft:
    """What a tool with this order and floor would draft."""
    if not ranked or ranked[0][0] < floor:
        return Draft(question, Status.ABSTAINED, reason="below the floor")
    score, nearest = ranked[0]
    sentence = max(nearest.sentences, key=lambda pair: pair[1])[0]
    return Draft(
        question,
        Status.DRAFTED,
        Verdict.TEXT if is_open else Verdict.YES,
        min(1.0, max(0.0, score)),
        (Citation(nearest.statement, sentence),),
    )
