"""The packaged model written as a graph, once, and used only where it gives the same vectors."""

from __future__ import annotations

import contextlib
import json
import warnings
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock

from trustanswer.ports import Floats
from trustanswer.retrieval.background import BACKGROUND
from trustanswer.retrieval.graph import INPUTS, Batch, Graph

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HIDDEN = "last_hidden_state"
ALIKE = 0.9999  # the least cosine between what the graph and the model give for a text

PROBES = (
    *BACKGROUND,
    "",
    "?",
    "MFA",
    "ISO/IEC 27001:2022, SOC 2 Type II, PCI DSS v4.0; CVSS >= 7.0 within 30 days (99.95%).",
    "Customer data | AES-256 | at rest • TLS 1.2+ | in transit • Argon2id | passwords",
    "Êtes-vous certifié ? Werden Daten verschlüsselt? データは暗号化されていますか。 🔐",
    "https://example.com/trust#a-very-long-fragment-that-is-no-word_at_all-0123456789abcdef",
    "Access is reviewed each quarter by the owner of the system, who removes what is unused. " * 4,
    "A statement longer than the model reads is cut where the model cuts it, in both. " * 40,
)


class GraphEncoder:
    """Sentence vectors from a graph: the mean over a text's tokens, brought to length 1."""

    def __init__(self, graph: Path, model: Path) -> None:
        """`model`: the folder of the sentence-transformers model that the graph was made from."""
        settings = json.loads((model / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self._graph = Graph(graph, model / "tokenizer.json", settings["max_seq_length"])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), dimension); `texts` must not be empty."""
        batches = list(map(_pooled, self._graph.run(texts, HIDDEN)))
        vectors = np.empty((len(texts), batches[0][1].shape[1]), dtype=np.float32)
        for rows, found in batches:
            vectors[rows] = found
        return vectors


def _pooled(batch: Batch) -> tuple[Any, Floats]:
    sums = np.einsum("nt,ntd->nd", batch.mask.astype(np.float32), batch.output)
    return batch.rows, sums / np.linalg.norm(sums, axis=1, keepdims=True)


def exported(
    folder: Path, name: str, model: Path, load: Callable[[], SentenceTransformer]
) -> GraphEncoder | None:
    """The graph kept in `folder` under this name, made from the model where there is none yet.

    None where it cannot be kept, or does not give what the model gives.
    """
    try:
        found = _opened(folder, name, model)
        if found is not None:
            return found
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / f"{name}.onnx.lock"):
            if _kept(folder, name) is None:
                _make(folder, name, model, load())
        return _opened(folder, name, model)
    except OSError:  # nowhere to keep it: the model itself does, only slower
        return None


def open_ahead(folder: Path, name: str, model: Path) -> None:
    """Opens the graph kept in `folder` under this name, if any, while the caller does other things.

    Whoever asks for it later finds it open, or waits for what is left to do: most of it is done
    outside the interpreter.
    """

    def opening() -> None:
        with contextlib.suppress(OSError):  # whoever asks for it will make do without
            _opened(folder, name, model)

    Thread(target=opening, name="open the graph").start()


_OPENED: dict[tuple[Path, str], GraphEncoder] = {}  # one for the whole program: they are large
_ONE_AT_A_TIME = Lock()


def _opened(folder: Path, name: str, model: Path) -> GraphEncoder | None:
    """The graph kept in the folder, opened and checked once for the whole program."""
    with _ONE_AT_A_TIME:
        if (folder, name) not in _OPENED:
            graph = _kept(folder, name)
            if graph is None:
                return None
            _OPENED[folder, name] = GraphEncoder(graph, model)
        return _OPENED[folder, name]


def _kept(folder: Path, name: str) -> Path | None:
    """The graph in the folder that still is what its checksum says; one that is not is removed."""
    for file in folder.glob(f"{name}.*.onnx"):
        if file.suffixes[-2:-1] == [f".{_checksum(file)}"]:
            return file
        file.unlink(missing_ok=True)
    return None


def _make(folder: Path, name: str, model: Path, loaded: SentenceTransformer) -> None:
    """Puts a graph of the model in its place, unless its vectors are not the model's."""
    with TemporaryDirectory(dir=folder, prefix="graph-") as scratch:
        draft = Path(scratch) / "draft.onnx"
        _write(loaded, draft)
        found = GraphEncoder(draft, model).encode(PROBES)
        expected = loaded.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
        if np.einsum("nd,nd->n", found, np.asarray(expected)).min() >= ALIKE:
            draft.replace(folder / f"{name}.{_checksum(draft)}.onnx")


def _checksum(file: Path) -> str:
    with file.open("rb") as stream:
        crc = 0
        # Large blocks: between two of them this thread waits until another lets it on.
        while block := stream.read(1 << 25):
            crc = zlib.crc32(block, crc)
    return f"{crc:08x}"


def _write(model: SentenceTransformer, file: Path) -> None:
    import torch

    class Hidden(torch.nn.Module):
        """The transformer with its inputs in fixed order and one output."""

        def __init__(self) -> None:
            super().__init__()
            first: Any = model[0]
            self.transformer = first.auto_model.eval()

        def forward(self, ids: Any, mask: Any, types: Any) -> Any:
            return self.transformer(
                input_ids=ids, attention_mask=mask, token_type_ids=types
            ).last_hidden_state

    sample = torch.ones(2, 8, dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing: what was traced is checked on the probes
        torch.onnx.export(
            Hidden(),
            (sample, sample, sample * 0),
            str(file),
            input_names=list(INPUTS),
            output_names=[HIDDEN],
            dynamic_axes=dict.fromkeys((*INPUTS, HIDDEN), axes),
            opset_version=17,
            dynamo=False,
        )
