"""What the upkeep of a knowledge base looks like: findings, changes, gaps, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from trustanswer.model import Change, Check, Finding, Statement, What
from trustanswer.render.terminal import few, print_line, print_table, stdout, table_of, where

if TYPE_CHECKING:
    from trustanswer.pipeline.conflicts import Conflicts
    from trustanswer.pipeline.gaps import Gap, Gaps
    from trustanswer.pipeline.impact import Impact
    from trustanswer.pipeline.linting import Linted
    from trustanswer.review.impact import Affected
    from trustanswer.review.records import Approved

# What is found, and what to do about it.
ADVICE = {
    Check.FRONT_MATTER: "Front matter that cannot be read as it is meant: correct it.",
    Check.CONTRADICTION: "Contradictions: one of the two is wrong; correct it.",
    Check.DUPLICATE: "Duplicates: keep one.",
    Check.STALE: "Stale: read again, correct, and give it today's date.",
    Check.UNDATED: "Undated: say when it was last looked at.",
    Check.LINK: "Broken links.",
    Check.NEAR_DUPLICATE: "Near-duplicates: keep one, or they will drift apart.",
    Check.VAGUE: "Vague: no customer's question is answered by it.",
    Check.UNCITED: "Never cited: nobody asks, or it does not say what they ask.",
}
STYLES = {
    What.CHANGED: "yellow",
    What.REMOVED: "red",
    What.RENAMED: "yellow",
    What.ADDED: "green",
    What.REDATED: "dim",
}
_QUESTIONS = 3  # of a gap; --json has them all


# --- kb lint ------------------------------------------------------------------------------------


def linted(found: Linted) -> None:
    """The findings by kind, then, where the eye ends up, how many there are of each."""
    console = stdout()
    for check, group in groupby(found.findings, key=lambda f: f.check):
        findings = list(group)
        console.print(Text(ADVICE[check], style="bold"))
        pairs = findings[0].other is not None
        for_each = _print_pairs if pairs else _print_singles
        for_each(console, few(console, findings))
        _print_rest(console, len(findings))
        console.print()
    print_line(console, _lint_summary(found))


def _print_pairs(console: Console, findings: Iterable[Finding]) -> None:
    for finding in findings:
        print_line(console, Text(finding.detail, style="yellow"), 2)
        for statement, quote in (
            (finding.statement, finding.quote),
            (finding.other, finding.other_quote),
        ):
            if statement is not None:
                _print_quote(console, statement, quote)


def _print_quote(console: Console, statement: Statement, quote: str) -> None:
    said = Text.assemble(f"“{quote}”  ", (f"{statement.title}, {_place(statement)}", "dim"))
    print_line(console, said, 4)


def _print_singles(console: Console, findings: Sequence[Finding]) -> None:
    table = table_of(None, "Statement", "Where", "What")
    for finding in findings:
        statement = finding.statement
        table.add_row(Text(statement.title), Text(_place(statement)), Text(finding.detail))
    print_table(console, table, 2)


def _print_rest(console: Console, total: int) -> None:
    if total > len(few(console, range(total))):
        console.print(f"  ... {total} in all; --json PATH has them")


def _place(statement: Statement) -> str:
    """Short where it can be: "page.md:12" leads an editor to the line."""
    return (
        statement.where if statement.lines is None else f"{statement.source}:{statement.lines[0]}"
    )


def _lint_summary(found: Linted) -> Text:
    counts = {check: sum(f.check is check for f in found.findings) for check in Check}
    said = ", ".join(f"{n} {_plural(check, n)}" for check, n in counts.items() if n)
    looked = f"{len(found.knowledge.statements)} statements"
    if not found.reviews:
        looked += " (no reviews here, so nothing is known of what is cited)"
    return Text.assemble(f"{looked}: ", (said or "nothing amiss", "bold" if said else "green"))


def _plural(check: Check, count: int) -> str:
    nouns = (Check.CONTRADICTION, Check.DUPLICATE, Check.NEAR_DUPLICATE, Check.LINK)
    return check.value + ("s" if count > 1 and check in nouns else "")


# --- kb diff and review reopen ------------------------------------------------------------------


def difference(found: Impact) -> None:
    """What changed, then what it touches."""
    console = stdout()
    for change in found.changes:
        _print_change(console, change)
    counts = {what: sum(c.what is what for c in found.changes) for what in What}
    said = ", ".join(f"{n} {what.value}" for what, n in counts.items() if n)
    console.print(Text(said or "No statement was changed.", style="bold"))
    if found.reviews is None:
        console.print("No reviews are kept here, so nothing is known of answers it touches.")
    else:
        console.print()
        affected(found.affected)
        if found.affected:
            _next(console, "trustanswer review reopen --affected -k NEW")


def _print_change(console: Console, change: Change) -> None:
    statement = change.statement
    said = Text.assemble(
        (f"{change.what.value:<8} ", STYLES[change.what]),
        (statement.title, "bold"),
        (f"  {_place(statement)}", "dim"),
    )
    print_line(console, said)
    for line in change.words:
        print_line(console, Text(line), 9)


def affected(found: Sequence[Affected]) -> None:
    """The answers that are touched, by customer, with what they quoted and what is there now."""
    console = stdout()
    if not found:
        console.print("No approved answer quotes what was changed.")
        return
    rows = {(a.approved.review.id, a.approved.answer.row) for a in found}
    for customer, group in groupby(found, key=lambda a: _whose(a.approved)):
        print_line(console, Text(customer, style="bold"))
        for _, quotes in groupby(group, key=lambda a: a.approved.answer.row):
            _print_affected(console, list(quotes))
    answers = "answer quotes" if len(rows) == 1 else "answers quote"
    console.print(Text(f"{len(rows)} approved {answers} what was changed.", style="bold"))


def _print_affected(console: Console, quotes: Sequence[Affected]) -> None:
    answer = quotes[0].approved.answer
    place = f"row {answer.row}, {where(answer.question)}, {answer.state.value}"
    print_line(console, Text.assemble(f"{answer.question.text}  ", (place, "dim")), 2)
    for one in quotes:
        said = Text.assemble(("quoted ", "dim"), f"“{one.quote}”")
        print_line(console, said, 4)
        print_line(console, _now(one), 4)


def _now(one: Affected) -> Text:
    if one.still_stands:
        return Text("       unchanged, but other words of the statement are not", style="dim")
    if one.now:
        return Text.assemble(("now    ", "yellow"), f"“{one.now}”")
    return Text("now    nothing says it any more", style="red")


def reopened(count: int) -> None:
    console = stdout()
    answers = "answer" if count == 1 else "answers"
    console.print(Text(f"{count} {answers} reopened", style="bold"))
    if count:
        _next(console, "trustanswer review show ID --needs-person")


def _whose(approved: Approved) -> str:
    review = approved.review
    customer = f"{review.customer}: " if review.customer else ""
    return f"{customer}{review.name} (review {review.id})"


def _next(console: Console, command: str) -> None:
    console.print(Text(f"Next: {command}"), soft_wrap=True)


# --- kb gaps ------------------------------------------------------------------------------------


def gaps(found: Gaps) -> None:
    """Each gap with its questions, the one that would answer most first."""
    console = stdout()
    for number, gap in enumerate(few(console, found.gaps), 1):
        _print_gap(console, number, gap, several=len(found.files) > 1)
    _print_rest(console, len(found.gaps))
    files = f"{len(found.files)} file" + ("s" if len(found.files) > 1 else "")
    console.print(
        Text(
            f"{found.left} of {found.asked} questions in {files} are left to a person; "
            f"they are about {len(found.gaps)} subjects.",
            style="bold",
        )
    )


def _print_gap(console: Console, number: int, gap: Gap, *, several: bool) -> None:
    count = len(gap.questions)
    asked = f"{count} question" + ("s" if count > 1 else "")
    asked += f" in {len(gap.files)} files" if len(gap.files) > 1 else ""
    print_line(
        console, Text.assemble(f"{number}. ", (" > ".join(gap.heading), "bold"), f"  {asked}")
    )
    places = _places(gap, several=several)
    for text, there in list(places.items())[:_QUESTIONS]:
        line = Text.assemble(f"{text}  ", ("; ".join(there), "dim"))
        print_line(console, line, 4)
    if len(places) > _QUESTIONS:
        console.print(f"    ... and {len(places) - _QUESTIONS} more")
    if gap.nearest is not None:
        near = f"nearest: {gap.nearest.title}, {_place(gap.nearest)} ({gap.score:.2f})"
        print_line(console, Text(near, style="dim"), 4)
    console.print()


def _places(gap: Gap, *, several: bool) -> dict[str, list[str]]:
    """Each wording once, with all the places where it is asked, in whose file if `several`."""
    found: dict[str, list[str]] = {}
    for left in gap.questions:
        file = f"{Path(left.file).name}, " if several else ""
        found.setdefault(left.question.text, []).append(f"{file}{where(left.question)}")
    return found


# --- review conflicts ---------------------------------------------------------------------------


def conflicts(found: Conflicts) -> None:
    """Answers that differ, then answers that are no longer true."""
    console = stdout()
    for differing in found.differing:
        print_line(console, Text(differing.answers[0].answer.question.text, style="bold"))
        print_line(console, Text(differing.detail, style="yellow"), 2)
        for approved in differing.answers:
            _print_said(console, approved)
        console.print()
    for outdated in found.outdated:
        print_line(console, Text(outdated.approved.answer.question.text, style="bold"))
        _print_said(console, outdated.approved)
        console.print(Text("    the knowledge base says today:", style="yellow"))
        _print_quote(console, outdated.today.statement, outdated.today.quote)
        console.print()
    console.print(
        Text(
            f"{found.answers} approved answers: {len(found.differing)} questions answered "
            f"differently, {len(found.outdated)} answers contradicted by the knowledge base.",
            style="bold",
        )
    )


def _print_said(console: Console, approved: Approved) -> None:
    answer, content = approved.answer, approved.answer.content
    said = " - ".join(t for t in (content.option or content.answer, content.comment) if t)
    place = f"{_whose(approved)}, row {answer.row}, {where(answer.question)}"
    when = f", {answer.closed_at:%Y-%m-%d}" if answer.closed_at else ""
    line = Text.assemble(f"“{' '.join(said.split())}”  ", (f"{place}{when}", "dim"))
    print_line(console, line, 4)
