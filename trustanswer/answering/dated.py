"""Dates in a clause, seen from the day on which its statement was last looked at.

"SOC 2 Type II report in the fourth quarter of 2026", said in March, promises one; said in 2027 it
tells of one. Where that day is not known, neither is which of the two is meant.
"""

from __future__ import annotations

import re
from datetime import date

from trustanswer.answering.polarity import Stance

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>20\d\d)"
_QUARTER = re.compile(
    rf"\b(?:Q(?P<number>[1-4])|(?P<which>first|second|third|fourth|1st|2nd|3rd) quarter)"
    rf"(?: of|,)? {_YEAR}\b",
    re.I,
)
_BY = re.compile(
    rf"(?:\b(?:in|by|from|during|as of|planned)|^\W*)(?: (?:early|mid|late|end of|the end of))?"
    rf"[ -]*(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)? ?{_YEAR}\b(?!-)",
    re.I,
)
_UNTIL = re.compile(rf"\(until (?:[A-Z]\w+ )?{_YEAR}\)", re.I)
# What is there until a later day, or is done again then, is there today.
_LASTS = re.compile(
    r"\b(?:valid|until|expir\w+|through|next|due|renew\w*|re-?(?:certif|audit)\w*|surveillance)\b",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|may|must|should|shall|holds?|\w{3,}ed)\b",
    re.I,
)
_WILL = re.compile(r"\bwill\b", re.I)


def as_dated(own: Stance, text: str, seen: date | None) -> Stance:
    """The stance of a clause that was last looked at on a day: what it lists for later is planned,
    what it lists until earlier is over."""
    if seen is None or own is not Stance.AFFIRMED or "20" not in text:
        return own
    over = _UNTIL.search(text)
    if over:
        return Stance.CEASED if int(over["year"]) < seen.year else own
    return Stance.PLANNED if _is_promise(text) and _is_ahead(text, seen) else own


def _is_promise(text: str) -> bool:
    """Whether it depends on its date what a clause says: it has no verb, or one of the future."""
    return not _LASTS.search(text) and (not _TOLD.search(text) or bool(_WILL.search(text)))


def _is_ahead(text: str, seen: date) -> bool:
    """Whether all that a clause dates lies after a day."""
    begins = [*map(_quarter, _QUARTER.finditer(text)), *map(_month, _BY.finditer(text))]
    return bool(begins) and min(begins) > (seen.year, seen.month)


def _quarter(found: re.Match[str]) -> tuple[int, int]:
    number = int(found["number"] or _ORDINALS.get(found["which"].lower(), 4))
    return int(found["year"]), 3 * number - 2


def _month(found: re.Match[str]) -> tuple[int, int]:
    month = (found["month"] or "").lower()[:3]
    return int(found["year"]), _MONTHS.index(month) + 1 if month in _MONTHS else 1
