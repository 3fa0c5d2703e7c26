"""What is amiss with a statement by itself, and when a statement is due again."""

from __future__ import annotations

from datetime import date

import pytest

from tests.review.reviews import question
from trustanswer.answering.aging import aged
from trustanswer.answering.calibration import RAW
from trustanswer.knowledge.freshness import due, is_stale
from trustanswer.knowledge.lint import lint
from trustanswer.model import Check, Citation, Draft, Statement, Status, Verdict

TODAY = date(2026, 11, 25)


def statement(text: str = "Backups run nightly.", updated: date | None = TODAY) -> Statement:
    return Statement("a", ("Backups",), text, "page.md", (1, 1), updated)


def checks(found: Statement) -> list[Check]:
    return [finding.check for finding in lint([found], TODAY, 12)]


def test_a_statement_is_stale_from_the_day_after_its_review_was_due() -> None:
    assert not is_stale(statement(updated=date(2025, 11, 25)), TODAY, 12)
    assert is_stale(statement(updated=date(2025, 11, 24)), TODAY, 12)
    assert is_stale(statement(updated=date(2026, 8, 24)), TODAY, 3)


def test_a_review_that_is_due_on_a_day_the_month_has_not_is_due_on_its_last() -> None:
    assert due(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert due(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_dates_are_found_missing_and_past() -> None:
    assert checks(statement(updated=None)) == [Check.UNDATED]
    assert checks(statement(updated=date(2024, 1, 1))) == [Check.STALE]
    assert checks(statement()) == []


@pytest.mark.parametrize(
    "text",
    [
        "See [our policy](https://example.com/policy for more.",
        "See [our policy] (https://example.com/policy).",
        "See (our policy)[https://example.com/policy].",
        "See [our policy]() for more.",
        "See http:/example.com for more.",
    ],
)
def test_a_link_that_leads_nowhere_is_found(text: str) -> None:
    assert checks(statement(text)) == [Check.LINK]


@pytest.mark.parametrize(
    "text",
    ["See https://example.com/policy (in English).", "Keys [see below] are rotated (by KMS)."],
)
def test_plain_addresses_and_brackets_are_no_broken_links(text: str) -> None:
    assert checks(statement(text)) == []


def test_words_that_promise_nothing_are_vague_unless_a_number_says_it() -> None:
    assert checks(statement("We regularly test our backups.")) == [Check.VAGUE]
    assert checks(statement("We take appropriate measures.")) == [Check.VAGUE]
    assert checks(statement("We regularly test our backups, every 3 months.")) == []


def draft(on: Statement) -> Draft:
    cited = (Citation(on, on.text),)
    return Draft(question(1), Status.DRAFTED, Verdict.YES, 1.0, citations=cited)


def test_a_draft_on_a_stale_statement_is_flagged_and_never_quite_sure() -> None:
    old = statement(updated=date(2022, 2, 11))
    (found,) = aged([draft(old)], {old.id})
    assert [flag.kind for flag in found.flags] == ["stale"]
    assert "2022-02-11" in found.flags[0].detail
    assert found.confidence < RAW.high


def test_a_draft_on_a_fresh_statement_stays_as_it_is() -> None:
    assert aged([draft(statement())], set()) == [draft(statement())]


def test_a_stale_draft_is_withheld_where_more_is_asked_than_it_can_have() -> None:
    old = statement(updated=date(2022, 2, 11))
    (found,) = aged([draft(old)], {old.id}, min_confidence=0.995)
    assert found.status is Status.ABSTAINED
    assert "2022-02-11" in (found.reason or "")
