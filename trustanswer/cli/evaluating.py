"""Measuring the quality of drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trustanswer import render
from trustanswer.cli import options


def evaluate(
    labels: Annotated[
        Path,
        typer.Argument(
            metavar="LABELS",
            help="Questions with what a careful reader would answer, a JSON object a line "
            "(benchmarks/README.md has the format).",
        ),
    ],
    knowledge: options.KnowledgeOption = None,
    json_path: options.JsonOption = None,
    min_confidence: options.ThresholdOption = None,
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
) -> None:
    """Measure the drafts against labelled questions, beside what simpler tools would do."""
    from trustanswer.evaluation.metrics import figures
    from trustanswer.pipeline.evaluating import evaluate

    with render.progress() as progress:
        settings = options.settings(
            knowledge, model, reranker, min_confidence, None, None, progress
        )
        found = evaluate(labels, settings)
        progress("Intervals", 0, 0)
        measured = {name: figures(outcomes) for name, outcomes in found.items()}
    options.write_json(
        json_path,
        {
            name: {figure: {"value": v, "low": low, "high": high} for figure, (v, low, high) in m}
            for name, m in ((name, m.items()) for name, m in measured.items())
        },
    )
    render.evaluated(measured, len(next(iter(found.values()))))
