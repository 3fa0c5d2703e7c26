"""What a fill, an answer and an inspection look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trustanswer.model import (
    Band,
    Draft,
    Entry,
    Expected,
    Filled,
    Other,
    Parts,
    Question,
    Questionnaire,
    Status,
    Verdict,
)
from trustanswer.render.terminal import few, print_rows, print_table, stdout, table_of, where

STYLES = {
    Verdict.YES: "green",
    Verdict.NO: "red",
    Verdict.PARTIAL: "yellow",
    Verdict.NA: "cyan",
    Verdict.TEXT: "green",
}
_UNFILLED = ("not written", "no option")  # flags of a draft that left a cell of its own empty


def filled(result: Filled) -> None:
    """What is left to a person, then, where the eye ends up: what was drafted and written."""
    console = stdout()
    drafts = [entry.draft for entry in result.entries]
    for doubt in result.questionnaire.doubts:
        console.print(Text.assemble(("check: ", "bold yellow"), doubt))
    left = [(d, reason) for d in drafts if (reason := _reason(d)) is not None]
    print_rows(console, _needs_person(console, left), len(left))
    if left:
        console.print()
    title = f"{result.questionnaire.name}: {len(drafts)} questions"
    console.print(Text(title, style="bold"))  # a table would fold it to its own width
    console.print(_summary(result, drafts))
    if result.expected is not None and any(d.band is Band.HIGH for d in drafts):
        console.print(_worth(result.expected))
    what = _became(result.parts, drafts)
    console.print(Text.assemble("Written to ", (result.out, "bold"), f" ({what})."), soft_wrap=True)


def _reason(draft: Draft) -> str | None:
    """Why a question is left to a person; a draft is where a cell of it could not be filled."""
    if draft.status is Status.ABSTAINED:
        return draft.reason or ""
    if draft.status is not Status.DRAFTED:
        return None
    said = [f"{f.kind}: {f.detail}" for f in draft.flags if f.kind in _UNFILLED]
    return "; ".join(said) or None


def _became(parts: Parts, drafts: Sequence[Draft]) -> str:
    """What became of the file."""
    if parts.changed:
        return f"{parts.changed} of {parts.total} parts changed, {parts.cells} cells"
    if any(d.status is Status.DRAFTED for d in drafts):
        return "an identical copy: what was drafted could not be written"
    if all(d.status is Status.PREFILLED for d in drafts):
        return "an identical copy: all was answered already; --overwrite answers anew"
    return "an identical copy: nothing could be drafted"


def answer(entry: Entry) -> None:
    """The draft to one question, or why there is none."""
    console, draft = stdout(), entry.draft
    if draft.status is Status.ABSTAINED:
        console.print(Text.assemble(("Not known. ", "bold yellow"), draft.reason or ""))
        return
    console.print(
        Text.assemble(
            (draft.verdict.value.capitalize(), f"bold {STYLES[draft.verdict]}"),
            f"  (confidence {draft.confidence:.2f}, {draft.band or Band.REVIEW})",
        )
    )
    for citation in draft.citations:
        statement = citation.statement
        dated = f", {statement.updated.isoformat()}" if statement.updated else ""
        console.print(Text(f"  “{citation.quote}”"))
        console.print(Text(f"    {statement.title}{dated}  ({statement.where})", style="dim"))
    if draft.missing:
        console.print(Text.assemble(("Not stated: ", "yellow"), "; ".join(draft.missing)))
    if draft.contradicted:
        console.print(
            Text.assemble(("Stated otherwise: ", "yellow"), "; ".join(draft.contradicted))
        )
    for flag in draft.flags:
        console.print(Text.assemble((f"{flag.kind}: ", "yellow"), flag.detail))


def questionnaire(found: Questionnaire) -> None:
    """What `inspect` shows: the rows reconciled, the questions sheet by sheet, the others."""
    console = stdout()
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
    print_table(console, _sheets(found))
    print_rows(console, _questions(console, found.questions), len(found.questions))


def _summary(result: Filled, drafts: Sequence[Draft]) -> Table:
    status = Counter(d.status for d in drafts)
    verdicts = Counter(d.verdict for d in drafts if d.status is Status.DRAFTED)
    bands = Counter(d.band for d in drafts)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_row("Drafted", str(status[Status.DRAFTED]), _by_verdict(verdicts))
    stale = sum(any(flag.kind == "stale" for flag in d.flags) for d in drafts)
    if stale:
        table.add_row("  stale", str(stale), "rest on statements that are past their review")
    incomplete = sum(d.status is Status.DRAFTED and _reason(d) is not None for d in drafts)
    if incomplete:
        table.add_row("  incomplete", str(incomplete), "a cell could not be filled; listed above")
    table.add_row("  high", str(bands[Band.HIGH]), "may be approved together")
    table.add_row("  review", str(bands[Band.REVIEW]), "one by one")
    table.add_row("Left to a person", str(status[Status.ABSTAINED]), "")
    table.add_row("Already answered", str(status[Status.PREFILLED]), "")
    table.add_row("Seconds", f"{result.seconds:.1f}", "")
    return table


def _worth(expected: Expected) -> str:
    """What may be expected of the high band, as it was measured."""
    return (
        f"Drafts above {expected.threshold:g}: {expected.corrected:.0%} expected to need "
        f"correction, at most {expected.at_most:.0%}."
    )


def _by_verdict(verdicts: Counter[Verdict]) -> Text:
    counted = [(v, verdicts[v]) for v in STYLES if verdicts[v]]
    return Text(", ").join(Text(f"{n} {v.value}", style=STYLES[v]) for v, n in counted)


def _needs_person(console: Console, left: Sequence[tuple[Draft, str]]) -> Table:
    """Sheet by sheet, so that the width goes to the questions and not to the sheets' names."""
    table = table_of("Needs a person", "Cell", "Question", "Why")
    sheet: str | None = None
    for draft, reason in few(console, left):
        question = draft.question
        if question.sheet != sheet:
            sheet = question.sheet
            table.add_row("", Text(sheet or "", style="bold"), "")
        table.add_row(_cell(question), Text(question.text), Text(reason, style="dim"))
    return table


def _cell(question: Question) -> str:
    if question.sheet is None:
        return str(question.row)
    return question.answer_cell or question.question_cell or str(question.row)


def _sheets(found: Questionnaire) -> Table:
    questions = Counter(q.sheet or "" for q in found.questions)
    others: dict[str, Counter[str]] = {}
    for other in found.others:
        others.setdefault(other.sheet or "", Counter())[other.reason] += 1
    table = table_of(None, "Sheet", "Questions", "Other rows")
    for sheet in dict.fromkeys([*_sheet_names(found.questions), *_sheet_names(found.others)]):
        reasons = ", ".join(f"{n} {reason}" for reason, n in others.get(sheet, Counter()).items())
        table.add_row(Text(sheet or "(no sheets)"), str(questions[sheet]), Text(reasons))
    return table


def _sheet_names(rows: Sequence[Question] | Sequence[Other]) -> list[str]:
    return [row.sheet or "" for row in rows]


def _questions(console: Console, questions: Sequence[Question]) -> Table:
    table = table_of("Questions", "Where", "Question", "Answer in", "Answered by")
    for question in few(console, questions):
        cells = [question.answer_cell, question.comment_cell]
        how = question.kind.value + (" (already answered)" if question.prefilled else "")
        table.add_row(
            Text(where(question)),
            Text(question.text),
            Text(", ".join(cell for cell in cells if cell)),
            Text(how),
        )
    return table
