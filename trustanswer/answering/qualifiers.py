"""Amounts: what a question demands in numbers, and whether a sentence meets it.

Frequencies ("at least quarterly"), durations ("within 24 hours"), percentages, versions and
editions ("TLS 1.3", "ISO 27001:2022"), sizes ("256 bits", "12 characters"). An amount is read with
its direction: quarterly meets "at least annually", 99.75% does not meet "at least 99.9%", and
"without undue delay" says nothing of 24 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from trustanswer.answering.words import stem


class Standing(StrEnum):
    """How evidence stands to one thing that a question asks for."""

    STATED = "stated"
    CONTRADICTED = "contradicted"
    UNSTATED = "unstated"


class Bound(StrEnum):
    MOST = "most"  # within, no later than, up to
    LEAST = "least"  # at least, or longer, minimum
    EXACT = "exact"
    # In a question a limit, in a statement the exact value: "locks after 15 minutes", which is the
    # most, and "kept for a year", which is the least.
    AFTER = "after"
    FOR = "for"
    RARELY = "rarely"  # of an interval that is asked for: "only once a year", "less than weekly"


class Unit(StrEnum):
    INTERVAL = "interval"  # days between two occurrences: quarterly is 91
    DURATION = "duration"  # hours
    PERCENT = "percent"
    VERSION = "version"  # of a named thing
    BITS = "bits"
    CHARACTERS = "characters"
    MONEY = "money"
    COUNT = "count"  # of what `of` names


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


_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDS = {
    **_ONES, **_TENS, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "one hundred": 100, "a hundred": 100,
    **{f"{ten}-{one}": high + low for ten, high in _TENS.items() for one, low in _ONES.items()},
}  # fmt: skip
_TEEN = "|".join(
    sorted((w for w in _WORDS if w.isalpha() and w not in _TENS), key=len, reverse=True)
)
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|"
    rf"{_TEEN}|(?:one|a) hundred)"
)
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
_KIND = (
    r"(?:(?:full|whole|calendar|consecutive|clock|financial|fiscal|single|"
    r"(?P<w>business|working))[\s-]+)?"
)
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
# "for a year", but not "twice a year"; "half an hour", "a quarter of an hour", "a year and a half".
_A_WHILE = re.compile(
    r"(?P<part>half an?|a quarter of an|three quarters of an)[\s-]+(?P<of>" + _ONE + r")\b"
    r"|(?:(?<=for )|(?<=within )|(?<=inside )|(?<=under )|(?<=over )|(?<=than )|(?<=least )|"
    r"(?<=most )|(?<=after )|(?<=exceeding )|(?<=to )|(?<=about )|(?<=of )|(?<=last )|(?<=past ))"
    rf"(?:an?|the)[\s-]+{_KIND}(?P<u>{_ONE})\b(?P<half> and a half)?"
    rf"|\ban?[\s-]+{_KIND.replace('<w>', '<w2>')}(?P<u2>{_ONE})(?= or (?:more|longer|less|sooner))",
    re.I,
)
_PARTS = {"half": 0.5, "a quarter": 0.25, "three quarters": 0.75}
_ALL_DAY = re.compile(
    r"\b(?:24|twenty[- ]four|7|seven|365) (?:hours?|hrs|days?)(?: (?:a|per|each|every|of the) |/)"
    r"(?:day|week|year)\b",
    re.I,
)
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
_INTERVALS = (
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
_INTERVAL = tuple(
    (re.compile(rf"(?<!bi-)(?<!semi-)(?<!bi)(?<!\d )\b(?:{p})(?!\w)", re.I), days)
    for p, days in _INTERVALS
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
_PERCENT = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.I)
_COUNT = re.compile(
    rf"(?<![\w.:/$€£-])(?P<n>{NUMBER})\)?\s+(?!and\b|or\b|of\b|to\b|in\b)(?:[a-z]+[- ]){{0,2}}?"
    r"(?P<thing>[a-z]{3,}[a-rt-z]s|people|persons|staff)\b(?!-)",
    re.I,
)
_ATTEMPTS = frozenset({"attempt", "tri", "fail", "login", "log-in", "sign-in", "guess", "logon"})
_BITS = re.compile(
    r"(?P<n>\d{2,5})[\s-]*bits?(?: keys?)?\b|\b(?:AES|RSA)[\s-]*(?P<m>\d{3,4})\b", re.I
)
_CHARACTERS = re.compile(
    rf"(?<![\d.])(?P<n>{NUMBER})[\s-]*(?:characters?|chars?)\b|"
    r"\blength of (?:at least )?(?P<m>\d+)(?![\s-]*(?:bit|char))",
    re.I,
)
_MONEY = re.compile(
    r"(?P<c>€|£|\$|EUR|USD|GBP)\s*(?P<n>\d[\d,.]*)\s*(?P<m>m\b|million|k\b|bn\b)?|"
    r"(?<![\d,.])(?P<n2>\d[\d,.]*)\s*(?P<m2>million|m)?\s*(?P<c2>EUR|USD|GBP|euros?|dollars?|pounds?)\b",
    re.I,
)
_CURRENCY = {"€": "eur", "£": "gbp", "$": "usd", "euro": "eur", "dollar": "usd", "pound": "gbp"}
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
_AFTER_BEFORE = re.compile(
    r"(?<![a-z])after\W*(?:the |a |an |about )?(?:first |period of )*$", re.I
)
_LEAST_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:at (?:the very )?least|weaker than|lower than|older than|"
    r"below(?= TLS)|(?:no|not) (?:less|fewer|shorter|sooner|under)(?: frequently| often)?"
    r"(?: than)?|a? ?minimum(?: \w+)?(?: of)?|min\.?|more than|over|above|exceeding|"
    r"upwards of|longer than|greater than)|>=?|≥)"
    r"\W*(?:once )?(?:every |in every |a |an )?$",
    re.I,
)
_KEPT_FOR = re.compile(
    r"\b(?:kept|keep|keeps|retain(?:ed|s)?|stor(?:ed|e|es)|held|hold|archived?|available|"
    r"preserved?|maintain(?:ed|s)?|retention)\b(?:[^,.;?]{0,40}\s)?(?:for|of)\W*(?:a |an |the )?$",
    re.I,
)
_LEAST_AFTER = re.compile(
    r"^\W*(?:\+|or (?:more|longer|above|newer|higher|greater|later|stronger|better|over)|"
    r"and (?:above|higher|newer|up|over)|as a minimum|minimum|at the least|plus\b)",
    re.I,
)
_NO_OLDER = re.compile(r"^\W*(?:(?:is |as )?(?:the )?only\b|is required|mandatory)", re.I)
_MOST_AFTER = re.compile(
    r"^\W*(?:max\b|at (?:the )?most|or (?:less|fewer|sooner|faster|better|under)|at the latest|"
    r"or below|old\b)",
    re.I,
)


_LOOK_BACK = 60  # characters before an amount that are read for what bounds it


def value_of(number: str) -> float:
    """What a number says that NUMBER matched."""
    low = number.lower()
    word = _WORDS.get(low) or _WORDS.get(low.replace(" ", "-"))
    return float(word or number.replace(",", ""))


def _hours(unit: str) -> float:
    low = unit.lower().split()[-1]
    return float(_HOURS.get(low) or _HOURS[low.rstrip("s")])


def _bound(text: str, start: int, end: int, unit: Unit, default: Bound = Bound.EXACT) -> Bound:
    before, after = text[max(0, start - _LOOK_BACK) : start].rstrip("("), text[end : end + 25]
    if unit is Unit.DURATION and re.match(r"\W*or (?:better|faster|sooner|newer)", after):
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


# Without any of these there is no amount: a number, a unit of time or a word for a frequency, or
# the type of a SOC report.
_HINT = re.compile(
    rf"\d|\b(?:{'|'.join(_WORDS)}|secs?|mins?|hrs?|wks?|mths?|mos?|yrs?|each|once|twice|thrice)\b|"
    r"second|minute|hour|day|week|fortnight|month|quarter|year|annu|dail|night|continuous|"
    r"real[- ]time|ennial|half|p\.a\.|\bSOC",
    re.I,
)


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, in order. Vague frequencies ("periodically") are none."""
    if not _HINT.search(text):  # as in most sentences: the thirty expressions need not be tried
        return ()
    whiles = _whiles(text)
    taken = [(m.start(), m.end()) for m in _ALL_DAY.finditer(text)]  # "24 hours a day" is none
    intervals = _clear(_intervals(text), [*taken, *_spans(whiles)])
    durations = [*whiles, *_durations(text)]
    found = [*intervals, *_clear(durations, [*taken, *_spans(intervals)])]
    found += [*_versions(text), *_simple(text)]
    found += _clear(_counts(text), [*taken, *_spans(found)])
    return tuple(sorted(found, key=lambda a: a.start))


