"""What stands around the cells of a worksheet: columns, merged ranges, heights; and where its
rows stand in the bytes.

Only the few rows that are asked for are looked at closely, so that a sheet of a million rows
costs one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from trustanswer.errors import WorkbookError
from trustanswer.workbook import xml
from trustanswer.workbook.refs import Area, split_area

_SKIPPED = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ATTRIBUTES = rb"""((?:[^>"']+|"[^"]*"|'[^']*')*+)>"""
_SHEET_DATA = re.compile(
    _SKIPPED + rb"|<(/?)((?:[^\s/>:!?]+:)?)sheetData(?=[\s/>])" + _ATTRIBUTES, re.DOTALL
)
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*([0-9]{1,7})\s*["']""")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns first..last of a sheet: width in characters (None: the sheet's default) and style."""

    first: int
    last: int
    width: float | None
    style: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A worksheet but for its cells. `start` and `end` enclose the rows in the bytes."""

    prefix: bytes
    data_tag: tuple[int, int]
    start: int
    end: int
    columns: tuple[Columns, ...]
    merges: tuple[Area, ...]
    default_width: float
    default_height: float  # points, of rows that state none

    def column_style(self, column: int) -> int:
        return next((c.style for c in self.columns if c.first <= column <= c.last), 0)

    def width(self, left: int, right: int) -> float:
        """Width in characters of the columns left..right."""
        return sum(self._width(column) for column in range(left, min(right, left + 255) + 1))

    def _width(self, column: int) -> float:
        found = (c.width for c in self.columns if c.first <= column <= c.last)
        return next((width for width in found if width is not None), self.default_width)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row in the bytes, as `tokens.Element` has it; a row that is missing has no length and
    stands where it belongs.
    """

    number: int
    start: int
    inner: int
    inner_end: int
    end: int


def read_frame(data: bytes, part: str) -> Frame:
    """WorkbookError if the sheet has no place for cells."""
    prefix, data_tag, start, end = _sheet_data(data, part)
    around = xml.parse(data[:start] + data[end:] if start < end else data, part)
    sizes = around.find("{*}sheetFormatPr")
    merges = (element.get("ref", "") for element in around.iterfind("{*}mergeCells/{*}mergeCell"))
    return Frame(
        prefix=prefix,
        data_tag=data_tag,
        start=start,
        end=end,
        columns=tuple(_columns(element) for element in around.iterfind("{*}cols/{*}col")),
        merges=tuple(areas(merges)),
        default_width=xml.number(sizes, "defaultColWidth", 8.43),
        default_height=xml.number(sizes, "defaultRowHeight", 15.0),
    )


def _sheet_data(data: bytes, part: str) -> tuple[bytes, tuple[int, int], int, int]:
    opening = None
    for match in _SHEET_DATA.finditer(data):
        if match[2] is None:
            continue
        if match[1] and opening is not None:
            return match[2], opening, opening[1], match.start()
        opening = match.span()
        if match[3].endswith(b"/"):
            return match[2], opening, opening[1], opening[1]
    raise WorkbookError(f"the workbook is damaged ({part} has no cells); ask for the file again")


def _columns(element: etree._Element) -> Columns:
    return Columns(
        first=int(xml.number(element, "min", 1)),
        last=int(xml.number(element, "max", 1)),
        width=xml.number(element, "width", 0) if "width" in element.attrib else None,
        style=int(xml.number(element, "style", 0)),
    )


def areas(names: Iterable[str]) -> Iterator[Area]:
    """The areas that these references name; those that name none are left out."""
    for name in names:
        try:
            yield split_area(name)
        except ValueError:
            continue


def areas_of(
    cells: Iterable[tuple[int, int]], ranges: Sequence[Area]
) -> dict[tuple[int, int], Area]:
    """The area each cell lies in, if any; the cost grows with the cells in reach of an area."""
    ordered = sorted(set(cells))
    found: dict[tuple[int, int], Area] = {}
    for area in ranges:
        for cell in ordered[bisect_left(ordered, (area.top, 0)) :]:
            if cell[0] > area.bottom:
                break
            if cell in area:
                found.setdefault(cell, area)
    return found


def find_rows(data: bytes, frame: Frame, numbers: Iterable[int]) -> dict[int, RowPlace]:
    """The places of these rows; of a row that stands twice, the first."""
    tag = re.compile(
        _SKIPPED + rb"|<(/?)" + re.escape(frame.prefix) + rb"row(?=[\s/>])" + _ATTRIBUTES, re.DOTALL
    )
    wanted = sorted(set(numbers))
    asked = set(wanted)
    found: dict[int, RowPlace] = {}
    gaps: dict[int, int] = {}
    number = reached = 0
    opening = (0, 0)
    for match in tag.finditer(data, frame.start, frame.end):
        if match[2] is None:
            continue
        if match[1]:
            if number in asked:
                found.setdefault(number, RowPlace(number, *opening, *match.span()))
            continue
        stated = _ROW_NUMBER.search(match[2])
        number = int(stated[1]) if stated else number + 1
        opening = match.span()
        while reached < len(wanted) and wanted[reached] < number:
            gaps[wanted[reached]] = match.start()
            reached += 1
        if match[2].endswith(b"/") and number in asked:
            found.setdefault(number, RowPlace(number, *opening, opening[1], opening[1]))
    return {n: found.get(n) or _missing(n, gaps.get(n, frame.end)) for n in wanted}


def _missing(number: int, place: int) -> RowPlace:
    return RowPlace(number, place, place, place, place)
