"""Figures of quality as tables: a row for each figure, a column for each way of drafting."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from trustanswer.model import Verdict
from trustanswer.render.terminal import print_aligned, stdout, table_of

Measured = Mapping[str, Mapping[str, tuple[float, float, float]]]
Confusion = Mapping[tuple[Verdict, Verdict], int]


def evaluated(measured: Measured, confusion: Confusion, questions: int) -> None:
    """`measured`: by way of drafting and figure, the value and its 95% interval. `confusion`: how
    often each labelled verdict (first) was drafted as each (second)."""
    console = stdout()
    _figures(console, measured, questions)
    console.print()
    _confusion(console, confusion)


def _figures(console: Console, measured: Measured, questions: int) -> None:
    first, *others = measured
    table = table_of(f"{questions} labelled questions", "", first, "95% between", *others)
    for at in (0, 2):
        table.columns[at].no_wrap = True
    for name, (value, low, high) in measured[first].items():
        beside = [_number(measured[other][name][0]) for other in others]
        between = "-" if math.isnan(low) else f"{_number(low)}-{_number(high)}"
        table.add_row(name, Text(_number(value), style="bold"), between, *beside)
    print_aligned(console, table)


def _confusion(console: Console, confusion: Confusion) -> None:
    """A row for each labelled verdict; what is right stands in bold."""
    drafted = [v for v in Verdict if any(found is v for _, found in confusion)]
    heads = ["left to a person" if v is Verdict.NONE else v.value for v in drafted]
    table = table_of("Verdicts: labelled (rows), drafted (columns)", "", *heads)
    for label in (v for v in Verdict if any(one is v for one, _ in confusion)):
        counts = [confusion.get((label, v), 0) for v in drafted]
        cells = [
            Text(str(n) if n else "-", style="bold" if v is label else "")
            for v, n in zip(drafted, counts, strict=True)
        ]
        table.add_row(label.value, *cells)
    print_aligned(console, table)


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
