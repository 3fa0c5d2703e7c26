"""Nothing else changes: over any workbook, over the archive, and when something goes wrong."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from json import dumps
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from tests.workbook.books import FEATURES, MAIN, make_book, parts_of, read_parts, write_package
from trustanswer.errors import OutputError, TrustanswerError
from trustanswer.model import CellWrite, EvidenceRow
from trustanswer.workbook import splice, tokens
from trustanswer.workbook.package import open_package
from trustanswer.workbook.refs import cell_name
from trustanswer.workbook.splice import fill_file
from trustanswer.workbook.verify import verify

EVIDENCE = [
    EvidenceRow("Questions", "C3", "Is it?", "=It is & <was>.", "Data > Rest", "2022-02-11")
]
LONG = "All customer data is encrypted at rest, and in transit too. " * 6

values = st.one_of(
    st.sampled_from(["Yes", "No", LONG, "a\nb\n\nc", "=1+1", "_x000D_", " both "]),
    st.text(min_size=1, max_size=60),
    st.integers(-1000, 1000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)
cells = st.builds(cell_name, st.integers(1, 40), st.integers(1, 12))


def check_fidelity(shared: Path, before: Path, after: Path, written: list[CellWrite]) -> None:
    answers = {"answers": [{"sheet": write.sheet, "answer_cell": write.cell} for write in written]}
    report = after.with_suffix(".answers.json")
    report.write_text(dumps(answers))
    command = [sys.executable, shared / "check" / "check_fidelity.py", before, after, report]
    check = subprocess.run(command, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@settings(max_examples=40, deadline=None)
@given(
    features=st.sets(st.sampled_from(FEATURES)),
    answers=st.dictionaries(cells, values, min_size=1, max_size=15),
    overwrite=st.booleans(),
    evidence=st.booleans(),
)
def test_any_workbook_comes_back_with_its_answers_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    features: set[str],
    answers: dict[str, str | float],
    overwrite: bool,
    evidence: bool,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    source, target = make_book(folder / "in.xlsx", features), folder / "out.xlsx"
    writes = [CellWrite("Questions", cell, value) for cell, value in answers.items()]
    rows = EVIDENCE if evidence else []
    outcome = fill_file(source, target, writes, rows, overwrite=overwrite)

    assert len(outcome.written) + len(outcome.kept) == len(writes)
    verify(source, target, outcome.written, evidence=evidence)
    changed = changed_parts(source, target)
    may_change = {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}
    if evidence:
        may_change |= {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert changed <= may_change
    book = openpyxl.load_workbook(target)
    for write in outcome.written:
        assert_shows(book["Questions"][write.cell], write.value)


def changed_parts(before: Path, after: Path) -> set[str]:
    old, new = read_parts(before), read_parts(after)
    return {name for name, data in old.items() if new.get(name) != data}


def assert_shows(cell: openpyxl.cell.Cell, value: str | float) -> None:
    if isinstance(value, str):
        assert cell.data_type == "s"
        assert unescape(cell.value or "") == tokens.clean_text(value)
    else:
        assert (cell.data_type, cell.value) == ("n", value)


def test_a_workbook_with_everything_passes_the_fidelity_check(shared: Path, tmp_path: Path) -> None:
    source, target = make_book(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    answers = {f"{column}{row}": LONG for row in range(1, 60) for column in "ABCDEFGH"}
    writes = [CellWrite("Questions", cell, value) for cell, value in answers.items()]
    outcome = fill_file(source, target, writes, EVIDENCE)
    check_fidelity(shared, source, target, list(outcome.written))


def test_every_real_workbook_comes_back_without_a_fault(shared: Path, tmp_path: Path) -> None:
    folder = shared / "questionnaires"
    sources = sorted(p for p in folder.glob("*/*") if p.suffix in (".xlsx", ".xlsm"))
    assert sources
    for source in sources:
        chance = random.Random(source.name)
        with open_package(source) as package:
            names = [sheet.name for sheet in package.sheets if sheet.grid]
        writes = [
            CellWrite(name, cell_name(chance.randint(1, 150), chance.randint(1, 12)), value)
            for name in names
            for value in ["Yes", LONG, "a\nb", 3.5, "=1+1"] * 8
        ]
        target = tmp_path / source.name
        outcome = fill_file(source, target, writes, EVIDENCE)
        assert outcome.written
        if source.stat().st_size < 150_000:  # `make acceptance` checks the others too
            check_fidelity(shared, source, target, list(outcome.written))


# --- the archive ---------------------------------------------------------------------------------


def entries(path: Path) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return [
            (e.filename, e.date_time, e.compress_type, e.extra, e.comment, e.external_attr)
            for e in archive.infolist()
        ]


def test_nothing_to_write_gives_an_identical_copy(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx")
    outcome = fill_file(source, tmp_path / "out.xlsx", [])
    assert (tmp_path / "out.xlsx").read_bytes() == source.read_bytes()
    assert (outcome.parts.changed, outcome.parts.cells) == (0, 0)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx")
    writes = [CellWrite("Questions", "C3", "Yes"), CellWrite("Questions", "D3", LONG)]
    for name in ("a.xlsx", "b.xlsx"):
        fill_file(source, tmp_path / name, writes, EVIDENCE)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def odd_archive(path: Path) -> Path:
    """Stored and deflated entries, comments, extra fields, a folder, a data descriptor."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with path.open("wb") as file, zipfile.ZipFile(file, "w") as archive:
        archive.comment = b"from the bank"
        file.seekable = lambda: False  # type: ignore[method-assign]  # entries get descriptors
        for number, (name, data) in enumerate(parts_of(sheet).items()):
            entry = zipfile.ZipInfo(name, (1980 + number, 1, 31, 23, 59, 58))
            entry.extra = struct_extra(number)
            entry.comment = f"entry {number}".encode()
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=number % 2 == 0) as part:
                part.write(data)
        archive.writestr(zipfile.ZipInfo("xl/media/"), b"")
        archive.writestr(zipfile.ZipInfo("xl/media/grün.bin"), b"as it is")
    return path


