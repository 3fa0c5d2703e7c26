"""Which rows of a table ask: each weighed against what is usual for the rows of its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trustanswer.workbook.cells import Cell, Grid, Style
from trustanswer.workbook.columns import Columns, Options
from trustanswer.workbook.texts import (
    asks,
    is_child,
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


@dataclass(frozen=True)
class Usual:
    """What most asking rows of a table have in common; shares in 0..1."""

    identified: float
    listed: float
    unlocked: float
    cells: float
    style: tuple[bool, str | None, float]
    apart: float


def look(style: Style) -> tuple[bool, str | None, float]:
    return (style.bold, style.fill, style.size)


def classify(
    grid: Grid,
    columns: Columns,
    rows: Mapping[int, Mapping[int, Cell]],
    options: Options,
) -> dict[int, Part]:
    """The part each row of a table plays; rows are in order."""
    usual = _usual(grid, columns, rows, options)
    order = list(rows)
    parts = {
        row: _part(grid, columns, rows, order[index : index + 3], options, usual)
        for index, row in enumerate(order)
    }
    _welcome(parts, columns, rows)
    _closed(parts, grid, rows)
    return parts


def _welcome(
    parts: dict[int, Part], columns: Columns, rows: Mapping[int, Mapping[int, Cell]]
) -> None:
    """Directly above the first section, a text that stands alone and asks nothing greets."""
    order = list(parts)
    first = next((n for n, row in enumerate(order) if parts[row] is Part.SECTION), 0)
    for row in order[:first] if first <= _GREETING_ROWS else ():
        alone = set(rows[row]) == {columns.question}
        if alone and asks(rows[row][columns.question].text) < 0.7:
            parts[row] = Part.NOTE


def _closed(parts: dict[int, Part], grid: Grid, rows: Mapping[int, Mapping[int, Cell]]) -> None:
    """Rows that are hidden, or in a section set apart for the customer, are not the vendor's."""
    closed = False
    for row, part in parts.items():
        if part is Part.SECTION:
            closed = _for_the_customer(rows[row])
        if closed or row in grid.hidden_rows:
            parts[row] = Part.NOT_VENDOR


def _for_the_customer(cells: Mapping[int, Cell]) -> bool:
    return any(holds("rows", "not_vendor", cell.text) for cell in cells.values())


