"""Fit the relevance model: `python -m benchmarks.training.relevance --help`.

Every labelled question with its ten nearest statements; each pair's class is what the label says
of it. A multinomial logistic regression, written as readable JSON: for each feature its mean, its
scale, and its weight for each class.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.training.pairs import CLASS
from trustanswer.answering.relevance import FAR, features
from trustanswer.answering.trained import RELEVANCE
from trustanswer.answering.verdict import judge
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Candidate, Verdict
from trustanswer.pipeline import cache_folder, nearest
from trustanswer.ports import Embedder
from trustanswer.retrieval import SentenceEmbedder, VectorCache
from trustanswer.text import gist

PENALTY = 0.05  # inverse strength of the L2 penalty, chosen on vendors held out


def rows_of(
    labels: Path, knowledge: Path, embedder: Embedder
) -> tuple[list[dict[str, float]], list[int]]:
    """The features of every (question, candidate), and the class of each."""
    rows, classes = [], []
    found = read_labels(labels)
    questions = [label.as_question() for label in found]
    nearby = nearest(questions, read_knowledge(knowledge).statements, embedder)
    for label, candidates in zip(found, nearby, strict=True):
        for place, candidate in enumerate(candidates):
            made = judge(
                gist(label.question),
                [candidate.statement],
                section=label.section,
                parent=label.parent,
            )
            rows.append(features(candidates, place, made))
            classes.append(_class(label, candidate))
    return rows, classes


def _class(label: Label, candidate: Candidate) -> int:
    supported = label.supported_by(candidate.statement)
    return CLASS[label.verdict] if supported else CLASS[Verdict.NONE]


def fit(rows: Sequence[dict[str, float]], classes: Sequence[int]) -> dict[str, Any]:
    """The model as it is stored."""
    names = sorted({name for row in rows for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    keep = table.std(axis=0) > 1e-9
    names = [name for name, kept in zip(names, keep, strict=True) if kept]
    scaler = StandardScaler().fit(table[:, keep])
    standard = np.clip(scaler.transform(table[:, keep]), -FAR, FAR)
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(standard, classes)
    columns = np.column_stack([scaler.mean_, scaler.scale_, model.coef_.T])
    return {
        "bias": [round(x, 6) for x in model.intercept_],
        "features": {
            name: [float(f"{x:.6g}") for x in column]
            for name, column in zip(names, columns, strict=True)
        },
    }


def train(sets: Sequence[tuple[Path, Path]], embedder: Embedder, folder: Path) -> None:
    """Fits on all `sets` (labels, knowledge) and writes relevance.json into a folder of weights."""
    rows, classes = [], []
    for labels, knowledge in sets:
        some_rows, some_classes = rows_of(labels, knowledge, embedder)
        rows += some_rows
        classes += some_classes
    stored = fit(rows, classes)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RELEVANCE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} pairs, {len(stored['features'])} features, written to {folder}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="LABELS:KNOWLEDGE")
    parser.add_argument("--model", help="another sentence-transformers model, by name or folder")
    parser.add_argument("--out", type=Path, required=True, help="a folder of weights")
    args = parser.parse_args()
    sets = [tuple(map(Path, each.split(":"))) for each in args.sets]
    train(sets, VectorCache(SentenceEmbedder(args.model), cache_folder()), args.out)


if __name__ == "__main__":
    main()
