"""Where a command may write: what it refuses before it begins, in one line, with nothing lost."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from tests.conftest import Command, Run

LONG = "n" * 300


@pytest.fixture
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one of everything that commands read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    (tmp_path / "kn").mkdir()
    (tmp_path / "kn" / "01-access.md").write_text("# Trust\n\n## Access\n\nStaff use keys.\n")
    (tmp_path / "kn" / "past.csv").write_text("Question,Answer\nDo staff use keys?,Yes\n")
    (tmp_path / "kn" / "03-linked.md").symlink_to(tmp_path / "elsewhere.md")
    (tmp_path / "elsewhere.md").write_text("# Trust\n\n## Backups\n\nBackups run nightly.\n")
    (tmp_path / "newer").mkdir()
    (tmp_path / "newer" / "01-access.md").write_text("# Trust\n\n## Access\n\nStaff use cards.\n")
    (tmp_path / "asked.csv").write_text("Question,Answer\nDo staff use keys?,\n")
    shutil.copy(root / "questionnaires" / "bank.xlsx", tmp_path)
    (tmp_path / "m.toml").write_text('[[table]]\nrows = "2-2"\nquestion = "A"\nanswer = "B"\n')
    (tmp_path / "labels.jsonl").write_text('{"question": "Do staff use keys?"}\n')
    (tmp_path / "trustanswer.toml").write_text('knowledge = "kn"\n')
    (tmp_path / "d").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    return tmp_path


def everything(folder: Path) -> dict[Path, bytes]:
    return {f: f.read_bytes() if f.is_file() else b"" for f in sorted(folder.rglob("*"))}


def refused(done: Run) -> str:
    assert done.status == 1, done
    assert done.out == ""
    (line,) = done.err.strip().splitlines()
    assert line.startswith("error: ")
    return line


READ = [
    "fill asked.csv -o x.csv --json asked.csv",
    "fill asked.csv -o ../desk/asked.csv",
    "fill asked.csv --mapping m.toml --json m.toml",
    "fill asked.csv -o kn/past.csv",
    "fill asked.csv --json kn/01-access.md",
    "inspect asked.csv --json asked.csv",
    "inspect asked.csv --save-mapping asked.csv",
    "inspect asked.csv --mapping m.toml --json m.toml",
    "kb list --json kn/01-access.md",
    "kb list --json elsewhere.md",
    "kb list --json trustanswer.toml",
    "kb diff kn newer --json newer/01-access.md",
    "kb gaps asked.csv --json asked.csv",
    "eval labels.jsonl --json labels.jsonl",
    "eval labels.jsonl --curve labels.jsonl",
    "eval labels.jsonl --save-calibration kn/01-access.md",
]


@pytest.mark.parametrize("words", READ)
def test_what_a_command_reads_is_never_written_over(
    trustanswer: Command, desk: Path, words: str
) -> None:
    before = everything(desk)
    words = words.replace("../desk", f"../{desk.name}")
    assert "is a file that this command reads; name another file" in refused(
        trustanswer(*words.split())
    )
    assert everything(desk) == before


def test_the_reviews_kept_here_are_never_written_over(trustanswer: Command, desk: Path) -> None:
    (desk / ".trustanswer").mkdir()
    (desk / ".trustanswer" / "trustanswer.db").write_bytes(b"every decision")
    before = everything(desk)
    refused(trustanswer("kb", "list", "--json", ".trustanswer/trustanswer.db"))
    assert everything(desk) == before


@pytest.mark.parametrize(
    "words",
    [
        "fill asked.csv -o ok.csv --json ok.csv",
        "fill asked.csv --json asked.filled.csv",
        "inspect asked.csv --save-mapping i --json d/../i",
        "eval labels.jsonl --json e --curve e",
    ],
)
def test_two_outputs_are_never_one_file(trustanswer: Command, desk: Path, words: str) -> None:
    before = everything(desk)
    assert "are one file" in refused(trustanswer(*words.split()))
    assert everything(desk) == before


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("fill asked.csv -o only.xlsx", "name a .csv file"),
        ("fill bank.xlsx -o only.csv", "name a .xlsx file"),
        ("fill bank.xlsx -o only.xlsm", "name a .xlsx file"),
        ("fill bank.xlsx -o out.txt", "name a .xlsx file"),
        ("fill bank.xlsx -o out", "name a .xlsx file"),
        ("fill asked.txt -o out.xlsx", "name a .txt or .csv or .tsv file"),
        ("fill bank -o out.csv", "name a .xlsx or .xlsm file"),
    ],
)
def test_a_copy_that_would_not_open_under_its_ending_is_refused(
    trustanswer: Command, desk: Path, words: str, advice: str
) -> None:
    shutil.copy("asked.csv", "asked.txt")
    shutil.copy("bank.xlsx", "bank")
    before = everything(desk)
    assert advice in refused(trustanswer(*words.split()))
    assert everything(desk) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fill", "."], "is a folder"),
        (["fill", ""], "is a folder"),
        (["fill", "/"], "is a folder"),
        (["fill", f"{LONG}.csv"], "too long"),
        (["fill", "asked.csv", "-o", f"{LONG}.csv"], "too long"),
        (["fill", "asked.csv", "-o", "pipe.csv"], "no regular file"),
        (["fill", "asked.csv", "-o", "nodir/o.csv"], "no folder nodir"),
        (["fill", "asked.csv", "-o", "asked.csv/o.csv"], "no folder asked.csv"),
        (["fill", "asked.csv", "--json", "nodir/r.json"], "no folder nodir"),
        (["fill", "asked.csv", "--mapping", f"{LONG}.toml"], "too long"),
        (["fill", "asked.csv", "-k", LONG], "too long"),
        (["inspect", f"{LONG}.csv"], "too long"),
        (["inspect", "asked.csv", "--save-mapping", "d"], "is a folder"),
        (["inspect", "asked.csv", "--save-mapping", "nodir/m.toml"], "no folder nodir"),
        (["inspect", "asked.csv", "--save-mapping", LONG], "too long"),
        (["kb", "list", "--json", "d"], "is a folder"),
        (["eval", "labels.jsonl", "--curve", "nodir/c.svg"], "no folder nodir"),
        (["eval", LONG], "too long"),
        (["review", "start", f"{LONG}.csv"], "too long"),
    ],
)
def test_a_wrong_path_is_one_clear_line_and_nothing_is_written(
    trustanswer: Command, desk: Path, words: list[str], says: str
) -> None:
    before = everything(desk)
    assert says in refused(trustanswer(*words))
    assert everything(desk) == before


def test_what_a_former_run_wrote_may_be_written_again(trustanswer: Command, desk: Path) -> None:
    words = ("fill", "asked.csv", "-k", "kn", "--json", "kn/report.json")
    for _ in range(2):
        assert trustanswer(*words).status == 0
    assert {"asked.filled.csv", "kn/report.json"} <= {
        f.relative_to(desk).as_posix() for f in everything(desk)
    }


def test_a_report_may_go_into_a_pipe(trustanswer: Command, desk: Path) -> None:
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append((desk / "pipe.csv").read_text()))
    reader.start()
    done = trustanswer("inspect", "asked.csv", "--json", "pipe.csv")
    reader.join()
    assert done.status == 0
    assert '"questions"' in found[0]
    assert (desk / "pipe.csv").is_fifo()


def test_a_report_goes_where_a_link_leads(trustanswer: Command, desk: Path) -> None:
    (desk / "latest.json").symlink_to("d/today.json")
    assert trustanswer("inspect", "asked.csv", "--json", "latest.json").status == 0
    assert (desk / "latest.json").is_symlink()
    assert '"questions"' in (desk / "d" / "today.json").read_text()
