"""Whom a question addresses and a quote is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trustanswer.answering.parties import addressed, others_do, spoken_of
from trustanswer.model import Question, Statement


def asked(text: str, parent: str | None = None) -> Question:
    return Question(None, 1, None, None, None, text, parent=parent)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Does Acme encrypt data?", "Does the vendor encrypt data?"),
        ("Is Acme Cloud's data encrypted?", "Is the vendor's data encrypted?"),
        ("Does ACME encrypt?", "Does the vendor encrypt?"),
        ("Does Acmeon encrypt?", "Does Acmeon encrypt?"),
    ],
)
def test_the_vendors_names_are_read_as_the_vendor(text, read):
    assert addressed(asked(text), ("Acme", "Acme Cloud")).text == read


def test_a_lead_in_is_read_so_too():
    assert addressed(asked("Firewalls", "Does Acme use:"), ("Acme",)).parent == (
        "Does the vendor use:"
    )


def test_a_statement_of_a_document_about_a_provider_is_about_that_provider():
    plain = Statement("1", ("A",), "Data centers are guarded.", "a.md", (1, 1))
    assert spoken_of(plain) is None
    assert spoken_of(replace(plain, tags=(("Provider", "AWS"),))) == "AWS"


def test_what_others_have_or_must_do_is_no_deed_of_the_vendor() -> None:
    asked_of_the_vendor = "Do you have a SOC 2 report?"
    assert others_do("We collect the reports of our suppliers.", asked_of_the_vendor)
    assert others_do("Customers must enable MFA.", "Do you enforce MFA?")
    assert not others_do("We hold a SOC 2 report.", asked_of_the_vendor)
    assert not others_do("Our suppliers have a SOC 2 report.", "Do your suppliers have one?")
