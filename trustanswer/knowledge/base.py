"""A file or a folder of trust-center documents into one knowledge base."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from trustanswer.errors import InputError, KnowledgeError
from trustanswer.knowledge.manifest import NAME, folder_tags, nearer, read_about
from trustanswer.knowledge.outline import Page, Passage
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.model import Knowledge, Place, Statement, Unread, statement_id
from trustanswer.ports import AnswerReader

# By ending the module that reads it.
_TEXTS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".text": "plain",
    ".yml": "controls",
    ".yaml": "controls",
    ".html": "webpage",
    ".htm": "webpage",
    ".xhtml": "webpage",
}
_BINARY = {".docx": "document", ".pdf": "pdf"}
_DELIMITED = (".csv", ".tsv")
_QUESTIONNAIRES = (".xlsx", ".xlsm", *_DELIMITED)
_HIDDEN = (".", "~$")  # "~$policy.docx" stands there while Word has policy.docx open
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class _NotReadError(KnowledgeError):
    """One file cannot be read; the message says why."""


def read_knowledge(
    path: Path, read_answers: AnswerReader | None = None, limits: Limits = LIMITS
) -> Knowledge:
    """The statements of a document, or of all documents in a folder and the folders in it.

    `read_answers` reads the questionnaires among them; without it they are left out.

    Files are read in the order of their paths, hidden ones skipped; those that cannot be read
    are listed as unread with the reason. Raises KnowledgeError where no statement is found, or
    where the folder as a whole is beyond a limit.
    """
    if not path.exists():
        raise KnowledgeError(f"{path}: no such file or folder; name the trust center's documents")
    statements: list[Statement] = []
    unread = list(_beside_pages(path))
    root = path if path.is_dir() else path.parent
    about = read_about(root)
    for count, (file, source) in enumerate(_files(path), 1):
        _hold(path, limits, documents=count, statements=len(statements))
        try:
            page = _read(file, read_answers, limits)
        except (InputError, LimitError) as reason:
            unread.append(Unread(source, str(reason).removeprefix(f"{file.name}: ")))
            continue
        page = replace(page, tags=nearer(page.tags, folder_tags(root, file.parent)))
        statements += (_statement(passage, source, page) for passage in page.passages)
        unread += (Unread(source, slip, slip=True) for slip in page.slips)
        unread += (Unread(source, note) for note in page.notes)
        if not page.passages and not (page.notes or page.slips):
            unread.append(Unread(source, "no text in it that could be a statement"))
    _hold(path, limits, statements=len(statements))
    if not statements:
        raise KnowledgeError(_nothing(path, unread))
    return Knowledge(_distinct(statements), tuple(unread), about)


def _hold(path: Path, limits: Limits, **counts: int) -> None:
    try:
        for name, count in counts.items():
            limits.check(name, count)
    except LimitError as error:
        raise KnowledgeError(f"{path} {error}") from None


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """The visible files below a folder with their sources; a folder's link is not followed."""
    if not path.is_dir():
        yield path, path.name
        return
    found = []
    for folder, folders, names in os.walk(path):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name not in links and not _page_of(Path(folder, name))
        ]
        found += [Path(folder, name) for name in names + links if not name.startswith(_HIDDEN)]
    found = [file for file in found if file.name != NAME]
    for file in sorted(found, key=lambda file: file.relative_to(path).parts):
        yield file, file.relative_to(path).as_posix()


def _page_of(folder: Path) -> Path | None:
    """The saved page that a browser put this folder of scripts and pictures beside."""
    stem = folder.name.removesuffix("_files")
    pages = [folder.with_name(stem + ending) for ending in (".html", ".htm")]
    return next((p for p in pages if stem != folder.name and p.exists()), None)


def _beside_pages(path: Path) -> Iterator[Unread]:
    for folder in sorted(path.rglob("*_files")) if path.is_dir() else []:
        if page := _page_of(folder):
            count = sum(file.is_file() for file in folder.rglob("*"))
            source = folder.relative_to(path).as_posix()
            yield Unread(source, f"{count} files that belong to the saved page {page.name}")


