"""Evidence that tells of some of the things, where a question asks for all of them."""

import pytest

from tests.answering.asking import judged
from trustanswer.model import Verdict


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        (
            "Is there a business continuity plan for all sites?",
            "There is a business continuity plan for the Lyon site.",
        ),
        (
            "Are notes encrypted on all platforms?",
            "On Android, notes are encrypted.",
        ),
        (
            "Are all vendors assessed?",
            "Vendors who process card data are assessed before they are engaged.",
        ),
        (
            "Are background checks performed for all employees?",
            "Background checks are performed for finance roles.",
        ),
        (
            "Are all servers covered by endpoint protection?",
            "Endpoint protection is installed on Windows servers.",
        ),
        (
            "Are all servers patched every month?",
            "Internet-facing servers are patched every month, all other servers once a year.",
        ),
        (
            "Are all employees trained in security?",
            "Employees in the United Kingdom are trained in security.",
        ),
        (
            "Is access to all systems reviewed?",
            "Access to production systems is reviewed; access to other systems is left to teams.",
        ),
        (
            "Does every customer get a root cause report?",
            "Enterprise customers get a root cause report.",
        ),
    ],
)
def test_what_is_told_of_some_is_no_yes_of_all(question: str, statement: str) -> None:
    assert judged(question, statement) is not Verdict.YES


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        (
            "Is there a business continuity plan for the Lyon site?",
            "There is a business continuity plan for the Lyon site.",
        ),
        ("Are notes encrypted on Android?", "On Android, notes are encrypted."),
        (
            "Are all vendors who process card data assessed?",
            "Vendors who process card data are assessed before they are engaged.",
        ),
        ("Are all employees trained?", "Training is given to Acme employees: they are trained."),
        (
            "Is multi-factor authentication required of all users?",
            "Users must sign in with multi-factor authentication; other factors are refused.",
        ),
        ("Are vendors assessed every year?", "Vendors are assessed every year."),
        ("Are all employees trained in security?", "Employees are trained in security."),
        (
            "Are all employees trained in security?",
            "Employees who are hired are trained in security in their first week.",
        ),
        (
            "Are all production systems monitored?",
            "Production systems are monitored around the clock.",
        ),
        (
            "Are all changes approved?",
            "Changes are approved by a person other than their author.",
        ),
        (
            "Is all customer data encrypted at rest?",
            "Customer data is encrypted at rest. Keys are kept apart from those of other clients.",
        ),
        (
            "Is production access reviewed every quarter?",
            "Production access is reviewed every quarter, and access to other systems every year.",
        ),
    ],
)
def test_what_is_told_of_them_is(question: str, statement: str) -> None:
    assert judged(question, statement) is Verdict.YES


@pytest.mark.parametrize(
    ("question", "statement", "verdict"),
    [
        ("Is SSO part of the Team plan?", "SSO is part of the Enterprise plan.", Verdict.NONE),
        ("Is SSO part of the Team plan?", "SSO is part of the Team and Pro plans.", Verdict.YES),
        ("Is SSO part of the Team plan?", "SSO is part of all plans.", Verdict.YES),
        ("Is there a recovery plan?", "A Recovery plan is kept.", Verdict.YES),
    ],
)  # fmt: skip
def test_what_one_plan_has_is_not_told_of_another(
    question: str, statement: str, verdict: Verdict
) -> None:
    assert judged(question, statement) is verdict
