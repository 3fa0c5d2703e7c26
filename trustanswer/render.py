"""What a person sees in the terminal. Colour only helps: every word stands without it.

rich obeys NO_COLOR and drops colour in a pipe by itself. Results go to stdout; progress and
errors go to stderr, so that a pipe gets the results alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from trustanswer.model import (
    Draft,
    Entry,
    Filled,
    Knowledge,
    Other,
    Question,
    Questionnaire,
    Status,
    Verdict,
)

if TYPE_CHECKING:  # it brings numpy, which nothing printed needs
    from trustanswer.ports import Progress as Report

T = TypeVar("T")
SHOWN = 30  # rows of a long list that a terminal shows; a pipe gets all of them
PATIENCE = 1.0  # seconds of work without a word before the bar appears
STYLES = {
    Verdict.YES: "green",
    Verdict.NO: "red",
    Verdict.PARTIAL: "yellow",
    Verdict.NA: "cyan",
    Verdict.TEXT: "green",
}


def line(text: str) -> None:
    """Prints a line as it is, whatever characters it holds and however long it is."""
    _stdout().print(Text(text), soft_wrap=True)


def error(message: str) -> None:
    console = Console(stderr=True)
    console.print(Text.assemble(("error: ", "bold red"), message), soft_wrap=True)


@contextmanager
def progress() -> Iterator[Report]:
    """A bar on stderr for work that takes over a second; nothing at all in a pipe."""
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task("", total=None)
    began = bar.get_time()

    def report(stage: str, done: int, total: int) -> None:
        bar.update(task, description=stage, completed=done, total=total or None)
        if bar.get_time() - began >= PATIENCE:
            bar.start()

    try:
        yield report
    finally:
        bar.stop()


def filled(result: Filled) -> None:
    """The summary of a fill: what was drafted, what is left to a person, what was written."""
    console = _stdout()
    drafts = [entry.draft for entry in result.entries]
    for doubt in result.questionnaire.doubts:
        console.print(Text.assemble(("check: ", "bold yellow"), doubt))
    console.print(_summary(result, drafts))
    left = [d for d in drafts if d.status is Status.ABSTAINED]
    _print_rows(console, _needs_person(console, left), len(left))
    parts = result.parts
    if parts.cells:
        what = f"{parts.changed} of {parts.total} parts changed, {parts.cells} cells"
    else:
        what = "an identical copy: nothing could be drafted"
    console.print(Text.assemble("Written to ", (result.out, "bold"), f" ({what})."), soft_wrap=True)


def answer(entry: Entry) -> None:
    """The draft to one question, or why there is none."""
    console, draft = _stdout(), entry.draft
    if draft.status is Status.ABSTAINED:
        console.print(Text.assemble(("Not known. ", "bold yellow"), draft.reason or ""))
        return
    console.print(
        Text.assemble(
            (draft.verdict.value.capitalize(), f"bold {STYLES[draft.verdict]}"),
            f"  (confidence {draft.confidence:.2f})",
        )
    )
    for citation in draft.citations:
        statement = citation.statement
        place = f"{statement.source}:{statement.lines[0]}-{statement.lines[1]}"
        dated = f", {statement.updated.isoformat()}" if statement.updated else ""
        console.print(Text(f"  “{citation.quote}”"))
        console.print(Text(f"    {statement.title}{dated}  ({place})", style="dim"))
    if draft.missing:
        console.print(Text.assemble(("Not stated: ", "yellow"), "; ".join(draft.missing)))
    for flag in draft.flags:
        console.print(Text.assemble((f"{flag.kind}: ", "yellow"), flag.detail))


def questionnaire(found: Questionnaire) -> None:
    """What `inspect` shows: the rows reconciled, the questions sheet by sheet, the others."""
    console = _stdout()
    rows = len(found.questions) + len(found.others)
    console.print(
        Text.assemble(
            (found.name, "bold"),
            f": {rows} rows with text = {len(found.questions)} questions + "
            f"{len(found.others)} other",
        )
    )
    for doubt in found.doubts:
        console.print(Text.assemble(("check: ", "bold yellow"), doubt))
    console.print(_sheets(found))
    _print_rows(console, _questions(console, found.questions), len(found.questions))


def knowledge(found: Knowledge) -> None:
    """The statements by category and title, and what was not read."""
    console = _stdout()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Statement", "Updated", "Source"):
        table.add_column(name, overflow="fold")
    for s in found.statements:
        updated = s.updated.isoformat() if s.updated else "no date"
        table.add_row(Text(s.title), Text(updated), Text(f"{s.source}:{s.lines[0]}-{s.lines[1]}"))
    console.print(table)
    console.print(
        f"{len(found.statements)} statements from "
        f"{len({s.source for s in found.statements})} files",
    )
    for unread in found.unread:
        console.print(
            Text.assemble(("not read: ", "bold yellow"), f"{unread.source}: {unread.reason}")
        )


def _stdout() -> Console:
    return Console(highlight=False)


def _summary(result: Filled, drafts: Sequence[Draft]) -> Table:
    status = Counter(d.status for d in drafts)
    verdicts = Counter(d.verdict for d in drafts if d.status is Status.DRAFTED)
    table = Table(
        title=f"{result.questionnaire.name}: {len(drafts)} questions",
        title_justify="left",
        title_style="bold",
        show_header=False,
        box=None,
        pad_edge=False,
    )
    table.add_row("Drafted", str(status[Status.DRAFTED]), _by_verdict(verdicts))
    table.add_row("Left to a person", str(status[Status.ABSTAINED]), "")
    table.add_row("Already answered", str(status[Status.PREFILLED]), "")
    table.add_row("Seconds", f"{result.seconds:.1f}", "")
    return table


def _by_verdict(verdicts: Counter[Verdict]) -> Text:
    counted = [(v, verdicts[v]) for v in STYLES if verdicts[v]]
    return Text(", ").join(Text(f"{n} {v.value}", style=STYLES[v]) for v, n in counted)


def _needs_person(console: Console, drafts: Sequence[Draft]) -> Table:
    table = _table("Needs a person", "Where", "Question", "Why")
    for draft in _few(console, drafts):
        table.add_row(
            Text(_where(draft.question)), Text(draft.question.text), Text(draft.reason or "")
        )
    return table


def _sheets(found: Questionnaire) -> Table:
    questions = Counter(q.sheet or "" for q in found.questions)
    others: dict[str, Counter[str]] = {}
    for other in found.others:
        others.setdefault(other.sheet or "", Counter())[other.reason] += 1
    table = _table(None, "Sheet", "Questions", "Other rows")
    for sheet in dict.fromkeys([*_sheet_names(found.questions), *_sheet_names(found.others)]):
        reasons = ", ".join(f"{n} {reason}" for reason, n in others.get(sheet, Counter()).items())
        table.add_row(Text(sheet or "(no sheets)"), str(questions[sheet]), Text(reasons))
    return table


def _sheet_names(rows: Sequence[Question] | Sequence[Other]) -> list[str]:
    return [row.sheet or "" for row in rows]


def _questions(console: Console, questions: Sequence[Question]) -> Table:
    table = _table("Questions", "Where", "Question", "Answer in", "Answered by")
    for question in _few(console, questions):
        cells = [question.answer_cell, question.comment_cell]
        how = question.kind.value + (" (already answered)" if question.prefilled else "")
        table.add_row(
            Text(_where(question)),
            Text(question.text),
            Text(", ".join(cell for cell in cells if cell)),
            Text(how),
        )
    return table


def _table(title: str | None, *columns: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=None,
        pad_edge=False,
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _few(console: Console, rows: Sequence[T]) -> Sequence[T]:
    return rows[:SHOWN] if console.is_terminal else rows


def _print_rows(console: Console, table: Table, total: int) -> None:
    if not total:
        return
    console.print(table)
    if total > table.row_count:
        console.print(f"... and {total - table.row_count} more; --json PATH has them all")


def _where(question: Question) -> str:
    if question.sheet is None:
        return f"record {question.row}"
    return f"{question.sheet} {question.question_cell or question.row}"
