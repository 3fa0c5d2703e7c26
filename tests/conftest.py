"""What every test may ask for: the project's own folders, the larger sets beside it, a command."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real documents and questionnaires that are not the project's to carry."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of vectors for the whole run: nothing outside the tests' own folders is written."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTANSWER_HOME", str(home))


@dataclass(frozen=True)
class Run:
    """What a command gave: its exit status and what it wrote."""

    status: int
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture
def trustanswer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line as a user would, in this process."""
    from trustanswer.cli import main

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["trustanswer", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        captured = capsys.readouterr()
        return Run(status, captured.out, captured.err)

    return run


def looked_at_today(source: Path, target: Path) -> Path:
    """A copy of a trust center, looked at today: no draft on it is held below the high band."""
    target.mkdir()
    for page in source.glob("*.md"):
        dated = re.sub("(?<=Last updated: ).*", f"{date.today():%B %d, %Y}", page.read_text())
        (target / page.name).write_text(dated)
    return target


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
