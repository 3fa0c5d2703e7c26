"""Dates as trust centers write them.

Only a date that can be read in one way is read: 03/04/2026 is April to one half of the readers
and March to the other. A month without a day counts as its first day.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from trustanswer.text import fold

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
_TIME = r"(?:(?:,|t| at)? ?\d{1,2}:\d{2}.*)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (
        rf"(?:the )?{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
        rf"{_MONTH} {_DAY}(?:,| ,)? ?{_YEAR}",
        rf"{_MONTH},? {_YEAR}",
        rf"{_YEAR}[-/.](?P<number>\d{{1,2}})(?:[-/.]{_DAY})?",
        rf"{_DAY}\.(?P<number>\d{{1,2}})\.{_YEAR}",
    )
)
_SLASHED = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})" + _TIME)
_LINE = re.compile(
    r"(?:page |document |policy |this (?:page|document|policy) (?:was|is) )?"
    r"(?:(?:last|most recently)[ -])?(?:updated|modified|revised|reviewed)(?: date)?"
    r" ?(?:on|at)?:? ?(?P<date>.{4,60}?)\.?",
    re.IGNORECASE,
)


def parse_date(written: object) -> date | None:
    """The day that is meant, or None where none is, or where it could be one of two."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    words = fold(str(written)) if isinstance(written, str | int) else ""
    for form in _FORMS:
        if match := form.fullmatch(words):
            return _from_parts(match.groupdict())
    match = _SLASHED.fullmatch(words)
    return _from_slashes(int(match[1]), int(match[2]), int(match[3])) if match else None


def date_line(line: str) -> str | None:
    """What a line that says nothing but when the text was last updated gives as the date.

    None for any other line. The answer still has to go through `parse_date`.
    """
    match = _LINE.fullmatch(fold(line).strip("*_() "))
    written = match["date"].strip("*_ ") if match else ""
    dated = parse_date(written) is not None or _SLASHED.fullmatch(written)
    return written if dated else None


def _from_parts(parts: dict[str, str | None]) -> date | None:
    month, number, day = parts.get("month"), parts.get("number"), parts.get("day")
    named = _MONTHS.index(month[:3].lower()) + 1 if month else int(number or 0)
    return _date(int(parts["year"] or 0), named, int(day or 1))


def _from_slashes(first: int, second: int, year: int) -> date | None:
    readings = {_date(year, first, second), _date(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
