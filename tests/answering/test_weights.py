"""The weights that ship, and the card that describes them."""

from __future__ import annotations

import hashlib
import re

import pytest

from trustanswer.answering.trained import CROSS_ENCODER, SHIPPED

CARD = (SHIPPED / "model_card.md").read_text(encoding="utf-8")
DESCRIBED = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", CARD, re.MULTILINE))


def test_every_file_of_weights_is_described() -> None:
    assert set(DESCRIBED) == {file.name for file in SHIPPED.iterdir()} - {"model_card.md"}


@pytest.mark.parametrize("name", sorted(DESCRIBED))
def test_the_weights_are_those_that_the_card_describes(name: str) -> None:
    assert hashlib.sha256((SHIPPED / name).read_bytes()).hexdigest() == DESCRIBED[name]


def test_the_cross_encoder_is_no_larger_than_25_megabytes() -> None:
    assert (SHIPPED / CROSS_ENCODER).stat().st_size <= 25_000_000
