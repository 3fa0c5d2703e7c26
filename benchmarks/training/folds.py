"""Train weights for every fold: `make folds`, or `python -m benchmarks.training.folds --help`.

First the cross-encoders (`readers.py`; hours), in .folds/readers. For each fold (`sets.py`) a
folder FOLDS/NAME/weights of the same shape as the package's, made by the steps below; then, from
the drafts of what was held out, the calibration of every fold. A step whose inputs have not changed
is not done again.

Calibration is learned on what no training has seen: a fold is calibrated by the drafts of all
other folds' held-out sets, the shipped weights by those of all. Each group of sets weighs the
same, however many questions it has.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from benchmarks.training import readers, relevance
from benchmarks.training.sets import ROOT, SHIPPED, Fold, LabelledSet, Stamp, digest, folds
from trustanswer.answering import calibration
from trustanswer.answering.trained import CALIBRATION, CROSS_ENCODER
from trustanswer.evaluation.labels import read_labels
from trustanswer.evaluation.metrics import Outcome
from trustanswer.knowledge import read_knowledge
from trustanswer.pipeline import Settings, cache_folder
from trustanswer.pipeline.evaluating import evaluate
from trustanswer.retrieval import CrossEncoder

FOLDS = ROOT / ".folds"


@dataclass(frozen=True)
class Bench:
    """Where the folds are kept, and with which models (embedding, reranker) they are made."""

    folder: Path
    models: Settings = field(default_factory=Settings)

    def weights(self, fold: Fold) -> Path:
        return self.folder / fold.name / "weights"

    def seen(self, one: LabelledSet) -> relevance.Seen:
        """The set with the cross-encoder that has not seen it."""
        reader = _reader(readers.place(readers.reader_of(one)))
        return relevance.Seen(_prepared(one, self.models), one.group, reader)

    def graph(self, fold: Fold) -> Path:
        """The file of the cross-encoder that has not seen what the fold leaves out."""
        (name,) = {readers.reader_of(one) for one in fold.held_out} or {SHIPPED}
        return readers.place(name)

    def drafts(self, one: LabelledSet) -> Path:
        return self.folder / "raw" / f"{one.name}.json"


@dataclass(frozen=True)
class Step:
    """One thing done for a fold. `sources`: globs of the code it depends on, beside the sets."""

    name: str
    run: Callable[[Fold, Bench], None]
    sources: tuple[str, ...]
    held_out: bool = False  # whether it reads what is held out, in place of what is trained on


def fit_relevance(fold: Fold, bench: Bench) -> None:
    folder = bench.weights(fold)
    relevance.keep(_fitted(fold.trained_on, bench), folder)
    reader, own = bench.graph(fold), folder / CROSS_ENCODER
    own.unlink(missing_ok=True)
    own.hardlink_to(reader)


@cache
def _fitted(sets: tuple[LabelledSet, ...], bench: Bench) -> relevance.Stored:
    """Once for all folds that are trained on the same sets."""
    return relevance.fitted([bench.seen(one) for one in sets])


@cache
def _reader(graph: Path) -> CrossEncoder:
    return CrossEncoder(graph, cache_folder())


@cache
def _prepared(each: LabelledSet, models: Settings) -> list[relevance.Prepared]:
    return relevance.prepared(each.labels, each.knowledge, models)


def draft_held_out(fold: Fold, bench: Bench) -> None:
    """Keeps of each question held out how sure its draft is, and whether it would stand."""
    settings = replace(bench.models, weights=bench.weights(fold), calibrated=False)
    for one in fold.held_out:
        found = evaluate(read_labels(one.labels), read_knowledge(one.knowledge), settings)
        target = bench.drafts(one)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps([_kept(o) for o in found.product if o.drafted]) + "\n")


def _kept(one: Outcome) -> tuple[float, bool, bool]:
    return one.confidence, one.acceptable, one.plain


# What comes after the weights, and changes none of them.
AFTERWARDS = {"calibration.py", "compose.py", "trained.py"}

# Every step of a fold, in order; each depends on those before it.
STEPS = (
    Step(
        "relevance",
        fit_relevance,
        (
            "benchmarks/training/[pr]*.py",
            "trustanswer/text.py",
            "trustanswer/answering/**/*.py",
            "trustanswer/answering/**/*.toml",
            "trustanswer/retrieval/*.py",
        ),
    ),
    Step("drafts", draft_held_out, ("trustanswer/evaluation/*.py",), held_out=True),
)


def train(fold: Fold, bench: Bench) -> None:
    """Does the steps whose inputs have changed since they were done, and those after them."""
    before = f"{bench.models.model or ''} {bench.models.reranker or ''}"
    for step in STEPS:
        before = _inputs(step, fold, before)
        stamp = Stamp(bench.folder / fold.name / f"{step.name}.sha256", before)
        if stamp.fresh:
            print(f"{fold.name}: {step.name} is up to date")
            continue
        print(f"{fold.name}: {step.name}", flush=True)
        with stamp.renewed():
            step.run(fold, bench)


def _inputs(step: Step, fold: Fold, before: str) -> str:
    sets = fold.held_out if step.held_out else fold.trained_on
    found = (file for glob in step.sources for file in sorted(ROOT.glob(glob)))
    stamps = sorted(readers.READERS.glob("*/inputs.sha256"))
    code = [file for file in found if file.name not in AFTERWARDS]
    return digest(
        [before, *(s.name for s in sets)], [*code, *stamps, *(f for s in sets for f in s.files)]
    )


def calibrate(fold: Fold, held_out: Sequence[LabelledSet], bench: Bench) -> None:
    """Writes calibration.json from the drafts of `held_out`, less those of the fold's own sets."""
    used = [each for each in held_out if each not in fold.held_out]
    drafts = [(one, *kept) for one in used for kept in json.loads(bench.drafts(one).read_text())]
    sizes = Counter(_kind(one) for one, *_ in drafts)
    weights = [1 / sizes[_kind(one)] for one, *_ in drafts]
    raw, stood, plain = zip(*(kept for _, *kept in drafts), strict=True)
    found = calibration.fit(raw, stood, plain, weights)
    (bench.weights(fold) / CALIBRATION).write_text(
        json.dumps(calibration.as_stored(found), indent=1) + "\n"
    )
    print(f"{fold.name}: calibrated on {len(drafts)} drafts, shown from {found.threshold}, "
          f"high from {found.high}")  # fmt: skip


def _kind(one: LabelledSet) -> str:
    """The same questions on other statements are no group of their own."""
    return one.group.split(",")[0]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=Path, default=FOLDS, help="where they are kept")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared",
                        help="folder with the sets that are not the project's own")  # fmt: skip
    parser.add_argument("--model", help="another sentence-transformers model, by name or folder")
    parser.add_argument("--reranker", help="a CrossEncoder as a second opinion, by name or folder")
    args = parser.parse_args()
    bench = Bench(args.folds, Settings(model=args.model, reranker=args.reranker))
    every = folds(args.shared)
    readers.make(args.shared)
    for fold in every:
        train(fold, bench)
    held_out = [one for fold in every for one in fold.held_out]
    for fold in every:
        calibrate(fold, held_out, bench)


if __name__ == "__main__":
    main()
