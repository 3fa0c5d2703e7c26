"""The best of many columns for each row, block by block, without sorting everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from trustanswer.ports import Floats

Table = TypeVar("Table", Floats, NDArray[np.int64])


class Nearest:
    """For each row the `limit` columns of the highest value so far, equal ones in their order."""

    def __init__(self, rows: int, limit: int) -> None:
        self._limit = limit
        self.values: Floats = np.zeros((rows, 0), dtype=np.float32)
        self.columns: NDArray[np.int64] = np.zeros((rows, 0), dtype=np.int64)
        self.others: dict[str, Floats] = {}  # further figures of those columns

    def add(self, first: int, by: Floats, others: Mapping[str, Floats]) -> Self:
        """A block of columns from `first` on, none of which came before."""
        if self.values.shape[1] < self._limit:
            rows = np.arange(len(by))
        else:  # of a later block only what is above the least of a row's best can be among them
            rows = np.flatnonzero((by > self.values[:, -1:]).any(axis=1))
        if len(rows):
            self._take(rows, first, by, others)
        return self

    def _take(
        self, rows: NDArray[np.int64], first: int, by: Floats, others: Mapping[str, Floats]
    ) -> None:
        """Takes some rows' highest of a block in among their best."""
        picked = _highest(by[rows], self._limit)
        at = rows[:, np.newaxis], picked
        values = np.concatenate([self.values[rows], by[at]], axis=1)
        order = np.argsort(-values, axis=1, kind="stable")[:, : self._limit]
        columns = np.concatenate([self.columns[rows], picked + first], axis=1)
        self.values = _replaced(self.values, rows, np.take_along_axis(values, order, 1))
        self.columns = _replaced(self.columns, rows, np.take_along_axis(columns, order, 1))
        for name, matrix in others.items():
            before = self.others.get(name, np.zeros((len(self.values), 0), np.float32))
            both = np.concatenate([before[rows], matrix[at]], axis=1)
            self.others[name] = _replaced(before, rows, np.take_along_axis(both, order, 1))


def _replaced(table: Table, rows: NDArray[np.int64], new: Table) -> Table:
    """The table with these rows as given; all of them where they have become wider."""
    if table.shape[1] != new.shape[1]:
        return new
    table[rows] = new
    return table


def _highest(values: Floats, limit: int) -> NDArray[np.int64]:
    """The columns of the `limit` highest values of each row, in ascending order of column."""
    rows, columns = values.shape
    if columns <= limit:
        return np.broadcast_to(np.arange(columns), (rows, columns))
    picked = np.argpartition(values, columns - limit, axis=1)[:, columns - limit :]
    least = np.take_along_axis(values, picked, 1).min(axis=1, keepdims=True)
    # Of those that equal the least one, partition takes any: the first ones are wanted.
    for row in np.flatnonzero((values == least).sum(axis=1) > 1):
        above = np.flatnonzero(values[row] > least[row])
        equal = np.flatnonzero(values[row] == least[row])
        picked[row] = np.concatenate([above, equal[: limit - len(above)]])
    return np.sort(picked, axis=1)
