"""How often and how long: intervals ("at least quarterly") and durations ("within 24 hours")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trustanswer.answering.bounds import Amount, Bound, Span, Unit, bound_of, said_before
from trustanswer.answering.numerals import NUMBER, value_of

_HOURS = {
    "sec": 1 / 3600, "second": 1 / 3600, "min": 1 / 60, "minute": 1 / 60, "h": 1, "hr": 1,
    "hour": 1, "d": 24, "day": 24, "wk": 168, "week": 168, "fortnight": 336, "month": 730,
    "mth": 730, "mo": 730, "quarter": 2190, "yr": 8760, "year": 8760, "annum": 8760,
}  # fmt: skip
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|fortnights?|months?|"
    r"mths?|mos?|quarters?|years?|yrs?)"
)
_ONE = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|annum)"  # of a unit
# Before a unit; a group tells business days from the rest.
_KIND = (
    r"(?:(?:full|whole|calendar|consecutive|clock|financial|fiscal|single|"
    r"(?P<w>business|working))[\s-]+)?"
)


def times(text: str) -> list[Amount]:
    """Every interval of a text, and every duration that is no part of one ("every 30 days")."""
    taken = around_the_clock(text)
    whiles = _whiles(text)
    intervals = [a for a in _intervals(text) if a.clear_of([*taken, *_spans(whiles)])]
    taken += _spans(intervals)
    return [*intervals, *(a for a in [*whiles, *_durations(text)] if a.clear_of(taken))]


def around_the_clock(text: str) -> list[Span]:
    """Where a text says "24 hours a day", which is no amount."""
    return [m.span() for m in _ALL_DAY.finditer(text)]


_ALL_DAY = re.compile(
    r"\b(?:24|twenty[- ]four|7|seven|365) (?:hours?|hrs|days?)(?: (?:a|per|each|every|of the) |/)"
    r"(?:day|week|year)\b",
    re.I,
)


def _spans(found: Iterable[Amount]) -> list[Span]:
    return [(a.start, a.end) for a in found]


def _hours(unit: str) -> float:
    low = unit.lower().split()[-1]
    return float(_HOURS.get(low) or _HOURS[low.rstrip("s")])


def _days(unit: str) -> float:
    return _hours(unit) / 24


def _intervals(text: str) -> list[Amount]:
    found: list[Amount] = []
    for match, days in _interval_matches(text):
        before = said_before(text, match.start())
        oftener = _OFTENER.search(before)
        # "More than once a year" is twice at least; "less than once a year", every other at most.
        value = days / 2 if oftener else 2 * days if _LESS_OFTEN.search(before) else days
        rarely = _ONLY.search(before) or _ONLY_AFTER.match(text, match.end())
        bound = Bound.RARELY if rarely and not oftener else Bound.MOST
        amount = Amount(Unit.INTERVAL, value, bound, match.group(), match.start())
        if amount.clear_of(_spans(found)):
            found.append(amount)
    return found


def _interval_matches(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Every mention of a frequency with its days; of two that overlap the first counts."""
    for m in _TIMES.finditer(text):
        often = _TIMES_IN_WORDS.get((m["n2"] or "").lower()) or value_of(m["n"])
        yield m, _days(m["u"]) / (often or 1)
    for m in _EVERY.finditer(text):
        yield m, value_of(m["n"]) * _days(m["u"])
    for m in _MONTHLY.finditer(text):
        yield m, value_of(m["n"]) * _days(m["u"])
    for m in _EACH.finditer(text):
        yield m, _OTHER.get((m["other"] or "").lower(), 1) * _days(m["u"])
    for pattern, days in _INTERVALS:
        yield from ((m, days) for m in pattern.finditer(text))


