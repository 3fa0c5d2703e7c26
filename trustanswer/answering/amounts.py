"""Amounts: everything a text says in numbers, each with its unit and direction.

Frequencies ("at least quarterly"), durations ("within 24 hours"), percentages, versions and
editions ("TLS 1.3", "ISO 27001:2022"), sizes ("256 bits", "12 characters"), sums and counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from trustanswer.answering.bounds import Amount, Bound, Unit, bound_of
from trustanswer.answering.numerals import IN_WORDS, NUMBER, value_of, with_separators
from trustanswer.answering.times import around_the_clock, times
from trustanswer.answering.words import stem

# Without any of these there is no amount: a number, a unit of time or a word for a frequency, or
# what has types, tiers or levels in Roman numbers or in words.
_HINT = re.compile(
    rf"\d|\b(?:{'|'.join(IN_WORDS)}|secs?|mins?|hrs?|wks?|mths?|mos?|yrs?|each|once|twice|thrice)\b|"
    r"second|minute|hour|day|week|fortnight|month|quarter|year|annu|dail|night|continuous|"
    r"real[- ]time|ennial|half|p\.a\.|\bSOC|\bISAE|\btier|"
    r"FedRAMP",
    re.I,
)


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, in order. Vague frequencies ("periodically") are none."""
    if not _HINT.search(text):  # as in most sentences: the thirty expressions need not be tried
        return ()
    found = [*times(text), *_versions(text), *_sizes(text), *_sums(text)]
    taken = [*around_the_clock(text), *((a.start, a.end) for a in found)]
    found += [a for a in _counts(text) if a.clear_of(taken)]
    return tuple(sorted(found, key=lambda a: a.start))


def _counts(text: str) -> list[Amount]:
    """Of how many things a text speaks: "five failed attempts", "the last 24 passwords"."""
    found = []
    for m in _COUNT.finditer(text):
        value = value_of(m["n"])
        if value > 1 and not (value > 1900 and value < 2100 and "," not in m["n"]):
            bound = bound_of(text, m.start(), m.end("n"), Unit.COUNT)
            thing = stem(m["thing"])
            of = "attempt" if thing in _ATTEMPTS else thing
            found.append(Amount(Unit.COUNT, value, bound, m.group(), m.start(), of))
    return found


_COUNT = re.compile(
    rf"(?<![\w.:/$€£-])(?P<n>{NUMBER})\)?\s+(?!and\b|or\b|of\b|to\b|in\b)(?:[a-z]+[- ]){{0,2}}?"
    r"(?P<thing>[a-z]{3,}[a-rt-z]s|people|persons|staff)\b(?!-)",
    re.I,
)
_ATTEMPTS = frozenset({"attempt", "tri", "fail", "login", "log-in", "sign-in", "guess", "logon"})


def _versions(text: str) -> list[Amount]:
    found: dict[tuple[str, int], Amount] = {}
    for name, m in _mentions(text):
        mention = (name, m.start("v"))
        if mention not in found:
            bound, value = _version_bound(text, m), _version(m["v"])
            found[mention] = Amount(Unit.VERSION, value, bound, m.group(), m.start("v"), name)
    return list(found.values())


