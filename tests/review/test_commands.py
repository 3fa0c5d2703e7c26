"""Reviewing at the command line, from the customer's file to the one that is sent back.

Everything here runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.conftest import Command, Run, read_json
from tests.review.reviews import leftovers

PAGE = """# Trust

## Backups

Backups run nightly. Backups are kept for 35 days.

## Encryption

Customer data is encrypted at rest with AES-256.

## Access

Staff sign in with hardware keys.
"""
QUESTIONS = (
    "Is customer data encrypted at rest?",
    "Do backups run nightly?",
    "Do you hold a FedRAMP authorisation?",
    "Is customer data encrypted at rest?",
    "Describe how staff sign in.",
)
NAMES = ("Annabel Quince", "Benedikt Rowan")
NOTE = "between ourselves, legal has a doubt"


def book(path: Path, questions: tuple[str, ...] = QUESTIONS) -> Path:
    """A questionnaire of Yes/No dropdowns with comments; the last question wants words."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Questions")
        sheet.write_row(0, 0, ["No", "Question", "Answer", "Comments"])
        for row, text in enumerate(questions, 1):
            sheet.write_row(row, 0, [row, text])
            if text.endswith("?"):
                sheet.data_validation(
                    row, 2, row, 2, {"validate": "list", "source": ["Yes", "No", "N/A"]}
                )
    return path


@pytest.fixture
def desk(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in: a knowledge base, a questionnaire, a database."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TRUSTANSWER_DATABASE_URL", database)
    (folder / "knowledge").mkdir()
    (folder / "knowledge" / "trust.md").write_text(PAGE)
    book(folder / "asked.xlsx")
    return folder


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page and a questionnaire, whose reviews will be kept in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    (tmp_path / "trust.md").write_text(PAGE)
    book(tmp_path / "asked.xlsx")
    return tmp_path


Do = Callable[..., Run]


@pytest.fixture
def do(trustanswer: Command, desk: Path) -> Do:
    """Runs a command that has to succeed."""

    def run(*words: object) -> Run:
        done = trustanswer(*map(str, words))
        assert done.status == 0, done.err
        return done

    return run


@pytest.fixture
def started(do: Do) -> Do:
    do("review", "start", "asked.xlsx", "--customer", "Harbour Bank", "--due", "2026-12-01")
    return do


def shown(do: Do, *options: str, id: int = 1) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = json.loads(do("review", "show", id, *options, "--json").out)[
        "answers"
    ]
    return answers


def states(do: Do, id: int = 1) -> list[str]:
    return [a["state"] for a in shown(do, id=id)]


def everything_in(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())


# --- the whole way ------------------------------------------------------------------------------


def test_from_the_customers_file_to_the_one_that_goes_back(started: Do, desk: Path) -> None:
    do = started
    assert states(do) == ["drafted", "drafted", "needs an answer", "drafted", "drafted"]
    do("review", "approve", 1, "all", "--by", "Ann")
    do("review", "edit", 1, 3, "--option", "no", "--comment", "Not at present.", "--by", "Ann")
    do("review", "approve", 1, 3, "--by", "Ben")
    done = do("export", 1, "-o", "back.xlsx", "--by", "Ben")
    assert "5 approved answers" in done.out
    sheet = openpyxl.load_workbook(desk / "back.xlsx")["Questions"]
    assert [sheet.cell(row, 3).value for row in range(2, 6)] == ["Yes", "Yes", "No", "Yes"]
    assert sheet["D4"].value == "Not at present."
    assert set(states(do)) == {"exported"}
    assert do("review", "verify", "back.xlsx").out.startswith("true: ")
    assert "5 of 5" in do("review", "list").out


