"""Reviewing: drafts become answers that somebody stands behind."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from trustanswer import render
from trustanswer.cli import options

if TYPE_CHECKING:
    from trustanswer.pipeline.workspace import Workspace
    from trustanswer.review.states import Answer

app = typer.Typer(
    help="Review drafts: start with a customer's file, approve, edit or reject each answer, then "
    "export. What was decided, by whom and when stays on record in .trustanswer/ in this folder "
    "(or in the database that TRUSTANSWER_DATABASE_URL names).",
    no_args_is_help=True,
    rich_markup_mode=None,
)

IdArgument = Annotated[
    int, typer.Argument(metavar="ID", help="The review's number, as `review list` shows it.")
]
RowsArgument = Annotated[
    list[str],
    typer.Argument(metavar="ROWS", help="Numbers that `review show` gives: 3, 5-9, 2,4 or all."),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Who decides, for the record. Default: the name of the user of this computer.",
    ),
]
WhyOption = Annotated[
    str | None,
    typer.Option("--why", metavar="TEXT", help="Your reason, for the record; never sent."),
]
SeenOption = Annotated[
    int | None,
    typer.Option(
        "--seen",
        metavar="N",
        help="Refuse if one of the rows has changed since line N of the log, the last one when "
        "you looked (`review show` names it).",
    ),
]
PrintJsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command()
def start(
    file: options.QuestionnaireArgument,
    knowledge: options.KnowledgeOption = None,
    customer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose questionnaire it is.")
    ] = None,
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="When it must be back."),
    ] = None,
    by: ByOption = None,
    mapping: options.MappingOption = None,
    min_confidence: options.ThresholdOption = None,
    citations: options.CitationsOption = "comment",
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """Take in a customer's questionnaire and draft its answers.

    The file is kept as it came. Where the same was asked before and approved, that answer is
    offered first.
    """
    from trustanswer.answering import Citations
    from trustanswer.pipeline import reviewing
    from trustanswer.pipeline.workspace import named

    who = named(name_of(by))
    with render.progress() as progress:
        settings = options.settings(
            knowledge, model, reranker, min_confidence, tag, visibility, progress
        )
        incoming = reviewing.read_in(file, settings, mapping=mapping)
        with workspace_here(create=True) as workspace:
            review = reviewing.start(
                workspace,
                incoming,
                settings,
                by=who,
                customer=customer,
                due=None if due is None else due.date(),
                citations=Citations(citations),
            )
            found = reviewing.overview(workspace, review.id)
            answers = workspace.store.answers(review.id)
    render.review_started(found, answers, incoming.doubts)


@app.command("list")
def list_reviews(as_json: PrintJsonOption = False) -> None:
    """List the questionnaires, and how far each one is."""
    from trustanswer.pipeline import review_reports, reviewing

    with workspace_here() as workspace:
        found = reviewing.overviews(workspace)
    if as_json:
        options.print_json({"reviews": [review_reports.review_report(f) for f in found]})
    elif found:
        render.reviews(found)
    else:
        render.line("There are no reviews here yet; `review start FILE` starts one.")


@app.command()
def show(
    id: IdArgument,
    rows: Annotated[
        list[str] | None,
        typer.Argument(metavar="ROWS", help="Show these in full, with their evidence and history."),
    ] = None,
    needs_person: Annotated[
        bool,
        typer.Option(
            "--needs-person",
            help="Only what waits for somebody: no answer, rejected, assigned.",
        ),
    ] = False,
    as_json: PrintJsonOption = False,
) -> None:
    """Show the answers; with ROWS, in full with evidence and history."""
    from trustanswer.pipeline import review_reports, reviewing
    from trustanswer.review import states

    with workspace_here() as workspace:
        found = reviewing.overview(workspace, id)
        answers = reviewing.answers_of(workspace, id)
        last = max((e.number for a in answers for e in a.history), default=0)
        wanted = set(reviewing.rows_named(answers, rows or ["all"]))
        answers = tuple(
            a for a in answers if a.row in wanted and (states.needs_person(a) or not needs_person)
        )
        if as_json:
            head = review_reports.review_report(found)
            lines = [review_reports.answer_report(a) for a in answers]
            options.print_json({**head, "log": last, "answers": lines})
        elif rows:
            render.answers_in_full(answers)
        else:
            render.answers(found, answers, last)


@app.command()
def approve(
    id: IdArgument,
    rows: Annotated[
        list[str] | None,
        typer.Argument(metavar="ROWS", help="As `review show` numbers them: 3, 5-9, 2,4."),
    ] = None,
    above: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            metavar="X",
            help="Every waiting draft of the high band with this confidence or more.",
        ),
    ] = None,
    same_as: Annotated[
        int | None,
        typer.Option(metavar="ROW", help="ROW, and all that ask the same with the same answer."),
    ] = None,
    restrict: Annotated[
        bool,
        typer.Option("--restrict", help="For this customer alone: never offer it to another one."),
    ] = False,
    by: ByOption = None,
    why: WhyOption = None,
    seen: SeenOption = None,
) -> None:
    """Approve answers: you stand behind them.

    ROWS may be `all`: then every draft or edited answer that waits only for approval. What has no
    answer, was rejected or is assigned to somebody is left to a person. ROWS, --above and
    --same-as together narrow each other.
    """
    from trustanswer.pipeline import reviewing

    if not rows and above is None and same_as is None:
        raise typer.BadParameter("name rows, or use --above or --same-as")
    with workspace_here() as workspace:
        answers = reviewing.answers_of(workspace, id)
        chosen = reviewing.to_approve(answers, rows or (), above, same_as)
        events = reviewing.approve(
            workspace,
            id,
            chosen,
            by=name_of(by),
            why=why,
            seen=_seen(answers, seen),
            restrict=restrict,
        )
        render.decided("approved", events, len(chosen), reviewing.overview(workspace, id))


@app.command()
def edit(
    id: IdArgument,
    rows: RowsArgument,
    answer: Annotated[
        str | None, typer.Option(metavar="TEXT", help='The answer cell; "" leaves it blank.')
    ] = None,
    option: Annotated[
        str | None, typer.Option(metavar="OPTION", help="One of the options of the dropdown.")
    ] = None,
    comment: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The comment cell beside the answer; it is sent."),
    ] = None,
    by: ByOption = None,
    why: WhyOption = None,
    seen: SeenOption = None,
) -> None:
    """Write an answer yourself, in place of the draft.

    It still has to be approved.
    """
    from trustanswer.pipeline import reviewing

    with workspace_here() as workspace:
        answers = reviewing.answers_of(workspace, id)
        chosen = reviewing.rows_named(answers, rows)
        events = reviewing.edit(
            workspace,
            id,
            chosen,
            reviewing.Edit(option=option, answer=answer, comment=comment),
            by=name_of(by),
            why=why,
            seen=_seen(answers, seen),
        )
        render.decided("edited", events, len(chosen), reviewing.overview(workspace, id))


@app.command()
def reject(
    id: IdArgument,
    rows: RowsArgument,
    by: ByOption = None,
    why: WhyOption = None,
    seen: SeenOption = None,
) -> None:
    """Reject answers: they are not sent as they are.

    They wait for somebody to write better ones.
    """
    from trustanswer.pipeline import reviewing

    with workspace_here() as workspace:
        answers = reviewing.answers_of(workspace, id)
        chosen = reviewing.rows_named(answers, rows)
        events = reviewing.reject(
            workspace, id, chosen, by=name_of(by), why=why, seen=_seen(answers, seen)
        )
        render.decided("rejected", events, len(chosen), reviewing.overview(workspace, id))


@app.command()
def assign(
    id: IdArgument,
    rows: RowsArgument,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who is to answer them.")],
    by: ByOption = None,
    why: WhyOption = None,
    seen: SeenOption = None,
) -> None:
    """Give questions to somebody to answer or to decide."""
    from trustanswer.pipeline import reviewing

    with workspace_here() as workspace:
        answers = reviewing.answers_of(workspace, id)
        chosen = reviewing.rows_named(answers, rows)
        events = reviewing.assign(
            workspace, id, chosen, to=to, by=name_of(by), why=why, seen=_seen(answers, seen)
        )
        render.decided(f"assigned to {to}", events, len(chosen), reviewing.overview(workspace, id))


@app.command()
def comment(
    id: IdArgument,
    rows: RowsArgument,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What you want to say.")],
    by: ByOption = None,
) -> None:
    """Leave a note for other reviewers; it is never sent.

    What stands beside the answer in the customer's file is `review edit --comment`.
    """
    from trustanswer.pipeline import reviewing

    with workspace_here() as workspace:
        chosen = reviewing.rows_named(reviewing.answers_of(workspace, id), rows)
        events = reviewing.comment(workspace, id, chosen, text, by=name_of(by))
        render.decided("commented on", events, len(chosen), reviewing.overview(workspace, id))


@app.command()
def log(id: IdArgument, as_json: PrintJsonOption = False) -> None:
    """Show all that was decided: who, when, and why."""
    from trustanswer.review.records import event_json

    with workspace_here() as workspace:
        workspace.store.review(id)
        events = workspace.store.log(id)
        if as_json:
            lines = [event_json(e) for e in events]
            options.print_json({"events": lines})
        else:
            render.log(events)


def workspace_here(*, create: bool = False) -> Workspace:
    from trustanswer.pipeline.workspace import open_workspace

    return open_workspace(create=create)


def name_of(by: str | None) -> str:
    from trustanswer.pipeline.workspace import user_name

    return user_name() if by is None else by


def _seen(answers: tuple[Answer, ...], number: int | None) -> dict[int, str] | None:
    from trustanswer.pipeline import reviewing

    return None if number is None else reviewing.revisions_at(answers, number)
