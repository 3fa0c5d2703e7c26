"""Files from strangers: each is read correctly, or refused in one line; none is changed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.hostile.packages import File, asking, book, packages
from tests.hostile.texts import TABLE, documents, mappings, questionnaires
from tests.hostile.worker import GROWTH, SECONDS
from trustanswer.errors import WorkbookError
from trustanswer.limits import LIMITS
from trustanswer.workbook.grid import read_book

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


WORKERS = 2  # processes at once


def answers(task: str, files: Iterable[File], folder: Path) -> dict[str, dict[str, Any]]:
    """What the program said to each file, after checks that hold for all of them."""
    before = {}
    for name, data in files:
        (folder / name).write_bytes(data)
        before[name] = hashlib.sha256(data).digest()
    names = list(before)
    with ThreadPoolExecutor(WORKERS) as threads:
        shares = [names[n::WORKERS] for n in range(WORKERS)]
        told = threads.map(lambda share: _told(task, share, folder), shares)
        found = {name: answer for share in told for name, answer in share.items()}
    for name, answer in found.items():
        assert not answer["trouble"], answer
        assert answer["seconds"] < SECONDS, answer
        assert answer["grown"] < GROWTH, answer
        assert len(answer["lines"]) == answer["status"] <= 1, answer
        assert hashlib.sha256((folder / name).read_bytes()).digest() == before[name], name
    assert {path.name for path in folder.iterdir()} == set(before)
    return found


def _told(task: str, names: list[str], folder: Path) -> dict[str, dict[str, Any]]:
    """What one process said to these files, one after the other."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.hostile.worker", task, str(folder)],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        check=False,
    )
    found = {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert list(found) == names, f"it ended at {[*found][-1:]}: {done.stderr[-500:]}"
    return found


def test_hostile_questionnaires(tmp_path: Path) -> None:
    found = answers("questionnaires", [*packages(), *questionnaires()], tmp_path)
    assert len(found) >= 600
    refused = {name for name, answer in found.items() if answer["status"]}
    assert refused >= {
        *("laughs-sheet1.xml.xlsx", "laughs-utf-16.xlsx", "file-workbook.xml.xlsx"),
        *(
            "bomb-sheet.xlsx",
            "bomb-one-row.xlsx",
            "deep-300-sheet1.xml.xlsx",
            "in-utf-7-declared.xlsx",
        ),
        *("name-0.xlsx", "twice-sheet1.xml.xlsx", "merge-30000.xlsx", "entries-many.xlsx"),
    }
    assert not refused & {
        *("stored.xlsx", "rule-all.xlsx", "dropdown-loop.xlsx", "script.xlsx"),
        *(
            "in-utf-16.xlsx",
            "dimension.xlsx",
            "in-utf-8-sig.csv",
            "bytes-5.csv",
            "cells-45000.xlsx",
        ),
    }
    (merged,) = found["merge-all.xlsx"]["lines"]  # one cell to a reader, however large: no limit
    assert "no questions found" in merged


def test_hostile_mappings(tmp_path: Path) -> None:
    table = ("questionnaire.csv", TABLE.encode())
    assert len(answers("mappings", [table, *mappings()], tmp_path)) > 20


def test_hostile_documents(tmp_path: Path) -> None:
    assert len(answers("documents", documents(), tmp_path)) > 60


# --- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"),
    [
        *(("file_bytes", 500), ("entries", 3), ("unpacked_bytes", 1_000), ("part_bytes", 100)),
        *(("markup", 20), ("cells", 3), ("characters", 40), ("cell_text", 10), ("ranges", 1)),
        *(("merged_rows", 5), ("strings", 1)),
    ],
)
def test_each_limit_of_a_workbook_refuses_with_its_own_name(
    tmp_path: Path, name: str, most: int
) -> None:
    merges = '<mergeCells><mergeCell ref="B1:C9"/><mergeCell ref="B11:C19"/></mergeCells>'
    strings = b"<sst><si><t>a</t></si><si><t>b</t></si></sst>"
    parts = {"xl/sharedStrings.xml": strings}
    file = tmp_path / "book.xlsx"
    file.write_bytes(_with_strings(asking(after=merges), parts))
    read_book(file)
    with pytest.raises(WorkbookError, match=rf"^book\.xlsx .*raise {name} under \[limits\]"):
        read_book(file, replace(LIMITS, **{name: most}))


def _with_strings(sheet: str, parts: dict[str, bytes]) -> bytes:
    from tests.hostile.packages import BOOK_RELATIONS
    from tests.workbook.books import RELATIONS, parts_of

    relation = (
        f'<Relationship Id="rId9" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    listed = parts_of("")[BOOK_RELATIONS].decode()
    listed = listed.replace("</Relationships>", f"{relation}</Relationships>")
    return book(sheet, **{**parts, BOOK_RELATIONS: listed.encode()})


def test_a_limit_is_lowered_and_raised_in_trustanswer_toml(
    trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.csv").write_text("Question,Answer\n" + "Do you encrypt it?,\n" * 3)
    assert trustanswer("inspect", "q.csv").status == 0
    (tmp_path / "trustanswer.toml").write_text("[limits]\nquestions = 2\n")
    refused = trustanswer("inspect", "q.csv")
    assert refused.status == 1
    assert "asks more than 2 questions" in refused.err
    (tmp_path / "trustanswer.toml").write_text("[limits]\nquestions = 3\n")
    assert trustanswer("inspect", "q.csv").status == 0


@pytest.mark.parametrize(
    ("table", "says"),
    [("cell = 5", "has no cell"), ("cells = 0", "above 0"), ('cells = "5"', "whole number")],
)
def test_a_limit_that_means_nothing_is_named(
    trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.csv").write_text(TABLE)
    (tmp_path / "trustanswer.toml").write_text(f"[limits]\n{table}\n")
    refused = trustanswer("inspect", "q.csv")
    assert refused.status == 1
    assert says in refused.err
    assert len(refused.err.splitlines()) == 1


@pytest.mark.parametrize("option", ["documents", "statements", "document_bytes", "document_text"])
def test_each_limit_of_a_knowledge_base_is_named(
    trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knowledge").mkdir()
    for name in ("a.md", "b.md"):
        page = "# Trust\n\n## Access\n\nWe restrict access.\n\n## Backups\n\nBackups run nightly.\n"
        (tmp_path / "knowledge" / name).write_text(page)
    assert trustanswer("kb", "list").status == 0
    (tmp_path / "trustanswer.toml").write_text(f"[limits]\n{option} = 1\n")
    refused = trustanswer("kb", "list")
    assert refused.status == 1
    assert f"raise {option} under [limits]" in refused.err


def test_what_a_file_says_never_commands_the_terminal(trustanswer: Command, tmp_path: Path) -> None:
    file = tmp_path / "q\x1b[31m\n.csv"
    file.write_text("Question,Answer\nDo you \x1b[2J\x9b encrypt \u202e data?,\n")
    shown = trustanswer("inspect", file)
    assert shown.status == 0
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown.out)
    file.write_bytes(b"PK\x03\x04")
    refused = trustanswer("inspect", file)
    assert len(refused.err.splitlines()) == 1
    assert "\x1b" not in refused.err
