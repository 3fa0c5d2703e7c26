"""Which rows of a table ask: each weighed against what is usual for the rows of its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trustanswer.workbook.cells import Cell, Grid, Style
from trustanswer.workbook.columns import Columns
from trustanswer.workbook.facts import Options
from trustanswer.workbook.texts import (
    asks,
    is_child,
    is_first_child,
    is_follow_up,
    is_lead,
    is_note,
    is_sample,
    shouts,
)
from trustanswer.workbook.vocabulary import holds, words

_HEADING_WORDS = 12
_GREETING_ROWS = 3
_ACRONYM = 5
_LOOK_AHEAD = 4
_USUAL = 0.25  # share of the rows; bands of colour have half


class Part(StrEnum):
    """What a row is. All but QUESTION are the reasons that `inspect` gives."""

    QUESTION = "question"
    TITLE = "title"
    INSTRUCTION = "instruction"
    HEADER = "header"
    SECTION = "section"
    LEAD_IN = "lead-in"
    NOTE = "note"
    FOOTER = "footer"
    FORM_FIELD = "form field"
    NOT_VENDOR = "not for the vendor"


Cells = Mapping[int, Cell]


@dataclass(frozen=True)
class _Usual:
    """What most asking rows of a table have in common; shares in 0..1."""

    identified: float
    listed: float
    unlocked: float
    cells: float
    bold: bool
    fills: frozenset[str | None]
    size: float
    apart: float


@dataclass(frozen=True)
class _Table:
    grid: Grid
    columns: Columns
    rows: Mapping[int, Cells]
    options: Options

    def listed(self, row: int) -> bool:
        """Whether the row's answer has a dropdown."""
        return self.options(row, self.columns.answer) is not None

    def asked(self, row: int) -> Cell | None:
        return self.rows[row].get(self.columns.question)

    def others(self, row: int) -> int:
        """Cells of a row beside the question and what the vendor writes."""
        columns = self.columns
        own = {columns.question, columns.answer, columns.comment, *columns.marks}
        return sum(column not in own for column in self.rows[row])

    def spans(self, row: int) -> bool:
        """A merge over question and answer leaves no cell to answer in."""
        merge = self.grid.merge_at(row, self.columns.question)
        return merge is not None and (row, self.columns.answer) in merge

    def answered(self, row: int) -> bool:
        cells = self.rows[row]
        own = (self.columns.answer, *self.columns.marks)
        return any(c in cells and not cells[c].formula for c in own)


def classify(
    grid: Grid, columns: Columns, rows: Mapping[int, Cells], options: Options
) -> dict[int, Part]:
    """The part each row of a table plays; rows are in order."""
    table = _Table(grid, columns, rows, options)
    usual = _usual(table)
    order = list(rows)
    parts = {
        row: _part(table, order[index : index + _LOOK_AHEAD], usual)
        for index, row in enumerate(order)
    }
    _welcome(parts, table)
    _closed(parts, table)
    return parts


def _welcome(parts: dict[int, Part], table: _Table) -> None:
    """Directly above the first section, a text that stands alone and asks nothing greets."""
    order = list(parts)
    first = next((n for n, row in enumerate(order) if parts[row] is Part.SECTION), 0)
    for row in order[:first] if first <= _GREETING_ROWS else ():
        cell = table.asked(row)
        if cell is not None and len(table.rows[row]) == 1 and asks(cell.text) < 0.7:
            parts[row] = Part.NOTE


def _closed(parts: dict[int, Part], table: _Table) -> None:
    """Rows that are hidden, or in a section set apart for the customer, are not the vendor's."""
    closed = False
    for row, part in parts.items():
        if part is Part.SECTION:
            texts = (cell.text for cell in table.rows[row].values())
            closed = any(holds("rows", "not_vendor", text) for text in texts)
        if closed or row in table.grid.hidden_rows:
            parts[row] = Part.NOT_VENDOR


