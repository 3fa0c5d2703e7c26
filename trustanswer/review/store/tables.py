"""The tables, and their rows as the dataclasses of a review and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from trustanswer.model import Statement
from trustanswer.review.records import (
    Asked,
    Review,
    content_json,
    content_of,
    dumps,
    event_json,
    pairs_of,
    question_json,
    question_of,
    statement_json,
)
from trustanswer.review.states import Action, Event

_meta = sa.MetaData()
originals = sa.Table("originals", _meta, *map(sa.Column, ("sha256", "data")))
statements = sa.Table("statements", _meta, *map(sa.Column, ("fingerprint", "place", "statement")))
_REVIEW = (
    *("id", "name", "customer", "due", "started_at", "started_by", "sha256", "fingerprint"),
    *("statements", "model", "version", "citations", "already", "tags", "visibility"),
)
reviews = sa.Table(
    "reviews", _meta, sa.Column("id", sa.Integer, primary_key=True), *map(sa.Column, _REVIEW[1:])
)
answers = sa.Table(
    "answers", _meta, *map(sa.Column, ("review", "row", "question", "candidates", "alike"))
)
events = sa.Table(
    "events",
    _meta,
    *map(sa.Column, ("review", "number", "row", "action", "by", "at", "seen", "why", "to")),
    sa.Column("restricted", sa.Boolean),
    sa.Column("content"),
)
exports = sa.Table(
    "exports",
    _meta,
    sa.Column("id", sa.Integer, primary_key=True),
    *map(sa.Column, ("review", "sha256", "at", "by", "manifest")),
)


def review_row(review: Review) -> dict[str, Any]:
    return {
        **{name: getattr(review, name) for name in _REVIEW if name != "id"},
        "due": None if review.due is None else review.due.isoformat(),
        "started_at": review.started_at.isoformat(),
        "already": dumps([question_json(q) for q in review.already]),
        "tags": dumps(review.tags),
    }


def review_of(row: RowMapping) -> Review:
    return Review(
        **{
            **row,
            "due": None if row["due"] is None else date.fromisoformat(row["due"]),
            "started_at": datetime.fromisoformat(row["started_at"]),
            "already": tuple(question_of(q) for q in json.loads(row["already"])),
            "tags": pairs_of(json.loads(row["tags"])),
        }
    )


def asked_row(review: int, row: int, asked: Asked) -> dict[str, Any]:
    return {
        "review": review,
        "row": row,
        "question": dumps(question_json(asked.question)),
        "candidates": dumps(asked.candidates),
        "alike": asked.alike,
    }


def event_row(review: int, event: Event) -> dict[str, Any]:
    return {
        "review": review,
        **event_json(event),
        "content": None if event.content is None else dumps(content_json(event.content)),
    }


def event_of(row: RowMapping) -> Event:
    return Event(
        number=row["number"],
        row=row["row"],
        action=Action(row["action"]),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        seen=row["seen"],
        why=row["why"],
        to=row["to"],
        restricted=bool(row["restricted"]),
        content=None if row["content"] is None else content_of(json.loads(row["content"])),
    )


def statement_rows(fingerprint: str, found: Sequence[Statement]) -> list[dict[str, Any]]:
    return [
        {"fingerprint": fingerprint, "place": i, "statement": dumps(statement_json(s))}
        for i, s in enumerate(found)
    ]
