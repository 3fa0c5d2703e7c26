"""Fit the two relevance models: `python -m benchmarks.training.relevance --help`.

Every labelled question with its ten nearest statements; each pair's class is what the label says
of it. The first model is fitted on all of them, the second on those that the first leaves open,
read by the cross-encoder, which has seen none of these sets. Multinomial logistic regressions,
written as readable JSON: for each feature its mean, its scale, and its weight for each class.
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
from trustanswer.answering.assess import Assessment, judged, look, open_ones, read
from trustanswer.answering.relevance import FAR, read_features, read_model
from trustanswer.answering.trained import CROSS_ENCODER, RELEVANCE, SHIPPED
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Candidate, Question, Verdict
from trustanswer.pipeline import cache_folder, nearest
from trustanswer.ports import Embedder, PairReader
from trustanswer.retrieval import CrossEncoder, SentenceEmbedder, VectorCache

Looked = tuple[list[Question], list[tuple[Candidate, ...]]]
Stored = dict[str, Any]
PENALTY = 0.05  # inverse strength of the L2 penalty, chosen on vendors held out


def looked_up(labels: Path, knowledge: Path, embedder: Embedder) -> tuple[Looked, list[Label]]:
    """The questions of a labelled set, each with its nearest statements; and their labels."""
    found = read_labels(labels)
    questions = [label.as_question() for label in found]
    return (questions, nearest(questions, read_knowledge(knowledge).statements, embedder)), found


def _class(label: Label, candidate: Candidate) -> int:
    supported = label.supported_by(candidate.statement)
    return CLASS[label.verdict] if supported else CLASS[Verdict.NONE]


def fit(rows: Sequence[dict[str, float]], classes: Sequence[int]) -> Stored:
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


def train(
    sets: Sequence[tuple[Path, Path]], embedder: Embedder, reader: PairReader, folder: Path
) -> None:
    """Fits on all `sets` (labels, knowledge) and writes relevance.json into a folder of weights."""
    found = [looked_up(labels, knowledge, embedder) for labels, knowledge in sets]
    questions = [question for (asked, _), _ in found for question in asked]
    candidates = [near for (_, nearby), _ in found for near in nearby]
    labels = [label for _, rows in found for label in rows]
    stored = {"first": (first := _first(questions, candidates, labels))}
    looked = [
        look(q, near, read_model(first)) for q, near in zip(questions, candidates, strict=True)
    ]
    stored["second"] = _second(questions, looked, labels, reader)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RELEVANCE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"{len(labels)} questions, written to {folder}")


def _first(
    questions: Sequence[Question],
    candidates: Sequence[Sequence[Candidate]],
    labels: Sequence[Label],
) -> Stored:
    rows, classes = [], []
    for question, near, label in zip(questions, candidates, labels, strict=True):
        rows += [figures for _, figures in judged(question, near)]
        classes += [_class(label, candidate) for candidate in near]
    return fit(rows, classes)


def _second(
    questions: Sequence[Question],
    looked: Sequence[Sequence[Assessment]],
    labels: Sequence[Label],
    reader: PairReader,
) -> Stored:
    chosen = [open_ones(found) for found in looked]
    rows, classes = [], []
    for found, logits, label in zip(chosen, read(questions, chosen, reader), labels, strict=True):
        rows += [{**a.figures, **read_features(logits, at)} for at, a in enumerate(found)]
        classes += [_class(label, a.candidate) for a in found]
    return fit(rows, classes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="LABELS:KNOWLEDGE")
    parser.add_argument("--model", help="another sentence-transformers model, by name or folder")
    parser.add_argument("--reader", type=Path, default=SHIPPED / CROSS_ENCODER,
                        help="the cross-encoder, as export.py writes it")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="a folder of weights")
    args = parser.parse_args()
    sets = [tuple(map(Path, each.split(":"))) for each in args.sets]
    cache = cache_folder()
    embedder = VectorCache(SentenceEmbedder(args.model, cache), cache)
    train(sets, embedder, CrossEncoder(args.reader, cache), args.out)


if __name__ == "__main__":
    main()
