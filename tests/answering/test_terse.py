"""Terse questions spelled out."""

import pytest

from trustanswer.answering.terse import spelled_out


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("MFA?", "multi factor authentication"),
        ("SSO?", "single sign on"),
        ("SCCs signed?", "standard contractual clauses"),
    ],
)
def test_an_abbreviation_brings_its_full_form(question: str, full: str) -> None:
    assert spelled_out(question).startswith(question)
    assert full in spelled_out(question)


@pytest.mark.parametrize(
    "question", ["", "Kitchen plants?", "Is MFA required for everyone who signs in to production?"]
)
def test_what_has_none_or_says_enough_is_left_as_it_is(question: str) -> None:
    assert spelled_out(question) == question
