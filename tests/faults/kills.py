"""Two hundred deaths at random moments, fifty of each job: `make faults`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.checks import JOBS, cut_off


@pytest.mark.parametrize("seed", range(50))
@pytest.mark.parametrize("name", JOBS)
def test_a_death_at_any_moment_leaves_all_intact(
    tmp_path: Path, home: Path, whole: bytes, name: str, seed: int
) -> None:
    cut_off(name, tmp_path, home, whole, random.Random(f"{name} {seed}"))
