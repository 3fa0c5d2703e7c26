"""How a question is put tells what kind of answer it wants."""

from __future__ import annotations

import pytest

from trustanswer.answering.wording import Wording, asked, kind_of, strip_marker


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is customer data encrypted at rest?", Wording.YESNO),
        ("Where card data is stored, is it tokenized?", Wording.YESNO),
        ("Please state whether backups are encrypted.", Wording.YESNO),
        ("(b) Do you support SCIM?", Wording.YESNO),
        ("How are backups protected?", Wording.OPEN),
        ("In what formats can we export our data?", Wording.OPEN),
        ("Provide the address of your status page.", Wording.OPEN),
        ("Pen test: how often, by whom?", Wording.OPEN),
        ("To whom does the security team report?", Wording.OPEN),
        ("By which accredited body was the certificate issued?", Wording.OPEN),
        ("Within how many hours are customers told?", Wording.OPEN),
        ("In which case, is the data deleted?", Wording.YESNO),
        ("All laptops are encrypted.", Wording.CONFIRM),
        ("The supplier shall notify us of breaches within 48 hours.", Wording.CONFIRM),
        ("Please confirm that logs are kept for a year.", Wording.CONFIRM),
        ("MFA?", Wording.TERSE),
        ("Cyber insurance", Wording.TERSE),
    ],
)
def test_the_kind_of_a_question_is_told_from_its_words(question: str, kind: Wording) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Passwords are never sent in clear.",
        "No production data in staging",
        "Is sharing of accounts prohibited?",
        "Our data is NOT used for marketing.",
    ],
)
def test_a_statement_of_absence_is_recognised(question: str) -> None:
    assert asked(question).negated


@pytest.mark.parametrize(
    "question",
    [
        "Are access rights reviewed no less often than quarterly?",
        "Are customers informed without undue delay?",
        "Dedicated database per client (no mixing)",
        "Is media that is no longer needed destroyed?",
        "Nothing weaker than TLS 1.2 is accepted.",
    ],
)
def test_words_that_only_look_like_a_negation_do_not_count(question: str) -> None:
    assert not asked(question).negated


def test_a_question_whose_yes_admits_a_weakness_is_marked() -> None:
    assert asked("Are shared administrator accounts used?").undesirable
    assert not asked("Is multi-factor authentication used?").undesirable


def test_a_yes_no_question_with_an_open_rest_is_both() -> None:
    question = asked("Is data transferred abroad? If so, state the mechanism.")
    assert question.wording is Wording.YESNO
    assert question.also_open


def test_a_list_marker_is_no_part_of_the_question() -> None:
    assert strip_marker("  iv) Do you log access?") == "Do you log access?"
