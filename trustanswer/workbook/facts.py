"""What the columns of a table hold, in numbers: the ground their parts are told from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.choices import is_scale, meaning
from trustanswer.workbook.texts import asks, is_identifier
from trustanswer.workbook.vocabulary import words

# The values that the dropdown of a cell (row, column) offers; None where it has none.
Options = Callable[[int, int], tuple[str, ...] | None]

_CROSSES = ("x", "✓", "✔", "✗")
_SHORT = 4


@dataclass(frozen=True)
class Facts:
    """What a column holds in the rows of a table; shares in 0..1."""

    filled: float  # of the rows
    asking: float  # mean of `asks` over the texts
    queries: float  # of the texts: questions
    length: float  # mean number of words
    distinct: float  # of the texts
    identifiers: float  # of the texts
    numbers: float  # of the texts
    formulas: float  # of the rows
    verdicts: float  # of the texts: "Yes", "Partially", a cross
    listed: float  # of the rows: with a dropdown
    verdict_lists: float  # of the rows: with a dropdown that offers a verdict or a grade
    unlocked: float | None  # of the rows: open to the vendor; None on a sheet without protection


def facts(
    grid: Grid,
    rows: Mapping[int, Mapping[int, Cell]],
    column: int,
    options: Options,
) -> Facts:
    cells = [rows[row][column] for row in rows if column in rows[row]]
    texts = [cell.text.strip() for cell in cells]
    count, total = max(1, len(cells)), max(1, len(rows))
    lists = [found for row in rows if (found := options(row, column)) is not None]
    return Facts(
        filled=len(cells) / total,
        asking=sum(map(asks, texts)) / count,
        queries=sum(asks(text) >= 0.8 for text in texts) / count,
        length=sum(len(words(text)) for text in texts) / count,
        distinct=len(set(texts)) / count,
        identifiers=sum(map(is_identifier, texts)) / count,
        numbers=sum(cell.number for cell in cells) / count,
        formulas=sum(cell.formula for cell in cells) / total,
        verdicts=sum(_is_verdict(text) for text in texts) / count if cells else 0.0,
        listed=len(lists) / total,
        verdict_lists=sum(map(_of_verdicts, lists)) / total,
        unlocked=_unlocked(grid, rows, column),
    )


def _is_verdict(text: str) -> bool:
    short = len(words(text)) <= _SHORT
    return short and (meaning(text) is not None or text.casefold() in _CROSSES)


def _of_verdicts(options: tuple[str, ...]) -> bool:
    return is_scale(options) or any(meaning(option) for option in options)


def _unlocked(grid: Grid, rows: Mapping[int, Mapping[int, Cell]], column: int) -> float | None:
    if not grid.protected:
        return None
    return sum(not grid.locked(row, column) for row in rows) / max(1, len(rows))
