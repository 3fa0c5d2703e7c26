"""What goes wrong around the program: it says so in a line, and nothing is lost or half done."""

from __future__ import annotations

import random
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.faults import jobs
from tests.faults.checks import after_decisions, cut_off
from tests.faults.jobs import Letters
from tests.review.reviews import NOON, approval, written
from trustanswer.errors import OutputError, StoreError
from trustanswer.model import CellWrite
from trustanswer.pipeline.workspace import DATABASE_URL, open_workspace
from trustanswer.retrieval.vectors import VectorCache
from trustanswer.review.states import State
from trustanswer.review.store import Store, sqlite_url
from trustanswer.workbook import fill_file, read_questionnaire


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        *(("fill", 1), ("fill", 2), ("index", 1), ("index", 2)),
        *(("decide", 1), ("decide", 2), ("decide", 3), ("export", 1), ("export", 2), ("export", 3)),
    ],
)
def test_a_death_at_any_moment_leaves_all_intact(
    tmp_path: Path, home: Path, whole: bytes, name: str, seed: int
) -> None:
    cut_off(name, tmp_path, home, whole, random.Random(f"{name} {seed}"))


# --- no room -------------------------------------------------------------------------------------


def test_a_disk_that_is_full_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    shutil.copy(jobs.ROOT / "questionnaires" / jobs.QUESTIONNAIRE, tmp_path / jobs.QUESTIONNAIRE)
    (tmp_path / jobs.FILLED).write_bytes(b"what was there before")
    process = jobs.begun(fill_into_little_room, tmp_path, most_bytes=9_000)
    process.join(120)
    assert process.exitcode == 1
    said = (tmp_path / "error").read_text()
    assert "cannot be written: File too large" in said
    assert len(said.splitlines()) == 1
    assert (tmp_path / jobs.FILLED).read_bytes() == b"what was there before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bank.xlsx", "error", "filled.xlsx"]


def fill_into_little_room(folder: Path) -> None:
    asked = read_questionnaire(folder / jobs.QUESTIONNAIRE).questions
    writes = [CellWrite(q.sheet, q.comment_cell or q.answer_cell or "", "because") for q in asked]
    fill_file(folder / jobs.QUESTIONNAIRE, folder / jobs.FILLED, writes)


def test_a_review_on_a_full_disk_keeps_what_it_told(tmp_path: Path) -> None:
    jobs.a_review(tmp_path)
    size = (tmp_path / jobs.DATABASE).stat().st_size
    process = jobs.begun(jobs.decide, tmp_path, most_bytes=size + 60_000)
    process.join(120)
    assert process.exitcode == 1
    assert jobs.told(tmp_path)
    assert len((tmp_path / "error").read_text().splitlines()) == 1
    after_decisions(tmp_path)


# --- folders that refuse, to root too ------------------------------------------------------------


def test_a_folder_that_takes_no_file_is_named(root: Path) -> None:
    with pytest.raises(OutputError, match=r"^/proc/out\.csv cannot be written: .*another place$"):
        fill_file(root / "questionnaires" / "startup.csv", Path("/proc/out.csv"), [])


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else() -> None:
    found = VectorCache(Letters(), Path("/proc/nowhere")).encode(["a", "b"])
    assert np.array_equal(found, Letters().encode(["a", "b"]))


@pytest.fixture
def _no_shared_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_URL, raising=False)


@pytest.mark.usefixtures("_no_shared_database")
def test_a_workspace_where_none_can_be_made_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/proc")
    with pytest.raises(StoreError, match=r"^\.trustanswer cannot be made: [^\n]*$"):
        open_workspace(create=True)


@pytest.mark.usefixtures("_no_shared_database")
def test_a_workspace_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".trustanswer").mkdir(mode=0o755)
    open_workspace(create=True).store.close()
    assert (tmp_path / ".trustanswer").stat().st_mode & 0o777 == 0o700
    for file in (tmp_path / ".trustanswer").glob("*.db*"):
        assert file.stat().st_mode & 0o077 == 0


# --- two at once, and time ------------------------------------------------------------------------


def test_two_processes_may_write_the_same_file_and_the_same_cache(
    tmp_path: Path, home: Path, whole: bytes
) -> None:
    shutil.copy(jobs.ROOT / "questionnaires" / jobs.QUESTIONNAIRE, tmp_path / jobs.QUESTIONNAIRE)
    (tmp_path / "home").symlink_to(home)
    two = [jobs.begun(jobs.fill, tmp_path) for _ in range(2)]
    while len(jobs.told(tmp_path)) < 4:
        assert all(process.is_alive() for process in two)
    for process in two:
        jobs.kill(process, 0)
    assert (tmp_path / jobs.FILLED).read_bytes() == whole


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path) -> None:
    jobs.a_review(tmp_path)
    store = Store(sqlite_url(tmp_path / jobs.DATABASE))
    row = next(a.row for a in store.answers(1) if a.content.says_something)
    store.decide(1, [approval(row)], by="Ann", at=NOON)
    (seen,) = store.answers(1, [row])
    store.decide(1, [written(row, "Later.", seen.revision)], by="Ben", at=NOON - timedelta(days=9))
    (answer,) = store.answers(1, [row])
    assert (answer.state, answer.content.answer) == (State.EDITED, "Later.")
    numbers = [event.number for event in store.log(1)]
    assert numbers == sorted(numbers)
    store.close()


# --- bytes that are not as they were left --------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_a_cache_with_random_bytes_in_it_gives_the_right_vectors(tmp_path: Path, seed: int) -> None:
    VectorCache(Letters(), tmp_path).encode(jobs.TEXTS)
    (file,) = tmp_path.glob("*.vectors")
    chance, data = random.Random(seed), bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 50, 5_000))):
        data[chance.randrange(0 if seed % 3 else 4, len(data))] = chance.randrange(256)
    file.write_bytes(data[: chance.choice((len(data), len(data) // 2, 3, 0))])
    for _ in range(2):
        found = VectorCache(Letters(), tmp_path).encode(jobs.TEXTS)
        assert np.array_equal(found, Letters().encode(jobs.TEXTS))


@pytest.mark.parametrize("seed", range(12))
def test_a_database_with_random_bytes_in_it_is_read_rightly_or_refused_in_a_line(
    tmp_path: Path, seed: int
) -> None:
    jobs.a_review(tmp_path)
    store = Store(sqlite_url(tmp_path / jobs.DATABASE))
    rightly = store.answers(1)
    store.close()
    file = tmp_path / jobs.DATABASE
    chance, data = random.Random(seed), bytearray(file.read_bytes())
    for _ in range(chance.choice((5, 500, 20_000))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(data)
    said, found = "one line", ()
    try:
        store = Store(sqlite_url(file))
        try:
            found = store.answers(1)
        finally:
            store.close()
    except StoreError as error:
        said = str(error)
    assert len(said.splitlines()) == 1
    assert len(found) <= len(rightly)


def test_a_database_that_another_holds_is_named_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.a_review(tmp_path)
    monkeypatch.setattr("trustanswer.review.store.database.WAIT", 0.2)
    store = Store(sqlite_url(tmp_path / jobs.DATABASE))
    other = sqlite3.connect(tmp_path / jobs.DATABASE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="database is locked"):
        store.decide(1, [approval(2)], by="Ann", at=NOON)
    other.execute("ROLLBACK")
    other.close()
    assert store.decide(1, [approval(2)], by="Ann", at=NOON)
    store.close()
