"""Large inputs: workbooks and statements by the thousand, made from the project's own questions."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import xlsxwriter

from trustanswer.model import Question, Statement, statement_id
from trustanswer.ports import Floats

LABELS = Path(__file__).resolve().parent.parent / "customers"
TEAMS = ("Berlin", "Lagos", "Lima", "Osaka", "Perth", "Quito", "Tunis", "Turin")


class Synthetic:
    """An embedder of the model's size that costs next to nothing: texts are near by their words.

    A vector is the sum of a random direction for every word (a random projection of the words).
    """

    name = "synthetic@1"

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or [""]:
                vectors[row] += _direction(word)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@lru_cache(maxsize=100_000)
def _direction(word: str) -> Floats:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).standard_normal(384, dtype=np.float32)


@cache
def asked() -> list[str]:
    """What the customers of the labelled sets ask."""
    lines = (line for file in sorted(LABELS.glob("*.jsonl")) for line in file.open("rb"))
    return sorted({json.loads(line)["question"] for line in lines})


def some_questions(count: int) -> list[str]:
    """As many different questions, about one team or another."""
    base = asked()
    return [
        f"For the {TEAMS[at % len(TEAMS)]} team, unit {at}: {base[at % len(base)]}"
        for at in range(count)
    ]


def questions(count: int) -> list[Question]:
    return [
        Question(None, at, None, None, None, text)
        for at, text in enumerate(some_questions(count), start=2)
    ]


def statements(count: int) -> list[Statement]:
    """As many statements of three sentences each, in the words of the questions."""
    pick = random.Random(6)
    words = [word for text in asked() for word in text.rstrip("?.").split()]
    made = []
    for at in range(count):
        drawn = pick.choices(words, k=36)
        text = " ".join(f"{' '.join(drawn[i : i + 12]).capitalize()}." for i in (0, 12, 24))
        path = (f"Section {at // 100}", f"Matter {at} {drawn[0]}")
        made.append(Statement(statement_id(path, text), path, text, "made.md", (at, at)))
    return made


def workbook(file: Path, texts: Sequence[str], filler: int = 0) -> Path:
    """A questionnaire with one question a row; `filler` rows of other text on another sheet."""
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("Questions")
        sheet.write_row(0, 0, ["No.", "Question", "Answer", "Comment"])
        for row, text in enumerate(texts, start=1):
            sheet.write_row(row, 0, [row, text])
        pick = random.Random(6)
        notes = book.add_worksheet("Inventory") if filler else None
        for row in range(filler):
            assert notes is not None
            notes.write_row(row, 0, [f"{pick.getrandbits(160):040x}" for _ in range(6)])
    return file
