"""Fit the three relevance models: `python -m benchmarks.training.relevance --help`.

Every labelled question with its nearest statements; each pair's class is what the label says of
it, and to the half what else could be defended. The first two models, one by similarities alone,
are fitted on all of them, the last on those that the other leaves open, read by a cross-encoder
that has not seen the set. A group of sets weighs by the square root of its questions: few natural
questionnaires count beside many that are full of near misses, and do not decide alone. Multinomial
logistic regressions, written as readable JSON: for each feature its mean, its scale, and its weight
for each class.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.training.pairs import Shares, shares
from trustanswer.answering import as_asked
from trustanswer.answering.assess import Judged, glanced, judged, open_ones, read, weighed
from trustanswer.answering.judging import judge_all
from trustanswer.answering.relevance import (
    FAR,
    RelevanceModel,
    read_features,
    read_model,
    similarities,
)
from trustanswer.answering.trained import CROSS_ENCODER, RELEVANCE, SHIPPED
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Question
from trustanswer.pipeline import Settings, cache_folder, nearest
from trustanswer.ports import PairReader
from trustanswer.retrieval import CrossEncoder

Stored = dict[str, Any]
PENALTY = 0.05  # inverse strength of the L2 penalty, chosen on vendors held out


@dataclass(frozen=True)
class Prepared:
    """A labelled question with its nearest statements, and what the rules make of each."""

    label: Label
    question: Question
    rows: list[Judged]


def prepared(labels: Path, knowledge: Path, settings: Settings) -> list[Prepared]:
    """The questions of a labelled set; what no fold changes, and takes longest."""
    found = read_labels(labels)
    published = read_knowledge(knowledge)
    asked = [label.as_question() for label in found]
    questions = as_asked(asked, published.about.names, published.statements)
    nearby = nearest(questions, published.statements, settings)
    return list(map(Prepared, found, questions, judged(questions, glanced(nearby), judge_all)))


def fit(rows: Sequence[dict[str, float]], told: Sequence[Shares], groups: Sequence[str]) -> Stored:
    """The model as it is stored. `told`: of each row what share each class has; `groups`: the group
    that it shares its weight with."""
    names = sorted({name for row in rows for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    keep = table.std(axis=0) > 1e-9
    names = [name for name, kept in zip(names, keep, strict=True) if kept]
    scaler = StandardScaler().fit(table[:, keep])
    standard = np.clip(scaler.transform(table[:, keep]), -FAR, FAR)
    model = LogisticRegression(C=PENALTY, max_iter=2000)
    at, classes = np.nonzero(told)  # a row counts once for each class that has a share in it
    weights = np.array(_weights(groups))[at] * np.array(told)[at, classes]
    model.fit(standard[at], classes, sample_weight=weights)
    columns = np.column_stack([scaler.mean_, scaler.scale_, model.coef_.T])
    return {
        "bias": [round(x, 6) for x in model.intercept_],
        "features": {
            name: [float(f"{x:.6g}") for x in column]
            for name, column in zip(names, columns, strict=True)
        },
    }


def _weights(groups: Sequence[str]) -> list[float]:
    """By one over the square root of the size of a row's group; 1 in the mean."""
    sizes = Counter(groups)
    whole = sum(math.sqrt(size) for size in sizes.values())
    return [len(groups) / whole / math.sqrt(sizes[group]) for group in groups]


@dataclass(frozen=True)
class Seen:
    """The questions of a set, its group, and a reader that has not seen the set."""

    asked: Sequence[Prepared]
    group: str
    reader: PairReader


def fitted(sets: Sequence[Seen]) -> Stored:
    """The three models, fitted on all sets, as they are stored."""
    first = _over_all(sets, lambda rows: [row.figures for row in rows])
    return {
        "glance": _over_all(sets, lambda rows: similarities([row.candidate for row in rows])),
        "first": first,
        "second": _second(sets, read_model(first)),
    }


def keep(stored: Stored, folder: Path) -> None:
    """Writes relevance.json into a folder of weights."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RELEVANCE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _over_all(
    sets: Sequence[Seen], figures: Callable[[Sequence[Judged]], list[dict[str, float]]]
) -> Stored:
    """A model of every candidate of every question, by these figures of them."""
    rows, told, groups = [], [], []
    for each in sets:
        for one in each.asked:
            rows += figures(one.rows)
            told += [shares(one.label, row.candidate.statement) for row in one.rows]
            groups += [each.group] * len(one.rows)
    return fit(rows, told, groups)


def _second(sets: Sequence[Seen], first: RelevanceModel) -> Stored:
    rows, told, groups = [], [], []
    for each in sets:
        chosen = [open_ones(found) for found in weighed([one.rows for one in each.asked], first)]
        logits = read([one.question for one in each.asked], chosen, each.reader)
        for one, found, scores in zip(each.asked, chosen, logits, strict=True):
            rows += [{**a.figures, **read_features(scores, at)} for at, a in enumerate(found)]
            told += [shares(one.label, a.candidate.statement) for a in found]
            groups += [each.group] * len(found)
    return fit(rows, told, groups)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="LABELS:KNOWLEDGE")
    parser.add_argument("--model", help="another sentence-transformers model, by name or folder")
    parser.add_argument("--reranker", help="a CrossEncoder as a second opinion, by name or folder")
    parser.add_argument("--reader", type=Path, default=SHIPPED / CROSS_ENCODER,
                        help="the cross-encoder, as export.py writes it")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="a folder of weights")
    args = parser.parse_args()
    sets = [tuple(map(Path, each.split(":"))) for each in args.sets]
    settings = Settings(model=args.model, reranker=args.reranker)
    reader = CrossEncoder(args.reader, cache_folder())
    keep(fitted([Seen(prepared(*each, settings), "", reader) for each in sets]), args.out)


if __name__ == "__main__":
    main()
