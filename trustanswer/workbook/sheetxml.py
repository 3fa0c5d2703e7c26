"""The XML of a workbook's parts, read in one pass each.

Read directly, because a layout needs what readers of values leave out (formulas beside their
cached results, x14 validations, locked flags, strict OOXML), and because a part that is odd in its
styles must still be read. Names are compared without their namespace: transitional and strict
files differ in nothing else here. No entity is resolved and nothing is fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from trustanswer.limits import Limits
from trustanswer.workbook.cells import (
    TALLEST,
    Cell,
    Grid,
    ListObject,
    NumberFormat,
    Style,
    Validation,
)
from trustanswer.workbook.refs import MAX_COLUMN, MAX_ROW, Area, split_area, split_cell

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN = Style()
_STYLED_BLANKS_PER_ROW = 256
_STYLED_BLANKS = 400_000
_ROWS_KEPT_BELOW_TEXT = 3

Element = etree._Element
Number = Callable[[str, NumberFormat], str]


def parse(source: IO[bytes], *tags: str) -> Iterator[tuple[str, Element]]:
    """The elements with these local names as they end, each emptied after use."""
    events = etree.iterparse(
        source,
        events=("end",),
        tag=["{*}" + tag for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        yield local(element), element
        element.clear(keep_tail=True)
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    if events.root.getroottree().docinfo.doctype:
        raise ValueError("it declares a document type")


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *path: str) -> Iterator[Element]:
    """Descendants along a path of local names."""
    found: list[Element] = [element]
    for name in path:
        found = [child for parent in found for child in parent if local(child) == name]
    yield from found


def child(element: Element, name: str) -> Element | None:
    return next(children(element, name), None)


def truth(value: str | None) -> bool:
    """xsd:boolean; an attribute left out is false."""
    return value in ("1", "true", "on")


def strings(source: IO[bytes], limits: Limits) -> list[str]:
    """The shared strings, rich text as its characters, phonetic guides left out."""
    found: list[str] = []
    for _, item in parse(source, "si"):
        found.append(_characters(item))
        limits.check("strings", len(found))
        limits.check("cell_text", len(found[-1]))
    return found


def _characters(item: Element) -> str:
    parts = [part for part in item if local(part) == "t"]
    parts += [text for run in item if local(run) == "r" for text in run if local(text) == "t"]
    return _unescape("".join(part.text or "" for part in parts))


def _unescape(text: str) -> str:
    """Undo OOXML's _xHHHH_ (ECMA-376 part 1, 22.9.2.19, ST_Xstring).

    Two halves of a character become one; a half alone is no character, and is replaced.
    """
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# --- styles ------------------------------------------------------------------------------------


def styles(root: Element) -> list[Style]:
    """The cell formats in order; what cannot be read of them is plain."""
    fonts = [_font(font) for font in children(root, "fonts", "font")]
    fills = [_fill(fill) for fill in children(root, "fills", "fill")]
    codes = {
        _int(item.get("numFmtId")): item.get("formatCode")
        for item in children(root, "numFmts", "numFmt")
    }
    return [_style(xf, fonts, fills, codes) for xf in children(root, "cellXfs", "xf")]


def _style(
    xf: Element,
    fonts: Sequence[tuple[bool, float]],
    fills: Sequence[str | None],
    codes: Mapping[int, str | None],
) -> Style:
    font, fill = _int(xf.get("fontId")), _int(xf.get("fillId"))
    number = _int(xf.get("numFmtId"))
    bold, size = fonts[font] if font < len(fonts) else (False, _PLAIN.size)
    protection = child(xf, "protection")
    return Style(
        bold=bold,
        size=size,
        fill=fills[fill] if fill < len(fills) else None,
        locked=protection is None or protection.get("locked") in (None, "1", "true"),
        format=NumberFormat(number, codes.get(number)),
    )


def _font(font: Element) -> tuple[bool, float]:
    bold, size = child(font, "b"), child(font, "sz")
    return (
        bold is not None and truth(bold.get("val", "1")),
        _float(size.get("val")) if size is not None else _PLAIN.size,
    )


def _fill(fill: Element) -> str | None:
    pattern = child(fill, "patternFill")
    if pattern is None or pattern.get("patternType") in (None, "none"):
        return None
    colour = child(pattern, "fgColor")
    if colour is None:
        return pattern.get("patternType")
    keys = ("rgb", "theme", "indexed", "tint")
    return " ".join(f"{key}={colour.get(key)}" for key in keys if colour.get(key))


def _int(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) <= 9 else 0


def _float(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 0.0


def list_object(root: Element, sheet: str) -> ListObject | None:
    """An Excel table's part (CT_Table): its data rows, without header and totals."""
    try:
        area = split_area(root.get("ref", ""))
    except ValueError:
        return None
    top = area.top + _int(root.get("headerRowCount", "1"))
    bottom = area.bottom - _int(root.get("totalsRowCount"))
    names = (column.get("name", "") for column in children(root, "tableColumns", "tableColumn"))
    return ListObject(sheet, Area(top, area.left, bottom, area.right), tuple(names))


