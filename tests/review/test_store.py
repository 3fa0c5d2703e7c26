"""The store, on SQLite and on PostgreSQL: what was decided is there, once, in order, for good."""

from __future__ import annotations

import hashlib
import io
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.review.reviews import (
    BACKUPS,
    NOON,
    ORIGINAL,
    approval,
    asked,
    question,
    review,
    written,
)
from tests.workbook.books import make_book
from trustanswer.errors import ReviewError, StaleError, StoreError
from trustanswer.review.migrations import HEAD
from trustanswer.review.states import Action, Decision, Rules, State, fold
from trustanswer.review.store import Store, sqlite_url


def started(store: Store, count: int = 6) -> int:
    return store.start(review(), ORIGINAL, asked(count), [BACKUPS]).id


def test_a_review_comes_back_as_it_was_kept(store: Store) -> None:
    id = started(store)
    found = store.review(id)
    assert (found.name, found.customer, found.started_at) == (
        *("questions.xlsx", "Harbour Bank"),
        NOON,
    )
    assert store.original(found) == ORIGINAL
    assert store.statements(found) == (BACKUPS,)
    answers = store.answers(id)
    assert [a.question for a in answers] == [question(i) for i in range(1, 7)]
    assert [a.content for a in answers] == [a.content for a in asked(6)]
    assert [a.state for a in answers] == [State.DRAFTED, State.DRAFTED, State.NEEDS] * 2


def test_what_a_draft_names_as_not_stated_or_stated_otherwise_is_kept(store: Store) -> None:
    (first, *_) = asked(1)
    content = replace(first.content, missing=("the API",), contradicted=("every quarter",))
    id = store.start(review(), ORIGINAL, [replace(first, content=content)], [BACKUPS]).id
    assert store.answers(id)[0].content == content


def test_the_same_file_and_knowledge_may_come_twice(store: Store) -> None:
    assert started(store) != started(store)
    assert len(store.reviews()) == 2


def test_every_answer_is_rebuilt_by_replaying_the_log(store: Store) -> None:
    id = started(store)
    store.decide(id, [approval(1), written(3, "By hand.")], by="Ann", at=NOON)
    store.decide(id, [Decision(2, Action.ASSIGN, to="Ben")], by="Ann", at=NOON)
    store.decide(id, [Decision(4, Action.REJECT, why="too vague")], by="Ben", at=NOON)
    log = store.log(id)
    for a in store.answers(id):
        mine = [e for e in log if e.row == a.row]
        assert fold(a.row, a.question, a.candidates, a.alike, mine) == a
    assert [e.number for e in log] == list(range(1, 11))


def test_a_decision_on_what_has_changed_is_refused_and_says_what_changed(store: Store) -> None:
    id = started(store)
    (seen,) = store.answers(id, [1])
    store.decide(id, [written(1, "Every night at two.")], by="Ben", at=NOON)
    with pytest.raises(StaleError) as refused:
        store.decide(id, [approval(1, seen.revision)], by="Ann", at=NOON)
    assert str(refused.value) == (
        "row 1 has changed since you saw it: edited by Ben on 2026-03-02 at 12:00 UTC, "
        "which now says “Every night at two.”"
    )
    assert store.answers(id, [1])[0].state is State.EDITED


def test_of_two_who_decide_at_once_the_second_is_told_of_the_first(store: Store) -> None:
    id = started(store)
    (seen,) = store.answers(id, [1])
    store.decide(id, [approval(1, seen.revision)], by="Ben", at=NOON)
    with pytest.raises(StaleError, match="approved by Ben"):
        store.decide(id, [Decision(1, Action.REJECT, seen.revision)], by="Ann", at=NOON)


def test_of_several_decisions_all_are_recorded_or_none(store: Store) -> None:
    id = started(store)
    before = store.log(id)
    with pytest.raises(ReviewError, match="row 3 has no answer"):
        store.decide(id, [approval(1), approval(2), approval(3)], by="Ann", at=NOON)
    assert store.log(id) == before


def test_approving_what_is_approved_adds_nothing(store: Store) -> None:
    id = started(store)
    assert len(store.decide(id, [approval(1)], by="Ann", at=NOON)) == 1
    assert store.decide(id, [approval(1)], by="Ben", at=NOON + timedelta(days=1)) == ()
    assert store.answers(id, [1])[0].closed_by == "Ann"


def test_of_two_decisions_on_one_row_the_second_sees_what_the_first_made_of_it(
    store: Store,
) -> None:
    id = started(store)
    assert len(store.decide(id, [approval(1), approval(1)], by="Ann", at=NOON)) == 1
    (seen,) = store.answers(id, [2])
    rejected = Decision(2, Action.REJECT, seen.revision)
    with pytest.raises(StaleError, match="approved by Ann"):
        store.decide(id, [approval(2, seen.revision), rejected], by="Ann", at=NOON)
    assert store.answers(id, [2]) == (seen,)


def test_nobody_approves_their_own_words_where_the_workspace_forbids_it(store: Store) -> None:
    id, strict = started(store), Rules(second_person=True)
    store.decide(id, [written(1, "By hand.")], by="Ann", at=NOON)
    with pytest.raises(ReviewError, match="second person"):
        store.decide(id, [approval(1)], by=" ann ", at=NOON, rules=strict)
    store.decide(id, [approval(1), approval(2)], by="Ben", at=NOON, rules=strict)
    assert store.answers(id, [1])[0].closed_by == "Ben"


