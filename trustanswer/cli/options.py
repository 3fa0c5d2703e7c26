"""The options that several commands share, and what they become."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trustanswer import render
from trustanswer.errors import InputError

if TYPE_CHECKING:
    from trustanswer.pipeline import Settings
    from trustanswer.ports import Progress


def knowledge_named(value: str) -> Path:
    """An empty name, as an unset variable leaves it, would stand for the current folder."""
    if not value.strip():
        raise InputError(
            "the knowledge base is given an empty name; name the file or folder of the trust center"
        )
    return Path(value)


KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        "-k",
        metavar="KNOWLEDGE",
        parser=knowledge_named,
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


def citations_named(value: str) -> str:
    if value not in CITATIONS:
        raise typer.BadParameter(f"choose one of {', '.join(CITATIONS)}")
    return value


MappingOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Where the questions stand, as `inspect --save-mapping` wrote it."
    ),
]
CitationsOption = Annotated[
    str,
    typer.Option(
        metavar="|".join(CITATIONS),
        callback=citations_named,
        help="Where sources go: after each quote in the comment cell (comment), with the "
        "answer (inline), on a sheet of their own (sheet; in a text file as comment), or nowhere "
        "(none).",
    ),
]


def settings(
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


def check_report(path: Path | None, *reads: Path) -> None:
    """Refuses a place that the report cannot go to, before the work is done."""
    from trustanswer.pipeline.outputs import check_outputs, text_outputs

    check_outputs(text_outputs(json=path), reads)


def print_json(report: dict[str, object]) -> None:
    from trustanswer import reports

    render.line(reports.as_text(report, getattr(sys.stdout, "encoding", None) or "utf-8"))


def write_json(path: Path | None, report: dict[str, object]) -> None:
    from trustanswer import reports

    if path is not None:
        reports.write(path, report)
