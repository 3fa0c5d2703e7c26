"""Answers given before: reopened where their grounds have changed, and held against each other."""

from __future__ import annotations

from typing import Annotated

import typer

from trustanswer import render
from trustanswer.cli import options
from trustanswer.cli.review import ByOption, PrintJsonOption, WhyOption, name_of, workspace_here


def reopen(
    id: Annotated[
        int | None,
        typer.Argument(
            metavar="[ID]", help="The review's number. With --affected: all, if left out."
        ),
    ] = None,
    rows: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ROWS]", help="As `review show` numbers them: 3, 5-9, 2,4."),
    ] = None,
    affected: Annotated[
        bool,
        typer.Option(
            "--affected",
            help="Every approved or exported answer that quotes a statement which the knowledge "
            "base no longer has as it was.",
        ),
    ] = False,
    knowledge: options.KnowledgeOption = None,
    by: ByOption = None,
    why: WhyOption = None,
) -> None:
    """Take approvals back: the answers wait for a person again.

    A reopened answer is not exported, nor offered for another questionnaire, until it is approved
    again. With --affected each gets its own reason, if you give none with --why.
    """
    from trustanswer.pipeline import impact, reviewing

    if affected == bool(rows) or (id is None and not affected):
        raise typer.BadParameter("name a review and rows, or use --affected")
    with workspace_here() as workspace, render.progress() as progress:
        if affected:
            settings = options.settings(knowledge, None, None, None, None, None, progress)
            touched = impact.touched_since(workspace, settings, id)
            count = impact.reopen_touched(workspace, touched, by=name_of(by), why=why)
        elif id is not None:
            chosen = reviewing.rows_named(reviewing.answers_of(workspace, id), rows or ())
            events = reviewing.reopen(workspace, id, dict.fromkeys(chosen, why), by=name_of(by))
            touched, count = (), len(events)
    if affected:
        render.affected(touched)
    render.reopened(count)


def conflicts(
    knowledge: options.KnowledgeOption = None,
    as_json: PrintJsonOption = False,
    model: options.ModelOption = None,
) -> None:
    """Find questions that were answered differently, and answers that are no longer true.

    Held against each other are the approved and exported answers of all reviews, and each of them
    against the knowledge base of today.
    """
    from trustanswer.pipeline.conflicts import find_conflicts
    from trustanswer.pipeline.upkeep_reports import conflicts_report

    with workspace_here() as workspace, render.progress() as progress:
        settings = options.settings(knowledge, model, None, None, None, None, progress)
        found = find_conflicts(workspace, settings)
    if as_json:
        options.print_json(conflicts_report(found))
    else:
        render.conflicts(found)
