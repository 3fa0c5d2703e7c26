"""What must hold after a job was cut off, whenever that was."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.faults import jobs
from tests.faults.jobs import Job, Letters
from trustanswer.retrieval.vectors import VectorCache
from trustanswer.review.store import Store, sqlite_url


def after_fill(folder: Path, whole: bytes) -> None:
    """The file is there as it always is, or not at all."""
    assert (folder / jobs.QUESTIONNAIRE).read_bytes() == _questionnaire().read_bytes()
    if jobs.told(folder) or (folder / jobs.FILLED).exists():
        assert (folder / jobs.FILLED).read_bytes() == whole


def after_index(folder: Path) -> None:
    """What was kept is right, and what was not is made again."""
    found = VectorCache(Letters(), folder / "home").encode(jobs.TEXTS)
    assert np.array_equal(found, Letters().encode(jobs.TEXTS))


def after_decisions(folder: Path) -> None:
    """Every decision that was told is there, and the log has no gap."""
    store = Store(sqlite_url(folder / jobs.DATABASE))
    numbers = [event.number for event in store.log(1)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(map(int, jobs.told(folder))) <= set(numbers)
    assert len(store.answers(1)) == 20
    store.close()
    with sqlite3.connect(folder / jobs.DATABASE) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def after_export(folder: Path) -> None:
    """What lies there is whole and on record, and so is all that was told."""
    store = Store(sqlite_url(folder / jobs.DATABASE))
    for sha256 in jobs.told(folder):
        assert store.manifest(sha256) is not None
    sent = folder / jobs.SENT
    if jobs.told(folder) or sent.exists():
        assert store.manifest(hashlib.sha256(sent.read_bytes()).hexdigest()) is not None
        with zipfile.ZipFile(sent) as archive:
            assert archive.testzip() is None
    store.close()


def cut_off(name: str, folder: Path, home: Path, whole: bytes, chance: random.Random) -> None:
    """Starts a job, kills it at a random moment, and looks at what is left."""
    if name == "fill":
        shutil.copy(_questionnaire(), folder / jobs.QUESTIONNAIRE)
        (folder / "home").symlink_to(home)
    if name in ("decide", "export"):
        jobs.a_review(folder)
    jobs.kill(jobs.begun(JOBS[name], folder), chance.uniform(0, LONGEST[name]))
    checks: dict[str, Callable[[Path], None]] = {
        "fill": lambda folder: after_fill(folder, whole),
        "index": after_index,
        "decide": after_decisions,
        "export": after_export,
    }
    checks[name](folder)


JOBS: dict[str, Job] = {
    "fill": jobs.fill,
    "index": jobs.index,
    "decide": jobs.decide,
    "export": jobs.export,
}
LONGEST = {"fill": 4.0, "index": 0.8, "decide": 0.8, "export": 1.5}  # seconds


def _questionnaire() -> Path:
    return jobs.ROOT / "questionnaires" / jobs.QUESTIONNAIRE
