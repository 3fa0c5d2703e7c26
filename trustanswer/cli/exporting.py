"""Sending: the reviewed answers into the customer's file, and proof of what was sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trustanswer import render
from trustanswer.cli import review


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that was exported.")],
) -> None:
    """Tell whether a file is just what was exported.

    Prints true, or false (exit status 1) where one byte differs.
    """
    from trustanswer.pipeline import exporting

    found = exporting.verify(file)
    render.line(f"{'true' if found.genuine else 'false'}: {found.because}")
    if not found.genuine:
        raise typer.Exit(1)


def export(
    id: review.IdArgument,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="Where the customer's file goes. OUT.manifest.json beside it is for you: it says "
            "what each answer rests on and who approved it.",
        ),
    ],
    allow_drafts: Annotated[
        bool,
        typer.Option(
            "--allow-drafts",
            help="Export though questions are open: drafts that nobody has approved are written "
            "too, what was rejected or has no answer stays blank.",
        ),
    ] = False,
    by: review.ByOption = None,
) -> None:
    """Write approved answers into the customer's own file, ready to send."""
    from trustanswer.pipeline import exporting

    with review.workspace_here() as workspace:
        name = review.name_of(by)
        sent = exporting.export(workspace, id, out, by=name, allow_drafts=allow_drafts)
    render.exported(sent)
