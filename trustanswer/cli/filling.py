"""Filling a questionnaire, asking one question, looking at what a file asks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trustanswer import render
from trustanswer.cli import options


def fill(
    file: options.QuestionnaireArgument,
    knowledge: options.KnowledgeOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="Where the filled copy goes. Default: NAME.filled.xlsx beside the questionnaire, "
            "which itself is never written.",
        ),
    ] = None,
    json_path: options.JsonOption = None,
    mapping: options.MappingOption = None,
    min_confidence: options.ThresholdOption = None,
    citations: options.CitationsOption = "comment",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Answer also where an answer already stands.")
    ] = False,
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """Fill suggested answers with their sources into a copy of the questionnaire."""
    from trustanswer import pipeline, reports
    from trustanswer.answering import Citations

    with render.progress() as progress:
        settings = options.settings(
            knowledge, model, reranker, min_confidence, tag, visibility, progress
        )
        filled = pipeline.fill(
            file,
            out,
            settings,
            mapping=mapping,
            citations=Citations(citations),
            overwrite=overwrite,
            report=json_path,
        )
    options.write_json(json_path, reports.fill_report(filled))
    render.filled(filled)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="One security question.")],
    knowledge: options.KnowledgeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    min_confidence: options.ThresholdOption = None,
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """Answer one question, with the sources of every claim."""
    from trustanswer import pipeline, reports

    with render.progress() as progress:
        settings = options.settings(
            knowledge, model, reranker, min_confidence, tag, visibility, progress
        )
        entry = pipeline.ask(question, settings)
    if as_json:
        options.print_json(reports.answer_report(entry))
    else:
        render.answer(entry)


def inspect(
    file: options.QuestionnaireArgument,
    json_path: options.JsonOption = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write what was found, to be edited and given to `fill --mapping`."
        ),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read the questionnaire by this mapping.")
    ] = None,
) -> None:
    """Show what was found in a questionnaire: every row is a question, or something named."""
    from trustanswer import pipeline, reports
    from trustanswer.pipeline.outputs import text_outputs

    outputs = text_outputs(save_mapping=save_mapping, json=json_path)
    with render.progress() as progress:
        progress("Reading the questionnaire", 0, 0)
        questionnaire = pipeline.inspect(file, mapping, outputs=outputs)
    if save_mapping is not None:
        pipeline.save_layout(questionnaire, save_mapping)
    options.write_json(json_path, reports.questionnaire_report(questionnaire))
    render.questionnaire(questionnaire)
