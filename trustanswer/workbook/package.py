"""What a questionnaire's file is, told from its content, and a workbook's package opened safely.

A package (ECMA-376 part 2) is a zip archive of parts; relationships say which part is the
workbook, and which part each sheet is.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from trustanswer.errors import WorkbookError
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.workbook import xml

_SAVE_AS = "open it in a spreadsheet program and save it as .xlsx"


class FileKind(StrEnum):
    """What a questionnaire's file is: a package (.xlsx, .xlsm) or delimited text (.csv, .tsv)."""

    WORKBOOK = "workbook"
    DELIMITED = "delimited"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab: `part` is its part's name, `state` visible, hidden or veryHidden.

    A tab that is no grid (a chart, an old dialog or macro sheet) has `grid` False.
    """

    name: str
    part: str
    state: str = "visible"
    grid: bool = True


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part; `target` is a part's name, or an address if `external`."""

    id: str
    type: str  # the last word of the type's address: "worksheet", "styles"
    target: str
    external: bool = False


@dataclass(frozen=True)
class Package:
    """An open workbook. Entries are the zip's, in its order."""

    path: Path
    archive: zipfile.ZipFile
    workbook: str
    sheets: tuple[Sheet, ...]
    limits: Limits = LIMITS

    @property
    def names(self) -> list[str]:
        return self.archive.namelist()

    def has(self, part: str) -> bool:
        return part in self.archive.NameToInfo

    def read(self, part: str) -> bytes:
        """The bytes of a part. WorkbookError if it is missing, damaged, or no XML to be parsed."""
        return _read(self.archive, part, self.limits)

    def parse(self, part: str) -> etree._Element:
        return xml.parse(self.read(part), part)

    def relations(self, part: str) -> list[Relation]:
        """Where a part points to; empty if it points nowhere."""
        return _relations(self.archive, part, self.limits)

    def related(self, kind: str) -> str | None:
        """The part that the workbook names as its "styles", "sharedStrings", "calcChain", ..."""
        targets = (r.target for r in self.relations(self.workbook) if r.type == kind)
        return next((target for target in targets if self.has(target)), None)


def kind_of(path: Path, limits: Limits = LIMITS) -> FileKind:
    """What the file is, by its content. WorkbookError, one line, if it cannot be used."""
    head = _head(path, limits)
    if head.startswith(b"PK\x03\x04"):
        with open_package(path, limits):
            return FileKind.WORKBOOK
    _refuse_other_formats(path, head)
    return FileKind.DELIMITED


@contextmanager
def open_package(path: Path, limits: Limits = LIMITS) -> Iterator[Package]:
    """The workbook in a file, checked before it is parsed. WorkbookError if there is none."""
    head = _head(path, limits)
    if not head.startswith(b"PK\x03\x04"):
        _refuse_other_formats(path, head)
        raise WorkbookError(f"{path.name} is no workbook; {_SAVE_AS}")
    try:
        # The directory is read as a whole when the archive is opened: its entries come first.
        limits.check_directory(path.read_bytes())
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise WorkbookError(
            f"{path.name} is damaged or incomplete; ask for the file again"
        ) from None
    except LimitError as error:
        raise WorkbookError(f"{path.name} {error}") from None
    with archive:
        try:
            _check_entries(path, archive, limits)
            workbook = _workbook_part(path, archive, limits)
            sheets = _sheets(path, archive, workbook, limits)
        except LimitError as error:
            raise WorkbookError(f"{path.name} {error}") from None
        yield Package(path, archive, workbook, sheets, limits)


