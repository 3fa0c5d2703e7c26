"""Which column asks, and which take the answer: scored from names, contents and rules of cells.

Every column gets points for each part it could play; the numbers were set on the layouts under
`tests/workbook` and on real questionnaires, and none looks at a file, a standard or a position
(but to break a tie).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from trustanswer.model import Verdict
from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.facts import Facts, Options, facts
from trustanswer.workbook.headers import Header
from trustanswer.workbook.refs import MAX_COLUMN
from trustanswer.workbook.vocabulary import Role

_QUESTION_POINTS = 2.6
_ANSWER_POINTS = 2.2
_COMMENT_POINTS = 1.5
_MARKS_POINTS = 4.0
_NEXT_POINTS = 0.3  # of the column right of the question


@dataclass(frozen=True)
class Columns:
    """The parts the columns of a table play.

    `points` tell how clear the answer column was; `rival` is another that was as clear.
    """

    question: int
    answer: int
    marks: Mapping[int, Verdict] = field(default_factory=dict)
    comment: int | None = None
    id: int | None = None
    sections: tuple[int, ...] = ()
    points: float = 0.0
    kind_of_answer: Role | None = None
    rival: int | None = None


# --- the question ------------------------------------------------------------------------------

_ASKING_NAME = {Role.QUESTION: 3.0, Role.STATEMENT: 2.0, Role.TITLE: 0.3}


def question_points(name: tuple[Role, float] | None, found: Facts) -> float:
    points = 0.0
    if name is not None:
        role, surely = name
        points += surely * _ASKING_NAME.get(role, -2.5)
    points += 2.5 * found.asking + min(1.5, found.length / 8)
    points += 1.2 * found.filled + 0.8 * found.distinct * min(1.0, found.length / 3)
    points -= 2.5 * (1 - found.distinct)  # a text that comes again and again heads a group
    points -= 3.0 * found.identifiers + 3.0 * found.numbers + 2.0 * found.verdicts
    return points - 3.0 * found.listed - 2.0 * (found.unlocked or 0.0)


# --- the answer --------------------------------------------------------------------------------

_ANSWERING_NAME = {
    Role.ANSWER: 3.0,
    Role.SCORE: 2.2,
    Role.COMMENT: 0.9,
    Role.EVIDENCE: 0.2,
    Role.ATTACHMENT: -1.5,
    Role.TARGET: -1.5,
    Role.WEIGHT: -2.0,
}


def answer_points(name: tuple[Role, float] | None, found: Facts) -> float:
    points = 0.0
    if name is not None:
        role, surely = name
        points += surely * _ANSWERING_NAME.get(role, -3.5)
    points += 3.0 * found.verdict_lists - 0.3 * (found.listed - found.verdict_lists)
    points += 1.0 * (1 - found.filled) + 1.5 * found.verdicts
    points += _lock_points(found.unlocked) - 6.0 * found.formulas
    fixed = found.filled > 0.9 and not found.verdicts and not found.listed
    return points - (1.5 if fixed and name is None else 0.0)


def comment_points(name: tuple[Role, float] | None, found: Facts) -> float:
    """Free text that the vendor may write beside the answer."""
    if name is None:
        return 0.0
    role, surely = name
    base = {Role.COMMENT: 3.0, Role.ANSWER: 2.2, Role.EVIDENCE: 1.6}.get(role, -3.0)
    points = surely * base - 2.5 * found.listed - 6.0 * found.formulas
    return points + min(0.0, _lock_points(found.unlocked))


def _lock_points(unlocked: float | None) -> float:
    """What a protected sheet leaves open is meant for the vendor; what it locks is not."""
    if unlocked is None:
        return 0.0
    return 2.0 * (unlocked - 0.5) if unlocked >= 0.5 else -4.0 * (0.5 - unlocked)


# --- both --------------------------------------------------------------------------------------


def fit(
    grid: Grid,
    header: Header | None,
    rows: Mapping[int, Mapping[int, Cell]],
    options: Options,
    reluctance: float = 0.0,
) -> Columns | None:
    """The columns of the table that these rows make, or None where they make none.

    `reluctance` is taken off the points of an answer column, for sheets that by their name are
    no vendor's to fill.
    """
    roles = dict(header.roles) if header else {}
    names = set(header.names) if header else set()
    held = {c for row in rows.values() for c in row}
    known = {c: facts(grid, rows, c, options) for c in sorted(held)}
    asked = {c: question_points(roles.get(c), f) for c, f in known.items() if f.filled}
    question = max(asked, key=lambda c: (asked[c], -c), default=None)
    if question is None or asked[question] < _QUESTION_POINTS:
        return None
    asking = {row: cells for row, cells in rows.items() if question in cells}
    free = names | held | _ruled(grid, asking, options) | _beside(grid, header, question)
    free = {c for c in free if c != question and not grid.column_hidden(c)}
    found = {c: facts(grid, asking, c, options) for c in sorted(free)}
    if known[question].formulas > 0.6 and _shown(found, roles):
        return None
    columns = _answer(header, question, found, roles, known[question])
    if columns is None or columns.points - reluctance < _ANSWER_POINTS:
        return None
    return _complete(columns, found, roles, known)


def _ruled(grid: Grid, rows: Mapping[int, Mapping[int, Cell]], options: Options) -> set[int]:
    """Columns with dropdowns, and, on a protected sheet, those where typing is allowed."""
    last = max((c for cells in rows.values() for c in cells), default=0) + 3
    sample = list(rows)[:40]
    return {
        c
        for c in range(1, last + 1)
        if any(options(row, c) is not None for row in sample)
        or (grid.protected and any(not grid.locked(row, c) for row in sample))
    }


def _shown(found: Mapping[int, Facts], roles: Mapping[int, tuple[Role, float]]) -> bool:
    """Answers that are formulas: the table only shows what was answered elsewhere."""
    named = (c for c, (role, _) in roles.items() if role is Role.ANSWER and c in found)
    return any(found[c].formulas > 0.6 for c in named)


def _beside(grid: Grid, header: Header | None, question: int) -> set[int]:
    """Without names of columns, the first column right of the question can take the answer."""
    if header is not None:
        return set()
    right = range(question + 1, MAX_COLUMN + 1)
    return set(islice((c for c in right if not grid.column_hidden(c)), 1))


def _answer(
    header: Header | None,
    question: int,
    found: Mapping[int, Facts],
    roles: Mapping[int, tuple[Role, float]],
    asked: Facts,
) -> Columns | None:
    """The columns with question and answer; `asked` are the facts of the question's."""
    told = question in roles and roles[question][0] in _ASKING_NAME
    bonus = _bonus(header is not None, told, asked)
    marks = {c: v for c, v in header.marks.items() if c in found} if header else {}
    if marks and all(_takes_marks(found[c]) for c in marks):
        return Columns(question, min(marks), marks=marks, points=_MARKS_POINTS + bonus)
    scored = _answer_scores(header, question, found, roles)
    if header is None and asked.queries > 0.5 and _replies(found.get(question + 1)):
        blank = replace(found[question + 1], filled=0.0)  # an answered list is read as a blank one
        scored[question + 1] = answer_points(None, blank) + _NEXT_POINTS
    order = sorted(scored, key=lambda c: (-round(scored[c], 3), abs(c - question)))
    if not order:
        return None
    best, second = order[0], order[1] if len(order) > 1 else None
    close = second is not None and scored[second] > max(_ANSWER_POINTS, scored[best] - 0.6)
    return Columns(
        question,
        best,
        points=scored[best] + bonus,
        kind_of_answer=roles[best][0] if best in roles else None,
        rival=second if close else None,
    )


