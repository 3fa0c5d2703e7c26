"""The best columns of a matrix that is never seen as a whole."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.retrieval.nearest import Nearest

MATRICES = st.tuples(st.integers(1, 4), st.integers(0, 40)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 5), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@given(MATRICES, st.integers(1, 7), st.integers(1, 50))
def test_blocks_give_what_sorting_the_whole_gives_equal_ones_in_their_order(
    values: list[list[int]], limit: int, width: int
) -> None:
    whole = np.array(values, dtype=np.float32)
    found = Nearest(len(whole), limit)
    for first in range(0, whole.shape[1], width):
        block = whole[:, first : first + width]
        found.add(first, block, {"negative": -block})
    expected = np.argsort(-whole, axis=1, kind="stable")[:, :limit]
    np.testing.assert_array_equal(found.columns, expected)
    if whole.shape[1]:
        np.testing.assert_array_equal(found.others["negative"], -found.values)
