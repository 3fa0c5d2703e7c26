"""What a user should look at before a layout is trusted, one line each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from trustanswer.model import Question
from trustanswer.workbook.cells import Grid
from trustanswer.workbook.columns import Columns
from trustanswer.workbook.refs import column_letters
from trustanswer.workbook.tables import Rows
from trustanswer.workbook.texts import asks

_SURE = 3.5  # points of an answer column that nobody needs to look at
_MANY = 5
_ASKING = 0.8  # how surely a text asks
_NAMED = 3


def of_columns(columns: Columns) -> list[str]:
    """Where the answer column was a close call, or is one for want of a better."""
    answer = column_letters(columns.answer)
    if columns.rival is not None:
        other = column_letters(columns.rival)
        return [f"answers go to column {answer}, column {other} would also do; see --mapping"]
    if columns.points < _SURE:
        return [f"column {answer} only probably takes the answers; if not, use --mapping"]
    return []


def of_values(questions: Sequence[Question], values: Sequence[str]) -> list[str]:
    """Where all answers hold the same value, it was hardly the vendor who put it there.

    `values` are those of the answer cells, in the order of the questions.
    """
    same = len(questions) >= _MANY and len(set(values)) == 1 and values[0].strip()
    if not same:
        return []
    return [f"all answers already hold {values[0]!r}; --overwrite replaces them"]


def of_hidden(grid: Grid, rows: Rows, question: int) -> list[str]:
    """Rows that a filter or a person hid may be for the vendor all the same."""
    cells = [rows[row].get(question) for row in rows if row in grid.hidden_rows]
    count = sum(cell is not None and asks(cell.text) >= _ASKING for cell in cells)
    if not count:
        return []
    some = "1 hidden row asks" if count == 1 else f"{count} hidden rows ask"
    return [
        f"{some} as well and will not be answered; show what is meant for you, or use --mapping"
    ]


def of_pending(grid: Grid, asked: Collection[int]) -> list[str]:
    """Rows may ask by formulas whose results nobody can read yet; a total or two is no matter."""
    rows = {row for (row, _), cell in grid.cells.items() if cell.pending and row not in asked}
    if len(rows) < _NAMED:
        return []
    return [
        f"{len(rows)} rows hold formulas without a result, and what they say is not known; "
        "open the file in a spreadsheet program, save it and try again"
    ]


def of_stacked(questions: Sequence[Question]) -> list[str]:
    cells = f"{questions[0].question_cell} in {questions[0].answer_cell}"
    return [f"answers are taken to go below the questions ({cells}); if not, use --mapping"]


def joined(found: Iterable[tuple[str | None, str]]) -> tuple[str, ...]:
    """Doubts with the sheets they are about; one line where several sheets share a doubt."""
    sheets: dict[str, list[str]] = {}
    for sheet, doubt in found:
        sheets.setdefault(doubt, []).append("the file" if sheet is None else f'sheet "{sheet}"')
    return tuple(f"{_several(names)}: {doubt}" for doubt, names in sheets.items())


def _several(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
