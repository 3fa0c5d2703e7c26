"""Vectors kept on disk, so that an unchanged text is never embedded twice.

One append-only file for each model: the dimension (4 bytes, little-endian), then fixed-size
records of key, checksum and vector. The key is the SHA-256 of the text, cut to 16 bytes. A record
whose checksum fails (a crash, a disk fault) counts as absent and is computed again; the file as a
whole can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from trustanswer.ports import Embedder, Floats, Progress, silent

HEADER = 4
PORTION = 512


class VectorCache:
    """An Embedder that asks another one only for texts it has not seen."""

    def __init__(
        self,
        embedder: Embedder,
        folder: Path | None,
        progress: Progress = silent,
    ) -> None:
        """`folder` is made when something is first stored; None keeps nothing on disk."""
        self._embedder = embedder
        self._progress = progress
        self._file = None if folder is None else folder / _file_name(embedder.name)
        self._stored = _open(self._file) if self._file is not None else _nothing(1)
        self._rows = {key: row for row, key in enumerate(self._stored["key"].tolist())}
        self._fresh: dict[bytes, Floats] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    def encode(self, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        keys = [_key(text) for text in texts]
        found = {key: self._find(key) for key in dict.fromkeys(keys)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if found[key] is None}
        if missing:
            found.update(self._compute(missing))
        return np.stack([vector for key in keys if (vector := found[key]) is not None])

    def _compute(self, texts: dict[bytes, str]) -> dict[bytes, Floats]:
        """Embeds in portions, so that progress shows and an interrupted run keeps what it has.

        Texts of like length go together: a batch is padded to its longest.
        """
        keys = sorted(texts, key=lambda key: len(texts[key]))
        done: dict[bytes, Floats] = {}
        for start in range(0, len(keys), PORTION):
            self._progress("Embedding", start, len(keys))
            portion = keys[start : start + PORTION]
            vectors = self._embedder.encode([texts[key] for key in portion])
            self._store(portion, vectors)
            done.update(zip(portion, vectors, strict=True))
        self._progress("Embedding", len(keys), len(keys))
        return done

    def _find(self, key: bytes) -> Floats | None:
        if key in self._fresh:
            return self._fresh[key]
        row = self._rows.get(key)
        if row is None:
            return None
        vector = np.array(self._stored["vector"][row], dtype=np.float32)
        return vector if _checksum(key, vector) == self._stored["crc"][row] else None

    def _store(self, keys: Sequence[bytes], vectors: Floats) -> None:
        if self._file is not None:
            # A cache that cannot be written costs time on the next run, never this one's result.
            with contextlib.suppress(OSError):
                _append(self._file, keys, vectors)
                self._remap(self._file)
                return
        self._fresh.update(zip(keys, vectors, strict=True))

    def _remap(self, file: Path) -> None:
        """Takes in what was appended, by this program and others: nothing is held in memory."""
        before, self._stored = len(self._stored), _open(file)
        if len(self._stored) < before:  # it was of another dimension, and was begun anew
            before, self._rows = 0, {}
        added = self._stored["key"][before:].tolist()
        self._rows.update({key: row for row, key in enumerate(added, start=before)})


def any_kept(model: str, folder: Path) -> bool:
    """Whether vectors of a model are kept in the folder."""
    return (folder / _file_name(model)).exists()


def _file_name(model: str) -> str:
    return "".join(c if c.isalnum() or c in "-_@." else "-" for c in model) + ".vectors"


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _checksum(key: bytes, vector: Floats) -> int:
    return zlib.crc32(key + vector.astype("<f4").tobytes())


def _layout(dimension: int) -> np.dtype[Any]:
    # "V16", not "S16": numpy cuts trailing zero bytes off a string.
    return np.dtype([("key", "V16"), ("crc", "<u4"), ("vector", "<f4", (dimension,))])


def _nothing(dimension: int) -> NDArray[Any]:
    return np.zeros(0, dtype=_layout(dimension))


def _open(file: Path) -> NDArray[Any]:
    """The records of a cache file, mapped and not yet checked; none where there is no file."""
    try:
        with file.open("rb") as stream:
            dimension = int.from_bytes(stream.read(HEADER), "little")
        layout = _layout(dimension) if 0 < dimension < 1 << 16 else _layout(1)
        count = (file.stat().st_size - HEADER) // layout.itemsize
    except OSError:
        return _nothing(1)
    if count <= 0:
        return _nothing(1)
    return np.memmap(file, dtype=layout, mode="r", offset=HEADER, shape=(count,))


def _append(file: Path, keys: Sequence[bytes], vectors: Floats) -> None:
    """Adds records under a lock, first cutting off what a crash may have left half written."""
    dimension = vectors.shape[1]
    records = np.zeros(len(keys), dtype=_layout(dimension))
    records["key"] = np.frombuffer(b"".join(keys), dtype="V16")
    records["vector"] = vectors
    records["crc"] = [_checksum(key, vector) for key, vector in zip(keys, vectors, strict=True)]
    header = dimension.to_bytes(HEADER, "little")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(f"{file}.lock"), file.open("a+b") as stream:
        stream.seek(0)
        size = file.stat().st_size if stream.read(HEADER) == header else 0
        stream.truncate(size - (size - HEADER) % records.itemsize if size else 0)
        stream.write(records.tobytes() if size else header + records.tobytes())
