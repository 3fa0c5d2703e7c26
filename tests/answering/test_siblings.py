"""Clauses that each tell a time of their own, and which of them is of the thing asked for."""

import pytest

from tests.answering.asking import judged
from trustanswer.model import Verdict

SCANS = "Web servers are scanned every week. Office networks are scanned on demand."
BREACHES = "Breaches are reported to the authority within 72 hours and to customers once confirmed."
PATCHES = "Servers are patched within 14 days. Laptops are patched within 45 days."
TESTS = (
    "The web application undergoes a penetration test every year. "
    "The mobile app undergoes a penetration test before each major release."
)
LEAVERS = (
    "The accounts of employees are closed within 24 hours. "
    "The accounts of contractors are closed at the end of the month."
)


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Are office networks scanned at least every week?", SCANS),
        ("Are customers notified of breaches within 72 hours?", BREACHES),
        ("Are laptops patched within 14 days?", PATCHES),
        ("Is a penetration test of the mobile app done every year?", TESTS),
        ("Are accounts of contractors closed within 24 hours?", LEAVERS),
        ("Are accounts of employees, including contractors, closed within 24 hours?", LEAVERS),
    ],
)
def test_the_time_of_another_thing_is_not_that_of_the_one_asked_for(
    question: str, statement: str
) -> None:
    assert judged(question, statement) is not Verdict.YES


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Are web servers scanned at least every week?", SCANS),
        ("Are breaches reported to the authority within 72 hours?", BREACHES),
        ("Are servers patched within 14 days?", PATCHES),
        ("Are laptops patched within 45 days?", PATCHES),
        ("Is a penetration test of the web application done every year?", TESTS),
        ("Are accounts of employees closed within 24 hours?", LEAVERS),
        (
            "Will you notify customers of a breach within 72 hours?",
            "Customers are told of a breach without undue delay, and in any case within 48 hours.",
        ),
        (
            "Are new subprocessors announced to customers 30 days in advance?",
            "We announce new subprocessors to customers 30 days in advance, and customers may "
            "object within 14 days.",
        ),
        (
            "Are employees trained every year?",
            "Employees are trained when they join and every year.",
        ),
    ],
)
def test_the_time_of_the_thing_asked_for_is(question: str, statement: str) -> None:
    assert judged(question, statement) is Verdict.YES
