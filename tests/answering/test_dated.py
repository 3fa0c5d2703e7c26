"""Dates seen from the day on which a statement was last looked at."""

from __future__ import annotations

from datetime import date

import pytest

from trustanswer.answering.dated import as_dated
from trustanswer.answering.polarity import Stance
from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict

SEEN = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SOC 2 Type II report in the fourth quarter of 2026.", Stance.PLANNED),
        ("Q3 2026: SCIM.", Stance.PLANNED),
        ("SCIM by June 2026.", Stance.PLANNED),
        ("A second region in 2027.", Stance.PLANNED),
        ("From January 2027 SMS codes will be refused.", Stance.PLANNED),
        ("SOC 2 Type II report in the fourth quarter of 2025.", Stance.AFFIRMED),
        ("Q1 2026: SCIM.", Stance.AFFIRMED),
        ("A penetration test in 2026.", Stance.AFFIRMED),
        ("ISO 27001 certificate, valid until June 2027.", Stance.AFFIRMED),
        ("The ISO 27001 certificate expires in 2027.", Stance.AFFIRMED),
        ("Recertification in 2027.", Stance.AFFIRMED),
        ("We are certified to ISO 27001:2022.", Stance.AFFIRMED),
        ("The office was moved in 2027.", Stance.AFFIRMED),
        ("Northcloud | Hosting (until 2023) | USA", Stance.CEASED),
        ("ISO 27001 | TÜV (until 2028)", Stance.AFFIRMED),
    ],
)
def test_what_is_listed_for_later_is_planned(text: str, expected: Stance) -> None:
    assert as_dated(Stance.AFFIRMED, text, SEEN) is expected


def test_without_the_day_nothing_is_known_to_lie_ahead() -> None:
    assert as_dated(Stance.AFFIRMED, "Q3 2026: SCIM.", None) is Stance.AFFIRMED


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [(SEEN, Verdict.NO), (date(2027, 1, 10), Verdict.YES), (None, Verdict.YES)],
)
def test_the_same_words_promise_before_the_date_and_tell_after_it(
    seen: date | None, verdict: Verdict
) -> None:
    text = "Support for SCIM: Q3 2026."
    statement = Statement("s", ("Product", "Login"), text, "t.md", (1, 1), updated=seen)
    assert judge("Is SCIM supported?", [statement]).verdict is verdict
