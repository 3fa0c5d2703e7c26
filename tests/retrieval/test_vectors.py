"""The vector cache: an unchanged text is embedded once, whatever happens to the file."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from trustanswer.ports import Floats
from trustanswer.retrieval import VectorCache


class Counting:
    """An embedder of three dimensions that remembers what it was asked."""

    name = "counting@1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.array([[len(t), t.count("a"), 1] for t in texts], dtype=np.float32)


@pytest.fixture
def counting() -> Counting:
    return Counting()


def test_a_second_run_embeds_only_what_is_new(counting: Counting, tmp_path: Path) -> None:
    first = VectorCache(counting, tmp_path).encode(["alpha", "beta"])
    counting.asked.clear()
    second = VectorCache(counting, tmp_path).encode(["beta", "gamma", "alpha"])
    assert counting.asked == ["gamma"]
    np.testing.assert_array_equal(second[[2, 0]], first)


def test_a_text_given_twice_is_embedded_once(counting: Counting) -> None:
    vectors = VectorCache(counting, None).encode(["alpha", "alpha"])
    assert counting.asked == ["alpha"]
    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_no_texts_give_no_vectors(counting: Counting) -> None:
    assert VectorCache(counting, None).encode([]).shape[0] == 0


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 17, 40])
def test_a_record_cut_short_by_a_crash_is_embedded_again(
    counting: Counting, tmp_path: Path, cut: int
) -> None:
    VectorCache(counting, tmp_path).encode(["alpha", "beta"])
    file = next(tmp_path.glob("*.vectors"))
    file.write_bytes(file.read_bytes()[:-cut])
    expected = Counting().encode(["alpha", "beta", "gamma"])
    for _ in range(2):
        found = VectorCache(counting, tmp_path).encode(["alpha", "beta", "gamma"])
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("place", [0, 2, 4, 25, 40, 60])
def test_a_flipped_byte_anywhere_never_gives_a_wrong_vector(
    counting: Counting, tmp_path: Path, place: int
) -> None:
    expected = VectorCache(counting, tmp_path).encode(["alpha", "beta"])
    file = next(tmp_path.glob("*.vectors"))
    damaged = bytearray(file.read_bytes())
    damaged[place] ^= 0xFF
    file.write_bytes(damaged)
    found = VectorCache(counting, tmp_path).encode(["alpha", "beta"])
    np.testing.assert_array_equal(found, expected)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    counting: Counting, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert VectorCache(counting, blocked / "cache").encode(["alpha"]).shape == (1, 3)


def test_vectors_of_another_model_are_not_used(counting: Counting, tmp_path: Path) -> None:
    VectorCache(counting, tmp_path).encode(["alpha"])
    other = Counting()
    other.name = "counting@2"
    VectorCache(other, tmp_path).encode(["alpha"])
    assert other.asked == ["alpha"]