# --- a sheet -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Around:
    """What a sheet needs of its workbook. `number` shows a stored number in its format as text."""

    shared: Sequence[str]
    looks: Sequence[Style]
    number: Number
    limits: Limits
    tally: Counter[str] = field(default_factory=Counter)

    def count(self, text: str) -> None:
        """Another cell of the workbook. Raises LimitError where there are too many."""
        self.limits.check("cell_text", len(text))
        self.tally["cells"] += 1
        self.tally["characters"] += len(text)
        for name, number in self.tally.items():
            self.limits.check(name, number)


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is being read."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    blanks: dict[tuple[int, int], Style] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_styles: list[tuple[int, int, Style]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    protected: bool = False
    row: int = 0
    text_row: int = 0
    ranges: int = 0
    merged_rows: int = 0


def sheet(source: IO[bytes], name: str, hidden: bool, around: Around) -> Grid:
    """One worksheet part. Raises ValueError where it is damaged, LimitError beyond a limit."""
    found = _Sheet()
    tags = ("row", "col", "mergeCell", "dataValidation", "sheetProtection")
    for tag, element in parse(source, *tags):
        if tag == "row":
            _row(found, element, around)
        elif tag == "col":
            _column(found, element, around.looks)
        elif tag == "mergeCell":
            _merged(found, element, around.limits)
        elif tag == "dataValidation":
            found.validations.append(_validation(element))
            found.ranges += len(found.validations[-1].ranges)
            around.limits.check("ranges", found.ranges)
        else:
            found.protected = truth(element.get("sheet"))
    return Grid(
        name=name,
        cells=found.cells,
        blanks=found.blanks,
        merges=tuple(found.merges),
        validations=tuple(found.validations),
        hidden=hidden,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=tuple(found.hidden_columns),
        column_styles=tuple(found.column_styles),
        protected=found.protected,
    )


def _merged(found: _Sheet, element: Element, limits: Limits) -> None:
    for area in _areas(element.get("ref", "")):
        found.merges.append(area)
        found.merged_rows += min(area.bottom - area.top + 1, TALLEST)
    limits.check("ranges", len(found.merges))
    limits.check("merged_rows", found.merged_rows)


def _row(found: _Sheet, element: Element, around: Around) -> None:
    row = _int(element.get("r")) or found.row + 1
    if row > MAX_ROW:
        raise ValueError(f"it has a row {row}")
    found.row = row
    column = blanks = 0
    for item in element:
        name = item.get("r")
        column = split_cell(name)[1] if name else column + 1
        if column > MAX_COLUMN:
            raise ValueError(f"row {row} has a column {column}")
        style = _look(around.looks, item.get("s"))
        cell = _cell(item, style, around)
        if cell is not None:
            found.cells[row, column] = cell
            found.text_row = row
        elif blanks < _STYLED_BLANKS_PER_ROW and _matters(found, row, style):
            found.blanks[row, column] = style
            blanks += 1
    if truth(element.get("hidden")) and (len(element) or found.text_row):
        found.hidden_rows.add(row)


def _matters(found: _Sheet, row: int, style: Style) -> bool:
    """Blank cells tell something near text only; of some files they are most of the sheet."""
    near = row - found.text_row <= _ROWS_KEPT_BELOW_TEXT
    return near and style is not _PLAIN and len(found.blanks) < _STYLED_BLANKS


def _look(looks: Sequence[Style], index: str | None) -> Style:
    number = _int(index)
    return looks[number] if number < len(looks) else _PLAIN


def _cell(item: Element, style: Style, around: Around) -> Cell | None:
    kind = item.get("t", "n")
    value = formula = None
    for part in item:
        tag = local(part)
        if tag == "v":
            value = part.text
        elif tag == "f":
            formula = part
        elif tag == "is":
            value = _characters(part)
    if value is None and formula is None:
        return None
    text = _text(kind, value or "", style, around)
    around.count(text)
    number, calculated = kind == "n", formula is not None
    return Cell(
        text, style, number and bool(value), calculated, number and not value and calculated
    )


def _text(kind: str, value: str, style: Style, around: Around) -> str:
    if kind == "s":
        index = _int(value)
        return around.shared[index] if index < len(around.shared) else ""
    if kind == "b":
        return "TRUE" if truth(value) else "FALSE"
    if kind == "e":  # #REF! and its like: nobody wrote that
        return ""
    if kind == "n":
        return around.number(value, style.format)
    return _unescape(value) if kind == "str" else value


def _column(found: _Sheet, element: Element, looks: Sequence[Style]) -> None:
    first, last = _int(element.get("min")), _int(element.get("max"))
    if truth(element.get("hidden")) or element.get("width") == "0":
        found.hidden_columns.append((first, last))
    if element.get("style"):
        found.column_styles.append((first, last, _look(looks, element.get("style"))))


def _validation(element: Element) -> Validation:
    """Both forms: attributes and formula1, or (x14) elements that hold xm:f and xm:sqref."""
    references = element.get("sqref") or _inner(element, "sqref")
    return Validation(
        element.get("type", "none"),
        _formula(element, "formula1"),
        _formula(element, "formula2"),
        tuple(_areas(references)),
    )


def _areas(references: str) -> Iterator[Area]:
    """The ranges of a sqref, those that name no cells left out."""
    for reference in references.split():
        with suppress(ValueError):
            yield split_area(reference)


def _formula(element: Element, name: str) -> str:
    holder = child(element, name)
    if holder is None:
        return ""
    return (_inner(holder, "f") or holder.text or "").strip()


def _inner(element: Element, name: str) -> str:
    found = child(element, name)
    return "" if found is None else found.text or ""
