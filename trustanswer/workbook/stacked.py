"""Forms without columns: each question stands above the cell for its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.facts import Options
from trustanswer.workbook.texts import asks
from trustanswer.workbook.vocabulary import Role, role, words

_FEWEST = 3
_MOST_ROWS_BETWEEN = 2
_MOST_COLUMNS_BETWEEN = 6


@dataclass(frozen=True)
class Pair:
    """A question's cell and the cell below it that takes the answer; places are (row, column).

    `label` is the row that names the answer ("Answer:"), if there is one.
    """

    question: tuple[int, int]
    answer: tuple[int, int]
    label: int | None = None


def pairs(grid: Grid, rows: Mapping[int, Mapping[int, Cell]], options: Options) -> list[Pair]:
    """The pairs of a form; none where most of the questions have no such cell below them."""
    asking = {row: column for row, cells in rows.items() if (column := _asking(cells)) is not None}
    found = [p for row, column in asking.items() if (p := _pair(grid, rows, row, column, options))]
    return found if len(found) >= max(_FEWEST, 0.7 * len(asking)) else []


def _asking(cells: Mapping[int, Cell]) -> int | None:
    """The column of the cell that asks; the others of its row may be a label or a number."""
    asked = [c for c, cell in cells.items() if asks(cell.text) >= 0.7]
    return asked[0] if len(asked) == 1 and len(cells) <= 3 else None


def _pair(
    grid: Grid,
    rows: Mapping[int, Mapping[int, Cell]],
    row: int,
    column: int,
    options: Options,
) -> Pair | None:
    for below in range(row + 1, row + 1 + _MOST_ROWS_BETWEEN):
        cells = rows.get(below, {})
        label = _label(cells)
        if label is not None:
            place = _beside(grid, below, label)
            return Pair((row, column), (below, place), below) if place else None
        if cells:
            return None
        if _open(grid, below, column, options):
            return Pair((row, column), (below, column))
    return None


def _label(cells: Mapping[int, Cell]) -> int | None:
    """The column of "Answer:", where a row begins with such a name and asks nothing."""
    first = next(iter(cells), None)
    if first is None or _asking(cells) is not None or len(words(cells[first].text)) > 3:
        return None
    told = role(cells[first].text)
    return first if told is not None and told[0] is Role.ANSWER else None


def _beside(grid: Grid, row: int, label: int) -> int | None:
    """The first cell right of the label, past the label's own merge."""
    merge = grid.merge_at(row, label)
    first = (merge.right if merge else label) + 1
    columns = range(first, first + _MOST_COLUMNS_BETWEEN)
    return next((c for c in columns if not grid.column_hidden(c)), None)


def _open(grid: Grid, row: int, column: int, options: Options) -> bool:
    """A blank cell made for writing: coloured, merged, with a dropdown, or left unlocked."""
    merge = grid.merge_at(row, column)
    return (
        options(row, column) is not None
        or (merge is not None and merge.top == row)
        or grid.style(row, column).fill is not None
        or (grid.protected and not grid.locked(row, column))
    )
