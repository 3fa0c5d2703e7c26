"""A large index is kept on disk: a change costs what changed, and damage costs time alone."""

import hashlib
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.retrieval.test_index import question, statement
from trustanswer.model import Candidate, Statement
from trustanswer.ports import Floats
from trustanswer.retrieval import Index, index
from trustanswer.retrieval.segments import LEAST, UNUSED

WORDS = "backup key audit laptop region vendor log access staff patch incident report".split()


class Hashing:
    """An embedder that gives each text a direction of its own, and counts the texts."""

    name = "hashing@1"

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += len(texts)
        vectors = np.array(
            [list(hashlib.sha256(text.encode()).digest()[:8]) for text in texts], dtype=np.float32
        )
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def many(count: int) -> list[Statement]:
    pick = random.Random(6)
    return [
        statement(f"Section > Title {at}", f"{' '.join(pick.choices(WORDS, k=9))} {at}. And more.")
        for at in range(count)
    ]


ASKED = [question("Are backups and keys audited?"), question("Who has access to a laptop?")]


def places(found: Sequence[Sequence[Candidate]]) -> list[list[str]]:
    return [[candidate.statement.title for candidate in group] for group in found]


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    return many(4 * LEAST)


@pytest.fixture(scope="module")
def expected(statements: list[Statement]) -> list[list[str]]:
    return places(Index(statements, Hashing()).search(ASKED, 10))


def test_opened_again_it_finds_the_same_and_embeds_nothing_but_its_last_part(
    statements: list[Statement], expected: list[list[str]], tmp_path: Path
) -> None:
    assert places(Index(statements, Hashing(), tmp_path).search(ASKED, 10)) == expected
    again = Hashing()
    assert places(Index(statements, again, tmp_path).search(ASKED, 10)) == expected
    assert again.asked < 4 * LEAST + 200  # a last part too small to be kept, and the questions


def test_a_statement_put_in_front_leaves_the_other_segments_as_they_are(
    statements: list[Statement], tmp_path: Path
) -> None:
    Index(statements, Hashing(), tmp_path)
    before = {place.name for place in tmp_path.iterdir()}
    changed = [statement("Section > New", "Backups and keys are audited."), *statements]
    best = Index(changed, Hashing(), tmp_path).search(ASKED, 10)
    assert best == Index(changed, Hashing()).search(ASKED, 10)
    assert len({place.name for place in tmp_path.iterdir()} - before) == 1


def test_blocks_of_any_size_give_the_same(
    statements: list[Statement], expected: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for cells in (1, 999, 1 << 30):
        monkeypatch.setattr(index, "BLOCK", cells)
        some = Index(statements[:300], Hashing()).search(ASKED, 5)
        monkeypatch.undo()
        assert places(some) == places(Index(statements[:300], Hashing()).search(ASKED, 5))


@pytest.mark.parametrize("name", ["wholes", "starts", "postings-terms", "postings-counts"])
def test_a_segment_cut_short_or_gone_is_made_anew(
    statements: list[Statement], expected: list[list[str]], tmp_path: Path, name: str
) -> None:
    Index(statements, Hashing(), tmp_path)
    first, second = list(tmp_path.glob(f"*/{name}.npy"))[:2]
    first.write_bytes(first.read_bytes()[:-40])
    second.unlink()
    for _ in range(2):
        assert places(Index(statements, Hashing(), tmp_path).search(ASKED, 10)) == expected


def test_what_nobody_opened_for_a_month_is_removed(
    statements: list[Statement], tmp_path: Path
) -> None:
    Index(statements, Hashing(), tmp_path)
    past = time.time() - UNUSED - 60
    stale = next(tmp_path.iterdir())
    os.utime(stale, (past, past))
    Index(statements[:10], Hashing(), tmp_path)
    assert not stale.exists()
    assert any(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_costs_time_alone(
    statements: list[Statement], expected: list[list[str]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    found = Index(statements, Hashing(), tmp_path / "file").search(ASKED, 10)
    assert places(found) == expected
