"""Reviews for tests: a few questions with drafts, as `review start` would keep them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from trustanswer.model import Citation, Kind, Question, Statement, Verdict, statement_id
from trustanswer.review.records import Asked, Review
from trustanswer.review.states import Action, Content, Decision

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ORIGINAL = b"the customer's file, as it came"
BACKUPS = Statement(
    statement_id(("Backups",), "Backups run nightly."),
    ("Backups",),
    "Backups run nightly.",
    "backups.md",
    (3, 3),
)


def question(row: int, text: str = "") -> Question:
    return Question(
        sheet="Questions",
        row=row,
        question_cell=f"A{row}",
        answer_cell=f"B{row}",
        comment_cell=f"C{row}",
        text=text or f"Is measure {row} in place?",
        kind=Kind.CHOICE,
        options=("Yes", "No"),
    )


def draft(answer: str | None = "Yes", confidence: float = 0.8) -> Content:
    if answer is None:
        return Content(reason="nothing stated comes near")
    return Content(
        option=answer,
        answer=answer,
        comment="Backups run nightly. [Backups]",
        verdict=Verdict.YES,
        citations=(Citation(BACKUPS, "Backups run nightly."),),
        confidence=confidence,
    )


def review(customer: str | None = "Harbour Bank") -> Review:
    return Review(
        id=0,
        name="questions.xlsx",
        customer=customer,
        due=None,
        started_at=NOON,
        started_by="Ann",
        sha256=hashlib.sha256(ORIGINAL).hexdigest(),
        fingerprint="f" * 64,
        statements=1,
        model="a model",
        version="1",
    )


def asked(count: int) -> list[Asked]:
    """`count` drafts, every third of them missing."""
    return [
        Asked(question(i), draft(None if i % 3 == 0 else "Yes"), i) for i in range(1, count + 1)
    ]


def approval(row: int, seen: str | None = None) -> Decision:
    return Decision(row, Action.APPROVE, seen)


def written(row: int, text: str, seen: str | None = None) -> Decision:
    return Decision(row, Action.EDIT, seen, content=Content(answer=text, verdict=Verdict.TEXT))


def leftovers(folder: Path, *known: str) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name not in known)
