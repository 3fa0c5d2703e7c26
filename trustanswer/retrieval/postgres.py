"""The index in PostgreSQL: the only module that speaks to pgvector.

The database finds what may be near, by its HNSW index over half-precision vectors and by its
full-text search; the candidates are then scored as the embedded index scores them, with the same
BM25 of the whole knowledge base. Everything in these tables can be deleted at any time: what is
needed comes again.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
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

LOOKED_AT = 120  # statements for each question and way of search, before they are scored
# Statements for each question that hold the words it is ranked by, the rarest first: what half of a
# large knowledge base holds tells little, and would cost the reading of all of it.
RANKED = 2000
PORTION = 2000  # statements written, and questions asked, at a time
BUILDING = "2GB"  # a graph that fits is built many times faster
EFFORT = 200  # hnsw.ef_search: how widely the graph is walked; more finds more, slower

TABLES = """
create extension if not exists vector;
create table if not exists search_statements (
    model text, digest text, vector halfvec not null, words tsvector not null,
    primary key (model, digest));
create table if not exists search_bases (
    base text primary key, texts integer not null, length double precision not null);
create table if not exists search_members (
    base text references search_bases on delete cascade, digest text, primary key (base, digest));
create table if not exists search_terms (
    base text references search_bases on delete cascade, term text, texts integer not null,
    primary key (base, term));
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
HOLDING = "select term, texts from search_terms where base = {base} and term = any({named})"


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
            collection = self._collection(connection, questions)
            near = self._near(connection, questions, collection)
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
        if self._run(connection, "select to_regclass('search_terms')").fetchone() == (None,):
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
        found = [terms(f"{s.title} {s.text}") for s in self._statements.values()]
        lengths = [len(each) for each in found]
        holding = Counter(_lexeme(term) for each in found for term in set(each))
        self._run(
            connection,
            "insert into search_bases values ({base}, {texts}, {length})",
            texts=len(lengths),
            length=sum(lengths) / len(lengths) or 1.0,
        )
        with connection.cursor().copy("copy search_members (base, digest) from stdin") as rows:
            for digest in self._statements:
                rows.write_row((self._base, digest))
        with connection.cursor().copy("copy search_terms (base, term, texts) from stdin") as rows:
            for term, texts in holding.items():
                rows.write_row((self._base, term, texts))
        connection.execute("analyze search_statements, search_members, search_terms")

    def _near(
        self, connection: Connection, questions: Sequence[Question], collection: Collection
    ) -> set[str]:
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
                    # Never an empty query: the server has a notice for each, and stands still when
                    # thousands of them wait for a client that is still writing.
                    words = _rarest(plain[at], collection) if at < len(plain) else None
                    rows.write_row((_literal(vector), words or None))
            limits = {"limit": LOOKED_AT}
            dense = self._run(connection, DENSE, dimension=vectors.shape[1], **limits)
            found.update(digest for (digest,) in dense)
            found.update(digest for (digest,) in self._run(connection, WORDS, **limits))
        return found

    def _collection(self, connection: Connection, questions: Sequence[Question]) -> Collection:
        """What BM25 has to know of the whole knowledge base for these questions."""
        named = {_lexeme(t): t for question in questions for t in terms(question.text)}
        found = self._run(connection, HOLDING, named=[*named])
        holding = {named[term]: count for term, count in found}
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
    return "[" + ",".join(["%.5g"] * len(vector)) % tuple(vector.tolist()) + "]"


def _tsvector(names: Sequence[str]) -> str:
    """The terms with their places, as PostgreSQL writes a tsvector; places end at 16,383."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names, start=1):
        places.setdefault(name, []).append(min(place, 16_383))
    return " ".join(
        f"{_quoted(name)}:{','.join(map(str, dict.fromkeys(at[:250])))}"
        for name, at in places.items()
    )


def _rarest(question: str, collection: Collection) -> str:
    """A tsquery of the question's rarest terms, as many as RANKED statements hold; one at least."""
    holding = collection.holding
    held = sorted({t for t in terms(question) if t in holding}, key=lambda t: (holding[t], t))
    reached = itertools.accumulate(holding[term] for term in held)
    kept = [t for n, (t, so_far) in enumerate(zip(held, reached, strict=True))
            if not n or so_far <= RANKED]  # fmt: skip
    return " | ".join(map(_quoted, kept))


def _lexeme(term: str) -> str:
    """A term cut by characters: PostgreSQL takes 2046 bytes of one."""
    return term[:500]


def _quoted(name: str) -> str:
    return "'" + _lexeme(name).replace("\\", "\\\\").replace("'", "''") + "'"
