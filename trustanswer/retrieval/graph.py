"""A transformer as an ONNX graph: the only module that loads onnxruntime and tokenizers.

It answers in a tenth of the time that torch takes to be imported, with the same numbers. Batches
are computed side by side, each on one core: much of a graph of small integers is done on one core
whatever there is, so that two batches at once take a third less time than one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustanswer.ports import Floats
from trustanswer.threads import side_by_side

Text = str | tuple[str, str]
Integers = NDArray[np.int64]

BATCH_TOKENS = 512  # in one batch, padding counted: fits the caches, and bounds the memory
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True)
class Batch:
    """What the graph gave for some of the texts."""

    rows: Integers  # which texts these are
    mask: Integers  # (texts, tokens): 1 for a token, 0 for padding
    output: Floats  # (texts, ...), as the graph has it


class Graph:
    """A graph that takes any of the three inputs of BERT, and the tokenizer of its model."""

    def __init__(
        self, file: Path, tokenizer: Path, limit: int, batch_tokens: int = BATCH_TOKENS
    ) -> None:
        """`limit`: tokens of a text, or of a pair together, that are looked at. `batch_tokens`: in
        one batch at most, padding counted; 0 takes each text by itself."""
        self._batch_tokens = batch_tokens
        self._session = _session(file)
        self._tokenizer = _tokenizer(tokenizer, limit)
        self._inputs = [each.name for each in self._session.get_inputs()]

    def run(self, texts: Sequence[Text], output: str) -> Iterator[Batch]:
        """The named output for each text or pair, in batches of like length, shortest first."""
        encoded = self._tokenizer.encode_batch(list(texts))
        lengths = np.array([len(each.ids) for each in encoded], dtype=np.int64)

        def answered(rows: Integers) -> Batch:
            fed = _padded([encoded[row] for row in rows], int(lengths[rows].max()))
            (found,) = self._session.run([output], {name: fed[name] for name in self._inputs})
            return Batch(rows, fed["attention_mask"], found)

        yield from side_by_side(answered, _batches(lengths, self._batch_tokens))


def _batches(lengths: Integers, most: int) -> Iterator[Integers]:
    """Positions sorted by length, cut where a batch would exceed `most` tokens when padded."""
    order = np.argsort(lengths, kind="stable")
    start = 0
    for end in range(1, len(order) + 1):
        full = end == len(order) or (end + 1 - start) * lengths[order[end]] > most
        if full:
            yield order[start:end]
            start = end


def _padded(encoded: Sequence[Any], length: int) -> dict[str, Integers]:
    fed = {name: np.zeros((len(encoded), length), dtype=np.int64) for name in INPUTS}
    for row, each in enumerate(encoded):
        here = slice(len(each.ids))
        fed["input_ids"][row, here] = each.ids
        fed["attention_mask"][row, here] = 1
        fed["token_type_ids"][row, here] = each.type_ids
    return fed


def _session(file: Path) -> Any:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.log_severity_level = 3  # errors alone: the library warns about machines, not texts
    options.intra_op_num_threads = 1  # for each batch; several are computed at once
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _tokenizer(file: Path, limit: int) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(limit)
    tokenizer.no_padding()
    return tokenizer
