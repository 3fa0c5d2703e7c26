"""Whom a question addresses and a quote is about."""

from __future__ import annotations

import pytest

from trustanswer.answering.parties import addressed, spoken_of
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


@pytest.mark.parametrize(
    ("quote", "about"),
    [
        ("AWS data centers are guarded.", "a provider"),
        ("The data centers of Amazon Web Services hold ISO 27001.", "a provider"),
        ("Our hosting provider holds SOC 2.", "a provider"),
        ("We host on AWS.", None),
        ("Backups are held in AWS facilities.", None),
        ("AWS gives us its reports.", None),
    ],
)
def test_a_sentence_is_about_a_provider_that_is_its_subject(quote, about):
    assert spoken_of(Statement("1", ("A",), quote, "a.md", (1, 1)), quote) == about
