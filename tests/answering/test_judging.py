"""Judgements are kept, and a judgement that was kept is the one that would be made."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from trustanswer.answering import judging
from trustanswer.answering.judgement import Case, Judgement
from trustanswer.answering.judging import FILE, KeepingJudge, judge_all
from trustanswer.model import Statement


def statement(text: str, *path: str) -> Statement:
    return Statement(text, path, text, "trust.md", (1, 1))


BACKUPS = statement("Backups are taken daily and kept for 30 days.", "Data", "Backups")
MFA = statement("Employees sign in with MFA. Contractors are not covered.", "Access")
ASKED = statement("No. We plan to do so in 2026.", "FAQ", "Do you encrypt laptops?")
CASES = [
    Case("Are backups taken at least weekly and tested?", None, None, (BACKUPS,)),
    Case("for how long are they kept?", "Data", "Are backups taken, and", (BACKUPS,)),
    Case("Is MFA enforced for contractors?", "Access", None, (MFA,)),
    Case("Are laptops encrypted?", None, None, (ASKED,)),
    Case("Do all employees use MFA, and are backups encrypted?", None, None, (MFA, BACKUPS)),
    Case("How often are backups taken?", "Données €", None, (BACKUPS, MFA, ASKED)),
]


@pytest.fixture
def nothing_is_judged(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def refuse(cases: Sequence[Case]) -> list[Judgement]:
        raise AssertionError(f"{len(cases)} cases are judged anew")

    monkeypatch.setattr(judging, "judge_all", refuse)
    return monkeypatch


def filled(folder: Path) -> list[Judgement]:
    return KeepingJudge(folder)(CASES)


_OF_SEVERAL_MEANINGS = """
from trustanswer.answering.verdict import judge
from trustanswer.model import Statement
said = "Secrets of contractors are kept in a vault."
found = judge("Do devs commit secrets?", [Statement("1", ("Code",), said, "trust.md", (1, 1))])
print(found)
"""


def test_a_word_of_several_meanings_is_read_alike_in_every_process() -> None:
    def told(seed: int) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", _OF_SEVERAL_MEANINGS]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert len({told(seed) for seed in range(4)}) == 1


def test_what_is_kept_is_what_was_judged(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    expected = judge_all(CASES)
    assert filled(tmp_path) == expected
    request.getfixturevalue("nothing_is_judged")
    assert filled(tmp_path) == expected


def test_one_further_case_is_judged_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    KeepingJudge(tmp_path)(CASES[1:])
    judged: list[Case] = []
    monkeypatch.setattr(
        judging, "judge_all", lambda cases: [judged.append(c) for c in cases] and judge_all(cases)
    )
    assert filled(tmp_path) == judge_all(CASES)
    assert judged == CASES[:1]


@pytest.mark.parametrize(
    "other",
    [
        Case("Are backups taken at least weekly and tested", None, None, (BACKUPS,)),
        Case("Are backups taken at least weekly and tested?", "Data", None, (BACKUPS,)),
        Case("Are backups taken at least weekly and tested?", None, "Data", (BACKUPS,)),
        Case("Are backups taken at least weekly and tested?", None, None, (BACKUPS, MFA)),
        Case(
            "Are backups taken at least weekly and tested?",
            None,
            None,
            (statement(BACKUPS.text, "Data > Backups"),),
        ),
    ],
)
def test_a_case_that_differs_in_anything_is_another(
    tmp_path: Path, other: Case, request: pytest.FixtureRequest
) -> None:
    filled(tmp_path)
    request.getfixturevalue("nothing_is_judged")
    with pytest.raises(AssertionError, match="1 cases"):
        KeepingJudge(tmp_path)([other])


def test_what_other_rules_said_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path)
    monkeypatch.setattr(judging, "_rules", lambda: "another state of the rules")
    with monkeypatch.context() as patch:
        patch.setattr(judging, "judge_all", lambda cases: judge_all(CASES[:1]))
        KeepingJudge(tmp_path)(CASES[:1])
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (3,)


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_random_bytes_in_it_gives_the_right_judgements(
    tmp_path: Path, seed: int
) -> None:
    expected = filled(tmp_path)
    file, chance = tmp_path / FILE, random.Random(seed)
    held = bytearray(file.read_bytes())
    for _ in range(chance.choice([3, 30, 300])):
        held[chance.randrange(len(held))] = chance.randrange(256)
    file.write_bytes(held)
    assert filled(tmp_path) == expected
    assert filled(tmp_path) == expected


def test_a_file_that_is_something_else_is_made_anew(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / FILE).write_text("This is a text, and was never a database. " * 200)
    expected = judge_all(CASES)
    assert filled(tmp_path) == expected
    request.getfixturevalue("nothing_is_judged")
    assert filled(tmp_path) == expected


def test_where_nothing_can_be_kept_everything_is_judged(tmp_path: Path) -> None:
    place = tmp_path / "a file, no folder"
    place.write_text("")
    assert filled(place) == judge_all(CASES)
    assert KeepingJudge(None)(CASES) == judge_all(CASES)
