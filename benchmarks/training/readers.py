"""The cross-encoders of the folds: part of `make folds`, and by far the longest.

Three stages: pairs of natural-language inference, the written pairs of benchmarks/pairs, and the
labelled sets. The second regression has to learn how far a cross-encoder is to be believed on what
it has not seen. So the third stage is done once for each block of sets without it, and the result
reads that block. Of these the mean, weight by weight, ships and reads everything else: it has
learned from all blocks. Models that set out from the same weights can be averaged so, and are
better on what is new than each of them (Wortsman et al., "Model soups", 2022).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.training.sets import (
    BLOCKS,
    FURTHER,
    ROOT,
    SHIPPED,
    TO_READ,
    VENDORS,
    LabelledSet,
    Stamp,
    digest,
)
from trustanswer.answering.trained import CROSS_ENCODER

READERS = ROOT / ".folds" / "readers"  # they are the same for every embedding model
PAIRS = ROOT / "benchmarks" / "pairs"
_TRAINING = ROOT / "benchmarks" / "training"
CODE = [
    *(_TRAINING / f"{name}.py" for name in ("cross_encoder", "pairs")),
    ROOT / "trustanswer" / "answering" / "passage.py",
]
MEAN = [_TRAINING / f"{name}.py" for name in ("average", "export")]
SEED = 7
# Of each stage the passes over its pairs, and the learning rate.
INFERENCE, WRITTEN, LABELLED = (1, 1e-4), (3, 1e-4), (2, 5e-5)


@dataclass(frozen=True)
class Reader:
    """A cross-encoder by the labelled sets that its last stage was trained on."""

    name: str
    trained_on: tuple[LabelledSet, ...]


def readers() -> list[Reader]:
    """One without each block, then their mean, which ships."""
    carried = (*VENDORS, *FURTHER, *TO_READ)
    return [
        *(
            Reader(f"without-{name}", tuple(s for s in carried if s.name not in block))
            for name, block in BLOCKS.items()
        ),
        Reader(SHIPPED, carried),
    ]


def reader_of(one: LabelledSet) -> str:
    """The name of the cross-encoder that has not seen this set."""
    found = (f"without-{name}" for name, block in BLOCKS.items() if one.name in block)
    return next(found, SHIPPED)


def place(name: str) -> Path:
    """Where the graph of a reader lies."""
    return READERS / name / CROSS_ENCODER


def make(shared: Path) -> None:
    """Trains those whose inputs have changed since they were made."""
    files = sorted((shared / "training" / "nli").glob("*.csv"))
    base = READERS / "base"
    before = _stamp(base, f"{INFERENCE} {WRITTEN}", [*CODE, *files, *sorted(PAIRS.iterdir())])
    if not before.fresh:
        with before.renewed():
            _base(base, files)
    *tuned, shipped = readers()
    stamps = []
    for reader in tuned:
        seen = [*CODE, *(file for each in reader.trained_on for file in each.files)]
        stamp = _stamp(READERS / reader.name, f"{before.inputs} {LABELLED}", seen)
        stamps.append(stamp)
        if not stamp.fresh:
            with stamp.renewed():
                _tune(READERS / reader.name, base, reader.trained_on)
    mean = _stamp(READERS / shipped.name, " ".join(each.inputs for each in stamps), MEAN)
    if not mean.fresh:
        with mean.renewed():
            _average(READERS / shipped.name, [READERS / reader.name for reader in tuned])


def _stamp(folder: Path, before: str, files: Sequence[Path]) -> Stamp:
    stamp = Stamp(folder / "inputs.sha256", digest([before], files))
    print(f"cross-encoder {folder.name}: {'up to date' if stamp.fresh else 'training'}", flush=True)
    return stamp


def _base(out: Path, inference: Sequence[Path]) -> None:
    from benchmarks.training import cross_encoder
    from trustanswer.retrieval.embedder import packaged_folder

    if not inference:
        sys.exit("the cross-encoder starts from pairs of natural-language inference: put CSV files "
                 "with premise, hypothesis and label into SHARED/training/nli")  # fmt: skip
    first = out / "inference"
    pairs = cross_encoder.nli_pairs(inference)
    cross_encoder.train(packaged_folder(), pairs, *INFERENCE, SEED, first)
    written = cross_encoder.labelled_pairs([], sorted(PAIRS.glob("*.jsonl")))
    cross_encoder.train(first, written, *WRITTEN, SEED, out)


def _tune(out: Path, base: Path, sets: Sequence[LabelledSet]) -> None:
    from benchmarks.training import cross_encoder
    from benchmarks.training.export import export

    pairs = cross_encoder.labelled_pairs([f"{s.labels}:{s.knowledge}" for s in sets], [])
    cross_encoder.train(base, pairs, *LABELLED, SEED, out)
    export(out, out / CROSS_ENCODER)


def _average(out: Path, folders: Sequence[Path]) -> None:
    from benchmarks.training.average import average
    from benchmarks.training.export import export

    average(folders, out)
    export(out, out / CROSS_ENCODER)
