"""What decisions make of an answer: folded from events, and refused where they must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.review.reviews import BACKUPS, NOON, ORIGINAL, asked, draft, question, review
from trustanswer.errors import ReviewError, StaleError
from trustanswer.model import Citation, Verdict
from trustanswer.review.states import (
    Action,
    Answer,
    Content,
    Decision,
    Event,
    Origin,
    Rules,
    State,
    after,
    check,
    edited,
    entry_of,
    fold,
    needs_person,
)
from trustanswer.review.store import Store, sqlite_url

FREE = Rules()


def answer(*actions: Action, content: Content | None = None) -> Answer:
    first = Event(1, 1, Action.DRAFT, "trustanswer", NOON, content=content or draft())
    rest = [
        Event(
            number,
            1,
            action,
            "Ann",
            NOON + timedelta(minutes=number),
            to="Ben" if action is Action.ASSIGN else None,
            content=Content(answer="By hand.") if action is Action.EDIT else None,
        )
        for number, action in enumerate(actions, 2)
    ]
    return fold(1, question(1), (), 1, [first, *rest])


@pytest.mark.parametrize(
    ("actions", "state"),
    [
        ([], State.DRAFTED),
        ([Action.COMMENT], State.DRAFTED),
        ([Action.ASSIGN], State.ASSIGNED),
        ([Action.EDIT], State.EDITED),
        ([Action.APPROVE], State.APPROVED),
        ([Action.REJECT], State.REJECTED),
        ([Action.APPROVE, Action.EXPORT], State.EXPORTED),
        ([Action.EXPORT], State.DRAFTED),  # a draft that went out unapproved stays one
        ([Action.REJECT, Action.EDIT, Action.APPROVE], State.APPROVED),
        ([Action.APPROVE, Action.EXPORT, Action.EDIT], State.EDITED),
        ([Action.APPROVE, Action.REJECT], State.REJECTED),
        ([Action.ASSIGN, Action.APPROVE], State.APPROVED),
    ],
)
def test_each_sequence_of_decisions_leads_to_one_state(actions: list[Action], state: State) -> None:
    assert answer(*actions).state is state


def test_a_question_without_a_draft_needs_an_answer() -> None:
    bare = answer(content=Content(reason="nothing stated comes near"))
    assert bare.state is State.NEEDS
    assert needs_person(bare)


def test_an_edit_takes_the_approval_with_it() -> None:
    found = answer(Action.APPROVE, Action.EDIT)
    assert found.closed_by is None
    assert not found.approved
    assert found.author == "Ann"


def test_comments_and_assignments_leave_the_revision_as_it_was() -> None:
    assert answer().revision == answer(Action.COMMENT, Action.ASSIGN).revision


def test_words_approval_and_rejection_each_make_another_revision() -> None:
    ways = [(), (Action.EDIT,), (Action.APPROVE,), (Action.REJECT,)]
    assert len({answer(*way).revision for way in ways}) == 4


def test_sending_an_answer_does_not_make_it_another() -> None:
    assert answer(Action.APPROVE).revision == answer(Action.APPROVE, Action.EXPORT).revision


def test_an_answer_that_says_nothing_cannot_be_approved_unless_a_person_left_it_blank() -> None:
    approve = Decision(1, Action.APPROVE)
    with pytest.raises(ReviewError, match="no answer"):
        check(answer(content=Content()), approve, "Ann", FREE)
    left = fold(1, question(1), (), 1, [Event(1, 1, Action.EDIT, "Ben", NOON, content=Content())])
    check(left, approve, "Ann", FREE)


def test_an_approved_answer_is_not_given_to_somebody_else() -> None:
    with pytest.raises(ReviewError, match="approved by Ann"):
        check(answer(Action.APPROVE), Decision(1, Action.ASSIGN, to="Ben"), "Cem", FREE)


# --- edits -------------------------------------------------------------------------------------


def test_what_a_person_writes_is_theirs_and_cites_only_what_it_quotes() -> None:
    kept = edited(answer(), comment="Backups run nightly. And weekly, off site.")
    own = edited(answer(), comment="We make a copy every night.")
    assert kept.origin is own.origin is Origin.PERSON
    assert [c.quote for c in kept.citations] == ["Backups run nightly."]
    assert own.citations == ()
    assert kept.answer == own.answer == "Yes"


def test_a_quote_offered_with_an_edit_is_kept_only_where_it_was_used() -> None:
    offered = Citation(BACKUPS, "Backups run nightly.")
    bare = answer(content=Content())
    used = edited(bare, text="Backups run nightly.", cite=[offered])
    unused = edited(bare, text="Yes, of course.", cite=[offered])
    assert used.citations == (offered,)
    assert unused.citations == ()


def test_an_edit_to_nothing_leaves_cells_blank() -> None:
    blank = edited(answer(), option="", text="", comment="", verdict=Verdict.TEXT)
    found = after(answer(), Event(2, 1, Action.EDIT, "Ann", NOON, content=blank))
    entry = entry_of(found)
    assert (entry.answer_cell, entry.comment_cell) == (None, None)
    assert blank.verdict is Verdict.NONE


def test_a_mark_goes_to_the_cell_of_its_option() -> None:
    marked = replace(question(1), answer_cells={"Yes": "D1", "No": "E1"})
    content = Content(option="No", answer="X")
    entry = entry_of(replace(answer(), question=marked, content=content))
    assert (entry.answer_cell, entry.answer) == ("E1", "X")


# --- any sequence, by two who do not see each other ----------------------------------------------


@dataclass(frozen=True)
class Step:
    """One thing that one of two reviewers does: looks at a row, or decides on what was seen."""

    who: int
    row: int
    looks: bool
    action: Action
    text: str


STEPS = st.lists(
    st.builds(
        Step,
        who=st.integers(0, 1),
        row=st.integers(1, 4),
        looks=st.booleans(),
        action=st.sampled_from(
            [Action.EDIT, Action.APPROVE, Action.REJECT, Action.ASSIGN, Action.COMMENT]
        ),
        text=st.sampled_from(["", "Yes", "By hand."]),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(sqlite_url(tmp_path_factory.mktemp("states") / "reviews.db"))
    yield store
    store.close()


def decision(step: Step, seen: str) -> Decision:
    content = Content(answer=step.text or None) if step.action is Action.EDIT else None
    to = "Cem" if step.action is Action.ASSIGN else None
    return Decision(step.row, step.action, seen, why=step.text or None, to=to, content=content)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, strict=st.booleans())
def test_whatever_two_reviewers_do_the_log_alone_tells_what_stands(
    kept: Store, steps: list[Step], strict: bool
) -> None:
    id = kept.start(review(), ORIGINAL, asked(4), [BACKUPS]).id
    seen = [{a.row: a.revision for a in kept.answers(id)} for _ in range(2)]
    for number, step in enumerate(steps):
        before = kept.answers(id)
        (stands,) = (a for a in before if a.row == step.row)
        wanted = decision(step, seen[step.who][step.row])
        at, by = NOON + timedelta(minutes=number), ("Ann", "Ben")[step.who]
        try:
            events = kept.decide(id, [wanted], by=by, at=at, rules=Rules(strict))
        except StaleError:
            assert wanted.seen != stands.revision
            assert kept.answers(id) == before
        except ReviewError:
            assert wanted.seen == stands.revision
            assert kept.answers(id) == before
        else:
            assert wanted.seen == stands.revision
            after_it = kept.answers(id, [step.row])[0]
            assert after_it.history == (*stands.history, *events)
        if step.looks:
            seen[step.who][step.row] = kept.answers(id, [step.row])[0].revision
    log = kept.log(id)
    assert [e.number for e in log] == list(range(1, len(log) + 1))
    for a in kept.answers(id):
        assert (
            fold(a.row, a.question, a.candidates, a.alike, [e for e in log if e.row == a.row]) == a
        )
        own = a.author is not None and a.author == a.closed_by
        assert not (strict and a.approved and own)


def test_the_rows_of_a_review_may_be_read_from_any_folder(tmp_path: Path) -> None:
    odd = tmp_path / "a folder with spaces & 100% ünïcode"
    odd.mkdir()
    store = Store(sqlite_url(odd / "reviews.db"))
    assert store.reviews() == ()
    store.close()
