"""A sheet cut into the tables it holds: each a header, if there is one, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trustanswer.workbook.cells import Cell, Grid
from trustanswer.workbook.headers import Header, find_headers
from trustanswer.workbook.vocabulary import Role

Rows = Mapping[int, Mapping[int, Cell]]

_ANSWERING = (Role.ANSWER, Role.SCORE, Role.COMMENT)
_FIXED = (*_ANSWERING, Role.REVIEWER, Role.EVIDENCE, Role.GUIDANCE)


@dataclass(frozen=True)
class Table:
    """Rows under one header, or under several that name the same columns."""

    header: Header | None
    headers: tuple[Header, ...]
    rows: Rows


def visible(grid: Grid) -> Rows:
    """The cells a reader of the sheet sees: none under a merge, none in a hidden column."""
    rows: dict[int, dict[int, Cell]] = {}
    for row, cells in grid.by_row.items():
        seen = {c: cell for c, cell in cells.items() if _seen(grid, row, c)}
        if seen:
            rows[row] = seen
    return rows


def _seen(grid: Grid, row: int, column: int) -> bool:
    merge = grid.merge_at(row, column)
    return not grid.column_hidden(column) and (
        merge is None or (merge.top, merge.left) == (row, column)
    )


def cut(grid: Grid, rows: Rows) -> list[Table]:
    """The tables of a sheet from the top; rows above the first header come first, without one."""
    headers = find_headers(grid, rows)
    starts = [header.rows[0] for header in headers]
    first = starts[0] if starts else None
    tables = [Table(None, (), {r: c for r, c in rows.items() if first is None or r < first})]
    for header, end in zip(headers, [*starts[1:], None], strict=False):
        below = {r: c for r, c in rows.items() if r > header.last and (end is None or r < end)}
        tables += [Table(h, (header,), part) for h, part in _side_by_side(header, below)]
    return [table for table in _joined(tables) if table.rows or table.headers]


def _joined(tables: Sequence[Table]) -> list[Table]:
    joined: list[Table] = []
    for table in tables:
        place = next((n for n, known in enumerate(joined) if _alike(known, table)), None)
        if place is None:
            joined.append(table)
        else:
            known = joined[place]
            headers = (*known.headers, *table.headers)
            rows = {**known.rows, **table.rows}
            joined[place] = Table(_common(headers), headers, rows)
    return joined


def _alike(known: Table, table: Table) -> bool:
    """The same columns take the answers, and none has changed its part."""
    if known.header is None or table.header is None:
        return False
    before, now = _fixed(known.header), _fixed(table.header)
    shared = before.keys() & now.keys()
    agree = all(before[c] == now[c] for c in shared)
    return agree and any(before[c] in _ANSWERING for c in shared)


def _fixed(header: Header) -> dict[int, Role]:
    leftmost = min(header.names)
    return {c: role for c, (role, _) in header.roles.items() if role in _FIXED and c != leftmost}


def _common(headers: Sequence[Header]) -> Header:
    """One header for all: a column has the role that most of its names tell.

    Where the names of a column differ (a section's name stands among the columns' names), only
    a role that most of them tell counts.
    """
    names: dict[int, list[str]] = {}
    roles: dict[int, Counter[Role | None]] = {}
    for header in headers:
        for column, name in header.names.items():
            names.setdefault(column, []).append(name)
            roles.setdefault(column, Counter())[header.role_of(column)] += 1
    agreed = {}
    for column, counts in roles.items():
        role, count = counts.most_common(1)[0]
        if role is not None and count > counts.total() / 2:
            sure = max(h.roles[column][1] for h in headers if h.role_of(column) is role)
            agreed[column] = (role, sure)
    return replace(headers[0], names={c: n[0] for c, n in names.items()}, roles=agreed)


def _side_by_side(header: Header, rows: Rows) -> list[tuple[Header, Rows]]:
    """A header that names question and answer twice heads two tables."""
    columns = sorted(header.names)
    asking = [c for c in columns if header.role_of(c) in (Role.QUESTION, Role.STATEMENT)]
    repeated = [
        c
        for c in asking[1:]
        if header.names[c] == header.names[asking[0]]
        and any(header.role_of(a) in _ANSWERING for a in columns if asking[0] < a < c)
        and any(header.role_of(a) in _ANSWERING for a in columns if a > c)
    ]
    if not repeated:
        return [(header, rows)]
    first = header.names[columns[0]]
    again = [c for c in columns[1:] if header.names[c] == first]
    starts = [columns[0], *(again if len(again) == len(repeated) else repeated)]
    bounds = zip(starts, [*starts[1:], max(columns) + 2], strict=True)
    return [(_between(header, a, b), _cells_between(rows, a, b)) for a, b in bounds]


def _between(header: Header, first: int, end: int) -> Header:
    return Header(
        header.rows,
        {c: n for c, n in header.names.items() if first <= c < end},
        {c: r for c, r in header.roles.items() if first <= c < end},
        {c: m for c, m in header.marks.items() if first <= c < end},
    )


def _cells_between(rows: Rows, first: int, end: int) -> Rows:
    cut = {r: {c: x for c, x in cells.items() if first <= c < end} for r, cells in rows.items()}
    return {row: cells for row, cells in cut.items() if cells}