def _format(name: str) -> Any:
    """The module of a format: it, and the library behind it, is loaded when such a file comes."""
    return import_module(f"trustanswer.knowledge.{name}")


def _read(file: Path, read_answers: AnswerReader | None, limits: Limits) -> Page:
    ending = file.suffix.lower()
    if file.is_symlink() and (file.is_dir() or not file.exists()):
        raise _NotReadError("a link to a folder, or to nothing, is not followed")
    if not file.is_file():
        raise _NotReadError("not a regular file")
    found: Page | None = None
    if ending in _BINARY:
        found = _format(_BINARY[ending]).read(_content(file, limits))
    elif ending in _DELIMITED:
        found = _controls_in(_decode(_content(file, limits)))
    elif ending in _TEXTS:
        text = _decode(_content(file, limits))
        limits.check("document_text", len(text))
        found = _of_text(_TEXTS[ending], text, limits)
    if found is None and ending in _QUESTIONNAIRES and read_answers is not None:
        found = _format("questionnaires").read(file, read_answers)
    if found is None:
        raise _NotReadError(
            f"{ending or 'a file without an ending'} is not a format that is read; "
            "save it as text (.txt), Markdown (.md), HTML, PDF, .docx or .xlsx"
        )
    return found


def _controls_in(text: str) -> Page | None:
    """A table of controls; None where the records are something else."""
    tables = _format("tables")
    rows = tables.records(text)
    found: Page | None = tables.read(rows) if tables.is_table_of_controls(rows) else None
    return found


def _of_text(name: str, text: str, limits: Limits) -> Page:
    further = (limits,) if name == "controls" else ()
    found: Page = _format(name).read(text, *further)
    return found


def _content(file: Path, limits: Limits) -> bytes:
    """Every document is read here, and its size checked before."""
    try:
        limits.check("document_bytes", file.stat().st_size)
        content = file.read_bytes()
    except OSError as error:
        raise _NotReadError(f"cannot be opened ({error.strerror})") from None
    if not content.strip():
        raise _NotReadError("empty")
    if content.startswith(b"PK\x03\x04"):
        _check_archive(content, limits)
    return content


def _check_archive(content: bytes, limits: Limits) -> None:
    """A document in an archive has no part larger than a document may be."""
    limits.check_directory(content)
    with (
        suppress(BadZipFile, ValueError, NotImplementedError),
        ZipFile(BytesIO(content)) as archive,
    ):
        largest = min(limits.part_bytes, limits.document_bytes)
        replace(limits, part_bytes=largest).check_sizes(archive.infolist())


def _decode(content: bytes) -> str:
    """The text with "\\n" between its lines: UTF-8, UTF-16 with a mark, else Windows-1252."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise _NotReadError("not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8")


def _statement(passage: Passage, source: str, page: Page) -> Statement:
    return Statement(
        statement_id(passage.path, passage.text),
        passage.path,
        passage.text,
        source,
        passage.lines if page.unit is None else None,
        passage.updated,
        page.tags,
        None if page.unit is None else Place(page.unit, *passage.lines, passage.sheet),
    )


def _distinct(statements: list[Statement]) -> tuple[Statement, ...]:
    """The same statements, where a repeated id gets "-2", "-3" and so on."""
    seen: dict[str, int] = {}
    distinct = []
    for s in statements:
        seen[s.id] = count = seen.get(s.id, 0) + 1
        name = s.id if count == 1 else f"{s.id}-{count}"
        distinct.append(replace(s, id=name))
    return tuple(distinct)


def _nothing(path: Path, unread: list[Unread]) -> str:
    if not unread:
        return f"{path}: the folder holds no documents; add .md, .txt or .yaml files"
    first = unread[0]
    if path.is_file():
        return f"{path}: no statements found; {first.reason}"
    more = f" (and {len(unread) - 1} more)" if len(unread) > 1 else ""
    return f"{path}: no statements found; {first.source}: {first.reason}{more}"
