"""A questionnaire that comes back answered is read as it was when its cells were blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.drawn import drawing, write
from tests.workbook.test_layout import LAYOUTS
from trustanswer.model import CellWrite, Question
from trustanswer.workbook import fill_file, read_questionnaire

OWN = ["bank.xlsx", "retailer.xlsx", "startup.xlsx", "startup.csv"]
# Layouts where nothing but blank cells tells which column takes the answers, or that any does.
TOLD_BY_BLANKS = {
    "a status of the customer's work beside the response",
    "an answer column that bears the vendor's name",
    "only statements and room for remarks",
    "a list under the name of its questions alone",
    "a numbered list under the name of its questions alone",
    "answers under their questions",
    "answers under their questions, each with a label",
}
# As vendors write: short and long, some with a source, some that ask in passing.
TEXTS = [
    "All customer data is encrypted at rest with AES-256. Keys are rotated every year and kept in "
    "a key management service.\n[Data > Encryption, 2024-01-02]",
    "Yes. Access is reviewed each quarter, and must be approved by the manager.",
    "We do.",
    "An independent firm tests the service at least once a year. Customers may ask for a summary."
    "\nNot stated: whether you can see it.",
    "No",
    "Amazon Web Services, in Frankfurt and Dublin.",
    "Backups are taken daily. What if one fails? Our team is called, at any hour of the day.",
    "99.95%",
]

Place = tuple[str | None, int, str | None, frozenset[str | None], str | None, str | None]


def places(path: Path) -> dict[int, Place]:
    found = read_questionnaire(path).questions
    return {
        n: (q.sheet, q.row, q.question_cell, _cells(q), q.comment_cell, q.section)
        for n, q in enumerate(found)
    }


def reasons(path: Path) -> dict[tuple[str | None, int], str]:
    return {(o.sheet, o.row): o.reason for o in read_questionnaire(path).others}


def _cells(question: Question) -> frozenset[str | None]:
    return frozenset((question.answer_cells or {"": question.answer_cell}).values())


def answered(source: Path, target: Path, every: int, texts: list[str]) -> Path:
    """A copy where each `every`th question has one of the texts, or one of its own options."""
    asked = read_questionnaire(source).questions[::every]
    writes = [w for n, q in enumerate(asked) for w in _writes(q, n, texts)]
    assert fill_file(source, target, writes, overwrite=True).written
    return target


def _writes(question: Question, number: int, texts: list[str]) -> list[CellWrite]:
    text, cell = texts[number % len(texts)], question.answer_cell
    if question.answer_cells:
        text, cell = "X", list(question.answer_cells.values())[number % len(question.answer_cells)]
    elif question.options:
        text = question.options[number % len(question.options)]
    assert cell is not None
    comments = [] if question.comment_cell in (None, cell) else [question.comment_cell]
    return [
        CellWrite(question.sheet, cell, text),
        *(CellWrite(question.sheet, c, TEXTS[0]) for c in comments if c),
    ]


@pytest.mark.parametrize("texts", [TEXTS, ["Yes"]], ids=["texts", "yes"])
@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("name", OWN)
def test_a_sample_that_is_answered_is_read_like_the_blank_one(
    name: str, every: int, texts: list[str], root: Path, tmp_path: Path
) -> None:
    blank = root / "questionnaires" / name
    filled = answered(blank, tmp_path / f"filled{blank.suffix}", every, texts)
    assert places(filled) == places(blank)
    assert reasons(filled) == reasons(blank)


@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("name", sorted(LAYOUTS.keys() - TOLD_BY_BLANKS))
def test_the_same_cells_take_the_answers_when_they_hold_them_in(
    name: str, every: int, tmp_path: Path
) -> None:
    blank = write(tmp_path / "blank.xlsx", drawing(LAYOUTS[name][0]))
    assert places(answered(blank, tmp_path / "filled.xlsx", every, TEXTS)) == places(blank)


@pytest.mark.parametrize("every", [1, 2])
def test_each_part_of_a_table_that_names_its_columns_again_is_read_when_it_is_answered(
    every: int, shared: Path, tmp_path: Path
) -> None:
    blank = shared / "questionnaires" / "real" / "hecvat-4.1-blank.xlsx"
    assert places(answered(blank, tmp_path / "filled.xlsx", every, TEXTS)) == places(blank)


def test_an_answer_made_of_the_words_of_a_header_is_no_header(tmp_path: Path) -> None:
    text = """
        ? | Firewalls at the edge | Compliant
        ? | Are firewalls reviewed? | Partially compliant
        ? | Do users have unique accounts? | Compliant
        ? | Who has access to customer data? | Compliant
        """
    found = read_questionnaire(write(tmp_path / "book.xlsx", drawing(text)))
    assert "header" not in {other.reason for other in found.others}