def struct_extra(number: int) -> bytes:
    return bytes([0xFE, 0xCA, 2, 0, number, number])


def test_entries_keep_their_order_dates_methods_and_comments(tmp_path: Path) -> None:
    source = odd_archive(tmp_path / "in.xlsx")
    fill_file(source, tmp_path / "out.xlsx", [CellWrite("S", "B2", LONG)])

    def without_sizes(entry: tuple[object, ...]) -> tuple[object, ...]:
        name, date, method, extra, *rest = entry
        return name, date, method, bytes(extra)[-6:], *rest  # type: ignore[call-overload]

    before, after = entries(source), entries(tmp_path / "out.xlsx")
    assert [without_sizes(e) for e in after] == [without_sizes(e) for e in before]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert archive.comment == b"from the bank"


def test_unchanged_entries_are_not_packed_again(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx")
    fill_file(source, tmp_path / "out.xlsx", [CellWrite("Questions", "C3", "Yes")])
    before, after = source.read_bytes(), (tmp_path / "out.xlsx").read_bytes()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "out.xlsx") as new:
        for name in set(old.namelist()) - changed_parts(source, tmp_path / "out.xlsx"):
            assert packed(before, old.getinfo(name)) == packed(after, new.getinfo(name))


def packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    start = entry.header_offset
    return data[start : start + 30 + len(entry.filename) + entry.compress_size]


# --- the evidence sheet --------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_evidence_sheet_comes_last_and_shows_every_quote(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx")
    fill_file(source, tmp_path / "out.xlsx", [CellWrite("Questions", "C3", "Yes")], EVIDENCE)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == [*openpyxl.load_workbook(source).sheetnames, "Evidence"]
    rows = list(book["Evidence"].iter_rows(values_only=True))
    assert rows[0] == ("Sheet", "Cell", "Question", "Quote", "Source", "Date")
    assert rows[1] == ("Questions", "C3", "Is it?", "=It is & <was>.", "Data > Rest", "2022-02-11")
    assert book["Evidence"]["D2"].data_type == "s"


