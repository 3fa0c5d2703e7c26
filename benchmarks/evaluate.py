"""Measure the drafts: `make eval`, after `make folds`.

Runs the product's own code on the weights of each fold, keeps the drafts by question id in
FOLDS/drafts, and writes the answers' section of docs/benchmark.md with its picture.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import answers_page
from benchmarks.training.folds import FOLDS, Bench
from benchmarks.training.sets import ROOT, SHIPPED, LabelledSet, folds
from trustanswer import reports
from trustanswer.evaluation.curve import curve_svg
from trustanswer.evaluation.labels import read_labels
from trustanswer.evaluation.metrics import Outcome
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Draft, Entry
from trustanswer.pipeline import Settings
from trustanswer.pipeline.evaluating import evaluate

PAGE = ROOT / "docs" / "benchmark.md"
PICTURE = ROOT / "docs" / "images" / "risk-coverage.svg"


@dataclass(frozen=True)
class Run:
    """One set drafted with one folder of weights: outcomes by way of drafting."""

    of: LabelledSet
    outcomes: dict[str, list[Outcome]]


def run(one: LabelledSet, weights: Path | None, kept: Path) -> Run:
    """Drafts a set and keeps the drafts, each with the id of its question, in the folder `kept`."""
    print(f"{kept.name}: {one.name}", flush=True)
    labels = read_labels(one.labels)
    found = evaluate(labels, read_knowledge(one.knowledge), Settings(weights=weights))
    kept.mkdir(parents=True, exist_ok=True)
    answers = [_kept(label.id, d) for label, d in zip(labels, found.drafts, strict=True)]
    reports.write(kept / f"{one.name}.json", {"answers": answers})
    return Run(one, found.outcomes)


def _kept(id: str, draft: Draft) -> dict[str, object]:
    return {"id": id, **reports.answer_report(Entry(draft))}


def held_out_runs(bench: Bench, shared: Path) -> list[Run]:
    every = [fold for fold in folds(shared) if fold.name != SHIPPED]
    missing = [fold.name for fold in every if not bench.weights(fold).exists()]
    if missing:
        sys.exit(f"no weights of {', '.join(missing)} in {bench.folder}; run `make folds` first")
    return [
        run(one, bench.weights(fold), bench.folder / "drafts")
        for fold in every
        for one in fold.held_out
    ]


def pooled(runs: Iterable[Run]) -> dict[str, list[Outcome]]:
    """The outcomes of several sets as if they were one, by way of drafting."""
    found: dict[str, list[Outcome]] = {}
    for each in runs:
        for name, outcomes in each.outcomes.items():
            found.setdefault(name, []).extend(outcomes)
    return found


def by_group(runs: Sequence[Run]) -> dict[str, dict[str, dict[str, list[Outcome]]]]:
    """Group, set, way of drafting."""
    found: dict[str, dict[str, dict[str, list[Outcome]]]] = {}
    for each in runs:
        found.setdefault(each.of.group, {})[each.of.name] = each.outcomes
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=Path, default=FOLDS, help="where `make folds` kept them")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared",
                        help="folder with the sets that are not the project's own")  # fmt: skip
    args = parser.parse_args()
    bench = Bench(args.folds)
    held_out = held_out_runs(bench, args.shared)
    own = [one for fold in folds(args.shared) if fold.name == SHIPPED for one in fold.trained_on]
    seen = [run(one, None, bench.folder / "drafts-shipped") for one in own]
    PICTURE.write_text(curve_svg(pooled(held_out), "All questions held out of training"))
    page = PAGE.read_text(encoding="utf-8")
    section = answers_page.section(by_group(held_out), by_group(seen))
    PAGE.write_text(answers_page.put(page, section), encoding="utf-8")
    print(f"written to {PAGE}")


if __name__ == "__main__":
    main()