def _head(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise WorkbookError(f"{path} is a folder; name the questionnaire's file")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise WorkbookError(f"{path}: there is no such file") from None
    except OSError as error:
        raise WorkbookError(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise WorkbookError(f"{path.name} is empty; ask for the file again")
    try:
        limits.check("file_bytes", size)
    except LimitError as error:
        raise WorkbookError(f"{path.name} {error}") from None
    return head


# --- formats that are none of ours ---------------------------------------------------------------

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _refuse_other_formats(path: Path, head: bytes) -> None:
    """Returns only for what can be delimited text."""
    name = path.name
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"%pdf-" in head[:1024].lower():
        raise WorkbookError(
            f"{name} is a PDF; ask for the questionnaire as a spreadsheet and save it as .xlsx"
        )
    if head.startswith(_OLE2):
        raise WorkbookError(_ole2_reason(path))
    if start.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<workbook")):
        raise WorkbookError(f"{name} is a web page or XML, not a workbook; {_SAVE_AS}")
    if start.startswith(b"{\\rtf"):
        raise WorkbookError(f"{name} is a text document, not a spreadsheet; {_SAVE_AS}")
    if not head.startswith(_BOMS) and _BINARY.search(head):
        raise WorkbookError(f"{name} is no spreadsheet that can be read; {_SAVE_AS}")


def _ole2_reason(path: Path) -> str:
    """The old container of Office holds .xls, .doc, .msg and every encrypted new file."""
    streams = _ole2_streams(path.read_bytes())
    if "EncryptedPackage" in streams:
        return f"{path.name} is encrypted; open it with its password and save it without one"
    if streams & {"Workbook", "Book"}:
        return f"{path.name} is in the old .xls format; {_SAVE_AS}"
    return f"{path.name} is an old Office file, not a workbook; {_SAVE_AS}"


def _ole2_streams(data: bytes) -> set[str]:
    """Names of an OLE2 file's streams: directory entries stand at multiples of 128 bytes
    ([MS-CFB] 2.6.1: name of up to 32 UTF-16 characters, its length in bytes, the object's type).
    """
    streams = set()
    for start in range(512, len(data) - 127, 128):
        length = int.from_bytes(data[start + 64 : start + 66], "little")
        if data[start + 66] == 2 and 2 < length <= 64:
            streams.add(data[start : start + length - 2].decode("utf-16-le", "replace"))
    return streams


# --- the archive -------------------------------------------------------------------------------


def _check_entries(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Everything that can be told from the archive's directory, before a part is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    unsafe = next((name for name in names if _is_unsafe(name)), None)
    if unsafe is not None or len(set(names)) != len(names):
        raise WorkbookError(f"{path.name} holds entries no workbook has; ask for the file again")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WorkbookError(f"{path.name} is encrypted; save it without a password and try again")
    size = path.stat().st_size
    if any(entry.header_offset + entry.compress_size > size for entry in entries):
        raise WorkbookError(f"{path.name} is damaged or incomplete; ask for the file again")
    if any(entry.compress_type not in (0, 8) for entry in entries):
        raise WorkbookError(f"{path.name} is compressed in a way Office does not use; {_SAVE_AS}")
    limits.check_sizes(entries)
    if any(name.startswith("_xmlsignatures/") and not name.endswith("/") for name in names):
        raise WorkbookError(
            f"{path.name} is digitally signed and any answer would break the signature; "
            "ask for an unsigned copy"
        )


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _read(archive: zipfile.ZipFile, part: str, limits: Limits) -> bytes:
    """Every part that is looked into comes through here, unpacked and checked."""
    try:
        data = archive.read(part)
    except (KeyError, *_BROKEN):
        raise WorkbookError(
            f"the workbook is damaged ({part} is missing or broken); ask for the file again"
        ) from None
    xml.check(data, part, limits)
    return data


# What zipfile raises for an entry whose header or content is not as the directory says.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
)


# --- from relationships to sheets ----------------------------------------------------------------


def relations_part(part: str) -> str:
    """Where the relationships of a part stand; "" is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(archive: zipfile.ZipFile, part: str, limits: Limits) -> list[Relation]:
    source = relations_part(part)
    if source not in archive.NameToInfo:
        return []
    relations = []
    for element in xml.parse(_read(archive, source, limits), source):
        target, external = element.get("Target", ""), element.get("TargetMode") == "External"
        if xml.local(element) == "Relationship":
            kind = element.get("Type", "").rpartition("/")[2]
            address = target if external else _resolved(target, part)
            relations.append(Relation(element.get("Id", ""), kind, address, external))
    return relations


def _resolved(target: str, source: str) -> str:
    folder = posixpath.dirname(source)
    name = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
    return name.lstrip("/")


def _workbook_part(path: Path, archive: zipfile.ZipFile, limits: Limits) -> str:
    """The part the package opens with, if it is a workbook in XML."""
    relations = _relations(archive, "", limits)
    part = next((r.target for r in relations if r.type == "officeDocument"), None)
    if part is None or part not in archive.NameToInfo:
        raise WorkbookError(f"{path.name} is {_foreign(archive, limits)}; {_SAVE_AS}")
    if part.endswith(".bin"):
        raise WorkbookError(f"{path.name} is in the binary .xlsb format; {_SAVE_AS}")
    root = xml.parse(_read(archive, part, limits), part)
    if root.tag not in (f"{{{xml.MAIN}}}workbook", f"{{{xml.STRICT_MAIN}}}workbook"):
        kind = {"document": "a Word document", "presentation": "a presentation"}
        what = kind.get(xml.local(root), "no workbook")
        raise WorkbookError(
            f"{path.name} is {what}; copy its questions into a sheet, save as .xlsx"
        )
    return part


def _foreign(archive: zipfile.ZipFile, limits: Limits) -> str:
    if "mimetype" in archive.NameToInfo:
        kind = _read(archive, "mimetype", limits)[:100]
        if b"opendocument.spreadsheet" in kind:
            return "in the .ods format"
        if b"opendocument" in kind:
            return "an OpenDocument file, not a spreadsheet"
    return "a zip archive, not a workbook"


def _sheets(
    path: Path, archive: zipfile.ZipFile, workbook: str, limits: Limits
) -> tuple[Sheet, ...]:
    relations = {relation.id: relation for relation in _relations(archive, workbook, limits)}
    root = xml.parse(_read(archive, workbook, limits), workbook)
    sheets = []
    for element in root.iterfind("{*}sheets/{*}sheet"):
        relation = relations.get(_relation_id(element))
        if relation is None or relation.target not in archive.NameToInfo:
            raise WorkbookError(
                f"{path.name} is damaged (sheet {element.get('name')!r} has no part); {_SAVE_AS}"
            )
        state = element.get("state", "visible")
        grid = relation.type == "worksheet"
        sheets.append(Sheet(element.get("name", ""), relation.target, state, grid))
    return tuple(sheets)


def _relation_id(element: etree._Element) -> str:
    for namespace in (xml.RELATIONS, xml.STRICT_RELATIONS):
        if found := element.get(f"{{{namespace}}}id"):
            return found
    return ""
