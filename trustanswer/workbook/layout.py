"""From a grid to the questions it asks: every row with text is a question or something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trustanswer.errors import LayoutError
from trustanswer.model import Kind, Other, Question, Questionnaire, Verdict
from trustanswer.workbook.cells import Book, Cell, Grid
from trustanswer.workbook.choices import is_scale
from trustanswer.workbook.columns import Columns, Options, fit
from trustanswer.workbook.delimited import read_records
from trustanswer.workbook.grid import grid_of_records, read_book
from trustanswer.workbook.options import options_at
from trustanswer.workbook.refs import cell_name
from trustanswer.workbook.rows import Part, classify
from trustanswer.workbook.tables import Rows, Table, cut, visible
from trustanswer.workbook.texts import is_child, is_follow_up, is_note
from trustanswer.workbook.vocabulary import Role, holds, is_form_label, words

_MARK_NAMES = {Verdict.YES: "Yes", Verdict.NO: "No", Verdict.PARTIAL: "Partial", Verdict.NA: "N/A"}


def read_questionnaire(path: Path) -> Questionnaire:
    """What a customer's file asks, and where each answer goes.

    Raises WorkbookError when the file cannot be read, LayoutError when it holds no questions.
    """
    book = _read(path)
    sheets = [_understood(book, grid) for grid in book.sheets]
    questions = tuple(q for sheet in sheets for q in sheet.questions)
    if not questions:
        raise LayoutError(
            f"{path.name}: no questions found; name the sheet and its columns with --mapping "
            "(inspect --save-mapping writes a file to start from)"
        )
    others = tuple(o for sheet in sheets for o in sheet.others)
    doubts = tuple(doubt for sheet in sheets for doubt in sheet.doubts)
    return Questionnaire(path.name, questions, others, doubts)


def _read(path: Path) -> Book:
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return Book(path.name, (grid_of_records(read_records(path).records),))
    return read_book(path)


@dataclass
class _Found:
    """What was found on one sheet so far."""

    questions: list[Question] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)
    others: list[Other] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def _understood(book: Book, grid: Grid) -> _Found:
    found = _Found()
    rows = visible(grid)
    if not grid.hidden:
        options = _options(book, grid)
        for table in cut(grid, rows):
            _read_table(grid, table, options, found)
    _reconcile(grid, rows, found)
    return found


def _options(book: Book, grid: Grid) -> Options:
    @cache
    def options(row: int, column: int) -> tuple[str, ...] | None:
        return options_at(book, grid, row, column)

    return options


def _reluctance(grid: Grid) -> float:
    """How much more a sheet must show to be taken for a questionnaire, by its name."""
    name = grid.name or ""
    if holds("sheets", "reviewer", name):
        return 3.0
    return 1.2 if holds("sheets", "apart", name) else 0.0


def _read_table(grid: Grid, table: Table, options: Options, found: _Found) -> None:
    for header in table.headers:
        found.parts.update(dict.fromkeys(header.rows, Part.HEADER))
    columns = fit(grid, table.header, table.rows, options, _reluctance(grid))
    if columns is None:
        return
    parts = classify(grid, columns, table.rows, options)
    context = _Context(table, columns)
    for row, part in parts.items():
        context.move(grid, row, part, table.rows[row])
        if part is Part.QUESTION:
            found.questions.append(_question(grid, table.rows[row], row, columns, options, context))
    found.parts.update({row: part for row, part in parts.items() if part is not Part.SECTION})
    found.parts.update({row: Part.SECTION for row, p in parts.items() if p is Part.SECTION})


# --- context: the section and the lead-in a row stands under ------------------------------------


@dataclass
class _Context:
    table: Table
    columns: Columns
    heading: str | None = None
    lead: str | None = None
    last: str | None = None

    def move(self, grid: Grid, row: int, part: Part, cells: Mapping[int, Cell]) -> None:
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


def _section(grid: Grid, row: int, context: _Context, cells: Mapping[int, Cell]) -> str | None:
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
    offered = None if columns.marks else options(row, columns.answer)
    return Question(
        sheet=grid.name,
        row=row,
        question_cell=cell_name(row, columns.question),
        answer_cell=answers[0] if answers else None,
        comment_cell=_comment(grid, row, columns),
        text=text,
        section=_section(grid, row, context, cells),
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


# --- the rest ----------------------------------------------------------------------------------


def _reconcile(grid: Grid, rows: Rows, found: _Found) -> None:
    """Give every row with text its place: those no table spoke for, by where they stand."""
    asked = {q.row for q in found.questions}
    first, last = min(asked, default=None), max(asked, default=None)
    for index, row in enumerate(grid.by_row):
        if row in asked:
            continue
        part = Part.NOT_VENDOR if grid.hidden else found.parts.get(row)
        if part is None or (part in (Part.SECTION, Part.NOTE) and first is not None):
            part = _place(rows.get(row, grid.by_row[row]), row, index, first, last, part)
        found.others.append(Other(grid.name, row, part.value))


def _place(
    cells: Mapping[int, Cell],
    row: int,
    index: int,
    first: int | None,
    last: int | None,
    part: Part | None,
) -> Part:
    text = next(iter(cells.values())).text
    if is_form_label(text) and len(cells) <= 4:
        return Part.FORM_FIELD
    if last is not None and row > last:
        return Part.FOOTER
    if part is not None:
        return part
    if index < 3 and len(words(text)) <= 15 and not is_note(text):
        return Part.TITLE
    return Part.INSTRUCTION if first is None or row < first else Part.NOTE
