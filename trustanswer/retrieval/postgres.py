"""The index in PostgreSQL: the only module that speaks to pgvector.

The database finds what may be near, by its HNSW index over half-precision vectors and by its
full-text search; the candidates are then scored as the embedded index scores them, with the same
BM25 of the whole knowledge base. Everything in these tables can be deleted at any time: what is
needed comes again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from trustanswer.errors import StoreError
from trustanswer.model import Candidate, Question, Statement
from trustanswer.ports import Embedder, Floats
from trustanswer.retrieval.asked import asked
from trustanswer.retrieval.index import Index
from trustanswer.retrieval.lexical import Collection, terms

if TYPE_CHECKING:
    from psycopg import Connection

T = TypeVar("T")

LOOKED_AT = 60  # statements for each question and way of search, before they are scored
PORTION = 2000  # statements written, and questions asked, at a time
BUILDING = "1GB"  # a graph that fits is built many times faster
EFFORT = 100  # hnsw.ef_search: how widely the graph is walked; more finds more, slower

TABLES = """
create extension if not exists vector;
create table if not exists search_statements (
    model text, digest text, vector halfvec not null, words tsvector not null,
    primary key (model, digest));
create table if not exists search_bases (
    base text primary key, texts integer not null, length double precision not null);
create table if not exists search_members (
    base text references search_bases on delete cascade, digest text, primary key (base, digest));
create index if not exists search_words on search_statements using gin (words);
"""
DENSE = """
select distinct near.digest from asked cross join lateral (
    select s.digest from search_statements s
    where s.model = {model} and exists (
        select from search_members m where m.base = {base} and m.digest = s.digest)
    order by s.vector::halfvec({dimension}) <#> asked.vector::halfvec({dimension})
    limit {limit}) near
"""
WORDS = """
select distinct near.digest from asked cross join lateral (
    select s.digest from search_statements s
    join search_members m on m.base = {base} and m.digest = s.digest
    where s.model = {model} and s.words @@ asked.words
    order by ts_rank(s.words, asked.words) desc, s.digest
    limit {limit}) near
"""
HOLDING = """
select t.term, (
    select count(*) from search_statements s
    join search_members m on m.base = {base} and m.digest = s.digest
    where s.model = {model} and s.words @@ t.query)
