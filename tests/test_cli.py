"""The command line: what it prints, what it refuses, and what it does not load."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from rich.console import Console

from tests.conftest import Command, read_json
from trustanswer.render.terminal import print_aligned, table_of

ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")
ANSWER_FIELDS = {
    *("sheet", "row", "question_cell", "answer_cell", "answer_cells", "comment_cell", "question"),
    *("section", "parent", "kind", "options", "prefilled", "status", "verdict", "option"),
    *("answer", "comment", "confidence", "citations", "flags", "reason"),
}


@pytest.fixture
def kitchen(tmp_path: Path) -> Path:
    page = tmp_path / "kitchen.md"
    page.write_text("# Kitchen\n\n## Access\n\nGuests sign in with a hardware key.\n")
    return page


# --- the reports -------------------------------------------------------------------------------


def test_fill_reports_what_scripts_hold_on_to(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    source, report = root / "questionnaires" / "startup.csv", tmp_path / "a.json"
    done = trustanswer(
        "fill", source, "-k", root / "knowledge", "-o", tmp_path / "o.csv", "--json", report
    )
    assert done.status == 0
    found = read_json(report)
    assert set(found) == {
        *("questionnaire", "out", "knowledge", "model", "seconds", "parts", "answers")
    }
    assert set(found["knowledge"]) == {"fingerprint", "statements"}
    assert all(set(a) >= ANSWER_FIELDS for a in found["answers"])
    assert {a["sheet"] for a in found["answers"]} == {a["answer_cell"] for a in found["answers"]}
    assert {a["sheet"] for a in found["answers"]} == {None}


def test_inspect_reconciles_every_row(trustanswer: Command, root: Path, tmp_path: Path) -> None:
    report = tmp_path / "i.json"
    done = trustanswer("inspect", root / "questionnaires" / "bank.xlsx", "--json", report)
    assert done.status == 0
    found = read_json(report)
    asked, others = len(found["questions"]), len(found["others"])
    assert f"{asked + others} rows with text = {asked} questions + {others} other" in done.out
    assert all(other["reason"] for other in found["others"])


def test_a_saved_mapping_gives_the_same_questions_back(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    source, mapping = root / "questionnaires" / "bank.xlsx", tmp_path / "m.toml"
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert trustanswer("inspect", source, "--save-mapping", mapping, "--json", one).status == 0
    assert trustanswer("inspect", source, "--mapping", mapping, "--json", two).status == 0
    places = [
        [(q["sheet"], q["row"], q["answer_cell"], q["comment_cell"]) for q in r["questions"]]
        for r in (read_json(one), read_json(two))
    ]
    assert places[0] == places[1]


def test_kb_list_names_every_statement_and_every_file_that_was_not_read(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "page.md").write_text("# Trust\n\n## Backups\n\nBackups run nightly.\n")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = tmp_path.parent / "kb.json"
    done = trustanswer("kb", "list", "-k", tmp_path, "--json", report)
    found = read_json(report)
    assert [s["text"] for s in found["statements"]] == ["Backups run nightly."]
    assert [u["source"] for u in found["unread"]] == ["logo.png"]
    assert "Backups" in done.out
    assert "logo.png" in done.out


def test_ask_answers_with_the_source_of_every_quote(trustanswer: Command, root: Path) -> None:
    done = trustanswer("ask", "Is stored customer data encrypted?", "-k", root / "knowledge")
    assert done.status == 0
    assert done.out.startswith("Yes")
    assert "data-security.md, line" in " ".join(done.out.split())


def test_ask_says_what_it_does_not_know(trustanswer: Command, kitchen: Path) -> None:
    done = trustanswer("ask", "Do you hold a FedRAMP authorisation?", "-k", kitchen)
    assert done.status == 0
    assert done.out.startswith("Not known.")


def test_an_interval_that_is_stated_otherwise_is_named_beside_the_quote(
    trustanswer: Command, tmp_path: Path
) -> None:
    statement = "An independent firm tests the application for weaknesses once a year."
    knowledge, asked = tmp_path / "testing.md", tmp_path / "asked.csv"
    knowledge.write_text(f"# Acme\n\n## Testing\n\n### Penetration tests\n\n{statement}\n")
    asked.write_text(
        "Ref,Question,Answer\n"
        "1,Does an independent firm test the application and the mobile app every quarter?,\n"
    )
    filled = tmp_path / "filled.csv"
    done = trustanswer("fill", asked, "-k", knowledge, "--out", filled, "--min-confidence", "0.1")
    assert done.status == 0, done.err
    written = filled.read_text()
    assert "Partially." in written
    assert statement in written
    assert "Stated otherwise: every quarter." in written


def test_ask_as_json_is_one_answer(trustanswer: Command, root: Path) -> None:
    done = trustanswer("ask", "Is data encrypted at rest?", "-k", root / "knowledge", "--json")
    answer = json.loads(done.out)
    assert set(answer) >= ANSWER_FIELDS
    assert answer["status"] == "drafted"


def test_the_knowledge_may_be_named_in_trustanswer_toml(
    trustanswer: Command, kitchen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kitchen.parent)
    (kitchen.parent / "trustanswer.toml").write_text('knowledge = "kitchen.md"\n')
    assert "1 statements" in trustanswer("kb", "list").out


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('knowlege = "kitchen.md"\n', "calibration, knowledge, limits, review, weights"),
        ("[review]\nsecond_persons = true\n", "second_person"),
    ],
)
def test_a_misspelt_key_in_trustanswer_toml_is_refused_with_the_known_ones(
    trustanswer: Command,
    kitchen: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    known: str,
) -> None:
    monkeypatch.chdir(kitchen.parent)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    (kitchen.parent / "trustanswer.toml").write_text(text)
    (kitchen.parent / "asked.csv").write_text("Question,Answer\nDo guests sign in?,\n")
    done = trustanswer("review", "start", "asked.csv", "-k", kitchen)
    assert done.status == 1
    assert len(done.err.strip().splitlines()) == 1
    assert f"known are {known}" in done.err
    assert not (kitchen.parent / ".trustanswer").exists()


# --- refusals: one line, exit status 1, nothing written -----------------------------------------


def broken_files(folder: Path) -> dict[str, Path]:
    contents = {
        "empty.xlsx": b"",
        "renamed.xlsx": b"%PDF-1.7 and so on",
        "encrypted.xlsx": ENCRYPTED,
        "old.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024),
        "cut.xlsx": b"PK\x03\x04 and then nothing",
        "no-questions.csv": b"Name,Town\nAda,London\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder.xlsx").mkdir()
    return {name: folder / name for name in [*contents, "folder.xlsx", "missing.xlsx"]}


@pytest.mark.parametrize(
    "name",
    [
        "missing.xlsx",
        "folder.xlsx",
        "empty.xlsx",
        "renamed.xlsx",
        "encrypted.xlsx",
        "old.xls",
        "cut.xlsx",
        "no-questions.csv",
    ],
)
@pytest.mark.parametrize("command", ["fill", "inspect"])
def test_a_questionnaire_that_cannot_be_used_is_one_clear_line(
    trustanswer: Command, root: Path, tmp_path: Path, command: str, name: str
) -> None:
    file = broken_files(tmp_path)[name]
    before = sorted(tmp_path.rglob("*"))
    options = ["-k", root / "knowledge"] if command == "fill" else []
    done = trustanswer(command, file, *options)
    assert done.status == 1
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1
    assert done.err.startswith("error: ")
    assert name in done.err
    assert sorted(tmp_path.rglob("*")) == before


TEXT = "it is text, not a spreadsheet"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("inspect page.md", f"page.md: {TEXT}"),
        ("fill renamed.xlsx -k page.md", f"renamed.xlsx: {TEXT}"),
        ("fill towns.csv -k page.md", "no questions found; name its sheets and columns"),
        ("fill hollow.xlsx -k page.md", "hollow.xlsx: there is no text in it; ask for the file"),
        ("fill open.csv -k page.md", "open.csv: record 2 opens a quotation mark that nothing"),
        ("review start open.csv -k page.md", "open.csv: record 2 opens a quotation mark"),
        ("kb gaps towns.csv -k page.md", "no questions found; leave the file out"),
        ("kb gaps renamed.xlsx -k page.md", f"renamed.xlsx: {TEXT}"),
        ("kb list -k renamed.xlsx", f"no statements found; {TEXT}"),
        ("kb list -k towns.csv", "a column of questions and one of answers"),
        ("ask MFA? -k blank.csv", "no statements found; none of its questions (2) has an answer"),
        ("eval binary.xlsx", "is no text in UTF-8; labels are a JSON object a line"),
        ("eval missing.jsonl", "there is no such file; name a file of labels"),
        ("eval towns.csv", "line 1: not a JSON object; labels are a JSON object a line"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_what_this_command_can_do(
    trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    (tmp_path / "page.md").write_text("# Kitchen\n\n## Access\n\nGuests sign in with a key.\n")
    (tmp_path / "renamed.xlsx").write_text("hello world")
    (tmp_path / "towns.csv").write_text("Name,Town\nAda,London\n")
    (tmp_path / "blank.csv").write_text("Question,Answer\nIs there MFA?,\nIs there SSO?,\n")
    (tmp_path / "binary.xlsx").write_bytes(b"PK\x03\x04\xd4\x00")
    (tmp_path / "open.csv").write_text('Question,Answer\n"Is there MFA?,\nIs there SSO?,\n')
    xlsxwriter.Workbook(tmp_path / "hollow.xlsx").close()
    done = trustanswer(*words.split())
    assert done.status == 1
    assert len(done.err.strip().splitlines()) == 1
    assert says in done.err
    assert ("--mapping" in done.err) == words.startswith("fill towns")


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no such"), ({}, "holds no documents"), ({"a.bin": b"\x00\x01\x02"}, "no statement")],
)
def test_knowledge_that_holds_nothing_is_one_clear_line(
    trustanswer: Command, tmp_path: Path, content: dict[str, bytes] | None, says: str
) -> None:
    folder = tmp_path / "kb"
    if content is not None:
        folder.mkdir()
        for name, data in content.items():
            (folder / name).write_bytes(data)
    done = trustanswer("kb", "list", "-k", folder)
    assert done.status == 1
    assert len(done.err.strip().splitlines()) == 1
    assert says in done.err.lower()


@pytest.mark.parametrize(
    "arguments",
    [
        ["kb", "list", "-k", ""],
        ["fill", "asked.csv", "-k", ""],
        ["ask", "Is there MFA?", "--knowledge", " "],
        ["serve", "-k", ""],
        ["kb", "diff", "", "."],
        ["kb", "diff", ".", ""],
    ],
)
def test_an_empty_name_is_not_the_current_folder(
    trustanswer: Command, kitchen: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(kitchen.parent)
    done = trustanswer(*arguments)
    assert (done.status, done.out) == (1, "")
    assert len(done.err.strip().splitlines()) == 1
    assert "an empty name" in done.err
    assert list(kitchen.parent.iterdir()) == [kitchen]


@pytest.mark.parametrize("value", ['""', "7"])
def test_a_path_in_trustanswer_toml_that_names_nothing_is_refused(
    trustanswer: Command, kitchen: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.chdir(kitchen.parent)
    (kitchen.parent / "trustanswer.toml").write_text(f"knowledge = {value}\n")
    done = trustanswer("kb", "list")
    assert done.status == 1
    assert 'trustanswer.toml: write knowledge = "PATH"' in done.err


def test_an_output_that_cannot_be_written_leaves_nothing_behind(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder is needed")
    done = trustanswer(
        *("fill", root / "questionnaires" / "startup.csv", "-k", root / "knowledge"),
        *("-o", blocked / "out.csv"),
    )
    assert done.status == 1
    assert len(done.err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == [blocked]


def test_a_report_that_cannot_be_written_is_refused_before_anything_is(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    done = trustanswer(
        *("fill", root / "questionnaires" / "startup.csv", "-k", root / "knowledge"),
        *("-o", tmp_path / "out.csv", "--json", tmp_path / "nowhere" / "a.json"),
    )
    assert done.status == 1
    assert len(done.err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_the_questionnaire_is_refused_as_its_own_output(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "in.csv"
    copy.write_bytes((root / "questionnaires" / "startup.csv").read_bytes())
    before = copy.read_bytes()
    done = trustanswer("fill", copy, "-k", root / "knowledge", "-o", copy)
    assert done.status == 1
    assert copy.read_bytes() == before


def test_a_model_with_other_weights_is_refused(
    trustanswer: Command, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRUSTANSWER_HOME", str(tmp_path))
    monkeypatch.setattr("trustanswer.retrieval.embedder.SHA256", "0" * 64)
    done = trustanswer("ask", "Is data encrypted?", "-k", root / "knowledge")
    assert done.status == 1
    assert "weights" in done.err
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["fill"],
        ["fill", "a.xlsx", "--citations", "everywhere"],
        ["ask", "Q?", "--min-confidence", "2"],
        ["dance"],
    ],
)
def test_wrong_usage_is_exit_status_2(trustanswer: Command, arguments: list[str]) -> None:
    assert trustanswer(*arguments).status == 2


@pytest.mark.parametrize("words", [["-h"], ["fill", "-h"], ["review", "edit", "-h"]])
def test_help_has_its_usual_letter(trustanswer: Command, words: list[str]) -> None:
    done = trustanswer(*words)
    assert done.status == 0
    assert "Usage:" in done.out


@pytest.mark.parametrize(
    "options", [["--tag", "product"], ["--visibility", "secret"], ["--tag", "=x"]]
)
def test_a_scope_that_means_nothing_is_one_clear_line(
    trustanswer: Command, kitchen: Path, options: list[str]
) -> None:
    done = trustanswer("kb", "list", "-k", kitchen, *options)
    assert done.status == 1
    assert options[0] in done.err


# --- how it is printed -------------------------------------------------------------------------


def in_a_shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trustanswer", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_pipe_gets_no_colour_and_no_progress(root: Path) -> None:
    sample = str(root / "questionnaires" / "bank.xlsx")
    done = in_a_shell("inspect", sample, COLUMNS="60")
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_pipe_gets_every_sentence_on_one_line(tmp_path: Path) -> None:
    """At a terminal of 40 columns the title, the quote and the reason are folded."""
    quote = "Guests sign in with a hardware key that the front desk hands out and takes back."
    (tmp_path / "kitchen.md").write_text(f"# Kitchen\n\n## Access\n\n{quote}\n")
    asked = tmp_path / ("asked by a customer of long standing " * 3 + ".csv")
    asked.write_text("Question,Answer\nDo guests sign in with a hardware key?,\n")
    knowledge = ("-k", str(tmp_path / "kitchen.md"))
    one = in_a_shell("ask", "Do guests sign in with a hardware key?", *knowledge, COLUMNS="40")
    assert f"“{quote}”" in one.stdout
    many = in_a_shell("fill", str(asked), *knowledge, COLUMNS="40")
    assert f"{asked.name}: 1 questions\n" in many.stdout


def test_the_title_of_a_narrow_table_is_not_folded_to_its_width() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80)
    table = table_of("Verdicts: labelled and drafted", "yes")
    table.add_row("1")
    print_aligned(console, table)
    assert out.getvalue().startswith("Verdicts: labelled and drafted\n")


def test_no_color_is_obeyed_where_colour_would_be_shown(root: Path) -> None:
    sample = str(root / "questionnaires" / "bank.xlsx")
    coloured = in_a_shell("inspect", sample, FORCE_COLOR="1")
    plain = in_a_shell("inspect", sample, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b[3" in coloured.stdout or "\x1b[1" in coloured.stdout
    assert "\x1b[3" not in plain.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_a_character_that_the_output_lacks_is_a_question_mark(kitchen: Path, encoding: str) -> None:
    kitchen.write_text("# Kitchen\n\n## TLS ≥ 1.2\n\nGuests use it.\n")
    done = in_a_shell("kb", "list", "-k", str(kitchen), PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Kitchen > TLS ? 1.2" in done.stdout


def test_json_for_an_output_that_lacks_a_character_says_the_same(kitchen: Path) -> None:
    asked = ("ask", "Do guests sign in with a “key” 🔑?", "-k", str(kitchen), "--json")
    done = in_a_shell(*asked, PYTHONIOENCODING="cp1252")
    assert json.loads(done.stdout)["question"] == asked[1]


def test_an_output_that_takes_nothing_is_one_clear_line(kitchen: Path, tmp_path: Path) -> None:
    closed = tmp_path / "readable"
    closed.touch()
    with closed.open("rb") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "trustanswer", "kb", "list", "-k", str(kitchen)],
            stdout=nowhere,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: the output cannot be printed")


def test_a_reader_that_has_seen_enough_gets_no_error(kitchen: Path) -> None:
    command = [sys.executable, "-m", "trustanswer", "kb", "list", "-k", str(kitchen)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    with running, running.stderr as said:
        assert said.read() == b""


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    heavy = ["torch", "onnxruntime", "openpyxl", "sqlalchemy", "fastapi", "numpy", "lxml"]
    code = f"import sys, trustanswer.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
