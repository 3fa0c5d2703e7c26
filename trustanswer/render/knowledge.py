"""What a knowledge base looks like."""

from __future__ import annotations

from collections import Counter

from rich.table import Table
from rich.text import Text

from trustanswer.model import About, Knowledge
from trustanswer.render.terminal import print_line, print_table, stdout, table_of


def statements(found: Knowledge) -> None:
    """The statements by category and title, and what was not read."""
    console = stdout()
    if about := _about(found.about):
        print_line(console, Text(about, style="bold"))
    table = table_of(None, "Statement", "Updated", "Source")
    for s in found.statements:
        updated = s.updated.isoformat() if s.updated else "no date"
        table.add_row(Text(s.title), Text(updated), Text(s.where))
    print_table(console, table)
    print_table(console, _files(found))
    console.print(
        f"{len(found.statements)} statements from "
        f"{len({s.source for s in found.statements})} files",
    )
    for unread in found.unread:
        kind = "check: " if unread.slip else "not read: "
        said = f"{unread.source}: {unread.reason}"
        print_line(console, Text.assemble((kind, "bold yellow"), said))


def _files(found: Knowledge) -> Table:
    """What every file gave, and how many of its parts gave nothing."""
    given = Counter(s.source for s in found.statements)
    left = Counter(u.source for u in found.unread if not u.slip)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("File", "Statements", "Left out"):
        table.add_column(name, overflow="fold", justify="left" if name == "File" else "right")
    for source in sorted({*given, *left}):
        table.add_row(Text(source), str(given[source]), str(left[source]))
    return table


def _about(about: About) -> str:
    months = about.review_months
    told = (
        about.title,
        about.owner and f"owned by {about.owner}",
        months and f"looked at every {'month' if months == 1 else f'{months} months'}",
    )
    return ", ".join(part for part in told if part)
