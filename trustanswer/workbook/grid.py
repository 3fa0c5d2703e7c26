"""A customer's file as grids: the one place that opens it for reading.

The parts are read by `sheetxml`; openpyxl, which knows Excel's rules of number formats and serial
dates, is imported nowhere else.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from lxml import etree

from trustanswer.errors import WorkbookError
from trustanswer.workbook import sheetxml
from trustanswer.workbook.cells import Book, Cell, Grid, Style

_DEFAULT_WORKBOOK = "xl/workbook.xml"


def read_book(path: Path) -> Book:
    """All worksheets of a workbook in order, hidden ones included.

    Raises WorkbookError when the file is not a workbook or its XML is broken.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _book(path.name, package)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
        NotImplementedError,
    ) as error:
        raise WorkbookError(
            f"{path} cannot be read as a workbook ({error}); open it in a spreadsheet program, "
            "save it as .xlsx and try again"
        ) from error


def grid_of_records(records: Sequence[Sequence[str]]) -> Grid:
    """A CSV file's records as one grid; record and field numbers are rows and columns."""
    plain = Style()
    cells = {
        (row, column): Cell(text, plain)
        for row, record in enumerate(records, 1)
        for column, text in enumerate(record, 1)
        if text
    }
    return Grid(None, cells)


def _book(name: str, package: zipfile.ZipFile) -> Book:
    workbook = _workbook_part(package)
    related = _relations(package, workbook)
    root = _tree(package, workbook)
    shared, looks = _shared_strings(package, related), _styles(package, related)
    number = _number(_epoch_1904(root))
    sheets, titles = [], []
    for item in sheetxml.children(root, "sheets", "sheet"):
        titles.append(item.get("name", ""))
        kind, part = related.get(_relation(item), ("", ""))
        if kind == "worksheet":
            hidden = item.get("state", "visible") != "visible"
            with package.open(part) as source:
                sheets.append(sheetxml.sheet(source, titles[-1], hidden, shared, looks, number))
    names, local_names = _defined_names(root, titles)
    return Book(name, tuple(sheets), names, local_names)


def _tree(package: zipfile.ZipFile, part: str) -> etree._Element:
    with package.open(part) as source:
        return etree.parse(source, sheetxml.hardened()).getroot()


def _workbook_part(package: zipfile.ZipFile) -> str:
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument":
            return target
    return _DEFAULT_WORKBOOK


def _relations(package: zipfile.ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """Id to (last word of the type, target part) of what `part` ("": the package) relates to."""
    folder, _, name = part.rpartition("/")
    root = _tree(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        item.get("Id", ""): (
            item.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
        )
        for item in root
        if item.get("TargetMode") != "External"
    }


def _relation(item: etree._Element) -> str:
    """The r:id of a sheet, whichever of its two namespaces the file uses."""
    return next((str(v) for k, v in item.attrib.items() if str(k).endswith("}id")), "")


def _related_part(related: Mapping[str, tuple[str, str]], kind: str) -> str | None:
    return next((target for found, target in related.values() if found == kind), None)


def _shared_strings(
    package: zipfile.ZipFile, related: Mapping[str, tuple[str, str]]
) -> Sequence[str]:
    part = _related_part(related, "sharedStrings")
    if part is None:
        return ()
    with package.open(part) as source:
        return sheetxml.strings(source)


def _styles(package: zipfile.ZipFile, related: Mapping[str, tuple[str, str]]) -> Sequence[Style]:
    part = _related_part(related, "styles")
    if part is None:
        return ()
    with package.open(part) as source:
        return sheetxml.styles(source, _is_date)


def _is_date(number_format: int, code: str | None) -> bool:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    return is_date_format(code if code is not None else BUILTIN_FORMATS.get(number_format))


def _epoch_1904(root: etree._Element) -> bool:
    properties = sheetxml.child(root, "workbookPr")
    return properties is not None and sheetxml.truth(properties.get("date1904"))


def _number(epoch_1904: bool) -> Callable[[str, bool], str]:
    """How a stored number reads: 3.0 as "3", a date as ISO; text that is no number as it is."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH

    def show(stored: str, is_date: bool) -> str:
        try:
            value = float(stored)
            found = from_excel(value, epoch) if is_date else None
        except (ValueError, OverflowError):
            return stored
        if found is not None:
            midnight = isinstance(found, datetime) and found.time() == datetime.min.time()
            return str(found.date() if isinstance(found, datetime) and midnight else found)
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

    return show


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
