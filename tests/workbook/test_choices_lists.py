"""What a dropdown offers, wherever its values stand."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from trustanswer.model import Kind
from trustanswer.workbook import read_questionnaire

Prepare = Callable[[Any, Any, Any], Any]


def book(path: Path, source: Any, prepare: Prepare | None = None, hide: bool = False) -> Path:
    """Three questions; the dropdowns of C2:C4 take `source`; values stand on the sheet My Lists."""
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Form")
    lists = workbook.add_worksheet("My Lists")
    bold = workbook.add_format({"bold": True})
    sheet.write_row(0, 0, ["No.", "Question", "Answer"], bold)
    asked = ["Is access reviewed?", "Do users have accounts?", "Are firewalls in place?"]
    for row, text in enumerate(asked, 1):
        sheet.write_row(row, 0, [row, text])
    lists.write_column(0, 0, ["Answers", "Yes", "No", "N/A"])
    if prepare:
        prepare(workbook, sheet, lists)
    if hide:
        lists.hide()
    sheet.data_validation(1, 2, 3, 2, {"validate": "list", "source": source})
    workbook.close()
    return path


def offered(path: Path) -> tuple[str, ...] | None:
    (found,) = {question.options for question in read_questionnaire(path).questions}
    return found


@pytest.mark.parametrize(
    "source",
    [
        ["Yes", "No", "N/A"],
        "='My Lists'!$A$2:$A$4",
        "='My Lists'!$A$2:$A$99",
        "=INDIRECT(\"'My Lists'!$A$2:$A$4\")",
        "=OFFSET('My Lists'!$A$1,1,0,COUNTA('My Lists'!$A:$A)-1,1)",
    ],
)
@pytest.mark.parametrize("hide", [False, True])
def test_values_are_found_in_place_and_on_other_sheets(
    source: Any, hide: bool, tmp_path: Path
) -> None:
    assert offered(book(tmp_path / "b.xlsx", source, hide=hide)) == ("Yes", "No", "N/A")


def test_values_are_found_by_a_defined_name(tmp_path: Path) -> None:
    def name(workbook: Any, _sheet: Any, _lists: Any) -> None:
        workbook.define_name("answers", "='My Lists'!$A$2:$A$4")

    assert offered(book(tmp_path / "b.xlsx", "=Answers", name)) == ("Yes", "No", "N/A")


def test_a_name_of_the_sheet_goes_before_one_of_the_workbook(tmp_path: Path) -> None:
    def names(workbook: Any, _sheet: Any, lists: Any) -> None:
        lists.write_column(0, 1, ["Oui", "Non"])
        workbook.define_name("answers", "='My Lists'!$A$2:$A$4")
        workbook.define_name("Form!answers", "='My Lists'!$B$1:$B$2")

    assert offered(book(tmp_path / "b.xlsx", "=answers", names)) == ("Oui", "Non")


def test_values_are_found_in_a_column_of_a_table(tmp_path: Path) -> None:
    def table(_workbook: Any, _sheet: Any, lists: Any) -> None:
        lists.add_table(0, 0, 3, 0, {"name": "Choices", "columns": [{"header": "Answers"}]})
        lists.write_column(1, 0, ["Yes", "No", "N/A"])

    path = book(tmp_path / "b.xlsx", '=INDIRECT("Choices[Answers]")', table)
    assert offered(path) == ("Yes", "No", "N/A")


def test_each_row_can_have_a_list_of_its_own_by_a_cell_that_names_it(tmp_path: Path) -> None:
    def names(workbook: Any, sheet: Any, lists: Any) -> None:
        lists.write_column(0, 1, ["Met", "Not met"])
        workbook.define_name("verdicts", "='My Lists'!$A$2:$A$4")
        workbook.define_name("outcomes_met", "='My Lists'!$B$1:$B$2")
        sheet.write_column(1, 3, ["verdicts", "outcomes met", "unheard of"])

    path = book(tmp_path / "b.xlsx", '=INDIRECT(SUBSTITUTE(D2," ","_"))', names)
    found = [question.options for question in read_questionnaire(path).questions]
    assert found == [("Yes", "No", "N/A"), ("Met", "Not met"), ()]


@pytest.mark.parametrize("source", ["=IF(A2=1,$E$1:$E$2,$F$1:$F$2)", "=nowhere", "=[1]Other!$A$1"])
def test_a_list_that_cannot_be_followed_offers_nothing(source: str, tmp_path: Path) -> None:
    assert offered(book(tmp_path / "b.xlsx", source)) == ()


def test_lists_in_the_extension_of_newer_files_are_found(tmp_path: Path) -> None:
    plain, moved = book(tmp_path / "p.xlsx", ["-"]), tmp_path / "moved.xlsx"
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.'
        'microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm='
        '"http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>'My Lists'!$A$2:$A$4</xm:f></x14:formula1><xm:sqref>C2:C4</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(moved, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"<dataValidations.*</dataValidations>", b"", data)
                data = data.replace(b"</worksheet>", extension.encode())
            new.writestr(entry, data)
    assert offered(moved) == ("Yes", "No", "N/A")


def test_a_list_of_grades_is_a_score(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ["0", "1", "2", "3"])
    assert {question.kind for question in read_questionnaire(path).questions} == {Kind.SCORE}


def test_the_file_is_only_read(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ["Yes", "No"])
    shutil.copy(path, tmp_path / "copy.xlsx")
    read_questionnaire(path)
    assert path.read_bytes() == (tmp_path / "copy.xlsx").read_bytes()


def test_columns_to_be_marked_may_offer_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "marks.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Question", "Yes", "No", "N/A"])
        sheet.write_column(1, 0, ["Is access reviewed?", "Are there firewalls?"])
        sheet.data_validation("B2:D3", {"validate": "list", "source": ["X", "O"]})
    (first, _) = read_questionnaire(path).questions
    assert first.kind is Kind.MARK
    assert first.answer_cells == {"Yes": "B2", "No": "C2", "N/A": "D2"}
    assert first.options == ("X", "O")
