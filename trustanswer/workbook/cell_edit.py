"""One cell of a worksheet: whether it may be written, and its new bytes.

Schema: ECMA-376 part 1, 18.3.1.4 (c).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trustanswer.model import CellWrite
from trustanswer.workbook import tokens
from trustanswer.workbook.cellstyles import CellStyles
from trustanswer.workbook.refs import Area, cell_name
from trustanswer.workbook.rowheight import needed_height
from trustanswer.workbook.sheetframe import Frame

_TRUE = ("1", "true")
_VALUES = (b"v", b"is")
# What a spreadsheet takes for a formula once somebody edits the cell.
_FORMULA_START = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Slot:
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
class Sheet:
    """What is needed to write into one worksheet."""

    data: bytes
    frame: Frame
    styles: CellStyles
    string: Callable[[int], str]
    arrays: Mapping[tuple[int, int], Area]
    merged: Mapping[int, list[Area]]
    overwrite: bool


def reason_to_keep(sheet: Sheet, slot: Slot, cell: tokens.Element | None) -> str | None:
    if (slot.row, slot.column) in sheet.arrays:
        return "the cell belongs to a formula that fills a range"
    if cell is None:
        return None
    formula = formula_of(sheet, cell)
    if formula is not None and tokens.attribute(formula, b"ref"):
        return "the cell holds a formula that other cells share"
    if sheet.overwrite:
        return None
    if formula is not None:
        return "the cell holds a formula"
    return "the cell already says something" if text_of(sheet, cell).strip() else None


def formula_of(sheet: Sheet, cell: tokens.Element) -> bytes | None:
    """The start tag of the cell's formula."""
    element = tokens.child(sheet.data, cell, b"f")
    return None if element is None else sheet.data[element.start : element.inner]


def text_of(sheet: Sheet, cell: tokens.Element) -> str:
    """What a cell's value reads as; numbers as they are stored."""
    values = (e for e in _content(sheet, cell) if e.local in _VALUES)
    text = "".join(tokens.text(sheet.data, value.inner, value.inner_end) for value in values)
    shared = tokens.attribute(sheet.data[cell.start : cell.inner], b"t") == "s"
    return sheet.string(int(text)) if shared and text.strip().isdecimal() else text


def written_cell(
    sheet: Sheet, slot: Slot, row_tag: bytes, cell: tokens.Element | None
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
        style = tokens.index(tag, b"s")
    new_style, height = _style(sheet, slot, style)
    # cm and vm say what the former value was (a spilled array, a picture): they go with it.
    changes: dict[bytes, str | None] = {b"cm": None, b"vm": None}
    if new_style != tokens.index(tag, b"s"):
        changes[b"s"] = str(new_style)
    changes[b"t"] = None if slot.text is None else "inlineStr"
    if slot.text is not None:
        value = b"<%bis>%b</%bis>" % (prefix, tokens.string_item(prefix, slot.text), prefix)
    else:
        value = b"<%bv>%b</%bv>" % (prefix, _number(slot.write.value).encode(), prefix)
    tag = tokens.opened(tokens.with_attributes(tag, changes))
    return tag + value + kept + b"</%bc>" % prefix, height


def _inherited_style(sheet: Sheet, slot: Slot, row_tag: bytes) -> int:
    """The style a cell that is not in the file shows: its row's, else its column's."""
    if tokens.attribute(row_tag, b"customFormat") in _TRUE:
        return tokens.index(row_tag, b"s")
    return sheet.frame.column_style(slot.column)


def _extensions(sheet: Sheet, cell: tokens.Element) -> bytes:
    """What a cell holds beside its value."""
    return b"".join(
        sheet.data[element.start : element.end]
        for element in _content(sheet, cell)
        if element.local not in (b"f", *_VALUES)
    )


def _content(sheet: Sheet, cell: tokens.Element) -> Iterator[tokens.Element]:
    return tokens.children(sheet.data, cell.inner, cell.inner_end)


def _style(sheet: Sheet, slot: Slot, style: int) -> tuple[int, float]:
    """The style to write in (wrapping, where the text would be cut), and the height needed."""
    if slot.text is None:
        return style, 0.0
    width = sheet.frame.width(slot.area.left, slot.area.right)
    long = width > 0 and ("\n" in slot.text or len(slot.text) > width)
    literal = slot.text.startswith(_FORMULA_START)
    new_style = sheet.styles.variant(style, wrap=long, literal=literal)
    if not long or slot.area.top < slot.area.bottom:
        return new_style, 0.0
    return new_style, needed_height(slot.text, width, sheet.styles.font(style))


def _number(value: str | float) -> str:
    number = float(value)
    return str(int(number)) if number == int(number) else repr(number)
