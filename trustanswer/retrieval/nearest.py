"""The best of many columns for each row, block by block, without sorting everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np
from numpy.typing import NDArray

from trustanswer.ports import Floats


class Nearest:
    """For each row the `limit` columns of the highest value so far, equal ones in their order."""

    def __init__(self, rows: int, limit: int) -> None:
        self._limit = limit
        self.values: Floats = np.zeros((rows, 0), dtype=np.float32)
        self.columns: NDArray[np.int64] = np.zeros((rows, 0), dtype=np.int64)
        self.others: dict[str, Floats] = {}  # further figures of those columns

    def add(self, first: int, by: Floats, others: Mapping[str, Floats]) -> Self:
        """A block of columns from `first` on, none of which came before."""
        picked = _highest(by, self._limit)
        values = np.concatenate([self.values, np.take_along_axis(by, picked, 1)], axis=1)
        order = np.argsort(-values, axis=1, kind="stable")[:, : self._limit]
        self.values = np.take_along_axis(values, order, 1)
        columns = np.concatenate([self.columns, picked + first], axis=1)
        self.columns = np.take_along_axis(columns, order, 1)
        for name, matrix in others.items():
            new = np.take_along_axis(matrix, picked, 1)
            both = np.concatenate([self.others.get(name, new[:, :0]), new], axis=1)
            self.others[name] = np.take_along_axis(both, order, 1)
        return self


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
