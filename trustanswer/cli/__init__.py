"""The command line: parse, one call of the pipeline, print.

Heavy modules are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from trustanswer import __version__, render
from trustanswer.cli import evaluating, exporting, filling, knowledge, review, serving, upkeep
from trustanswer.errors import TrustanswerError

app = typer.Typer(
    name="trustanswer",
    help="Answer security questionnaires from your trust center: every claim quoted and cited, "
    "nothing else in the file changed, nothing guessed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    rich_markup_mode=None,
)
app.command(short_help="Fill answers and their sources into a copy of the file.")(filling.fill)
app.command()(filling.ask)
app.command(short_help="Show which rows ask, and where their answers go.")(filling.inspect)
app.add_typer(knowledge.app, name="kb")
app.add_typer(review.app, name="review")
review.app.command()(exporting.verify)
review.app.command(short_help="Take approvals back.")(upkeep.reopen)
review.app.command(short_help="Find approved answers that disagree.")(upkeep.conflicts)
app.command(short_help="Write approved answers into the file.")(exporting.export)
app.command(short_help="Open the review page.")(serving.serve)
app.command("eval", short_help="Measure drafts against labelled questions.")(evaluating.evaluate)
app.add_typer(serving.app, name="user")


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


def main() -> None:
    """The console script: any failure of the job is one line on stderr and exit status 1."""
    # Typer reads options by pydantic, which would search every installed package for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What a command makes it mostly keeps: looking for garbage after every 700 objects finds none,
    # and takes a twentieth of the time; as much again takes the last look, when all goes anyway.
    gc.set_threshold(50_000, 20, 100)
    atexit.register(gc.freeze)
    _print_what_can_be()
    try:
        _run()
    except TrustanswerError as error:
        render.error(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        render.error("interrupted; nothing was written")
        sys.exit(130)
    except BrokenPipeError:  # whoever read the output has seen enough
        _drop_output()
        sys.exit(1)
    except OSError as error:
        render.error(_told(error))
        _drop_output()
        sys.exit(1)


def _run() -> None:
    """The command, to the last line of its output: Python itself would print that too late."""
    try:
        app()
    finally:
        if isinstance(sys.stdout, io.TextIOBase):  # there is none where it was closed before
            sys.stdout.flush()


def _print_what_can_be() -> None:
    """A pipe on Windows has no "≥": it gets a question mark, and the rest of the answer."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _told(error: OSError) -> str:
    """Files are opened by their names; what has none is what the command prints into."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return f"the output cannot be printed: {reason}; send it to another place"
    return f"{error.filename} cannot be used: {reason}; name another file or folder"


def _drop_output() -> None:
    """What could not be printed is not tried again when Python ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
