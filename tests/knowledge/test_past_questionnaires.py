"""What an answered questionnaire becomes, and what is drafted from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Command, read_json
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Knowledge, Place, Unit
from trustanswer.workbook import read_answers

HEAD = ("No.", "Question", "Answer", "Comment")
ROWS = (
    ("1", "Do you encrypt customer data at rest?", "Yes", "We use AES-256.\nKeys are rotated."),
    ("2", "Do you sell customer data to third parties?", "No", None),
    ("3", "Do you operate your own data centers?", "N/A", None),
    ("4", "How do you dispose of media?", "Media is shredded.", None),
    ("5", "Do you test your backups every month?", None, None),
    ("6", "Do you hold an ISO 27001 certificate?", "See comment", None),
    ("7", "Do you scan your network for vulnerabilities?", "TBD", "See attached"),
    ("8", "Do you log administrator access?", "see comments", "All of it is logged."),
)


def sheet(path: Path, *rows: tuple[str | None, ...]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Security"
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(path)
    return path


def statements(knowledge: Knowledge) -> list[str]:
    return [f"{s.place.first} {s.title}: {s.text}" for s in knowledge.statements if s.place]


def test_plain_answers_are_read_with_their_question_and_texts_by_themselves(tmp_path: Path):
    knowledge = read_knowledge(sheet(tmp_path / "past.xlsx", *ROWS), read_answers)
    first = knowledge.statements[0]
    assert first.place == Place(Unit.ROW, 2, 2, "Security")
    assert first.where == "past.xlsx, Security, row 2"
    above = "Questions and answers"
    assert statements(knowledge) == [
        f"2 {above}: Do you encrypt customer data at rest? Yes • We use AES-256. Keys are rotated.",
        f"3 {above}: Do you sell customer data to third parties? No",
        f"4 {above}: Do you operate your own data centers? N/A",
        "5 How do you dispose of media?: Media is shredded.",
        "9 Do you log administrator access?: All of it is logged.",
    ]


def test_every_other_row_is_named_with_the_reason(tmp_path: Path):
    knowledge = read_knowledge(sheet(tmp_path / "past.xlsx", *ROWS), read_answers)
    assert [u.reason for u in knowledge.unread] == [
        "Security, row 6: a question without an answer",
        "Security, row 7: the answer says nothing by itself: “See comment”",
        "Security, row 8: the answer says nothing by itself: “TBD”",
        "Security, row 1: header",
    ]


def test_a_csv_questionnaire_is_read_by_its_records(tmp_path: Path):
    file = tmp_path / "past.csv"
    file.write_text(
        "Section,Question,Answer,Comment\nData,Do you encrypt all data at rest?,yes,\n"
        "Data,Do you rotate all keys every year?,no,Every second year.\n"
    )
    knowledge = read_knowledge(file, read_answers)
    assert [(s.title, s.text, s.where) for s in knowledge.statements] == [
        ("Data", "Do you encrypt all data at rest? • yes", "past.csv, row 2"),
        (
            "Data",
            "Do you rotate all keys every year? • no • Every second year.",
            "past.csv, row 3",
        ),
    ]


def test_marks_are_read_by_the_name_of_their_column(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (
        ("Question", "Yes", "No", "N/A", "Notes"),
        ("Do you encrypt customer data at rest?", "X", None, None, None),
        ("Do you allow shared accounts for staff?", None, "x", None, "Never."),
        ("Do you host payment card data anywhere?", "x", None, "x", None),
    ):
        book.active.append(row)
    book.save(tmp_path / "past.xlsx")
    knowledge = read_knowledge(tmp_path / "past.xlsx", read_answers)
    assert [s.text for s in knowledge.statements] == [
        "Do you encrypt customer data at rest? Yes",
        "Do you allow shared accounts for staff? No • Never.",
    ]
    assert "Sheet, row 4: several answers are marked (Yes and N/A)" in [
        u.reason for u in knowledge.unread
    ]


def test_a_spreadsheet_that_asks_nothing_is_listed_with_the_reason(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Total"
    book.save(tmp_path / "sums.xlsx")
    (tmp_path / "page.md").write_text("We encrypt.")
    (unread,) = read_knowledge(tmp_path, read_answers).unread
    assert unread.source == "sums.xlsx"
    assert unread.reason.startswith("no questions found")


TABLE = """\
Control ID;Control Title;Domain;Control Description;Status;Last Updated
AC-2;MFA;Access;MFA is required;Implemented;2025-03-01
AC-3;SSO;Access;SSO is offered.;Planned;
AC-4;Badges;Access;;Implemented;
"""


def test_a_table_of_controls_is_a_statement_a_record(tmp_path: Path):
    (tmp_path / "controls.csv").write_text(TABLE)
    knowledge = read_knowledge(tmp_path, read_answers)
    (statement,) = knowledge.statements
    assert (statement.title, statement.text) == ("Access > MFA", "MFA is required")
    assert statement.cited == "Access > MFA, row 2, 2025-03-01"
    assert [u.reason for u in knowledge.unread] == [
        "row 3: not in force, its status is “Planned”",
        "row 4: a title or a text is missing",
    ]


@pytest.mark.parametrize("name", ["Last Reviewed", "Reviewed", "last_reviewed"])
def test_the_day_a_control_was_reviewed_is_its_date(tmp_path: Path, name: str):
    (tmp_path / "controls.csv").write_text(TABLE.replace("Last Updated", name))
    (statement,) = read_knowledge(tmp_path, read_answers).statements
    assert statement.updated == date(2025, 3, 1)


@pytest.fixture
def drafted(tmp_path: Path, trustanswer: Command):
    def answers(*asked: str) -> list[dict]:
        blank = sheet(tmp_path / "new.xlsx", *((str(n), q) for n, q in enumerate(asked, 1)))
        past = sheet(tmp_path / "past.xlsx", *ROWS)
        report = tmp_path / "report.json"
        assert trustanswer("fill", blank, "-k", past, "--json", report).status == 0
        return read_json(report)["answers"]

    return answers


def test_a_new_questionnaire_is_answered_the_way_the_old_one_was(drafted):
    asked = (
        "Is customer data encrypted at rest?",
        "Is customer data sold to third parties?",
        "Are backups tested?",
    )
    found = drafted(*asked)
    assert [(a["verdict"], [c["quote"] for c in a["citations"]]) for a in found] == [
        ("yes", ["Do you encrypt customer data at rest? Yes"]),
        ("no", ["Do you sell customer data to third parties? No"]),
        ("none", []),
    ]
    assert found[0]["citations"][0]["place"] == {
        "unit": "row", "first": 2, "last": 2, "sheet": "Security",
    }  # fmt: skip
    assert "[Questions and answers, Security, row 2]" in found[0]["comment"]
