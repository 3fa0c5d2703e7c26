"""The statements in segments, each with its vectors and postings, kept in files and mapped.

Where a segment ends depends on the statements alone, not on their place: whatever is added, changed
or taken away, the other segments stay the same and are opened as they are. Only what is large is
kept; what is small is as soon made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustanswer.model import Statement
from trustanswer.ports import Embedder, Floats
from trustanswer.retrieval.lexical import Integers, Postings
from trustanswer.text import sentences

FORMAT = 1  # to be raised when what is made of a statement changes: its sentences, its terms
LEAST, MEAN, MOST = 1024, 2048, 8192  # statements of a segment
UNUSED = 30 * 24 * 3600  # seconds after which a segment that nobody opened is removed


@dataclass(frozen=True)
class Segment:
    """Vectors of what stands in some statements, and their terms."""

    wholes: Floats  # (statements, dimension)
    titles: Floats  # (statements, dimension)
    singles: Floats  # (sentences, dimension)
    starts: NDArray[np.int64]  # the first sentence of each statement, and the end of the last
    postings: Postings

    def __len__(self) -> int:
        return len(self.wholes)


def segments(
    statements: Sequence[Statement], embedder: Embedder, folder: Path | None
) -> list[Segment]:
    """The segments of the statements in their order; `folder` None keeps nothing."""
    found = []
    for group in _cut(statements):
        if folder is None or len(group) < LEAST:
            found.append(_made(group, embedder))
        else:
            place = folder / _key(group, embedder.name)
            found.append(_opened(place, len(group)) or _kept(_made(group, embedder), place))
    if folder is not None:
        _forget(folder)
    return found


def _cut(statements: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """Content-defined cuts, as in Muthitacharoen et al., "A Low-bandwidth Network File System"
    (2001): after a statement whose hash says so, once in MEAN."""
    start = 0
    for end, statement in enumerate(statements, start=1):
        size = end - start
        if size >= MOST or (size >= LEAST and int(_digest(statement)[:8], 16) % MEAN == 0):
            yield statements[start:end]
            start = end
    if start < len(statements):
        yield statements[start:]


def _digest(statement: Statement) -> str:
    return hashlib.sha256(f"{statement.title}\0{statement.text}".encode()).hexdigest()


def _key(group: Sequence[Statement], model: str) -> str:
    parts = (str(FORMAT), model, *map(_digest, group))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def split(statement: Statement) -> tuple[str, ...]:
    """The sentences of a statement, at least one."""
    return sentences(statement.text) or (statement.text,)


def _made(group: Sequence[Statement], embedder: Embedder) -> Segment:
    parts = [split(s) for s in group]
    texts = (
        [f"{s.title}. {s.text}" for s in group],
        [s.title for s in group],
        [sentence for each in parts for sentence in each],
    )
    vectors = embedder.encode([text for some in texts for text in some])
    wholes, titles, singles = np.split(vectors, np.cumsum([len(some) for some in texts])[:-1])
    starts = np.cumsum([0, *map(len, parts)])
    return Segment(
        wholes, titles, singles, starts, Postings.of([f"{s.title} {s.text}" for s in group])
    )


def _kept(segment: Segment, place: Path) -> Segment:
    """The segment as it now lies in `place`; itself where it cannot be kept."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch = Path(mkdtemp(dir=place.parent, prefix="new-"))
        try:
            for name, array in _arrays(segment).items():
                np.save(scratch / f"{name}.npy", array)
            shutil.rmtree(place, ignore_errors=True)  # what a crash may have left of it
            scratch.rename(place)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return _opened(place, len(segment)) or segment


def _arrays(segment: Segment) -> dict[str, NDArray[Any]]:
    postings = {f.name: getattr(segment.postings, f.name) for f in fields(Postings)}
    words = "\n".join(postings.pop("terms")).encode()
    own = {f.name: getattr(segment, f.name) for f in fields(Segment) if f.name != "postings"}
    inner = {f"postings-{name}": array for name, array in postings.items()}
    return {**own, **inner, "postings-terms": np.frombuffer(words, dtype=np.uint8)}


def _opened(place: Path, statements: int) -> Segment | None:
    """The segment of so many statements kept in `place`, mapped; None where none is whole."""
    try:
        read = {file.stem: np.asarray(np.load(file, mmap_mode="r")) for file in place.glob("*.npy")}
        words = tuple(read.pop("postings-terms").tobytes().decode().split("\n"))
        inner: dict[str, Integers] = {
            f.name: read.pop(f"postings-{f.name}") for f in fields(Postings) if f.name != "terms"
        }
        segment = Segment(**read, postings=Postings(words, **inner))
        place.touch()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = len(segment) == statements and segment.starts[-1] == len(segment.singles)
    return segment if whole else None


def _forget(folder: Path) -> None:
    """Removes segments that were not opened for a month."""
    with contextlib.suppress(OSError):
        for place in folder.iterdir():
            if time.time() - place.stat().st_mtime > UNUSED:
                shutil.rmtree(place, ignore_errors=True)
