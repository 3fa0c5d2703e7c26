"""Amounts: what a question demands in numbers, and whether a sentence meets it.

Frequencies ("at least quarterly"), durations ("within 24 hours"), percentages, versions and
editions ("TLS 1.3", "ISO 27001:2022"), sizes ("256 bits", "12 characters"). An amount is read with
its direction: quarterly meets "at least annually", 99.75% does not meet "at least 99.9%", and
"without undue delay" says nothing of 24 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache


class Standing(StrEnum):
    """How evidence stands to one thing that a question asks for."""

    STATED = "stated"
    CONTRADICTED = "contradicted"
    UNSTATED = "unstated"


class Bound(StrEnum):
    MOST = "most"  # within, no later than, up to
    LEAST = "least"  # at least, or longer, minimum
    EXACT = "exact"


class Unit(StrEnum):
    INTERVAL = "interval"  # days between two occurrences: quarterly is 91
    DURATION = "duration"  # hours
    PERCENT = "percent"
    VERSION = "version"  # of a named thing
    BITS = "bits"
    CHARACTERS = "characters"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and direction, verbatim as `text` from `start` on.

    `of` names what a version belongs to ("tls"), else "".
    """

    unit: Unit
    value: float
    bound: Bound
    text: str
    start: int
    of: str = ""


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15,
    "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
)
_HOURS = {
    "sec": 1 / 3600, "second": 1 / 3600, "min": 1 / 60, "minute": 1 / 60, "h": 1, "hr": 1,
    "hour": 1, "d": 24, "day": 24, "wk": 168, "week": 168, "month": 730, "mth": 730, "mo": 730,
    "quarter": 2190, "yr": 8760, "year": 8760,
}  # fmt: skip
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mths?|"
    r"quarters?|years?|yrs?)"
)
_DURATION = re.compile(
    rf"(?<![\w.])(?P<n>{NUMBER})[\s-]*(?:(?:full|business|working|calendar|consecutive|"
    rf"clock)[\s-]+)?(?P<u>{_UNIT})\b(?P<plus>\s*\+)?",
    re.I,
)
_PLUS = re.compile(rf"(?<![\w.])(?P<n>{NUMBER})\s*\+\s*(?P<u>{_UNIT})\b", re.I)
_INTERVALS = (
    (r"continuous(?:ly)?|real[- ]time", 0.01),
    (r"hourly|every hour|each hour", 1 / 24),
    (r"daily|nightly|every (?:day|night)|each (?:day|night)|once a day|per day|a day\b", 1.0),
    (r"weekly|every week|each week|once a week|per week|every (?:mon|tues|wednes|thurs|fri|satur|"
        r"sun)day", 7.0),
    (r"bi-?weekly|fortnightly|every other week", 14.0),
    (r"monthly|every month|each month|once a month|per month", 30.4),
    (r"(?:twice|two times|2x) (?:a|per|each|every) (?:year|annum)|two a year|half[- ]year(?:ly)?|"
        r"semi[- ]?annual(?:ly)?|bi-?annual(?:ly)?|six[- ]monthly", 182.5),
    (r"four times a year|quarterly|every quarter|each quarter|once a quarter|per quarter", 91.25),
    (r"annual(?:ly)?|yearly|every year|each year|once a year|per (?:year|annum)|p\.a\.|a year\b|"
        r"each (?:january|february|march|april|may|june|july|august|september|october|november|"
        r"december|spring|summer|autumn|winter)", 365.0),
    (r"bi-?ennial(?:ly)?|every other year", 730.0),
)  # fmt: skip
_INTERVAL = tuple(
    (re.compile(rf"(?<!bi-)(?<!semi-)(?<!bi)(?<!\d )\b(?:{p})(?!\w)", re.I), days)
    for p, days in _INTERVALS
)
_EVERY = re.compile(
    rf"\b(?:(?:in )?every|each|(?:in|per|over) any|once in(?: every)?|"
    rf"at intervals of)\s+(?P<n>{NUMBER})[\s-]*(?:\w+-)?(?P<u>{_UNIT})\b",
    re.I,
)
_PERCENT = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.I)
_BITS = re.compile(r"(?P<n>\d{2,5})[\s-]*bits?\b|\b(?:AES|RSA)[\s-]*(?P<m>\d{3,4})\b", re.I)
_CHARACTERS = re.compile(
    rf"(?P<n>{NUMBER})[\s-]*(?:characters?|chars?)\b|"
    r"\blength of (?:at least )?(?P<m>\d+)(?![\s-]*(?:bit|char))",
    re.I,
)
_MONEY = re.compile(
    r"(?:(?:€|£|\$|EUR|USD|GBP)\s*)(?P<n>\d[\d,.]*)\s*(?P<m>m\b|million|k\b|bn\b)?|"
    r"(?P<n2>\d[\d,.]*)\s*(?P<m2>million|m)?\s*(?:EUR|USD|GBP|euros?|dollars?|pounds?)\b",
    re.I,
)
_VERSIONS = (
    ("tls", re.compile(r"\b(?:TLS|SSL)\W{0,3}(?:v(?:ersion)?\.?\s*)?(?P<v>\d(?:\.\d)?)", re.I)),
    ("tls", re.compile(r"\bTLS\b[^;]{0,60}?\b(?P<v>1\.\d)\b", re.I)),
    ("tls", re.compile(r"\bTLS\W{0,3}1\.\d(?:,? (?:and|or|/) ?|/)(?:TLS ?)?(?P<v>1\.\d)\b", re.I)),
    ("iso27001", re.compile(r"27001\s*[:(-]\s*(?P<v>20\d\d)", re.I)),
    ("iso27001", re.compile(r"\b27001\b.{0,60}?\b(?P<v>20(?:05|13|22))\b", re.I)),
    ("iso27001", re.compile(r"\b(?P<v>20(?:05|13|22))\s*\)?\s+(?:edition|version)", re.I)),
    ("pci", re.compile(r"\bPCI(?:[ -]DSS)?\W{0,3}(?:v(?:ersion)?\.?\s*)?(?P<v>\d(?:\.\d){1,2})",
        re.I)),
    ("pci", re.compile(r"\bversion (?P<v>[34]\.\d(?:\.\d)?)", re.I)),
    ("fips", re.compile(r"\b140-(?P<v>[23])\b", re.I)),
    ("fips_level", re.compile(r"\bFIPS 140-\d\W{0,3}(?:at |security )?Level (?P<v>[1-4])\b", re.I)),
    ("soc_type", re.compile(r"\bSOC\W?[12]\W{0,3}(?:\(?\w*\)?\W)?Type\s*(?P<v>I{1,2}|[12])\b",
        re.I)),
    ("saml", re.compile(r"\bSAML\W?(?P<v>\d\.\d)", re.I)),
    ("scc", re.compile(r"\b(?:SCCs?|Standard Contractual Clauses)\b.{0,60}?\b(?P<v>20(?:04|10|"
        r"21))\b", re.I)),
)  # fmt: skip
_MOST_BEFORE = re.compile(
    r"(?:within|inside|in|under|(?:no|not) (?:later|more|longer|greater|worse) than|"
    r"not exceeding|up to|at most|max(?:imum)?(?: of)?|"
    r"less than|below|fewer than|after|<=?|≤|by)\W*(?:the |a |an |about )?(?:first |maximum |"
    r"period of )*$",
    re.I,
)
_LEAST_BEFORE = re.compile(
    r"(?:at least|weaker than|lower than|older than|below(?= TLS)|(?:no|not) (?:less|fewer|"
    r"shorter|sooner)(?: frequently| often)? than|minimum(?: of)?|min\.?|more than|over|above|"
    r">=?|≥|longer than)"
    r"\W*(?:once )?(?:every |in every |a |an )?$",
    re.I,
)
_LEAST_AFTER = re.compile(
    r"^\W*(?:\+|or (?:more|longer|above|newer|higher|greater|later|stronger|better)|(?:is |"
    r"as )?(?:the )?only\b|is required|mandatory|and (?:above|higher|newer)|as a minimum|minimum|"
    r"at the least|plus\b)",
    re.I,
)
_MOST_AFTER = re.compile(
    r"^\W*(?:max\b|at most|or (?:less|fewer|sooner|faster|better)|at the latest|or below|old\b)",
    re.I,
)


