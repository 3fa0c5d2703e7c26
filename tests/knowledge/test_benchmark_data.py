"""The data that the project carries: its own knowledge base, samples and labels fit together."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from trustanswer.evaluation.labels import supports
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Statement

VENDORS = ("carefold", "grainmill", "ledgerlane", "murmurly", "rosterwell", "shipkite")
FOR_TRAINING = (
    "brinehall", "dunmorrow", "ferncastle", "hollowbrook", "kelpwick", "larkmere", "marlstone",
    "oakhallow", "quillhaven", "saltgrove", "stavewright", "tallowmere", "thornwick", "wrenfold",
)  # fmt: skip
WITH_NEAR_MISSES = (
    "brackenfold", "cindermoor", "fallowgate", "harrowbeck", "ostlery", "quernstone", "sablewick",
    "velmoor",
)  # fmt: skip
CROSSED = (
    "brinehall", "dunmorrow", "ferncastle", "hollowbrook", "kelpwick", "larkmere", "marlstone",
    "oakhallow", "quillhaven", "saltgrove", "tallowmere", "thornwick", "wrenfold",
)  # fmt: skip
OWN_CROSSED = (
    "own-cloud-controls", "own-consensus", "own-customers-a", "own-customers-b",
    "own-self-assessment",
)  # fmt: skip
APART = (
    "greywharf", "lanternmesh", "pinwarden", "sluicegate", "thistledown",
)  # fmt: skip
OWN_APART = (
    "own-assurance", "own-dealership", "own-hospital", "own-insurer", "own-lender",
    "own-publisher", "own-shortform", "own-university",
)  # fmt: skip
CUSTOMERS = ("bank", "retailer", "startup", "startup_csv")
VERDICTS = {"yes", "no", "na", "partial", "text", "none"}
LONGEST_SHARED = 7  # words; names of laws and standards are longer and listed below
NAMES = (
    "Conversica", "California Consumer Privacy Act of 2018",
    "Virginia Consumer Data Protection Act",
    "Children's Online Privacy Protection Act", "Court of Justice of the European Union",
    "American Institute of Certified Public Accountants", "General Data Protection Regulation",
    "NIST SP 800-88 Revision 1", "Guidelines for Media Sanitation", "Amazon Web Services",
    "the EEA or Switzerland to the U.S.", "Business Continuity and Disaster Recovery",
    "ISO 27001:2013, ISO 27017:2015", "ISO 27018:2019", "ISO/IEC 27001:2013",
    "https://www.conversica.com/sub-processor/list-of-subprocessors",
)  # fmt: skip


def words(text: str) -> list[str]:
    for name in NAMES:
        text = text.replace("’", "'").replace(name, "\x1f")
    return re.findall(r"\w+|\x1f", text.casefold())


def labels(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def assert_labels_fit(rows: list[dict], knowledge: Path) -> None:
    statements = read_knowledge(knowledge).statements
    for row in rows:
        if row.get("prefilled"):
            continue
        assert row["verdict"] in VERDICTS, row["id"]
        assert (row["verdict"] == "none") == (not row["best"]), row["id"]
        for place in row["best"] + row["also"] + row.get("alt_best", []):
            assert any(stands(place, each) for each in statements), (row["id"], place)


def stands(place: str | dict[str, str], statement: Statement) -> bool:
    """Whether the statement is at this path, to the letter, or holds this quote."""
    if isinstance(place, dict):
        return supports(statement, place)
    return statement.title.endswith(place)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_path_in_a_vendors_labels_is_the_end_of_a_statements_path(root, vendor):
    folder = root / "benchmarks" / "vendors" / vendor
    rows = labels(folder / "labels.jsonl")
    assert len(rows) == 200
    assert_labels_fit(rows, folder / "trust-center.md")


@pytest.mark.parametrize("vendor", FOR_TRAINING + WITH_NEAR_MISSES)
def test_every_path_in_the_labels_of_a_vendor_to_train_on_is_a_statements_own(root, vendor):
    folder = root / "benchmarks" / "vendors" / vendor
    rows = labels(folder / "labels.jsonl")
    assert len(rows) == (200 if vendor in WITH_NEAR_MISSES else 240)
    assert_labels_fit(rows, folder / "knowledge")


@pytest.mark.parametrize("name", CROSSED + OWN_CROSSED)
def test_every_path_in_the_labels_of_crossed_questions_is_a_statements_own(root, name):
    folder, vendor = root / "benchmarks" / "crossed" / name, root / "benchmarks" / "vendors" / name
    rows = labels(folder / "labels.jsonl")
    assert len(rows) == 240
    assert_labels_fit(rows, vendor / "knowledge" if name in CROSSED else root / "knowledge")


@pytest.mark.parametrize("name", APART + OWN_APART)
def test_every_path_in_the_labels_of_a_set_apart_is_a_statements_own(root, name):
    folder = root / "benchmarks" / "apart" / name
    knowledge = folder / "knowledge" if name in APART else root / "knowledge"
    assert_labels_fit(labels(folder / "labels.jsonl"), knowledge)


@pytest.mark.parametrize("customer", CUSTOMERS)
def test_every_path_in_a_customers_labels_is_a_statement_of_the_projects_own(root, customer):
    assert_labels_fit(
        labels(root / "benchmarks" / "customers" / f"{customer}.jsonl"), root / "knowledge"
    )


@pytest.mark.parametrize(
    "name",
    [f"vendors/{each}" for each in VENDORS + FOR_TRAINING + WITH_NEAR_MISSES]
    + [f"crossed/{each}" for each in CROSSED + OWN_CROSSED]
    + [f"apart/{each}" for each in APART + OWN_APART],
)
def test_questions_and_labels_go_together(root, name):
    folder = root / "benchmarks" / name
    asked = (folder / "questions.csv").read_text(encoding="utf-8")
    for row in labels(folder / "labels.jsonl"):
        assert row["question"].replace('"', '""') in asked, row["id"]


def test_the_projects_knowledge_says_the_same_under_the_same_titles_and_dates(root, shared):
    own = read_knowledge(root / "knowledge").statements
    original = read_knowledge(shared / "knowledge" / "conversica").statements
    assert [(s.path, s.updated) for s in own] == [(s.path, s.updated) for s in original]
    for mine, theirs in zip(own, original, strict=True):
        assert numbers(mine.text) == numbers(theirs.text), mine.title


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:-]\d+)*%?", text))


def test_the_projects_knowledge_and_labels_share_no_sentence_with_the_original(root, shared):
    original = words((shared / "knowledge/conversica/trust-center.txt").read_text(encoding="utf-8"))
    length = LONGEST_SHARED + 1
    runs = {tuple(original[i : i + length]) for i in range(len(original) - length + 1)}
    texts = [s.text for s in read_knowledge(root / "knowledge").statements]
    own = [root / "benchmarks" / "customers" / f"{customer}.jsonl" for customer in CUSTOMERS]
    own += [root / "benchmarks" / "crossed" / name / "labels.jsonl" for name in OWN_CROSSED]
    own += [root / "benchmarks" / "apart" / name / "labels.jsonl" for name in OWN_APART]
    for file in own:
        texts += [row["why"] for row in labels(file) if row.get("why")]
    for text in texts:
        mine = words(text)
        shared_runs = {tuple(mine[i : i + length]) for i in range(len(mine))} & runs
        assert not shared_runs
