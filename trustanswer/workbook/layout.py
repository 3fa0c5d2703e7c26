"""From a file to the questions it asks: every row with text is a question or something else."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trustanswer.errors import LayoutError
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.model import Other, Question, Questionnaire
from trustanswer.workbook import doubts
from trustanswer.workbook.cells import Book, Cell, Grid
from trustanswer.workbook.columns import Columns, fit
from trustanswer.workbook.facts import Options
from trustanswer.workbook.grid import read_book
from trustanswer.workbook.mapping import Mapping, TableMap
from trustanswer.workbook.options import options_at
from trustanswer.workbook.questions import questions, stacked_questions
from trustanswer.workbook.refs import column_letters, split_cell
from trustanswer.workbook.rows import Part, classify
from trustanswer.workbook.stacked import Pair, pairs
from trustanswer.workbook.tables import Rows, Table, cut, visible
from trustanswer.workbook.texts import asks, is_note
from trustanswer.workbook.vocabulary import Role, holds, is_form_label, named_outright, words


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do with a file in which no questions are found: as it is read for, or as it is."""

    table: str
    text: str = "name the questionnaire's .xlsx, .xlsm or .csv file"


MAP_IT = Advice("name its sheets and columns in a file for --mapping")


def read_questionnaire(
    path: Path,
    mapping: Mapping | None = None,
    limits: Limits = LIMITS,
    advice: Advice = MAP_IT,
) -> Questionnaire:
    """What a customer's file asks, and where each answer goes.

    With a mapping only its tables are read, and as it says. Raises WorkbookError when the file
    cannot be read or is beyond a limit, LayoutError when it holds no questions or the mapping does
    not fit it.
    """
    found = understand(read_book(path, limits), mapping, advice)
    try:
        limits.check("questions", len(found.questions))
    except LimitError as error:
        raise LayoutError(f"{path.name} {error}") from None
    return found


def understand(
    book: Book, mapping: Mapping | None = None, advice: Advice = MAP_IT
) -> Questionnaire:
    """`read_questionnaire` for a book that is already read."""
    if mapping is not None:
        _check(book, mapping)
    sheets = [_understood(book, grid, mapping) for grid in book.sheets]
    asked = tuple(q for sheet in sheets for q in sheet.questions)
    doubted = doubts.joined(
        (g.name, d) for g, sheet in zip(book.sheets, sheets, strict=True) for d in sheet.doubts
    )
    if not asked:
        raise LayoutError(f"{book.name}: {_none_found(book, advice, doubted)}")
    others = tuple(o for sheet in sheets for o in sheet.others)
    return Questionnaire(book.name, asked, others, doubted)


def _none_found(book: Book, advice: Advice, doubted: tuple[str, ...]) -> str:
    """Any text can be read as records: under another name than theirs it is told to be text."""
    if doubted:
        return f"no questions found; {'; '.join(doubted)}"
    if not any(grid.by_row for grid in book.sheets):
        return "there is no text in it; ask for the file again"
    text = all(grid.name is None for grid in book.sheets)
    if text and not book.name.lower().endswith((".csv", ".tsv")):
        return f"it is text, not a spreadsheet, and no questions were found in it; {advice.text}"
    return f"no questions found; {advice.table}"


@dataclass
class _Found:
    """What was found on one sheet so far."""

    questions: list[Question] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)
    others: list[Other] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def _understood(book: Book, grid: Grid, mapping: Mapping | None) -> _Found:
    found = _Found()
    rows = visible(grid)
    options = _options(book, grid)
    if mapping is not None:
        for told in mapping.tables:
            if told.sheet == grid.name:
                _read_mapped(grid, rows, told, options, found)
    elif not grid.hidden:
        _read_sheet(grid, rows, options, found)
        found.doubts += doubts.of_pending(grid, {q.row for q in found.questions})
    _reconcile(grid, rows, found, aside=grid.hidden or bool(mapping and not found.questions))
    return found


def _options(book: Book, grid: Grid) -> Options:
    @cache
    def options(row: int, column: int) -> tuple[str, ...] | None:
        return options_at(book, grid, row, column)

    return options


# --- by understanding --------------------------------------------------------------------------


def _read_sheet(grid: Grid, rows: Rows, options: Options, found: _Found) -> None:
    """As a form, where each question stands above its answer; else table by table."""
    tables = cut(grid, rows)
    stacked = pairs(grid, rows, options)
    labelled = all(pair.label is not None for pair in stacked)
    if stacked and (labelled or not any(table.header for table in tables)):
        found.questions += stacked_questions(grid, rows, stacked, options)
        found.parts.update({p.label: Part.HEADER for p in stacked if p.label is not None})
        found.doubts += doubts.of_stacked(found.questions)
        return
    for table in tables:
        _read_table(grid, table, options, found)


