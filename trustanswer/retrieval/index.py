"""The hybrid index: which statements are near a question, by words and by meaning.

Everything is computed for a whole questionnaire at once, so that what all of its questions share
(its boilerplate) can be told from what each of them asks. The scores of a candidate:

    whole       cosine of the question and the statement with its path
    sentence    highest cosine of the question and one sentence of the statement
    title       cosine of the question and the statement's path
    context     cosine of the question within its section and lead-in, and the statement
    lexical     BM25, as a share of what the question could score at most (0..1)
    whole_rel, sentence_rel
                the same less what the statement scores with questions at large: those of the
                questionnaire and the ones of `background`
    fused       the weighted sum by which candidates are ordered
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trustanswer.model import Candidate, Question, Statement
from trustanswer.ports import Embedder, Floats
from trustanswer.retrieval.background import BACKGROUND
from trustanswer.retrieval.lexical import LexicalIndex
from trustanswer.text import sentences

# Rank fusion would throw away how near a candidate is, and with it the ground for abstaining;
# see docs/experiments.md.
FUSION = {"whole": 0.40, "sentence": 0.25, "title": 0.10, "context": 0.15, "lexical": 0.10}


@dataclass(frozen=True)
class _Similarities:
    """Matrices of shape (questions, statements), and each sentence's cosines."""

    scores: dict[str, Floats]
    by_sentence: Floats  # (questions, sentences of all statements)


class Index:
    """An index over the statements of a knowledge base."""

    def __init__(self, statements: Sequence[Statement], embedder: Embedder) -> None:
        self._statements = tuple(statements)
        self._embedder = embedder
        self._sentences = [sentences(s.text) for s in statements]
        self._starts = np.cumsum([0, *map(len, self._sentences)])
        self._lexical = LexicalIndex([f"{s.title} {s.text}" for s in statements])

    def search(self, questions: Sequence[Question], limit: int) -> list[tuple[Candidate, ...]]:
        """The `limit` nearest statements for each question, nearest first."""
        if not questions or not self._statements:
            return [() for _ in questions]
        found = self._similarities(questions)
        fused = found.scores["fused"]
        return [
            tuple(
                self._candidate(found, row, column)
                for column in np.argsort(-fused[row], kind="stable")[:limit]
            )
            for row in range(len(questions))
        ]

    def _candidate(self, found: _Similarities, row: int, column: int) -> Candidate:
        start, end = self._starts[column], self._starts[column + 1]
        cosines = found.by_sentence[row, start:end].tolist()
        return Candidate(
            self._statements[column],
            {name: float(matrix[row, column]) for name, matrix in found.scores.items()},
            tuple(zip(self._sentences[column], cosines, strict=True)),
        )

    def _similarities(self, questions: Sequence[Question]) -> _Similarities:
        plain = [question.text for question in questions]
        everything, in_context, wholes, titles, single = self._encode(
            [*plain, *BACKGROUND],
            [_in_context(question) for question in questions],
            [f"{s.title}. {s.text}" for s in self._statements],
            [s.title for s in self._statements],
            [sentence for group in self._sentences for sentence in group],
        )
        count = len(questions)
        by_sentence = everything @ single.T
        at_large = {
            "whole": everything @ wholes.T,
            "sentence": np.maximum.reduceat(by_sentence, self._starts[:-1], axis=1),
        }
        scores = {
            **{name: matrix[:count] for name, matrix in at_large.items()},
            "title": everything[:count] @ titles.T,
            "context": in_context @ wholes.T,
            "lexical": self._lexical.shares(plain),
        }
        scores["fused"] = sum(
            (weight * scores[name] for name, weight in FUSION.items()),
            start=np.zeros_like(scores["whole"]),
        )
        for name, matrix in at_large.items():
            scores[f"{name}_rel"] = scores[name] - matrix.mean(axis=0, keepdims=True)
        return _Similarities(scores, by_sentence[:count])

    def _encode(self, *groups: list[str]) -> list[Floats]:
        """Encodes all groups in one pass: a batch is the fuller, and each text is done once."""
        vectors = self._embedder.encode([text for group in groups for text in group])
        ends = np.cumsum([len(group) for group in groups])[:-1]
        return np.split(vectors, ends)


def _in_context(question: Question) -> str:
    return ". ".join(part for part in (question.section, question.parent, question.text) if part)
