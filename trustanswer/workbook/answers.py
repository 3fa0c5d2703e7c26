"""Questionnaires that were answered before: each question with what its cells say."""

from __future__ import annotations

from pathlib import Path

from trustanswer.limits import LIMITS, Limits
from trustanswer.model import Answered, Other, Question
from trustanswer.workbook.cells import Grid
from trustanswer.workbook.grid import read_book
from trustanswer.workbook.layout import Advice, understand
from trustanswer.workbook.refs import split_cell

_ADVICE = Advice(
    table="a past questionnaire has a column of questions and one of answers",
    text="save text as .txt or .md",
)
_LONGEST_MARK = 3  # characters; what is longer is a remark in the place of a cross


def read_answers(
    path: Path, limits: Limits = LIMITS
) -> tuple[tuple[Answered, ...], tuple[Other, ...]]:
    """The questions of a file with their answers, and its other rows (`ports.AnswerReader`)."""
    book = read_book(path, limits)
    found = understand(book, advice=_ADVICE)
    grids = {grid.name: grid for grid in book.sheets}
    return tuple(_answered(q, grids[q.sheet]) for q in found.questions), found.others


def _answered(question: Question, grid: Grid) -> Answered:
    comment = _text(grid, question.comment_cell)
    if question.answer_cells is None:
        return Answered(question, _text(grid, question.answer_cell), comment)
    marks = {name: text for name, c in question.answer_cells.items() if (text := _text(grid, c))}
    remarks = [text for text in marks.values() if len(text) > _LONGEST_MARK]
    return Answered(question, " and ".join(marks), "\n".join([*remarks, comment]).strip())


def _text(grid: Grid, cell: str | None) -> str:
    return "" if cell is None else grid.text(*split_cell(cell)).strip()
