"""What a confidence is worth: measured, monotone, kept in a file that can be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustanswer.answering import calibration
from trustanswer.answering.calibration import RAW, as_stored, fit, read_calibration
from trustanswer.answering.trained import SHIPPED, trained
from trustanswer.errors import InputError
from trustanswer.model import Band, Draft, Flag, Question, Status, Verdict

QUESTION = Question(None, 1, None, None, None, "Is it?")
SURE = [0.2, 0.4, 0.6, 0.8] * 100
PLAIN = [True] * len(SURE)
STOOD = [at // 4 % 10 < raw * 5 for at, raw in enumerate(SURE)]  # half as many as was said


def test_a_model_twice_too_sure_is_set_right() -> None:
    found = fit(SURE, STOOD, PLAIN)
    for raw in (0.2, 0.4, 0.6, 0.8):
        assert found.probability(raw) == pytest.approx(raw / 2, abs=0.02)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=60, max_size=200),
    st.lists(st.floats(0, 1), min_size=2, max_size=20),
)
def test_a_surer_draft_is_never_worth_less(
    drafts: list[tuple[float, bool]], asked: list[float]
) -> None:
    drafts = [*drafts, (0.1, False), (0.9, True)]  # of each kind there is one
    found = fit([raw for raw, _ in drafts], [stood for _, stood in drafts], [True] * len(drafts))
    worth = [found.probability(raw) for raw in sorted(asked)]
    assert worth == sorted(worth)
    assert all(0 <= p <= 1 for p in worth)


def test_the_very_sure_are_worth_no_more_than_was_measured() -> None:
    raw = [0.5] * 50 + [0.8] * 50 + [0.95] * 50
    stood = [True, False] * 25 + [True] * 45 + [False] * 5 + [True] * 40 + [False] * 10
    assert fit(raw, stood, [True] * len(raw)).probability(1.0) == pytest.approx(85 / 100, abs=0.01)


def test_the_table_says_what_was_to_be_corrected_with_a_bound() -> None:
    found = fit(SURE, STOOD, PLAIN)
    (row,) = [e for e in found.expected if e.threshold == 0.36]
    assert row.drafts == 100
    assert row.corrected == pytest.approx(0.6)
    assert 0.6 < row.at_most < 0.72


def test_the_default_threshold_keeps_within_its_risk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "SHOWN_RISK", 0.62)
    found = fit(SURE, STOOD, PLAIN)
    assert found.probability(0.8) >= found.threshold > found.probability(0.6)


def test_the_surest_drafts_do_not_make_up_for_others_in_the_high_band() -> None:
    raw = [0.5] * 20 + [0.95] * 180
    stood = [True, False] * 10 + [True] * 180  # one in twenty to correct, half of the unsure ones
    found = fit(raw, stood, [True] * len(raw))
    assert found.of_the_high is not None
    assert found.high > found.probability(0.5)
    assert found.of_the_high.drafts == 180


def test_a_draft_that_lacks_something_is_never_in_the_high_band() -> None:
    sure = Draft(QUESTION, Status.DRAFTED, Verdict.YES, 1.0)
    assert RAW.band(sure) is Band.HIGH
    lacking = Draft(QUESTION, Status.DRAFTED, Verdict.PARTIAL, 1.0, missing=("tested",))
    flagged = Draft(QUESTION, Status.DRAFTED, Verdict.YES, 1.0, flags=(Flag("planned", "soon"),))
    unsure = Draft(QUESTION, Status.DRAFTED, Verdict.YES, 0.9)
    assert {RAW.band(d) for d in (lacking, flagged, unsure)} == {Band.REVIEW}


def test_a_calibration_survives_its_file(tmp_path: Path) -> None:
    found = fit(SURE, STOOD, PLAIN)
    (tmp_path / "c.json").write_text(json.dumps(as_stored(found)))
    assert read_calibration(tmp_path / "c.json") == found


def test_too_few_decisions_are_no_ground_for_a_calibration() -> None:
    with pytest.raises(InputError, match="10 drafts with a decision are too few"):
        fit([0.5] * 10, [True, False] * 5, [True] * 10)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no json", "is no calibration"),
        ('{"threshold": 0.5}', "is no calibration"),
        (
            '{"threshold": 0.5, "high": 0.9, "knots": [[0, 0.5], [1, 0.4]], "expected": []}',
            "the probabilities fall",
        ),
    ],
)
def test_a_file_that_is_no_calibration_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "c.json").write_text(text)
    with pytest.raises(InputError, match=says):
        read_calibration(tmp_path / "c.json")


def test_the_shipped_weights_are_calibrated() -> None:
    shipped = trained().calibration
    assert shipped == read_calibration(SHIPPED / "calibration.json")
    assert 0 < shipped.threshold < shipped.high < 1
    assert shipped.of_the_high is not None
    assert shipped.of_the_high.corrected < shipped.of_the_high.at_most


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"relevance\.json cannot be read"):
        trained(tmp_path)
