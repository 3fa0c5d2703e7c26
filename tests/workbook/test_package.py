"""What a file is, told from its content; one clear line for what cannot be used."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from tests.workbook.books import (
    STRICT,
    STRICT_RELATIONS,
    make_book,
    parts_of,
    write_package,
)
from trustanswer.errors import WorkbookError
from trustanswer.limits import Limits
from trustanswer.workbook.package import FileKind, Sheet, kind_of, open_package

EMPTY_SHEET = "<worksheet><sheetData/></worksheet>"


def ole2(*streams: str) -> bytes:
    """A file in the old container with a directory that names these streams."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    for name in streams:
        raw = name.encode("utf-16-le")
        data += raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, 2) + bytes(61)
    return data.ljust(2048, b"\0")


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookError) as error:
        kind_of(path)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "absent.xlsx")


def test_a_folder_is_no_questionnaire(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"\xef\xbb\xbf%PDF-1.7\n...", "is a PDF"),
        (ole2("Workbook"), "old .xls format"),
        (ole2("Book"), "old .xls format"),
        (ole2("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (ole2("WordDocument"), "old Office file"),
        (b"<html><table><tr><td>Q?</td></tr></table></html>", "web page or XML"),
        (b'<?xml version="1.0"?><Workbook/>', "web page or XML"),
        (b"{\\rtf1 Q?}", "text document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no spreadsheet"),
        (b"PK\x03\x04" + b"cut off", "damaged or incomplete"),
        (b"PK\x05\x06" + bytes(18), "no spreadsheet"),
    ],
)
def test_other_formats_get_a_line_that_says_what_they_are(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "questionnaire.xlsx"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    path = make_book(tmp_path / "book.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert "damaged or incomplete" in refusal(path)


@pytest.mark.parametrize(
    ("mimetype", "said"),
    [
        (b"application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        (b"application/vnd.oasis.opendocument.text", "OpenDocument"),
        (b"application/zip", "zip archive"),
    ],
)
def test_zip_archives_that_are_no_workbooks_are_told_apart(
    tmp_path: Path, mimetype: bytes, said: str
) -> None:
    path = write_package(tmp_path / "questionnaire.xlsx", {"mimetype": mimetype})
    assert said in refusal(path)


@pytest.mark.parametrize(
    ("root", "said"),
    [
        (b'<w:document xmlns:w="urn:w"/>', "Word document"),
        (b'<p:presentation xmlns:p="urn:p"/>', "presentation"),
        (b'<workbook xmlns="urn:none"/>', "no workbook"),
        (b"<workbook", "no valid XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>', "document type"),
    ],
)
def test_a_package_that_opens_with_something_else_is_refused(
    tmp_path: Path, root: bytes, said: str
) -> None:
    parts = parts_of(EMPTY_SHEET) | {"xl/workbook.xml": root}
    assert said in refusal(write_package(tmp_path / "questionnaire.xlsx", parts))


def test_a_signed_workbook_is_refused_before_anything_is_drafted(tmp_path: Path) -> None:
    parts = parts_of(EMPTY_SHEET) | {"_xmlsignatures/sig1.xml": b"<Signature/>"}
    assert "digitally signed" in refusal(write_package(tmp_path / "book.xlsx", parts))


def test_a_binary_workbook_is_refused(tmp_path: Path) -> None:
    parts = parts_of(EMPTY_SHEET)
    rels = parts["_rels/.rels"].replace(b"workbook.xml", b"workbook.bin")
    parts |= {"_rels/.rels": rels, "xl/workbook.bin": b"\x00"}
    assert ".xlsb" in refusal(write_package(tmp_path / "book.xlsb", parts))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\sheet.xml", "C:evil"])
def test_entries_that_point_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    parts = parts_of(EMPTY_SHEET) | {name: b"x"}
    assert "no workbook has" in refusal(write_package(tmp_path / "book.xlsx", parts))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write_package(tmp_path / "book.xlsx", parts_of(EMPTY_SHEET))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "no workbook has" in refusal(path)


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(entries=3),
        Limits(unpacked_bytes=1000),
        Limits(part_bytes=100),
        Limits(ratio=20),
    ],
)
def test_limits_hold_before_anything_is_parsed(tmp_path: Path, limits: Limits) -> None:
    parts = parts_of(EMPTY_SHEET) | {"xl/bomb.xml": bytes(2 * 2**20)}
    path = write_package(tmp_path / "book.xlsx", parts)
    with pytest.raises(WorkbookError):
        kind_of(path, limits)


def test_a_picture_of_one_colour_is_no_attack(tmp_path: Path) -> None:
    parts = parts_of(EMPTY_SHEET) | {"xl/media/white.bmp": bytes(2 * 2**20)}
    assert kind_of(write_package(tmp_path / "book.xlsx", parts)) is FileKind.WORKBOOK


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    assert kind_of(make_book(tmp_path / "book.csv")) is FileKind.WORKBOOK


@pytest.mark.parametrize(
    "content", [b"Q;A\nWho?;\n", "Q\tA\n".encode("utf-16"), "Wer prüft?,".encode("cp1252")]
)
def test_text_is_a_delimited_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "questions.xlsx"
    path.write_bytes(content)
    assert kind_of(path) is FileKind.DELIMITED


def test_sheets_are_found_with_their_parts_and_states(tmp_path: Path) -> None:
    with open_package(make_book(tmp_path / "book.xlsx")) as package:
        assert package.sheets == (
            Sheet("Questions", "xl/worksheets/sheet1.xml"),
            Sheet("Lists", "xl/worksheets/sheet2.xml", "hidden"),
            Sheet("Deep", "xl/worksheets/sheet3.xml", "veryHidden"),
            Sheet("Second", "xl/worksheets/sheet4.xml"),
        )
        assert package.related("styles") == "xl/styles.xml"


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"])
def test_strict_workbooks_and_absolute_targets_are_read_alike(tmp_path: Path, target: str) -> None:
    strict = parts_of(EMPTY_SHEET, main=STRICT, relations=STRICT_RELATIONS, target=target)
    with open_package(write_package(tmp_path / "book.xlsx", strict)) as package:
        assert package.sheets == (Sheet("S", "xl/worksheets/sheet1.xml"),)


def test_a_part_whose_bytes_are_damaged_is_named(tmp_path: Path) -> None:
    path = make_book(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/styles.xml")
        place = entry.header_offset + 30 + len(entry.filename) + 20
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)
    with open_package(path) as package, pytest.raises(WorkbookError, match=r"xl/styles\.xml"):
        package.read("xl/styles.xml")
