"""Looking at the knowledge base."""

from __future__ import annotations

import typer

from trustanswer import render
from trustanswer.cli import options

app = typer.Typer(help="Look at the knowledge base.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def kb_list(
    knowledge: options.KnowledgeOption = None,
    json_path: options.JsonOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """List the statements of the knowledge base, and the files that were not read."""
    from trustanswer import pipeline, reports

    with render.progress() as progress:
        settings = options.settings(knowledge, None, None, None, tag, visibility, progress)
        found = pipeline.load_knowledge(settings)
    options.write_json(json_path, reports.knowledge_report(found))
    render.knowledge(found)
