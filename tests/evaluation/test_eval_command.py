"""`trustanswer eval`: on labels, on a team's own review, and what a team makes of it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import Command, looked_at_today
from trustanswer.evaluation import curve
from trustanswer.evaluation.metrics import Outcome
from trustanswer.model import Verdict


@pytest.fixture
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with the project's trust center as its knowledge."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knowledge").symlink_to(root / "knowledge")
    return tmp_path


@pytest.fixture
def bank(root: Path) -> Path:
    return root / "benchmarks" / "customers" / "bank.jsonl"


def test_the_table_fits_eighty_columns(
    trustanswer: Command, desk: Path, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")  # as at a terminal; a dumb one has 80 columns
    monkeypatch.setenv("TERM", "dumb")
    done = trustanswer("eval", bank)
    assert done.status == 0, done.err
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= 80
    (useful,) = [line.split() for line in lines if line.startswith("useful")]
    low, high = map(float, useful[2].split("-"))
    assert low <= float(useful[1]) <= high
    assert len(useful) == 3 + 4  # and what four simpler tools do
    assert "left to a person" in done.out


def test_report_picture_and_calibration_are_written(
    trustanswer: Command, desk: Path, bank: Path
) -> None:
    done = trustanswer(
        *("eval", bank, "--json", "r.json", "--curve", "c.svg", "--save-calibration", "c.json")
    )
    assert done.status == 0, done.err
    report = json.loads((desk / "r.json").read_text())
    assert report["questions"] == 59
    assert sum(row["questions"] for row in report["confusion"]["trustanswer"]) == 59
    useful = report["figures"]["trustanswer"]["useful"]
    assert useful["low"] <= useful["value"] <= useful["high"]
    assert ET.parse(desk / "c.svg").getroot().tag.endswith("svg")
    assert json.loads((desk / "c.json").read_text())["knots"]


def test_a_calibration_named_in_the_settings_is_what_confidence_goes_by(
    trustanswer: Command, desk: Path, root: Path
) -> None:
    stored = {"threshold": 0.1, "high": 0.12, "knots": [[0, 0.11], [0.01, 0.123]]}
    high = {"threshold": 0.12, "drafts": 321, "corrected": 0.07, "at_most": 0.09}
    (desk / "ours.json").write_text(json.dumps({**stored, "expected": [], "of_the_high": high}))
    (desk / "trustanswer.toml").write_text('calibration = "ours.json"\n')
    (desk / "knowledge").unlink()
    looked_at_today(root / "knowledge", desk / "knowledge")
    book = root / "questionnaires" / "startup.csv"
    done = trustanswer("fill", book, "-o", "o.csv", "--json", "o.json")
    assert done.status == 0, done.err
    assert "Drafts above 0.12: 7% expected to need correction, at most 9%." in done.out
    drafts = [a for a in json.loads((desk / "o.json").read_text())["answers"] if a["citations"]]
    assert {a["confidence"] for a in drafts} <= {0.123, *(n / 1000 for n in range(110, 124))}
    assert "high" in {a["band"] for a in drafts} <= {"high", "review"}
    whole = [a for a in drafts if a["verdict"] != "partial"]
    plain = [a for a in whole if not a["missing"] and not a["flags"]]
    assert {a["band"] for a in plain if a["confidence"] >= 0.12} == {"high"}


def test_a_calibration_that_is_not_there_is_named(trustanswer: Command, desk: Path) -> None:
    (desk / "trustanswer.toml").write_text('calibration = "nowhere.json"\n')
    done = trustanswer("ask", "Is data encrypted at rest?")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "nowhere.json cannot be read" in done.err


def test_a_review_is_measured_by_what_became_of_its_drafts(
    trustanswer: Command, desk: Path, root: Path
) -> None:
    book = root / "questionnaires" / "bank.xlsx"
    assert trustanswer("review", "start", book, "--by", "ann").status == 0
    shown = json.loads(trustanswer("review", "show", "1", "--json").out)["answers"]
    first, second, third, *rest = [str(a["number"]) for a in shown if a["state"] == "drafted"]
    blank = next(str(a["number"]) for a in shown if a["status"] == "abstained")
    decide = ["--by", "ann", "--why", "because"]
    assert trustanswer("review", "reject", "1", first, *decide).status == 0
    for row in (second, blank):  # a person's words, in place of a draft and where there was none
        words = ("--answer", "Yes", "--comment", "In our words.")
        assert trustanswer("review", "edit", "1", row, *words, "--by", "ann").status == 0
    approved = [blank, second, third, *rest[:4]]
    assert trustanswer("review", "approve", "1", *approved, *decide).status == 0

    done = trustanswer("eval", "1", "--json", "r.json")
    assert done.status == 0, done.err
    report = json.loads((desk / "r.json").read_text())
    assert report["questions"] == 8  # what is open says nothing
    figures = report["figures"]["trustanswer"]
    assert figures["precision"]["value"] == pytest.approx(5 / 7)  # one rejected, one edited
    assert figures["abstained"]["value"] == pytest.approx(1 / 2)


def test_too_few_decisions_make_no_calibration(
    trustanswer: Command, desk: Path, bank: Path
) -> None:
    few = bank.read_text().splitlines()[:9]
    (desk / "few.jsonl").write_text("\n".join(few))
    done = trustanswer("eval", "few.jsonl", "--save-calibration", "c.json")
    assert done.status == 1
    assert "too few" in done.err
    assert not (desk / "c.json").exists()


def test_a_review_in_which_nothing_is_decided_is_no_measure(
    trustanswer: Command, desk: Path, root: Path
) -> None:
    trustanswer("review", "start", root / "questionnaires" / "startup.csv", "--by", "ann")
    done = trustanswer("eval", "1")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "no answer is approved or rejected yet" in done.err


def test_a_picture_shows_every_way_and_escapes_its_names() -> None:
    one = Outcome(Verdict.YES, Verdict.YES, 0.9, True, True, False, False, 1)
    drawn = curve.curve_svg({"ours": [one], "a < b": [one]}, "R&D")
    texts = [e.text for e in ET.fromstring(drawn).iter() if e.tag.endswith("text")]
    assert {"ours", "a < b", "R&D"} <= set(texts)