def _bonus(named: bool, told: bool, asked: Facts) -> float:
    """A column that clearly asks makes it likelier that there is one to answer in."""
    if named and (told or asked.asking >= 0.5):
        return 0.8
    if not named and asked.queries > 0.5:
        return 1.1
    return 1.5 * asked.asking - 0.4


def _answer_scores(
    header: Header | None,
    question: int,
    found: Mapping[int, Facts],
    roles: Mapping[int, tuple[Role, float]],
) -> dict[int, float]:
    scored = {c: answer_points(roles.get(c), f) for c, f in found.items()}
    if question + 1 in scored:
        scored[question + 1] += _NEXT_POINTS
    unnamed = [c for c, f in found.items() if c not in roles and f.filled <= 0.1 and not f.listed]
    if header and len(unnamed) == 1:  # often named after the vendor
        scored[unnamed[0]] += 0.6
    return scored


def _replies(found: Facts | None) -> bool:
    """Texts that hardly ever ask, and number or name nothing: what an answer is."""
    if found is None or not found.filled:
        return False
    return found.queries < 0.3 and found.identifiers + found.numbers < 0.5


def _takes_marks(found: Facts) -> bool:
    """Open, and blank or crossed here and there: no verdicts to choose, no sentences."""
    shut = found.unlocked is not None and found.unlocked < 0.5
    said = found.filled and found.length > 2
    return not (shut or said or found.verdict_lists or found.formulas > 0.5)


def _complete(
    columns: Columns,
    found: Mapping[int, Facts],
    roles: Mapping[int, tuple[Role, float]],
    known: Mapping[int, Facts],
) -> Columns:
    taken = {columns.question, columns.answer, *columns.marks}
    scored = {c: comment_points(roles.get(c), f) for c, f in found.items() if c not in taken}
    last = max([columns.answer, *columns.marks])
    near = max(scored, key=lambda c: (round(scored[c], 1), c > last, -abs(c - last)), default=None)
    comment = near if near is not None and scored[near] >= _COMMENT_POINTS else None
    ids = {
        c: f.identifiers * f.filled
        for c, f in known.items()
        if c not in taken and (c not in roles or roles[c][0] in (Role.ID, Role.CROSSWALK))
    }
    best = max(ids, key=lambda c: (ids[c], -c), default=None)
    return replace(
        columns,
        comment=comment,
        id=best if best is not None and ids[best] >= 0.4 else None,
        sections=tuple(sorted(c for c, (r, _) in roles.items() if r is Role.SECTION)),
    )
