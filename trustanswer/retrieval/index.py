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

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trustanswer.model import Candidate, Question, Statement
from trustanswer.ports import Embedder, Floats
from trustanswer.retrieval.asked import Asked, asked
from trustanswer.retrieval.lexical import Collection, LexicalIndex
from trustanswer.retrieval.nearest import Nearest
from trustanswer.retrieval.segments import Segment, segments, split

# Rank fusion would throw away how near a candidate is, and with it the ground for abstaining;
# see docs/experiments.md.
FUSION = {"whole": 0.40, "sentence": 0.25, "title": 0.10, "context": 0.15, "lexical": 0.10}
BLOCK = 1 << 21  # cosines of sentences held at a time: 8 MB, which fit a processor's cache


class Index:
    """An index over the statements of a knowledge base."""

    def __init__(
        self,
        statements: Sequence[Statement],
        embedder: Embedder,
        folder: Path | None = None,
        collection: Collection | None = None,
    ) -> None:
        """`folder`: where segments are kept (None: nowhere). `collection`: what these are of."""
        self._statements = tuple(statements)
        self._embedder = embedder
        self._segments = segments(self._statements, embedder, folder)
        self._firsts = np.cumsum([0, *map(len, self._segments)])
        self._lexical = LexicalIndex([each.postings for each in self._segments], collection)
        self._sentences: dict[int, tuple[str, ...]] = {}

    def search(self, questions: Sequence[Question], limit: int) -> list[tuple[Candidate, ...]]:
        """The `limit` nearest statements for each question, nearest first."""
        if not questions or not self._statements:
            return [() for _ in questions]
        vectors = asked(questions, self._embedder)
        words = self._lexical.asked([question.text for question in questions])
        found = Nearest(len(questions), limit)
        for number, segment in enumerate(self._segments):
            for block in _blocks(segment, len(vectors.vectors)):
                scores = _scores(vectors, segment, block)
                scores["lexical"] = self._lexical.shares(words, number, block)
                fused = _fused(scores)
                found.add(int(self._firsts[number]) + block.start, fused, scores)
        for name in ("whole", "sentence"):
            at_large = found.others.pop(f"{name}_large")
            found.others[f"{name}_rel"] = found.others[name] - at_large
        return [self._candidates(vectors.vectors[row], found, row) for row in range(len(questions))]

    def _candidates(self, asked: Floats, found: Nearest, row: int) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                self._statements[column],
                {
                    **{name: float(matrix[row, rank]) for name, matrix in found.others.items()},
                    "fused": float(found.values[row, rank]),
                },
                self._by_sentence(column, asked),
            )
            for rank, column in enumerate(found.columns[row].tolist())
        )

    def _by_sentence(self, column: int, vector: Floats) -> tuple[tuple[str, float], ...]:
        if column not in self._sentences:
            self._sentences[column] = split(self._statements[column])
        number = int(np.searchsorted(self._firsts, column, side="right")) - 1
        segment = self._segments[number]
        start, end = segment.starts[column - self._firsts[number] :][:2]
        cosines = (segment.singles[start:end] @ vector).tolist()
        return tuple(zip(self._sentences[column], cosines, strict=True))


def _blocks(segment: Segment, rows: int) -> Iterator[slice]:
    """Statements whose sentences, against so many rows, stay within BLOCK; at least one."""
    room = max(1, BLOCK // rows)
    start = 0
    while start < len(segment):
        fits = int(np.searchsorted(segment.starts, segment.starts[start] + room, side="right")) - 1
        end = min(len(segment), max(start + 1, fits))
        yield slice(start, end)
        start = end


def _scores(asked: Asked, segment: Segment, block: slice) -> dict[str, Floats]:
    """The scores by meaning of every question with the statements of the block."""
    count, large = len(asked), asked.at_large
    by_whole = asked.vectors @ segment.wholes[block].T
    starts = segment.starts[block.start : block.stop + 1]
    by_sentence = segment.singles[starts[0] : starts[-1]] @ large.T
    at_large = {
        "whole": by_whole[: len(large)],
        "sentence": _highest(by_sentence, starts - starts[0]).T.copy(),
    }
    return {
        **{name: matrix[:count] for name, matrix in at_large.items()},
        "title": asked.vectors[:count] @ segment.titles[block].T,
        "context": asked.scores_in_context(by_whole),
        **{f"{name}_large": _mean(matrix, count) for name, matrix in at_large.items()},
    }


def _highest(rows: Floats, starts: NDArray[np.int64]) -> Floats:
    """The highest of each run of neighbouring rows, column by column: what `maximum.reduceat` gives
    in four times as long. First all runs' first rows, then the second ones where there is one..."""
    firsts, lengths = starts[:-1], np.diff(starts)
    highest: Floats = rows[firsts]
    for place in range(1, int(lengths.max(initial=1))):
        longer = np.flatnonzero(lengths > place)
        highest[longer] = np.maximum(highest[longer], rows[firsts[longer] + place])
    return highest


def _mean(matrix: Floats, count: int) -> Floats:
    """The mean of each column, the same in `count` rows."""
    mean: Floats = matrix.mean(axis=0)
    return np.broadcast_to(mean, (count, len(mean)))


def _fused(scores: dict[str, Floats]) -> Floats:
    fused = np.zeros_like(scores["whole"])
    weighted = np.empty_like(fused)
    for name, weight in FUSION.items():
        fused += np.multiply(scores[name], np.float32(weight), out=weighted)
    return fused
