"""What is kept of a questionnaire under review, and everything kept as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from trustanswer.model import (
    Band,
    Citation,
    Flag,
    Kind,
    Place,
    Question,
    Statement,
    Unit,
    Verdict,
)
from trustanswer.review.states import Answer, Content, Event, Origin

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """A customer's questionnaire as it came in, and with what it was drafted.

    `sha256` is that of the original file; `fingerprint` and `statements` (how many) are the
    knowledge's. `citations` says where sources go, as in `fill --citations`. `already` are the
    questions that came in answered: they are not up for review. `tags` and `visibility` are the
    scope of the statements that were used.
    """

    id: int
    name: str
    customer: str | None
    due: date | None
    started_at: datetime
    started_by: str
    sha256: str
    fingerprint: str
    statements: int
    model: str
    version: str
    citations: str = "comment"
    already: tuple[Question, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    visibility: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a review starts with it: its draft, and the statements that came near.

    `alike` is the row (from 1) of the first question that asks the same, its own if it is that.
    """

    question: Question
    content: Content
    alike: int
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approved:
    """One entry of the library: an answer that somebody stands behind, and for whom it was."""

    review: Review
    answer: Answer


# --- to JSON -----------------------------------------------------------------------------------


def dumps(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))  # in ASCII: every database holds it


def question_json(q: Question) -> Json:
    return {
        "sheet": q.sheet,
        "row": q.row,
        "question_cell": q.question_cell,
        "answer_cell": q.answer_cell,
        "comment_cell": q.comment_cell,
        "text": q.text,
        "section": q.section,
        "parent": q.parent,
        "kind": q.kind.value,
        "options": q.options,
        "answer_cells": None if q.answer_cells is None else dict(q.answer_cells),
        "prefilled": q.prefilled,
    }


def statement_json(s: Statement) -> Json:
    return {
        "id": s.id,
        "path": s.path,
        "text": s.text,
        "source": s.source,
        "lines": s.lines,
        "updated": None if s.updated is None else s.updated.isoformat(),
        "tags": s.tags,
        "place": None if s.place is None else asdict(s.place),
    }


def event_json(event: Event) -> Json:
    """An event but for the words that it put in place."""
    return {
        "number": event.number,
        "row": event.row,
        "action": event.action.value,
        "by": event.by,
        "at": event.at.isoformat(),
        "seen": event.seen,
        "why": event.why,
        "to": event.to,
        "restricted": event.restricted,
    }


def content_json(c: Content) -> Json:
    return {
        "option": c.option,
        "answer": c.answer,
        "comment": c.comment,
        "verdict": c.verdict.value,
        "citations": [[statement_json(x.statement), x.quote, x.about] for x in c.citations],
        "origin": c.origin.value,
        "confidence": c.confidence,
        "missing": c.missing,
        "contradicted": c.contradicted,
        "flags": [[f.kind, f.detail] for f in c.flags],
        "reason": c.reason,
        "band": c.band,
    }


# --- and back ----------------------------------------------------------------------------------


def question_of(found: Mapping[str, Any]) -> Question:
    options = found["options"]
    return Question(
        **{
            **found,
            "kind": Kind(found["kind"]),
            "options": None if options is None else tuple(options),
        }
    )


def statement_of(found: Mapping[str, Any]) -> Statement:
    updated = found["updated"]
    lines = found["lines"]
    return Statement(
        id=found["id"],
        path=tuple(found["path"]),
        text=found["text"],
        source=found["source"],
        lines=None if lines is None else (lines[0], lines[1]),
        updated=None if updated is None else date.fromisoformat(updated),
        tags=pairs_of(found["tags"]),
        place=_place_of(found.get("place")),  # records of earlier versions have none
    )


def _place_of(found: Mapping[str, Any] | None) -> Place | None:
    return None if found is None else Place(**{**found, "unit": Unit(found["unit"])})


def content_of(found: Mapping[str, Any]) -> Content:
    return Content(
        option=found["option"],
        answer=found["answer"],
        comment=found["comment"],
        verdict=Verdict(found["verdict"]),
        citations=tuple(
            Citation(statement_of(s), quote, *about) for s, quote, *about in found["citations"]
        ),
        origin=Origin(found["origin"]),
        confidence=found["confidence"],
        missing=tuple(found["missing"]),
        contradicted=tuple(found.get("contradicted", ())),  # records of earlier versions have none
        flags=tuple(Flag(kind, detail) for kind, detail in found["flags"]),
        reason=found["reason"],
        band=Band(band) if (band := found.get("band")) else None,  # older ones have none
    )


def pairs_of(found: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in found)