def value_of(number: str) -> float:
    """What a number says that NUMBER matched."""
    return float(_WORDS.get(number.lower(), 0) or number.replace(",", ""))


def _hours(unit: str) -> float:
    low = unit.lower()
    return float(_HOURS.get(low) or _HOURS[low.rstrip("s")])


def _bound(text: str, start: int, end: int, unit: Unit, default: Bound = Bound.EXACT) -> Bound:
    before, after = text[max(0, start - 45) : start], text[end : end + 25]
    if unit is Unit.DURATION and re.match(r"\W*or (?:better|faster|sooner|newer)", after):
        return Bound.MOST
    if _LEAST_BEFORE.search(before) or _LEAST_AFTER.match(after):
        return Bound.LEAST
    if _MOST_BEFORE.search(before) or _MOST_AFTER.match(after):
        return Bound.MOST
    return default


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, in order. Vague frequencies ("periodically") are none."""
    intervals = _intervals(text)
    taken = [(a.start, a.start + len(a.text)) for a in intervals]
    found = [*intervals, *(a for a in _durations(text) if not _overlaps(a, taken))]
    found += [*_versions(text), *_simple(text)]
    return tuple(sorted(found, key=lambda a: a.start))


def _overlaps(amount: Amount, taken: list[tuple[int, int]]) -> bool:
    return any(a < amount.start + len(amount.text) and amount.start < b for a, b in taken)


def _intervals(text: str) -> list[Amount]:
    found = [
        Amount(
            Unit.INTERVAL, value_of(m["n"]) * _hours(m["u"]) / 24, Bound.MOST, m.group(), m.start()
        )
        for m in _EVERY.finditer(text)
    ]
    for pattern, days in _INTERVAL:
        for m in pattern.finditer(text):
            amount = Amount(Unit.INTERVAL, days, Bound.MOST, m.group(), m.start())
            if not _overlaps(amount, [(a.start, a.start + len(a.text)) for a in found]):
                found.append(amount)
    return found


def _durations(text: str) -> list[Amount]:
    found = []
    for m in (*_DURATION.finditer(text), *_PLUS.finditer(text)):
        plus = Bound.LEAST if m.re is _PLUS or m.groupdict().get("plus") else Bound.EXACT
        bound = _bound(text, m.start(), m.end(), Unit.DURATION, plus)
        found.append(
            Amount(Unit.DURATION, value_of(m["n"]) * _hours(m["u"]), bound, m.group(), m.start())
        )
    return found


def _versions(text: str) -> list[Amount]:
    found: dict[tuple[str, int], Amount] = {}
    for name, pattern in _VERSIONS:
        for m in pattern.finditer(text):
            bound = _version_bound(text, m)
            amount = Amount(Unit.VERSION, _version(m["v"]), bound, m.group(), m.start("v"), name)
            found.setdefault((name, m.start("v")), amount)
    return list(found.values())


def _version_bound(text: str, match: re.Match[str]) -> Bound:
    """A bound may stand before the whole mention ("at least TLS 1.2") or after the number."""
    before = _bound(text, match.start(), match.end("v"), Unit.VERSION)
    return (
        before
        if before is not Bound.EXACT
        else _bound(text, match.start("v"), match.end("v"), Unit.VERSION)
    )


def _version(text: str) -> float:
    roman = {"i": 1.0, "ii": 2.0}.get(text.lower())
    if roman:
        return roman
    major, _, rest = text.partition(".")
    return float(major) + (
        float(rest.replace(".", "")) / 10 ** len(rest.replace(".", "")) if rest else 0
    )


def _simple(text: str) -> list[Amount]:
    found = []
    for unit, pattern in (
        (Unit.PERCENT, _PERCENT),
        (Unit.BITS, _BITS),
        (Unit.CHARACTERS, _CHARACTERS),
    ):
        for m in pattern.finditer(text):
            number = m["n"] or m.groupdict().get("m") or "0"
            found.append(
                Amount(
                    unit,
                    value_of(number),
                    _bound(text, m.start(), m.end(), unit),
                    m.group(),
                    m.start(),
                )
            )
    for m in _MONEY.finditer(text):
        factor = {"m": 1e6, "million": 1e6, "k": 1e3, "bn": 1e9}.get(
            (m["m"] or m["m2"] or "").lower(), 1.0
        )
        number = float((m["n"] or m["n2"]).rstrip(".,").replace(",", ""))
        found.append(
            Amount(
                Unit.MONEY,
                number * factor,
                _bound(text, m.start(), m.end(), Unit.MONEY),
                m.group(),
                m.start(),
            )
        )
    return found


def meets(asked: Amount, given: Amount) -> Standing:
    """Whether one amount of the evidence meets one that is asked for (same unit and thing)."""
    if asked.unit is Unit.DURATION and given.unit is Unit.INTERVAL:
        given = replace(given, unit=Unit.DURATION, value=24 * given.value)
    if asked.unit is not given.unit or asked.of != given.of:
        return Standing.UNSTATED
    if asked.unit is Unit.INTERVAL:
        return _verdict(given.value <= asked.value * 1.04)
    if asked.unit is Unit.VERSION:
        return _version_meets(asked, given)
    # A month has 28 to 31 days: only durations are compared with that much tolerance.
    slack = 0.015 * asked.value if asked.unit is Unit.DURATION else 0.0
    if asked.bound is Bound.MOST:
        return _verdict(given.value <= asked.value + slack)
    if asked.bound is Bound.LEAST:
        return _verdict(given.value >= asked.value - slack)
    return _verdict(abs(given.value - asked.value) <= slack)


def _verdict(met: bool) -> Standing:
    return Standing.STATED if met else Standing.CONTRADICTED


def _version_meets(asked: Amount, given: Amount) -> Standing:
    """An edition must be the one asked for; "1.2 or newer" allows 1.3 but does not promise it."""
    if asked.bound is Bound.LEAST or asked.of in {"fips_level", "soc_type"}:
        return _verdict(given.value >= asked.value)
    if asked.value == given.value:
        return Standing.STATED
    if given.bound is Bound.LEAST and given.value < asked.value:
        return Standing.UNSTATED
    return Standing.CONTRADICTED


def standing(asked: Amount, given: Iterable[Amount]) -> Standing:
    """How the amounts that evidence gives stand to one that is asked for.

    One that meets it will do, but a floor ("TLS 1.3 as a minimum") holds only if all do.
    """
    results = {meets(asked, g) for g in given}
    floor = asked.unit is Unit.VERSION and asked.bound is Bound.LEAST
    order = (Standing.STATED, Standing.CONTRADICTED)
    return next((r for r in (order[::-1] if floor else order) if r in results), Standing.UNSTATED)
