"""The commands `serve` and `user`, as they are typed."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Command
from trustanswer.pipeline.accounts import open_access

PASSWORD = "four words are enough"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def add(trustanswer: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    def run(*arguments: str | Path, password: str = PASSWORD):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
        return trustanswer("user", "add", *arguments)

    return run


def test_an_account_is_added_changed_listed_and_removed(add: Command, trustanswer: Command) -> None:
    assert add("Ann", "--role", "viewer").out == "Added Ann, viewer.\n"
    assert add("ann", "--role", "admin").out == "Changed ann, admin.\n"
    assert trustanswer("user", "list").out == "ann, admin\n"
    access = open_access()
    assert access.sign_in("ANN", PASSWORD) is not None
    assert access.sign_in("Ann", "something else entirely") is None
    access.close()
    assert trustanswer("user", "remove", "Ann").status == 0
    assert trustanswer("user", "list").out == ""


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("Ann", "short", "12 to 200"), ("", PASSWORD, "a name"), ("a\x07b", PASSWORD, "printable")],
)
def test_what_will_not_do_as_an_account_gets_one_clear_line(
    add: Command, name: str, password: str, said: str
) -> None:
    done = add(name, "--role", "viewer", password=password)
    assert done.status == 1
    assert said in done.err
    assert done.err.count("\n") == 1


def test_there_are_four_roles(add: Command, trustanswer: Command) -> None:
    assert add("Ann", "--role", "king").status == 2
    assert trustanswer("user", "remove", "Nobody").status == 1


def test_without_accounts_only_this_machine_is_served(trustanswer: Command, root: Path) -> None:
    done = trustanswer("serve", "-k", root / "knowledge", "--host", "0.0.0.0", "--port", "0")
    assert done.status == 1
    assert "user add" in done.err


def test_for_every_address_one_says_how_browsers_come(
    add: Command, trustanswer: Command, root: Path
) -> None:
    add("Ann", "--role", "admin")
    serve = ("serve", "-k", root / "knowledge", "--host", "0.0.0.0", "--port", "0")
    assert "--url" in trustanswer(*serve).err
    assert "https://" in trustanswer(*serve, "--url", "answers.example.com").err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("-k", "nowhere"), "nowhere: no such file or folder"),
        (("-k", "blank"), "blank: the folder holds no documents"),
        (("-k", "trust.md", "--tag", "region=eu"), "no statement of trust.md may be used"),
        (("-k", "trust.md", "--model", "nowhere"), "the model 'nowhere' cannot be loaded"),
    ],
)
def test_what_nothing_could_be_drafted_from_is_refused_before_anything_is_served(
    trustanswer: Command, tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    (tmp_path / "blank").mkdir()
    page = "---\ntags: {region: us}\n---\n# Trust\n\n## Backups\n\nBackups run nightly.\n"
    (tmp_path / "trust.md").write_text(page)
    done = trustanswer("serve", *options, "--port", "0")
    assert (done.status, done.out) == (1, "")
    assert len(done.err.strip().splitlines()) == 1
    assert says in done.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["blank", "trust.md"]


def test_without_a_knowledge_base_reviews_are_served_and_it_is_said(
    trustanswer: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    done = trustanswer("serve", "--port", "0")
    assert done.status == 0
    assert "No knowledge base" in done.out


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`trustanswer serve` as a process of its own, and its address."""
    command = [sys.executable, "-m", "trustanswer", "serve", "-k", root / "knowledge"]
    process = subprocess.Popen(
        [*map(str, command), "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://[\d.:]+", process.stdout.readline())
    assert found is not None
    yield found.group(), process
    process.kill()
    process.communicate()


def test_serve_says_where_it_is_and_ends_when_it_is_told_to(
    served: tuple[str, subprocess.Popen[str]],
) -> None:
    url, process = served
    with urllib.request.urlopen(f"{url}/statements", timeout=60) as answer:
        assert "Trust center" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
