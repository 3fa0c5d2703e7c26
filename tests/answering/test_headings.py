"""Titles that turn what stands below them."""

from __future__ import annotations

import pytest

from trustanswer.answering.headings import is_definition, status_of
from trustanswer.answering.polarity import Stance
from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict


def under(title: str, text: str, question: str) -> Verdict:
    statement = Statement("s", tuple(title.split(" > ")), text, "trust.md", (1, 1))
    return judge(question, [statement]).verdict


@pytest.mark.parametrize(
    "title",
    ["Roadmap", "2. Roadmap", "Product roadmap", "Compliance Roadmap (2026)", "What's next",
     "Next", "Up next", "Coming soon", "Maybe later", "Planned", "Planned certifications",
     "Upcoming features", "Under consideration", "Certifications in progress", "Beta",
     "Private preview", "Features in beta", "Wish list", "Backlog", "Future plans", "Not yet"],
)  # fmt: skip
def test_a_title_may_say_that_all_below_is_still_to_come(title: str) -> None:
    assert status_of(("Product", title)) is Stance.PLANNED
    assert status_of((title, "Platform")) is Stance.PLANNED


@pytest.mark.parametrize(
    "title",
    ["Deprecated", "Retired", "Discontinued features", "Deprecated APIs", "No longer supported"],
)
def test_a_title_may_say_that_all_below_is_over(title: str) -> None:
    assert status_of(("Product", title)) is Stance.CEASED


@pytest.mark.parametrize(
    "title",
    ["Business continuity planning", "Incident response plan", "Planned maintenance",
     "Next steps", "Next-generation firewall", "Upcoming changes to subprocessors",
     "Retired equipment", "Removed media", "Beta program terms", "Preview environments",
     "Capacity planning", "Development", "Secure development", "Roadmap governance",
     "Plans and pricing", "Data in transit", "Later stages of an incident", "Legacy systems"],
)  # fmt: skip
def test_a_title_about_something_else_turns_nothing(title: str) -> None:
    assert status_of((title,)) is None


@pytest.mark.parametrize(
    ("title", "text", "question", "verdict"),
    [
        ("Roadmap > Login", "Hardware security keys. SCIM.", "Is SCIM supported?", Verdict.NO),
        ("Roadmap > Login", "Hardware security keys. SCIM.", "Is SCIM planned?", Verdict.YES),
        ("Roadmap > Login", "Hardware security keys. SCIM.",
         "Is SCIM on your roadmap?", Verdict.YES),
        ("Coming soon", "Customers bring their own encryption keys.",
         "Can customers bring their own encryption keys?", Verdict.NO),
        ("Beta", "Audit log streaming to a SIEM.", "Do you stream audit logs to a SIEM?",
         Verdict.NO),
        ("Deprecated", "The SOAP API and basic authentication.",
         "Is basic authentication supported?", Verdict.NO),
        # What is there already, what is told of the list itself, what is denied, a procedure.
        ("Roadmap > Compliance", "ISO 27001 has been held since 2021; SOC 2 follows.",
         "Are you ISO 27001 certified?", Verdict.YES),
        ("Roadmap", "The roadmap is shared with customers every quarter.",
         "Do you share your roadmap with customers?", Verdict.YES),
        ("Deprecated protocols", "TLS 1.0 is not accepted.", "Is TLS 1.0 accepted?", Verdict.NO),
        ("Deprecated APIs", "Customers are notified 12 months before an API is removed.",
         "Are customers notified before an API is removed?", Verdict.YES),
        ("Login", "Hardware security keys. SCIM.", "Is SCIM supported?", Verdict.YES),
        ("Planned maintenance", "Customers are notified 7 days before planned maintenance.",
         "Are customers notified of maintenance?", Verdict.YES),
        ("Next steps", "The incident manager informs customers.",
         "Are customers informed of incidents?", Verdict.YES),
    ],
)  # fmt: skip
def test_what_stands_below_is_read_with_its_title(
    title: str, text: str, question: str, verdict: Verdict
) -> None:
    assert under(title, text, question) is verdict


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        ("Definitions", "Confidential data is encrypted.", True),
        ("1.2 Glossary", "Backup: a copy of data kept apart.", True),
        ("Policy", "A security incident means any event that harms customer data.", True),
        ("Policy", "“Personal data” means data about a person.", True),
        ("Policy", "A vulnerability scan is an attempt to find known weaknesses.", True),
        ("Purpose and definitions", "Backups are encrypted.", False),
        ("Terms of employment", "Employees sign an agreement.", False),
        ("Policy", "Zero trust means that every request is authenticated.", False),
        ("Policy", "A backup is encrypted before it is sent.", False),
        ("Policy", "By all means of transport data is encrypted.", False),
    ],
)
def test_what_a_word_means_is_told_from_what_is_done(
    title: str, sentence: str, expected: bool
) -> None:
    assert is_definition((title,), sentence) is expected


@pytest.mark.parametrize(
    ("title", "text", "question", "verdict"),
    [
        ("Definitions > Restore test", "A restore test is carried out every quarter.",
         "Are restore tests carried out every quarter?", Verdict.NONE),
        ("Backups > Restore test", "A restore test is carried out every quarter.",
         "Are restore tests carried out every quarter?", Verdict.YES),
        ("Policy > Incidents",
         "A vulnerability scan is an attempt to find known weaknesses in servers.",
         "Are servers scanned for known vulnerabilities?", Verdict.NONE),
        ("Definitions > Incident", "An incident is any event that harms customer data.",
         "How do you define an incident?", Verdict.TEXT),
    ],
)  # fmt: skip
def test_a_definition_is_no_ground_for_what_is_done(
    title: str, text: str, question: str, verdict: Verdict
) -> None:
    assert under(title, text, question) is verdict
