"""Where a layout is unsure, the user is told so, once, with the option to use."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.workbook.drawn import Drawing, drawing, write
from trustanswer.errors import LayoutError
from trustanswer.workbook import read_questionnaire

SURE = """
    h | **Question** | **Answer**
    ? | Is access reviewed? | [Yes,No]
    ? | Are there firewalls? | [Yes,No]
    ? | Are backups tested? | [Yes,No]
    """
TWO = """
    h | **Requirement** | **Documented?** | **Implemented?**
    ? | Access shall be reviewed. | [Yes,No] | [Yes,No]
    ? | Firewalls shall be in place. | [Yes,No] | [Yes,No]
    ? | Backups shall be tested. | [Yes,No] | [Yes,No]
    """


def doubts(path: Path, *drawings: Drawing) -> tuple[str, ...]:
    return read_questionnaire(write(path / "book.xlsx", *drawings)).doubts


def test_a_clear_layout_leaves_no_doubt(tmp_path: Path) -> None:
    assert doubts(tmp_path, drawing(SURE)) == ()


def test_a_second_column_that_would_do_is_named(tmp_path: Path) -> None:
    (doubt,) = doubts(tmp_path, drawing(TWO.replace("Documented?", "Answered?")))
    assert doubt == (
        'sheet "Sheet1": answers go to column B, column C would also do; see --mapping'
    )


def test_sheets_that_are_alike_share_a_line(tmp_path: Path) -> None:
    text = TWO.replace("Documented?", "Answered?")
    (doubt,) = doubts(tmp_path, *(drawing(text, f"S{n}") for n in range(5)))
    assert doubt.startswith('sheet "S0", sheet "S1", sheet "S2" and 2 more: answers go to column B')


def test_a_list_without_any_header_is_doubted(tmp_path: Path) -> None:
    asked = "\n".join("? | Is access reviewed each quarter?" for _ in range(4))
    (doubt,) = doubts(tmp_path, drawing(asked))
    assert "column B only probably takes the answers" in doubt
    assert "--mapping" in doubt


def test_one_value_in_all_answers_is_pointed_out(tmp_path: Path) -> None:
    asked = "\n".join(f"? | Is control {n} in place? | [Select,Yes,No] Select" for n in range(6))
    (doubt,) = doubts(tmp_path, drawing(f"h | **Question** | **Answer**\n{asked}"))
    assert doubt == (
        "sheet \"Sheet1\": all answers already hold 'Select'; --overwrite replaces them"
    )


def test_hidden_rows_that_ask_are_named_before_anybody_misses_them(tmp_path: Path) -> None:
    hidden = """
        h | **Question** | **Answer**
        ? | Is access reviewed? | [Yes,No]
        x! | Are there firewalls? | [Yes,No]
        x! | Internal remarks | [Yes,No]
        ? | Are backups tested? | [Yes,No]
        """
    (doubt,) = doubts(tmp_path, drawing(hidden))
    assert doubt.startswith('sheet "Sheet1": 1 hidden row asks as well and will not be answered')


def test_questions_behind_formulas_that_were_never_calculated_are_not_passed_over(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()  # writes formulas without their results
    asked, listed = book.worksheets[0], book.create_sheet("List")
    asked.append(["Question", "Answer", "Points"])
    for row, text in enumerate(["Is access reviewed?", "Is there MFA?", "Is there SSO?"], 1):
        listed.append([text])
        asked.append([f"=List!A{row}", None, f'=IF(B{row + 1}="Yes",1,0)'])
    other = book.create_sheet("Asked")
    other.append(["Question", "Answer", "Points"])
    for row in range(2, 6):
        other.append([f"Is control {row} in place?", None, f'=IF(B{row}="Yes",1,0)'])
    book.save(tmp_path / "book.xlsx")
    told = [d for d in read_questionnaire(tmp_path / "book.xlsx").doubts if "formulas" in d]
    assert len(told) == 1
    assert told[0].startswith('sheet "Sheet": 3 rows hold formulas without a result')


def test_a_file_of_nothing_but_such_formulas_is_told_what_it_needs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Question", "Answer"], *([f"=X!A{n}", None] for n in range(1, 5))):
        book.worksheets[0].append(row)
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(LayoutError, match=r"no questions found; .*4 rows hold formulas"):
        read_questionnaire(tmp_path / "book.xlsx")
