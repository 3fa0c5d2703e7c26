"""An amount, and the direction that the words around its number give it.

"Within 24 hours" is the most, "at least 24 hours" the least, "24 hours" just that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Bound(StrEnum):
    """Which way an amount goes."""

    MOST = "most"  # within, no later than, up to
    LEAST = "least"  # at least, or longer, minimum
    EXACT = "exact"
    # In a question a limit, in a statement the exact value: "locks after 15 minutes", which is the
    # most, and "kept for a year", which is the least.
    AFTER = "after"
    FOR = "for"
    RARELY = "rarely"  # of an interval that is asked for: "only once a year", "less than weekly"


class Unit(StrEnum):
    """What an amount is counted in."""

    INTERVAL = "interval"  # days between two occurrences: quarterly is 91
    DURATION = "duration"  # hours
    PERCENT = "percent"
    VERSION = "version"  # of a named thing
    BITS = "bits"
    CHARACTERS = "characters"
    MONEY = "money"
    COUNT = "count"  # of what `of` names


Span = tuple[int, int]  # start and end of a stretch of text


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and direction, verbatim as `text` from `start` on.

    `of` names what a version belongs to ("tls"), or what is counted, else "". `working`: whether
    a duration is one of business days, that weekends and holidays lengthen.
    """

    unit: Unit
    value: float
    bound: Bound
    text: str
    start: int
    of: str = ""
    working: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def clear_of(self, taken: Iterable[Span]) -> bool:
        """Whether it shares no letter with what is taken."""
        return not any(start < self.end and self.start < end for start, end in taken)


def bound_of(text: str, start: int, end: int, unit: Unit, default: Bound = Bound.EXACT) -> Bound:
    """What the words around a stretch of text make of the amount that stands there."""
    before, after = said_before(text, start).rstrip("("), text[end : end + 25]
    if unit is Unit.DURATION and _SOONER.match(after):
        return Bound.MOST
    if _NOT_OVER.search(before):
        return Bound.MOST
    if _LEAST_BEFORE.search(before) or _LEAST_AFTER.match(after):
        return Bound.LEAST
    if unit is Unit.VERSION and _NO_OLDER.match(after):
        return Bound.LEAST
    if _MOST_BEFORE.search(before) or _MOST_AFTER.match(after):
        return Bound.MOST
    if _AFTER_BEFORE.search(before):
        return Bound.AFTER
    if unit is Unit.DURATION and _KEPT_FOR.search(before):
        return Bound.FOR
    return default


def said_before(text: str, start: int) -> str:
    """As much of what stands before an amount as may bound it."""
    return text[max(0, start - _LOOK_BACK) : start]


_LOOK_BACK = 60  # characters

# The most.
_NOT_OVER = re.compile(
    r"(?:(?:no|not) (?:later|more|longer|greater|worse|older|higher)(?: often| frequently)? than|"
    r"never (?:later|longer|more) than|not exceeding)\W*(?:the |a |an |about )?$",
    re.I,
)
_MOST_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:within|inside|in|under|up to|at (?:the )?most|max(?:imum)?(?: of)?|"
    r"less than|below|fewer than|by)|<=?|≤)\W*(?:the |a |an |about )?(?:first |last |past |"
    r"previous |preceding |maximum |period of )*$",
    re.I,
)
_MOST_AFTER = re.compile(
    r"^\W*(?:max\b|at (?:the )?most|or (?:less|fewer|sooner|faster|better|under)|at the latest|"
    r"or below|old\b)",
    re.I,
)
# Of a duration.
_SOONER = re.compile(r"\W*or (?:better|faster|sooner|newer)")
# The least.
_LEAST_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:at (?:the very )?least|weaker than|lower than|older than|"
    r"below(?= TLS)|(?:no|not) (?:less|fewer|shorter|sooner|under)(?: frequently| often)?"
    r"(?: than)?|a? ?minimum(?: \w+)?(?: of)?|min\.?|more than|over|above|exceeding|"
    r"upwards of|longer than|greater than)|>=?|≥)"
    r"\W*(?:once )?(?:every |in every |a |an )?$",
    re.I,
)
_LEAST_AFTER = re.compile(
    r"^\W*(?:\+|or (?:more|longer|above|newer|higher|greater|later|stronger|better|over)|"
    r"and (?:above|higher|newer|up|over)|as a minimum|minimum|at the least|plus\b)",
    re.I,
)
# Of a version.
_NO_OLDER = re.compile(r"^\W*(?:(?:is |as )?(?:the )?only\b|is required|mandatory)", re.I)
# A limit in a question, in a statement the value itself.
_AFTER_BEFORE = re.compile(
    r"(?<![a-z])after\W*(?:the |a |an |about )?(?:first |period of )*$", re.I
)
_KEPT_FOR = re.compile(
    r"\b(?:kept|keep|keeps|retain(?:ed|s)?|stor(?:ed|e|es)|held|hold|archived?|available|"
    r"preserved?|maintain(?:ed|s)?|retention)\b(?:[^,.;?]{0,40}\s)?(?:for|of)\W*(?:a |an |the )?$",
    re.I,
)
