"""The evidence sheet: one line for every quote behind an answer."""

from __future__ import annotations

from collections.abc import Sequence

from trustanswer.model import EvidenceRow
from trustanswer.workbook import tokens, xml
from trustanswer.workbook.cellstyles import CellStyles
from trustanswer.workbook.refs import cell_name
from trustanswer.workbook.rowheight import Font, needed_height

SHEET_NAME = "Evidence"
_HEADER = ("Sheet", "Cell", "Question", "Quote", "Source", "Date")
_WIDTHS = (20, 8, 50, 70, 40, 12)


def evidence_sheet(rows: Sequence[EvidenceRow], styles: CellStyles, *, strict: bool) -> bytes:
    """A worksheet with a bold header and a row for each piece of evidence, all of it text."""
    style, font = styles.variant(0, wrap=True, literal=False), styles.font(0)
    bold = b'<rPr><b/><sz val="%b"/><rFont val="%b"/></rPr>' % (
        f"{font.size:g}".encode(),
        tokens.escaped(font.name),
    )
    lines = [_row(1, _HEADER, style, font, bold)]
    for number, row in enumerate(rows, 2):
        values = (row.sheet, row.cell, row.question, row.quote, row.source, row.updated)
        lines.append(_row(number, values, style, font))
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (number, number, width)
        for number, width in enumerate(_WIDTHS, 1)
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b">'
        b"<cols>%b</cols><sheetData>%b</sheetData></worksheet>"
    ) % ((xml.STRICT_MAIN if strict else xml.MAIN).encode(), columns, b"".join(lines))


def _row(number: int, values: Sequence[str], style: int, font: Font, run: bytes = b"") -> bytes:
    """A row as high as its longest text; `run` are the properties its texts are set in."""
    texts = [tokens.clean_text(value) for value in values]
    heights = (needed_height(text, width, font) for text, width in zip(texts, _WIDTHS, strict=True))
    cells = (
        _cell(cell_name(number, column), text, style, run) for column, text in enumerate(texts, 1)
    )
    return b'<row r="%d" ht="%b">%b</row>' % (
        number,
        f"{max(heights):g}".encode(),
        b"".join(cells),
    )


def _cell(name: str, text: str, style: int, run: bytes) -> bytes:
    item = tokens.string_item(b"", text)
    item = b"<r>%b%b</r>" % (run, item) if run else item
    shown = b' s="%d"' % style if style else b""
    return b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (name.encode(), shown, item)
