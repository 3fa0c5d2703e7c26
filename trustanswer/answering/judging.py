"""Cases judged, and the judgements kept: what the rules said once of the same words they say again.

The file holds the judgements of one state of the rules, named by the digest of their code; those of
another are dropped. A file that cannot be read or written costs time, never a result, and can be
deleted at any time. The rules themselves are loaded when a case comes that is not kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from trustanswer import text
from trustanswer.answering.judgement import Case, Judgement
from trustanswer.model import Flag, Verdict

FILE = "judgements.sqlite"
PORTION = 500  # keys asked for at a time
WAIT = 5.0  # seconds for another program that writes

TABLE = """
create table if not exists kept (key blob primary key, said text not null, crc integer not null)
without rowid
"""
RULES, NAMES = b"rules", b"names of the features"

Stored = dict[bytes, Judgement]


def load_rules() -> None:
    """Loads what the first case would have to wait for."""
    from trustanswer.answering import lexicon, verdict  # noqa: F401  # it is what takes time

    lexicon.lexicon()


def judge_all(cases: Sequence[Case]) -> list[Judgement]:
    """Every case judged anew."""
    from trustanswer.answering.verdict import judge

    return [
        judge(each.question, each.statements, section=each.section, parent=each.parent)
        for each in cases
    ]


class KeepingJudge:
    """A Judge that judges only what it has not judged before."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: where the judgements are kept; None keeps none."""
        self._file = None if folder is None else folder / FILE

    def __call__(self, cases: Sequence[Case]) -> list[Judgement]:
        keyed = [(_key(each), each) for each in cases]
        found = self._kept([key for key, _ in keyed])
        fresh = {key: each for key, each in keyed if key not in found}
        judged = dict(zip(fresh, judge_all([*fresh.values()]), strict=True)) if fresh else {}
        self._keep(judged)
        found.update(judged)
        return [found[key] for key, _ in keyed]

    def _kept(self, keys: Sequence[bytes]) -> Stored:
        if self._file is None or not self._file.exists():
            return {}
        try:
            with _opened(self._file) as connection:
                return dict(_read(connection, keys))
        except (sqlite3.OperationalError, OSError):
            return {}  # somebody else's to read, or locked
        except (sqlite3.Error, ValueError, TypeError):
            with suppress(OSError):
                self._file.unlink(missing_ok=True)  # whatever it holds, it is no judgement
            return {}

    def _keep(self, judged: Stored) -> None:
        if self._file is None or not judged:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _opened(self._file) as connection:
                _write(connection, judged)
        except (sqlite3.Error, OSError):
            return  # a cache that cannot be written costs time on the next run


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The file in one transaction, closed whatever happens.

    What a crash leaves of it is found by its checksums: nothing waits for the disk.
    """
    with closing(sqlite3.connect(file, timeout=WAIT)) as connection:
        connection.execute("pragma synchronous = off")
        connection.execute("pragma journal_mode = memory")
        with connection:
            yield connection


def _read(
    connection: sqlite3.Connection, keys: Sequence[bytes]
) -> Iterator[tuple[bytes, Judgement]]:
    if connection.execute("select 1 from sqlite_master where name = 'kept'").fetchone() is None:
        return
    state = dict(_rows(connection, [RULES, NAMES]))
    if state.get(RULES) != _rules() or NAMES not in state:
        return
    names = json.loads(state[NAMES])
    for key, said in _rows(connection, keys):
        yield key, _judgement(said, names)


def _rows(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    """What is kept under these keys; a row whose checksum fails counts as absent."""
    for start in range(0, len(keys), PORTION):
        portion = keys[start : start + PORTION]
        marks = ",".join("?" * len(portion))
        rows = connection.execute(
            f"select key, said, crc from kept where key in ({marks})", portion
        )
        for key, said, crc in rows:
            if isinstance(said, str) and crc == _checksum(key, said):
                yield key, said


def _write(connection: sqlite3.Connection, judged: Stored) -> None:
    connection.execute(TABLE)
    names = json.dumps([*next(iter(judged.values())).features])
    state = {RULES: _rules(), NAMES: names}
    if dict(_rows(connection, [*state])) != state:
        connection.execute("delete from kept")
    else:
        state = {}
    said = {**state, **{key: _said(each) for key, each in judged.items()}}
    connection.executemany(
        "insert or replace into kept values (?, ?, ?)",
        [(key, words, _checksum(key, words)) for key, words in said.items()],
    )


def _checksum(key: bytes, said: str) -> int:
    return zlib.crc32(key + said.encode())


def _said(judgement: Judgement) -> str:
    return json.dumps(
        [
            judgement.verdict.value,
            judgement.quotes,
            judgement.missing,
            judgement.contradicted,
            [(flag.kind, flag.detail) for flag in judgement.flags],
            [*judgement.features.values()],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _judgement(said: str, names: Sequence[str]) -> Judgement:
    verdict, quotes, missing, contradicted, flags, figures = json.loads(said)
    features: Mapping[str, float] = dict(zip(names, figures, strict=True))
    return Judgement(
        Verdict(verdict),
        tuple((at, tuple(found)) for at, found in quotes),
        tuple(missing),
        tuple(contradicted),
        tuple(Flag(kind, detail) for kind, detail in flags),
        features,
    )


def _key(each: Case) -> bytes:
    """By all that a judgement depends on beside the rules."""
    words = [[*s.path, s.text] for s in each.statements]
    told = json.dumps([each.question, each.section, each.parent, words])
    return hashlib.sha256(told.encode()).digest()[:16]


@cache
def _rules() -> str:
    """SHA-256 (hex) over the code and the vocabulary that judge."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*here.glob("*.py"), *here.glob("*.toml"), Path(text.__file__)]):
        digest.update(file.read_bytes())
    return digest.hexdigest()
