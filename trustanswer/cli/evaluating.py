"""Measuring the quality of drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trustanswer import render
from trustanswer.cli import options


def evaluate(
    labels: Annotated[
        str,
        typer.Argument(
            metavar="LABELS",
            help="Questions with what a careful reader would answer, a JSON object a line "
            "(benchmarks/README.md has the format); or the number of a review: then what stood "
            "as it was drafted is right, and what was edited or rejected is not.",
        ),
    ],
    knowledge: options.KnowledgeOption = None,
    json_path: options.JsonOption = None,
    curve: Annotated[
        Path | None,
        typer.Option(metavar="FILE.svg", help="Draw how much must be corrected of how much."),
    ] = None,
    save_calibration: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write what the confidence of drafts is worth on these questions. Named in "
            'trustanswer.toml (calibration = "FILE"), it is used from then on.',
        ),
    ] = None,
    min_confidence: options.ThresholdOption = None,
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
    weights: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Other weights, as benchmarks/training/folds.py makes them."
        ),
    ] = None,
) -> None:
    """Measure the drafts against labelled questions, beside what simpler tools would do."""
    from dataclasses import replace

    from trustanswer import reports
    from trustanswer.answering.calibration import as_stored
    from trustanswer.evaluation.curve import curve_svg
    from trustanswer.evaluation.metrics import confusion, figures
    from trustanswer.evaluation.report import evaluation_report
    from trustanswer.pipeline.evaluating import calibrated_on, evaluate, labelled, read_for
    from trustanswer.pipeline.outputs import check_outputs, text_outputs

    with render.progress() as progress:
        chosen = options.settings(knowledge, model, reranker, min_confidence, None, None, progress)
        settings = replace(chosen, weights=weights)
        outputs = text_outputs(json=json_path, curve=curve, save_calibration=save_calibration)
        if outputs:  # else what is wrong with the labels is said first
            check_outputs(outputs, read_for(labels, settings))
        rows, statements = labelled(labels, settings)
        found = evaluate(rows, statements, settings)
        fitted = save_calibration and calibrated_on(rows, statements, settings)
        progress("Intervals", 0, 0)
        measured = {name: figures(outcomes) for name, outcomes in found.outcomes.items()}
    options.write_json(json_path, evaluation_report(found.outcomes, measured))
    if curve is not None:
        reports.write_text(curve, curve_svg(found.outcomes, f"{Path(labels).name}: what is right"))
    if save_calibration and fitted:
        reports.write(save_calibration, as_stored(fitted))
    render.evaluated(measured, confusion(found.product), len(rows))
