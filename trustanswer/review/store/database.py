"""Opening a database: its dialect's settings, its shape, its errors in plain words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from trustanswer.errors import StoreError
from trustanswer.review.migrations import HEAD

WAIT = 30  # seconds for another process to finish writing
SHAPES = "write postgresql://USER@HOST/NAME or sqlite:///FILE"


class Database:
    """An open database, brought to the newest shape. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy writes it: sqlite:///FILE or postgresql://USER@HOST/NAME."""
        self._engine = engine(url)
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    def _bring_up_to_date(self) -> None:
        with self._reading() as connection:
            current = shape(connection)
        if current != HEAD:
            with self._writing() as connection:
                migrate(connection)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plainly(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with plainly(self._engine), self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection


def sqlite_url(file: Path) -> str:
    return sa.URL.create("sqlite", database=str(file)).render_as_string()


def engine(url: str) -> Engine:
    """Raises StoreError for a URL that names no SQLite or PostgreSQL."""
    try:
        parsed = sa.make_url(url)
    except SQLAlchemyError:
        raise StoreError(
            f"TRUSTANSWER_DATABASE_URL is no address of a database: {SHAPES}"
        ) from None
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        made = sa.create_engine(parsed, connect_args={"timeout": WAIT})
        sa.event.listen(made, "connect", _set_up_sqlite)
        sa.event.listen(made, "begin", _begin_sqlite)
        return made
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        try:
            return sa.create_engine(parsed.set(drivername="postgresql+psycopg"))
        except ImportError as error:
            raise StoreError(f"PostgreSQL: {error}; pip install 'trustanswer[postgres]'") from error
    raise StoreError(f"TRUSTANSWER_DATABASE_URL: {parsed.drivername} cannot be used; {SHAPES}")


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin in _begin_sqlite, not in the driver
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Turns on the write-ahead log, once the process that is turning it on at this moment has.

    SQLite waits for a writer in every other statement; here it gives up at once if there is one.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # or a finer code of it
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(connection: Connection) -> None:
    """Runs the migrations that are missing; two processes that open at once take turns."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(7250113)"))  # any fixed number
    current = shape(connection)
    if current == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"the database has the shape {current}, which this version does not know; "
            "use the newer trustanswer that made it"
        ) from error


def shape(connection: Connection) -> str | None:
    """The newest migration that the database has seen; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
    version: str | None = found.scalar_one_or_none()
    return version


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"the database {place} cannot be used: {_first_line(error)}") from error
    except (ValueError, KeyError, TypeError) as error:  # a row that does not read as we write it
        place = engine.url.render_as_string(hide_password=True)
        raise StoreError(
            f"the database {place} is damaged ({_first_line(error)}); put a copy of it back"
        ) from error


def _first_line(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]
