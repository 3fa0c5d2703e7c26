"""Workbooks made for tests: with XlsxWriter, or part by part where the XML is to be odd."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"

FEATURES = (
    "merges",
    "validations",
    "conditional formats",
    "protection",
    "formulas",
    "comments",
    "image",
    "rich text",
    "hidden",
    "table",
    "heights",
    "styles",
)
QUESTIONS = 12  # rows 3.. of the sheet "Questions": question in B, answer in C, comment in D


def make_book(path: Path, features: Collection[str] = FEATURES) -> Path:
    """A questionnaire with these features; answers and comments are blank, rows 20.. missing."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Questions")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(1, 0, ["Ref", "Question", "Answer", "Comment"])
        sheet.set_column("B:B", 40, wrap)
        sheet.set_column("C:D", 20, book.add_format({"bg_color": "#FFFFDD", "locked": False}))
        for number in range(QUESTIONS):
            sheet.write(2 + number, 0, f"Q{number + 1}")
            sheet.write(2 + number, 1, f"Do you keep promise {number + 1}?", wrap)
        for feature in sorted(features):
            _ADDERS[feature](book, sheet)
        book.add_worksheet("Second").write("A1", "Untouched")
    return path


def _merges(book: Any, sheet: Any) -> None:
    sheet.merge_range("A1:D1", "Title", book.add_format({"bold": True}))
    sheet.merge_range("C5:D5", "", book.add_format({"border": 1}))
    sheet.merge_range("C8:D9", "", book.add_format({"border": 2}))


def _validations(_: Any, sheet: Any) -> None:
    sheet.data_validation("C3:C1048576", {"validate": "list", "source": ["Yes", "No", "N/A"]})
    sheet.data_validation("D3:D14", {"validate": "length", "criteria": "<", "value": 2000})


def _conditional_formats(book: Any, sheet: Any) -> None:
    rule = {"type": "cell", "criteria": "==", "value": '"No"', "format": book.add_format()}
    sheet.conditional_format("C3:C14", rule)
    sheet.conditional_format("D3:D14", {"type": "data_bar", "data_bar_2010": True})


def _protection(_: Any, sheet: Any) -> None:
    sheet.protect("secret", {"format_columns": True})


def _formulas(_: Any, sheet: Any) -> None:
    sheet.write_formula("E3", '=COUNTIF(C3:C14,"Yes")', None, 0)
    sheet.write_formula("E4", "=UPPER(B4)", None, "DO YOU KEEP PROMISE 2?")
    sheet.write_array_formula("F3:F5", "{=LEN(B3:B5)}", None, 21)


def _comments(_: Any, sheet: Any) -> None:
    sheet.write_comment("C3", "Choose from the list")
    sheet.write_comment("B4", "Think twice", {"visible": True})


def _image(_: Any, sheet: Any) -> None:
    sheet.insert_image("H2", "logo.png", {"image_data": BytesIO(png())})


def _rich_text(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("B6", "Do you ", bold, "really", " keep it?")


def _hidden(book: Any, sheet: Any) -> None:
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_column("G:G", 10, None, {"hidden": True})
    book.add_worksheet("Lists").hide()
    book.add_worksheet("Deep").very_hidden()


def _table(_: Any, sheet: Any) -> None:
    columns = [{"header": "Name"}, {"header": "Mail"}]
    sheet.add_table("J2:K6", {"columns": columns, "name": "Contacts"})


def _heights(_: Any, sheet: Any) -> None:
    sheet.set_row(9, 15.75)
    sheet.set_row(10, 120)


def _styles(book: Any, sheet: Any) -> None:
    for row, look in enumerate(({"font_color": "red"}, {"shrink": True}, {"rotation": 45})):
        sheet.write_blank(11 + row, 2, None, book.add_format(look))


_ADDERS = {
    "merges": _merges,
    "validations": _validations,
    "conditional formats": _conditional_formats,
    "protection": _protection,
    "formulas": _formulas,
    "comments": _comments,
    "image": _image,
    "rich text": _rich_text,
    "hidden": _hidden,
    "table": _table,
    "heights": _heights,
    "styles": _styles,
}


def png() -> bytes:
    """A picture of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\x00\x80")
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


# --- by hand -------------------------------------------------------------------------------------


def parts_of(
    sheet: str | bytes,
    *,
    main: str = MAIN,
    relations: str = RELATIONS,
    target: str = "worksheets/sheet1.xml",
    book_tail: str = "",
) -> dict[str, bytes]:
    """The parts of a workbook with the one sheet "S", whose part is `sheet` to the byte."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{office}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{office}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        f'<sheet name="S" sheetId="1" r:id="rId1"/></sheets>{book_tail}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="{target}"/>'
        f'<Relationship Id="rId2" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/>'
        '<name val="Calibri"/></font></fonts><fills count="1"><fill>'
        '<patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0">'
        '<alignment horizontal="left"/><protection locked="0"/></xf></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>",
    }
    data = {name: text.encode() for name, text in texts.items()}
    data["xl/worksheets/sheet1.xml"] = sheet if isinstance(sheet, bytes) else sheet.encode()
    return data


def write_package(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 2, 11, 12, 30, 0)), data, 8)
    return path


def read_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
