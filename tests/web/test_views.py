"""What the pages make of reviews, answers and statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.model import Band, Flag, Question, Verdict
from trustanswer.review.states import Answer, Content, State
from trustanswer.web import views
from trustanswer.web.shown import marked, plain_drafts

QUESTION = Question("Sheet", 4, "B4", "C4", "D4", "Is it?", options=("Yes", "No"))


def answer(row: int, confidence: float = 0.9, **more: object) -> Answer:
    content = Content(option="Yes", answer="Yes", verdict=Verdict.YES, confidence=confidence)
    return Answer(row, QUESTION, replace(content, **more), State.DRAFTED, alike=row)  # type: ignore[arg-type]


@given(st.text("ab c.", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9))))
def test_marking_loses_no_letter_and_marks_every_quote(
    text: str, places: list[tuple[int, int]]
) -> None:
    quotes = [q for at, length in places if (q := text[at : at + length])]
    pieces = marked(text, quotes)
    assert "".join(p.text for p in pieces) == text
    quoted = "".join("^" * len(p.text) if p.quoted else "." * len(p.text) for p in pieces)
    for quote in quotes:
        at = text.index(quote)
        assert quoted[at : at + len(quote)] == "^" * len(quote)


def test_the_riskiest_comes_first_and_what_is_done_last() -> None:
    sure, unsure, flagged = answer(1, 0.95, band=Band.HIGH), answer(2, 0.5), answer(3, 0.95)
    flagged = replace(flagged, content=replace(flagged.content, flags=(Flag("a", "b"),) * 5))
    blank = replace(answer(4), content=Content(), state=State.NEEDS)
    done = replace(answer(5, 0.4), state=State.APPROVED)
    rows = views.ordered([sure, unsure, flagged, blank, done])
    assert [r.row for r in rows] == [3, 2, 1, 4, 5]
    assert [r.band for r in rows] == ["review", "review", "high", "person", "done"]


def test_a_claim_is_riskier_than_a_denial_of_the_same_confidence() -> None:
    claim = answer(1, 0.7)
    denial = replace(claim, content=replace(claim.content, verdict=Verdict.NO))
    assert views.risk(claim) > views.risk(denial)


def test_questions_that_ask_the_same_stand_together() -> None:
    first, other = replace(answer(1, 0.3), alike=1), answer(2, 0.5)
    twin = replace(answer(3, 0.9), alike=1)
    rows = views.ordered([first, other, twin])
    assert [(r.row, r.group, r.follows) for r in rows] == [
        (1, 1, False),
        (3, 1, True),
        (2, None, False),
    ]


def test_what_may_be_approved_together_is_neither_flagged_nor_incomplete_and_has_its_band() -> None:
    high, unsure = answer(1, 0.7, band=Band.HIGH), answer(2, 0.95, band=Band.REVIEW)
    stale = answer(3, 0.95, band=Band.REVIEW, flags=(Flag("stale", "last looked at in 2020"),))
    partial = answer(4, 0.95, band=Band.REVIEW, missing=("every month",))
    offered = plain_drafts([high, unsure, stale, partial])
    assert {each.row: each.band for each in offered} == {1: "high", 2: "review"}


def test_a_draft_stays_in_its_band_until_a_person_has_decided() -> None:
    high = answer(1, 0.99, band=Band.HIGH)
    assert views.band(high) == "high"
    assert views.band(answer(1, 0.99, band=Band.REVIEW)) == "review"
    assert views.band(answer(1, 0.99)) == "review"
    assert views.band(replace(high, state=State.APPROVED)) == "done"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 11, 23), "just now"),
        (date(2026, 11, 10), "this month"),
        (date(2026, 10, 20), "1 month ago"),
        (date(2025, 11, 20), "12 months ago"),
        (date(2024, 11, 1), "2 years ago"),
        (date(2027, 1, 1), "in the future"),
    ],
)
def test_an_age_is_told_in_the_unit_that_tells(when: date, said: str) -> None:
    assert views.age(when, date(2026, 11, 23)) == said
