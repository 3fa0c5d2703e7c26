"""Keeping a knowledge base true at the command line, with the answers that were given from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command, Run, read_json
from tests.review.test_commands import PAGE, book

ASKED = ("Do backups run nightly?", "Is customer data encrypted at rest?", "Do you hold HITRUST?")
Do = Callable[..., Run]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUSTANSWER_DATABASE_URL", raising=False)
    for name in ("knowledge", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "knowledge" / "trust.md").write_text(PAGE)
    (tmp_path / "new" / "trust.md").write_text(PAGE.replace("AES-256", "AES-128"))
    book(tmp_path / "first.xlsx", ASKED)
    book(tmp_path / "second.xlsx", ASKED[::-1])
    return tmp_path


@pytest.fixture
def do(trustanswer: Command, desk: Path) -> Do:
    def run(*words: object) -> Run:
        done = trustanswer(*map(str, words))
        assert done.status == 0, done.err
        return done

    return run


@pytest.fixture
def answered(do: Do) -> Do:
    """Two customers' reviews, every draft approved."""
    for name, customer in (("first.xlsx", "Harbour Bank"), ("second.xlsx", "Copper Mill")):
        do("review", "start", name, "--customer", customer)
    for id in (1, 2):
        do("review", "approve", id, "all", "--by", "Ann")
    return do


def findings(do: Do, desk: Path) -> list[dict[str, Any]]:
    do("kb", "lint", "--json", desk / "lint.json")
    return list(read_json(desk / "lint.json")["findings"])


def test_lint_finds_what_a_second_page_contradicts_and_repeats(do: Do, desk: Path) -> None:
    (desk / "knowledge" / "faq.md").write_text(
        "# Questions\n\n## Snapshots\n\nBackups are kept for 90 days.\n\n"
        "## Sign-in\n\nStaff sign in with hardware keys.\n\n"
        "## Care\n\nWe take appropriate measures.\n"
    )
    found = findings(do, desk)
    kinds = {finding["check"] for finding in found}
    assert kinds == {"contradiction", "duplicate", "undated", "vague"}
    (clash,) = [f for f in found if f["check"] == "contradiction"]
    assert {clash["quote"], clash["other_quote"]} == {
        "Backups are kept for 90 days.",
        "Backups are kept for 35 days.",
    }


def test_lint_is_told_by_its_exit_status_only_where_that_is_asked_for(
    do: Do, desk: Path, trustanswer: Command
) -> None:
    do("kb", "lint")
    strict = trustanswer("kb", "lint", "--strict")
    assert strict.status == 1
    assert "not clean" in strict.err
    dated = PAGE.replace("# Trust\n", "---\nupdated: 2099-01-01\n---\n# Trust\n")
    (desk / "knowledge" / "trust.md").write_text(dated)
    do("kb", "lint", "--strict")


def test_what_no_answer_cites_is_told_where_there_are_reviews(answered: Do, desk: Path) -> None:
    uncited = [f for f in findings(answered, desk) if f["check"] == "never cited"]
    assert [f["statement"]["path"] for f in uncited] == [["Trust", "Access"]]


def test_diff_names_the_answers_it_touches_and_reopen_takes_exactly_those_back(
    answered: Do, desk: Path
) -> None:
    done = answered("kb", "diff", "knowledge", "new", "--json", desk / "diff.json")
    assert "Harbour Bank" in done.out
    report = read_json(desk / "diff.json")
    assert [change["what"] for change in report["changes"]] == ["changed"]
    touched = {(a["review"], a["number"]) for a in report["affected"]}
    assert touched == {(1, 2), (2, 2)}
    assert "AES-128" in report["affected"][0]["new_quote"]
    answered("review", "reopen", "--affected", "-k", "new", "--by", "Cleo")
    for id in (1, 2):
        shown = json.loads(answered("review", "show", id, "--json").out)["answers"]
        assert {a["number"] for a in shown if a["state"] == "reopened"} == {2}
    again = answered("review", "reopen", "--affected", "-k", "new", "--by", "Cleo")
    assert "0 answers reopened" in again.out


def test_a_reopened_answer_says_why_and_is_not_sent(
    answered: Do, desk: Path, trustanswer: Command
) -> None:
    answered("review", "reopen", 1, 2, "--by", "Cleo", "--why", "a doubt")
    assert "a doubt" in answered("review", "show", 1, 2).out
    assert "0 approved" in answered("review", "approve", 2, "all").out
    assert trustanswer("export", 1, "-o", "back.xlsx").status == 1
    assert trustanswer("review", "reopen", 1, 2).status == 1


def test_without_a_choice_nothing_is_reopened(answered: Do, trustanswer: Command) -> None:
    assert trustanswer("review", "reopen").status == 2
    assert trustanswer("review", "reopen", 1).status == 2


def conflicts(do: Do, *options: object) -> dict[str, Any]:
    return dict(json.loads(do("review", "conflicts", "--json", *options).out))


