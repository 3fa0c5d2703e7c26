"""What `eval --json` writes: every figure of every way of drafting, and how it comes about."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from trustanswer.evaluation.metrics import Measured, Outcome, confusion, risk_coverage


def evaluation_report(
    found: Mapping[str, Sequence[Outcome]], measured: Mapping[str, Mapping[str, Measured]]
) -> dict[str, Any]:
    """`found` and `measured` by way of drafting, the product first. A figure that is no number
    is null."""
    return {
        "questions": len(next(iter(found.values()))),
        "figures": {
            name: {figure: _measured(m) for figure, m in some.items()}
            for name, some in measured.items()
        },
        "confusion": {name: _confusion(some) for name, some in found.items()},
        "risk_coverage": {
            name: [[round(x, 4), round(y, 4)] for x, y in risk_coverage(some)]
            for name, some in found.items()
        },
    }


def _measured(measured: Measured) -> dict[str, float | None]:
    names = ("value", "low", "high")
    return {n: None if math.isnan(v) else v for n, v in zip(names, measured, strict=True)}


def _confusion(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [
        {"label": label.value, "drafted": verdict.value, "questions": n}
        for (label, verdict), n in sorted(confusion(found).items())
    ]