def test_rows_and_reviews_that_are_not_there_are_named(store: Store) -> None:
    id = started(store)
    with pytest.raises(ReviewError, match="no row 99"):
        store.decide(id, [approval(99)], by="Ann", at=NOON)
    with pytest.raises(ReviewError, match="no review 99"):
        store.review(99)


@pytest.mark.parametrize("change", ["UPDATE events SET row = 2", "DELETE FROM events"])
def test_the_database_itself_keeps_the_log_from_being_rewritten(
    store: Store, database: str, change: str
) -> None:
    id = started(store)
    before = store.log(id)
    engine = sa.create_engine(database)
    with pytest.raises(sa.exc.DBAPIError, match="only grow"), engine.begin() as connection:
        connection.execute(sa.text(change))
    engine.dispose()
    assert store.log(id) == before


# --- opening -----------------------------------------------------------------------------------


def test_opening_again_finds_everything(empty_database: str) -> None:
    one = Store(empty_database)
    id = started(one)
    one.close()
    two = Store(empty_database)
    assert len(two.answers(id)) == 6
    two.close()


def test_a_database_of_a_newer_version_is_left_alone(store: Store, database: str) -> None:
    engine = sa.create_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer trustanswer"):
        Store(database)


def test_the_shape_that_opening_asks_for_is_that_of_the_last_migration() -> None:
    from alembic.script import ScriptDirectory

    import trustanswer.review.migrations as migrations

    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [HEAD]


@pytest.mark.parametrize(
    "url",
    ["nonsense", "oracle://somewhere", "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2"],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        Store(url)
    assert len(str(refused.value).splitlines()) == 1


# --- several processes, and their deaths --------------------------------------------------------


def worker(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.review.worker", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def numbers(output: str) -> list[int]:
    """The events that a worker was told are recorded; a line cut short by its death is none."""
    return [int(line) for line in output.splitlines(keepends=True) if line.endswith("\n")]


def test_of_a_thousand_decisions_by_two_processes_at_once_none_is_lost(
    store: Store, database: str
) -> None:
    id = started(store, 100)
    two = [worker("decide", database, id, 500, name) for name in ("Ann", "Ben")]
    told = [numbers(process.communicate(timeout=120)[0]) for process in two]
    log = store.log(id)
    assert [len(t) for t in told] == [500, 500]
    assert sorted(told[0] + told[1]) == list(range(101, 1101))
    assert [e.number for e in log] == list(range(1, 1101))
    assert {e.number for e in log if e.by == "Ann"} == set(told[0])
    for a in store.answers(id):
        for before, event in enumerate(a.history[1:], 1):
            seen = fold(a.row, a.question, (), a.alike, a.history[:before])
            assert event.seen == seen.revision


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_process_that_is_killed_loses_no_decision(tmp_path: Path, seed: int) -> None:
    database = sqlite_url(tmp_path / "reviews.db")
    store = Store(database)
    id = started(store, 20)
    process = worker("decide", database, id, 100_000, "Ann")
    assert process.stdout is not None
    told = "".join(process.stdout.readline() for _ in range(random.Random(seed).randint(1, 60)))
    process.send_signal(signal.SIGKILL)
    told += process.communicate()[0]
    log = store.log(id)
    assert set(numbers(told)) <= {e.number for e in log}
    assert [e.number for e in log] == list(range(1, len(log) + 1))
    assert len(store.answers(id)) == 20
    with sqlite3.connect(tmp_path / "reviews.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert store.decide(id, [Decision(1, Action.COMMENT, why="still here")], by="Ben", at=NOON)
    store.close()


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_a_process_that_is_killed_while_exporting_leaves_a_whole_file_that_is_on_record(
    tmp_path: Path, seed: int
) -> None:
    database, out = sqlite_url(tmp_path / "reviews.db"), tmp_path / "sent" / "back.xlsx"
    out.parent.mkdir()
    store = Store(database)
    original = make_book(tmp_path / "questions.xlsx").read_bytes()
    kept = replace(review(), sha256=hashlib.sha256(original).hexdigest())
    id = store.start(kept, original, [*asked(20)[2:9]], [BACKUPS]).id
    process = worker("export", database, id, out)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.2))
    process.send_signal(signal.SIGKILL)
    told = process.communicate()[0].splitlines()
    sent = out.read_bytes()
    assert zipfile.ZipFile(io.BytesIO(sent)).testzip() is None
    assert store.manifest(hashlib.sha256(sent).hexdigest()) is not None
    assert all(store.manifest(sha256) for sha256 in told[:-1])
    visible = [p.name for p in out.parent.iterdir() if not p.name.startswith(".")]
    assert sorted(visible) == ["back.xlsx", "back.xlsx.manifest.json"]
    store.close()


def test_a_new_database_opens_when_the_process_that_writes_to_it_first_has_finished(
    tmp_path: Path,
) -> None:
    file = tmp_path / "reviews.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    finished = threading.Timer(0.3, other.rollback)
    finished.start()
    Store(sqlite_url(file)).close()
    finished.join()
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


def test_two_processes_may_open_an_empty_database_at_once(empty_database: str) -> None:
    two = [worker("open", empty_database) for _ in range(2)]
    assert [process.communicate(timeout=60)[0] for process in two] == ["open\n", "open\n"]
