"""Figures worked out by hand, and held against an independent scorer."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Command
from trustanswer.errors import InputError
from trustanswer.evaluation import metrics
from trustanswer.evaluation.labels import read_labels
from trustanswer.evaluation.metrics import Outcome
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Band, Verdict
from trustanswer.pipeline import Settings
from trustanswer.pipeline.evaluating import PRODUCT, evaluate

YES, NO, PART, NONE = Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NONE


def made(
    label: Verdict, verdict: Verdict, confidence: float = 0.5, *, good: bool = False, rank: int = 1
) -> Outcome:
    return Outcome(label, verdict, confidence, good, good, False, False, rank)


FOUR = [
    made(YES, YES, 0.9, good=True, rank=1),
    made(YES, NONE, rank=2),
    made(NO, YES, 0.6, rank=4),
    made(NONE, NONE),
]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (metrics.useful, 1 / 3),
        (metrics.precision, 1 / 2),
        (metrics.abstained, 1.0),
        (metrics.recall_at(1), 1 / 3),
        (metrics.recall_at(2), 2 / 3),
        (metrics.mrr, (1 + 1 / 2 + 1 / 4) / 3),
        (metrics.aurc, (0 + 1 / 2) / 2),
        (metrics.ece, (abs(0.9 - 1) + 0.6) / 2),
    ],
)
def test_a_figure_is_what_its_definition_gives(figure: metrics.Figure, value: float) -> None:
    assert figure(FOUR) == pytest.approx(value)


def test_a_figure_over_nothing_is_no_number() -> None:
    assert math.isnan(metrics.precision([made(YES, NONE)]))


def test_an_interval_holds_its_figure_and_is_the_same_each_time() -> None:
    many = FOUR * 20
    low, high = metrics.interval(metrics.useful, many)
    assert low < metrics.useful(many) < high
    assert (low, high) == metrics.interval(metrics.useful, many)


def test_of_several_sets_a_figure_is_the_mean_whatever_their_size() -> None:
    right, wrong = [made(YES, YES, good=True)] * 30, [made(YES, NONE)] * 10
    value, low, high = metrics.figures(right, wrong)["useful"]
    assert (value, low, high) == (0.5, 0.5, 0.5)


def test_the_high_band_is_measured_by_itself() -> None:
    found = [
        replace(made(YES, YES, good=True), band=Band.HIGH),
        made(YES, YES, good=False),
        made(YES, NONE),
        replace(made(NONE, YES), band=Band.HIGH),
    ]
    assert metrics.high_precision(found) == 1 / 2
    assert metrics.high_held(found) == 1 / 3


def test_risk_grows_with_coverage_where_the_surest_are_right() -> None:
    assert metrics.risk_coverage(FOUR) == [(0.5, 0.0), (1.0, 0.5)]


def test_confusion_counts_every_question_once() -> None:
    assert metrics.confusion(FOUR) == {(YES, YES): 1, (YES, NONE): 1, (NO, YES): 1, (NONE, NONE): 1}


def test_the_figures_are_those_of_an_independent_scorer(
    trustanswer: Command, root: Path, shared: Path, tmp_path: Path
) -> None:
    labels = root / "benchmarks" / "vendors" / "shipkite" / "labels.jsonl"
    folder = labels.parent
    knowledge = folder / "trust-center.md"
    answers, statements = tmp_path / "a.json", tmp_path / "kb.json"
    trustanswer(
        *("fill", folder / "questions.csv", "-k", knowledge),
        *("-o", tmp_path / "o.csv", "--json", answers),
    )
    trustanswer("kb", "list", "-k", knowledge, "--json", statements)
    scorer = [shared / "check" / "score_answers.py", labels, answers, "--statements", statements]
    printed = subprocess.run(
        [sys.executable, *map(str, scorer)], capture_output=True, text=True, check=True
    ).stdout
    theirs = {n: float(v) for n, v in re.findall(r"^(\w+)\s+([\d.]+)", printed, re.MULTILINE)}
    # The scorer reads the questions as the CSV file gives them: without lead-ins and sections.
    own = evaluate(read_labels(labels), read_knowledge(knowledge), Settings()).product
    for name in ("useful", "precision", "overclaim", "opposite", "abstained", "quoted"):
        assert metrics.FIGURES[name](own) == pytest.approx(theirs[name], abs=0.03), name


def test_the_product_is_more_precise_than_what_drafts_from_the_nearest_statement(
    root: Path,
) -> None:
    labels = read_labels(root / "benchmarks" / "customers" / "bank.jsonl")
    found = evaluate(labels, read_knowledge(root / "knowledge"), Settings())
    for name, outcomes in found.outcomes.items():
        if name != PRODUCT:
            assert metrics.precision(found.product) > metrics.precision(outcomes)
            assert metrics.overclaim(found.product) < metrics.overclaim(outcomes)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no labels"),
        ("{", "line 1: not a JSON object"),
        ('{"question": "Q?"}', "line 1: not a label"),
        ('{"question": "Q?", "verdict": "maybe", "best": []}', "line 1: not a label"),
    ],
)
def test_labels_that_are_none_are_named_by_their_line(
    tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / "labels.jsonl").write_text(content)
    with pytest.raises(InputError, match=says):
        read_labels(tmp_path / "labels.jsonl")
