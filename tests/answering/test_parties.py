"""Whom a quote is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trustanswer.answering.lexicon import stated_by, terms
from trustanswer.answering.parties import others_do, spoken_of
from trustanswer.model import Statement


def test_a_statement_of_a_document_about_a_provider_is_about_that_provider():
    plain = Statement("1", ("A",), "Data centers are guarded.", "a.md", (1, 1))
    assert spoken_of(plain) is None
    assert spoken_of(replace(plain, tags=(("Provider", "AWS"),))) == "AWS"


def test_what_others_have_or_must_do_is_no_deed_of_the_vendor() -> None:
    asked_of_the_vendor = "Do you have a SOC 2 report?"
    assert others_do("We collect the reports of our suppliers.", asked_of_the_vendor)
    assert others_do("Customers must enable MFA.", "Do you enforce MFA?")
    assert not others_do("We hold a SOC 2 report.", asked_of_the_vendor)
    assert not others_do("Our suppliers have a SOC 2 report.", "Do your suppliers have one?")


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Do you patch servers?", "The customer operates, patches and backs up the servers."),
        ("Do you back up data?", "Each client backs up the data of its own instance."),
        (
            "Do you answer requests of data subjects?",
            "Requests of data subjects are passed on to the controller, who answers them.",
        ),
        (
            "Are interns background checked by your organization?",
            "Interns are background checked by their agency.",
        ),
        ("Are you certified to ISO 27001?", "Our hosting provider is certified to ISO 27001."),
        ("Are you PCI DSS certified?", "Google's data centers are certified to PCI DSS."),
        ("Do you hold a SOC 2 report?", "AWS holds a SOC 2 report."),
        ("Do you hold a SOC 2 report?", "The data centers have SOC 2 reports."),
        ("Do you review access rights?", "Regularly review who has access to your workspace."),
        ("Do you use MFA?", "We recommend users set up multi-factor authentication."),
        ("Do you report breaches?", "If you have a breach, you have 72 hours to report it."),
        ("Do you train staff?", "You're required to train your staff."),
    ],
)
def test_what_a_customer_an_agency_or_a_host_does_is_theirs(question: str, clause: str) -> None:
    assert others_do(clause, question)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Can customers patch servers?", "The customer operates and patches the servers."),
        ("Do you encrypt records?", "The customer records are encrypted."),
        ("Are you certified to ISO 27001?", "Acme is certified to ISO 27001."),
        ("Is your data center certified?", "AWS data centers are certified to ISO 27001."),
        ("Do you guard data centers?", "Google's data centers are guarded."),
        ("Are interns background checked?", "Interns are background checked by their agency."),
        ("Do you review access rights?", "Access rights are reviewed by their owners."),
        ("Do you lock laptops?", "Keep your laptop locked."),
        ("Do you separate customers?", "Customer data is never copied to staging."),
    ],
)
def test_what_the_vendor_does_itself_or_is_asked_of_all_is_not(question: str, clause: str) -> None:
    assert not others_do(clause, question)


@pytest.mark.parametrize(("clause", "theirs"), [("ISO 27001", True), ("We hold ISO 27001.", False)])
def test_a_certificate_under_data_centers_is_theirs_unless_the_vendor_says_that_it_holds_it(
    clause: str, theirs: bool
) -> None:
    title = stated_by(terms("Data centers"))
    assert others_do(clause, "Do you hold ISO 27001?", title) == theirs
    assert not others_do(clause, "Do you hold ISO 27001?")
