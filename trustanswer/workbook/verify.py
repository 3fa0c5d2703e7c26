"""A filled workbook held against the one that came in: only the answers may differ.

This reads both files with an XML parser and knows nothing of how the answers were put in.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from trustanswer.errors import OutputError
from trustanswer.limits import LIMITS, Limits
from trustanswer.model import CellWrite
from trustanswer.workbook import tokens, xml
from trustanswer.workbook.package import Package, open_package, relations_part
from trustanswer.workbook.refs import column_number, split_cell

_TYPES = "[Content_Types].xml"
_OF_THE_ROW = ("spans", "ht", "customHeight")  # follow from what the row holds
_OF_THE_TEXT = ("applyAlignment", "quotePrefix", "wrapText")

Cell = tuple[int, int]


def verify(
    source: Path,
    result: Path,
    written: Sequence[CellWrite],
    *,
    evidence: bool,
    limits: Limits = LIMITS,
) -> None:
    """OutputError unless `result` is `source` with these cells written, and nothing else new:

    - every part is there, in its place and the same to the byte, but for those below; only the
      calculation chain may go, and only a worksheet be added (`evidence`), at the end;
    - a worksheet differs in the written cells and in the height and spans of their rows; each
      written cell says what was written, as text or number, in a style that differs from its
      former one in wrapping alone;
    - styles are added at the end; workbook.xml differs in calcPr and the added sheet; types and
      relationships gain the added sheet and lose the calculation chain.
    """
    with open_package(source, limits) as before, open_package(result, limits) as after:
        fault = next(_faults(before, after, written, evidence=evidence), None)
    if fault is not None:
        raise OutputError(f"the filled workbook would not be the original ({fault}); not written")


def _faults(
    before: Package, after: Package, written: Sequence[CellWrite], *, evidence: bool
) -> Iterator[str]:
    yield from _entry_faults(before, after, evidence=evidence)
    cells: dict[str, dict[Cell, CellWrite]] = defaultdict(dict)
    parts = {sheet.name: sheet.part for sheet in before.sheets}
    for write in written:
        cells[parts[write.sheet or ""]][split_cell(write.cell)] = write
    styles = _formats(after)
    for part in (name for name in before.names if after.has(name)):
        old, new = before.read(part), after.read(part)
        if part in cells:
            yield from (
                f"{part}: {fault}" for fault in _sheet_faults(old, new, cells[part], styles)
            )
        elif old != new:
            yield from _other_faults(part, before, old, new)


def _entry_faults(before: Package, after: Package, *, evidence: bool) -> Iterator[str]:
    old, new = before.archive.infolist(), after.archive.infolist()
    if len(old) > len(new):
        lost = set(before.names) - set(after.names)
        chain = before.related("calcChain")
        if lost != {chain}:
            yield f"parts are gone: {sorted(lost)[0]}"
        old = [entry for entry in old if entry.filename != chain]
    allowed = 1 if evidence else 0
    if len(new) - len(old) != allowed:
        yield "parts were added"
    if [_header(entry) for entry in old] != [_header(entry) for entry in new[: len(old)]]:
        yield "entries changed their names, order, dates or methods"


def _header(entry: zipfile.ZipInfo) -> tuple[object, ...]:
    attributes = (entry.external_attr, entry.internal_attr, entry.create_system, entry.comment)
    return (entry.filename, entry.date_time, entry.compress_type, *attributes)


def _other_faults(part: str, before: Package, old: bytes, new: bytes) -> Iterator[str]:
    """Faults of a changed part that holds no written cell."""
    was, now = xml.parse(old, part), xml.parse(new, part)
    if part == before.workbook:
        same = _workbook_without(was) == _workbook_without(now, sheets=len(before.sheets))
    elif part == before.related("styles"):
        same = _styles_grew(was, now)
    elif part in (_TYPES, relations_part(before.workbook)):
        same = _list_grew(was, now)
    else:
        same = False
    if not same:
        yield f"{part} changed"


def _workbook_without(root: etree._Element, sheets: int | None = None) -> bytes:
    for element in [*root.iterfind("{*}calcPr"), *root.findall("{*}sheets/{*}sheet")[sheets:]]:
        if sheets is not None or xml.local(element) == "calcPr":
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    return etree.tostring(root)


def _styles_grew(was: etree._Element, now: etree._Element) -> bool:
    """All as before, but for formats at the end of cellXfs."""
    old, new = was.find("{*}cellXfs"), now.find("{*}cellXfs")
    if old is None or new is None:
        return False
    for added in list(new)[len(old) :]:
        new.remove(added)
    if "count" in old.attrib:
        new.set("count", old.attrib["count"])
    return etree.tostring(was) == etree.tostring(now)


def _list_grew(was: etree._Element, now: etree._Element) -> bool:
    """A list of types or relationships lost nothing but the calculation chain."""
    old = [dict(entry.attrib) for entry in was]
    new = [dict(entry.attrib) for entry in now]
    lost = [entry for entry in old if entry not in new]
    gained = [entry for entry in new if entry not in old]
    return all("calcChain" in str(entry) for entry in lost) and all(
        "worksheet" in str(entry) for entry in gained
    )


# --- worksheets ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a cell shows, and in which style. `value` is None for a formula."""

    style: str | None
    value: str | float | None


