"""Work done side by side, with its results in the order in which it was given.

Threads serve where the work is done outside the interpreter: by ONNX Runtime, by numpy.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

MOST = 8  # at once: each holds memory of its own

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Item], Result], items: Iterable[Item], at_once: int | None = None
) -> Generator[Result, None, None]:
    """`work` on each item, in threads; the results in the order of the items.

    `at_once`: threads; None takes one for each core, up to MOST. An item is taken from `items`, in
    this thread, only when it is about to be worked on: making the next one overlaps with the work,
    and no more results wait than there are threads.
    """
    threads = at_once or min(cores(), MOST)
    with ThreadPoolExecutor(threads) as pool:
        pending = deque[Future[Result]]()
        for item in items:
            pending.append(pool.submit(work, item))
            if len(pending) > threads:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def cores() -> int:
    """Those that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
