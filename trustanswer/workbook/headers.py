"""Header rows: which rows name columns, and what the names tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trustanswer.model import Verdict
from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.choices import meaning
from trustanswer.workbook.texts import asks
from trustanswer.workbook.vocabulary import Role, fold, holds, named_outright, role, words

# Roles that only a header has: a row that names one of them and one thing more is a header.
_TELLING = {
    Role.ANSWER,
    Role.COMMENT,
    Role.QUESTION,
    Role.STATEMENT,
    Role.SCORE,
    Role.EVIDENCE,
    Role.ATTACHMENT,
    Role.GUIDANCE,
    Role.REVIEWER,
}
_ASKING = (Role.QUESTION, Role.STATEMENT)
_HEADER_SCORE = 2.5
_LOOK_BELOW = 25
_LONGEST_NAME = 160
_NUMBERED = re.compile(r"[A-Za-z&]*[ .-]?\d+[.-]\d+|[A-Za-z&]+-\d+[a-z]?\Z")


@dataclass(frozen=True)
class Header:
    """One header: of one row, or of several stacked ones.

    `names` has each column's name, those of stacked rows joined from the top; `roles` what a name
    tells and how surely; `marks` the columns that stand for one verdict each ("Yes", "No").
    """

    rows: tuple[int, ...]
    names: Mapping[int, str]
    roles: Mapping[int, tuple[Role, float]]
    marks: Mapping[int, Verdict] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return self.rows[-1]

    def role_of(self, column: int) -> Role | None:
        found = self.roles.get(column)
        return found[0] if found else None


def find_headers(grid: Grid, rows: Mapping[int, Mapping[int, Cell]]) -> list[Header]:
    """The headers of a sheet from the top, given its visible cells row by row."""
    order = list(rows)
    scores = {
        row: score
        for index, row in enumerate(order)
        if (score := _score(rows, order[index : index + _LOOK_BELOW])) >= _HEADER_SCORE
    }
    if not scores:
        return []
    best = rows[max(scores, key=lambda row: scores[row])]
    likely = [
        row
        for row in order
        if (row in scores and _belongs(rows[row], best)) or _opens_again(rows[row], best)
    ]
    return [_header(grid, rows, group) for group in _stacked(grid, likely, rows)]


def _belongs(cells: Mapping[int, Cell], best: Mapping[int, Cell]) -> bool:
    """Whether a row can be a header beside the sheet's clearest one.

    Answers ("Compliant", "See comments") are made of the words of headers; so a further header
    repeats names of the clearest one, or looks as it does, or names question and answer outright.
    """
    names, known = _folded(cells), _folded(best)
    repeated = sum(known.get(column) == name for column, name in names.items())
    if repeated >= 2 or (repeated and repeated >= len(names) / 2):
        return True
    look = _look(cells)
    if look > 0 and look >= _look(best):
        return True
    outright = {found[0] for cell in cells.values() if (found := named_outright(cell.text))}
    return bool(outright & set(_ASKING)) and len(outright & _TELLING) >= 2


def _opens_again(cells: Mapping[int, Cell], best: Mapping[int, Cell]) -> bool:
    """A name for answers that stands in its column again heads a further part of the table.

    Told without a look below, where answers may stand by now.
    """
    if len(cells) < 2 or any(_speaks(cell) for cell in cells.values()):
        return False
    known = _folded(best)
    return any(
        known.get(c) == fold(cell.text) and _names_answers(cell.text) for c, cell in cells.items()
    )


def _folded(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {column: fold(cell.text) for column, cell in cells.items()}


def _score(rows: Mapping[int, Mapping[int, Cell]], order: Sequence[int]) -> float:
    """How much the first of these rows looks like names of columns, those below like its data."""
    row, below = order[0], order[1:]
    cells = rows[row]
    names = {c: cell for c, cell in cells.items() if _is_name(cell) and not _speaks(cell)}
    if len(names) < 2 or len(names) < len(cells) / 2:
        return 0.0
    told = {c: found for c, cell in names.items() if (found := role(cell.text))}
    telling = {c: r for c, (r, _) in told.items() if r in _TELLING}
    marks = marks_of({c: cell.text for c, cell in names.items()})
    room = _room(rows, below, cells, told)
    named = any(r in _ASKING and _whole(names[c].text) for c, r in telling.items())
    kinds = len(set(telling.values())) + bool(room and telling) + bool(marks)
    if kinds < 2 and len(marks) < 3 and not (named and len(told) >= 2):
        return 0.0
    score = float(len(set(telling.values()))) + 0.5 * (len(told) - len(telling)) + len(marks)
    score += _look(names) + room + 0.5 * any(_whole(names[c].text) for c in telling)
    score -= 2.0 * sum(_speaks(cell) for cell in cells.values())
    return score - _repeats(rows, below, cells)


def _whole(name: str) -> bool:
    """Nothing but the name of a role, as in "Answer"."""
    return len(words(name)) <= 2


def _is_name(cell: Cell) -> bool:
    return not cell.number and len(cell.text) <= _LONGEST_NAME and cell.text.count("\n") <= 4


def _speaks(cell: Cell) -> bool:
    """A sentence, or the number of a row: what data has and names of columns rarely are."""
    text = cell.text.strip()
    count = len(words(text))
    asked = text.endswith("?") and count > 7
    return count > 14 or asked or bool(_NUMBERED.match(text))


def _look(names: Mapping[int, Cell]) -> float:
    bold = sum(cell.style.bold for cell in names.values()) / len(names)
    filled = sum(cell.style.fill is not None for cell in names.values()) / len(names)
    return (1.0 if bold >= 0.5 else 0.0) + (0.5 if filled >= 0.5 else 0.0)


def _room(
    rows: Mapping[int, Mapping[int, Cell]],
    below: Sequence[int],
    cells: Mapping[int, Cell],
    told: Mapping[int, tuple[Role, float]],
) -> float:
    """An answer column that is empty below its name, or answered beside a column that asks."""
    columns = [c for c, (r, _) in told.items() if r in (Role.ANSWER, Role.COMMENT)]
    if not columns or not below:
        return 0.0
    empty = max(sum(c not in rows[row] for row in below) / len(below) for c in columns)
    return 1.0 if empty >= 0.7 or _answered(rows, below, cells) else 0.0


def _answered(
    rows: Mapping[int, Mapping[int, Cell]], below: Sequence[int], cells: Mapping[int, Cell]
) -> bool:
    """Whether a column is named for answers, and another asks throughout below its name.

    What asks itself is no name but the first question, and a verdict beside it ("Compliant") its
    answer.
    """
    named = [c for c, cell in cells.items() if _names_answers(cell.text)]
    open_ = [c for c, cell in cells.items() if c not in named and asks(cell.text) < 0.5]
    return bool(named) and any(_asking(rows, below, c) >= 0.5 for c in open_)


def _names_answers(text: str) -> bool:
    """Nothing but a name for answers, and itself none."""
    return _whole(text) and role(text) == (Role.ANSWER, 1.0) and meaning(text) is None


def _asking(rows: Mapping[int, Mapping[int, Cell]], below: Sequence[int], column: int) -> float:
    """How surely the texts of a column ask; a row without one asks nothing."""
    return sum(asks(rows[row][column].text) for row in below if column in rows[row]) / len(below)


def _repeats(
    rows: Mapping[int, Mapping[int, Cell]], below: Sequence[int], cells: Mapping[int, Cell]
) -> float:
    """Values come again right below; names of columns do not."""
    following = rows[below[0]] if below else {}
    repeated = sum(c in following and following[c].text == cells[c].text for c in cells)
    return 1.5 * repeated


def marks_of(names: Mapping[int, str]) -> dict[int, Verdict]:
    """Neighbouring columns whose names are verdicts, if a yes and something else are among them.

    Between them may stand what is neither ("Yes with CCW", "Not tested").
    """
    runs: list[dict[int, Verdict]] = [{}]
    previous = None
    for column in sorted(names):
        verdict = meaning(names[column]) if len(words(names[column])) <= 3 else None
        if previous != column - 1 or not (verdict or _is_between(names[column])):
            runs.append({})
        if verdict:
            runs[-1][column] = verdict
        previous = column
    told = [run for run in runs if Verdict.YES in run.values() and len(set(run.values())) > 1]
    return told[0] if told else {}


def _is_between(name: str) -> bool:
    return len(words(name)) <= 4 and holds("options", "open", name)


def _stacked(
    grid: Grid, likely: Sequence[int], rows: Mapping[int, Mapping[int, Cell]]
) -> list[list[int]]:
    """Header rows that stand directly on each other belong together; so do those that a merge
    of the upper one reaches down to."""
    groups: list[list[int]] = []
    for row in likely:
        if groups and _joins(grid, groups[-1][-1], row, rows):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _joins(grid: Grid, upper: int, lower: int, rows: Mapping[int, Mapping[int, Cell]]) -> bool:
    reach = max((m.bottom for c in rows[upper] if (m := grid.merge_at(upper, c))), default=upper)
    if lower > max(upper, reach) + 1:
        return False
    shared = [c for c in rows[lower] if c in rows[upper]]
    return len(shared) <= len(rows[lower]) / 2 or reach >= lower


def _header(grid: Grid, rows: Mapping[int, Mapping[int, Cell]], group: Sequence[int]) -> Header:
    names: dict[int, list[str]] = {}
    for row in group:
        for column, cell in rows[row].items():
            merge = grid.merge_at(row, column)
            last = merge.right if merge else column
            stacked = row != group[-1]
            for covered in range(column, (last if stacked else column) + 1):
                names.setdefault(covered, []).append(cell.text)
    marks = marks_of({c: texts[-1] for c, texts in names.items()})
    joined = {c: " ".join(texts) for c, texts in names.items()}
    roles = {c: found for c, texts in names.items() if (found := _told(texts))}
    for column in names:
        if marks and column not in marks and _is_between(names[column][-1]):
            roles.pop(column, None)
    return Header(tuple(group), joined, roles, marks)


def _told(texts: Sequence[str]) -> tuple[Role, float] | None:
    """The lowest name decides; one above it where it tells nothing, or says whose column it is."""
    whole = " ".join(texts)
    if len(texts) > 1 and holds("roles", "reviewer", whole):
        return Role.REVIEWER, 1.0
    for text in reversed(texts):
        found = role(text)
        if found:
            return found
    return None
