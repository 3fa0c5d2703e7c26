"""The cross-encoder that comes with the package: it reads a question and a passage together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from trustanswer.ports import Floats
from trustanswer.retrieval.embedder import installed_folder
from trustanswer.retrieval.graph import Graph
from trustanswer.retrieval.vectors import VectorCache

TOKENS = 256  # of question and passage together; what it was trained with
LOGITS = "logits"
EFFECTS = 4
BLOCK = 1 << 16
_BETWEEN = "\x1f"


class CrossEncoder:
    """A PairReader over a graph. Its tokenizer is that of the packaged embedding model, which it
    was trained from; what it has read before it does not read again."""

    def __init__(self, graph: Path, folder: Path | None) -> None:
        """`graph`: the .onnx file. `folder`: where its scores are kept; None keeps none."""
        self._scores = VectorCache(_Scorer(graph), folder)

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        if not pairs:
            return np.zeros((0, EFFECTS), dtype=np.float32)
        return self._scores.encode([_BETWEEN.join(pair) for pair in pairs])


def _sampled(file: Path) -> str:
    """SHA-256 (hex) over one block in 16 of a file, from its start to its end, and its size.

    To read all of it takes longer than to find every score. Training leaves no block of the
    upper layers as it was, and every 16th lies close enough together to meet many of them.
    """
    digest = hashlib.sha256(str(file.stat().st_size).encode())
    with file.open("rb") as stream:
        for start in range(0, file.stat().st_size, 16 * BLOCK):
            stream.seek(start)
            digest.update(stream.read(BLOCK))
    return digest.hexdigest()


class _Scorer:
    """The scores of joined pairs in the place of vectors, so that they are kept like those.

    Each pair is read by itself. The graph's small integers are scaled by all that is in a batch, so
    that what a pair scores there hangs on its neighbours, by up to a third of a probability: the
    same question would be answered otherwise in another file. It costs a fifth of the time.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def name(self) -> str:
        return f"{self._file.stem}-alone@{_sampled(self._file)[:12]}"

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self._file, installed_folder() / "tokenizer.json", TOKENS, batch_tokens=0)

    def encode(self, texts: Sequence[str]) -> Floats:
        scores = np.empty((len(texts), EFFECTS), dtype=np.float32)
        pairs = [
            (question, passage) for question, _, passage in (t.partition(_BETWEEN) for t in texts)
        ]
        for batch in self._graph.run(pairs, LOGITS):
            scores[batch.rows] = batch.output
        return scores
