"""A compound question falls into the parts that each need evidence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trustanswer.answering.parts import Role, parts


def roles(question: str) -> list[tuple[str, str]]:
    return [(p.role.value, p.text) for p in parts(question)]


def test_a_simple_question_is_its_own_core() -> None:
    assert roles("Are backups encrypted?") == [("core", "Are backups encrypted")]


def test_coordinated_clauses_are_parts_of_their_own() -> None:
    assert roles("Is an incident plan documented, and is it tested yearly?") == [
        ("core", "Is an incident plan documented"),
        ("clause", "is it tested yearly"),
    ]


def test_conditions_are_modifiers_of_what_they_follow() -> None:
    found = roles("Is media destroyed in accordance with NIST SP 800-88?")
    assert found == [
        ("core", "Is media destroyed"),
        ("modifier", "in accordance with NIST SP 800-88"),
    ]


def test_examples_are_not_required() -> None:
    found = parts("Is an adaptive hash used, e.g. bcrypt or scrypt?")
    assert [p.role for p in found] == [Role.CORE, Role.EXAMPLE]


def test_an_enumeration_is_taken_apart() -> None:
    found = parts("Are policies (i) documented, (ii) approved and (iii) reviewed?")
    assert len(found) == 3


def test_a_request_for_details_follows_the_question() -> None:
    found = parts("Is data moved abroad? If so, state the mechanism.")
    assert [p.role for p in found] == [Role.CORE, Role.FOLLOW_UP]


def test_a_core_that_names_nothing_takes_in_the_next_part() -> None:
    core = parts("Is the vendor subject to a SOC 2 examination?")[0]
    assert core.role is Role.CORE
    assert "SOC 2" in core.text


def test_the_line_above_a_row_is_its_lead_in() -> None:
    found = parts("at rest?", "Customer data is encrypted")
    assert (found[-1].role, found[-1].text) == (Role.LEAD_IN, "Customer data is encrypted")


@given(st.text(max_size=300))
def test_any_text_has_parts_and_the_first_is_the_core(question: str) -> None:
    found = parts(question)
    assert found[0].role is Role.CORE
    assert all(p.text in " ".join(question.split()) or p is found[0] for p in found)
