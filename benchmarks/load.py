"""The review page under load: 50 reviewers on a questionnaire of 2,000 rows, on this machine.

    python -m benchmarks.load [--seconds 60] [--write docs/benchmark.md]

Each reviewer signs in, then reads and decides in turns, with a pause between that is on average
`PAUSE` seconds. Fails where a request is answered with an error, or where a decision that was
acknowledged is not in the log afterwards. `--write` puts the figures between the markers of a page.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from trustanswer.model import Citation, Kind, Question, Statement, Verdict, statement_id
from trustanswer.pipeline.accounts import Access
from trustanswer.review.accounts import Role
from trustanswer.review.records import Asked, Review
from trustanswer.review.states import Content
from trustanswer.review.store import Store, sqlite_url

REVIEWERS, ROWS, PAUSE = 50, 2_000, 2.0
PASSWORD = "four words are enough"
BEGIN, END = "<!-- load: made by make load -->", "<!-- /load -->"
READS = ("a question", "the list", "progress")


@dataclass
class Figures:
    """Seconds of each request by what it was, decisions acknowledged, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    computing: float = 0.0  # seconds of the server, from its start to its end
    lock: threading.Lock = field(default_factory=threading.Lock)


# --- what is reviewed ----------------------------------------------------------------------------


def prepare(folder: Path) -> str:
    """A workspace with accounts and a review of `ROWS` drafts; the database's address."""
    (folder / ".trustanswer").mkdir(mode=0o700)
    url = sqlite_url(folder / ".trustanswer" / "trustanswer.db")
    store = Store(url)
    statements = [_statement(n) for n in range(200)]
    asked = [_asked(n, statements[n % 200]) for n in range(1, ROWS + 1)]
    store.start(_review(), b"a file", asked, statements)
    store.close()
    access = Access(url)
    for n in range(REVIEWERS):
        access.put(f"reviewer {n}", Role.REVIEWER, PASSWORD)
    access.close()
    page = "# Trust\n\n## Backups\n\nBackups run nightly.\n"
    (folder / "knowledge").mkdir()
    (folder / "knowledge" / "page.md").write_text(page)
    return url


def _statement(n: int) -> Statement:
    text = f"Measure {n} is in place, and it is looked at by two people once a quarter."
    path = ("Measures", f"Measure {n}")
    return Statement(statement_id(path, text), path, text, "measures.md", (n + 1, n + 1))


def _asked(n: int, statement: Statement) -> Asked:
    cells = {"question_cell": f"A{n}", "answer_cell": f"B{n}", "comment_cell": f"C{n}"}
    text = f"Is measure {n} in place, and how often is it looked at?"
    asked = Question("Questions", n, text=text, kind=Kind.CHOICE, options=("Yes", "No"), **cells)
    content = Content(
        option="Yes",
        answer="Yes",
        comment=f"{statement.text} [{statement.title}]",
        verdict=Verdict.YES,
        citations=(Citation(statement, statement.text),),
        confidence=0.5 + n % 50 / 100,
    )
    return Asked(asked, content, n, (statement.id,))


def _review() -> Review:
    return Review(
        id=0,
        name="questionnaire.xlsx",
        customer="A Bank",
        due=None,
        started_at=datetime.now(UTC),
        started_by="load",
        sha256="0" * 64,
        fingerprint="f" * 64,
        statements=200,
        model="none",
        version="0",
    )


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, int]]:
    """`trustanswer serve` in that folder, until it is left; where it listens."""
    environment = {**os.environ, "TRUSTANSWER_HOME": str(folder / "home")}
    environment.pop("TRUSTANSWER_DATABASE_URL", None)
    command = [sys.executable, "-u", "-m", "trustanswer", "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = next(
            m for line in process.stdout if (m := re.search(r"http://([\d.]+):(\d+)", line))
        )
        yield found[1], int(found[2])
    finally:
        process.terminate()
        process.wait()


# --- a reviewer ----------------------------------------------------------------------------------


