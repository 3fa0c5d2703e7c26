"""Filled workbooks opened by LibreOffice: they open, show their answers, and count them.

Run by `make acceptance` alone (the file's name keeps it out of `make test`), because it needs
LibreOffice and poppler (Debian: libreoffice-calc, poppler-utils). The environment variable
QUESTIONNAIRES names folders of workbooks to fill, separated by colons; else it is those the
project carries.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from tests.workbook.books import QUESTIONS, make_book
from trustanswer.errors import LayoutError
from trustanswer.model import CellWrite, EvidenceRow
from trustanswer.workbook import fill_file, read_questionnaire
from trustanswer.workbook.outcome import Outcome

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="needs LibreOffice and poppler-utils",
)
ANSWER = "Every promise of the trust center is kept, at rest and in transit. " * 4 + "Witness {}."


# Excel calculates a workbook whose flag fullCalcOnLoad is set; LibreOffice 7.4 shows the values
# stored in the file, unless this setting (Calc > Formula > Recalculation on File Load) is "always".
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def converted(path: Path, kind: str) -> Path:
    """The file as LibreOffice saves it, in a folder beside it."""
    folder, profile = path.parent / kind, path.parent / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    if not (profile / "user" / "registrymodifications.xcu").exists():
        (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    found = folder / f"{path.stem}.{kind}"
    assert found.is_file(), f"LibreOffice does not open {path.name}"
    return found


def shown(path: Path) -> str:
    """All text of a workbook as LibreOffice prints it, white space left out."""
    pdf = converted(path, "pdf")
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True)
    return re.sub(r"\s+", "", text.stdout)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_answers_show_in_print_and_are_counted(tmp_path: Path) -> None:
    source, target = make_book(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    rows = [row for row in range(3, 3 + QUESTIONS) if row not in (5, 7, 8, 9)]  # merged, hidden
    writes = [CellWrite("Questions", f"C{row}", "Yes") for row in rows]
    writes += [CellWrite("Questions", f"D{row}", ANSWER.format(row)) for row in rows]
    writes += [CellWrite("Questions", "C5", ANSWER.format(5))]
    evidence = [EvidenceRow("Questions", "C3", "Is it?", "It is quoted.", "Data", "2022-02-11")]
    fill_file(source, target, writes, evidence)

    text = shown(target)
    unseen = [row for row in [*rows, 5] if f"Witness{row}." not in text]
    assert not unseen
    assert "Itisquoted." in text
    calculated = openpyxl.load_workbook(converted(target, "xlsx"), data_only=True)
    assert calculated["Questions"]["E3"].value == len(rows)


def questionnaires() -> Iterator[Path]:
    for folder in os.environ.get("QUESTIONNAIRES", "questionnaires").split(":"):
        yield from sorted(p for p in Path(folder).glob("*.xls[xm]") if ".filled." not in p.name)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("source", list(questionnaires()), ids=lambda path: path.stem)
def test_a_questionnaire_opens_and_shows_its_answers(source: Path, tmp_path: Path) -> None:
    target = tmp_path / f"{source.stem}.xlsx"
    try:
        outcome = fill_file(source, target, answers(source))
    except LayoutError as error:
        pytest.skip(str(error))
    check_fidelity(source, target, outcome)
    book = openpyxl.load_workbook(converted(target, "xlsx"), data_only=True)
    lost = [w for w in outcome.written if str(book[w.sheet or ""][w.cell].value) != str(w.value)]
    assert not lost
    text = shown(target)
    marks = [w for w in outcome.written if MARK.fullmatch(str(w.value)) and is_printed(book, w)]
    unseen = [f"{w.sheet}!{w.cell}" for w in marks if str(w.value) not in text]
    assert not unseen


MARK = re.compile("(Answer|Comment)[0-9]{4}x")


def answers(source: Path) -> list[CellWrite]:
    """A recognisable answer for every question that is open."""
    writes = []
    for number, question in enumerate(read_questionnaire(source).questions):
        cells = {"Answer": question.answer_cell, "Comment": question.comment_cell}
        for kind, cell in cells.items():
            if cell and not question.prefilled:
                chosen = question.options[0] if question.options and kind == "Answer" else None
                writes.append(CellWrite(question.sheet, cell, chosen or f"{kind}{number:04}x"))
    return writes


def is_printed(book: openpyxl.Workbook, write: CellWrite) -> bool:
    """Whether the cell is on paper at all: not hidden, and in the print area if there is one."""
    sheet = book[write.sheet or ""]
    cell = sheet[write.cell]
    hidden = sheet.row_dimensions[cell.row].hidden or any(
        width.hidden and (width.min or 0) <= cell.column <= (width.max or 0)
        for width in sheet.column_dimensions.values()
    )
    areas = [area.partition("!")[2] or area for area in re.split(",", sheet.print_area or "")]
    inside = [
        a for a in areas if a and CellRange(write.cell).issubset(CellRange(a.replace("$", "")))
    ]
    return sheet.sheet_state == "visible" and not hidden and (not sheet.print_area or bool(inside))


def check_fidelity(source: Path, target: Path, outcome: Outcome) -> None:
    """By the independent check beside the project, where it is there."""
    check = Path(__file__).resolve().parents[3] / "shared" / "check" / "check_fidelity.py"
    if not check.is_file():
        return
    written = [{"sheet": write.sheet, "answer_cell": write.cell} for write in outcome.written]
    report = target.with_suffix(".json")
    report.write_text(json.dumps({"answers": written}))
    run = subprocess.run(
        [sys.executable, check, source, target, report], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