def _usual(
    grid: Grid, columns: Columns, rows: Mapping[int, Mapping[int, Cell]], options: Options
) -> Usual:
    asking = [row for row, cells in rows.items() if columns.question in cells]
    sure = [
        row
        for row in asking
        if asks(rows[row][columns.question].text) >= 0.7 or options(row, columns.answer) is not None
    ]
    sample = sure if len(sure) >= max(1, len(asking) // 3) else asking
    total = max(1, len(sample))
    styles = Counter(look(rows[row][columns.question].style) for row in sample)
    return Usual(
        identified=sum(columns.id in rows[row] for row in sample) / total,
        listed=sum(options(row, columns.answer) is not None for row in sample) / total,
        unlocked=sum(not grid.locked(row, columns.answer) for row in sample) / total,
        cells=sum(_others(rows[row], columns) for row in sample) / total,
        style=styles.most_common(1)[0][0] if styles else (False, None, 11.0),
        apart=sum(row - 1 not in rows for row in sample) / total,
    )


def _others(cells: Mapping[int, Cell], columns: Columns) -> int:
    """Cells of a row beside the question and what the vendor writes."""
    own = {columns.question, columns.answer, columns.comment, *columns.marks}
    return sum(c not in own for c in cells)


def _part(
    grid: Grid,
    columns: Columns,
    rows: Mapping[int, Mapping[int, Cell]],
    order: Sequence[int],
    options: Options,
    usual: Usual,
) -> Part:
    row, following = order[0], order[1:]
    cells = rows[row]
    if columns.question not in cells or _spans(grid, columns, row):
        return _apart(cells)
    named = [cells[c].text for c in (columns.id, columns.question) if c is not None and c in cells]
    if any(map(is_sample, named)):
        return Part.NOTE
    text = cells[columns.question].text
    listed = options(row, columns.answer) is not None
    if not listed and _leads(text, [rows[r].get(columns.question) for r in following], usual):
        return Part.LEAD_IN
    if not listed and _numbers_its_followers(columns, rows, order) and asks(text) < 1.0:
        return Part.SECTION
    if _weigh(columns, rows, row, usual, listed) <= 0:
        return _apart(cells)
    shut = usual.unlocked >= 0.6 and grid.locked(row, columns.answer)
    return Part.NOT_VENDOR if shut else Part.QUESTION


def _spans(grid: Grid, columns: Columns, row: int) -> bool:
    """A merge over question and answer leaves no cell to answer in."""
    merge = grid.merge_at(row, columns.question)
    return merge is not None and (row, columns.answer) in merge


def _apart(cells: Mapping[int, Cell]) -> Part:
    text = max((cell.text for cell in cells.values()), key=len)
    if (
        is_note(text)
        or text.startswith("(")
        or len(words(text)) > _HEADING_WORDS
        or asks(text) == 1.0
    ):
        return Part.NOTE
    return Part.SECTION


def _leads(text: str, following: Sequence[Cell | None], usual: Usual) -> bool:
    """Opens a list: ends open, or has no answer where others have one, and children follow."""
    children = [cell for cell in following if cell is not None and is_child(cell.text)]
    if not children or following[0] is None or not is_child(following[0].text):
        return False
    return not is_child(text) and (is_lead(text) or usual.listed >= 0.5 or "?" not in text)


def _numbers_its_followers(
    columns: Columns, rows: Mapping[int, Mapping[int, Cell]], order: Sequence[int]
) -> bool:
    """Its number is the start of the next row's, as of a chapter: 2 before 2.1."""
    if columns.id is None or len(order) < 2:
        return False
    own, following = (rows[row].get(columns.id) for row in order[:2])
    if own is None or following is None:
        return False
    start = own.text.strip().rstrip(".")
    return following.text.strip().startswith((f"{start}.", f"{start}-")) and bool(start)


def _weigh(
    columns: Columns,
    rows: Mapping[int, Mapping[int, Cell]],
    row: int,
    usual: Usual,
    listed: bool,
) -> float:
    """Above zero: the row asks."""
    cells = rows[row]
    cell = cells[columns.question]
    text = cell.text.strip()
    points = 0.6 + 1.5 * asks(text)
    hangs = is_child(text) or is_follow_up(text)
    if columns.id is not None and usual.identified >= 0.6:
        points += 1.2 if columns.id in cells else 0.0 if hangs else -1.6
    if usual.listed >= 0.6:
        points += 1.5 if listed else -0.8
    points += _style_points(cell.style, usual.style)
    points -= (1.6 if len(text) > _ACRONYM else 0.5) if shouts(text) else 0.0
    points -= 2.6 if is_note(text) and not listed else 0.0
    if row - 1 not in rows and usual.apart < 0.4 and len(words(text)) <= _HEADING_WORDS:
        points -= 0.5
    if usual.cells >= 1 and not _others(cells, columns):
        points -= 0.7
    if _answered(cells, columns):
        points += 1.0
    return points + (1.0 if hangs else 0.0)


def _answered(cells: Mapping[int, Cell], columns: Columns) -> bool:
    own = (columns.answer, *columns.marks)
    return any(c in cells and not cells[c].formula for c in own)


def _style_points(style: Style, usual: tuple[bool, str | None, float]) -> float:
    """Headings are set off from the rows they head."""
    bold, fill, size = usual
    points = -1.2 if style.bold and not bold else 0.0
    points -= 0.8 if style.fill != fill and style.fill is not None else 0.0
    return points - (0.6 if style.size > size + 1 else 0.0)
