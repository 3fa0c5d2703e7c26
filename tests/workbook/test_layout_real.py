"""Real questionnaires whose rows were marked by hand, and the project's own samples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trustanswer.model import Kind, Question
from trustanswer.workbook import read_questionnaire
from trustanswer.workbook.grid import read_book

MARKED = [
    "aws-ftr-blank",
    "bank",
    "caiq-3.1-answered",
    "caiq-4.0.3-blank",
    "cyfun-2025-blank",
    "hecvat-4.1-blank",
    "hecvat-full-3-answered",
    "hecvat-lite-3-answered",
    "iso27001-soa-answered",
    "retailer",
    "startup",
]
# Rows that ask like their neighbours but are not in the marks, by the share that they take away.
UNMARKED = {"aws-ftr-blank": 0.06}


def workbook(shared: Path, name: str) -> Path:
    return next((shared / "questionnaires").glob(f"*/{name}.xls*"))


def marks(shared: Path, name: str) -> dict[tuple[str, int], dict[str, Any]]:
    lines = (shared / "questionnaires" / "layout" / f"{name}.jsonl").read_text().splitlines()
    return {(row["sheet"], row["row"]): row for row in map(json.loads, lines)}


def answers_right(question: Question, mark: dict[str, Any]) -> bool:
    cells = set((question.answer_cells or {"": question.answer_cell}).values())
    return cells in [set(choice) for choice in [mark["answer_cells"], *mark.get("also_right", [])]]


@pytest.mark.parametrize("name", MARKED)
def test_rows_and_cells_of_a_real_questionnaire_are_found(name: str, shared: Path) -> None:
    marked = marks(shared, name)
    questions = read_questionnaire(workbook(shared, name)).questions
    found = {(q.sheet, q.row): q for q in questions}
    wanted = {place for place, mark in marked.items() if not mark["optional"]}
    hits = wanted & found.keys()
    extra = found.keys() - marked.keys()
    assert len(hits) >= 0.98 * len(wanted)
    assert len(extra) <= (0.02 + UNMARKED.get(name, 0.0)) * len(found)
    right = [p for p in hits if answers_right(found[p], marked[p])]
    assert len(right) >= 0.98 * len(hits)
    comments = [p for p in hits if found[p].comment_cell == marked[p]["comment_cell"]]
    assert len(comments) >= 0.95 * len(hits)


@pytest.mark.parametrize("name", MARKED)
def test_every_row_of_a_real_questionnaire_has_one_place(name: str, shared: Path) -> None:
    path = workbook(shared, name)
    found = read_questionnaire(path)
    named = [(x.sheet, x.row) for x in [*found.questions, *found.others]]
    assert len(named) == len(set(named))
    assert set(named) == {
        (grid.name, row) for grid in read_book(path).sheets for row in grid.by_row
    }


def test_a_workbook_with_styles_that_others_refuse_is_read(shared: Path) -> None:
    questions = read_questionnaire(workbook(shared, "caiq-3.1-odd-styles")).questions
    assert len(questions) == 310
    assert {q.kind for q in questions} == {Kind.MARK}


@pytest.mark.parametrize("name", ["bank", "retailer", "startup"])
def test_no_cell_that_is_not_an_answer_is_taken_for_one(name: str, shared: Path) -> None:
    folder = shared / "questionnaires" / "customers"
    text = (folder / f"{name}.nonquestions.json").read_text(encoding="utf-8")
    aside = {(cell["sheet"], cell["cell"]) for cell in json.loads(text)}
    questions = read_questionnaire(workbook(shared, name)).questions
    taken = {(q.sheet, c) for q in questions for c in (q.question_cell, q.answer_cell)}
    assert not taken & aside


def test_the_same_questions_are_found_in_both_formats(shared: Path) -> None:
    folder = shared / "questionnaires" / "customers"
    book = read_questionnaire(folder / "startup.xlsx").questions
    text = read_questionnaire(folder / "startup.csv").questions
    assert [(q.row, q.text, q.section) for q in book] == [(q.row, q.text, q.section) for q in text]


def test_options_come_from_a_hidden_sheet_and_lead_ins_are_parents(shared: Path) -> None:
    found = {q.question_cell: q for q in read_questionnaire(workbook(shared, "bank")).questions
             if q.sheet == "3. Data & Resilience"}  # fmt: skip
    child = found["C10"]
    assert child.options == ("Yes", "No", "N/A")
    assert child.parent == "The Bank's data will be encrypted:"
    assert child.section == "G.  Data protection > Cryptography"
