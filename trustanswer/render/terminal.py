"""Lines, errors, progress and tables: what everything that is printed is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from trustanswer.model import Question

if TYPE_CHECKING:  # it brings numpy, which nothing printed needs
    from trustanswer.ports import Progress as Report

T = TypeVar("T")
SHOWN = 30  # rows of a long list that a terminal shows; a pipe gets all of them
UNFOLDED = 1_000_000  # columns of a pipe: whoever reads a line there expects all of it


def line(text: str) -> None:
    """Prints a line as it is, whatever characters it holds and however long it is."""
    stdout().print(Text(text), soft_wrap=True)


def error(message: str) -> None:
    """One line, whatever a file is called."""
    folded = " ".join(message.split())
    _console(stderr=True).print(Text.assemble(("error: ", "bold red"), folded), soft_wrap=True)


@contextmanager
def progress() -> Iterator[Report]:
    """A bar on stderr while the work lasts, gone when it is done; nothing at all in a pipe."""
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

    def report(stage: str, done: int, total: int) -> None:
        bar.update(task, description=stage, completed=done, total=total or None)
        bar.start()  # no more than once; loading a model takes seconds without a word

    try:
        yield report
    finally:
        bar.stop()


def stdout() -> Console:
    return _console(highlight=False)


def _console(*, stderr: bool = False, highlight: bool = True) -> Console:
    console = Console(stderr=stderr, highlight=highlight)
    if not console.is_terminal:
        console.width = UNFOLDED
    console.push_render_hook(_Harmless())
    return console


class _Harmless(RenderHook):
    """What files say is printed without the characters that would command a terminal."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Printed(renderable) for renderable in renderables]


@dataclass(frozen=True)
class _Printed:
    renderable: ConsoleRenderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for part in console.render(self.renderable, options):
            yield Segment(part.text.translate(_COMMANDS), part.style, part.control)


# Control characters but for line feeds, and those that turn the direction of writing.
_COMMANDS = dict.fromkeys(
    (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\N{REPLACEMENT CHARACTER}",
)


def table_of(title: str | None, *columns: str) -> Table:
    table = Table(title=title, header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def few(console: Console, rows: Sequence[T]) -> Sequence[T]:
    return rows[:SHOWN] if console.is_terminal else rows


def print_rows(console: Console, table: Table, total: int) -> None:
    """Prints a table made of `few` of `total` rows, and says how many were left out."""
    if not total:
        return
    print_table(console, table)
    if total > SHOWN and console.is_terminal:
        console.print(f"... and {total - SHOWN} more; --json PATH has them all")


def print_table(console: Console, table: Table, indent: int = 0) -> None:
    """A pipe gets a line for each row, its cells between tabs: nothing is folded there."""
    if console.is_terminal:
        print_aligned(console, table, indent)
    else:
        console.file.write("".join(f"{row}\n" for row in _as_lines(table)))


def print_aligned(console: Console, table: Table, indent: int = 0) -> None:
    """The columns below each other, and the title as a line: a narrow table would fold it."""
    if table.title is not None:
        print_line(console, Text(str(table.title), style="bold"), indent)
        table.title = None
    console.print(Padding(table, (0, 0, 0, indent), expand=False))


def print_line(console: Console, text: Text, indent: int = 0) -> None:
    """Further in, and folded there; a pipe gets one line."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))
    else:
        console.print(Text.assemble(" " * indent, text), soft_wrap=True)


def _as_lines(table: Table) -> Iterator[str]:
    if table.title is not None:
        yield str(table.title)
    rows = zip(*(column.cells for column in table.columns), strict=True)
    for row in ([str(column.header) for column in table.columns], *rows):
        cells = (" ".join(str(cell).split()).translate(_COMMANDS) for cell in row)
        yield "\t".join(cells).strip("\t")


def where(question: Question) -> str:
    if question.sheet is None:
        return f"record {question.row}"
    return f"{question.sheet} {question.question_cell or question.row}"
