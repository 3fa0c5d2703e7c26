"""The cross-encoder: question and passage read together, by ONNX Runtime.

Similarity cannot tell "answers it" from "is about it"; a model that reads both can, at a price:
it runs once a pair. It is a MiniLM of six layers, fine-tuned by `benchmarks/training` and quantised
to int8; its model card is docs/model-card.md. The only module that loads onnxruntime.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from trustanswer.errors import ModelError
from trustanswer.ports import PAIR, Floats
from trustanswer.retrieval.embedder import packaged_folder

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = "cross_encoder.onnx"
SHA256 = ""
TOKENS = 256
BATCH = 32


class CrossEncoder:
    """Reads pairs; as an Embedder, so that its outputs are cached like vectors.

    A text is question and passage around PAIR; its "vector" is the probability of each
    effect that the passage may have on the question: nothing, answers a part, answers, denies.
    """

    name = f"cross-encoder@{SHA256[:12]}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Probabilities of shape (len(texts), 4). Raises ModelError."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found = np.zeros((len(texts), 4), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            found[rows] = self._read([texts[row] for row in rows])
        return found

    def _read(self, texts: Sequence[str]) -> Floats:
        pairs = [tuple(text.split(PAIR, 1)) for text in texts]
        encoded = self._tokenizer.encode_batch(pairs)
        inputs = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
        }
        logits = np.asarray(self._session.run(None, inputs)[0], dtype=np.float32)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        """The embedding model's own: the cross-encoder started from its weights."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
        tokenizer.enable_truncation(TOKENS)
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> InferenceSession:
        from onnxruntime import InferenceSession

        weights = files(__package__).joinpath(WEIGHTS).read_bytes()
        if hashlib.sha256(weights).hexdigest() != SHA256:
            raise ModelError(
                "the weights of the cross-encoder are not the expected ones; reinstall trustanswer"
            )
        return InferenceSession(weights, providers=["CPUExecutionProvider"])
