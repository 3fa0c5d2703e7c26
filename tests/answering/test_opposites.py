"""Sentences that say the contrary of what is asked, or less, and sentences that only look so."""

import pytest

from tests.answering.asking import judged
from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Is user provisioning automated?", "Users are provisioned manually by an administrator."),
        ("Are backups restored manually?", "Backups are restored automatically by a script."),
        ("Are changes approved in writing?", "Changes are approved orally in the daily meeting."),
        ("Is there a formal risk acceptance process?", "Risk acceptance is an informal process."),
        ("Is MFA mandatory for administrators?", "MFA is recommended for administrators."),
        ("Is full disk encryption enforced?", "Full disk encryption is optional."),
        (
            "Does each customer get a dedicated encryption key?",
            "Each customer's data is encrypted with a shared encryption key.",
        ),
        (
            "Are penetration tests carried out by an independent third party?",
            "Penetration tests are carried out by our own security team.",
        ),
        (
            "Is the payment app penetration tested by an external firm?",
            "An external firm tests the web shop. The payment app is penetration tested in-house.",
        ),
        ("Are internet connections redundant?", "The office has a single internet connection."),
        ("Is the risk assessment quantitative?", "The risk assessment is qualitative."),
        (
            "Are customers informed of suspected data breaches?",
            "We inform customers of a confirmed data breach.",
        ),
        (
            "Are customer-managed encryption keys used?",
            "Encryption keys are provider-managed.",
        ),
        (
            "Do employees work on company-owned devices?",
            "Employees work on their personal devices.",
        ),
        (
            "Are storage media physically destroyed?",
            "Storage media are wiped and then sold to a refurbisher.",
        ),
        (
            "Does the web application firewall block attacks?",
            "The web application firewall runs in detection mode for attacks.",
        ),
        ("Is the disaster recovery site a hot site?", "The disaster recovery site is a cold site."),
        (
            "Is data replicated synchronously to the standby database?",
            "Data is replicated asynchronously to the standby database.",
        ),
        (
            "Are vulnerability scans run against production?",
            "Vulnerability scans are run against the staging environment.",
        ),
        ("Is marketing email opt-in?", "Marketing email is opt-out."),
        (
            "Do support staff have write access to customer databases?",
            "Support staff have read-only access to customer databases.",
        ),
        (
            "Are backups kept in a different region?",
            "Backups are kept in the same region as the database.",
        ),
    ],
)
def test_the_contrary_or_less_is_no_yes(question: str, statement: str) -> None:
    assert judged(question, statement) is not Verdict.YES


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Is failover automatic?", "Failover is automatic; going back is manual."),
        ("Is failover automatic?", "Failover happens automatically, without manual intervention."),
        (
            "Is deployment automated?",
            "Deployment is automated. Approval of a deployment is manual.",
        ),
        ("Is use of a password manager recommended?", "Use of a password manager is mandatory."),
        (
            "Are penetration tests carried out by an independent third party?",
            "Penetration tests are carried out by an independent third party and by our own staff.",
        ),
        (
            "Are penetration tests carried out by an independent third party?",
            "An independent third party carries out penetration tests. Our own engineers fix what "
            "it finds.",
        ),
        (
            "Is data encrypted over public networks?",
            "Data is encrypted over public networks and over private networks.",
        ),
        (
            "Are dedicated accounts used for administration?",
            "Dedicated accounts are used for administration; shared accounts are prohibited.",
        ),
        ("Are laptops company-owned?", "Laptops are company-owned. Staff use their own phones."),
        (
            "Is production separated from staging?",
            "Production is separated from the staging environment.",
        ),
        (
            "Are backups kept in another region?",
            "Backups are kept in another region, not in the same region as the database.",
        ),
        (
            "Is there a redundant power supply?",
            "A redundant power supply means that there is no single point of failure.",
        ),
        ("Are changes approved in writing?", "Changes are approved in writing, never verbally."),
        (
            "Is the database redundant?",
            "The database is redundant. Nobody notices the loss of a single zone.",
        ),
    ],
)
def test_the_contrary_of_something_else_changes_nothing(question: str, statement: str) -> None:
    assert judged(question, statement) is Verdict.YES


def test_what_a_clause_says_of_it_counts_for_what_the_one_before_has_named() -> None:
    asked = "Can multi-factor authentication be enforced?"
    told = "Multi-factor authentication is optional by default"
    statements = [
        Statement("s", ("Security",), text, "s.md", (1, 1))
        for text in (f"{told}; administrators can enforce it.", f"{told}.")
    ]
    assert [judge(asked, [each]).features["opposed"] for each in statements] == [0, 1]
