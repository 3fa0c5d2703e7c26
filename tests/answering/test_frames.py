"""Statements to confirm are read as what they claim."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command
from trustanswer.answering import unframed
from trustanswer.answering.wording import Wording, kind_of
from trustanswer.model import Question


def question(text: str) -> Question:
    return Question(None, 1, None, None, None, text)


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("The vendor confirms that laptops are encrypted.", "Laptops are encrypted."),
        ("The Supplier hereby warrants that it sells no data.", "It sells no data."),
        ("The service provider shall confirm that MFA is used", "MFA is used"),
        ("Please confirm that backups are tested.", "Backups are tested."),
        ("Can you confirm that backups are tested?", "Backups are tested"),
        ("(b) You agree that audits are allowed.", "Audits are allowed."),
    ],
)
def test_the_words_that_ask_for_confirmation_are_left_out(asked: str, claim: str) -> None:
    found = unframed(question(asked))
    assert found.text == claim
    assert kind_of(found.text) is Wording.CONFIRM


@pytest.mark.parametrize(
    "asked",
    [
        "Does the vendor confirm changes in writing?",
        "Please confirm your hosting regions.",
        "The auditor confirms that controls work.",
        "Please confirm that",
        "Is it certain that laptops are encrypted?",
    ],
)
def test_other_questions_stay_as_they_are(asked: str) -> None:
    assert unframed(question(asked)).text == asked


def test_what_is_claimed_not_to_be_is_borne_out_by_a_statement_that_denies_it(
    trustanswer: Command, tmp_path: Path
) -> None:
    file = tmp_path / "trust.md"
    file.write_text("# Trust\n\n## Accounts\n\nShared administrator accounts are not used.\n")
    claim = "The vendor confirms that shared administrator accounts are not used."
    report = json.loads(trustanswer("ask", claim, "-k", file, "--json").out)
    assert report["verdict"] == "yes"
    assert report["question"] == claim
