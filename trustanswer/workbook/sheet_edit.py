"""Cells written into the bytes of a worksheet; every other byte stays.

Schema: ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.80 (sheetData).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trustanswer.model import CellWrite
from trustanswer.workbook import tokens
from trustanswer.workbook.cell_edit import (
    Sheet,
    Slot,
    formula_of,
    reason_to_keep,
    text_of,
    written_cell,
)
from trustanswer.workbook.cellstyles import CellStyles
from trustanswer.workbook.outcome import Kept
from trustanswer.workbook.refs import Area, cell_name, column_number, split_area, split_cell
from trustanswer.workbook.rowheight import grown, is_too_low, needed_height
from trustanswer.workbook.sheetframe import Frame, RowPlace, areas, areas_of, find_rows, read_frame

LONGEST_TEXT = 32_767  # characters a cell holds
_Edit = tuple[int, int, bytes]  # bytes [start, end) become these


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """`data` is the part with the cells written; `unlinked` says that a formula had to go."""

    data: bytes
    written: tuple[CellWrite, ...]
    kept: tuple[Kept, ...]
    unlinked: bool = False


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
    string: Callable[[int], str],
    *,
    overwrite: bool = False,
) -> SheetEdit:
    """The worksheet `data` (UTF-8) with the writes made that may be made.

    `string` gives the text of a shared string by its index. A write to any cell of a merged
    range goes to its first. Styles that are needed are added to `styles`.
    """
    frame = read_frame(data, part)
    changes = _Changes()
    slots = _slots(writes, frame, changes)
    arrays = areas_of(((s.row, s.column) for s in slots), list(_array_areas(data, frame)))
    by_row: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_row[slot.row].append(slot)
    merged = _areas_by_row(frame.merges, by_row)
    sheet = Sheet(data, frame, styles, string, arrays, merged, overwrite)
    for number, place in find_rows(data, frame, by_row).items():
        _write_row(sheet, place, by_row[number], changes)
    if changes.written:
        changes.edits += _dimension(data, frame, changes.written)
    edited = _applied(data, frame, changes.edits)
    return SheetEdit(edited, tuple(changes.written), tuple(changes.kept), changes.unlinked)


def _slots(writes: Sequence[CellWrite], frame: Frame, changes: _Changes) -> list[Slot]:
    """The writes in the order of the cells they go to."""
    cells = {write.cell: split_cell(write.cell) for write in writes}
    areas = areas_of(cells.values(), frame.merges)
    slots: dict[tuple[int, int], Slot] = {}
    for write in writes:
        row, column = cells[write.cell]
        area = areas.get((row, column), Area(row, column, row, column))
        first = (area.top, area.left)
        reason = _unfit(write.value)
        if reason is None and first in slots:
            reason = "another answer was already written there"
        if reason is None:
            slots[first] = Slot(write, *first, area)
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
    tags = (match[0] for match in formula.finditer(data, frame.start, frame.end))
    arrays = (tag for tag in tags if tokens.attribute(tag, b"t") in ("array", "dataTable"))
    return areas(tokens.attribute(tag, b"ref") or "" for tag in arrays)


def _areas_by_row(ranges: Iterable[Area], rows: Iterable[int]) -> dict[int, list[Area]]:
    """The areas that touch each of the rows."""
    ordered = sorted(rows)
    found: dict[int, list[Area]] = defaultdict(list)
    for area in ranges:
        for row in ordered[bisect_left(ordered, area.top) :]:
            if row > area.bottom:
                break
            found[row].append(area)
    return found


# --- one row -------------------------------------------------------------------------------------


def _write_row(sheet: Sheet, place: RowPlace, slots: list[Slot], changes: _Changes) -> None:
    """The edits that put the slots' values into a row that is there, empty, or missing."""
    tag = sheet.data[place.start : place.inner]
    cells = _cells(sheet, place)
    pieces: list[_Edit] = []
    height = 0.0
    for slot in slots:
        cell = cells.get(slot.column)
        reason = reason_to_keep(sheet, slot, cell)
        if reason is not None:
            changes.kept.append(Kept(slot.write, reason))
            continue
        content, needed = written_cell(sheet, slot, tag, cell)
        start, end = (cell.start, cell.end) if cell else (_gap(cells, place, slot.column),) * 2
        pieces.append((start, end, content))
        changes.unlinked |= cell is not None and formula_of(sheet, cell) is not None
        changes.written.append(_made(slot))
        height = max(height, needed)
    if pieces:
        new_tag = _spanning(sheet, place, tag, [slot.column for slot in slots])
        if is_too_low(tag, height, sheet.frame.default_height):
            height = max(height, _neighbours_height(sheet, place, cells))
            new_tag = grown(new_tag, height, fixed=bool(sheet.merged.get(place.number)))
        changes.edits += _row_edits(sheet, place, tag, new_tag, pieces)


def _cells(sheet: Sheet, place: RowPlace) -> dict[int, tokens.Element]:
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


def _spanning(sheet: Sheet, place: RowPlace, tag: bytes, columns: Sequence[int]) -> bytes:
    """The row's start tag, its spans (a hint for readers) widened to these columns."""
    if not tag:
        return b'<%brow r="%d">' % (sheet.frame.prefix, place.number)
    spans = re.fullmatch(r"(\d+):(\d+)", tokens.attribute(tag, b"spans") or "")
    if spans is None:
        return tag
    first, last = min(int(spans[1]), *columns), max(int(spans[2]), *columns)
    return tokens.with_attributes(tag, {b"spans": f"{first}:{last}"})


def _neighbours_height(sheet: Sheet, place: RowPlace, cells: Mapping[int, tokens.Element]) -> float:
    """The height that the wrapped texts need that already stand in the row."""
    lefts = {area.left: area for area in sheet.merged.get(place.number, ())}
    height = 0.0
    for column, cell in cells.items():
        area = lefts.get(column, Area(place.number, column, place.number, column))
        style = tokens.index(sheet.data[cell.start : cell.inner], b"s")
        width = sheet.frame.width(area.left, area.right)
        if area.top == area.bottom and sheet.styles.wraps(style) and width > 0:
            text = text_of(sheet, cell)
            height = max(height, needed_height(text, width, sheet.styles.font(style)))
    return height


def _row_edits(
    sheet: Sheet, place: RowPlace, tag: bytes, new_tag: bytes, pieces: list[_Edit]
) -> list[_Edit]:
    if place.inner == place.end:  # missing, or closed in itself
        content = b"".join(content for _, _, content in pieces)
        row = tokens.opened(new_tag) + content + b"</%brow>" % sheet.frame.prefix
        return [(place.start, place.end, row)]
    changed = [(place.start, place.inner, new_tag)] if new_tag != tag else []
    return changed + pieces


def _made(slot: Slot) -> CellWrite:
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