from held t
"""


class PostgresIndex:
    """The statements of a knowledge base in a PostgreSQL that has pgvector."""

    def __init__(self, statements: Sequence[Statement], embedder: Embedder, url: str) -> None:
        """`url`: postgresql://USER@HOST/NAME. Raises StoreError where it cannot be used."""
        self._embedder = embedder
        self._url = url.replace("postgresql+psycopg:", "postgresql:", 1)
        self._statements = {_digest(statement): statement for statement in statements}
        joined = "\n".join((embedder.name, *sorted(self._statements)))
        self._base = hashlib.sha256(joined.encode()).hexdigest()[:32]
        if self._statements:
            with self._connected() as connection:
                self._prepare(connection)

    def search(self, questions: Sequence[Question], limit: int) -> list[tuple[Candidate, ...]]:
        """The `limit` nearest statements for each question, nearest first."""
        if not questions or not self._statements:
            return [() for _ in questions]
        with self._connected() as connection:
            near = self._near(connection, questions)
            collection = self._collection(connection, questions)
        found = [one for digest, one in self._statements.items() if digest in near]
        return Index(found, self._embedder, collection=collection).search(questions, limit)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        import psycopg

        try:
            with psycopg.connect(self._url) as connection:
                yield connection
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[0]
            raise StoreError(f"the search index in PostgreSQL: {reason}") from error

    def _run(self, connection: Connection, statement: str, **values: object) -> Any:
        from psycopg import sql

        literals = {name: sql.Literal(value) for name, value in values.items()}
        own = {"model": sql.Literal(self._embedder.name), "base": sql.Literal(self._base)}
        return connection.execute(sql.SQL(statement).format(**own, **literals))

    def _prepare(self, connection: Connection) -> None:
        """Puts in what is not there yet; a knowledge base that was seen costs one look."""
        connection.execute("select pg_advisory_xact_lock(hashtext('trustanswer search'))")
        if self._run(connection, "select to_regclass('search_members')").fetchone() == (None,):
            connection.execute(TABLES)
        known = "select texts from search_bases where base = {base}"
        if self._run(connection, known).fetchone():
            return
        held = self._run(connection, "select digest from search_statements where model = {model}")
        missing = set(self._statements) - {digest for (digest,) in held}
        for portion in _portions([d for d in self._statements if d in missing]):
            dimension = self._add(connection, portion)
        if missing:
            self._index(connection, dimension)
        self._enroll(connection)

    def _add(self, connection: Connection, digests: Sequence[str]) -> int:
        """Writes statements; gives the dimension of their vectors."""
        statements = [self._statements[digest] for digest in digests]
        vectors = self._embedder.encode([f"{s.title}. {s.text}" for s in statements])
        copy = "copy search_statements (model, digest, vector, words) from stdin"
        with connection.cursor().copy(copy) as rows:
            for digest, statement, vector in zip(digests, statements, vectors, strict=True):
                words = _tsvector(terms(f"{statement.title} {statement.text}"))
                rows.write_row((self._embedder.name, digest, _literal(vector), words))
        return int(vectors.shape[1])

    def _index(self, connection: Connection, dimension: int) -> None:
        """An HNSW index for the vectors of this model; they may differ in dimension by model."""
        connection.execute(f"set local maintenance_work_mem = '{BUILDING}'")
        name = f"search_{hashlib.sha256(self._embedder.name.encode()).hexdigest()[:12]}"
        self._run(
            connection,
            f"create index if not exists {name} on search_statements "
            f"using hnsw ((vector::halfvec({dimension})) halfvec_ip_ops) where model = {{model}}",
        )

    def _enroll(self, connection: Connection) -> None:
        lengths = [len(terms(f"{s.title} {s.text}")) for s in self._statements.values()]
        self._run(
            connection,
            "insert into search_bases values ({base}, {texts}, {length})",
            texts=len(lengths),
            length=sum(lengths) / len(lengths) or 1.0,
        )
        with connection.cursor().copy("copy search_members (base, digest) from stdin") as rows:
            for digest in self._statements:
                rows.write_row((self._base, digest))
        connection.execute("analyze search_statements, search_members")

    def _near(self, connection: Connection, questions: Sequence[Question]) -> set[str]:
        """The digests of the statements that are near any of the questions."""
        connection.execute(f"set local hnsw.ef_search = {EFFORT}")
        connection.execute("set local hnsw.iterative_scan = relaxed_order")
        connection.execute("create temp table asked (vector halfvec, words tsquery) on commit drop")
        found: set[str] = set()
        for portion in _portions(questions):
            plain = [question.text for question in portion]
            found_of = asked(portion, self._embedder)
            vectors = np.concatenate([found_of.vectors[: len(plain)], found_of.in_context()])
            connection.execute("truncate asked")
            with connection.cursor().copy("copy asked from stdin") as rows:
                for at, vector in enumerate(vectors):
                    words = _tsquery(terms(plain[at])) if at < len(plain) else ""
                    rows.write_row((_literal(vector), words))
            limits = {"limit": LOOKED_AT}
            dense = self._run(connection, DENSE, dimension=vectors.shape[1], **limits)
            found.update(digest for (digest,) in dense)
            found.update(digest for (digest,) in self._run(connection, WORDS, **limits))
        return found

    def _collection(self, connection: Connection, questions: Sequence[Question]) -> Collection:
        """What BM25 has to know of the whole knowledge base for these questions."""
        named = sorted({term for question in questions for term in terms(question.text)})
        connection.execute("create temp table held (term text, query tsquery) on commit drop")
        with connection.cursor().copy("copy held from stdin") as rows:
            for term in named:
                rows.write_row((term, _tsquery([term])))
        holding = {term: count for term, count in self._run(connection, HOLDING) if count}
        (texts, length) = self._run(
            connection, "select texts, length from search_bases where base = {base}"
        ).fetchone()
        return Collection(texts, length, holding)


def offered(url: str) -> bool:
    """Whether the database at this URL is a PostgreSQL with pgvector."""
    if not url.startswith(("postgres:", "postgresql:", "postgresql+psycopg:")):
        return False
    try:
        import psycopg
    except ImportError as error:
        raise StoreError(f"PostgreSQL: {error}; pip install 'trustanswer[postgres]'") from error
    try:
        with psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:", 1)) as connection:
            named = "select from pg_available_extensions where name = 'vector'"
            return connection.execute(named).fetchone() is not None
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise StoreError(f"the database cannot be used: {reason}") from error


def _portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + PORTION] for start in range(0, len(items), PORTION))


def _digest(statement: Statement) -> str:
    return hashlib.sha256(f"{statement.title}\0{statement.text}".encode()).hexdigest()[:32]


def _literal(vector: Floats) -> str:
    return "[" + ",".join(np.char.mod("%.5g", vector)) + "]"


def _tsvector(names: Sequence[str]) -> str:
    """The terms with their places, as PostgreSQL writes a tsvector; places end at 16,383."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names, start=1):
        places.setdefault(name, []).append(min(place, 16_383))
    return " ".join(
        f"{_quoted(name)}:{','.join(map(str, dict.fromkeys(at[:250])))}"
        for name, at in places.items()
    )


def _tsquery(names: Sequence[str]) -> str:
    return " | ".join(dict.fromkeys(map(_quoted, names)))


def _quoted(name: str) -> str:
    """A term as a lexeme. Cut by characters: PostgreSQL takes 2046 bytes of one."""
    return "'" + name[:500].replace("\\", "\\\\").replace("'", "''") + "'"
