"""Whatever a question calls the vendor or the customer, no statement has to repeat it."""

from __future__ import annotations

import pytest

from trustanswer.answering.cell import as_asked
from trustanswer.answering.cell.roles import Called, addressed, called
from trustanswer.model import Question, Statement


def question(text: str, parent: str | None = None) -> Question:
    return Question(None, 1, None, None, None, text, parent=parent)


def read(*texts: str, names: tuple[str, ...] = (), told: str = "") -> list[str]:
    statements = [Statement("1", ("Page",), told, "a.md", (1, 1))]
    return [one.text for one in as_asked([question(text) for text in texts], names, statements)]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Does Acme encrypt data?", "Does the company encrypt data?"),
        ("Is Acme Cloud's data encrypted?", "Is the company's data encrypted?"),
        ("Does ACME encrypt?", "Does the company encrypt?"),
        ("Does Acmeon encrypt?", "Does Acmeon encrypt?"),
    ],
)
def test_the_vendors_names_are_read_as_the_company(text: str, understood: str) -> None:
    assert read(text, names=("Acme", "Acme Cloud")) == [understood]


def test_a_lead_in_is_read_so_too() -> None:
    found = addressed(question("Firewalls", "Does Acme use:"), Called(("Acme",)))
    assert found.parent == "Does the company use:"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Does the Tenderer hold a certificate?", "Does the company hold a certificate?"),
        ("Is the Authority's data encrypted?", "Is the customer's data encrypted?"),
        ("The Supplier shall encrypt the Bank's data.",
         "The company shall encrypt the customer's data."),
        ("Supplier must use MFA.", "The company must use MFA."),
        ("Will the Contractor notify the University within 24 hours?",
         "Will the company notify the customer within 24 hours?"),
        ("Will the Processor notify the Company?", "Will the company notify the customer?"),
        ("Does the Company have a policy?", "Does the company have a policy?"),
        ("[SUPPLIER NAME] shall use MFA.", "The company shall use MFA."),
        ("Can Brandt Motor Group get our report?", "Can the customer get our report?"),
    ],
)  # fmt: skip
def test_roles_of_tenders_and_contracts_are_the_two_parties(text: str, understood: str) -> None:
    assert read(text) == [understood]


@pytest.mark.parametrize(
    "text",
    [
        "Is there a Vendor Management Policy?",
        "Supplier risk assessments are performed yearly.",
        "Are suppliers and contractors screened?",
        "Is the Trust Services report available?",
        "Does the Bank of England supervise you?",
        "Is single sign-on on the Business plan?",
        "Do you comply with the Health Insurance Portability and Accountability Act?",
        "Are you certified by an authority?",
    ],
)
def test_what_only_sounds_like_a_party_stays(text: str) -> None:
    assert read(text) == [text]


def test_a_name_that_comes_back_is_that_of_whoever_asks() -> None:
    asked = [
        "Will you notify Contoso of a breach?",
        "Is Contoso's data encrypted at rest?",
        "Can Contoso export its data?",
        "Do you share data of Contoso with others?",
        "Are laptops encrypted?",
    ]
    assert read(*asked) == [
        "Will you notify the customer of a breach?",
        "Is the customer's data encrypted at rest?",
        "Can the customer export its data?",
        "Do you share data of the customer with others?",
        "Are laptops encrypted?",
    ]
    assert read(*asked[:3]) == asked[:3]


def test_a_name_that_does_what_vendors_do_is_that_of_the_vendor() -> None:
    asked = [
        "Does the Undertaking encrypt data?",
        "Are the Undertaking's employees screened?",
        "Is data deleted by the Undertaking?",
        "Has the Undertaking a plan for disasters?",
    ]
    found = called(asked, (), ())
    assert (found.vendor, found.customer) == (("Undertaking",), ())


def test_a_name_that_the_vendor_tells_of_is_no_party() -> None:
    asked = [f"Can Gatekeeper be used by {who}?" for who in ("us", "guests", "staff", "partners")]
    assert read(*asked, told="Gatekeeper is our remote access product.") == asked


def test_a_product_is_no_party() -> None:
    asked = [
        "Do you push leads to Salesforce?",
        "Can Salesforce users sign in with your product?",
        "Is Salesforce data kept by you?",
        "Are changes in the product sent to Salesforce?",
        "Does your product need Salesforce to work?",
    ]
    assert read(*asked) == asked


def test_a_place_is_no_party() -> None:
    asked = [f"Is data kept in Frankfurt {when}?" for when in ("today", "always", "only", "too")]
    assert read(*asked) == asked