def _read_table(grid: Grid, table: Table, options: Options, found: _Found) -> None:
    for header in table.headers:
        found.parts.update(dict.fromkeys(header.rows, Part.HEADER))
    columns = fit(grid, table.header, table.rows, options, _reluctance(grid))
    if columns is None:
        return
    parts = classify(grid, columns, table.rows, options)
    if table.header is None:
        parts.update(_lone_name(table.rows, columns.question))
    asked = questions(grid, table, columns, parts, options)
    found.questions += asked
    found.parts.update(parts)
    if asked:
        found.doubts += doubts.of_columns(columns)
        found.doubts += doubts.of_hidden(grid, table.rows, columns.question)
        found.doubts += [] if columns.marks else doubts.of_values(asked, _values(grid, asked))


def _lone_name(rows: Rows, question: int) -> dict[int, Part]:
    """The header of a list that names its questions and nothing beside them."""
    first = next((row for row, cells in rows.items() if question in cells), None)
    told = None if first is None else named_outright(rows[first][question].text)
    asking = told is not None and told[0] in (Role.QUESTION, Role.STATEMENT)
    return {first: Part.HEADER} if first is not None and asking else {}


def _reluctance(grid: Grid) -> float:
    """How much more a sheet must show to be taken for a questionnaire, by its name."""
    name = grid.name or ""
    if holds("sheets", "reviewer", name):
        return 3.0
    return 2.0 if holds("sheets", "apart", name) else 0.0


def _values(grid: Grid, asked: list[Question]) -> list[str]:
    cells = (split_cell(q.answer_cell) for q in asked if q.answer_cell)
    return [grid.text(*cell) for cell in cells]


# --- by the user's mapping ---------------------------------------------------------------------


def _check(book: Book, mapping: Mapping) -> None:
    names = [grid.name for grid in book.sheets]
    for table in mapping.tables:
        if table.sheet not in names:
            raise LayoutError(f"{mapping.name}: {_no_sheet(table.sheet, book)}")


def _no_sheet(name: str | None, book: Book) -> str:
    known = ", ".join(repr(grid.name) for grid in book.sheets if grid.name is not None)
    if not known:
        return f"{book.name} has no sheets; leave out sheet = {name!r}"
    if name is None:
        return f"a [[table]] says no sheet; {book.name} has {known}"
    return f"no sheet {name!r} in {book.name}; it has {known}"


def _read_mapped(grid: Grid, rows: Rows, told: TableMap, options: Options, found: _Found) -> None:
    """Rows with a text in the question column ask, but for those that are to be skipped."""
    inside = {row: cells for row, cells in rows.items() if told.first <= row <= told.last}
    columns = Columns(told.question, told.answer, told.marks, told.comment, sections=told.sections)
    table = Table(None, (), inside)
    parts = {
        row: Part.QUESTION if told.question in inside[row] and row not in told.skip else part
        for row, part in classify(grid, columns, inside, options).items()
    }
    for row in told.skip & parts.keys():
        parts[row] = Part.NOTE if parts[row] is Part.QUESTION else parts[row]
    if told.below:
        under = _pairs_below(told, inside)
        parts = {pair.question[0]: Part.QUESTION for pair in under}
        asked = stacked_questions(grid, inside, under, options)
    else:
        asked = questions(grid, table, columns, parts, options)
    if not asked:
        where = f"column {column_letters(told.question)}, rows {told.first}-{told.last}"
        raise LayoutError(f"no questions found in {where} of {grid.name!r}; correct the mapping")
    found.questions += asked
    found.parts.update(parts)
    if told.header is not None:
        found.parts[told.header] = Part.HEADER


def _pairs_below(told: TableMap, rows: Rows) -> list[Pair]:
    """The questions with their answers below; an answer that stands there already does not ask."""
    found: dict[int, Pair] = {}
    for row, cells in rows.items():
        if told.question in cells and row not in told.skip and row - told.below not in found:
            found[row] = Pair((row, told.question), (row + told.below, told.answer))
    return list(found.values())


# --- the rest ----------------------------------------------------------------------------------


def _reconcile(grid: Grid, rows: Rows, found: _Found, aside: bool) -> None:
    """Give every row with text its place: those no table spoke for, by where they stand.

    `aside`: the sheet is not for the vendor.
    """
    asked = {q.row for q in found.questions}
    for index, row in enumerate(grid.by_row):
        if row not in asked:
            cells = rows.get(row, grid.by_row[row])
            part = Part.NOT_VENDOR if aside else found.parts.get(row)
            if part in (None, Part.SECTION, Part.NOTE):
                part = _place(cells, row, index, sorted(asked), part)
            found.others.append(Other(grid.name, row, part.value))


def _place(
    cells: Map[int, Cell], row: int, index: int, asked: list[int], part: Part | None
) -> Part:
    text = next(iter(cells.values())).text
    outside = not asked or row < asked[0] or row > asked[-1]
    if outside and len(cells) <= 4 and any(is_form_label(cell.text) for cell in cells.values()):
        return Part.FORM_FIELD
    if asked and row > asked[-1]:
        return Part.FOOTER
    if part is not None:
        return part
    if index < 3 and _is_title(text):
        return Part.TITLE
    return Part.INSTRUCTION if outside else Part.NOTE


def _is_title(text: str) -> bool:
    sentence = text.rstrip().endswith((".", "!", "?", ":"))
    return len(words(text)) <= 15 and not sentence and not is_note(text) and asks(text) < 0.7
