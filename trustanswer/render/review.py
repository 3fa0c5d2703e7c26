"""What a review looks like: the list, the answers, one answer in full, the log, an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from trustanswer.model import Citation
from trustanswer.render.terminal import print_table, stdout, table_of, where

if TYPE_CHECKING:
    from trustanswer.pipeline.exporting import Export
    from trustanswer.pipeline.reviewing import Overview
    from trustanswer.review.states import Answer, Content, Event

LONGEST = 100  # characters of an answer in a list on a terminal; `review show ID ROW` has it all
COLOURS = {
    "approved": "green",
    "exported": "green",
    "edited": "cyan",
    "needs an answer": "yellow",
    "assigned": "yellow",
    "rejected": "red",
    "reopened": "yellow",
}


def reviews(found: Sequence[Overview]) -> None:
    table = table_of(None, "ID", "Questionnaire", "Customer", "Due", "Approved", "Open")
    for overview in found:
        review = overview.review
        table.add_row(
            str(review.id),
            Text(review.name),
            Text(review.customer or ""),
            review.due.isoformat() if review.due else "",
            f"{overview.closed} of {overview.total}",
            _open(overview),
        )
    print_table(stdout(), table)


def review_started(found: Overview, answers: Sequence[Answer], doubts: Sequence[str]) -> None:
    console, id = stdout(), found.review.id
    known = sum(a.content.origin.value == "library" for a in answers)
    for doubt in doubts:
        console.print(Text.assemble(("check: ", "bold yellow"), doubt))
    console.print(Text.assemble("Review ", (str(id), "bold"), f": {found.review.name}"))
    _print_states(console, found)
    if known:
        console.print(f"{known} answered as approved before; `review show` says by whom and when")
    if found.review.already:
        console.print(f"{len(found.review.already)} came in answered and stay as they are")
    _say(console, f"Next: trustanswer review show {id}")


def answers(found: Overview, shown: Sequence[Answer], last: int) -> None:
    """A line for each answer, and how to go on."""
    console, review = stdout(), found.review
    title = review.name + (f" for {review.customer}" if review.customer else "")
    table = table_of(title, "Row", "Where", "State", "Sure", "Question", "Answer")
    for a in shown:
        sure = f"{a.content.confidence:.3f}" if a.content.answer and a.content.confidence else ""
        table.add_row(
            str(a.row),
            Text(where(a.question)),
            _state(a),
            sure,
            _question(console, a),
            _answer(console, a),
        )
    print_table(console, table)
    _print_states(console, found)
    _say(console, f"The log ends at {last}. In full: trustanswer review show {review.id} ROW")


def answers_in_full(shown: Sequence[Answer]) -> None:
    console = stdout()
    for place, answer in enumerate(shown):
        if place:
            console.print()
        _in_full(console, answer)


def decided(what: str, events: Sequence[Event], asked: int, found: Overview) -> None:
    """What a decision came to, and what is still open."""
    console = stdout()
    rows = ", ".join(str(e.row) for e in events[:20]) + (" ..." if len(events) > 20 else "")
    was_so = f"; {asked - len(events)} already so" if asked > len(events) else ""
    listed = f" (rows {rows})" if events else ""
    _say(console, f"{len(events)} {what}{listed}{was_so}")
    if stale := _approved_on_stale(events, found):
        count = f"{len(stale)} of them {'rests' if len(stale) == 1 else 'rest'} on stale statements"
        _say(console, f"{count}: trustanswer review show {found.review.id} {_ranges(stale)}")
    _print_states(console, found)


def log(events: Sequence[Event]) -> None:
    console = stdout()
    table = table_of(None, "No", "When (UTC)", "Who", "What", "Row", "Why")
    for e in events:
        table.add_row(
            str(e.number),
            f"{e.at:%Y-%m-%d %H:%M:%S}",
            Text(e.by),
            _what(console, e),
            str(e.row),
            Text(e.why or ""),
        )
    print_table(console, table)


def exported(result: Export) -> None:
    console = stdout()
    parts = [f"{result.approved} approved answers"]
    parts += [f"{result.drafts} unapproved drafts"] if result.drafts else []
    parts += [f"{result.blank} left blank"] if result.blank else []
    for kept in result.kept:
        console.print(Text.assemble(("not written: ", "bold yellow"), kept))
    changed = f"{result.parts.changed} of {result.parts.total} parts changed"
    console.print(
        Text.assemble("Written to ", (str(result.out), "bold"), f": {', '.join(parts)}; {changed}"),
        soft_wrap=True,
    )
    _say(console, f"For your records, not for the customer: {result.manifest}")


def _say(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def _print_states(console: Console, found: Overview) -> None:
    """How many answers are in each state, and which drafts must be read one by one."""
    console.print(_states(found))
    if found.doubted:
        some = "is" if len(found.doubted) == 1 else "are"
        count = f"{len(found.doubted)} of those drafted {some} flagged or incomplete"
        read = f"trustanswer review show {found.review.id} {_ranges(found.doubted)}"
        _say(console, f"{count}; --above leaves such, read them: {read}")


def _ranges(rows: Sequence[int]) -> str:
    """Rising rows as `review show` takes them: 1-3,7."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ",".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def _states(found: Overview) -> Text:
    counted = [
        Text(f"{state.value} {n}", style=COLOURS.get(state.value, ""))
        for state, n in sorted(found.states.items(), key=lambda item: item[0].value)
    ]
    if not counted:
        return Text("No question is open.")
    return Text.assemble(f"{found.total} questions: ", Text(", ").join(counted))


