"""Whether a statement answers a question, or is only about it: a calibrated model over figures.

A multinomial logistic regression over the similarities of a candidate (absolute, and against the
question's other candidates) and the figures of its judgement. Its classes are what a statement
does to a question: nothing, answers a part, answers it, denies it. The weights are made by
`benchmarks/training/relevance.py` and kept readable in weights/relevance.json.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustanswer.model import Candidate

Floats = NDArray[np.float64]


READ_AS_FULL = 0.4  # probability of the cross-encoder below which the rules must find the answer
READ_PAST_A_GAP = 0.7  # and below which what the rules miss of the point counts, though not all
READ_AS_DENIAL = 0.45  # probability of the cross-encoder below which the rules must find a denial
NO_DENIAL = 0.1  # and below which that is not enough
IN_PART = 0.5  # of what the rules take from a full answer, the share that answers a part after all
FAR = 3.0  # standard deviations; what lies further out is no more telling, only stranger


class Effect(IntEnum):
    """What a statement does to a question; the order is that of the model's outputs."""

    NOTHING = 0
    PART = 1
    FULL = 2
    DENIES = 3


@dataclass(frozen=True)
class RelevanceModel:
    """Standardised features times weights: `weights` has shape (4, features), `bias` (4,)."""

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """The probability of each effect, shape (rows, 4); a feature that is absent counts 0."""
        table = np.array([[*map(row.get, self.names, repeat(0.0))] for row in rows])
        table = table.reshape(len(rows), len(self.names))
        standard = np.clip((table - self.mean) / self.scale, -FAR, FAR)
        logits = standard @ self.weights.T + self.bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def read_model(stored: Mapping[str, Any]) -> RelevanceModel:
    rows: dict[str, list[float]] = stored["features"]
    table = np.array(list(rows.values()), dtype=np.float64)
    return RelevanceModel(
        names=tuple(rows),
        mean=table[:, 0],
        scale=table[:, 1],
        weights=table[:, 2:].T,
        bias=np.array(stored["bias"], dtype=np.float64),
    )


@dataclass(frozen=True)
class Models:
    """What weighs a candidate at a glance (by similarities), at a first look (with the figures of
    the rules), and after a close reading."""

    glance: RelevanceModel
    first: RelevanceModel
    second: RelevanceModel


def read_models(stored: Mapping[str, Any]) -> Models:
    """Raises KeyError, ValueError or TypeError for what is something else."""
    return Models(*(read_model(stored[each.name]) for each in fields(Models)))


def similarities(candidates: Sequence[Candidate]) -> list[dict[str, float]]:
    """The figures of each of a question's candidates, nearest first, that there are before anything
    is judged."""
    names = candidates[0].scores if candidates else {}
    best = {name: max([each.scores[name] for each in candidates]) for name in names}
    lead = _lead(candidates)
    return [
        {
            **candidate.scores,
            **{f"{name}_gap": value - best[name] for name, value in candidate.scores.items()},
            "rank": math.log1p(place),
            "first": float(place == 0),
            "lead": lead,
            "length": math.log1p(len(candidate.statement.text)),
            "sentences": float(len(candidate.sentences)),
        }
        for place, candidate in enumerate(candidates)
    ]


