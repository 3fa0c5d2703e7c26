"""A question with its answer as evidence: which way it points, and what is quoted of it."""

from __future__ import annotations

import pytest

from trustanswer.answering.exchange import at_odds, exchange
from trustanswer.answering.quotes import spans
from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict
from trustanswer.text import plain_answer, sentences

ASKED = "Is data encrypted at rest?"
TOLD = "Do you encrypt tenant data at rest?"


def judged(question: str, text: str, path: str = "Data") -> tuple[str, tuple[str, ...]]:
    """The verdict on a statement, and what is quoted of it."""
    judgement = judge(question, [Statement("1", (path,), text, "past.xlsx", None)])
    pointed = {sentence for _, found in judgement.quotes for sentence in found}
    return judgement.verdict.value, spans(text, [s in pointed for s in sentences(text)])


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("Yes", Verdict.YES), ("Y", Verdict.YES), ("Compliant", Verdict.YES), ("No", Verdict.NO),
        ("N/A", Verdict.NA), ("Not applicable", Verdict.NA), ("Planned", Verdict.NO),
        ("Partially", Verdict.PARTIAL), ("Yes • With AES-256.", Verdict.YES),
        ("No • Only in transit.", Verdict.NO), ("Yes, with AES-256.", Verdict.YES),
    ],
)  # fmt: skip
def test_a_plain_answer_decides_and_is_quoted_with_its_question(answer, verdict):
    found, quotes = judged(ASKED, f"{TOLD} {answer}")
    assert found == verdict
    assert quotes[0].startswith(f"{TOLD} {answer.split(' •')[0]}")


def test_a_statement_to_confirm_is_read_like_a_question():
    assert judged(ASKED, "Tenant data is encrypted at rest • Yes") == (
        "yes",
        ("Tenant data is encrypted at rest • Yes",),
    )
    assert judged(ASKED, "Tenant data is encrypted at rest • No")[0] == "no"


def test_a_denied_absence_affirms():
    assert (
        judged("Passwords are not stored in clear text.", "Are passwords stored in clear text? No")[
            0
        ]
        == "yes"
    )
    assert (
        judged(
            "Are passwords stored in clear text?", "Are passwords not stored in clear text? Yes"
        )[0]
        == "no"
    )


def test_a_question_in_the_title_is_answered_by_the_text():
    assert judged(ASKED, "No. It is not.", TOLD)[0] == "no"
    assert judged(ASKED, "AES-256 on every disk.", "How do you encrypt data at rest?") == (
        "yes",
        ("AES-256 on every disk.",),
    )


def test_what_follows_a_no_is_not_the_thing_that_was_denied():
    path = ("People", "Do you run background checks?")
    text = "Not at the moment. We call two references."
    found = judge("Do you run background checks?", [Statement("id", path, text, "faq.md", (1, 2))])
    assert found.verdict not in {Verdict.YES, Verdict.TEXT}


def test_a_bare_yes_to_an_open_question_is_no_evidence():
    assert judged(ASKED, "How is data encrypted at rest? Yes") == ("none", ())


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        ("Yes", "yes"), ("yes we do", "yes"), ("No - never", "no"), ("n/a", "na"),
        ("Not at the moment.", "no"), ("Not yet", "planned"), ("Partly: for disks", "partial"),
        ("No later than 30 days", None),
        ("No exceptions are made.", None), ("Yesterday", None), ("Nothing", None), ("", None),
    ],
)  # fmt: skip
def test_what_a_plain_answer_says(answer, means):
    assert plain_answer(answer) == means


@pytest.mark.parametrize(
    ("means", "read", "kept"),
    [
        ("yes", Verdict.YES, {"yes", "partial"}),
        ("yes", Verdict.NO, {"yes", "partial", "no"}),
        ("no", Verdict.NO, {"no"}),
        ("no", Verdict.YES, {"no", "yes", "partial"}),
        ("na", Verdict.NA, {"no"}),  # which the rules make an N/A
        ("na", Verdict.YES, set()),
        ("planned", Verdict.NO, {"no"}),
        ("partial", Verdict.YES, {"partial"}),
        (None, Verdict.NONE, {"yes", "partial", "no"}),
    ],
)
def test_an_answer_that_is_quoted_is_not_turned_round(means, read, kept):
    all_of_them = {Verdict.YES, Verdict.PARTIAL, Verdict.NO}
    assert {v.value for v in all_of_them - {*at_odds(means, read)}} == kept


def test_an_answer_counts_where_it_is_quoted():
    told = ("Do you rotate keys?", "N/A", "We hold none.")
    talk = exchange(("Keys",), told)
    assert talk is not None
    assert talk.means == "na"
    assert talk.is_quoted(told, ["Do you rotate keys? N/A"])
    assert not talk.is_quoted(told, ["We hold none."])


def test_a_plain_statement_is_no_exchange():
    assert exchange(("Keys",), ("We rotate keys.",)) is None