def _usual(table: _Table) -> _Usual:
    asking = {row: cell for row in table.rows if (cell := table.asked(row)) is not None}
    sure = [row for row, cell in asking.items() if asks(cell.text) >= 0.7 or table.listed(row)]
    sample = sure if len(sure) >= max(1, len(asking) // 3) else list(asking)
    total = max(1, len(sample))
    styles = [asking[row].style for row in sample]
    fills = Counter(style.fill for style in styles)
    return _Usual(
        identified=sum(table.columns.id in table.rows[row] for row in sample) / total,
        listed=sum(map(table.listed, sample)) / total,
        unlocked=sum(not table.grid.locked(row, table.columns.answer) for row in sample) / total,
        cells=sum(map(table.others, sample)) / total,
        bold=sum(style.bold for style in styles) / total >= 0.5,
        fills=frozenset(fill for fill, count in fills.items() if count / total >= _USUAL),
        size=max((style.size for style in styles), default=Style().size),
        apart=sum(row - 1 not in table.rows for row in sample) / total,
    )


def _part(table: _Table, order: Sequence[int], usual: _Usual) -> Part:
    """The part of the first of these rows, given those that follow it."""
    row = order[0]
    cell = table.asked(row)
    if cell is None or table.spans(row):
        return _apart(table.rows[row])
    if _is_sample(table, row):
        return Part.NOTE
    if not table.listed(row) and _leads(table, order, cell.text, usual):
        return Part.LEAD_IN
    if not table.listed(row) and _numbers_its_follower(table, order) and asks(cell.text) < 1.0:
        return Part.SECTION
    if _weigh(table, row, cell, usual) <= 0:
        return _apart(table.rows[row])
    shut = usual.unlocked >= 0.6 and table.grid.locked(row, table.columns.answer)
    return Part.NOT_VENDOR if shut else Part.QUESTION


def _apart(cells: Cells) -> Part:
    text = max((cell.text for cell in cells.values()), key=len)
    explains = is_note(text) or text.startswith("(") or asks(text) == 1.0
    return Part.NOTE if explains or len(words(text)) > _HEADING_WORDS else Part.SECTION


def _is_sample(table: _Table, row: int) -> bool:
    cells, columns = table.rows[row], (table.columns.id, table.columns.question)
    return any(c is not None and c in cells and is_sample(cells[c].text) for c in columns)


def _leads(table: _Table, order: Sequence[int], text: str, usual: _Usual) -> bool:
    """Opens a list: ends open, or has no answer where others have one, and a child follows."""
    following = table.asked(order[1]) if len(order) > 1 else None
    if following is None or table.spans(order[1]) or following.style.bold > usual.bold:
        return False
    if is_child(text) or not is_first_child(following.text):
        return False
    return is_lead(text) or usual.listed >= 0.5 or "?" not in text


def _numbers_its_follower(table: _Table, order: Sequence[int]) -> bool:
    """Its number is the start of the next one's, as of a chapter: 2 before 2.1."""
    column = table.columns.id
    if column is None or column not in table.rows[order[0]]:
        return False
    start = table.rows[order[0]][column].text.strip().rstrip(".")
    numbers = (table.rows[row][column].text for row in order[1:] if column in table.rows[row])
    return next(numbers, "").strip().startswith((f"{start}.", f"{start}-"))


def _weigh(table: _Table, row: int, cell: Cell, usual: _Usual) -> float:
    """Above zero: the row asks."""
    text = cell.text.strip()
    listed = table.listed(row)
    hangs = is_child(text) or is_follow_up(text)
    points = 0.6 + 1.5 * asks(text) + (1.0 if hangs else 0.0)
    if table.columns.id is not None and usual.identified >= 0.6:
        points += 1.2 if table.columns.id in table.rows[row] else 0.0 if hangs else -1.6
    if usual.listed >= 0.6:
        points += 1.5 if listed else -0.8
    points += 1.0 if table.answered(row) else 0.0
    points -= 2.6 if is_note(text) and not listed else 0.0
    return points + _set_off(table, row, cell, usual)


def _set_off(table: _Table, row: int, cell: Cell, usual: _Usual) -> float:
    """Headings are set off from the rows they head, by looks, letters and place."""
    text, style = cell.text.strip(), cell.style
    points = -1.2 if style.bold and not usual.bold else 0.0
    points -= 0.8 if style.fill is not None and style.fill not in usual.fills else 0.0
    points -= 0.6 if style.size > usual.size + 1 else 0.0
    points -= (1.6 if len(text) > _ACRONYM else 0.5) if shouts(text) else 0.0
    if row - 1 not in table.rows and usual.apart < 0.4 and len(words(text)) <= _HEADING_WORDS:
        points -= 0.5
    return points - (0.7 if usual.cells >= 1 and not table.others(row) else 0.0)