def test_agreeing_answers_are_no_conflict(answered: Do) -> None:
    found = conflicts(answered)
    assert found["answers"] >= 4
    assert found["differing"] == []
    assert found["outdated"] == []


def test_another_answer_to_another_customer_is_a_conflict(answered: Do) -> None:
    answered("review", "edit", 2, 3, "--option", "No", "--comment", "We do not.", "--by", "Ben")
    answered("review", "approve", 2, 3, "--by", "Ann")
    (found,) = conflicts(answered)["differing"]
    assert found["detail"] == "yes / no"
    assert {a["customer"] for a in found["answers"]} == {"Harbour Bank", "Copper Mill"}


def test_an_answer_that_the_knowledge_of_today_contradicts_is_a_conflict(
    answered: Do, desk: Path
) -> None:
    denied = PAGE.replace(
        "Customer data is encrypted at rest with AES-256.",
        "Customer data is not encrypted at rest.",
    )
    (desk / "new" / "trust.md").write_text(denied)
    found = conflicts(answered, "-k", "new")["outdated"]
    assert {(a["review"], a["number"]) for a in found} == {(1, 2), (2, 2)}
    assert found[0]["today"]["quote"] == "Customer data is not encrypted at rest."


def test_gaps_count_each_subject_over_all_files(do: Do, desk: Path) -> None:
    book(desk / "third.xlsx", ("Are you HITRUST certified?", "Is there a source code escrow?"))
    files = ["first.xlsx", "second.xlsx", "third.xlsx"]
    done = do("kb", "gaps", *files, "--json", desk / "gaps.json")
    report = read_json(desk / "gaps.json")
    first, *others = report["gaps"]
    assert first["files"] == files
    assert {q["question"] for q in first["questions"]} == {
        "Do you hold HITRUST?",
        "Are you HITRUST certified?",
    }
    assert "HITRUST" in first["heading"][-1]
    assert first["nearest"] is not None
    assert len(first["questions"]) >= max(len(gap["questions"]) for gap in others)
    assert report["left"] == sum(len(gap["questions"]) for gap in report["gaps"])
    assert "left to a person" in done.out


def test_the_review_cycle_is_the_one_that_the_knowledge_base_names(do: Do, desk: Path) -> None:
    (desk / "knowledge" / "trust.md").write_text(f"---\nupdated: 2024-06-01\n---\n{PAGE}")
    assert {f["check"] for f in findings(do, desk)} == {"stale"}
    (desk / "knowledge" / "knowledge.toml").write_text("review_months = 120\n")
    assert findings(do, desk) == []


def test_a_draft_on_a_stale_statement_says_so_with_its_date(do: Do, desk: Path) -> None:
    (desk / "knowledge" / "trust.md").write_text(f"---\nupdated: 2020-01-01\n---\n{PAGE}")
    answer = json.loads(do("ask", ASKED[1], "--json").out)
    assert [flag["kind"] for flag in answer["flags"]] == ["stale"]
    assert "2020-01-01" in answer["answer"]
    (desk / "knowledge" / "trust.md").write_text(PAGE)
    fresh = json.loads(do("ask", ASKED[1], "--json").out)
    assert fresh["flags"] == []
    assert fresh["confidence"] >= answer["confidence"]


# --- in a pipe -----------------------------------------------------------------------------------


def test_gaps_in_several_files_say_whose_each_question_is(do: Do, desk: Path) -> None:
    book(desk / "first.xlsx", ("Is production data used in staging?",))
    book(desk / "second.xlsx", ("Do you hold HITRUST?",))
    several = do("kb", "gaps", "first.xlsx", "second.xlsx").out
    assert "Is production data used in staging?  first.xlsx, Questions B2" in several
    assert "Do you hold HITRUST?  second.xlsx, Questions B2" in several
    assert "Do you hold HITRUST?  Questions B2" in do("kb", "gaps", "second.xlsx").out


LONG = "What our customers may expect of us whenever their own customers' data is at stake"


def test_a_pipe_gets_each_statement_and_each_finding_on_one_line(do: Do, desk: Path) -> None:
    folder = desk / "knowledge" / "a-folder-with-a-long-name" / "another-folder-with-a-long-name"
    folder.mkdir(parents=True)
    (folder / "page.md").write_text(
        f"---\nvisibilty: nda\n---\n# Trust\n\n## {LONG}\n\nBackups are kept for 90 days.\n"
    )
    source = "a-folder-with-a-long-name/another-folder-with-a-long-name/page.md"
    title = f"Trust > {LONG}"
    listed = do("kb", "list").out.splitlines()
    assert f"{title}\tno date\t{source}, line 8" in listed
    assert f"{source}\t1\t0" in listed
    assert any(line.startswith(f"check: {source}: ") and "--visib" in line for line in listed)
    linted = do("kb", "lint").out.splitlines()
    assert f"{title}\t{source}:8\tno date" in linted
    assert f"    “Backups are kept for 90 days.”  {title}, {source}:8" in linted
