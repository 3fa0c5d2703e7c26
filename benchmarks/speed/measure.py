"""Time and memory of tasks taken in turns, so that what else a machine does falls on all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    seconds: float
    peak: float = 0.0  # MB resident at most, of a command


@dataclass(frozen=True)
class Row:
    """A figure, what it must stay under (or over), and what it was made of."""

    what: str
    found: float
    target: float
    detail: str
    unit: str = ""
    least: bool = False  # the target is a least one

    @property
    def met(self) -> bool:
        return self.found >= self.target if self.least else self.found <= self.target


# A process starts with the peak of the one that started it: this small one stands between.
_LAUNCHER = """
import resource, subprocess, sys, time
started = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(time.perf_counter() - started, peak / 1024)
sys.exit(status)
"""


def command(arguments: Sequence[str | Path], home: Path) -> Cost:
    """What a command costs, its bytecode kept as an installation keeps it.

    Raises CalledProcessError when it fails.
    """
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", _LAUNCHER, *map(str, arguments)],
        env={**os.environ, "TRUSTANSWER_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, peak = map(float, done.stdout.split())
    return Cost(seconds, peak)


def timed(task: Callable[[], object]) -> Cost:
    started = time.perf_counter()
    task()
    return Cost(time.perf_counter() - started)


def in_turns(rounds: int, tasks: Mapping[str, Callable[[], Cost]]) -> dict[str, Cost]:
    """The median cost of each task over the rounds; in a round each is done once, in order."""
    costs: dict[str, list[Cost]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            costs[name].append(task())
    return {name: _median(each) for name, each in costs.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(each.seconds for each in costs),
        statistics.median(each.peak for each in costs),
    )
