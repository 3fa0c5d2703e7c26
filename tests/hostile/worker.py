"""Gives hostile files to the program, one after the other, within bounds of memory and time.

    python -m tests.hostile.worker TASK FOLDER < NAMES

TASK is what the files are: questionnaires, mappings, documents; NAMES is a JSON list of those in
the folder. Prints a JSON line for each file, before it is read and after, so that the one which
kills the process is known.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread reserves memory that is never used

MEMORY = 2**30  # bytes, of the whole process
GROWTH = 2**29  # bytes, that one file may add to what the process held before it
SECONDS = 10  # of computing: other work on the machine does not count


class TooLongError(BaseException):
    """Beyond the bound of time; no handler of the program may catch it."""


def _too_long(_: int, __: FrameType | None) -> None:
    raise TooLongError


def _questionnaire(file: Path) -> None:
    """As `inspect` shows it, then with text in every cell that is to be answered."""
    from trustanswer import pipeline, render
    from trustanswer.model import CellWrite
    from trustanswer.workbook import fill_file

    found = pipeline.inspect(file)
    render.questionnaire(found)
    cells = [(q.sheet, q.answer_cell) for q in found.questions if q.answer_cell]
    writes = [CellWrite(sheet, cell, "=1+1 is text") for sheet, cell in cells]
    target = file.with_name(f"filled-{os.getpid()}")
    fill_file(file, target, writes)
    target.unlink()


def _mapping(file: Path) -> None:
    from trustanswer import pipeline

    pipeline.inspect(file.with_name("questionnaire.csv"), file)


def _document(file: Path) -> None:
    from trustanswer import render
    from trustanswer.knowledge import read_knowledge

    render.statements(read_knowledge(file))


TASKS: dict[str, Callable[[Path], None]] = {
    "questionnaires": _questionnaire,
    "mappings": _mapping,
    "documents": _document,
}


def _held(which: str) -> int:
    """Bytes of memory, VmRSS: now, VmHWM: at most since `_forget_peak`.

    Not getrusage's: a process starts with the peak of the one that started it, here pytest's.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) * 1024


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _answer(task: Callable[[Path], None], file: Path) -> dict[str, object]:
    """Exit status and standard error as the console script gives them."""
    from trustanswer import render
    from trustanswer.errors import TrustanswerError

    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    _forget_peak()
    before, started = _held("VmRSS"), time.process_time()
    status, trouble = 0, ""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            task(file)
        except TrustanswerError as error:
            render.error(str(error))
            status = 1
        except BaseException as error:
            trouble = f"{type(error).__name__}: {str(error)[:200]}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    err.flush()
    return {
        "status": status,
        "trouble": trouble,
        "lines": err.buffer.getvalue().decode().splitlines(),
        "seconds": round(time.process_time() - started, 2),
        "grown": _held("VmHWM") - before,
    }


def main() -> None:
    task, folder = TASKS[sys.argv[1]], Path(sys.argv[2])
    signal.signal(signal.SIGPROF, _too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name in json.load(sys.stdin):
        print(json.dumps({"name": name}), flush=True)
        print(json.dumps({"name": name, **_answer(task, folder / name)}), flush=True)


if __name__ == "__main__":
    main()
