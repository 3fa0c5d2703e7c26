"""Amounts are read out of words with their units, where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.answering.amounts import amounts
from trustanswer.answering.bounds import Unit


@pytest.mark.parametrize("text", ["guarded 24 hours a day", "open 365 days a year", "24 hrs/day"])
def test_around_the_clock_is_no_amount(text: str) -> None:
    assert amounts(text) == ()


def test_a_sentence_gives_its_amounts_in_order_with_their_units() -> None:
    found = amounts("Backed up daily, kept for 35 days, 99.95% restored")
    assert [a.unit for a in found] == [Unit.INTERVAL, Unit.DURATION, Unit.PERCENT]


@given(st.text(max_size=200))
def test_every_amount_stands_verbatim_where_it_says(text: str) -> None:
    for amount in amounts(text):
        assert amount.text in text