def _mentions(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every mention of a version with the name of what it belongs to."""
    if not _VERSIONED.search(text):
        return
    for name, patterns in _VERSIONS.items():
        for pattern in patterns:
            yield from ((name, m) for m in pattern.finditer(text))


def _version_bound(text: str, match: re.Match[str]) -> Bound:
    """A bound may stand before the whole mention ("at least TLS 1.2") or after the number."""
    before = bound_of(text, match.start(), match.end("v"), Unit.VERSION)
    if before is not Bound.EXACT:
        return before
    return bound_of(text, match.start("v"), match.end("v"), Unit.VERSION)


def _version(text: str) -> float:
    if not text[0].isdigit():
        return _GRADES[text.lower()]
    major, _, rest = text.partition(".")
    decimals = rest.replace(".", "")
    return float(major) + (float(decimals) / 10 ** len(decimals) if decimals else 0)


# Without any of these no expression below can match.
_VERSIONED = re.compile(
    r"TLS|SSL|27001|20[012]\d|PCI|version|140-|\bSOC|ISAE|C5|STAR\b|Level|CMMC|Tier|FedRAMP|SAML|"
    r"(?-i:EAL|AAL|IAL)",
    re.I,
)
_GRADES = {"i": 1.0, "ii": 2.0, "iii": 3.0, "iv": 4.0, "low": 1.0, "moderate": 2.0, "high": 3.0}
_VERSIONS = {
    "tls": (
        re.compile(r"\b(?:TLS|SSL)\W{0,3}(?:v(?:ersion)?\.?\s*)?(?P<v>\d(?:\.\d)?)", re.I),
        re.compile(r"\bTLS\b[^;]{0,60}?\b(?P<v>1\.\d)\b", re.I),
        re.compile(r"\bTLS\W{0,3}1\.\d(?:,? (?:and|or|/) ?|/)(?:TLS ?)?(?P<v>1\.\d)\b", re.I),
    ),
    "iso27001": (
        re.compile(r"27001\s*[:(-]\s*(?P<v>20\d\d)", re.I),
        re.compile(r"\b27001\b.{0,60}?\b(?P<v>20(?:05|13|22))\b", re.I),
        re.compile(r"\b(?P<v>20(?:05|13|22))\s*\)?\s+(?:edition|version)", re.I),
    ),
    "pci": (
        re.compile(r"\bPCI(?:[ -]DSS)?\W{0,3}(?:v(?:ersion)?\.?\s*)?(?P<v>\d(?:\.\d){1,2})", re.I),
        re.compile(r"\bversion (?P<v>[34]\.\d(?:\.\d)?)", re.I),
    ),
    "fips": (re.compile(r"\b140-(?P<v>[23])\b", re.I),),
    "fips_level": (
        re.compile(r"\bFIPS 140-\d\W{0,3}(?:at |security )?Level (?P<v>[1-4])\b", re.I),
    ),
    "soc_type": (
        re.compile(r"\bSOC\W?[12]\W{0,3}(?:\(?\w*\)?\W)?Type\s*(?P<v>I{1,2}|[12])\b", re.I),
    ),
    "isae_type": (
        re.compile(r"\bISAE[ -]?3[04]\d\d\W{0,3}(?:\w+\W)?Type\s*(?P<v>I{1,2}|[12])\b", re.I),
    ),
    "c5_type": (re.compile(r"\bC5\W{0,3}(?:\w+\W)?Type\s*(?P<v>I{1,2}|[12])\b", re.I),),
    "star_level": (
        re.compile(r"\bSTAR\b[^.;]{0,30}?\bLevel\s*(?P<v>[1-3])\b"),
        re.compile(r"\bLevel\s*(?P<v>[1-3])\b[^.;]{0,15}?\bSTAR\b"),
    ),
    "pci_level": (
        re.compile(r"\bPCI\b[^.;]{0,30}?\bLevel\s*(?P<v>[1-4])\b", re.I),
        re.compile(r"\bLevel\s*(?P<v>[1-4])\s+(?:PCI|service provider|merchant)\b", re.I),
    ),
    "cmmc_level": (re.compile(r"\bCMMC\b[^.;]{0,20}?\bLevel\s*(?P<v>[1-3])\b", re.I),),
    "tier": (
        re.compile(
            r"\bTier[ -]?(?P<v>[1-4]|I{1,3}|IV)\b(?=[\w\s-]{0,20}(?:data cent|facilit|site|"
            r"colocation|hosting|standard|certif))",
            re.I,
        ),
        re.compile(
            r"\b(?:data cent\w+|facilit\w+|colocation|Uptime Institute)\b[^.;]{0,40}?"
            r"\bTier[ -]?(?P<v>[1-4]|I{1,3}|IV)\b",
            re.I,
        ),
    ),
    "fedramp": (
        re.compile(r"\bFedRAMP\W{0,3}(?:\w+\W+(?:at )?)?(?P<v>High|Moderate|Low)\b", re.I),
        re.compile(r"\b(?P<v>High|Moderate|Low)\b[\w\s-]{0,20}\bFedRAMP\b", re.I),
    ),
    "assurance_level": (re.compile(r"\b(?:EAL|AAL|IAL)[ -]?(?P<v>[1-7])\b"),),
    "saml": (re.compile(r"\bSAML\W?(?P<v>\d\.\d)", re.I),),
    "scc": (
        re.compile(
            r"\b(?:SCCs?|Standard Contractual Clauses)\b.{0,60}?\b(?P<v>20(?:04|10|21))\b", re.I
        ),
    ),
}


def _sizes(text: str) -> list[Amount]:
    """Percentages, the bits of a key, the characters of a password."""
    found = []
    for unit, pattern in _SIZES.items():
        for m in pattern.finditer(text):
            value = value_of(m["n"] or m.groupdict().get("m") or "0")
            bound = bound_of(text, m.start(), m.end(), unit)
            found.append(Amount(unit, value, bound, m.group(), m.start()))
    return found


_SIZES = {
    Unit.PERCENT: re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.I),
    Unit.BITS: re.compile(
        r"(?P<n>\d{2,5})[\s-]*bits?(?: keys?)?\b|\b(?:AES|RSA)[\s-]*(?P<m>\d{3,4})\b", re.I
    ),
    Unit.CHARACTERS: re.compile(
        rf"(?<![\d.])(?P<n>{NUMBER})[\s-]*(?:characters?|chars?)\b|"
        r"\blength of (?:at least )?(?P<m>\d+)\b(?![\s-]*(?:bit|char))",
        re.I,
    ),
}


def _sums(text: str) -> list[Amount]:
    found = []
    for m in _MONEY.finditer(text):
        factor = _FACTORS.get((m["m"] or m["m2"] or "").lower(), 1.0)
        number = with_separators(m["n"] or m["n2"])
        currency = (m["c"] or m["c2"]).lower().removesuffix("s")
        bound = bound_of(text, m.start(), m.end(), Unit.MONEY)
        if number is not None:
            of = _CURRENCY.get(currency, currency)
            found.append(Amount(Unit.MONEY, number * factor, bound, m.group(), m.start(), of))
    return found


_MONEY = re.compile(
    r"(?P<c>€|£|\$|EUR|USD|GBP)\s*(?P<n>\d[\d,.]*)\s*(?P<m>m\b|million|k\b|bn\b)?|"
    r"(?<![\d,.])(?P<n2>\d[\d,.]*)\s*(?P<m2>million|m)?\s*(?P<c2>EUR|USD|GBP|euros?|dollars?|pounds?)\b",
    re.I,
)
_CURRENCY = {"€": "eur", "£": "gbp", "$": "usd", "euro": "eur", "dollar": "usd", "pound": "gbp"}
_FACTORS = {"m": 1e6, "million": 1e6, "k": 1e3, "bn": 1e9}
