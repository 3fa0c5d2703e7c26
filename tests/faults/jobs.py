"""What is at work when something goes wrong, each in a process of its own that may be killed.

A job tells what is done by writing a line into `told`; what was told must still be so afterwards.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from tests.review.reviews import BACKUPS, asked, review, written
from tests.workbook.books import make_book
from trustanswer import pipeline
from trustanswer.errors import TrustanswerError
from trustanswer.pipeline import Settings, exporting, reviewing
from trustanswer.pipeline.workspace import Workspace
from trustanswer.ports import Floats
from trustanswer.retrieval.vectors import VectorCache
from trustanswer.review.states import Rules
from trustanswer.review.store import Store, sqlite_url

ROOT = Path(__file__).parent.parent.parent
QUESTIONNAIRE, FILLED, DATABASE, SENT = "bank.xlsx", "filled.xlsx", "reviews.db", "sent.xlsx"
Job = Callable[[Path], None]


class Letters:
    """An Embedder that costs nothing, so that what goes wrong goes wrong while vectors are kept."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> Floats:
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        return np.array([list(digest) for digest in digests], dtype=np.float32)


TEXTS = [f"text {n}" for n in range(3_000)]


def fill(folder: Path) -> None:
    """Fills the questionnaire again and again."""
    while True:
        settings = Settings(knowledge=ROOT / "knowledge")
        pipeline.fill(folder / QUESTIONNAIRE, folder / FILLED, settings)
        _tell(folder, "filled")


def index(folder: Path) -> None:
    """Keeps vectors, from none to all, again and again."""
    while True:
        for start in range(0, len(TEXTS), 100):
            VectorCache(Letters(), folder / "home").encode(TEXTS[start : start + 100])
        _tell(folder, "kept")
        for file in (folder / "home").glob("*.vectors"):
            file.unlink()


def decide(folder: Path) -> None:
    """Writes answers in a review, one after the other."""
    store = Store(sqlite_url(folder / DATABASE))
    for turn in range(100_000):
        decision = written(1 + turn % 20, f"turn {turn}")
        (event,) = store.decide(1, [decision], by="Ann", at=review().started_at)
        _tell(folder, str(event.number))


def export(folder: Path) -> None:
    """Changes an answer and exports, over and over."""
    workspace = Workspace(Store(sqlite_url(folder / DATABASE)), Rules())
    for turn in range(100_000):
        reviewing.edit(workspace, 1, [1], reviewing.Edit(comment=f"turn {turn} " * 40), by="Ann")
        sent = exporting.export(workspace, 1, folder / SENT, by="Ann", allow_drafts=True)
        _tell(folder, sent.sha256)


def a_review(folder: Path) -> None:
    """The database that `decide` and `export` work on."""
    original = make_book(folder / "questions.xlsx").read_bytes()
    kept = replace(review(), sha256=hashlib.sha256(original).hexdigest())
    store = Store(sqlite_url(folder / DATABASE))
    store.start(kept, original, [*asked(30)[2:22]], [BACKUPS])
    store.close()


def told(folder: Path) -> list[str]:
    """What was said to be done; a line cut short by a death is none."""
    if not (folder / "told").exists():
        return []
    lines = (folder / "told").read_text().splitlines(keepends=True)
    return [line.strip() for line in lines if line.endswith("\n")]


def _tell(folder: Path, what: str) -> None:
    with (folder / "told").open("a") as file:
        file.write(what + "\n")


# --- in a process of its own ---------------------------------------------------------------------


def begun(job: Job, folder: Path, most_bytes: int | None = None) -> BaseProcess:
    """The job in a new process; no file it writes may grow beyond `most_bytes`."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.faults.jobs"])
    process = server.Process(target=_run, args=(job, folder, most_bytes), daemon=True)
    process.start()
    return process


def kill(process: BaseProcess, seconds: float) -> None:
    """After some seconds, without a chance to tidy up."""
    time.sleep(seconds)
    process.kill()
    process.join()


def _run(job: Job, folder: Path, most_bytes: int | None) -> None:
    if most_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    os.environ.setdefault("TRUSTANSWER_HOME", str(folder / "home"))
    try:
        job(folder)
    except TrustanswerError as error:
        (folder / "error").write_text(str(error))
        os._exit(1)
