"""From the model's raw confidence to the probability that a reviewer would let the draft stand.

The map is centred isotonic regression: drafts that nobody trained on are put into few wide bins by
raw confidence, bins out of order are pooled, and between the pooled bins' centres the map is a
straight line, from nothing at 0 (Oron and Flournoy, "Centered Isotonic Regression", 2017). Wide,
because the few drafts at the very top were less often right than those below them: beyond the last
centre the map is level, and says no more than was measured. It is kept readable, as
calibration.json, with what was measured: from which threshold on which share of drafts needed
correction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustanswer.errors import InputError
from trustanswer.model import Band, Draft, Expected

Floats = NDArray[np.float64]

LEAST = 50  # reviewed drafts below which there is nothing to fit
BINS = 12
IN_A_BIN = 25  # drafts at least
GRID = tuple(step / 200 for step in range(20, 196))  # thresholds of the table
SHOWN_RISK = 0.28  # share of all drafts shown that may be expected to need correction
HIGH_RISK = 0.12  # and of those in the high band
HIGH_LEAST = 0.65  # probability of each of those: the surest do not make up for the others
SURE = 0.95  # of the upper bound


@dataclass(frozen=True)
class Calibration:
    """`knots` are (raw confidence, probability), both rising; what lies between is interpolated.

    `threshold` is the probability from which a draft is shown, `high` that from which it is in
    the high band; `expected` is the table that the threshold was chosen from, `of_the_high` what
    was measured of the high band (None: nothing).
    """

    knots: tuple[tuple[float, float], ...]
    threshold: float
    high: float
    expected: tuple[Expected, ...] = ()
    of_the_high: Expected | None = None

    def probability(self, raw: float) -> float:
        """To three decimals, as it is shown: what a reader sees is what a threshold compares."""
        at, value = zip(*self.knots, strict=True)
        return round(float(np.interp(raw, at, value)), 3)

    def band(self, draft: Draft) -> Band:
        """High: sure enough, and plain."""
        return Band.HIGH if draft.plain and draft.confidence >= self.high else Band.REVIEW


# Confidence as the model gives it, and every draft shown.
RAW = Calibration(((0.0, 0.0), (1.0, 1.0)), threshold=0.0, high=1.0)


# --- as a file ---------------------------------------------------------------------------------


def read_calibration(path: Path) -> Calibration:
    """Raises InputError where the file is not one that `eval --save-calibration` wrote."""
    try:
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is no calibration ({error}); write it with eval --save-calibration"
        ) from error


def _parsed(stored: Mapping[str, Any]) -> Calibration:
    knots = tuple((float(raw), float(p)) for raw, p in stored["knots"])
    values = [value for knot in knots for value in knot]
    if not knots or list(knots) != sorted(knots) or not 0 <= min(values) <= max(values) <= 1:
        raise ValueError("the knots do not rise from 0 to 1")
    if [p for _, p in knots] != sorted(p for _, p in knots):
        raise ValueError("the probabilities fall")
    return Calibration(
        knots,
        float(stored["threshold"]),
        float(stored["high"]),
        tuple(Expected(**row) for row in stored["expected"]),
        None if stored.get("of_the_high") is None else Expected(**stored["of_the_high"]),
    )


def as_stored(calibration: Calibration) -> dict[str, Any]:
    """What `read_calibration` reads."""
    return {
        "threshold": calibration.threshold,
        "high": calibration.high,
        "knots": [list(knot) for knot in calibration.knots],
        "expected": [asdict(row) for row in calibration.expected],
        "of_the_high": calibration.of_the_high and asdict(calibration.of_the_high),
    }


# --- fitting -----------------------------------------------------------------------------------


def fit(
    raw: Sequence[float],
    stood: Sequence[bool],
    plain: Sequence[bool],
    weights: Sequence[float] | None = None,
) -> Calibration:
    """The calibration of drafts that a reviewer has decided on: their raw confidence, whether
    they stood, whether they are plain (the high band is measured on those), and how much each
    counts (all the same, if not said). Raises InputError where there are too few."""
    if len(raw) < LEAST or all(stood) or not any(stood):
        raise InputError(
            f"{len(raw)} drafts with a decision are too few or too much alike to calibrate on; "
            f"it takes {LEAST}, some that stood and some that did not"
        )
    x, y = np.array(raw), np.array(stood, dtype=float)
    w = np.ones_like(x) if weights is None else np.array(weights)
    knots = _knots(x, y, w)
    map_ = Calibration(knots, 0.0, 1.0)
    p = np.array([map_.probability(value) for value in x])
    expected = _table(p, y, w)
    kept = np.array(plain, dtype=bool)
    surest = _table(p[kept], y[kept], w[kept])
    high = max(_lowest(surest, HIGH_RISK), HIGH_LEAST)
    of_the_high = next((e for e in surest if e.threshold >= high), None)
    return Calibration(knots, _lowest(expected, SHOWN_RISK), high, expected, of_the_high)


def _table(p: Floats, y: Floats, w: Floats) -> tuple[Expected, ...]:
    return tuple(e for at in GRID if (e := _expected(at, p, y, w)) is not None)


def _knots(x: Floats, y: Floats, w: Floats) -> tuple[tuple[float, float], ...]:
    from scipy.optimize import isotonic_regression

    bins = np.array_split(np.argsort(x, kind="stable"), min(BINS, len(x) // IN_A_BIN))
    mass = np.array([w[b].sum() for b in bins])
    rate = np.array([(w[b] * y[b]).sum() for b in bins]) / mass
    pooled = isotonic_regression(rate, weights=mass)
    centre = np.array([(w[b] * x[b]).sum() for b in bins]) / mass
    knots = [
        (float(np.average(centre[a:b], weights=mass[a:b])), float(pooled.x[a]))
        for a, b in pairwise(pooled.blocks)
    ]
    return ((0.0, 0.0), *((round(raw, 4), round(p, 4)) for raw, p in knots))


def _expected(threshold: float, p: Floats, y: Floats, w: Floats) -> Expected | None:
    """None where no draft is so sure. The bound is Clopper and Pearson's (1934), for as many
    drafts of equal weight as these amount to (Kish, "Survey Sampling", 1965)."""
    from scipy.stats import beta

    shown = p >= threshold
    if not shown.any():
        return None
    share = float(np.average(1 - y[shown], weights=w[shown]))
    size = float(w[shown].sum() ** 2 / (w[shown] ** 2).sum())
    wrong = share * size
    bound = 1.0 if share == 1 else float(beta.ppf(SURE, wrong + 1, size - wrong))
    return Expected(threshold, int(shown.sum()), round(share, 4), round(bound, 4))


def _lowest(expected: Sequence[Expected], risk: float) -> float:
    """The lowest threshold from which on the share to be corrected keeps within `risk`; where
    none does, the highest that any draft reaches; 1 where none comes near to standing."""
    for at, row in enumerate(expected):
        if all(further.corrected <= risk for further in expected[at:]):
            return row.threshold
    return expected[-1].threshold if expected else 1.0