@dataclass(slots=True)
class _Masked:
    """A worksheet without the cells that may differ: `rest` is a digest of everything else."""

    cells: dict[Cell, _Shown] = field(default_factory=dict)
    row_styles: dict[int, str] = field(default_factory=dict)
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    rest: bytes = b""
    ordered: bool = True

    def style(self, cell: Cell) -> str | None:
        """The style a cell has, or would have if it were there: its row's, else its column's."""
        if cell in self.cells:
            return self.cells[cell].style
        of_columns = (style for first, last, style in self.columns if first <= cell[1] <= last)
        return self.row_styles.get(cell[0]) or next(of_columns, None)


def _sheet_faults(
    old: bytes, new: bytes, writes: Mapping[Cell, CellWrite], formats: list[str]
) -> Iterator[str]:
    was, now = _masked(old, writes), _masked(new, writes)
    if was.rest != now.rest:
        yield "something beside the answers changed"
    if was.ordered and not now.ordered:
        yield "rows or cells stand out of order"
    for cell, write in writes.items():
        shown = now.cells.get(cell, _Shown(None, None))
        if shown.value != _expected(write.value):
            yield f"{write.cell} does not say what was written"
        if not _is_kin(formats, was.style(cell), shown.style):
            yield f"{write.cell} changed its style"


def _masked(data: bytes, writes: Iterable[Cell]) -> _Masked:
    masked, rest = _Masked(), hashlib.sha256()
    targets: dict[int, set[int]] = defaultdict(set)
    for row, column in writes:
        targets[row].add(column)
    number = 0
    for element in xml.elements(data, "a worksheet", "row"):
        if not str(element.tag).endswith("}row"):
            rest.update(_around(element, masked))
            break
        former, number = number, int(xml.number(element, "r", number + 1))
        masked.ordered &= former < number
        if number not in targets or _take_cells(element, number, targets[number], masked):
            rest.update(etree.tostring(element, with_tail=False))
    masked.rest = rest.digest()
    return masked


def _around(root: etree._Element, masked: _Masked) -> bytes:
    """What stands around the rows; the used range follows from the cells."""
    for column in root.iterfind("{*}cols/{*}col"):
        first, last = (int(xml.number(column, name, 1)) for name in ("min", "max"))
        masked.columns.append((first, last, column.get("style", "0")))
    for dimension in root.findall("{*}dimension"):
        root.remove(dimension)
    return etree.tostring(root)


def _take_cells(row: etree._Element, number: int, columns: set[int], masked: _Masked) -> bool:
    """Move the cells from the row to `masked`; whether the row says anything without them."""
    column = 0
    if row.get("customFormat") in ("1", "true"):
        masked.row_styles[number] = row.get("s", "0")
    for cell in list(row.iterchildren("{*}c")):
        name = cell.get("r")
        former = column
        column = column_number(name.rstrip("0123456789")) if name else column + 1
        masked.ordered &= former < column
        if column in columns and (number, column) not in masked.cells:
            masked.cells[number, column] = _shown(cell)
            _remove(row, cell)
    for attribute in _OF_THE_ROW:
        row.attrib.pop(attribute, "")
    return len(row) > 0 or set(row.attrib) != {"r"}


def _remove(row: etree._Element, cell: etree._Element) -> None:
    """Take a cell out, and leave the white space behind it where it is."""
    space, before = cell.tail or "", cell.getprevious()
    row.remove(cell)
    if space and before is not None:
        before.tail = (before.tail or "") + space
    elif space:
        row.text = (row.text or "") + space


def _shown(cell: etree._Element) -> _Shown:
    value: str | float | None = None
    kind = cell.get("t", "n")
    number = cell.findtext("{*}v")
    if cell.find("{*}f") is None and kind == "inlineStr":
        text = "".join(text.text or "" for text in cell.iterfind("{*}is/{*}t"))
        value = re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
    elif cell.find("{*}f") is None and kind == "n" and number:
        with suppress(ValueError):
            value = float(number)
    return _Shown(cell.get("s"), value)


def _expected(value: str | float) -> str | float:
    return tokens.clean_text(value) if isinstance(value, str) else float(value)


def _formats(package: Package) -> list[str]:
    """Every cell format but for what wraps its text."""
    part = package.related("styles")
    if part is None:
        return []
    return [_bare(format_) for format_ in package.parse(part).iterfind("{*}cellXfs/{*}xf")]


def _bare(format_: etree._Element) -> str:
    described = []
    for element in format_.iter("{*}*"):
        attributes = {k: v for k, v in element.attrib.items() if k not in _OF_THE_TEXT}
        if attributes or xml.local(element) != "alignment":
            described.append((element.tag, sorted(attributes.items()), element.text))
    return repr(described)


def _is_kin(formats: list[str], old: str | None, new: str | None) -> bool:
    if old == new:
        return True
    first, second = int(old or 0), int(new or 0)
    return max(first, second) < len(formats) and formats[first] == formats[second]