def _approved_on_stale(events: Sequence[Event], found: Overview) -> list[int]:
    from trustanswer.review.states import Action

    approved = (e.row for e in events if e.action is Action.APPROVE)
    return sorted(found.stale.intersection(approved))


def _open(found: Overview) -> Text:
    waiting = found.total - found.closed
    return Text("none" if not waiting else str(waiting), style="yellow" if waiting else "green")


def _state(answer: Answer) -> Text:
    text = answer.state.value
    if answer.state.value == "assigned":
        text += f" to {answer.assignee}"
    elif answer.approved and answer.closed_by:
        text += f" by {answer.closed_by}"
    if answer.content.flags:
        text += f" ({', '.join(dict.fromkeys(f.kind for f in answer.content.flags))})"
    return Text(text, style=COLOURS.get(answer.state.value, ""))


def _question(console: Console, answer: Answer) -> Text:
    same = f" (same as {answer.alike})" if answer.alike != answer.row else ""
    return Text(_short(console, answer.question.text) + same)


def _answer(console: Console, answer: Answer) -> Text:
    content = answer.content
    said = " - ".join(t for t in (content.option or content.answer, content.comment) if t)
    if not said:
        return Text(_short(console, content.reason or ""), style="dim")
    return Text(_short(console, said))


def _short(console: Console, text: str) -> str:
    """Cut to what a list on a terminal has room for; a pipe gets all of it."""
    folded = " ".join(text.split())
    fits = len(folded) <= LONGEST or not console.is_terminal
    return folded if fits else folded[: LONGEST - 1] + "…"


def _in_full(console: Console, answer: Answer) -> None:
    q, content = answer.question, answer.content
    _say(console, f"Row {answer.row}  {where(q)}" + (f"  [{q.section}]" if q.section else ""))
    if q.parent:
        _say(console, f"  {q.parent}")
    console.print(Text(f"  {q.text}", style="bold"), soft_wrap=True)
    if q.options:
        _say(console, f"  Options: {' | '.join(q.options)}")
    console.print(Text.assemble("  State: ", _state(answer), f"  revision {answer.revision}"))
    _print_words(console, content)
    _print_evidence(console, content.citations)
    for event in answer.history:
        why = f": {event.why}" if event.why else ""
        what = _what(console, event) + why
        line = f"  {event.number}  {event.at:%Y-%m-%d %H:%M}  {event.by}  {what}"
        console.print(Text(line, style="dim"), soft_wrap=True)


def _print_words(console: Console, content: Content) -> None:
    whose = {"person": "a person's words", "library": "approved before", "draft": "draft"}
    sure = f", confidence {content.confidence:.3f}" if content.confidence else ""
    if content.says_something:
        _say(console, f"  Answer ({whose[content.origin.value]}{sure}): {_shown(content)}")
    if content.comment:
        _say(console, f"  Comment: {content.comment}")
    if content.missing:
        _say(console, f"  Not stated: {'; '.join(content.missing)}")
    if content.contradicted:
        _say(console, f"  Stated otherwise: {'; '.join(content.contradicted)}")
    for flag in content.flags:
        console.print(Text.assemble((f"  {flag.kind}: ", "yellow"), flag.detail), soft_wrap=True)
    if content.reason:
        _say(console, f"  No draft: {content.reason}")


def _shown(content: Content) -> str:
    return content.option or content.answer or "(blank)"


def _print_evidence(console: Console, citations: Sequence[Citation]) -> None:
    for citation in citations:
        s = citation.statement
        dated = f", {s.updated.isoformat()}" if s.updated else ""
        _say(console, f"  “{citation.quote}”")
        place = f"    {s.title}{dated}  ({s.where})"
        console.print(Text(place, style="dim"), soft_wrap=True)


def _what(console: Console, event: Event) -> str:
    from trustanswer.review.states import PAST, Action

    if event.action is Action.DRAFT and not (event.content and event.content.says_something):
        return "left to a person"
    past = PAST[event.action] + (f" to {event.to}" if event.to else "")
    if event.action is Action.EDIT and event.content:
        past += f": {_short(console, event.content.answer or event.content.comment or '(blank)')}"
    return past + (" for this customer alone" if event.restricted else "")
