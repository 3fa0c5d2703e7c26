"""Training pairs for the cross-encoder: a question, a passage, and what the one says to the other.

Two sources. Labelled questionnaires: each question with its evidence, and with the nearest
statements that are no evidence. Written pairs (benchmarks/pairs): a statement and questions about
it, near misses beside what they nearly are.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trustanswer.answering import as_asked
from trustanswer.answering.passage import pair
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Candidate, Question, Statement, Verdict, statement_id
from trustanswer.ports import Embedder
from trustanswer.retrieval import Index
from trustanswer.text import fold

# The classes of the cross-encoder, in the order of its outputs.
CLASSES = range(4)
NONE, PARTIAL, FULL, DENIES = CLASSES
CLASS = {
    Verdict.NONE: NONE,
    Verdict.PARTIAL: PARTIAL,
    Verdict.YES: FULL,
    Verdict.TEXT: FULL,
    Verdict.NO: DENIES,
    Verdict.NA: DENIES,
}
NEAR = 4  # statements beside the evidence that each labelled question is paired with
DEFENDED = 0.5  # share of what else a careful reader could defend beside the label

Shares = tuple[float, ...]  # of each class; they sum to 1


@dataclass(frozen=True, slots=True)
class Pair:
    question: str
    passage: str
    shares: Shares


def only(label: int) -> Shares:
    return tuple(float(each == label) for each in CLASSES)


def shares(label: Label, statement: Statement) -> Shares:
    """What the statement does to the question. Where another reading of the evidence could be
    defended, it takes half: what careful readers disagree on, no model is to be sure of."""
    if not label.supported_by(statement):
        return only(NONE)
    own = CLASS[label.verdict]
    others = {CLASS[verdict] for verdict in label.alternatives} - {own}
    if not others:
        return only(own)
    told = {own: 1 - DEFENDED, **dict.fromkeys(others, DEFENDED / len(others))}
    return tuple(told.get(each, 0.0) for each in CLASSES)


def from_labels(labels: Path, knowledge: Path, embedder: Embedder) -> list[Pair]:
    rows = read_labels(labels)
    statements = read_knowledge(knowledge).statements
    questions = as_asked([row.as_question() for row in rows], (), statements)
    ranked = Index(statements, embedder).search(questions, len(statements))
    return [
        pair
        for row, question, candidates in zip(rows, questions, ranked, strict=True)
        for pair in _of_question(row, question, candidates)
    ]


def _of_question(row: Label, question: Question, candidates: Sequence[Candidate]) -> Iterable[Pair]:
    evidence = [c for c in candidates if row.supported_by(c.statement)]
    # What a careful labeller might also accept teaches nothing as a negative.
    doubtful = row.alternatives and not evidence
    others = [c for c in candidates if not row.supported_by(c.statement)][:NEAR]
    for candidate in evidence[:3]:
        yield Pair(*pair(question, candidate), shares(row, candidate.statement))
    for candidate in others[2:] if doubtful else others:
        yield Pair(*pair(question, candidate), only(NONE))


def from_written(path: Path, embedder: Embedder) -> list[Pair]:
    """Pairs of a file of statements with questions: {"path", "text", "questions": [[q, v, m]]}."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    # In one pass; what follows finds every vector in the cache.
    embedder.encode([question for row in rows for question, _, _ in row["questions"]])
    return [made for row in rows for made in _of_statement(row, path.name, embedder)]


def _of_statement(row: dict[str, Any], source: str, embedder: Embedder) -> Iterable[Pair]:
    titles = tuple(part.strip() for part in row["path"].split(">"))
    text = fold(row["text"])
    statement = Statement(statement_id(titles, text), titles, text, source, (1, 1))
    words = [question for question, _, _ in row["questions"]]
    asked = as_asked([Question(None, 1, None, None, None, each) for each in words])
    found = Index([statement], embedder).search(asked, 1)
    for (_, verdict, _), question, (candidate,) in zip(row["questions"], asked, found, strict=True):
        yield Pair(*pair(question, candidate), only(CLASS[Verdict(verdict)]))


def shuffled_batches(pairs: Sequence[Pair], size: int, rng: random.Random) -> list[list[Pair]]:
    """Batches of pairs of like length, in random order: little padding, no order to learn."""
    order = list(pairs)
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), size * 50):
        stretch = sorted(
            order[start : start + size * 50], key=lambda p: len(p.question) + len(p.passage)
        )
        batches += [stretch[i : i + size] for i in range(0, len(stretch), size)]
    rng.shuffle(batches)
    return batches
