"""The documents say what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from trustanswer.answering.calibration import HIGH_RISK, SHOWN_RISK


def test_the_reference_of_the_command_line_is_the_commands_own(root: Path, tmp_path: Path) -> None:
    made = tmp_path / "cli.md"
    command = [
        *(sys.executable, "-m", "typer", "trustanswer.cli", "utils", "docs"),
        *("--name", "trustanswer", "--output", str(made)),
    ]
    subprocess.run(command, check=True, capture_output=True)
    kept = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert made.read_text(encoding="utf-8") == kept, "run: make docs"


@pytest.mark.parametrize(
    "page", ["README.md", "docs/architecture.md", "CHANGELOG.md", "docs/security.md", "SECURITY.md"]
)
def test_every_link_leads_somewhere(root: Path, page: str) -> None:
    file = root / page
    links = re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8"))
    assert all((file.parent / link).exists() for link in links), links


def test_the_readme_names_every_command(root: Path) -> None:
    from typer.main import get_command

    from trustanswer.cli import app

    readme = (root / "README.md").read_text(encoding="utf-8")
    commands = getattr(get_command(app), "commands", {})
    missing = [name for name in commands if f"trustanswer {name}" not in readme]
    assert commands
    assert not missing


def test_the_risks_that_the_bands_are_chosen_for_are_those_in_the_documents(root: Path) -> None:
    page = " ".join((root / "docs" / "quality.md").read_text(encoding="utf-8").split())
    assert f"at most {SHOWN_RISK:.0%} of all that are shown need correction" in page
    assert f"begins where at most {HIGH_RISK:.0%} of those do" in page
