"""The parts that hold a workbook together, edited in place: its sheets, types and relationships.

Schema: ECMA-376 part 1, 18.2.27 (workbook); part 2, 9.3 (relationships) and 10.1 (types).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trustanswer.errors import WorkbookError
from trustanswer.workbook import tokens, xml

# What may stand before calcPr in a workbook.
_BEFORE_CALCULATION = (b"sheets", b"functionGroups", b"externalReferences", b"definedNames")
_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def recalculating(workbook: bytes) -> bytes:
    """workbook.xml, telling the application to calculate all formulas when it opens the file."""
    book = tokens.root(workbook)
    calculation = tokens.child(workbook, book, b"calcPr")
    if calculation is not None:
        tag = workbook[calculation.start : calculation.inner]
        tag = tokens.with_attributes(tag, {b"fullCalcOnLoad": "1"})
        return workbook[: calculation.start] + tag + workbook[calculation.inner :]
    before = tokens.children(workbook, book.inner, book.inner_end)
    place = max(part.end for part in before if part.local in _BEFORE_CALCULATION)
    return workbook[:place] + b'<%bcalcPr fullCalcOnLoad="1"/>' % book.prefix + workbook[place:]


def with_sheet(workbook: bytes, name: str, relation: str) -> bytes:
    """workbook.xml with one more sheet at the end, known by a relationship's id."""
    sheets = tokens.child(workbook, tokens.root(workbook), b"sheets")
    if sheets is None:
        raise WorkbookError("the workbook is damaged (it has no sheets); ask for the file again")
    tree = xml.parse(workbook, "workbook.xml")
    identifiers = [int(xml.number(e, "sheetId", 0)) for e in tree.iterfind("{*}sheets/{*}sheet")]
    strict = str(tree.tag).startswith(f"{{{xml.STRICT_MAIN}}}")
    entry = b'<%bsheet xmlns:ev="%b" name="%b" sheetId="%d" ev:id="%b"/>' % (
        sheets.prefix,
        (xml.STRICT_RELATIONS if strict else xml.RELATIONS).encode(),
        tokens.escaped(name),
        max(identifiers, default=0) + 1,
        relation.encode(),
    )
    return workbook[: sheets.inner_end] + entry + workbook[sheets.inner_end :]


def with_worksheet_type(types: bytes, part: str) -> bytes:
    """[Content_Types].xml naming one more worksheet."""
    place = tokens.root(types)
    entry = b'<%bOverride PartName="/%b" ContentType="%b"/>' % (
        place.prefix,
        part.encode(),
        _WORKSHEET_TYPE.encode(),
    )
    return types[: place.inner_end] + entry + types[place.inner_end :]


def with_worksheet_relation(relations: bytes, identifier: str, part: str, *, strict: bool) -> bytes:
    """A workbook's relationships with one more worksheet."""
    base = xml.STRICT_RELATIONS if strict else xml.RELATIONS
    place = tokens.root(relations)
    entry = b'<%bRelationship Id="%b" Type="%b/worksheet" Target="/%b"/>' % (
        place.prefix,
        identifier.encode(),
        base.encode(),
        part.encode(),
    )
    return relations[: place.inner_end] + entry + relations[place.inner_end :]


def without(data: bytes, attribute: bytes, pattern: str) -> bytes:
    """A list of types or relationships without the entries whose attribute matches."""
    place = tokens.root(data)
    for entry in reversed(list(tokens.children(data, place.inner, place.inner_end))):
        value = tokens.attribute(data[entry.start : entry.inner], attribute) or ""
        if re.fullmatch(pattern, value):
            data = data[: entry.start] + data[entry.end :]
    return data


def unused(taken: Iterable[str], first: str, pattern: str) -> str:
    """`first` if it is not taken, else the first of `pattern` (with a {} for 2, 3, ...) that is
    not. Case makes no difference, as in a workbook.
    """
    used = {name.lower() for name in taken}
    candidate, number = first, 2
    while candidate.lower() in used:
        candidate = pattern.format(number)
        number += 1
    return candidate
