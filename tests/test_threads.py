"""Work side by side: nobody sees the threads but by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from trustanswer.threads import cores, side_by_side

LONG = 30.0  # seconds, after which a test that hangs gives up


def test_results_come_in_the_order_of_the_items_whichever_is_done_first() -> None:
    second_done = Event()

    def work(item: int) -> int:
        if item == 1:
            assert second_done.wait(LONG)
        if item == 2:
            second_done.set()
        return item * 10

    assert list(side_by_side(work, [1, 2, 3], at_once=2)) == [10, 20, 30]


def test_the_next_item_is_made_while_one_is_worked_on() -> None:
    next_made = Event()

    def items() -> Iterator[int]:
        yield 1
        next_made.set()
        yield 2

    def work(item: int) -> bool:
        return next_made.wait(LONG)

    assert list(side_by_side(work, items(), at_once=1)) == [True, True]


def test_no_more_items_are_taken_than_results_are_wanted_for() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(item)
            yield item

    results = side_by_side(str, items(), at_once=2)
    assert next(results) == "0"
    assert taken == [0, 1, 2]
    results.close()
    assert taken == [0, 1, 2]


def test_a_failure_is_raised_where_its_result_would_have_come() -> None:
    def work(item: int) -> int:
        return 6 // item

    results = side_by_side(work, [2, 0, 3], at_once=1)
    assert next(results) == 3
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_without_items_nothing_is_done() -> None:
    assert list(side_by_side(str, [])) == []
    assert cores() >= 1
