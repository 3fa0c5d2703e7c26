"""A workbook as it was found: sheets of cells, with the facts a layout can be told from.

Rows and columns count from 1. Areas are kept as ranges and never expanded: a validation over a
million rows is one `Area`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trustanswer.workbook.refs import Area


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a stored number is shown: a format's number, and its code where the file defines it."""

    number: int = 0
    code: str | None = None


GENERAL = NumberFormat()


@dataclass(frozen=True, slots=True)
class Style:
    """What of a cell's look tells its role. `fill` is the fill colour as the file writes it."""

    bold: bool = False
    size: float = 11.0
    fill: str | None = None
    locked: bool = True
    format: NumberFormat = GENERAL


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something. `text` is verbatim; of a formula, its cached result.

    `pending`: a formula that was never calculated, as programs write it that cannot.
    """

    text: str
    style: Style
    number: bool = False
    formula: bool = False
    pending: bool = False

    @property
    def blank(self) -> bool:
        """White space alone is nothing."""
        return not self.text or self.text.isspace()


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule on what cells may hold; `kind` is the file's type ("list", "whole", ...)."""

    kind: str
    formula: str
    second: str
    ranges: tuple[Area, ...]


TALLEST = 2000  # rows of a merged range that are looked at
_Rules = tuple[dict[int, list[Validation]], list[tuple[int, int, Validation]]]


@dataclass(frozen=True)
class Grid:
    """One sheet (or a CSV file, whose `name` is None)."""

    name: str | None
    cells: Mapping[tuple[int, int], Cell]
    blanks: Mapping[tuple[int, int], Style] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()
    validations: tuple[Validation, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    column_styles: tuple[tuple[int, int, Style], ...] = ()
    protected: bool = False

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, Cell]]:
        """The cells that are not blank, row by row in order, left to right."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda item: item[0]):
            if not cell.blank:
                rows.setdefault(row, {})[column] = cell
        return rows

    @cached_property
    def _merged_rows(self) -> Mapping[int, list[Area]]:
        """The merged ranges that reach into each row, from left to right."""
        rows: dict[int, list[Area]] = {}
        for merge in sorted(self.merges, key=lambda merge: merge.left):
            for row in range(merge.top, min(merge.bottom + 1, merge.top + TALLEST)):
                rows.setdefault(row, []).append(merge)
        return rows

    @cached_property
    def _rules_by_column(self) -> dict[int, _Rules]:
        return {}

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return "" if cell is None or cell.blank else cell.text

    def merge_at(self, row: int, column: int) -> Area | None:
        merges = self._merged_rows.get(row, ())
        place = bisect_right(merges, column, key=lambda merge: merge.left)
        found = merges[place - 1] if place else None  # merged ranges do not overlap
        return found if found is not None and column <= found.right else None

    def style(self, row: int, column: int) -> Style:
        cell = self.cells.get((row, column))
        if cell is not None:
            return cell.style
        style = self.blanks.get((row, column))
        if style is not None:
            return style
        for first, last, column_style in self.column_styles:
            if first <= column <= last:
                return column_style
        return Style()

    def locked(self, row: int, column: int) -> bool:
        """Whether the sheet's protection keeps the vendor from typing here."""
        return self.protected and self.style(row, column).locked

    def column_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)

    def validation(self, row: int, column: int) -> Validation | None:
        """The rule on this cell; a list wins over other rules."""
        single, spread = self._rules(column)
        found = [v for top, bottom, v in spread if top <= row <= bottom]
        found += single.get(row, ())
        return min(found, key=lambda v: v.kind != "list", default=None)

    def _rules(self, column: int) -> _Rules:
        """Rules that touch a column: those on one row by that row, the others with their rows."""
        known = self._rules_by_column
        if column not in known:
            single: dict[int, list[Validation]] = {}
            spread = []
            for rule, area in ((v, a) for v in self.validations for a in v.ranges):
                if area.left <= column <= area.right and area.top == area.bottom:
                    single.setdefault(area.top, []).append(rule)
                elif area.left <= column <= area.right:
                    spread.append((area.top, area.bottom, rule))
            known[column] = (single, spread)
        return known[column]


@dataclass(frozen=True, slots=True)
class ListObject:
    """An Excel table: where its data rows are, and the names of its columns."""

    sheet: str
    area: Area
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, its defined names (formula text without "=") and its
    tables; names are in lower case.
    """

    name: str
    sheets: tuple[Grid, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    local_names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    tables: Mapping[str, ListObject] = field(default_factory=dict)

    def sheet(self, name: str) -> Grid | None:
        folded = name.casefold()
        return next((s for s in self.sheets if s.name and s.name.casefold() == folded), None)

    def defined(self, name: str, sheet: str | None) -> str | None:
        """A defined name's formula; one of the sheet's own hides the workbook's."""
        folded = name.casefold()
        own = self.local_names.get((sheet or "", folded))
        return own if own is not None else self.names.get(folded)


def filled(grid: Grid, area: Area) -> Iterator[tuple[int, int, Cell]]:
    """The cells of `area` that are not blank, in reading order, at the cost of those there are."""
    for row, cells in grid.by_row.items():
        if area.top <= row <= area.bottom:
            for column, cell in cells.items():
                if area.left <= column <= area.right:
                    yield row, column, cell
