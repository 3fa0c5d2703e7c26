"""Amounts are compared with their direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.answering.amounts import amounts
from trustanswer.answering.qualifiers import Standing, standing


def judged(asked: str, evidence: str) -> Standing:
    (amount,) = amounts(asked)
    return standing(amount, amounts(evidence))


@pytest.mark.parametrize(
    ("asked", "evidence"),
    [
        ("reviewed at least annually", "reviewed every quarter"),
        ("at least every six months", "twice a year"),
        ("once in every twelve-month period", "each spring"),
        ("within 72 hours", "no later than 48 hours after discovery"),
        ("kept for a minimum of 12 months", "kept for 13 months"),
        ("kept 30+ days", "expire after 35 days"),
        ("an RTO of 4h or better", "back within three hours"),
        ("availability of at least 99.5%", "no less than 99.9%"),
        ("TLS 1.2 or above", "TLS 1.2 and TLS 1.3"),
        ("TLS 1.3", "TLS 1.2 or 1.3"),
        ("the 2022 edition of the standard", "ISO/IEC 27001:2022"),
        ("SOC 2 Type I", "SOC 2 Type II"),
        ("a key of at least 256 bits", "AES-256"),
        ("at least 12 characters", "fourteen characters or more"),
        ("for at least a year", "for 13 months"),
        ("for a year and a half", "for 18 months"),
        ("within half an hour", "within 30 minutes"),
        ("within a fortnight", "in 14 days"),
        ("no longer than a year", "for 12 months"),
        ("in the last twelve months", "within the past six months"),
        ("within seventy-two (72) hours", "within three days"),
        ("within two business days", "within 24 hours"),
        ("within 30 days", "within ten business days"),
        ("kept for 90 days", "kept for one year"),
        ("more than once a year", "every six months"),
        ("only once a year", "each January"),
        ("no less often than annually", "twice a year"),
        ("three times a year", "quarterly"),
        ("every other month", "monthly"),
        ("at intervals of no more than 12 months", "once per calendar year"),
        ("weekly", "each Monday"),
        ("an uptime of 99.9%", "99.95%"),
        ("256-bit keys", "AES-256"),
        ("locked after five failed attempts", "after three unsuccessful logins"),
        ("the last ten passwords", "the last 24 passwords"),
        ("more than 500 employees", "1,200 employees"),
    ],
)
def test_an_amount_that_meets_the_question_is_stated(asked: str, evidence: str) -> None:
    assert judged(asked, evidence) is Standing.STATED


@pytest.mark.parametrize(
    ("asked", "evidence"),
    [
        ("reviewed at least quarterly", "reviewed once a year"),
        ("within 24 hours", "within 48 hours"),
        ("kept for at least seven years", "kept for 13 months"),
        ("availability of at least 99.9%", "no less than 99.75%"),
        ("TLS 1.3 only", "TLS 1.2 or TLS 1.3"),
        ("the 2022 edition of the standard", "ISO/IEC 27001:2013"),
        ("SOC 2 Type II", "a SOC 2 Type I report"),
        ("PCI DSS 4.0.1", "PCI DSS 4.0"),
        ("for a year or longer", "for half a year"),
        ("no longer than 90 days", "for one year"),
        ("more than once a year", "once a year"),
        ("only once a week", "daily"),
        ("annually only", "every quarter"),
        ("less often than annually", "twice a year"),
        ("annually", "every second year"),
        ("at least 90 days", "no longer than 30 days"),
        ("an uptime of 99.9%", "99.5%"),
        ("locked after five failed attempts", "after ten failed logins"),
        ("the last ten passwords", "the last four passwords"),
        ("at least three data centers", "two data centers"),
    ],
)
def test_an_amount_that_falls_short_is_contradicted(asked: str, evidence: str) -> None:
    assert judged(asked, evidence) is Standing.CONTRADICTED


@pytest.mark.parametrize(
    ("asked", "evidence"),
    [
        ("within 24 hours", "without undue delay"),
        ("at least quarterly", "periodically"),
        ("TLS 1.3", "TLS 1.2 or newer"),
        ("within 24 hours", "99.9% of the time"),
        ("at least one year", "for up to two years"),
        ("within 30 days", "after at least 30 days"),
        ("within three days", "within two business days"),
        ("a delay of four weeks", "by up to 30 days"),
    ],
)
def test_an_amount_that_the_evidence_leaves_open_is_not_stated(asked: str, evidence: str) -> None:
    assert judged(asked, evidence) is Standing.UNSTATED


@given(st.integers(1, 400), st.integers(1, 400))
def test_shorter_than_asked_meets_a_deadline_and_longer_meets_a_retention(a: int, b: int) -> None:
    (deadline,) = amounts(f"within {a} days")
    (retention,) = amounts(f"for at least {a} days")
    given_days = amounts(f"{b} days")
    if b <= a:
        assert standing(deadline, given_days) is Standing.STATED
    if b >= a:
        assert standing(retention, given_days) is Standing.STATED
