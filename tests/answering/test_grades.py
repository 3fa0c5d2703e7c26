"""Levels, tiers, types and numbers of standards: one is not the other, but a higher one is more."""

import pytest

from tests.answering.asking import judged
from trustanswer.model import Verdict


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        (
            "Are you certified as a PCI DSS Level 1 service provider?",
            "We are a PCI DSS Level 2 service provider.",
        ),
        ("Do you hold CSA STAR Level 2 certification?", "We hold CSA STAR Level 1 certification."),
        ("Do you have FedRAMP High authorization?", "We have a FedRAMP Moderate authorization."),
        ("Do you have FedRAMP Moderate authorization?", "We have FedRAMP authorization."),
        ("Is the data center a Tier III facility?", "Our data center is a Tier II facility."),
        ("Do you hold a C5 Type 2 attestation?", "We hold a C5 Type 1 attestation."),
        ("Is the platform certified to EAL4?", "The platform is certified to EAL2."),
        ("Are you CMMC Level 2 certified?", "We are CMMC Level 1 certified."),
        (
            "Are keys kept in FIPS 140-2 Level 3 modules?",
            "Keys are kept in modules validated to FIPS 140-2 Level 2.",
        ),
        ("Are you certified to ISO 27001?", "An accredited body certified us to ISO 9001."),
        ("Are you certified to ISO/IEC 27001?", "A body certified us to ISO/IEC 27018."),
    ],
)
def test_another_grade_is_no_yes(question: str, statement: str) -> None:
    assert judged(question, statement, "Assurance") is not Verdict.YES


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        (
            "Are you certified as a PCI DSS Level 1 service provider?",
            "We are certified as a PCI DSS Level 1 service provider.",
        ),
        (
            "Are you a PCI DSS Level 2 service provider?",
            "We are a PCI DSS Level 1 service provider.",
        ),
        (
            "Are you listed at CSA STAR Level 1?",
            "We hold CSA STAR Level 2 certification and are listed.",
        ),
        ("Do you have FedRAMP Moderate authorization?", "We have a FedRAMP High authorization."),
        (
            "Do you have FedRAMP Moderate authorization?",
            "We have an authorization at the Moderate level under FedRAMP.",
        ),
        ("Is the data center certified to Tier III?", "The data center is certified to Tier IV."),
        (
            "Are keys kept in FIPS 140-2 Level 2 modules?",
            "Keys are kept in modules validated to FIPS 140-2 Level 3.",
        ),
        ("Are you certified to ISO/IEC 27001?", "A body certified us to ISO/IEC 27001."),
        ("Are you certified to ISO 27001?", "We have been ISO certified since 2019."),
        ("Is Tier 1 support staffed day and night?", "Tier 1 support is staffed day and night."),
    ],
)
def test_the_grade_itself_or_a_higher_one_is(question: str, statement: str) -> None:
    assert judged(question, statement, "Assurance") is Verdict.YES