_PER = r"(?:a|an|per|each|every|in an?|in each|in every|in any|during each|over each)"
_PERIOD = rf"(?:(?:calendar|financial|fiscal|business|working|full|single|12-month)[\s-]+)?{_ONE}"
_EVENTS = (  # what is counted by the year: "four penetration tests per year"
    r"(?:tests?|scans?|reviews?|audits?|exercises?|drills?|assessments?|trainings?|inspections?|"
    r"checks?|campaigns?|sessions?|rotations?|backups?|restores?|meetings?)"
)
_TIMES = re.compile(
    rf"\b(?:(?P<n>{NUMBER})(?: times|x| (?:[a-z-]+ ){{0,2}}{_EVENTS})|"
    rf"(?P<n2>once|twice|thrice|two)) {_PER} (?P<u>{_PERIOD})\b",
    re.I,
)
_TIMES_IN_WORDS = {"once": 1, "twice": 2, "two": 2, "thrice": 3}
_EACH = re.compile(
    rf"\b(?:every|each|per)\s+(?:(?P<other>other|second|third|fourth|alternate)\s+)?"
    rf"(?P<u>{_PERIOD})\b",
    re.I,
)
_OTHER = {"other": 2, "second": 2, "alternate": 2, "third": 3, "fourth": 4}
_MONTHLY = re.compile(rf"\b(?P<n>{NUMBER})[- ](?P<u>hour|day|week|month|year)ly\b", re.I)
_BY_NAME = (
    (r"continuous(?:ly)?|real[- ]time", 0.01),
    (r"hourly", 1 / 24),
    (r"daily|nightly|(?:every|each) night|a day\b", 1.0),
    (r"weekly|a week\b|(?:every|each|on) (?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
        r"(?:every|each) weekend", 7.0),
    (r"bi-?weekly|fortnightly", 14.0),
    (r"monthly|a month\b", 30.4),
    (r"(?:twice|two times|2x) yearly|two a year|(?:(?:every|each) )?half[- ]year(?:ly)?|"
        r"semi[- ]?annual(?:ly)?|bi-?annual(?:ly)?", 182.5),
    (r"quarterly|a quarter\b", 91.25),
    (r"annual(?:ly)?|yearly|p\.a\.|a year\b|each (?:january|february|march|april|may|june|july|"
        r"august|september|october|november|december|spring|summer|autumn|winter)", 365.0),
    (r"bi-?ennial(?:ly)?", 730.0),
)  # fmt: skip
_INTERVALS = tuple(
    (re.compile(rf"(?<!bi-)(?<!semi-)(?<!bi)(?<!\d )\b(?:{p})(?!\w)", re.I), days)
    for p, days in _BY_NAME
)
_EVERY = re.compile(
    rf"\b(?:(?:in )?every|each|(?:in|per|over) any|once in(?: every)?|at intervals of)\s+"
    rf"(?:(?:at most|no more than|not more than|up to|at least)\s+)?"
    rf"(?P<n>{NUMBER})\)?[\s-]*(?:\w+-)?(?P<u>{_UNIT})\b",
    re.I,
)
_ONLY = re.compile(
    r"(?:(?<!not )\bonly|\bjust|\bmerely|(?<!no )(?<!not )\bless (?:often |frequently )?than|"
    r"\b(?:no|not) more (?:(?:often|frequently) )?than|\bat (?:the )?most)(?: once)?\W*$",
    re.I,
)
_ONLY_AFTER = re.compile(r"\s+only\b", re.I)
_OFTENER = re.compile(r"(?<!no )(?<!not )more (?:(?:often|frequently) )?than\W*$", re.I)
_LESS_OFTEN = re.compile(r"(?<!no )(?<!not )less (?:(?:often|frequently) )?than\W*$", re.I)


def _whiles(text: str) -> list[Amount]:
    """Durations of one unit, or a part of one: "for a year", "half an hour"."""
    found = []
    for m in _A_WHILE.finditer(text):
        part = _PARTS[m["part"].rsplit(" ", 1)[0].lower().removesuffix(" of")] if m["part"] else 1.0
        unit = m["of"] or m["u"] or m["u2"]
        value = (part + 0.5 * bool(m["half"])) * _hours(unit)
        bound = bound_of(text, m.start(), m.end(), Unit.DURATION)
        working = bool(m["w"] or m["w2"])
        found.append(Amount(Unit.DURATION, value, bound, m.group(), m.start(), working=working))
    return found


_A_WHILE = re.compile(
    r"(?P<part>half an?|a quarter of an|three quarters of an)[\s-]+(?P<of>" + _ONE + r")\b"
    r"|(?:(?<=for )|(?<=within )|(?<=inside )|(?<=under )|(?<=over )|(?<=than )|(?<=least )|"
    r"(?<=most )|(?<=after )|(?<=exceeding )|(?<=to )|(?<=about )|(?<=of )|(?<=last )|(?<=past ))"
    rf"(?:an?|the)[\s-]+{_KIND}(?P<u>{_ONE})\b(?P<half> and a half)?"
    rf"|\ban?[\s-]+{_KIND.replace('<w>', '<w2>')}(?P<u2>{_ONE})(?= or (?:more|longer|less|sooner))",
    re.I,
)
_PARTS = {"half": 0.5, "a quarter": 0.25, "three quarters": 0.75}


def _durations(text: str) -> list[Amount]:
    found = []
    for m in _RANGE.finditer(text):
        group = "n" if m["n"] else "m"
        value, bound = value_of(m[group]), bound_of(text, m.start(), m.end(group), Unit.DURATION)
        at = m.start(group)
        found.append(Amount(Unit.DURATION, value * _hours(m["u"]), bound, m[group], at))
    for m in (*_DURATION.finditer(text), *_PLUS.finditer(text)):
        named = m.groupdict()
        plus = Bound.LEAST if m.re is _PLUS or named.get("plus") else Bound.EXACT
        bound = bound_of(text, m.start(), m.end(), Unit.DURATION, plus)
        number = value_of(m["n"]) + 0.5 * bool(named.get("half"))
        value, working = number * _hours(m["u"]), bool(named.get("w"))
        found.append(Amount(Unit.DURATION, value, bound, m.group(), m.start(), working=working))
    return found


_DURATION = re.compile(
    rf"(?<![\w.])(?P<n>{NUMBER})\)?[\s-]*{_KIND}(?P<u>{_UNIT})\b(?P<plus>\s*\+)?"
    r"(?P<half> and a half)?",
    re.I,
)
# The lower end of a range, of which the upper one is read with its unit: "3-12 months".
_RANGE = re.compile(
    rf"(?<![\w.])(?:(?P<n>{NUMBER})\s*(?:to|or|-|–)|between (?P<m>{NUMBER}) and)\s*(?:up to )?"
    rf"{NUMBER}[\s-]*{_KIND}(?P<u>{_UNIT})\b",
    re.I,
)
_PLUS = re.compile(rf"(?<![\w.])(?P<n>{NUMBER})\s*\+\s*(?P<u>{_UNIT})\b", re.I)
