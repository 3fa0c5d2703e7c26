"""From the rows of a table that ask to questions: text, context, and the cells for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trustanswer.model import Kind, Question, Verdict
from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.choices import is_scale
from trustanswer.workbook.columns import Columns
from trustanswer.workbook.facts import Options
from trustanswer.workbook.refs import cell_name
from trustanswer.workbook.rows import Part
from trustanswer.workbook.stacked import Pair
from trustanswer.workbook.tables import Table
from trustanswer.workbook.texts import is_child, is_follow_up
from trustanswer.workbook.vocabulary import Role

_MARK_NAMES = {Verdict.YES: "Yes", Verdict.NO: "No", Verdict.PARTIAL: "Partial", Verdict.NA: "N/A"}


def questions(
    grid: Grid, table: Table, columns: Columns, parts: Mapping[int, Part], options: Options
) -> list[Question]:
    """The rows that ask, in order, each with the section and the lead-in it stands under."""
    context = _Context(table, columns)
    found = []
    for row, part in parts.items():
        context.move(part, table.rows[row])
        if part is Part.QUESTION:
            found.append(_question(grid, table.rows[row], row, columns, options, context))
    return found


def stacked_questions(
    grid: Grid, rows: Mapping[int, Mapping[int, Cell]], found: list[Pair], options: Options
) -> list[Question]:
    """The questions of a form in which each stands above its answer."""
    return [_stacked_question(grid, rows, pair, options) for pair in found]


def _stacked_question(
    grid: Grid, rows: Mapping[int, Mapping[int, Cell]], pair: Pair, options: Options
) -> Question:
    row, column = pair.question
    offered = options(*pair.answer)
    return Question(
        sheet=grid.name,
        row=row,
        question_cell=cell_name(row, column),
        answer_cell=cell_name(*pair.answer),
        comment_cell=None,
        text=rows[row][column].text,
        kind=Kind.TEXT if offered is None else Kind.CHOICE,
        options=offered,
        prefilled=bool(grid.text(*pair.answer)),
    )


# --- context: the section and the lead-in a row stands under ------------------------------------


@dataclass
class _Context:
    table: Table
    columns: Columns
    heading: str | None = None
    lead: str | None = None
    last: str | None = None

    def move(self, part: Part, cells: Mapping[int, Cell]) -> None:
        """Take in the next row of the table."""
        if part is Part.SECTION:
            self.heading = max((c.text for c in cells.values()), key=len).strip()
            self.lead = self.last = None
        elif part is Part.LEAD_IN:
            self.lead = self.last = cells[self.columns.question].text.strip()

    def parent(self, text: str) -> str | None:
        """The lead-in of a child row, or the row that a follow-up hangs on."""
        if is_child(text) or is_follow_up(text):
            return self.lead or self.last
        self.lead, self.last = None, text.strip()
        return None


def _section(grid: Grid, row: int, context: _Context) -> str | None:
    named = [_held(grid, row, c) for c in context.columns.sections]
    parts = [context.heading or _header_section(context.table, row), *named]
    return " > ".join(dict.fromkeys(p for p in parts if p)) or None


def _header_section(table: Table, row: int) -> str | None:
    """A section named in the header above: a name that tells no column's role."""
    above = [h for h in table.headers if h.last < row]
    if not above or table.header is None or len(table.headers) < 2:
        return None
    names = [n for c, n in above[-1].names.items() if c not in table.header.roles]
    return names[0].strip() if names else None


def _held(grid: Grid, row: int, column: int) -> str:
    merge = grid.merge_at(row, column)
    return grid.text(*((merge.top, merge.left) if merge else (row, column))).strip()


# --- a question --------------------------------------------------------------------------------


def _question(
    grid: Grid,
    cells: Mapping[int, Cell],
    row: int,
    columns: Columns,
    options: Options,
    context: _Context,
) -> Question:
    text = cells[columns.question].text
    answers = [a for c in (columns.marks or [columns.answer]) if (a := _cell(grid, row, c))]
    offered = options(row, columns.answer)
    return Question(
        sheet=grid.name,
        row=row,
        question_cell=cell_name(row, columns.question),
        answer_cell=answers[0] if answers else None,
        comment_cell=_comment(grid, row, columns),
        text=text,
        section=_section(grid, row, context),
        parent=context.parent(text),
        kind=_kind(columns, offered, grid, row),
        options=offered,
        answer_cells=_marks(row, columns),
        prefilled=any(c in cells for c in (columns.marks or [columns.answer])),
    )


def _cell(grid: Grid, row: int, column: int) -> str | None:
    """The cell to write in: of a merge its first one, None if that stands in another row."""
    merge = grid.merge_at(row, column)
    if merge is None:
        return cell_name(row, column)
    return cell_name(row, merge.left) if merge.top == row else None


def _comment(grid: Grid, row: int, columns: Columns) -> str | None:
    if columns.comment is None:
        return None
    merge = grid.merge_at(row, columns.comment)
    if merge is not None and (row, columns.answer) in merge:
        return None
    return _cell(grid, row, columns.comment)


def _marks(row: int, columns: Columns) -> dict[str, str] | None:
    if not columns.marks:
        return None
    return {_MARK_NAMES[v]: cell_name(row, c) for c, v in columns.marks.items()}


def _kind(columns: Columns, offered: tuple[str, ...] | None, grid: Grid, row: int) -> Kind:
    if columns.marks:
        return Kind.MARK
    if offered is not None:
        return Kind.SCORE if is_scale(offered) else Kind.CHOICE
    rule = grid.validation(row, columns.answer)
    if columns.kind_of_answer is Role.SCORE or (rule and rule.kind in ("whole", "decimal")):
        return Kind.SCORE
    return Kind.TEXT
