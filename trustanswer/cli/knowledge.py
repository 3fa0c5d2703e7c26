"""Looking at the knowledge base."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trustanswer import render
from trustanswer.cli import options
from trustanswer.errors import KnowledgeError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from trustanswer.pipeline.workspace import Workspace

app = typer.Typer(
    help="Look at the knowledge base: what it holds, what is amiss, what changed, what is missing.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def kb_list(
    knowledge: options.KnowledgeOption = None,
    json_path: options.JsonOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """List the statements of the knowledge base, and the files that were not read."""
    from trustanswer import pipeline, reports
    from trustanswer.pipeline.settings import knowledge_place

    with render.progress() as progress:
        settings = options.settings(knowledge, None, None, None, tag, visibility, progress)
        options.check_report(json_path, knowledge_place(settings))
        found = pipeline.load_knowledge(settings)
    options.write_json(json_path, reports.knowledge_report(found))
    render.statements(found)


@app.command("lint")
def kb_lint(
    knowledge: options.KnowledgeOption = None,
    json_path: options.JsonOption = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Exit status 1 where anything is wrong (near-duplicates, vague and uncited "
            "statements are only notes). Otherwise 0, whatever was found.",
        ),
    ] = False,
    model: options.ModelOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """Find statements that are stale, undated, said twice or contradicted, vague, or never cited.

    What is cited is known from the reviews kept here, where there are any.
    """
    from trustanswer.pipeline.linting import lint_knowledge
    from trustanswer.pipeline.settings import knowledge_place
    from trustanswer.pipeline.upkeep_reports import lint_report

    with _reviews() as workspace, render.progress() as progress:
        settings = options.settings(knowledge, model, None, None, tag, visibility, progress)
        options.check_report(json_path, knowledge_place(settings))
        found = lint_knowledge(settings, workspace)
    options.write_json(json_path, lint_report(found))
    render.linted(found)
    if strict and found.problems:
        raise KnowledgeError(
            f"the knowledge base is not clean: {found.problems} findings, see above"
        )


@app.command("diff")
def kb_diff(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD",
            parser=options.knowledge_named,
            help="The knowledge base as it was.",
        ),
    ],
    new: Annotated[
        Path,
        typer.Argument(
            metavar="NEW",
            parser=options.knowledge_named,
            help="The knowledge base as it is.",
        ),
    ],
    json_path: options.JsonOption = None,
) -> None:
    """Show what changed between two states of a knowledge base, and which answers it touches.

    Touched are the approved and exported answers of the reviews kept here that quote a statement
    which was changed, renamed or removed.
    """
    from trustanswer.pipeline.impact import knowledge_diff
    from trustanswer.pipeline.upkeep_reports import diff_report

    with _reviews() as workspace, render.progress() as progress:
        settings = options.settings(None, None, None, None, None, None, progress)
        options.check_report(json_path, old, new)
        found = knowledge_diff(old, new, settings, workspace)
    options.write_json(json_path, diff_report(found))
    render.difference(found)


@app.command("gaps")
def kb_gaps(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Questionnaires: .xlsx, .xlsm, .csv.")
    ],
    knowledge: options.KnowledgeOption = None,
    json_path: options.JsonOption = None,
    min_confidence: options.ThresholdOption = None,
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """Show what is asked and not stated, by subject: what one new statement would answer.

    First what most questions are about, in most files; with a heading for the new statement, and
    the statement that comes nearest today.
    """
    from trustanswer.pipeline.gaps import knowledge_gaps
    from trustanswer.pipeline.settings import knowledge_place
    from trustanswer.pipeline.upkeep_reports import gaps_report

    with render.progress() as progress:
        settings = options.settings(
            knowledge, model, reranker, min_confidence, tag, visibility, progress
        )
        options.check_report(json_path, *files, knowledge_place(settings))
        found = knowledge_gaps(files, settings)
    options.write_json(json_path, gaps_report(found))
    render.gaps(found)


def _reviews() -> AbstractContextManager[Workspace | None]:
    """The reviews kept here, or None where there are none."""
    from trustanswer.pipeline.workspace import open_workspace, workspace_exists

    return open_workspace() if workspace_exists() else nullcontext()
