"""Words that only ask for an answer are left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command
from trustanswer.answering.cell.frames import unframed
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
        ("Kindly confirm that backups are tested.", "Backups are tested."),
        ("Please be so kind as to confirm that backups are tested.", "Backups are tested."),
        (
            "Please indicate whether all backups are tested yearly.",
            "All backups are tested yearly?",
        ),
        (
            "We wish to know whether all backups are tested yearly.",
            "All backups are tested yearly?",
        ),
        (
            "The company is asked to state if it is certified by others.",
            "It is certified by others?",
        ),
        ("It is required that backups are tested.", "Backups are tested."),
        (
            "In connection with this agreement, the supplier confirms that backups are tested.",
            "Backups are tested.",
        ),
        ("All your laptops are encrypted, is that correct?", "All your laptops are encrypted?"),
        ("All your laptops are encrypted, right?", "All your laptops are encrypted?"),
    ],
)
def test_the_words_that_ask_for_confirmation_are_left_out(asked: str, claim: str) -> None:
    found = unframed(question(asked))
    assert found.text == claim
    assert kind_of(found.text) is Wording.CONFIRM


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("We would like to understand how keys are kept.", "How keys are kept."),
        ("Could you please explain how keys are kept?", "Explain how keys are kept?"),
        ("The company shall describe how keys are kept.", "Describe how keys are kept."),
        (
            "Contractor to specify: within what time are keys renewed?",
            "Within what time are keys renewed?",
        ),
    ],
)
def test_a_wish_to_be_told_is_an_open_question(asked: str, wanted: str) -> None:
    found = unframed(question(asked))
    assert found.text == wanted
    assert kind_of(found.text) is Wording.OPEN


@pytest.mark.parametrize(
    "asked",
    [
        "Will you provide your latest report?",
        "Do you verify that suppliers keep to your policy?",
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
