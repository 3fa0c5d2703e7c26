"""Dates are read in every spelling that can mean but one day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.dates import date_line, parse_date

DAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    "written",
    [
        "12 January 2026", "January 12, 2026", "Jan 12 2026", "Jan. 12, 2026", "12th January 2026",
        "Mon, Jan 12, 2026", "Monday, 12 January 2026", "2026-01-12", "2026/01/12", "12.01.2026",
        "12-Jan-2026 10:30", "2026-01-12T10:30:00Z",
        "January 12th, 2026", "the 12th of January 2026", "12\u00a0January  2026",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_spelled(written):
    assert parse_date(written) == DAY


@pytest.mark.parametrize("written", ["03/04/2026", "30 February 2026", "soon", "", "2026", "12/13"])
def test_what_is_no_date_or_could_be_two_is_none(written):
    assert parse_date(written) is None


def test_slashes_are_read_where_only_one_order_makes_a_date():
    assert parse_date("01/31/2026") == parse_date("31/01/2026") == date(2026, 1, 31)


def test_a_month_counts_from_its_first_day():
    assert parse_date("March 2025") == parse_date("2025-03") == date(2025, 3, 1)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back_from_its_iso_form_and_its_long_form(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%A}, {day:%B} {day.day}, {day.year}") == day


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 12 January 2026", "Last updated on January 12, 2026.", "Updated 2026-01-12",
        "*Last updated: 2026-01-12*", "**Last updated:** 2026-01-12", "(last modified 2026-01-12)",
        "Last reviewed: 12 January 2026", "This page was last updated on 12 January 2026",
    ],
)  # fmt: skip
def test_a_line_that_only_gives_the_date_is_metadata(line):
    assert parse_date(date_line(line)) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Our policies were last updated on 12 January 2026.",
        "Last updated: whenever something changes",
        "Reviewed yearly since 12 January 2026 by the CTO",
        "12 January 2026",
    ],
)
def test_a_sentence_about_a_date_is_text(line):
    assert date_line(line) is None


def test_a_date_that_could_be_two_is_left_out_and_reported(write):
    knowledge = read_knowledge(write(page_md="## A\n\nLast updated: 03/04/2026\n\nWe encrypt.\n"))
    assert [(s.text, s.updated) for s in knowledge.statements] == [("We encrypt.", None)]
    assert "03/04/2026" in knowledge.unread[0].reason
