"""The single door through which a customer's file is written: answers in, all else to the byte.

The result is written beside the target, held against the original, and only then put in place;
whatever goes wrong before that leaves the target as it was.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trustanswer.errors import OutputError
from trustanswer.limits import LIMITS, Limits
from trustanswer.model import CellWrite, EvidenceRow, Parts
from trustanswer.workbook import book_edit, delimited, xml
from trustanswer.workbook.archive import rewritten
from trustanswer.workbook.cellstyles import CellStyles
from trustanswer.workbook.evidence import SHEET_NAME, evidence_sheet
from trustanswer.workbook.outcome import Kept, Outcome
from trustanswer.workbook.package import FileKind, Package, kind_of, open_package, relations_part
from trustanswer.workbook.sheet_edit import edit_sheet
from trustanswer.workbook.verify import verify

_FORMULA = re.compile(rb"<(?:[^\s/>:!?]+:)?f[\s/>]")
_TYPES = "[Content_Types].xml"


def fill_file(
    source: Path,
    target: Path,
    writes: Sequence[CellWrite],
    evidence: Sequence[EvidenceRow] = (),
    *,
    overwrite: bool = False,
    limits: Limits = LIMITS,
) -> Outcome:
    """A copy of a questionnaire with answers, in whatever format it came.

    Cells that say something or hold a formula are kept unless `overwrite`; formulas that other
    cells share, always. Nothing to write gives an identical copy. `evidence` adds a sheet to a
    workbook; a text file has no place for it, so whoever asks for it puts the sources elsewhere.

    Raises WorkbookError if the source cannot be used, OutputError if the target cannot be
    written; then it stays as it was.
    """
    if kind_of(source, limits) is FileKind.WORKBOOK:
        return fill_package(source, target, writes, evidence, overwrite=overwrite, limits=limits)
    return fill_delimited(source, target, writes, overwrite=overwrite, limits=limits)


def fill_delimited(
    source: Path,
    target: Path,
    writes: Sequence[CellWrite],
    *,
    overwrite: bool = False,
    limits: Limits = LIMITS,
) -> Outcome:
    """`fill_file` for a CSV or TSV file, whose one part is the file itself."""
    before = delimited.read_records(source, limits)
    data, written, kept = delimited.render(before, writes, overwrite=overwrite)
    delimited.verify_records(before, data, written)
    with _replacing(source, target) as temporary:
        _write(temporary, data)
    return Outcome(Parts(1 if written else 0, 1, len(written)), written, kept)


def fill_package(
    source: Path,
    target: Path,
    writes: Sequence[CellWrite],
    evidence: Sequence[EvidenceRow] = (),
    *,
    overwrite: bool = False,
    limits: Limits = LIMITS,
) -> Outcome:
    """`fill_file` for a workbook."""
    with open_package(source, limits) as package:
        edits = _edits(package, writes, evidence, overwrite=overwrite)
        data = source.read_bytes()
        if edits.changed or edits.added:
            data = rewritten(data, package.archive, edits.changed, edits.added, edits.dropped)
        total = sum(not name.endswith("/") for name in package.names)
    with _replacing(source, target) as temporary:
        _write(temporary, data)
        verify(source, temporary, edits.written, evidence=bool(evidence), limits=limits)
    changed = len(edits.changed) + len(edits.added) + len(edits.dropped)
    parts = Parts(changed, total, len(edits.written))
    return Outcome(parts, tuple(edits.written), tuple(edits.kept))


# --- the parts of a workbook that change ---------------------------------------------------------


@dataclass(slots=True)
class _Edits:
    """Parts by name, as they will be."""

    changed: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    written: list[CellWrite] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def read(self, package: Package, part: str) -> bytes:
        return self.changed.get(part) or package.read(part)

    def change(self, package: Package, part: str, edit: Callable[[bytes], bytes]) -> None:
        """Run an edit over a part, in UTF-8 whatever its encoding."""
        before = self.read(package, part)
        xml.parse(before, part)
        data, encoding = xml.to_utf8(before, part)
        after = xml.from_utf8(edit(data), encoding)
        if after != before:
            self.changed[part] = after


def _edits(
    package: Package,
    writes: Sequence[CellWrite],
    evidence: Sequence[EvidenceRow],
    *,
    overwrite: bool,
) -> _Edits:
    edits = _Edits()
    part = package.related("styles")
    styles = CellStyles(package.read(part) if part else None, part or "")
    _edit_sheets(package, writes, styles, edits, overwrite=overwrite)
    if edits.written and _has_formulas(package):
        edits.change(package, package.workbook, book_edit.recalculating)
    if evidence:
        _add_evidence(package, evidence, styles, edits)
    if part and styles.data is not None and styles.data != package.read(part):
        edits.changed[part] = styles.data
    return edits


def _edit_sheets(
    package: Package,
    writes: Sequence[CellWrite],
    styles: CellStyles,
    edits: _Edits,
    *,
    overwrite: bool,
) -> None:
    parts = {sheet.name: sheet.part for sheet in package.sheets if sheet.grid}
    by_part: dict[str, list[CellWrite]] = defaultdict(list)
    for write in writes:
        if write.sheet in parts:
            by_part[parts[write.sheet]].append(write)
        else:
            edits.kept.append(Kept(write, "the workbook has no such sheet"))
    string = _shared_strings(package)
    for part, sheet_writes in by_part.items():
        data, encoding = xml.to_utf8(package.read(part), part)
        edit = edit_sheet(data, part, sheet_writes, styles, string, overwrite=overwrite)
        edits.written += edit.written
        edits.kept += edit.kept
        if edit.written:
            edits.changed[part] = xml.from_utf8(edit.data, encoding)
        if edit.unlinked:
            _drop_calculation_chain(package, edits)


def _shared_strings(package: Package) -> Callable[[int], str]:
    """A shared string by its index; the table is read when first asked."""

    @cache
    def strings() -> list[str]:
        part = package.related("sharedStrings")
        items = package.parse(part).iterfind("{*}si") if part else ()
        return ["".join(map(str, item.itertext("{*}t"))) for item in items]

    return lambda index: strings()[index] if index < len(strings()) else ""


def _has_formulas(package: Package) -> bool:
    """Whether any cell is calculated; rules of validations and formats are anyway."""
    sheets = (package.read(sheet.part) for sheet in package.sheets if sheet.grid)
    return any(_FORMULA.search(data, 0, data.rfind(b"sheetData")) for data in sheets)


def _drop_calculation_chain(package: Package, edits: _Edits) -> None:
    """The chain names the cells with formulas: with one gone, Excel calls the file damaged."""
    part = package.related("calcChain")
    if part is None or part in edits.dropped:
        return
    edits.dropped.add(part)
    name = re.escape(f"/{part}")
    edits.change(package, _TYPES, lambda data: book_edit.without(data, b"PartName", name))
    relations = relations_part(package.workbook)
    edits.change(package, relations, lambda data: book_edit.without(data, b"Type", ".*/calcChain"))


def _add_evidence(
    package: Package, evidence: Sequence[EvidenceRow], styles: CellStyles, edits: _Edits
) -> None:
    strict = xml.STRICT_MAIN.encode() in package.read(package.workbook)
    part = book_edit.unused(package.names, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet{}.xml")
    name = book_edit.unused(
        (sheet.name for sheet in package.sheets), SHEET_NAME, SHEET_NAME + " {}"
    )
    relation = book_edit.unused(
        (relation.id for relation in package.relations(package.workbook)), "rId1", "rId{}"
    )
    edits.added[part] = evidence_sheet(evidence, styles, strict=strict)
    edits.change(package, package.workbook, lambda data: book_edit.with_sheet(data, name, relation))
    edits.change(package, _TYPES, lambda data: book_edit.with_worksheet_type(data, part))
    edits.change(
        package,
        relations_part(package.workbook),
        lambda data: book_edit.with_worksheet_relation(data, relation, part, strict=strict),
    )


# --- the target ----------------------------------------------------------------------------------


@contextmanager
def _replacing(source: Path, target: Path) -> Iterator[Path]:
    """A temporary file beside the target that takes its place if all goes well."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _check_target(source, target)
        yield temporary
        temporary.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written: {error.strerror or error}; name another place"
        ) from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def _check_target(source: Path, target: Path) -> None:
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name a file for the result")
    if target.exists() and target.samefile(source):
        raise OutputError(f"{target} is the file that came in; name another one for the result")


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
