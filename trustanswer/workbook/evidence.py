"""The evidence sheet: one line for every quote behind an answer."""

from __future__ import annotations

from collections.abc import Sequence

from trustanswer.model import EvidenceRow
from trustanswer.workbook import tokens, xml
from trustanswer.workbook.cellstyles import CellStyles
from trustanswer.workbook.refs import cell_name

SHEET_NAME = "Evidence"
_HEADER = ("Sheet", "Cell", "Question", "Quote", "Source", "Date")
_WIDTHS = (20, 8, 50, 70, 40, 12)


def evidence_sheet(rows: Sequence[EvidenceRow], styles: CellStyles, *, strict: bool) -> bytes:
    """A worksheet with a bold header and a row for each piece of evidence, all of it text."""
    style = styles.variant(0, wrap=True, literal=False)
    lines = [_row(1, _HEADER, style, bold=True)]
    for number, row in enumerate(rows, 2):
        values = (row.sheet, row.cell, row.question, row.quote, row.source, row.updated)
        lines.append(_row(number, values, style))
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (number, number, width)
        for number, width in enumerate(_WIDTHS, 1)
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b">'
        b"<cols>%b</cols><sheetData>%b</sheetData></worksheet>"
    ) % ((xml.STRICT_MAIN if strict else xml.MAIN).encode(), columns, b"".join(lines))


def _row(number: int, values: Sequence[str], style: int, *, bold: bool = False) -> bytes:
    cells = (
        _cell(cell_name(number, column), value, style, bold=bold)
        for column, value in enumerate(values, 1)
    )
    return b'<row r="%d">%b</row>' % (number, b"".join(cells))


def _cell(name: str, value: str, style: int, *, bold: bool) -> bytes:
    text = tokens.string_item(b"", tokens.clean_text(value))
    item = b"<r><rPr><b/></rPr>%b</r>" % text if bold else text
    shown = b' s="%d"' % style if style else b""
    return b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (name.encode(), shown, item)
