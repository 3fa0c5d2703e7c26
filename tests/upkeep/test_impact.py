"""What a change of the knowledge base touches: exactly the answers that quote what was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.review.reviews import NOON, asked, question, review
from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.diff import diff
from trustanswer.model import Citation, Statement, What, statement_id
from trustanswer.review.impact import affected
from trustanswer.review.records import Approved, Asked
from trustanswer.review.states import Action, Content, Decision, State
from trustanswer.review.store import Store
from trustanswer.text import sentences

VENDORS = ("carefold", "grainmill", "ledgerlane", "murmurly", "rosterwell", "shipkite")
Edit = Callable[[Statement], Statement | None]


def _with(statement: Statement, path: tuple[str, ...], text: str) -> Statement:
    return replace(statement, id=statement_id(path, text), path=path, text=text)


def another_number(s: Statement) -> Statement:
    return _with(s, s.path, s.text.replace(s.text.split()[-1], "99.", 1))


def a_sentence_more(s: Statement) -> Statement:
    return _with(s, s.path, f"{s.text} This holds for the Enterprise plan only.")


def a_sentence_less(s: Statement) -> Statement:
    return _with(s, s.path, " ".join(sentences(s.text)[1:]) or "Nothing.")


def another_heading(s: Statement) -> Statement:
    return _with(s, (*s.path[:-1], f"{s.path[-1]} for administrators"), s.text)


def rewritten_under_another_heading(s: Statement) -> Statement:
    return _with(s, ("Elsewhere", s.path[-1]), f"Since January: {s.text}")


def removed(s: Statement) -> None:
    return None


def moved(s: Statement) -> Statement:
    return replace(s, source="moved.md", lines=(s.lines[0] + 7, s.lines[1] + 7))


def dated(s: Statement) -> Statement:
    return replace(s, updated=date(2026, 11, 1))


TOUCHING: tuple[Edit, ...] = (
    *(another_number, a_sentence_more, a_sentence_less),
    *(another_heading, rewritten_under_another_heading, removed),
)
HARMLESS: tuple[Edit, ...] = (moved, dated)


def changed(statements: tuple[Statement, ...]) -> tuple[list[Statement], set[str]]:
    """Every fourth statement edited, each edit in turn; and the ids that an answer must not rest on
    any more."""
    edits = (*TOUCHING, *HARMLESS)
    after: list[Statement] = []
    touched: set[str] = set()
    for place, statement in enumerate(statements):
        if place % 4:
            after.append(statement)
            continue
        edit = edits[place // 4 % len(edits)]
        became = edit(statement)
        if became is not None:
            after.append(became)
        if edit in TOUCHING:
            touched.add(statement.id)
    return after[::-1], touched


def quoting(statement: Statement, row: int) -> Asked:
    quote = sentences(statement.text)[0]
    content = Content(answer=quote, citations=(Citation(statement, quote),))
    return Asked(question(row), content, row)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    from trustanswer.review.store import sqlite_url

    return Store(sqlite_url(tmp_path / "reviews.db"))


@pytest.mark.parametrize("vendor", VENDORS)
def test_exactly_the_approved_answers_that_quote_a_changed_statement_are_named(
    vendor: str, root: Path, store: Store
) -> None:
    statements = read_knowledge(root / "benchmarks" / "vendors" / vendor).statements
    after, touched = changed(statements)
    assert len(touched) >= 10  # 60 and more over the six vendors
    rows = [quoting(s, i) for i, s in enumerate(statements, 1)]
    started = store.start(review(), b"a file", rows, statements)
    approved = [Decision(i, Action.APPROVE) for i in range(1, len(rows) + 1, 2)]
    store.decide(started.id, approved, by="Ann", at=NOON)
    found = affected(diff(statements, after), store.library())
    wanted = {i for i, s in enumerate(statements, 1) if s.id in touched and i % 2}
    assert {one.approved.answer.row for one in found} == wanted
    store.close()


def test_an_old_quote_comes_with_what_stands_in_its_place() -> None:
    old = _statement("Backups run nightly. Backups are kept for 35 days.")
    new = _statement("Backups run nightly. Backups are kept for 90 days. We test them.")
    answers = [_approved(old, quote) for quote in sentences(old.text)]
    standing, changed_one = affected(diff([old], [new]), answers)
    assert standing.still_stands
    assert changed_one.now == "Backups are kept for 90 days."


def test_of_a_removed_statement_nothing_is_left() -> None:
    old = _statement("Backups run nightly.")
    (found,) = affected(diff([old], []), [_approved(old, old.text)])
    assert found.now == ""


def test_what_changed_is_said_in_words() -> None:
    old, new = _statement("Backups are kept for 35 days."), _statement("Backups stay for 90 days.")
    (change,) = diff([old], [new])
    assert change.what is What.CHANGED
    assert change.words == ("“are kept” became “stay”", "“35” became “90”")


def test_moving_statements_about_is_no_change() -> None:
    statements = [_statement(f"Sentence number {n}.", title=str(n)) for n in range(5)]
    assert diff(statements, [moved(s) for s in statements[::-1]]) == ()


def test_a_new_date_is_told_and_touches_no_answer() -> None:
    old = _statement("Backups run nightly.")
    (change,) = diff([old], [dated(old)])
    assert change.what is What.REDATED
    assert affected([change], [_approved(old, old.text)]) == ()


def test_a_reopened_answer_waits_for_a_person_and_is_not_approved(store: Store) -> None:
    started = store.start(review(), b"a file", asked(1), [])
    for action in (Action.APPROVE, Action.REOPEN):
        store.decide(started.id, [Decision(1, action, why="it changed")], by="Ann", at=NOON)
    (answer,) = store.answers(started.id)
    assert answer.state is State.REOPENED
    assert not answer.approved
    assert store.library() == ()
    store.close()


def _statement(text: str, title: str = "Backups") -> Statement:
    return Statement(statement_id((title,), text), (title,), text, "backups.md", (3, 3))


def _approved(statement: Statement, quote: str) -> Approved:
    from trustanswer.review.states import Answer

    content = Content(answer=quote, citations=(Citation(statement, quote),))
    return Approved(review(), Answer(1, question(1), content, State.APPROVED))
