"""Cells written into the bytes of a worksheet; every other byte stays.

Schema: ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.4 (c).
"""

from __future__ import annotations

import html
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trustanswer.model import CellWrite
from trustanswer.workbook import tokens
from trustanswer.workbook.cellstyles import CellStyles
from trustanswer.workbook.outcome import Kept
from trustanswer.workbook.refs import Area, cell_name, column_number, split_area, split_cell
from trustanswer.workbook.rowheight import fitted, needed_height
from trustanswer.workbook.sheetframe import Frame, RowPlace, areas_of, find_rows, read_frame

LONGEST_TEXT = 32_767  # characters a cell holds
_TRUE = ("1", "true")
# What a spreadsheet takes for a formula once somebody edits the cell.
_FORMULA_START = ("=", "+", "-", "@")

_Edit = tuple[int, int, bytes]  # bytes [start, end) become these


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """`data` is the part with the cells written; `unlinked` says that a formula had to go."""

    data: bytes
    written: tuple[CellWrite, ...]
    kept: tuple[Kept, ...]
    unlinked: bool = False


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where one write goes: a cell, and the merged range that it is the first cell of."""

    write: CellWrite
    row: int
    column: int
    area: Area

    @property
    def text(self) -> str | None:
        value = self.write.value
        return tokens.clean_text(value) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is needed to write into one worksheet."""

    data: bytes
    frame: Frame
    styles: CellStyles
    is_blank: Callable[[int], bool]
    arrays: Mapping[tuple[int, int], Area]
    merged_rows: set[int]
    overwrite: bool


@dataclass(slots=True)
class _Changes:
    """What the rows seen so far come to."""

    edits: list[_Edit] = field(default_factory=list)
    written: list[CellWrite] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    unlinked: bool = False


def edit_sheet(
    data: bytes,
    part: str,
    writes: Sequence[CellWrite],
    styles: CellStyles,
    is_blank: Callable[[int], bool],
    *,
    overwrite: bool = False,
) -> SheetEdit:
    """The worksheet `data` (UTF-8) with the writes made that may be made.

    `is_blank` says of a shared string, by index, whether it shows nothing. A write to any cell
    of a merged range goes to its first. Styles that are needed are added to `styles`.
    """
    frame = read_frame(data, part)
    changes = _Changes()
    slots = _slots(writes, frame, changes)
    arrays = areas_of(((s.row, s.column) for s in slots), list(_array_areas(data, frame)))
    by_row: dict[int, list[_Slot]] = defaultdict(list)
    for slot in slots:
        by_row[slot.row].append(slot)
    merged_rows = _rows_within(frame.merges, by_row)
    sheet = _Sheet(data, frame, styles, is_blank, arrays, merged_rows, overwrite)
    for number, place in find_rows(data, frame, by_row).items():
        _write_row(sheet, place, by_row[number], changes)
    if changes.written:
        changes.edits += _dimension(data, frame, changes.written)
    edited = _applied(data, frame, changes.edits)
    return SheetEdit(edited, tuple(changes.written), tuple(changes.kept), changes.unlinked)


def _slots(writes: Sequence[CellWrite], frame: Frame, changes: _Changes) -> list[_Slot]:
    """The writes in the order of the cells they go to."""
    cells = {write.cell: split_cell(write.cell) for write in writes}
    areas = areas_of(cells.values(), frame.merges)
    slots: dict[tuple[int, int], _Slot] = {}
    for write in writes:
        row, column = cells[write.cell]
        area = areas.get((row, column), Area(row, column, row, column))
        first = (area.top, area.left)
        reason = _unfit(write.value)
        if reason is None and first in slots:
            reason = "another answer was already written there"
        if reason is None:
            slots[first] = _Slot(write, *first, area)
        else:
            changes.kept.append(Kept(write, reason))
    return [slots[first] for first in sorted(slots)]


def _unfit(value: str | float) -> str | None:
    if not isinstance(value, str):
        return None if math.isfinite(value) else "the value is no number that a cell holds"
    text = tokens.clean_text(value)
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        return f"the text is longer than the {LONGEST_TEXT} characters that a cell holds"
    return None if text else "there is nothing to write"


def _array_areas(data: bytes, frame: Frame) -> Iterable[Area]:
    """The ranges that one formula fills: to write into them would break it."""
    formula = re.compile(b"<" + re.escape(frame.prefix) + rb"f\s[^>]*>")
    for match in formula.finditer(data, frame.start, frame.end):
        if tokens.attribute(match[0], b"t") in ("array", "dataTable"):
            reference = tokens.attribute(match[0], b"ref")
            if reference:
                yield split_area(reference)


