"""The main job, end to end on the project's own samples, and its three promises."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.conftest import Command, read_json
from trustanswer.knowledge import read_knowledge
from trustanswer.workbook import read_answers

BOOKS = ["bank.xlsx", "retailer.xlsx", "startup.xlsx"]
SAMPLES = [*BOOKS, "startup.csv"]


@pytest.fixture
def fill(trustanswer: Command, root: Path, tmp_path: Path) -> Any:
    """Fills a sample from the project's own knowledge; gives the filled file and the report."""

    def run(name: str, *options: str, out: str = "out") -> tuple[Path, dict[str, Any]]:
        source = root / "questionnaires" / name
        target = tmp_path / f"{out}{source.suffix}"
        report = tmp_path / f"{out}.json"
        done = trustanswer(
            "fill", source, "-k", root / "knowledge", "-o", target, "--json", report, *options
        )
        assert done.status == 0, done.err
        return target, read_json(report)

    return run


def drafted(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [a for a in report["answers"] if a["status"] == "drafted"]


# --- nothing is made up ------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_every_draft_quotes_statements_word_for_word(fill: Any, root: Path, name: str) -> None:
    _, report = fill(name)
    statements = {s.id: s for s in read_knowledge(root / "knowledge").statements}
    assert drafted(report)
    for answer in drafted(report):
        assert answer["citations"], answer["question"]
        for cited in answer["citations"]:
            assert cited["quote"] in statements[cited["statement_id"]].text


def test_the_lines_cited_give_the_quote_back(fill: Any, root: Path, tmp_path: Path) -> None:
    _, report = fill("bank.xlsx")
    for answer in drafted(report):
        for cited in answer["citations"]:
            source = root / "knowledge" / cited["source"]
            first, last = cited["lines"]
            alone = tmp_path / source.name
            alone.write_text(
                "\n".join(source.read_text(encoding="utf-8").splitlines()[first - 1 : last]),
                encoding="utf-8",
            )
            read = " ".join(s.text for s in read_knowledge(alone).statements)
            assert cited["quote"] in read


def source(cited: dict[str, Any]) -> str:
    return f"[{', '.join(filter(None, [' > '.join(cited['path']), cited['updated']]))}]"


@pytest.mark.parametrize("citations", ["comment", "inline", "none"])
def test_what_is_written_beside_an_option_is_quotes_sources_and_what_is_missing(
    fill: Any, citations: str
) -> None:
    """Taking away the quotes, the sources and the words of the verdict leaves nothing."""
    _, report = fill("bank.xlsx", "--citations", citations)
    for answer in drafted(report):
        rest = f"{answer['answer'] or ''}\n{answer['comment'] or ''}"
        if answer["option"]:
            rest = rest.replace(answer["option"], "", 1)
        for cited in answer["citations"]:
            rest = rest.replace(cited["quote"], "")
            rest = rest.replace(source(cited), "")
        if answer["contradicted"]:
            rest = rest.replace(f"Stated otherwise: {'; '.join(answer['contradicted'])}.", "")
        if answer["missing"]:
            rest = rest.replace(f"Not stated: {'; '.join(answer['missing'])}.", "")
        for word in ("Yes.", "No.", "Partially.", "N/A.", "Yes", "No", "Partially", "N/A"):
            rest = rest.replace(word, "")
        assert not rest.strip(), (answer["question"], rest)


# --- nothing else changes ----------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
def test_only_the_cells_that_the_report_names_differ(fill: Any, root: Path, name: str) -> None:
    target, report = fill(name)
    named = {
        (a["sheet"], cell)
        for a in report["answers"]
        for cell in (a["answer_cell"], a["comment_cell"])
        if cell and a["status"] == "drafted"
    }
    before = openpyxl.load_workbook(root / "questionnaires" / name)
    after = openpyxl.load_workbook(target)
    assert before.sheetnames == after.sheetnames
    changed = {
        (sheet.title, cell.coordinate)
        for sheet in after
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != before[sheet.title][cell.coordinate].value
    }
    assert changed == named


@pytest.mark.parametrize("name", BOOKS)
def test_every_part_but_the_sheets_with_answers_is_the_same_to_the_byte(
    fill: Any, root: Path, name: str
) -> None:
    target, report = fill(name)
    with (
        zipfile.ZipFile(root / "questionnaires" / name) as before,
        zipfile.ZipFile(target) as after,
    ):
        assert before.namelist() == after.namelist()
        changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    allowed = ("xl/worksheets/", "xl/styles.xml", "xl/workbook.xml")
    assert all(part.startswith(allowed) for part in changed)
    assert report["parts"] == {"changed": len(changed), "total": len(before.namelist())}


@pytest.mark.parametrize("name", BOOKS)
def test_an_independent_check_finds_no_fault(
    fill: Any, root: Path, shared: Path, tmp_path: Path, name: str
) -> None:
    target, _ = fill(name)
    check = [shared / "check" / "check_fidelity.py", root / "questionnaires" / name, target]
    done = subprocess.run(
        [sys.executable, *map(str, check), str(tmp_path / "out.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_questionnaire_itself_is_never_written(fill: Any, root: Path) -> None:
    before = (root / "questionnaires" / "bank.xlsx").read_bytes()
    fill("bank.xlsx")
    assert (root / "questionnaires" / "bank.xlsx").read_bytes() == before


def test_a_csv_file_keeps_every_record_that_was_not_answered(fill: Any, root: Path) -> None:
    target, report = fill("startup.csv")
    source = root / "questionnaires" / "startup.csv"
    before = source.read_text(encoding="utf-8-sig")
    after = target.read_text(encoding="utf-8-sig")
    rows = list(zip(csv.reader(before.splitlines()), csv.reader(after.splitlines()), strict=True))
    answered = {a["row"] for a in drafted(report)}
    assert answered
    for number, (old, new) in enumerate(rows, start=1):
        assert old[0] == new[0]
        assert (old == new) == (number not in answered)


def test_the_same_run_gives_the_same_bytes(fill: Any) -> None:
    first, one = fill("bank.xlsx", out="first")
    second, two = fill("bank.xlsx", out="second")
    assert first.read_bytes() == second.read_bytes()
    assert one["answers"] == two["answers"]


# --- nothing is guessed ------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
def test_what_is_not_known_stays_blank_and_says_why(fill: Any, name: str) -> None:
    target, report = fill(name)
    book = openpyxl.load_workbook(target)
    abstained = [a for a in report["answers"] if a["status"] == "abstained"]
    assert abstained
    for answer in abstained:
        assert answer["reason"]
        assert answer["verdict"] == "none"
        assert answer["option"] is answer["answer"] is answer["comment"] is None
        cell = answer["answer_cell"]
        assert cell is None or not str(book[answer["sheet"]][cell].value or "").strip()


def test_a_knowledge_base_about_something_else_gives_an_identical_copy(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "kitchen.md").write_text("# Kitchen\n\n## Soup\n\nTomatoes are peeled first.\n")
    source, target = root / "questionnaires" / "bank.xlsx", tmp_path / "out.xlsx"
    done = trustanswer("fill", source, "-k", tmp_path / "kitchen.md", "-o", target)
    assert done.status == 0
    assert target.read_bytes() == source.read_bytes()
    assert "identical copy" in done.out


def test_a_higher_threshold_only_takes_drafts_away(fill: Any) -> None:
    _, usual = fill("bank.xlsx")
    _, careful = fill("bank.xlsx", "--min-confidence", "0.6")
    kept = {a["question"]: a["verdict"] for a in drafted(careful)}
    assert 0 < len(kept) < len(drafted(usual))
    assert kept.items() <= {a["question"]: a["verdict"] for a in drafted(usual)}.items()


@pytest.mark.parametrize("name", BOOKS)
def test_a_dropdown_gets_one_of_its_own_values_or_nothing(fill: Any, name: str) -> None:
    _, report = fill(name)
    for answer in drafted(report):
        if answer["options"]:
            assert answer["answer"] is None or answer["answer"] in answer["options"]


# --- what stands there already -----------------------------------------------------------------


def test_prefilled_answers_are_left_as_they_are(fill: Any, root: Path) -> None:
    target, report = fill("startup.xlsx")
    before = openpyxl.load_workbook(root / "questionnaires" / "startup.xlsx")
    after = openpyxl.load_workbook(target)
    prefilled = [a for a in report["answers"] if a["status"] == "prefilled"]
    assert len(prefilled) == 6
    for answer in prefilled:
        sheet, row = answer["sheet"], answer["row"]
        assert [c.value for c in before[sheet][row]] == [c.value for c in after[sheet][row]]


def test_overwrite_answers_prefilled_questions_too(fill: Any) -> None:
    _, report = fill("startup.xlsx", "--overwrite")
    assert not [a for a in report["answers"] if a["status"] == "prefilled"]


def test_a_file_that_came_answered_is_not_said_to_lack_evidence(
    trustanswer: Command, tmp_path: Path
) -> None:
    (tmp_path / "keys.md").write_text(KEYS, encoding="utf-8")
    (tmp_path / "asked.csv").write_text("Question,Answer\nIs customer data encrypted?,Yes\n")
    done = trustanswer("fill", tmp_path / "asked.csv", "-k", tmp_path / "keys.md")
    assert done.status == 0, done.err
    assert "all was answered already; --overwrite answers anew" in done.out
    assert "nothing could be drafted" not in done.out
    assert "expected to need correction" not in done.out


# --- what was drafted and cannot be written ------------------------------------------------------

KEYS = "## Keys\n\nCustomer data at rest is encrypted with keys of ≥ 256 bits."


def latin(folder: Path, *questions: str) -> Path:
    """A questionnaire in Windows-1252, which has no "≥"."""
    lines = ["Question;Answer", *(f"{question};" for question in questions)]
    file = folder / "latin.csv"
    file.write_bytes("\r\n".join([*lines, "Où êtes-vous?;"]).encode("cp1252"))
    return file


def test_a_draft_that_the_file_cannot_hold_is_left_to_a_person(
    trustanswer: Command, tmp_path: Path
) -> None:
    (tmp_path / "keys.md").write_text(KEYS, encoding="utf-8")
    file = latin(tmp_path, "Is customer data at rest encrypted?")
    done = trustanswer("fill", file, "-k", tmp_path / "keys.md")
    assert done.status == 0, done.err
    assert (tmp_path / "latin.filled.csv").read_bytes() == file.read_bytes()
    (row,) = [line for line in done.out.splitlines() if "customer data at rest" in line]
    assert "has no character '≥'; save the questionnaire as CSV UTF-8" in row
    assert "what was drafted could not be written" in done.out
    assert "nothing could be drafted" not in done.out


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is customer data at rest encrypted?", "“yes”"),
        ("Describe how customer data at rest is encrypted.", "what is quoted"),
    ],
)
def test_a_draft_without_a_fitting_option_is_left_to_a_person(
    trustanswer: Command, tmp_path: Path, question: str, said: str
) -> None:
    (tmp_path / "keys.md").write_text(KEYS, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Question", "Answer"], [question, None]):
        sheet.append(row)
    options = DataValidation(type="list", formula1='"Never,Sometimes"')
    options.add("B2")
    sheet.add_data_validation(options)
    book.save(tmp_path / "asked.xlsx")
    done = trustanswer("fill", tmp_path / "asked.xlsx", "-k", tmp_path / "keys.md")
    assert done.status == 0, done.err
    assert f"none of the options says {said}; choose one" in done.out
    assert "nothing could be drafted" not in done.out


# --- where the sources go ----------------------------------------------------------------------


def test_the_comment_cell_gets_quote_and_source(fill: Any) -> None:
    target, report = fill("bank.xlsx")
    book = openpyxl.load_workbook(target)
    for answer in drafted(report):
        written = book[answer["sheet"]][answer["comment_cell"]].value
        cited = answer["citations"][0]
        assert written == answer["comment"]
        assert source(cited) in written


@pytest.mark.parametrize("header", ["Question,Answer", "Question,Answer,Comments"])
def test_what_two_documents_say_word_for_word_is_quoted_once_with_both_sources(
    trustanswer: Command, tmp_path: Path, header: str
) -> None:
    quote = "All customer data is encrypted at rest with AES-256."
    kb, asked, filled = tmp_path / "kb", tmp_path / "asked.csv", tmp_path / "filled.csv"
    kb.mkdir()
    for place in ("Platform", "Policies"):
        (kb / f"{place}.md").write_text(f"# Acme\n\n## {place}\n\n### At rest\n\n{quote}\n")
    commas = "," * (header.count(",") - 1)
    asked.write_text(f"{header}\nIs customer data encrypted at rest?,{commas}\n")
    done = trustanswer("fill", asked, "-k", kb, "-o", filled)
    assert done.status == 0, done.err
    written = filled.read_text()
    assert written.count(quote) == 1
    assert f"{quote} [Platform > At rest] [Policies > At rest]" in written


def test_without_a_comment_cell_the_source_stands_behind_the_answer(fill: Any) -> None:
    _, report = fill("startup.xlsx")
    apart = [a for a in drafted(report) if a["comment_cell"] is None and not a["options"]]
    assert apart
    assert all(a["answer"].endswith("]") or a["missing"] or a["contradicted"] for a in apart)


def test_an_evidence_sheet_is_added_at_the_end_and_holds_every_quote(fill: Any) -> None:
    target, report = fill("bank.xlsx", "--citations", "sheet")
    sheet = openpyxl.load_workbook(target).worksheets[-1]
    cells = {str(c.value) for row in sheet.iter_rows() for c in row}
    assert {c["quote"] for a in drafted(report) for c in a["citations"]} <= cells


def test_a_text_file_keeps_the_sources_that_a_sheet_was_asked_for(fill: Any) -> None:
    target, report = fill("startup.csv", "--citations", "sheet")
    written = " ".join(target.read_text(encoding="utf-8-sig").split())
    assert all(source(c) in written for a in drafted(report) for c in a["citations"])


def test_no_sources_at_all_where_none_are_wanted(fill: Any) -> None:
    _, report = fill("startup.xlsx", "--citations", "none")
    written = [f"{a['answer']}{a['comment']}" for a in drafted(report)]
    assert not any(" > " in text for text in written)


def test_the_output_goes_beside_the_questionnaire_by_default(
    trustanswer: Command, root: Path, tmp_path: Path
) -> None:
    copy = shutil.copy(root / "questionnaires" / "startup.xlsx", tmp_path / "in.xlsx")
    assert trustanswer("fill", copy, "-k", root / "knowledge").status == 0
    assert (tmp_path / "in.filled.xlsx").is_file()


# --- what was filled comes back ----------------------------------------------------------------


@pytest.mark.parametrize("citations", ["comment", "inline", "sheet", "none"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_filled_file_is_read_like_the_one_that_came(
    trustanswer: Command, fill: Any, root: Path, tmp_path: Path, name: str, citations: str
) -> None:
    target, _ = fill(name, "--citations", citations)
    blank, filled = tmp_path / "blank.json", tmp_path / "filled.json"
    assert trustanswer("inspect", root / "questionnaires" / name, "--json", blank).status == 0
    assert trustanswer("inspect", target, "--json", filled).status == 0
    assert _asked(filled) == _asked(blank)


def _asked(report: Path) -> list[tuple[str, ...]]:
    parts = ("sheet", "row", "question", "section", "answer_cell", "comment_cell")
    return [tuple(q[part] for part in parts) for q in read_json(report)["questions"]]


def test_a_filled_file_is_evidence_for_the_next_questionnaire(fill: Any) -> None:
    target, report = fill("retailer.xlsx")
    read = read_knowledge(target, read_answers).statements
    answered = {a["row"] for a in drafted(report)}
    assert len(answered) > 20
    assert {s.place.first for s in read if s.place} == answered
