"""The questions of one search as vectors: by themselves, and within their section and lead-in.

A question's vector within its section is its own with a share of the section's: a hundred questions
have a dozen sections, and each is embedded once. SHARE is the one that comes nearest to embedding
"section. question" as one text (mean cosine 0.93 to 0.96 on ten questionnaires).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from trustanswer.model import Question
from trustanswer.ports import Embedder, Floats
from trustanswer.retrieval.background import BACKGROUND

SHARE = 0.45

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """Distinct texts as rows: the questions in their order, the background, then contexts."""

    count: int  # of questions
    vectors: Floats  # (rows, dimension)
    led: Rows  # for each question the row of its text behind its lead-in
    sections: Rows  # for each question the row of its section; its own row where it has none
    shares: Floats  # (questions, 1): what the section counts

    def __len__(self) -> int:
        return self.count

    @property
    def at_large(self) -> Floats:
        """The vectors of the questions and the background."""
        return self.vectors[: self.count + len(BACKGROUND)]

    def in_context(self) -> Floats:
        """The vectors of the questions within section and lead-in, shape (questions, dimension)."""
        return self._joined(self.vectors) / self._lengths

    def scores_in_context(self, scores: Floats) -> Floats:
        """Cosines of the questions in context, from those of every row, shape (rows, columns)."""
        if not self.shares.any() and (self.led == np.arange(self.count)).all():
            return scores[: self.count]
        return self._joined(scores) / self._lengths

    def _joined(self, rows: Floats) -> Floats:
        found: Floats = rows[self.led] + self.shares * rows[self.sections]
        return found

    @cached_property
    def _lengths(self) -> Floats:
        found: Floats = np.linalg.norm(self._joined(self.vectors), axis=1, keepdims=True)
        return np.maximum(found, np.float32(1e-6))


def asked(questions: Sequence[Question], embedder: Embedder) -> Asked:
    """Every distinct text embedded once, in one pass."""
    plain = [question.text for question in questions]
    led = [". ".join(part for part in (q.parent, q.text) if part) for q in questions]
    sections = [question.section or text for question, text in zip(questions, plain, strict=True)]
    first = [*plain, *BACKGROUND]
    places = {text: place for place, text in reversed(list(enumerate(first)))}
    further = [text for text in dict.fromkeys([*led, *sections]) if text not in places]
    places.update({text: place for place, text in enumerate(further, start=len(first))})
    return Asked(
        len(plain),
        embedder.encode([*first, *further]),
        np.array([places[text] for text in led], dtype=np.int64),
        np.array([places[text] for text in sections], dtype=np.int64),
        np.array([[SHARE if q.section else 0.0] for q in questions], dtype=np.float32),
    )
