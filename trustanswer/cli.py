"""The command line: parse, one call of the pipeline, print.

Heavy modules are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trustanswer import __version__, render
from trustanswer.errors import TrustanswerError

if TYPE_CHECKING:
    from trustanswer.pipeline import Settings
    from trustanswer.ports import Progress

app = typer.Typer(
    name="trustanswer",
    help="Answer security questionnaires from your trust center: every claim quoted and cited, "
    "nothing else in the file changed, nothing guessed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
kb = typer.Typer(help="Look at the knowledge base.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(kb, name="kb")

KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        "-k",
        metavar="KNOWLEDGE",
        help="File or folder with trust-center documents. Default: knowledge/, else the one that "
        "trustanswer.toml names.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Another sentence-transformers model on this machine, by name or folder.",
    ),
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="A CrossEncoder on this machine, by name or folder, as a second opinion.",
    ),
]
ThresholdOption = Annotated[
    float | None,
    typer.Option(
        min=0.0,
        max=1.0,
        metavar="X",
        help="Leave questions blank whose draft is less sure than this, 0 to 1.",
    ),
]
TagOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY=VALUE",
        help="Use only statements with this tag, and untagged ones. May be given several times.",
    ),
]
VisibilityOption = Annotated[
    str | None,
    typer.Option(metavar="LEVEL", help="Quote nothing above this level: public, nda, internal."),
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", metavar="PATH", help="Write the full report here.")
]
QuestionnaireArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="The customer's questionnaire: .xlsx, .xlsm, .csv.")
]
CITATIONS = ("comment", "inline", "sheet", "none")


def _citations(value: str) -> str:
    if value not in CITATIONS:
        raise typer.BadParameter(f"choose one of {', '.join(CITATIONS)}")
    return value


def _version(wanted: bool) -> None:
    if wanted:
        render.line(f"trustanswer {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Answer security questionnaires from your trust center."""


@app.command()
def fill(
    file: QuestionnaireArgument,
    knowledge: KnowledgeOption = None,
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
    json_path: JsonOption = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where the questions stand, as `inspect --save-mapping` wrote it."
        ),
    ] = None,
    min_confidence: ThresholdOption = None,
    citations: Annotated[
        str,
        typer.Option(
            metavar="|".join(CITATIONS),
            callback=_citations,
            help="Where sources go: after each quote in the comment cell (comment), with the "
            "answer (inline), on a sheet of their own (sheet), or nowhere (none).",
        ),
    ] = "comment",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Answer also where an answer already stands.")
    ] = False,
    model: ModelOption = None,
    reranker: RerankerOption = None,
    tag: TagOption = None,
    visibility: VisibilityOption = None,
) -> None:
    """Fill suggested answers with their sources into a copy of the questionnaire."""
    from trustanswer import pipeline, reports
    from trustanswer.answering import Citations

    with render.progress() as progress:
        settings = _settings(knowledge, model, reranker, min_confidence, tag, visibility, progress)
        filled = pipeline.fill(
            file,
            out,
            settings,
            mapping=mapping,
            citations=Citations(citations),
            overwrite=overwrite,
        )
    _write_json(json_path, reports.fill_report(filled))
    render.filled(filled)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="One security question.")],
    knowledge: KnowledgeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    min_confidence: ThresholdOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
    tag: TagOption = None,
    visibility: VisibilityOption = None,
) -> None:
    """Answer one question, with the sources of every claim."""
    from trustanswer import pipeline, reports

    with render.progress() as progress:
        settings = _settings(knowledge, model, reranker, min_confidence, tag, visibility, progress)
        entry = pipeline.ask(question, settings)
    if as_json:
        render.line(reports.as_text(reports.answer_report(entry)))
    else:
        render.answer(entry)


@app.command()
def inspect(
    file: QuestionnaireArgument,
    json_path: JsonOption = None,
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

    with render.progress() as progress:
        progress("Reading the questionnaire", 0, 0)
        questionnaire = pipeline.inspect(file, mapping)
    if save_mapping is not None:
        pipeline.save_layout(questionnaire, save_mapping)
    _write_json(json_path, reports.questionnaire_report(questionnaire))
    render.questionnaire(questionnaire)


@kb.command("list")
def kb_list(
    knowledge: KnowledgeOption = None,
    json_path: JsonOption = None,
    tag: TagOption = None,
    visibility: VisibilityOption = None,
) -> None:
    """List the statements of the knowledge base, and the files that were not read."""
    from trustanswer import pipeline, reports

    with render.progress() as progress:
        settings = _settings(knowledge, None, None, None, tag, visibility, progress)
        found = pipeline.load_knowledge(settings)
    _write_json(json_path, reports.knowledge_report(found))
    render.knowledge(found)


def _settings(
    knowledge: Path | None,
    model: str | None,
    reranker: str | None,
    min_confidence: float | None,
    tags: list[str] | None,
    visibility: str | None,
    progress: Progress,
) -> Settings:
    from trustanswer.knowledge.scope import scope_of
    from trustanswer.pipeline import Settings

    return Settings(
        knowledge=knowledge,
        model=model,
        reranker=reranker,
        min_confidence=min_confidence,
        scope=scope_of(tags or [], visibility),
        progress=progress,
    )


def _write_json(path: Path | None, report: dict[str, object]) -> None:
    from trustanswer import reports

    if path is not None:
        reports.write(path, report)


def main() -> None:
    """The console script: any failure of the job is one line on stderr and exit status 1."""
    try:
        app()
    except TrustanswerError as error:
        render.error(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        render.error("interrupted; nothing was written")
        sys.exit(130)
