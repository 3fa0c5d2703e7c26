"""Where a command may write: never onto what it reads, nor onto another of its outputs.

Everything is checked before the work begins: what cannot be written costs nobody the drafting, and
no output lies there alone because the next one was refused.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trustanswer.errors import OutputError
from trustanswer.pipeline.settings import FOLDER, SETTINGS_FILE

_QUESTIONNAIRES = (".xlsx", ".xlsm", ".csv", ".tsv")
# No document of a knowledge base: where one lies in its folder, it is the report of a former run.
_REPORTS = (".json", ".svg")


@dataclass(frozen=True)
class Output:
    """A file that a command will write, and the option that names it, if one does.

    `endings`: of a questionnaire's copy, those that will open; it is a regular file. Text goes
    into a pipe or a device too.
    """

    path: Path
    option: str = ""
    endings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.option} {self.path}".strip()


def text_outputs(**named: Path | None) -> list[Output]:
    """The outputs that were asked for, by the names of their options: `save_mapping=path`."""
    return [
        Output(path, f"--{name.replace('_', '-')}")
        for name, path in named.items()
        if path is not None
    ]


def endings_like(name: str, *, workbook: bool) -> tuple[str, ...]:
    """The endings of a filled copy of a questionnaire: the same, where that says what it is."""
    own = Path(name).suffix.lower()
    if own in _QUESTIONNAIRES:
        return (own,)
    return (own, ".xlsx", ".xlsm") if workbook else (own, ".csv", ".tsv", ".txt")


def check_outputs(outputs: Sequence[Output], reads: Iterable[Path]) -> None:
    """Raises OutputError where an output is a file that is read, or that another output names, or
    cannot be written where it is wanted.

    `reads`: files, and folders of files. trustanswer.toml and the reviews kept here count always.
    """
    inputs = (*reads, Path(SETTINGS_FILE), Path(FOLDER))
    named: dict[Path, Output] = {}
    for output in outputs:
        found = _place(output)
        other = named.setdefault(output.path.resolve(), output)
        if other is not output:
            raise OutputError(f"{other} and {output} are one file; give each a file of its own")
        if found is not None and any(_holds(path, output.path, found) for path in inputs):
            raise OutputError(f"{output} is a file that this command reads; name another file")


def _place(output: Output) -> os.stat_result | None:
    """What stands where the output goes. Raises OutputError where nothing can be put there."""
    found = _stat(output)
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise OutputError(f"{output} is a folder; name a file for the result")
    if output.endings and output.path.suffix.lower() not in output.endings:
        usable = " or ".join(filter(None, dict.fromkeys(output.endings)))
        raise OutputError(
            f"{output}: the filled copy would not open under this ending; name a {usable} file"
        )
    if found is not None and not stat.S_ISREG(found.st_mode):
        if output.endings:
            raise OutputError(f"{output} is no regular file; name another place")
        return found
    folder = output.path.resolve().parent
    if not folder.is_dir():
        raise OutputError(
            f"{output} cannot be written: there is no folder {output.path.parent}; "
            "name another place"
        )
    if not os.access(folder, os.W_OK):
        raise OutputError(
            f"{output} cannot be written: you may not write into {folder}; name another place"
        )
    return found


def _stat(output: Output) -> os.stat_result | None:
    try:
        return output.path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(
            f"{output} cannot be written: {error.strerror}; name another place"
        ) from None


def _holds(path: Path, output: Path, found: os.stat_result) -> bool:
    """Whether the output is this file or one of this folder's, under whatever name."""
    files = [path]
    if output.suffix.lower() not in _REPORTS:
        files += (Path(top, name) for top, _, names in os.walk(path) for name in names)
    return any(os.path.samestat(one, found) for one in _found(files))


def _found(files: Iterable[Path]) -> Iterator[os.stat_result]:
    for file in files:
        # Where one is not there, or not to be read, the command says so.
        with suppress(OSError):
            yield file.stat()
