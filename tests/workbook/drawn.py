"""Workbooks drawn in text: a line a row, a bar between cells, the row's part in front.

    h | Ref  | Question             | Answer   | Comments
    s | **A. Access**
    ? | 1.1  | Is access reviewed?  | [Yes,No] |

Parts: `?` question, `t` title, `i` instruction, `h` header, `s` section, `l` lead-in, `n` note,
`f` footer, `o` form field, `x` not for the vendor, `.` any of these, empty for a blank row.
A `!` behind the part hides the row.

Cells: `**bold**`, `{filled}`, `[Yes,No]` a dropdown (a value may follow it), `<` merged into the
cell at its left, `^` into the one above, `=text` a formula with that result, `~` a cell that a
protected sheet leaves open (a value may follow), `_` a single space, `\\n` a line break; numbers
are numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from trustanswer.model import Questionnaire

PARTS = {
    "t": "title",
    "i": "instruction",
    "h": "header",
    "s": "section",
    "l": "lead-in",
    "n": "note",
    "f": "footer",
    "o": "form field",
    "x": "not for the vendor",
}


@dataclass(frozen=True)
class Drawing:
    """One sheet; `rows` has for each row its part and its cells as drawn."""

    name: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def asking(self) -> list[int]:
        return [n for n, (part, _) in enumerate(self.rows, 1) if part.startswith("?")]

    @property
    def others(self) -> dict[int, str]:
        """Reasons by row; "." where any will do."""
        texts = {n: p[0] for n, (p, _) in enumerate(self.rows, 1) if p and not p.startswith("?")}
        return {n: PARTS.get(part, ".") for n, part in texts.items()}


def drawing(text: str, name: str = "Sheet1") -> Drawing:
    rows = []
    for line in text.strip("\n").split("\n"):
        part, *cells = line.strip().split("|")
        rows.append((part.strip(), tuple(cell.strip() for cell in cells)))
    return Drawing(name, tuple(rows))


def write(path: Path, *drawings: Drawing, hidden: tuple[str, ...] = ()) -> Path:
    """The drawings as the sheets of a real workbook."""
    book = xlsxwriter.Workbook(path)
    for drawn in drawings:
        sheet = book.add_worksheet(drawn.name)
        _write_sheet(book, sheet, drawn)
        if drawn.name in hidden:
            sheet.hide()
    book.close()
    return path


def _write_sheet(book: Any, sheet: Any, drawn: Drawing) -> None:
    if any("~" in cell for _, cells in drawn.rows for cell in cells):
        sheet.protect()
    for row, (part, cells) in enumerate(drawn.rows):
        if part.endswith("!"):
            sheet.set_row(row, None, None, {"hidden": True})
        for column, cell in enumerate(cells):
            _write_cell(book, sheet, row, column, cell)
    for top, left, bottom, right in _merges(drawn):
        look, value = _look(drawn.rows[top][1][left])
        sheet.merge_range(top, left, bottom, right, value, book.add_format(look))


def _write_cell(book: Any, sheet: Any, row: int, column: int, cell: str) -> None:
    options = re.match(r"\[([^\]]*)\]", cell)
    if options and "," in options[1]:
        source = options[1].split(",")
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": source})
        cell = cell[options.end() :].strip()
    look, value = _look(cell)
    style = book.add_format(look) if look else None
    if value.startswith("="):
        sheet.write_formula(row, column, '=""', style, value[1:])
    elif re.fullmatch(r"-?\d+(\.\d+)?", value):
        sheet.write_number(row, column, float(value), style)
    elif value not in ("<", "^"):
        sheet.write(row, column, value or None, style)


def _look(cell: str) -> tuple[dict[str, Any], str]:
    look: dict[str, Any] = {}
    if cell.startswith("~"):
        look["locked"], cell = False, cell[1:].strip()
    if cell.startswith("{") and cell.endswith("}"):
        look["bg_color"], cell = "#DDEEFF", cell[1:-1]
    if cell.startswith("**") and cell.endswith("**") and len(cell) > 4:
        look["bold"], cell = True, cell[2:-2]
    return look, " " if cell == "_" else cell.replace("\\n", "\n")


def _merges(drawn: Drawing) -> list[tuple[int, int, int, int]]:
    merges = []
    for row, (_, cells) in enumerate(drawn.rows):
        for column in range(len(cells)):
            right, bottom = column, row
            while right + 1 < len(cells) and cells[right + 1] == "<":
                right += 1
            while _at(drawn, bottom + 1, column) == "^":
                bottom += 1
            if cells[column] not in ("<", "^") and (right, bottom) != (column, row):
                merges.append((row, column, bottom, right))
    return merges


def _at(drawn: Drawing, row: int, column: int) -> str:
    cells = drawn.rows[row][1] if row < len(drawn.rows) else ()
    return cells[column] if column < len(cells) else ""


def asked(questionnaire: Questionnaire, sheet: str | None = "Sheet1") -> list[int]:
    return [q.row for q in questionnaire.questions if q.sheet == sheet]


def columns(questionnaire: Questionnaire) -> str:
    """ "B: C, D" where all questions stand in B, the answers go to C and the comments to D."""
    found = {_columns(q) for q in questionnaire.questions}
    return " and ".join(sorted(found))


def _columns(question: Any) -> str:
    answers = [*(question.answer_cells or {}).values()] or [question.answer_cell]
    cells = ["/".join(_letters(cell) for cell in answers)]
    cells += [_letters(question.comment_cell)] if question.comment_cell else []
    return f"{_letters(question.question_cell)}: {', '.join(cells)}"


def _letters(cell: str | None) -> str:
    return (cell or "-").rstrip("0123456789")
