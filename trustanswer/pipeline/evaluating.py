"""Evaluating: the product's own drafts, and simpler tools' ones, held against labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trustanswer.answering import Wording, kind_of
from trustanswer.evaluation.baselines import BASELINES, baseline_draft
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.evaluation.metrics import Outcome, outcome
from trustanswer.model import Candidate, Draft, Statement
from trustanswer.pipeline.filling import drafted
from trustanswer.pipeline.settings import Settings, load_knowledge

PRODUCT = "trustanswer"


def evaluate(labels: Path, settings: Settings) -> dict[str, list[Outcome]]:
    """For the product and each baseline (by name) what became of every labelled question."""
    rows = read_labels(labels)
    questions = [row.as_question() for row in rows]
    drafts, candidates = drafted(questions, load_knowledge(settings), settings)
    found = {PRODUCT: _outcomes(rows, drafts, [_statements(c) for c in candidates])}
    for name, (order, floor) in BASELINES.items():
        ranked = [order(c) for c in candidates]
        baseline = [
            baseline_draft(question, one, floor, kind_of(question.text) is Wording.OPEN)
            for question, one in zip(questions, ranked, strict=True)
        ]
        orders = [[candidate.statement for _, candidate in one] for one in ranked]
        found[name] = _outcomes(rows, baseline, orders)
    return found


def _outcomes(
    rows: Sequence[Label], drafts: Sequence[Draft], orders: Sequence[Sequence[Statement]]
) -> list[Outcome]:
    return [
        outcome(row, draft, order) for row, draft, order in zip(rows, drafts, orders, strict=True)
    ]


def _statements(candidates: Sequence[Candidate]) -> list[Statement]:
    return [candidate.statement for candidate in candidates]
