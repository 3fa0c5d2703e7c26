"""What stands in a file's cells, as the layout is told it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from trustanswer.errors import WorkbookError
from trustanswer.workbook import read_questionnaire
from trustanswer.workbook.cells import Grid
from trustanswer.workbook.grid import read_book

STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def sheet(path: Path, build: Any) -> Grid:
    with xlsxwriter.Workbook(path) as book:
        build(book, book.add_worksheet("One"))
    return read_book(path).sheets[0]


def edited(path: Path, part: str, old: str, new: str) -> Path:
    """A copy of a workbook with one part's text replaced, by a regular expression."""
    target = path.with_name(f"edited-{path.name}")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            if re.fullmatch(part, entry.filename):
                data = re.sub(old, new, data.decode(), flags=re.DOTALL).encode()
            after.writestr(entry, data)
    return target


def test_values_read_as_they_are_shown(tmp_path: Path) -> None:
    def build(book: Any, one: Any) -> None:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        one.write_column(0, 0, ["  two\nlines ", 3, 1.1, 1e21, True])
        one.write_number(5, 0, 45000, date)
        one.write_formula(6, 0, "=A2+1", None, 4)
        one.write_formula(7, 0, '="a"&"b"', None, "ab")
        one.write_rich_string(8, 0, "plain ", book.add_format({"bold": True}), "bold")
        one.write_formula(9, 0, "=1/0", None, "#DIV/0!")
        one.write_string(10, 0, " ")

    grid = sheet(tmp_path / "b.xlsx", build)
    shown = [grid.cells[row, 1].text for row in range(1, 10)]
    assert shown == ["  two\nlines ", "3", "1.1", "1e+21", "TRUE", "2023-03-15", "4", "ab",
                     "plain bold"]  # fmt: skip
    assert [row for row in range(1, 12) if grid.cells[row, 1].formula] == [7, 8, 10]
    assert grid.text(10, 1) == ""
    assert grid.text(11, 1) == ""


def test_looks_merges_and_hidden_parts_are_known(tmp_path: Path) -> None:
    def build(book: Any, one: Any) -> None:
        look = book.add_format({"bold": True, "bg_color": "#FF0000"})
        one.write(0, 0, "x", look)
        one.merge_range("B2:D3", "wide")
        one.set_row(4, None, None, {"hidden": True})
        one.write(4, 0, "hidden")
        one.set_column(6, 7, None, None, {"hidden": True})

    grid = sheet(tmp_path / "b.xlsx", build)
    style = grid.cells[1, 1].style
    assert (style.bold, style.fill is not None) == (True, True)
    merge = grid.merge_at(3, 4)
    assert merge is not None
    assert (merge.top, merge.left, merge.bottom, merge.right) == (2, 2, 3, 4)
    assert grid.hidden_rows == {5}
    assert [grid.column_hidden(c) for c in (6, 7, 8, 9)] == [False, True, True, False]


def test_a_protected_sheet_says_which_cells_are_open(tmp_path: Path) -> None:
    def build(book: Any, one: Any) -> None:
        one.protect()
        one.write(0, 0, "asked")
        one.write_blank(0, 1, None, book.add_format({"locked": False}))

    grid = sheet(tmp_path / "b.xlsx", build)
    assert [grid.locked(1, 1), grid.locked(1, 2), grid.locked(1, 3)] == [True, False, True]


def test_rules_over_whole_columns_cost_nothing(tmp_path: Path) -> None:
    def build(book: Any, one: Any) -> None:
        one.write_row(0, 0, ["Question", "Answer"])
        one.write_row(1, 0, ["Is access reviewed?", ""])
        one.data_validation("B1:XFD1048576", {"validate": "list", "source": ["Yes", "No"]})
        one.write_blank(1048575, 1, None, book.add_format({"bold": True}))

    grid = sheet(tmp_path / "b.xlsx", build)
    rule = grid.validation(900_000, 500)
    assert rule is not None
    assert rule.kind == "list"
    assert len(grid.cells) < 10


def questionnaire(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        one = book.add_worksheet("One")
        one.write_row(0, 0, ["Question", "Answer"])
        one.write_column(1, 0, ["Is access reviewed?", "Are there firewalls?"])
        one.data_validation("B2:B3", {"validate": "list", "source": ["Yes", "No"]})
    return path


def test_strict_files_read_like_the_usual_ones(tmp_path: Path) -> None:
    path = questionnaire(tmp_path / "b.xlsx")
    for usual, strict in STRICT.items():
        path = edited(path, r"xl/.*\.xml|.*\.rels", re.escape(usual), strict)
    assert [q.answer_cell for q in read_questionnaire(path).questions] == ["B2", "B3"]


def test_styles_that_mean_nothing_are_read_past(tmp_path: Path) -> None:
    path = questionnaire(tmp_path / "b.xlsx")
    path = edited(path, r"xl/styles\.xml", "<cellXfs.*</cellXfs>", '<cellXfs><xf fontId="99"/>'
                  '<xf fontId="x" fillId="-1" numFmtId="7777"/></cellXfs>')  # fmt: skip
    assert [q.options for q in read_questionnaire(path).questions] == [("Yes", "No")] * 2


def test_cells_without_references_stand_where_they_come(tmp_path: Path) -> None:
    path = edited(questionnaire(tmp_path / "b.xlsx"), r"xl/worksheets/.*", r' r="[A-Z]*\d+"', "")
    assert [q.question_cell for q in read_questionnaire(path).questions] == ["A2", "A3"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (r"xl/worksheets/sheet1\.xml", "</worksheet>", ""),
        (r"xl/worksheets/sheet1\.xml", 'r="A2"', 'r="A99999999"'),
        (r"xl/worksheets/sheet1\.xml", r"(<\?xml.*?\?>)", r'\1<!DOCTYPE x [<!ENTITY e "e">]>'),
        (r"xl/sharedStrings\.xml", "<si>", "<si><"),
        (r"xl/styles\.xml", "</styleSheet>", "</style>"),
    ],
)
def test_a_damaged_file_is_refused_in_one_line(
    part: str, old: str, new: str, tmp_path: Path
) -> None:
    path = edited(questionnaire(tmp_path / "b.xlsx"), part, old, new)
    with pytest.raises(WorkbookError) as failure:
        read_questionnaire(path)
    assert "\n" not in str(failure.value)


def test_a_text_file_is_one_sheet_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text('No,Question,Answer\n1,"Is access\nreviewed?",\n\n2,Firewalls?,\n')
    found = read_questionnaire(path)
    assert [(q.sheet, q.row, q.question_cell, q.answer_cell) for q in found.questions] == [
        (None, 2, "B2", "C2"),
        (None, 4, "B4", "C4"),
    ]
    assert found.questions[0].text == "Is access\nreviewed?"
