"""A server of its own for every test, over a copy of a workspace that is drafted once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import looked_at_today
from tests.web.browser import PASSWORD, Person, Visit, chromium, running
from trustanswer.pipeline import Settings
from trustanswer.pipeline.accounts import Access
from trustanswer.pipeline.settings import DATABASE_URL
from trustanswer.pipeline.starting import read_in, start
from trustanswer.pipeline.workspace import Workspace
from trustanswer.review.accounts import Role
from trustanswer.review.states import Rules
from trustanswer.review.store import Store, sqlite_url
from trustanswer.web.app import create_app
from trustanswer.web.site import Site
from trustanswer.web.visitors import Cookies, Throttle

ORIGIN = "http://127.0.0.1:8321"
DATABASE = "trustanswer.db"


class Clock:
    """Seconds that pass when a test says so."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_shared_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_URL, raising=False)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The project's trust center, looked at today: nothing on it is held below the high band."""
    return looked_at_today(root / "knowledge", tmp_path_factory.mktemp("fresh") / "knowledge")


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory, home: Path, root: Path, fresh: Path) -> Path:
    """A database with one review: questionnaires/bank.xlsx for a bank, drafted."""
    file = tmp_path_factory.mktemp("drafted") / DATABASE
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUSTANSWER_HOME", str(home))
        workspace = Workspace(Store(sqlite_url(file)), Rules())
        settings = Settings(knowledge=fresh)
        bank = root / "questionnaires" / "bank.xlsx"
        start(workspace, read_in(bank, settings), settings, by="Ann", customer="A Bank")
    workspace.store.close()
    return file


@pytest.fixture(scope="session")
def staffed(drafted: Path) -> Path:
    """The same, with an account for each role."""
    file = drafted.with_name(f"staffed-{DATABASE}")
    shutil.copy(drafted, file)
    access = Access(sqlite_url(file))
    for role in Role:
        access.put(role.value, role, PASSWORD)
    access.close()
    return file


@dataclass
class Desk:
    """A site, and ways to come to it."""

    site: Site
    clock: Clock

    def client(self) -> TestClient:
        """A browser that has not been here yet; like one, it says which page it comes from."""
        app = create_app(self.site)
        return TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)

    def signed_in(self, name: str) -> TestClient:
        """A browser of this person, whose writes carry their token."""
        client = self.client()
        token = client.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"name": name, "password": PASSWORD, "csrf_token": token}
        assert client.post("/login", data=form).status_code == 303
        return with_token(client)

    def here(self) -> TestClient:
        """The browser of the person at this machine."""
        return with_token(self.client())


def with_token(client: TestClient) -> TestClient:
    client.headers["X-CSRF-Token"] = client.get("/api/session").json()["token"]
    return client


MakeDesk = Callable[..., Desk]


@pytest.fixture
def desk(tmp_path: Path, drafted: Path, staffed: Path, fresh: Path) -> Iterator[MakeDesk]:
    """Makes a desk: with accounts (one for each role, named after it) or for one person."""
    opened: list[Desk] = []

    def make(*, accounts: bool = False, rules: Rules | None = None) -> Desk:
        file = tmp_path / f"{len(opened)}-{DATABASE}"
        shutil.copy(staffed if accounts else drafted, file)
        url, clock = sqlite_url(file), Clock()
        access = Access(url)
        site = Site(
            workspace=Workspace(Store(url), rules or Rules()),
            settings=Settings(knowledge=fresh),
            access=access,
            cookies=Cookies(access.secret(), "trustanswer-8321", secure=False),
            throttle=Throttle(clock),
            origins=frozenset({ORIGIN}),
            local_user=None if accounts else "Ann",
        )
        opened.append(Desk(site, clock))
        return opened[-1]

    yield make
    for each in opened:
        each.site.workspace.store.close()
        each.site.access.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Opens a browser of its own at a desk; several may visit the same one."""
    with ExitStack() as stack:
        served: dict[int, str] = {}
        people: list[Person] = []

        def come(desk: Desk, name: str | None = None, **more: Any) -> Person:
            if id(desk) not in served:
                served[id(desk)] = stack.enter_context(running(desk.site))
            context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **more})
            stack.callback(context.close)
            context.set_default_timeout(20_000)
            people.append(Person(context.new_page(), served[id(desk)]))
            if name is not None:
                people[-1].sign_in(name)
            return people[-1]

        yield come
        for person in people:
            assert person.troubles == []
            assert person.hosts <= {person.url.split("/")[2]}, "asked another host for something"
