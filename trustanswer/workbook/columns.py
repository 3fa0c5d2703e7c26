"""Which column asks, and which take the answer: scored from names, contents and rules of cells.

Every column gets points for each part it could play; the numbers were set on the layouts under
`tests/workbook` and on real questionnaires, and none looks at a file, a standard or a position
(but to break a tie).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from trustanswer.model import Verdict
from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.choices import is_scale, meaning
from trustanswer.workbook.headers import Header
from trustanswer.workbook.texts import asks, is_identifier
from trustanswer.workbook.vocabulary import Role, words

Options = Callable[[int, int], tuple[str, ...] | None]

_QUESTION_POINTS = 2.6
_ANSWER_POINTS = 2.2
_COMMENT_POINTS = 1.5


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


@dataclass(frozen=True)
class Facts:
    """What a column holds in the rows of a table; shares are of the rows given."""

    filled: float
    asking: float
    queries: float
    length: float
    distinct: float
    identifiers: float
    numbers: float
    formulas: float
    verdicts: float
    listed: float
    verdict_lists: float
    unlocked: float


def facts(
    grid: Grid,
    rows: Mapping[int, Mapping[int, Cell]],
    column: int,
    options: Options,
) -> Facts:
    cells = [rows[row][column] for row in rows if column in rows[row]]
    texts = [cell.text.strip() for cell in cells]
    count, total = max(1, len(cells)), max(1, len(rows))
    lists = [found for row in rows if (found := options(row, column)) is not None]
    return Facts(
        filled=len(cells) / total,
        asking=sum(map(asks, texts)) / count,
        queries=sum(asks(text) >= 0.8 for text in texts) / count,
        length=sum(len(words(text)) for text in texts) / count,
        distinct=len(set(texts)) / count,
        identifiers=sum(map(is_identifier, texts)) / count,
        numbers=sum(cell.number for cell in cells) / count,
        formulas=sum(cell.formula for cell in cells) / total,
        verdicts=sum(_is_verdict(text) for text in texts) / count if cells else 0.0,
        listed=len(lists) / total,
        verdict_lists=sum(map(_of_verdicts, lists)) / total,
        unlocked=_unlocked(grid, rows, column),
    )


def _is_verdict(text: str) -> bool:
    return len(words(text)) <= 4 and (
        meaning(text) is not None or text.casefold() in ("x", "✓", "✔")
    )


def _of_verdicts(options: tuple[str, ...]) -> bool:
    return is_scale(options) or any(meaning(option) for option in options)


def _unlocked(grid: Grid, rows: Mapping[int, Mapping[int, Cell]], column: int) -> float:
    """Share of the rows where a protected sheet lets the vendor type; 0.5 where it is open."""
    if not grid.protected:
        return 0.5
    return sum(not grid.locked(row, column) for row in rows) / max(1, len(rows))


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
    points -= 3.0 * found.listed
    if found.unlocked not in (0.5,):
        points -= 2.0 * found.unlocked
    return points


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
    points += (
        2.0 * (found.unlocked - 0.5) if found.unlocked >= 0.5 else -4.0 * (0.5 - found.unlocked)
    )
    points -= 6.0 * found.formulas
    fixed = found.filled > 0.9 and not found.verdicts and not found.listed
    return points - (1.5 if fixed and name is None else 0.0)


def comment_points(name: tuple[Role, float] | None, found: Facts) -> float:
    """Free text that the vendor may write beside the answer."""
    if name is None:
        return 0.0
    role, surely = name
    base = {Role.COMMENT: 3.0, Role.ANSWER: 2.2, Role.EVIDENCE: 1.6}.get(role, -3.0)
    points = surely * base - 2.5 * found.listed - 6.0 * found.formulas
    if found.unlocked < 0.5:
        points -= 4.0 * (0.5 - found.unlocked)
    return points


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
    return {next(c for c in range(question + 1, question + 20) if not grid.column_hidden(c))}


def _answer(
    header: Header | None,
    question: int,
    found: Mapping[int, Facts],
    roles: Mapping[int, tuple[Role, float]],
    asked: Facts,
) -> Columns | None:
    told = question in roles and roles[question][0] in _ASKING_NAME
    if header:
        bonus = 0.8 if told or asked.asking >= 0.5 else 1.5 * asked.asking - 0.4
    else:
        bonus = 1.1 if asked.queries > 0.5 else 1.5 * asked.asking - 0.4
    marks = {c: v for c, v in header.marks.items() if c in found} if header else {}
    if marks and all(_takes_marks(found[c]) for c in marks):
        points = 4.0 + bonus if all(found[c].unlocked >= 0.5 for c in marks) else 0.0
        return Columns(question, min(marks), marks=marks, points=points)
    scored = {c: answer_points(roles.get(c), f) for c, f in found.items()}
    for c in scored:
        scored[c] += 0.3 if c == question + 1 else 0.0
    unnamed = [c for c, f in found.items() if c not in roles and f.filled <= 0.1 and not f.listed]
    if header and len(unnamed) == 1:  # often named after the vendor
        scored[unnamed[0]] += 0.6
    best = max(scored, key=lambda c: (round(scored[c], 3), -abs(c - question)), default=None)
    if best is None:
        return None
    kind = roles[best][0] if best in roles else None
    second = max((c for c in scored if c != best), key=lambda c: scored[c], default=None)
    rival = second if second and scored[second] > max(_ANSWER_POINTS, scored[best] - 0.6) else None
    return Columns(question, best, points=scored[best] + bonus, kind_of_answer=kind, rival=rival)


def _takes_marks(found: Facts) -> bool:
    """Blank, or crossed here and there: no dropdowns, no formulas, no sentences."""
    return not found.listed and found.formulas <= 0.5 and (found.length <= 2 or not found.filled)


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