def test_the_evidence_sheet_takes_a_name_and_a_part_that_are_free(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx", [])
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    fill_file(source, once, [], EVIDENCE)
    fill_file(once, twice, [], EVIDENCE)
    assert openpyxl.load_workbook(twice).sheetnames[-2:] == ["Evidence", "Evidence 2"]


# --- what can go wrong ---------------------------------------------------------------------------


def test_the_file_that_came_in_is_never_written(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx")
    before = source.read_bytes()
    (tmp_path / "link.xlsx").symlink_to(source)
    for target in (source, tmp_path / "link.xlsx"):
        with pytest.raises(OutputError, match="came in"):
            fill_file(source, target, [CellWrite("Questions", "C3", "Yes")])
    assert source.read_bytes() == before


@pytest.mark.parametrize("name", ["absent/out.xlsx", "in.xlsx/out.xlsx", "folder", "x" * 300])
def test_a_target_that_cannot_be_written_is_one_line(tmp_path: Path, name: str) -> None:
    source = make_book(tmp_path / "in.xlsx")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as error:
        fill_file(source, tmp_path / name, [CellWrite("Questions", "C3", "Yes")])
    assert "\n" not in str(error.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "in.xlsx"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_one_line(tmp_path: Path) -> None:
    source = make_book(tmp_path / "in.xlsx")
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        fill_file(source, tmp_path / "locked" / "out.xlsx", [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = make_book(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    target.write_text("as it was")
    full = splice._write
    monkeypatch.setattr(splice, "_write", lambda path, data: full(Path("/dev/full"), data))
    with pytest.raises(OutputError, match="No space left"):
        fill_file(source, target, [CellWrite("Questions", "C3", "Yes")])
    assert target.read_text() == "as it was"


def test_a_crash_before_the_end_leaves_the_target_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = make_book(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    target.write_text("as it was")

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(splice, "verify", crash)
    with pytest.raises(KeyboardInterrupt):
        fill_file(source, target, [CellWrite("Questions", "C3", "Yes")])
    assert target.read_text() == "as it was"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.xlsx", "out.xlsx"]


@settings(max_examples=80, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_a_damaged_workbook_is_filled_or_gets_one_line(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    parts = read_parts(make_book(folder / "whole.xlsx"))
    name = chance.choice([n for n in parts if n.endswith((".xml", ".rels")) and "doc" not in n])
    values = list(re.finditer(rb'"[^"]*"', parts[name]))
    start, end = chance.choice(values).span()
    value = chance.choice([b'""', b'"x"', b'"-1"', b'"99999999999"', b'"A0"', b'"', b"\xff"])
    parts[name] = parts[name][:start] + value + parts[name][end:]
    source, target = write_package(folder / "in.xlsx", parts), folder / "out.xlsx"
    writes = [CellWrite("Questions", "C3", "Yes"), CellWrite("Questions", "D4", LONG)]
    said = ""
    try:
        fill_file(source, target, writes, EVIDENCE)
    except TrustanswerError as error:
        said = str(error)
    assert "\n" not in said
    assert bool(said) is not target.exists()


# --- the verification itself ---------------------------------------------------------------------

SHEET = "xl/worksheets/sheet1.xml"
Damage = Callable[[dict[str, bytes]], dict[str, bytes]]


def replaced(part: str, old: str, new: str) -> Damage:
    def damage(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert old.encode() in parts[part]
        return parts | {part: parts[part].replace(old.encode(), new.encode(), 1)}

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(replaced(SHEET, ">Yes<", ">No<"), id="another answer"),
        pytest.param(replaced(SHEET, "<is><t>Yes</t></is>", "<f>1</f>"), id="a formula"),
        pytest.param(replaced(SHEET, "<v>0</v>", "<v>9</v>"), id="another cell"),
        pytest.param(replaced(SHEET, 'sqref="D3:D14"', 'sqref="D3"'), id="a validation"),
        pytest.param(replaced(SHEET, "<mergeCell ", "<mergeCells "), id="no XML"),
        pytest.param(replaced(SHEET, 'r="C3" s="', 'r="C3" s="1'), id="another style"),
        pytest.param(replaced(SHEET, '<row r="13"', '<row r="1"'), id="rows out of order"),
        pytest.param(replaced("xl/styles.xml", "<b/>", "<i/>"), id="a style"),
        pytest.param(replaced("xl/workbook.xml", 'name="Second"', 'name="2nd"'), id="a name"),
        pytest.param(replaced("xl/drawings/drawing1.xml", "<", "<!-- --><"), id="a drawing"),
        pytest.param(replaced("docProps/app.xml", "Excel", "Axcel"), id="a property"),
        pytest.param(lambda p: p | {"xl/new.xml": b"<x/>"}, id="a part more"),
        pytest.param(lambda p: {k: p[k] for k in p if "vml" not in k}, id="a part less"),
        pytest.param(lambda p: dict(reversed(p.items())), id="another order"),
    ],
)
def test_whatever_else_changed_is_found(tmp_path: Path, damage: Damage) -> None:
    source = write_package(tmp_path / "in.xlsx", read_parts(make_book(tmp_path / "book.xlsx")))
    target = tmp_path / "out.xlsx"
    outcome = fill_file(source, target, [CellWrite("Questions", "C3", "Yes")])
    verify(source, target, outcome.written, evidence=False)
    write_package(target, damage(read_parts(target)))
    with pytest.raises(TrustanswerError) as error:
        verify(source, target, outcome.written, evidence=False)
    assert "\n" not in str(error.value)
