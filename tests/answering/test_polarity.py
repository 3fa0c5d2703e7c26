"""Which way a sentence points, clause by clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.answering.polarity import (
    Stance,
    asserts_absence,
    clauses,
    denied_part,
    speaks_of,
    stance,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Generic accounts are not used.", Stance.DENIED),
        ("We hold none of the following.", Stance.DENIED),
        ("Copying live data is forbidden.", Stance.DENIED),
        ("The edition was withdrawn in 2020.", Stance.CEASED),
        ("We no longer rely on that framework.", Stance.CEASED),
        ("Support for SCIM is planned for next year.", Stance.PLANNED),
        ("The offices are out of scope.", Stance.OUTSIDE),
        ("PCI DSS does not apply to us.", Stance.OUTSIDE),
        ("Removing leavers is your responsibility.", Stance.THEIRS),
        ("Backups are encrypted.", Stance.AFFIRMED),
        ("Reviews take place no less than twice a year.", Stance.AFFIRMED),
        ("Customers are told without undue delay.", Stance.AFFIRMED),
        ("Entries cannot be edited or deleted.", Stance.AFFIRMED),
        ("A colleague who did not write the change reviews it.", Stance.AFFIRMED),
        ("No change goes live without approval.", Stance.AFFIRMED),
        ("SSH is off.", Stance.CEASED),
        ("Support for TLS 1.0 was removed in 2023.", Stance.CEASED),
        ("Group provisioning is in beta.", Stance.PLANNED),
        ("Stage two of the audit is booked for November.", Stance.PLANNED),
        ("A firm is being chosen.", Stance.PLANNED),
        ("We have a plan for the loss of an office.", Stance.AFFIRMED),
        ("The communication plan to staff is reviewed each year.", Stance.AFFIRMED),
        ("Users are signed out after 30 minutes without activity.", Stance.AFFIRMED),
        ("The cluster refuses an image without a valid signature.", Stance.AFFIRMED),
        ("Guests have no route to staff devices.", Stance.AFFIRMED),
        ("Anyone who cannot comply files an exception.", Stance.AFFIRMED),
        ("One customer cannot reach another customer's database.", Stance.AFFIRMED),
        ("Production is off limits.", Stance.OUTSIDE),
        ("No subprocessor outside the EEA is used.", Stance.DENIED),
        ("The secret is rotated by the customer.", Stance.THEIRS),
        ("Larkspur is heading towards a SOC 2 report.", Stance.PLANNED),
        ("The company is seeking certification to ISO 27001.", Stance.PLANNED),
        ("TISAX is on our wish list.", Stance.PLANNED),
        ("ISO 27001 is one of our goals for next year.", Stance.PLANNED),
        ("Larkspur hopes to become ISO 27001 certified.", Stance.PLANNED),
        ("The ISO 27001 gap analysis was done in May.", Stance.PLANNED),
        ("A readiness assessment for FedRAMP took place.", Stance.PLANNED),
        ("Voice recognition was abandoned because of its errors.", Stance.CEASED),
        ("Support for SMS codes has ended.", Stance.CEASED),
        ("Not allowed: RC4, MD5.", Stance.DENIED),
        ("We aim to respond within four hours.", Stance.AFFIRMED),
        ("Security objectives for 2026 are approved by the board.", Stance.AFFIRMED),
        ("A ransomware readiness assessment is held every year.", Stance.AFFIRMED),
        ("We support customers who are seeking certification.", Stance.AFFIRMED),
        ("Support is given until the contract ends.", Stance.AFFIRMED),
        ("We use only providers that do not train on our data.", Stance.DENIED),
        ("Only people who cannot use SSO get a password.", Stance.AFFIRMED),
    ],
)
def test_a_clause_affirms_denies_or_limits(text: str, expected: Stance) -> None:
    assert stance(text) is expected


def test_a_sentence_may_affirm_one_thing_and_deny_the_next() -> None:
    found = clauses("Databases are backed up, but cached files are not.")
    assert [c.stance for c in found] == [Stance.AFFIRMED, Stance.DENIED]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We hold ISO 27001 and are working towards SOC 2.", [Stance.AFFIRMED, Stance.PLANNED]),
        ("Planned: SAML, SCIM.", [Stance.PLANNED]),
        ("Ciphers not permitted: DES, RC4.", [Stance.DENIED]),
        ("Support for SCIM: Q3 2026.", [Stance.AFFIRMED]),
        ("Planned maintenance: Customers are told.", [Stance.AFFIRMED]),
        ("Permitted ciphers: AES, ChaCha20.", [Stance.AFFIRMED, Stance.AFFIRMED]),
    ],
)
def test_what_heads_a_list_holds_for_all_of_it(sentence: str, expected: list[Stance]) -> None:
    assert [c.stance for c in clauses(sentence)] == expected


def test_only_what_follows_the_denying_word_is_denied() -> None:
    assert denied_part("Key administrators have no right to read data.") == " right to read data."


def test_a_question_may_ask_for_a_plan_or_an_end() -> None:
    assert speaks_of("Is an EU region planned?") == {Stance.PLANNED}
    assert speaks_of("Has TLS 1.0 been switched off?") == {Stance.CEASED}
    assert speaks_of("Are access rights reviewed at planned intervals?") == frozenset()


@pytest.mark.parametrize(
    "question",
    [
        "Are contractors exempt from screening?",
        "Is our content excluded from model training?",
        "Are logs left out of monitoring?",
        "Is first-line support kept away from production?",
        "Are your widgets cookie-free?",
    ],
)
def test_a_lack_may_be_asserted_without_a_not(question: str) -> None:
    assert asserts_absence(question)


def test_a_double_denial_asserts_no_absence() -> None:
    assert asserts_absence("Nobody can read customer data.")
    assert not asserts_absence("No change goes live without approval.")


@given(st.text(max_size=300))
def test_the_clauses_of_any_sentence_hold_all_its_words(sentence: str) -> None:
    kept = "".join(c.text for c in clauses(sentence))
    assert kept.split() == sentence.split()
