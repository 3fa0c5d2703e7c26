"""Labelled questions: what a careful reader of the statements would answer, and on what evidence.

A JSON object a line: `question`, `verdict`; `best` (evidence acceptable as the first citation),
`also` (as a further one), `alt_best`, `alt_verdicts` (what a careful labeller would also accept);
`sheet` and `row` where the questions stand in a workbook; `section`, `parent`. Evidence is a
statement's path ("Category > Title") or {"file": ..., "quote": ...}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from trustanswer.errors import InputError
from trustanswer.model import Question, Statement, Verdict

_NEEDED = "labels are a JSON object a line, with question, verdict and best"

Evidence = str | dict[str, str]

# What a reviewer would let stand for each label. An open question is answered by its quotes,
# whether the draft calls them an answer or a yes.
ACCEPTED = {
    Verdict.YES: {Verdict.YES},
    Verdict.NO: {Verdict.NO},
    Verdict.NA: {Verdict.NA, Verdict.NO},
    Verdict.PARTIAL: {Verdict.PARTIAL},
    Verdict.TEXT: {Verdict.TEXT, Verdict.YES},
    Verdict.NONE: set[Verdict](),
}


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled question."""

    question: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    alternatives: frozenset[Verdict]
    section: str | None
    parent: str | None
    sheet: str | None
    row: int | None
    id: str = ""

    @property
    def answerable(self) -> bool:
        return self.verdict is not Verdict.NONE

    @property
    def accepted(self) -> set[Verdict]:
        """The verdicts that a reviewer would let stand."""
        return ACCEPTED[self.verdict] | self.alternatives

    def supported_by(self, statement: Statement) -> bool:
        """Whether the statement is among the labelled evidence."""
        return any(supports(statement, evidence) for evidence in self.evidence)

    def as_question(self) -> Question:
        """The question as `fill` would meet it, in a file without cells."""
        return Question(
            sheet=self.sheet,
            row=self.row or 0,
            question_cell=None,
            answer_cell=None,
            comment_cell=None,
            text=self.question,
            section=self.section,
            parent=self.parent,
        )


def read_labels(path: Path) -> list[Label]:
    """The labels of a file, prefilled rows left out. Raises InputError with the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no such file; name a file of labels, or the number of a review"
        ) from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); {_NEEDED}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is no text in UTF-8; {_NEEDED}") from None
    labels = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _parse(path, number, line)
            if not row.get("prefilled"):
                labels.append(_label(path, number, row))
    if not labels:
        raise InputError(f"{path} holds no labels; {_NEEDED}")
    return labels


def supports(statement: Statement, evidence: Evidence) -> bool:
    """Whether a statement is the evidence: by its path, or because it holds the quote."""
    if isinstance(evidence, str):
        return fold(statement.title).endswith(fold(evidence))
    if PurePosixPath(statement.source).name != PurePosixPath(evidence["file"]).name:
        return False
    text, quote = fold(statement.text), fold(evidence["quote"])
    if quote in text or (text and text in quote):
        return True
    words = quote.split()
    return sum(word in set(text.split()) for word in words) >= 0.8 * len(words)


def fold(text: str) -> str:
    """Lower case, every run of anything but letters and digits as one space."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _parse(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise InputError(f"{path}, line {number}: not a JSON object; {_NEEDED}")
    return row


def _label(path: Path, number: int, row: dict[str, Any]) -> Label:
    try:
        evidence: Sequence[Evidence] = [
            *row["best"], *(row.get("also") or ()), *(row.get("alt_best") or ())
        ]  # fmt: skip
        return Label(
            question=row["question"],
            verdict=Verdict(row["verdict"]),
            evidence=tuple(evidence),
            alternatives=frozenset(Verdict(v) for v in row.get("alt_verdicts") or ()),
            section=row.get("section"),
            parent=row.get("parent"),
            sheet=row.get("sheet"),
            row=row.get("row"),
            id=row.get("id") or f"{path.stem}/{number:03}",
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}, line {number}: not a label ({error}); it needs question, verdict and best"
        ) from error
