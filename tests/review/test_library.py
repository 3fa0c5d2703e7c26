"""The library: what was approved once is offered again, and never where it must not be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command, Run
from tests.review.reviews import NOON, draft, question, review
from tests.review.test_commands import PAGE, book
from trustanswer.answering.alike import sense
from trustanswer.model import Question
from trustanswer.review.library import may_offer, names
from trustanswer.review.records import Approved
from trustanswer.review.states import Action, Content, Event, Origin, fold

Do = Callable[..., Run]
KEYS = "Which hardware keys do staff sign in with?"


@pytest.fixture
def do(trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Do:
    """Runs a command in a folder where a first customer's review was approved by Ann."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "trust.md").write_text(PAGE)
    book(tmp_path / "first.xlsx", ("Is customer data encrypted at rest?", KEYS))
    book(tmp_path / "second.xlsx", (KEYS, "Is customer data encrypted at rest?"))

    def run(*words: object) -> Run:
        done = trustanswer(*map(str, words))
        assert done.status == 0, done.err
        return done

    run("review", "start", "first.xlsx", "--customer", "Harbour Bank")
    return run


def offered(do: Do, customer: str | None = "Copper Mill", name: str = "second.xlsx") -> list[Any]:
    """The answers that a second review starts with; those from the library are marked so."""
    do("review", "start", name, *(["--customer", customer] if customer else []))
    id = json.loads(do("review", "list", "--json").out)["reviews"][-1]["id"]
    return list(json.loads(do("review", "show", id, "--json").out)["answers"])


def by_hand(do: Do, comment: str, *options: str) -> None:
    do("review", "edit", 1, 2, "--option", "N/A", "--comment", comment, "--by", "Ben")
    do("review", "approve", 1, 2, "--by", "Ann", *options)


def test_what_was_approved_is_offered_first_and_says_by_whom_and_when(do: Do) -> None:
    by_hand(do, "Two kinds, from two makers.")
    answer = offered(do)[0]
    assert answer["origin"] == "library"
    assert (answer["option"], answer["comment"]) == ("N/A", "Two kinds, from two makers.")
    (flag,) = [f["detail"] for f in answer["flags"] if f["kind"] == "approved before"]
    assert flag.startswith("approved by Ann on 20")
    assert answer["state"] == "drafted"
    assert answer["approved_by"] is None


def test_what_was_not_approved_is_not_offered(do: Do) -> None:
    do("review", "edit", 1, 2, "--option", "N/A", "--comment", "Two kinds.", "--by", "Ben")
    assert {a["origin"] for a in offered(do)} == {"draft"}


def test_an_approval_that_was_taken_back_is_not_offered(do: Do) -> None:
    by_hand(do, "Two kinds.")
    do("review", "reject", 1, 2, "--by", "Ann")
    assert {a["origin"] for a in offered(do)} == {"draft"}


def test_what_names_the_other_customer_is_not_offered(do: Do) -> None:
    by_hand(do, "As agreed with HARBOUR  bank in March.")
    assert offered(do)[0]["origin"] == "draft"


def test_what_was_restricted_is_offered_to_that_customer_alone(do: Do) -> None:
    by_hand(do, "Two kinds.", "--restrict")
    assert offered(do)[0]["origin"] == "draft"
    assert offered(do, customer=None)[0]["origin"] == "draft"
    assert offered(do, customer="harbour bank")[0]["origin"] == "library"


def test_what_rests_on_a_statement_that_has_changed_is_not_offered(do: Do, tmp_path: Path) -> None:
    do("review", "approve", 1, 1, "--by", "Ann")
    assert offered(do)[1]["origin"] == "library"
    page = tmp_path / "knowledge" / "trust.md"
    page.write_text(PAGE.replace("AES-256", "AES-128"))
    answer = offered(do)[1]
    assert answer["origin"] == "draft"
    assert "AES-128" in answer["comment"]


def test_what_was_approved_under_one_scope_stays_in_it(do: Do) -> None:
    by_hand(do, "Two kinds.")
    do("review", "start", "second.xlsx", "--visibility", "public")
    assert "library" not in {
        a["origin"] for a in json.loads(do("review", "show", 2, "--json").out)["answers"]
    }


def test_a_qualifier_that_differs_makes_it_another_question(do: Do, tmp_path: Path) -> None:
    do("review", "approve", 1, 1, "--by", "Ann")
    book(
        tmp_path / "third.xlsx",
        (
            "Is customer data encrypted in transit?",
            "Is customer data not encrypted at rest?",
            "Is employee data encrypted at rest?",
        ),
    )
    assert {a["origin"] for a in offered(do, name="third.xlsx")} == {"draft"}


# --- may it be offered: the rules one by one -----------------------------------------------------


def approved(content: Content, *, restricted: bool = False) -> Approved:
    events = [
        Event(1, 1, Action.EDIT, "Ben", NOON, content=content),
        Event(2, 1, Action.APPROVE, "Ann", NOON, restricted=restricted),
    ]
    return Approved(review("Harbour Bank"), fold(1, question(1), (), 1, events))


def test_an_answer_without_evidence_of_its_own_may_be_offered() -> None:
    own = Content(answer="By hand.", origin=Origin.PERSON)
    assert may_offer(approved(own), "Copper Mill", ["Harbour Bank"], ())


def test_an_answer_whose_statement_is_gone_may_not() -> None:
    assert not may_offer(approved(draft()), "Copper Mill", [], ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("agreed with Harbour Bank.", True),
        ("agreed with harbour\nbank's office", True),
        ("at the Harbour. Bank holidays excepted", False),
        ("Harbour Banking", False),
        ("", False),
    ],
)
def test_a_customer_is_named_by_the_words_of_the_name_in_any_case(text: str, named: bool) -> None:
    assert names(text, "Harbour Bank") is named


# --- the same question ---------------------------------------------------------------------------


def ask(text: str, section: str | None = None, parent: str | None = None) -> Question:
    return replace(question(1, text), section=section, parent=parent)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is customer data encrypted at rest?", "Is customer data encrypted at rest"),
        ("Do you encrypt customer data at rest?", "Is customer data encrypted at rest?"),
        ("Are backups tested at least annually?", "Are backups tested at least once a year?"),
    ],
)
def test_the_same_question_in_other_words(one: str, other: str) -> None:
    assert sense(ask(one)) == sense(ask(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is data encrypted at rest?", "Is data encrypted in transit?"),
        ("Are backups tested annually?", "Are backups tested quarterly?"),
        ("Do employees receive training?", "Do contractors receive training?"),
        ("Are passwords stored in plain text?", "Are passwords not stored in plain text?"),
        ("Is TLS 1.2 enforced?", "Is TLS 1.3 enforced?"),
        ("Is Alpha covered by the audit?", "Is Beta covered by the audit?"),
        ("Is data restored within 4 hours?", "Is data restored within 24 hours?"),
    ],
)
def test_another_question_in_nearly_the_same_words(one: str, other: str) -> None:
    assert sense(ask(one)) != sense(ask(other))


def test_where_a_question_stands_may_make_it_another() -> None:
    text = "Is access reviewed?"
    assert sense(ask(text, section="3. Access")) == sense(ask(text, section="Identity"))
    assert sense(ask(text, section="Employees")) != sense(ask(text, section="Contractors"))
    assert sense(ask(text, parent="For backups:")) != sense(ask(text, parent="For logs:"))
