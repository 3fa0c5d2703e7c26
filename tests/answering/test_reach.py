"""How far a question reaches, and whether evidence reaches as far."""

from __future__ import annotations

import pytest

from trustanswer.answering.reach import reach


def found(question: str, *near: str, after: str = "") -> set[str]:
    return {name for name, value in reach(question, near, [after], near).items() if value}


@pytest.mark.parametrize(
    ("question", "evidence", "figure"),
    [
        ("Are all suppliers assessed?", "Critical suppliers are assessed.", "of_a_kind"),
        ("Are all suppliers assessed?", "We assess suppliers.", "not_of_all"),
        ("Did everybody finish the course?", "98% finished the course.", "of_a_share"),
        ("Are all laptops encrypted?", "Most laptops are encrypted.", "of_most"),
        ("Is customer data encrypted?", "It is encrypted, except attachments.", "excepted"),
        ("Is MFA enforced?", "We try to enforce MFA.", "hedged"),
        ("Is our data kept in the EU only?", "Data is kept in the EU.", "not_closed"),
        ("Can we choose the region?", "The platform runs in Dublin.", "not_offered"),
        ("Must staff report incidents?", "Staff are encouraged to report.", "left_free"),
        ("Is MFA on for every user?", "MFA is on for the Scale plan only.", "restricted"),
        ("Are you yourself certified, in your own name?", "It is.", "own_asked"),
    ],
)
def test_evidence_that_falls_short_of_the_question_is_told(
    question: str, evidence: str, figure: str
) -> None:
    assert figure in found(question, evidence)


@pytest.mark.parametrize(
    ("question", "evidence", "figure"),
    [
        ("Are all critical suppliers assessed?", "Critical suppliers are.", "of_a_kind"),
        ("Are all suppliers assessed?", "Every supplier is assessed.", "not_of_all"),
        ("Are suppliers assessed every year?", "We assess suppliers.", "not_of_all"),
        ("Is the uptime of all services 99.9%?", "Uptime is 99.95%.", "of_a_share"),
        ("Are most laptops encrypted?", "Most laptops are encrypted.", "of_most"),
        ("Is the recovery time objective 6 hours?", "We aim to be back within 6 hours.", "hedged"),
        ("Is data never sold, except by law?", "Data is not sold, except by law.", "excepted"),
        ("Is our data kept in the EU only?", "Data never leaves the EU.", "not_closed"),
        ("Is access given only after approval?", "Access is approved.", "not_closed"),
        ("Can we choose the region?", "Customers choose the region.", "not_offered"),
        ("Can customer data be exported?", "Data leaves as CSV.", "not_offered"),
        ("May staff report incidents?", "Staff are encouraged to report.", "left_free"),
    ],
)
def test_evidence_that_reaches_as_far_is_not(question: str, evidence: str, figure: str) -> None:
    assert figure not in found(question, evidence)


def test_what_follows_the_best_sentence_may_leave_it_optional() -> None:
    asked, said = "Is MFA on for every user?", "Users sign in with MFA."
    assert "restricted" not in found(asked, said)
    assert "restricted" in found(asked, said, after="It is off by default.")
