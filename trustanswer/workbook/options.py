"""What a dropdown offers: its validation's formula followed to the values.

Followed are lists in place, ranges, defined names, columns of Excel tables, OFFSET over a column
and INDIRECT of a cell or a text; a formula that goes further (IF, other files) gives an empty
list: there is a dropdown, but no value is known to be legal.
"""

from __future__ import annotations

import re

from trustanswer.workbook.cells import Book, Grid, Validation, filled
from trustanswer.workbook.refs import Area, cell_name, split_area, split_cell

_DEEPEST = 6
_MOST_OPTIONS = 500
_LONGEST_FORMULA = 8_192  # characters; Excel's own limits
_LONGEST_TEXT = 32_767
_SHEET = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\"(),\s]+))!(.+)$")
_TABLE = re.compile(r"^([\w.]+)\[\[?([^\[\]]+)\]?\]$")
_CALL = re.compile(r"^(\w+)\((.*)\)$", re.DOTALL)
_RELATIVE = re.compile(r"(?<![\w!$'.])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(!])")


def options_at(book: Book, grid: Grid, row: int, column: int) -> tuple[str, ...] | None:
    """The values a cell's dropdown offers, in order; None where the cell has no dropdown."""
    rule = grid.validation(row, column)
    if rule is None or rule.kind != "list":
        return None
    formula = rule.formula.removeprefix("=").strip()
    if len(formula) > _LONGEST_FORMULA:
        return ()
    if formula.startswith('"') and formula.count('"') >= 2:
        return _inline(formula)
    found = _follow(book, grid, _shifted(formula, rule, row, column), 0)
    return tuple(dict.fromkeys(found))[:_MOST_OPTIONS]


def _inline(formula: str) -> tuple[str, ...]:
    items = formula[1 : formula.rindex('"')].replace('""', '"').split(",")
    return tuple(dict.fromkeys(item.strip() for item in items if item.strip()))


def _shifted(formula: str, rule: Validation, row: int, column: int) -> str:
    """Relative references are meant from the first cell of the rule; here, from this one."""
    if not rule.ranges:
        return formula
    top = min(area.top for area in rule.ranges)
    left = min(area.left for area in rule.ranges)

    def move(match: re.Match[str]) -> str:
        try:
            there = split_cell(match[2] + match[4])
        except ValueError:
            return match[0]
        name = cell_name(
            there[0] if match[3] else max(1, there[0] + row - top),
            there[1] if match[1] else max(1, there[1] + column - left),
        )
        letters = name.rstrip("0123456789")
        return f"{match[1]}{letters}{match[3]}{name[len(letters) :]}"

    return _RELATIVE.sub(move, formula)


def _follow(book: Book, grid: Grid, formula: str, depth: int) -> tuple[str, ...]:
    formula = formula.strip().removeprefix("=").strip()
    if depth > _DEEPEST or not 0 < len(formula) <= _LONGEST_FORMULA:
        return ()
    call = _CALL.match(formula)
    if call:
        return _called(book, grid, call[1].upper(), _arguments(call[2]), depth)
    sheet = _SHEET.match(formula)
    if sheet:
        other = book.sheet((sheet[1] or sheet[2]).replace("''", "'"))
        return () if other is None else _follow(book, other, sheet[3], depth + 1)
    area = _area(formula)
    if area is not None:
        return tuple(cell.text.strip() for _, _, cell in filled(grid, area))
    table = _TABLE.match(formula)
    if table:
        return _table_column(book, table[1], table[2])
    named = book.defined(formula, grid.name)
    return () if named is None else _follow(book, grid, named, depth + 1)


def _table_column(book: Book, name: str, column: str) -> tuple[str, ...]:
    table = book.tables.get(name.casefold())
    grid = None if table is None else book.sheet(table.sheet)
    if table is None or grid is None or column not in table.columns:
        return ()
    left = table.area.left + table.columns.index(column)
    area = Area(table.area.top, left, table.area.bottom, left)
    return tuple(cell.text.strip() for _, _, cell in filled(grid, area))


def _area(reference: str) -> Area | None:
    try:
        return split_area(reference)
    except ValueError:
        return None


def _called(
    book: Book, grid: Grid, function: str, arguments: list[str], depth: int
) -> tuple[str, ...]:
    if function == "INDIRECT" and arguments:
        text = _text(book, grid, arguments[0], depth)
        return () if text is None else _follow(book, grid, text, depth + 1)
    if function == "OFFSET" and len(arguments) >= 3:
        return _offset(book, grid, arguments, depth)
    return ()


def _text(book: Book, grid: Grid, argument: str, depth: int) -> str | None:
    """The text an argument stands for: quoted, in a cell, or with characters substituted."""
    argument = argument.strip()
    if depth > _DEEPEST or len(argument) > _LONGEST_FORMULA:
        return None
    if len(argument) >= 2 and argument[0] == argument[-1] == '"' and argument.count('"') == 2:
        return argument[1:-1]
    call = _CALL.match(argument)
    if call and call[1].upper() == "SUBSTITUTE":
        parts = [_text(book, grid, part, depth + 1) for part in _arguments(call[2])]
        known = [part for part in parts if part is not None]
        return _substituted(*known) if len(known) == len(parts) == 3 else None
    values = _follow(book, grid, argument, depth + 1) if not call else ()
    return values[0] if len(values) == 1 else None


def _substituted(text: str, old: str, new: str) -> str | None:
    """None where it would grow beyond what a cell holds: each step may square its length."""
    grown = len(text) + text.count(old) * len(new)
    return text.replace(old, new) if grown <= _LONGEST_TEXT else None


def _offset(book: Book, grid: Grid, arguments: list[str], depth: int) -> tuple[str, ...]:
    """The values from a cell downwards to the first blank one, or as many as a number says."""
    sheet = _SHEET.match(arguments[0].strip())
    other = book.sheet((sheet[1] or sheet[2]).replace("''", "'")) if sheet else grid
    area = _area(sheet[3] if sheet else arguments[0].strip())
    steps = [argument.strip() or "0" for argument in arguments[1:3]]
    if other is None or area is None or not all(s.lstrip("-").isdigit() for s in steps):
        return ()
    top, column = area.top + int(steps[0]), area.left + int(steps[1])
    height = arguments[3].strip() if len(arguments) > 3 else ""
    most = int(height) if height.isdigit() else _MOST_OPTIONS
    values: list[str] = []
    while len(values) < most and other.text(top + len(values), column):
        values.append(other.text(top + len(values), column).strip())
    return tuple(values)


def _arguments(text: str) -> list[str]:
    """Split at the commas (or semicolons) that stand in no parentheses and no quotes."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == '"'
        depth += 0 if quoted else (character == "(") - (character == ")")
        if character in ",;" and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts
