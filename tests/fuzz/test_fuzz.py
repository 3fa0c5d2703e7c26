"""A short, seeded run of the fuzzer, and everything it ever found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.driver import CORPUS, finding, fuzz
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_raises_what_it_should_not(target: str) -> None:
    done, found = fuzz([target], seed=7, each=400)
    assert done[target] >= 400
    assert not found


def kept() -> list[Path]:
    return sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", kept(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_stays_mended(path: Path) -> None:
    assert finding(path.parent.name, path.read_bytes()) is None