def _rows_within(areas: Iterable[Area], rows: Iterable[int]) -> set[int]:
    ordered = sorted(rows)
    found: set[int] = set()
    for area in areas:
        first = bisect_left(ordered, area.top)
        last = bisect_left(ordered, area.bottom + 1)
        found.update(ordered[first:last])
    return found


# --- one row -------------------------------------------------------------------------------------


def _write_row(sheet: _Sheet, place: RowPlace, slots: list[_Slot], changes: _Changes) -> None:
    """The edits that put the slots' values into a row that is there, empty, or missing."""
    tag = sheet.data[place.start : place.inner]
    cells = _cells(sheet, place)
    pieces: list[_Edit] = []
    height = 0.0
    for slot in slots:
        cell = cells.get(slot.column)
        reason = _reason_to_keep(sheet, slot, cell)
        if reason is not None:
            changes.kept.append(Kept(slot.write, reason))
            continue
        content, needed = _written_cell(sheet, slot, tag, cell)
        start, end = (cell.start, cell.end) if cell else (_gap(cells, place, slot.column),) * 2
        pieces.append((start, end, content))
        changes.unlinked |= cell is not None and _formula(sheet, cell) is not None
        changes.written.append(_made(slot))
        height = max(height, needed)
    if pieces:
        columns = [slot.column for slot in slots]
        new_tag = _row_tag(sheet, place, tag, height, min(columns), max(columns))
        changes.edits += _row_edits(sheet, place, tag, new_tag, pieces)


def _cells(sheet: _Sheet, place: RowPlace) -> dict[int, tokens.Element]:
    """The cells of a row by column; of a cell that stands twice, the first."""
    cells: dict[int, tokens.Element] = {}
    column = 0
    for element in tokens.children(sheet.data, place.inner, place.inner_end):
        if element.local != b"c":
            continue
        stated = tokens.attribute(sheet.data[element.start : element.inner], b"r")
        column = column_number(stated.rstrip("0123456789")) if stated else column + 1
        cells.setdefault(column, element)
    return cells


def _gap(cells: Mapping[int, tokens.Element], place: RowPlace, column: int) -> int:
    """Where a missing cell belongs: before the first one to the right, else after the last."""
    right = (cell.start for number, cell in cells.items() if number > column)
    last = max((cell.end for cell in cells.values()), default=place.inner)
    return min(right, default=last)


def _row_tag(
    sheet: _Sheet, place: RowPlace, tag: bytes, height: float, first: int, last: int
) -> bytes:
    prefix, number = sheet.frame.prefix, place.number
    tag = tag or b'<%brow r="%d">' % (prefix, number)
    spans = re.fullmatch(r"(\d+):(\d+)", tokens.attribute(tag, b"spans") or "")
    if spans and not (int(spans[1]) <= first and last <= int(spans[2])):
        wider = f"{min(int(spans[1]), first)}:{max(int(spans[2]), last)}"
        tag = tokens.with_attributes(tag, {b"spans": wider})
    merged = number in sheet.merged_rows
    return fitted(tag, height, merged=merged, default=sheet.frame.fixed_height) if height else tag


def _row_edits(
    sheet: _Sheet, place: RowPlace, tag: bytes, new_tag: bytes, pieces: list[_Edit]
) -> list[_Edit]:
    if place.inner == place.end:  # missing, or closed in itself
        content = b"".join(content for _, _, content in pieces)
        row = tokens.opened(new_tag) + content + b"</%brow>" % sheet.frame.prefix
        return [(place.start, place.end, row)]
    changed = [(place.start, place.inner, new_tag)] if new_tag != tag else []
    return changed + pieces


# --- one cell ------------------------------------------------------------------------------------


def _reason_to_keep(sheet: _Sheet, slot: _Slot, cell: tokens.Element | None) -> str | None:
    if (slot.row, slot.column) in sheet.arrays:
        return "the cell belongs to a formula that fills a range"
    if cell is None:
        return None
    formula = _formula(sheet, cell)
    if formula is not None and tokens.attribute(formula, b"ref"):
        return "the cell holds a formula that other cells share"
    if sheet.overwrite:
        return None
    if formula is not None:
        return "the cell holds a formula"
    return None if _says_nothing(sheet, cell) else "the cell already says something"


def _formula(sheet: _Sheet, cell: tokens.Element) -> bytes | None:
    """The start tag of the cell's formula."""
    element = tokens.child(sheet.data, cell, b"f")
    return None if element is None else sheet.data[element.start : element.inner]


def _says_nothing(sheet: _Sheet, cell: tokens.Element) -> bool:
    tag = sheet.data[cell.start : cell.inner]
    for element in tokens.children(sheet.data, cell.inner, cell.inner_end):
        if element.local in (b"v", b"is"):
            content = sheet.data[element.inner : element.inner_end]
            text = html.unescape(re.sub(rb"<[^>]*>", b"", content).decode()).strip()
            shared = tokens.attribute(tag, b"t") == "s" and text.isdecimal()
            if text and not (shared and sheet.is_blank(int(text))):
                return False
    return True


