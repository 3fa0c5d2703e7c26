"""Figures of quality as a table: a row for each figure, a column for each way of drafting."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.text import Text

from trustanswer.render.terminal import stdout, table_of

Measured = Mapping[str, Mapping[str, tuple[float, float, float]]]


def evaluated(measured: Measured, questions: int) -> None:
    """`measured`: by way of drafting and figure, the value and its 95% interval."""
    first, *others = measured
    table = table_of(f"{questions} labelled questions", "", first, "95% interval", *others)
    for name, (value, low, high) in measured[first].items():
        beside = [_number(measured[other][name][0]) for other in others]
        table.add_row(
            name, Text(_number(value), style="bold"), f"{_number(low)} - {_number(high)}", *beside
        )
    stdout().print(table)


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