def test_one_byte_changed_and_it_is_not_the_file_that_was_sent(
    started: Do, desk: Path, trustanswer: Command
) -> None:
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    data = bytearray((desk / "back.xlsx").read_bytes())
    data[len(data) // 2] ^= 1
    (desk / "back.xlsx").write_bytes(data)
    done = trustanswer("review", "verify", "back.xlsx")
    assert done.status == 1
    assert done.out.startswith("false: ")


def test_a_sent_file_is_known_under_any_name_and_without_the_manifest_beside_it(
    started: Do, desk: Path
) -> None:
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    (desk / "back.xlsx").rename(desk / "renamed.xlsx")
    assert started("review", "verify", "renamed.xlsx").out.startswith("true: ")


def test_a_sent_file_is_known_by_the_manifest_beside_it_where_there_is_no_database(
    started: Do, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL")
    assert "no record here" in started("review", "verify", "back.xlsx").out
    assert leftovers(desk, "asked.xlsx", "knowledge") == ["back.xlsx", "back.xlsx.manifest.json"]


# --- what leaves the house ----------------------------------------------------------------------


def test_open_questions_hold_an_export_back(started: Do, desk: Path, trustanswer: Command) -> None:
    started("review", "approve", 1, 1)
    done = trustanswer("export", 1, "-o", "back.xlsx")
    assert done.status == 1
    assert "4 of 5 questions are open (rows 2, 3, 4, 5)" in done.err
    assert leftovers(desk, "asked.xlsx", "knowledge") == []


def test_drafts_go_out_only_where_asked_for_and_rejected_ones_never(
    started: Do, desk: Path
) -> None:
    started("review", "approve", 1, 1)
    started("review", "reject", 1, 2, "--why", "not what they ask")
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    sheet = openpyxl.load_workbook(desk / "back.xlsx")["Questions"]
    assert [sheet.cell(row, 3).value for row in range(2, 6)] == ["Yes", None, None, "Yes"]
    assert states(started)[:4] == ["exported", "rejected", "needs an answer", "drafted"]


def test_neither_notes_nor_names_nor_confidence_reach_the_customer(started: Do, desk: Path) -> None:
    ann, ben = NAMES
    started("review", "comment", 1, "all", "--text", NOTE, "--by", ann)
    started("review", "edit", 1, 3, "--option", "No", "--why", NOTE, "--by", ben)
    started("review", "assign", 1, 5, "--to", ben, "--why", NOTE, "--by", ann)
    started("review", "approve", 1, "all", "--why", NOTE, "--by", ann)
    started("review", "approve", 1, 5, "--why", NOTE, "--by", ben)
    started("export", 1, "-o", "back.xlsx", "--by", ann)
    sent = everything_in(desk / "back.xlsx")
    sure = {str(a["confidence"]) for a in shown(started) if a["confidence"] not in (0, 1)}
    assert sure
    for secret in (NOTE, *NAMES, *sure, "confidence", "approved"):
        assert secret not in sent


def test_only_answer_cells_differ_in_what_goes_back(started: Do, desk: Path) -> None:
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    with zipfile.ZipFile("asked.xlsx") as before, zipfile.ZipFile("back.xlsx") as after:
        changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
        assert before.namelist() == after.namelist()
    assert set(changed) <= {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_the_manifest_names_for_each_cell_its_evidence_and_who_stands_behind_it(
    started: Do, desk: Path
) -> None:
    started("review", "approve", 1, "all", "--by", "Ann")
    started("review", "edit", 1, 3, "--option", "No", "--by", "Ben")
    started("review", "approve", 1, 3, "--by", "Ann")
    started("export", 1, "-o", "back.xlsx", "--by", "Cem")
    manifest = read_json(desk / "back.xlsx.manifest.json")
    assert set(manifest) >= {"original", "exported", "knowledge", "model", "version", "answers"}
    by_hand = manifest["answers"][2]
    assert (by_hand["origin"], by_hand["citations"]) == ("person", [])
    assert (by_hand["author"], by_hand["approved_by"]) == ("Ben", "Ann")
    drafts = [a for a in manifest["answers"] if a["origin"] == "draft"]
    assert all(a["citations"] and a["approved_by"] == "Ann" for a in drafts)
    assert [a["answer_cell"] for a in manifest["answers"]] == ["C2", "C3", "C4", "C5", "C6"]
    assert manifest["exported"]["by"] == "Cem"


def test_the_same_review_gives_the_same_file_again(started: Do, desk: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        started("export", 1, "-o", name, "--allow-drafts")
    assert (desk / "one.xlsx").read_bytes() == (desk / "two.xlsx").read_bytes()


def test_the_customers_own_file_is_never_written_over(
    started: Do, desk: Path, trustanswer: Command
) -> None:
    before = (desk / "asked.xlsx").read_bytes()
    done = trustanswer("export", 1, "-o", "asked.xlsx", "--allow-drafts")
    assert done.status == 1
    assert (desk / "asked.xlsx").read_bytes() == before


def test_an_export_takes_the_place_of_an_export_and_of_nothing_else(
    started: Do, desk: Path, trustanswer: Command
) -> None:
    book(desk / "another-customers.xlsx", QUESTIONS[:2])
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    shutil.copy("back.xlsx", "worked-on.xlsx")
    with zipfile.ZipFile("worked-on.xlsx", "a") as package:
        package.comment = b"saved by hand"
    started("review", "start", "another-customers.xlsx")
    started("export", 2, "-o", "another-sent.xlsx", "--allow-drafts")
    (desk / "another-sent.xlsx.manifest.json").unlink()
    for name in ("another-customers.xlsx", "another-sent.xlsx", "worked-on.xlsx"):
        before = (desk / name).read_bytes()
        done = trustanswer("export", 1, "-o", name, "--allow-drafts")
        assert done.status == 1
        assert f"{name} is there already, and is not this questionnaire" in done.err
        assert (desk / name).read_bytes() == before
        assert not (desk / f"{name}.manifest.json").exists()
    started("review", "edit", 1, 1, "--option", "No")
    before = (desk / "back.xlsx").read_bytes()
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    assert (desk / "back.xlsx").read_bytes() != before


@pytest.mark.parametrize("name", ["z.csv", "out.txt", "out", "back.xlsm", "d", "pipe.xlsx"])
def test_an_export_that_nobody_could_open_is_refused(
    started: Do, desk: Path, trustanswer: Command, name: str
) -> None:
    (desk / "d").mkdir()
    os.mkfifo(desk / "pipe.xlsx")
    before = sorted(desk.rglob("*"))
    done = trustanswer("export", 1, "-o", name, "--allow-drafts")
    assert done.status == 1
    (line,) = done.err.strip().splitlines()
    assert line.startswith(f"error: --out {name}")
    assert sorted(desk.rglob("*")) == before


def test_what_came_in_answered_stays_and_is_not_up_for_review(do: Do, desk: Path) -> None:
    (desk / "asked.csv").write_text(
        "No,Question,Answer,Comments\n"
        "1,Is customer data encrypted at rest?,Yes,said before\n"
        "2,Do backups run nightly?,,\n"
        "3,Is access to systems logged?,,\n"
    )
    do("review", "start", "asked.csv")
    assert [a["number"] for a in shown(do)] == [1, 2]
    do("export", 1, "-o", "back.csv", "--allow-drafts")
    assert "1,Is customer data encrypted at rest?,Yes,said before" in Path("back.csv").read_text()
    manifest = read_json(desk / "back.csv.manifest.json")
    assert [a["status"] for a in manifest["answers"]].count("prefilled") == 1


def test_the_sources_asked_for_on_a_sheet_stay_in_a_file_that_has_none(do: Do, desk: Path) -> None:
    (desk / "asked.csv").write_text("No,Question,Answer,Comments\n1,Do backups run nightly?,,\n")
    do("review", "start", "asked.csv", "--citations", "sheet")
    do("export", 1, "-o", "back.csv", "--allow-drafts")
    assert "[Trust > Backups]" in Path("back.csv").read_text()


# --- deciding ----------------------------------------------------------------------------------


def test_what_changed_since_it_was_seen_is_not_approved(started: Do, trustanswer: Command) -> None:
    last = json.loads(started("review", "show", 1, "--json").out)["log"]
    started("review", "edit", 1, 2, "--option", "No", "--by", "Ben")
    done = trustanswer("review", "approve", 1, "1-2", "--seen", last, "--by", "Ann")
    assert done.status == 1
    assert "row 2 has changed since you saw it: edited by Ben" in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert states(started)[:2] == ["drafted", "edited"]


def test_questions_that_ask_the_same_are_approved_at_once(started: Do) -> None:
    assert [a["same_as"] for a in shown(started)] == [None, None, None, 1, None]
    started("review", "approve", 1, "--same-as", 4)
    assert [s == "approved" for s in states(started)] == [True, False, False, True, False]


def test_an_answer_that_was_edited_is_no_longer_approved_with_its_likes(started: Do) -> None:
    started("review", "edit", 1, 4, "--option", "No")
    started("review", "approve", 1, "--same-as", 1)
    assert states(started)[3] == "edited"


def high(do: Do) -> dict[int, float]:
    """The confidence of each draft of the high band, by its row."""
    return {a["number"]: a["confidence"] for a in shown(do) if a["band"] == "high"}


def test_approval_above_a_confidence_takes_just_those(started: Do) -> None:
    sure = high(started)
    bar = max(sure.values())
    started("review", "approve", 1, "--above", bar)
    approved = {a["number"] for a in shown(started) if a["state"] == "approved"}
    assert approved == {row for row, value in sure.items() if value >= bar}


def test_no_confidence_approves_an_incomplete_draft(do: Do, desk: Path) -> None:
    book(
        desk / "more.xlsx",
        (*QUESTIONS[:2], "Do backups run nightly, and are they encrypted? Explain."),
    )
    do("review", "start", "more.xlsx")
    assert shown(do)[2]["missing"]
    done = do("review", "approve", 1, "--above", 0)
    assert states(do) == ["approved", "approved", "drafted"]
    assert "1 of those drafted is flagged or incomplete" in done.out
    assert "trustanswer review show 1 3" in done.out


@pytest.fixture
def aged(do: Do, desk: Path) -> Do:
    """A review on a knowledge base that was last looked at long ago."""
    (desk / "knowledge" / "trust.md").write_text(f"---\nupdated: 2020-01-01\n---\n{PAGE}")
    do("review", "start", "asked.xlsx")
    return do


def test_no_confidence_approves_drafts_on_stale_statements(aged: Do) -> None:
    waiting = states(aged)
    done = aged("review", "approve", 1, "--above", 0)
    assert states(aged) == waiting
    assert "4 of those drafted are flagged or incomplete" in done.out
    assert "trustanswer review show 1 1-2,4-5" in done.out


@pytest.mark.parametrize("rows", ["all", "1-2,4-5"])
def test_what_a_person_named_is_approved_and_counted_where_it_is_stale(aged: Do, rows: str) -> None:
    done = aged("review", "approve", 1, rows)
    assert states(aged).count("approved") == 4
    assert "4 of them rest on stale statements: trustanswer review show 1 1-2,4-5" in done.out


def test_fresh_answers_are_approved_without_a_word_about_stale_ones(started: Do) -> None:
    assert "stale" not in started("review", "approve", 1, "all").out


def test_the_list_and_the_full_answer_say_that_a_draft_is_stale(aged: Do) -> None:
    assert "stale" in aged("review", "show", 1).out
    assert "last looked at on 2020-01-01" in aged("review", "show", 1, 1).out


def test_what_needs_a_person_is_shown_apart(started: Do) -> None:
    started("review", "reject", 1, 1)
    assert [a["number"] for a in shown(started, "--needs-person")] == [1, 3]


def test_a_pipe_gets_a_whole_line_for_each_review_answer_and_decision(do: Do, desk: Path) -> None:
    customer = "The United Harbour and Dockside Savings Bank of the Northern Shore"
    question = "Is customer data encrypted at rest, " + "and in every other place, " * 8 + "always?"
    book(desk / "long.xlsx", (question,))
    do("review", "start", "long.xlsx", "--customer", customer, "--due", "2026-12-01")
    do("review", "edit", 1, 1, "--answer", "No", "--comment", "Not in every other place. " * 8)
    do("review", "comment", 1, 1, "--text", "who knows about the other places? " * 8)
    first = do("review", "list").out.splitlines()[1]
    assert first.split("\t") == ["1", "long.xlsx", customer, "2026-12-01", "0 of 1", "1"]
    row = do("review", "show", 1).out.splitlines()[2]
    assert row.split("\t")[4:] == [question, f"No - {'Not in every other place. ' * 8}".strip()]
    noted = do("review", "log", 1).out.splitlines()[-1]
    assert noted.endswith(("who knows about the other places? " * 8).strip())


def test_an_answer_in_full_shows_its_quotes_and_its_history(started: Do) -> None:
    started("review", "comment", 1, 1, "--text", "who checks the keys?", "--by", "Ann")
    full = started("review", "show", 1, 1).out
    assert "“Customer data is encrypted at rest with AES-256.”" in full
    assert "(trust.md, line 9)" in full
    assert "who checks the keys?" in full


def test_characters_that_no_file_can_hold_are_left_out_of_the_record_too(
    started: Do, desk: Path
) -> None:
    odd = "bell\x07, half \udce9 a letter, end\r\nof line"
    plain = "bell, half  a letter, end\nof line"
    started("review", "edit", 1, 2, "--comment", odd, "--why", odd, "--by", "Ann\x00")
    started("export", 1, "-o", "back.xlsx", "--allow-drafts")
    assert openpyxl.load_workbook(desk / "back.xlsx")["Questions"]["D3"].value == plain
    assert read_json(desk / "back.xlsx.manifest.json")["answers"][1]["comment"] == plain
    event = json.loads(started("review", "log", 1, "--json").out)["events"][5]
    assert (event["by"], event["why"]) == ("Ann", plain)


def test_the_log_tells_who_did_what_and_why(started: Do) -> None:
    started("review", "reject", 1, 1, "--by", "Ann", "--why", "too short")
    events = json.loads(started("review", "log", 1, "--json").out)["events"]
    last = events[-1]
    assert (last["action"], last["by"], last["why"]) == ("reject", "Ann", "too short")
    assert last["at"].endswith("+00:00")
    assert "too short" in started("review", "log", 1).out


def test_a_workspace_may_ask_for_a_second_person(
    started: Do, desk: Path, trustanswer: Command
) -> None:
    (desk / "trustanswer.toml").write_text("[review]\nsecond_person = true\n")
    started("review", "edit", 1, 3, "--option", "No", "--by", "Ann")
    assert trustanswer("review", "approve", 1, 3, "--by", "Ann").status == 1
    started("review", "approve", 1, 3, "--by", "Ben")


REFUSED = [
    (["review", "approve", "1", "9"], "no row 9"),
    (["review", "approve", "1", "three"], "write 3, 5-9"),
    (["review", "approve", "1", "0-4"], "the first row is 1"),
    (["review", "approve", "1", "3"], "no answer"),
    (["review", "approve", "7", "1"], "no review 7"),
    (["review", "show", "7"], "no review 7"),
    (["review", "log", "7"], "no review 7"),
    (["export", "7", "-o", "x.xlsx"], "no review 7"),
    (["review", "start", "nothing.xlsx"], "nothing.xlsx"),
    (["review", "start", "asked.xlsx", "-k", "nowhere"], "nowhere"),
    (["review", "edit", "1", "1", "--option", "Perhaps"], "takes one of: Yes | No | N/A"),
    (["review", "edit", "1", "5", "--option", "Yes"], "use --answer"),
    (["review", "edit", "1", "1"], "nothing to change"),
    (["review", "reject", "1", "3"], "no answer to reject"),
    (["review", "assign", "1", "1", "--to", " "], "nobody is named"),
    (["review", "comment", "1", "1", "--text", " "], "empty"),
    (["review", "approve", "1", "1", "--by", " "], "a name is needed"),
    (["review", "verify", "nothing.xlsx"], "cannot be read"),
    (["export", "1", "-o", "no/such/folder/x.xlsx", "--allow-drafts"], "cannot be written"),
]


def test_what_cannot_be_done_is_one_clear_line_and_changes_nothing(
    started: Do, trustanswer: Command
) -> None:
    before = started("review", "log", 1, "--json").out
    for words, says in REFUSED:
        done = trustanswer(*words)
        assert done.status == 1, words
        assert says in done.err, words
        assert len(done.err.strip().splitlines()) == 1, words
    assert started("review", "log", 1, "--json").out == before


def test_what_is_unsure_about_a_file_is_said_when_its_review_starts(do: Do, desk: Path) -> None:
    asked = "Is customer data encrypted at rest?,\nDo backups run nightly?,\nIs there MFA?,\n"
    (desk / "list.csv").write_text(asked)
    assert "check: the file: column B only probably" in do("review", "start", "list.csv").out


def test_a_file_that_came_in_answered_has_nothing_to_review(
    do: Do, desk: Path, trustanswer: Command
) -> None:
    (desk / "done.csv").write_text("Question,Answer\nDo backups run nightly?,Yes\n")
    assert "No question is open." in do("review", "start", "done.csv").out
    assert "all of it came in answered" in trustanswer("review", "show", "1", "1").err


def test_without_a_workspace_the_commands_say_where_one_comes_from(
    trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    done = trustanswer("review", "list")
    assert done.status == 1
    assert "review start" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_fails_leaves_nothing_behind(trustanswer: Command, own: Path) -> None:
    before = sorted(own.iterdir())
    for words, says in (
        (["nope.xlsx", "-k", "trust.md"], "nope.xlsx"),
        (["asked.xlsx", "-k", "nope"], "nope"),
        (["asked.xlsx", "-k", "trust.md", "--by", " "], "--by"),
    ):
        done = trustanswer("review", "start", *words)
        assert done.status == 1
        assert says in done.err
    assert sorted(own.iterdir()) == before


def test_a_workspace_without_reviews_says_so(trustanswer: Command, desk: Path) -> None:
    done = trustanswer("review", "list")
    assert done.status == 0
    assert done.out.startswith("There are no reviews here")


def test_a_workspace_of_ones_own_is_for_nobody_else_to_read(
    trustanswer: Command, own: Path
) -> None:
    assert trustanswer("review", "start", "asked.xlsx", "-k", "trust.md").status == 0
    assert (own / ".trustanswer").stat().st_mode & 0o777 == 0o700
    assert (own / ".trustanswer" / "trustanswer.db").exists()