def read_features(logits: Floats, place: int) -> dict[str, float]:
    """What the cross-encoder makes of the pair at `place` of those read for a question.

    `logits` has shape (pairs, 4); the log-probabilities of the effects, and how far the pair is
    behind the one that most probably says something.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    own = logs[place]
    return {
        **{f"read_{effect.name.lower()}": float(own[effect]) for effect in Effect},
        "read_gap": float(logs[:, Effect.NOTHING].min() - own[Effect.NOTHING]),
    }


def vetoed(effects: Floats, figures: Mapping[str, float]) -> Floats:
    """The probabilities without what the rules forbid, whatever the model makes of it.

    No statement answers in full that speaks of another scope or plan than the one asked for, leaves
    out the one name the question is about, or tells of the provider's control where the vendor's
    own is asked for. One that leaves an amount open, or what is asked besides ("how often?"), or
    gives another amount, tells the contrary, or tells of some where all are asked for, answers a
    part at most, or denies what is asked where the rules say so of an amount. Nor does one answer
    in full in which the rules find no answer, and miss something that the field has a word for, or
    all of the specific things asked for (a number, a name, a date), or in which the cross-encoder
    finds none either. Where the rules find a part and miss such a word, or miss a specific thing, a
    surer cross-encoder is heard. What such a statement would have answered in full, it answers in
    part half of the time, as measured on labelled sets, and else not at all.

    Nor does one deny what the cross-encoder does not read as denied, be it that the rules find the
    denial: that laptops are not scanned answers nothing about servers. Two denials are often not
    read as such and need no more than the model: of what is undesirable, which is denied without
    being named, and of what lies out of scope.
    """
    kept = effects.copy()
    instead = _instead_of_full(figures)
    if instead is not None:
        share = IN_PART * kept[Effect.FULL]
        kept[instead] += share
        kept[Effect.NOTHING] += kept[Effect.FULL] - share
        kept[Effect.FULL] = 0.0
    if _without_denial(figures):
        kept[Effect.NOTHING] += kept[Effect.DENIES]
        kept[Effect.DENIES] = 0.0
    return kept


def _instead_of_full(figures: Mapping[str, float]) -> Effect | None:
    """What a statement does at most, if it cannot answer in full."""
    if _beside(figures) or _misses_the_point(figures):
        return Effect.NOTHING
    if any(figures[name] for name in _IN_PART_ONLY):
        return Effect.DENIES if _denied_by_amount(figures) else Effect.PART
    if "rule_yes" in figures or "rule_text" in figures or "read_full" not in figures:
        return None
    partly = "rule_partial" in figures
    enough = READ_PAST_A_GAP if partly and _core_missing(figures) else READ_AS_FULL
    if math.exp(figures["read_full"]) >= enough:
        return None
    return Effect.PART if partly else Effect.NOTHING


# An amount given otherwise or left open; how often, how long or who, asked besides and not told;
# the contrary of what is asked; some where all are asked for; some of the columns of a table.
_IN_PART_ONLY = (
    "limits_contradicted", "limits_unstated", "besides_missing", "opposed", "of_some", "on_some",
)  # fmt: skip


def _denied_by_amount(figures: Mapping[str, float]) -> bool:
    """Whether the rules deny what is asked because it falls short of an amount: that is counted,
    and needs no reading."""
    falls_short = figures["limits_contradicted"] and not figures["limits_unstated"]
    return bool("rule_no" in figures and falls_short)


def _without_denial(figures: Mapping[str, float]) -> bool:
    """Whether nothing bears out that the statement denies what is asked."""
    if "read_denies" not in figures or _denied_by_amount(figures):
        return False
    if "rule_no" in figures or "rule_na" in figures:
        enough = NO_DENIAL
    else:
        by_model_alone = figures["undesirable"] or figures["best_outside"]
        enough = 0.0 if by_model_alone else READ_AS_DENIAL
    return math.exp(figures["read_denies"]) < enough


def _misses_the_point(figures: Mapping[str, float]) -> bool:
    if "rule_none" not in figures:
        return False
    if _core_missing(figures) and not figures["open"]:
        return True
    # "How long is it kept?" is answered by "as long as the customer says", which is no duration.
    unspecific = figures["specifics"] and figures["specifics_missing"] == figures["specifics"]
    return bool(unspecific) and not _read_past_a_gap(figures)


def _read_past_a_gap(figures: Mapping[str, float]) -> bool:
    return math.exp(figures.get("read_full", -math.inf)) >= READ_PAST_A_GAP


def _core_missing(figures: Mapping[str, float]) -> bool:
    """Whether what the question is about is not all there, and the field has a word for it."""
    return bool(figures["core_missing"] and figures["concepts_missing"])


def _beside(figures: Mapping[str, float]) -> bool:
    return bool(
        figures["core_swapped"]
        or figures["core_names_missing"] == 1
        or (figures["own_asked"] and figures["provider_only"])
        or figures["on_another_plan"]
    )


def _lead(candidates: Sequence[Candidate]) -> float:
    """How far the nearest candidate is ahead of the next."""
    fused = [candidate.scores["fused"] for candidate in candidates[:2]]
    return fused[0] - fused[1] if len(fused) == 2 else 0.0
