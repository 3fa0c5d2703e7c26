"""A customer's file as grids: the one place that opens it for reading.

The parts are read by `sheetxml`; openpyxl, which knows Excel's rules of number formats and serial
dates, is imported nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from lxml import etree

from trustanswer.errors import WorkbookError
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.workbook import sheetxml
from trustanswer.workbook.cells import Book, Cell, Grid, ListObject, NumberFormat, Style
from trustanswer.workbook.delimited import read_records, unclosed
from trustanswer.workbook.package import FileKind, Package, kind_of, open_package


def read_book(path: Path, limits: Limits = LIMITS) -> Book:
    """All sheets of a workbook in order, hidden ones included; a CSV file as one sheet without
    a name. WorkbookError, one line, for a file that is neither, is damaged or beyond a limit.
    """
    if kind_of(path, limits) is FileKind.DELIMITED:
        return Book(path.name, (_grid_of_records(_records(path, limits)),))
    with open_package(path, limits) as package:
        try:
            return _book(path.name, package)
        except LimitError as error:
            raise WorkbookError(f"{path.name} {error}") from None
        except (etree.XMLSyntaxError, ValueError) as error:
            raise WorkbookError(
                f"{path.name} is damaged ({' '.join(str(error).split())}); "
                "open it in a spreadsheet program, save it again and try once more"
            ) from error


def _records(path: Path, limits: Limits) -> Sequence[Sequence[str]]:
    found = read_records(path, limits)
    if (number := unclosed(found)) is not None:
        raise WorkbookError(
            f"{path.name}: record {number} opens a quotation mark that nothing closes; "
            "close it, or save the file as .xlsx"
        )
    return found.records


def _grid_of_records(records: Sequence[Sequence[str]]) -> Grid:
    """Record and field numbers are rows and columns."""
    plain = Style()
    cells = {
        (row, column): Cell(text, plain)
        for row, record in enumerate(records, 1)
        for column, text in enumerate(record, 1)
        if text
    }
    return Grid(None, cells)


def _book(name: str, package: Package) -> Book:
    root = package.parse(package.workbook)
    number = _number(_epoch_1904(root))
    around = sheetxml.Around(_shared_strings(package), _styles(package), number, package.limits)
    grids: list[Grid] = []
    for sheet in package.sheets:
        if sheet.grid:
            source, hidden = BytesIO(package.read(sheet.part)), sheet.state != "visible"
            grids.append(sheetxml.sheet(source, sheet.name, hidden, around))
    names, local_names = _defined_names(root, [sheet.name for sheet in package.sheets])
    return Book(name, tuple(grids), names, local_names, _tables(package))


def _tables(package: Package) -> dict[str, ListObject]:
    found = {}
    for sheet in package.sheets:
        for relation in package.relations(sheet.part):
            if relation.type == "table" and package.has(relation.target):
                root = package.parse(relation.target)
                table = sheetxml.list_object(root, sheet.name)
                if table is not None:
                    found[root.get("displayName", "").casefold()] = table
    return found


def _shared_strings(package: Package) -> Sequence[str]:
    part = package.related("sharedStrings")
    if part is None:
        return ()
    return sheetxml.strings(BytesIO(package.read(part)), package.limits)


# The built-in formats of numbers and text; what a code has that stands for itself, a colour, or a
# language; what a date's or a time's code is made of (ECMA-376 part 1, 18.8.30 and 18.8.31).
_NO_DATES = frozenset({*range(14), *range(37, 45), 48, 49})
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_PARTS = re.compile("[dmyhs]", re.IGNORECASE)


def _styles(package: Package) -> Sequence[Style]:
    part = package.related("styles")
    return () if part is None else sheetxml.styles(package.parse(part))


@lru_cache(maxsize=1024)
def _is_date(style: NumberFormat) -> bool:
    """Whether such numbers are shown as dates or times."""
    number, code = style.number, style.code
    if number in _NO_DATES if code is None else not _PARTS.search(_LITERAL.sub("", code)):
        return False  # nearly all cells: not worth loading a library for
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    return is_date_format(code if code is not None else BUILTIN_FORMATS.get(number))


def _epoch_1904(root: etree._Element) -> bool:
    properties = sheetxml.child(root, "workbookPr")
    return properties is not None and sheetxml.truth(properties.get("date1904"))


def _number(epoch_1904: bool) -> sheetxml.Number:
    """How a stored number reads: 3.0 as "3", a date as ISO; text that is no number as it is."""

    def show(stored: str, style: NumberFormat) -> str:
        try:
            value = float(stored)
            found = _moment(value, epoch_1904) if _is_date(style) else None
        except (ValueError, OverflowError):
            return stored
        if found is not None:
            midnight = isinstance(found, datetime) and found.time() == datetime.min.time()
            return str(found.date() if isinstance(found, datetime) and midnight else found)
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

    return show


def _moment(serial: float, epoch_1904: bool) -> object:
    """The date, the time or both that a serial number stands for."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    return from_excel(serial, MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH)


def _defined_names(
    root: etree._Element, titles: Sequence[str]
) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Names of the workbook, and of single sheets, in folded case."""
    names, local_names = {}, {}
    for item in sheetxml.children(root, "definedNames", "definedName"):
        name, formula = item.get("name", "").casefold(), (item.text or "").strip()
        owner = item.get("localSheetId")
        if owner is None:
            names[name] = formula
        elif owner.isdigit() and int(owner) < len(titles):
            local_names[titles[int(owner)], name] = formula
    return names, local_names
