"""What the stages ask of each other: the seams at which one implementation replaces another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from trustanswer.model import Answered, Other

Floats = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their similarity."""

    @property
    def name(self) -> str:
        """Which weights these are; vectors of different names never mix."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), dimension), each of length 1. Raises ModelError."""


class AnswerReader(Protocol):
    """Reads a questionnaire that was answered before."""

    def __call__(self, path: Path) -> tuple[Sequence[Answered], Sequence[Other]]:
        """Its questions with what stands in their answer cells, and its other rows.

        Raises WorkbookError, one line, where the file cannot be read or asks nothing.
        """


class Progress(Protocol):
    """Told how far a piece of work is; `total` of 0 means that it is not known."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """The Progress of a caller that does not want to know."""
