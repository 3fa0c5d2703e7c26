"""Qualifiers: whether the amounts that evidence gives meet one that a question asks for.

An amount is held against another with its direction: quarterly meets "at least annually", 99.75%
does not meet "at least 99.9%", and "without undue delay" says nothing of 24 hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from trustanswer.answering.bounds import Amount, Bound, Unit


class Standing(StrEnum):
    """How evidence stands to one thing that a question asks for."""

    STATED = "stated"
    CONTRADICTED = "contradicted"
    UNSTATED = "unstated"


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
    """An edition must be the one asked for; "1.2 or newer" allows 1.3 but does not promise it. Who
    has a higher grade has what the lower one asks for."""
    if asked.of in _FIRST_IS_HIGHEST:
        return _verdict(given.value <= asked.value)
    if asked.bound is Bound.LEAST or asked.of in _GRADED:
        return _verdict(given.value >= asked.value)
    if asked.value == given.value:
        return Standing.STATED
    if given.bound is Bound.LEAST and given.value < asked.value:
        return Standing.UNSTATED
    return Standing.CONTRADICTED


_GRADED = frozenset(
    {
        "fips_level", "soc_type", "isae_type", "c5_type", "star_level", "cmmc_level", "tier",
        "fedramp", "assurance_level",
    }
)  # fmt: skip
_FIRST_IS_HIGHEST = frozenset({"pci_level"})
