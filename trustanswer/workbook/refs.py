"""Cell references: "D9" <-> (row 9, column 4), and ranges of them. Rows and columns from 1."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")


def column_number(letters: str) -> int:
    """ "A" -> 1, "AA" -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 -> "A", 27 -> "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def split_cell(name: str) -> tuple[int, int]:
    """(row, column) of a cell's name; ValueError if no sheet has such a cell."""
    match = _CELL.match(name)
    if match is None:
        raise ValueError(f"{name!r} is not a cell")
    row, column = int(match[2]), column_number(match[1])
    if not (1 <= row <= MAX_ROW and column <= MAX_COLUMN):
        raise ValueError(f"{name!r} is outside of any sheet")
    return row, column


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its corners included; never expanded into cells."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def split_area(name: str) -> Area:
    """ "B2:D9", "B2", and whole columns ("B:D") or rows ("2:9"); ValueError otherwise."""
    first, _, last = name.replace("$", "").partition(":")
    last = last or first
    if first.isalpha() and last.isalpha():
        first, last = f"{first}1", f"{last}{MAX_ROW}"
    elif first.isdigit() and last.isdigit():
        first, last = f"A{first}", f"{column_letters(MAX_COLUMN)}{last}"
    (top, left), (bottom, right) = split_cell(first), split_cell(last)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