@dataclass
class Reviewer:
    """One browser. Its rows are its own, so that no decision of another is in its way."""

    number: int
    address: tuple[str, int]
    figures: Figures
    cookie: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)
        self.link = http.client.HTTPConnection(*self.address, timeout=120)
        share = ROWS // REVIEWERS
        self.seen: dict[int, str] = {}
        self.rows = range(1 + self.number * share, 1 + (self.number + 1) * share)

    def sign_in(self) -> None:
        page = self._ask("GET", "/login").decode()
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"name": f"reviewer {self.number}", "password": PASSWORD, "csrf_token": token}
        self._ask("POST", "/login", urlencode(form), "application/x-www-form-urlencoded")
        self.token = json.loads(self._ask("GET", "/api/session"))["token"]

    def work(self, end: float) -> None:
        while time.monotonic() < end:
            time.sleep(self.chance.expovariate(1 / PAUSE))
            started, what = time.monotonic(), "a decision"
            try:
                if self.chance.random() < 0.4:
                    self._decide()
                else:
                    what = self.chance.choices(READS, (8, 1, 1))[0]
                    self._read(what)
            except Exception as error:
                with self.figures.lock:
                    self.figures.errors.append(f"{what}: {type(error).__name__} {error}")
                self.link.close()
            with self.figures.lock:
                self.figures.seconds[what].append(time.monotonic() - started)

    def _read(self, what: str) -> None:
        row = self.chance.choice(self.rows)
        paths = {"a question": f"/answers/{row}", "the list": "", "progress": "/progress"}
        self._ask("GET", f"/questionnaires/1{paths[what]}")

    def _decide(self) -> None:
        """A remark, or other words for an answer as it was last seen."""
        row, text = self.chance.choice(self.rows), f"{self.number} {self.chance.random()}"
        what, body = "comment", json.dumps({"rows": [row], "text": text})
        if row in self.seen:
            seen = self.seen.pop(row)
            what, body = "edit", json.dumps({"row": row, "seen": seen, "comment": text})
        told = json.loads(
            self._ask("POST", f"/api/questionnaires/1/{what}", body, "application/json")
        )
        self.seen[row] = told["answers"][0]["revision"]
        with self.figures.lock:
            self.figures.acknowledged.append((row, text))

    def _ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> bytes:
        origin = f"http://{self.address[0]}:{self.address[1]}"
        headers = {"Cookie": self.cookie, "Origin": origin, "X-CSRF-Token": self.token}
        if kind:
            headers["Content-Type"] = kind
        if not self.token:
            del headers["X-CSRF-Token"]
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        said = answer.read()
        self.link.close()  # a browser asks anew where the server has hung up meanwhile; this cannot
        if answer.status not in (200, 303):
            raise RuntimeError(f"{answer.status} {said[:200]!r}")
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return said


# --- the whole -----------------------------------------------------------------------------------


def measure(seconds: float) -> Figures:
    """Raises AssertionError where a request failed or a decision is lost."""
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder, figures = Path(name), Figures()
        url = prepare(folder)
        with serving(folder) as address:
            reviewers = [Reviewer(n, address, figures) for n in range(REVIEWERS)]
            for reviewer in reviewers:
                reviewer.sign_in()
            end = time.monotonic() + seconds
            threads = [threading.Thread(target=r.work, args=(end,)) for r in reviewers]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        used = os.times()
        figures.computing = used.children_user + used.children_system
        store = Store(url)
        log = store.log(1)
        kept = {(e.row, e.content.comment if e.content else e.why) for e in log}
        store.close()
    assert not figures.errors, figures.errors[:5]
    assert set(figures.acknowledged) <= kept, "a decision is lost"
    return figures


def table(figures: Figures, seconds: float) -> str:
    """The figures as Markdown."""
    total = sum(map(len, figures.seconds.values()))
    lines = [
        f"{REVIEWERS} reviewers on {ROWS:,} rows for {seconds:.0f} seconds, each doing something "
        f"about every {PAUSE:g} seconds, on {os.cpu_count()} cores (load average before: "
        f"{os.getloadavg()[2]:.1f}): {total:,} requests, no error; "
        f"{len(figures.acknowledged):,} decisions acknowledged, every one in the log. The server "
        f"computed for {figures.computing:.0f} seconds in all, start and 50 sign-ins included.",
        "",
        "| request | count | median, ms | p95, ms | longest, ms |",
        "|---|---|---|---|---|",
    ]
    for what in ("a decision", *READS):
        found = sorted(figures.seconds[what])
        shown = (found[len(found) // 2], found[int(len(found) * 0.95)], found[-1])
        lines.append(
            f"| {what} | {len(found):,} | " + " | ".join(f"{s * 1000:.0f}" for s in shown) + " |"
        )
    return "\n".join(lines)


def put(page: Path, text: str) -> None:
    """Replaces what stands between the markers."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    text = table(measure(asked.seconds), asked.seconds)
    print(text)
    if asked.write:
        put(asked.write, text)


if __name__ == "__main__":
    main()
