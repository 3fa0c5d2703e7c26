"""How well questions are answered as they stand in forms: `python -m benchmarks.dressed`.

The questions of the sets apart and of the three customers, each as another form would put it: with
numbers, answers to choose, requests, remarks, other names for the parties (`assorted`: every row in
its own way; `houses-*`: every file in the manner of one customer), or in other words (`reworded`).
What is asked is the same, and so are the labels. Prints for each set what becomes of the bare
questions and of the dressed ones, with the weights and the threshold that ship.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.training.sets import APART, CUSTOMERS, LabelledSet
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.evaluation.metrics import Outcome, outcome, overclaim, precision, useful
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Question
from trustanswer.pipeline import Settings
from trustanswer.pipeline.filling import drafted

HERE = Path(__file__).parent
SETS = {one.name: one for one in (*APART, *CUSTOMERS)}


def main() -> None:
    for folder in sorted(each for each in HERE.iterdir() if each.is_dir()):
        bare: list[Outcome] = []
        dressed: list[Outcome] = []
        for file in sorted(folder.glob("*.jsonl")):
            one, other = _outcomes(SETS[file.stem], file)
            _say(f"{folder.name}/{file.stem}", one, other)
            bare += one
            dressed += other
        if bare:
            _say(folder.name, bare, dressed)


def _outcomes(of: LabelledSet, file: Path) -> tuple[list[Outcome], list[Outcome]]:
    """What becomes of the questions of a file as they are in the set, and as they are in it."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    labels = {label.id: label for label in read_labels(of.labels)}
    chosen = [labels[row["id"]] for row in rows]
    bare = [label.as_question() for label in chosen]
    dressed = [replace(q, text=row["text"]) for q, row in zip(bare, rows, strict=True)]
    return _asked(bare, chosen, of), _asked(dressed, chosen, of)


def _asked(
    questions: Sequence[Question], labels: Sequence[Label], of: LabelledSet
) -> list[Outcome]:
    drafts, candidates = drafted(questions, read_knowledge(of.knowledge), Settings())
    return [
        outcome(label, draft, [candidate.statement for candidate in found])
        for label, draft, found in zip(labels, drafts, candidates, strict=True)
    ]


def _say(name: str, bare: Sequence[Outcome], dressed: Sequence[Outcome]) -> None:
    said = (
        f"{useful(found):.2f} / {precision(found):.2f} / {overclaim(found):.2f}"
        for found in (bare, dressed)
    )
    print(f"{name:28} {len(bare):4} questions: {' as bare, '.join(said)} as dressed", flush=True)


if __name__ == "__main__":
    main()
