"""Evaluating: the product's own drafts, and simpler tools' ones, held against labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trustanswer.answering import Wording, kind_of
from trustanswer.answering.calibration import Calibration, fit
from trustanswer.evaluation.baselines import BASELINES, baseline_draft
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.evaluation.metrics import Outcome, outcome
from trustanswer.model import Candidate, Draft, Knowledge, Statement
from trustanswer.pipeline.filling import drafted
from trustanswer.pipeline.reviewed import reviewed
from trustanswer.pipeline.settings import Settings, knowledge_place, load_knowledge
from trustanswer.pipeline.workspace import open_workspace

PRODUCT = "trustanswer"


@dataclass(frozen=True)
class Evaluation:
    """What became of every labelled question: the product's drafts, and for it (PRODUCT) and each
    baseline, by name, the outcomes in the order of the labels."""

    drafts: tuple[Draft, ...]
    outcomes: dict[str, list[Outcome]]

    @property
    def product(self) -> list[Outcome]:
        return self.outcomes[PRODUCT]


def evaluate(labels: Sequence[Label], knowledge: Knowledge, settings: Settings) -> Evaluation:
    """Drafts every labelled question from the knowledge, as `fill` does and as simpler tools do."""
    questions = [label.as_question() for label in labels]
    drafts, candidates = drafted(questions, knowledge, settings)
    outcomes = {PRODUCT: _outcomes(labels, drafts, [_statements(c) for c in candidates])}
    for name, (order, floor) in BASELINES.items():
        ranked = [order(c) for c in candidates]
        baseline = [
            baseline_draft(question, one, floor, kind_of(question.text) is Wording.OPEN)
            for question, one in zip(questions, ranked, strict=True)
        ]
        orders = [[candidate.statement for _, candidate in one] for one in ranked]
        outcomes[name] = _outcomes(labels, baseline, orders)
    return Evaluation(tuple(drafts), outcomes)


def _outcomes(
    rows: Sequence[Label], drafts: Sequence[Draft], orders: Sequence[Sequence[Statement]]
) -> list[Outcome]:
    return [
        outcome(row, draft, order) for row, draft, order in zip(rows, drafts, orders, strict=True)
    ]


def _statements(candidates: Sequence[Candidate]) -> list[Statement]:
    return [candidate.statement for candidate in candidates]


# --- what is evaluated -------------------------------------------------------------------------


def labelled(name: str, settings: Settings) -> tuple[list[Label], Knowledge]:
    """The labels of a file with the knowledge of the run, or those of a review, by its number,
    with the statements that it was drafted from."""
    if _is_review(name):
        with open_workspace() as workspace:
            return reviewed(workspace, int(name))
    return read_labels(Path(name)), load_knowledge(settings)


def read_for(name: str, settings: Settings) -> tuple[Path, ...]:
    """The files and folders that `labelled` reads."""
    return () if _is_review(name) else (Path(name), knowledge_place(settings))


def _is_review(name: str) -> bool:
    return name.isdecimal() and not Path(name).exists()


def calibrated_on(labels: Sequence[Label], knowledge: Knowledge, settings: Settings) -> Calibration:
    """What the raw confidence of drafts is worth on these questions. Raises InputError where they
    are too few."""
    raw = evaluate(labels, knowledge, replace(settings, calibrated=False, min_confidence=None))
    drafts = [o for o in raw.product if o.drafted]
    return fit(
        [o.confidence for o in drafts],
        [o.acceptable for o in drafts],
        [o.plain for o in drafts],
    )
