"""Statements held against each other: how near their sentences are, and what that makes of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trustanswer.answering.agreement import Floats, Pair, contradictions, repetitions
from trustanswer.answering.claims import Claim, claims
from trustanswer.model import Statement
from trustanswer.ports import Embedder


def compared(statements: Sequence[Statement], embedder: Embedder) -> tuple[list[Pair], list[Pair]]:
    """The pairs of statements that contradict each other, and those that repeat each other."""
    found = claims(statements)
    if not found:
        return [], []
    cosines = _cosines(found, statements, embedder)
    return contradictions(found, cosines), repetitions(found, cosines)


def _cosines(found: Sequence[Claim], statements: Sequence[Statement], embedder: Embedder) -> Floats:
    """Of each claim with each other, by itself or under its title, whichever is nearer."""
    titled = [f"{statements[claim.statement].path[-1]}. {claim.whole}" for claim in found]
    vectors = embedder.encode([*(claim.whole for claim in found), *titled])
    plain, under_title = vectors[: len(found)], vectors[len(found) :]
    nearer: Floats = np.maximum(plain @ plain.T, under_title @ under_title.T)
    return nearer
