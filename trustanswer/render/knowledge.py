"""What a knowledge base looks like."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from trustanswer.model import Knowledge
from trustanswer.render.terminal import stdout


def knowledge(found: Knowledge) -> None:
    """The statements by category and title, and what was not read."""
    console = stdout()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Statement", "Updated", "Source"):
        table.add_column(name, overflow="fold")
    for s in found.statements:
        updated = s.updated.isoformat() if s.updated else "no date"
        table.add_row(Text(s.title), Text(updated), Text(s.where))
    console.print(table)
    console.print(
        f"{len(found.statements)} statements from "
        f"{len({s.source for s in found.statements})} files",
    )
    for unread in found.unread:
        console.print(
            Text.assemble(("not read: ", "bold yellow"), f"{unread.source}: {unread.reason}")
        )