def _spans(found: Iterable[Amount]) -> list[tuple[int, int]]:
    return [(a.start, a.end) for a in found]


def _clear(found: Iterable[Amount], taken: Sequence[tuple[int, int]]) -> list[Amount]:
    """Those that share no letter with what is taken."""
    return [x for x in found if not any(a < x.end and x.start < b for a, b in taken)]


def _intervals(text: str) -> list[Amount]:
    found: list[Amount] = []
    for match, days in _interval_matches(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        oftener = _OFTENER.search(before)
        # "More than once a year" is twice at least; "less than once a year", every other at most.
        value = days / 2 if oftener else 2 * days if _LESS_OFTEN.search(before) else days
        rarely = _ONLY.search(before) or _ONLY_AFTER.match(text, match.end())
        bound = Bound.RARELY if rarely and not oftener else Bound.MOST
        amount = Amount(Unit.INTERVAL, value, bound, match.group(), match.start())
        found += _clear([amount], _spans(found))
    return found


def _interval_matches(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Every mention of a frequency with its days; of two that overlap the first counts."""
    for m in _TIMES.finditer(text):
        times = _TIMES_IN_WORDS.get((m["n2"] or "").lower()) or value_of(m["n"])
        yield m, _days(m["u"]) / (times or 1)
    for m in _EVERY.finditer(text):
        yield m, value_of(m["n"]) * _days(m["u"])
    for m in _MONTHLY.finditer(text):
        yield m, value_of(m["n"]) * _days(m["u"])
    for m in _EACH.finditer(text):
        yield m, _OTHER.get((m["other"] or "").lower(), 1) * _days(m["u"])
    for pattern, days in _INTERVAL:
        yield from ((m, days) for m in pattern.finditer(text))


def _days(unit: str) -> float:
    return _hours(unit) / 24


def _whiles(text: str) -> list[Amount]:
    """Durations of one unit, or a part of one: "for a year", "half an hour"."""
    found = []
    for m in _A_WHILE.finditer(text):
        part = _PARTS[m["part"].rsplit(" ", 1)[0].lower().removesuffix(" of")] if m["part"] else 1.0
        unit = m["of"] or m["u"] or m["u2"]
        value = (part + 0.5 * bool(m["half"])) * _hours(unit)
        bound = _bound(text, m.start(), m.end(), Unit.DURATION)
        working = bool(m["w"] or m["w2"])
        found.append(Amount(Unit.DURATION, value, bound, m.group(), m.start(), working=working))
    return found


def _durations(text: str) -> list[Amount]:
    found = []
    for m in _RANGE.finditer(text):
        group = "n" if m["n"] else "m"
        value, bound = value_of(m[group]), _bound(text, m.start(), m.end(group), Unit.DURATION)
        at = m.start(group)
        found.append(Amount(Unit.DURATION, value * _hours(m["u"]), bound, m[group], at))
    for m in (*_DURATION.finditer(text), *_PLUS.finditer(text)):
        named = m.groupdict()
        plus = Bound.LEAST if m.re is _PLUS or named.get("plus") else Bound.EXACT
        bound = _bound(text, m.start(), m.end(), Unit.DURATION, plus)
        number = value_of(m["n"]) + 0.5 * bool(named.get("half"))
        value, working = number * _hours(m["u"]), bool(named.get("w"))
        found.append(Amount(Unit.DURATION, value, bound, m.group(), m.start(), working=working))
    return found


def _counts(text: str) -> list[Amount]:
    """Of how many things a text speaks: "five failed attempts", "the last 24 passwords"."""
    found = []
    for m in _COUNT.finditer(text):
        value = value_of(m["n"])
        if value > 1 and not (value > 1900 and value < 2100 and "," not in m["n"]):
            bound = _bound(text, m.start(), m.end("n"), Unit.COUNT)
            thing = stem(m["thing"])
            of = "attempt" if thing in _ATTEMPTS else thing
            found.append(Amount(Unit.COUNT, value, bound, m.group(), m.start(), of))
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
    return [*found, *_sums(text)]


def _sums(text: str) -> list[Amount]:
    found = []
    for m in _MONEY.finditer(text):
        factor = {"m": 1e6, "million": 1e6, "k": 1e3, "bn": 1e9}.get(
            (m["m"] or m["m2"] or "").lower(), 1.0
        )
        number = _with_separators(m["n"] or m["n2"])
        currency = (m["c"] or m["c2"]).lower().removesuffix("s")
        bound = _bound(text, m.start(), m.end(), Unit.MONEY)
        if number is not None:
            of = _CURRENCY.get(currency, currency)
            found.append(Amount(Unit.MONEY, number * factor, bound, m.group(), m.start(), of))
    return found


def _with_separators(number: str) -> float | None:
    """A number with points or commas between its thousands, or before its decimals; None where it
    has them neither way."""
    plain = number.rstrip(".,")
    if _THOUSANDS.fullmatch(plain):
        return float(re.sub(r"[.,]", "", plain))
    if _DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    try:
        return float(plain.replace(",", ""))
    except ValueError:
        return None


_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+)")
_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:\.?\d{3})*,\d{1,2}")


def meets(asked: Amount, given: Amount) -> Standing:
    """Whether one amount of the evidence meets one that is asked for (same unit and thing)."""
    if asked.unit is Unit.DURATION and given.unit is Unit.INTERVAL:
        given = replace(given, unit=Unit.DURATION, value=24 * given.value)
    if asked.unit is not given.unit or asked.of != given.of:
        return Standing.UNSTATED
    if asked.unit is Unit.INTERVAL:
        often = given.value <= asked.value * 1.04
        return _verdict(given.value >= asked.value * 0.96 if asked.bound is Bound.RARELY else often)
    if asked.unit is Unit.VERSION:
        return _version_meets(asked, given)
    # A month has 28 to 31 days: only durations are compared with that much tolerance.
    slack = 0.015 * asked.value if asked.unit is Unit.DURATION else 0.0
    if asked.bound in {Bound.MOST, Bound.AFTER}:
        return _not_over(asked, given, slack)
    if asked.bound in {Bound.LEAST, Bound.FOR} or _more_is_better(asked):
        met = given.value >= asked.value - slack
        # Who keeps it for up to a year does not say that it is kept for as long.
        return Standing.UNSTATED if met and given.bound is Bound.MOST else _verdict(met)
    if abs(given.value - asked.value) <= slack:
        return Standing.STATED
    beyond = given.value > asked.value
    open_ended = given.bound is (Bound.MOST if beyond else Bound.LEAST)
    return Standing.UNSTATED if open_ended else Standing.CONTRADICTED


def _not_over(asked: Amount, given: Amount, slack: float) -> Standing:
    if given.value > asked.value + slack:
        return Standing.CONTRADICTED
    longer = given.working and not asked.working and _by_calendar(given.value) > asked.value
    return Standing.UNSTATED if longer or given.bound is Bound.LEAST else Standing.STATED


def _by_calendar(hours: float) -> float:
    """What business days may last: five of seven, and a weekend may lie before the first."""
    return hours * 7 / 5 + 48 if hours > 24 else 96


def _more_is_better(asked: Amount) -> bool:
    """Whether more of it is what is wanted where no direction is given: "99.9% uptime"."""
    return asked.unit is Unit.COUNT or (asked.unit is Unit.PERCENT and asked.value >= 90)


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

    Where one meets it and another does not, it is open which of them is that of the thing asked
    for ("backups are kept for 90 days and logs for 30"). Of versions one will do, but a floor
    ("TLS 1.3 as a minimum") holds only if all do.
    """
    results = {meets(asked, g) for g in given} - {Standing.UNSTATED}
    if len(results) == 1:
        return results.pop()
    if not results or asked.unit is not Unit.VERSION:
        return Standing.UNSTATED
    return Standing.CONTRADICTED if asked.bound is Bound.LEAST else Standing.STATED