def _written_cell(
    sheet: _Sheet, slot: _Slot, row_tag: bytes, cell: tokens.Element | None
) -> tuple[bytes, float]:
    """The cell's new bytes, and the height its text needs (0: one line)."""
    prefix = sheet.frame.prefix
    name = cell_name(slot.row, slot.column)
    if cell is None:
        tag, kept = b'<%bc r="%b">' % (prefix, name.encode()), b""
        style = _inherited_style(sheet, slot, row_tag)
    else:
        tag, kept = sheet.data[cell.start : cell.inner], _extensions(sheet, cell)
        tag = tag if tokens.attribute(tag, b"r") else tokens.with_attributes(tag, {b"r": name})
        style = int(tokens.attribute(tag, b"s") or 0)
    new_style, height = _style(sheet, slot, style)
    # cm and vm say what the former value was (a spilled array, a picture): they go with it.
    changes: dict[bytes, str | None] = {b"cm": None, b"vm": None, b"t": None}
    if new_style != int(tokens.attribute(tag, b"s") or 0):
        changes[b"s"] = str(new_style)
    if slot.text is not None:
        changes[b"t"] = "inlineStr"
        value = b"<%bis>%b</%bis>" % (prefix, tokens.string_item(prefix, slot.text), prefix)
    else:
        value = b"<%bv>%b</%bv>" % (prefix, _number(slot.write.value).encode(), prefix)
    tag = tokens.opened(tokens.with_attributes(tag, changes))
    return tag + value + kept + b"</%bc>" % prefix, height


def _inherited_style(sheet: _Sheet, slot: _Slot, row_tag: bytes) -> int:
    """The style a cell that is not in the file shows: its row's, else its column's."""
    if tokens.attribute(row_tag, b"customFormat") in _TRUE:
        return int(tokens.attribute(row_tag, b"s") or 0)
    return sheet.frame.column_style(slot.column)


def _extensions(sheet: _Sheet, cell: tokens.Element) -> bytes:
    """What a cell holds beside its value."""
    return b"".join(
        sheet.data[element.start : element.end]
        for element in tokens.children(sheet.data, cell.inner, cell.inner_end)
        if element.local not in (b"f", b"v", b"is")
    )


def _style(sheet: _Sheet, slot: _Slot, style: int) -> tuple[int, float]:
    """The style to write in (wrapping, where the text would be cut), and the height needed."""
    if slot.text is None:
        return style, 0.0
    width = sheet.frame.width(slot.area.left, slot.area.right)
    long = width > 0 and ("\n" in slot.text or len(slot.text) > width)
    literal = slot.text.startswith(_FORMULA_START)
    new_style = sheet.styles.variant(style, wrap=long, literal=literal)
    if not long or slot.area.top < slot.area.bottom:
        return new_style, 0.0
    return new_style, needed_height(slot.text, width, sheet.styles.font_size(style))


def _number(value: str | float) -> str:
    number = float(value)
    return str(int(number)) if number == int(number) else repr(number)


def _made(slot: _Slot) -> CellWrite:
    return CellWrite(slot.write.sheet, cell_name(slot.row, slot.column), slot.write.value)


# --- the whole part ------------------------------------------------------------------------------


def _dimension(data: bytes, frame: Frame, written: Sequence[CellWrite]) -> list[_Edit]:
    """The used range, widened where an answer stands outside of it."""
    pattern = b"<" + re.escape(frame.prefix) + rb"dimension\s[^>]*>"
    match = re.search(pattern, data[: frame.data_tag[0]])
    if match is None:
        return []
    try:
        used = split_area(tokens.attribute(match[0], b"ref") or "")
    except ValueError:
        return []
    cells = [split_cell(write.cell) for write in written]
    if all(cell in used for cell in cells):
        return []
    rows, columns = zip(*cells, strict=True)
    first = cell_name(min(used.top, *rows), min(used.left, *columns))
    last = cell_name(max(used.bottom, *rows), max(used.right, *columns))
    return [(*match.span(), tokens.with_attributes(match[0], {b"ref": f"{first}:{last}"}))]


def _applied(data: bytes, frame: Frame, edits: list[_Edit]) -> bytes:
    if not edits:
        return data
    start, end = frame.data_tag
    tag = data[start:end]
    if tag.endswith(b"/>"):
        closing = b"</%bsheetData>" % frame.prefix
        edits = [(start, end, tokens.opened(tag)), *edits, (end, end, closing)]
    pieces, done = [], 0
    for start, end, content in sorted(edits, key=lambda edit: edit[0]):
        pieces += [data[done:start], content]
        done = end
    return b"".join([*pieces, data[done:]])
