"""What is done within one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from trustanswer.errors import ReviewError
from trustanswer.review.records import question_of
from trustanswer.review.states import (
    Answer,
    Decision,
    Event,
    Rules,
    after,
    changes_nothing,
    check,
    fold,
)
from trustanswer.review.store import tables
from trustanswer.review.store.tables import event_of, event_row


def decide(
    connection: Connection,
    review: int,
    decisions: Sequence[Decision],
    by: str,
    at: datetime,
    rules: Rules,
) -> tuple[Event, ...]:
    """Checks decisions one after the other and adds their events to the log."""
    last = _lock(connection, review)
    answers = {a.row: a for a in answers_of(connection, review, {d.row for d in decisions})}
    events: list[Event] = []
    for decision in decisions:
        answer = answers.get(decision.row)
        if answer is None:
            raise ReviewError(f"review {review} has no row {decision.row}")
        check(answer, decision, by, rules)
        if not changes_nothing(answer, decision):
            events.append(_event(last + len(events) + 1, answer, decision, by, at))
            answers[answer.row] = after(answer, events[-1])
    insert(connection, tables.events, (event_row(review, event) for event in events))
    return tuple(events)


def _lock(connection: Connection, review: int) -> int:
    """Keeps others from deciding on the review meanwhile; the number of its last event."""
    row = sa.select(tables.reviews.c.id).where(tables.reviews.c.id == review)
    connection.execute(row.with_for_update()).all()
    number = sa.func.max(tables.events.c.number)
    last = sa.select(number).where(tables.events.c.review == review)
    return int(connection.execute(last).scalar_one() or 0)


def _event(number: int, answer: Answer, decision: Decision, by: str, at: datetime) -> Event:
    return Event(
        number,
        answer.row,
        decision.action,
        by,
        at,
        seen=answer.revision,
        why=decision.why,
        to=decision.to,
        restricted=decision.restricted,
        content=decision.content,
    )


def answers_of(
    connection: Connection, review: int, rows: Iterable[int] | None
) -> tuple[Answer, ...]:
    asked = sa.select(tables.answers).where(tables.answers.c.review == review)
    happened = sa.select(tables.events).where(tables.events.c.review == review)
    if rows is not None:
        wanted = sorted(rows)
        asked = asked.where(tables.answers.c.row.in_(wanted))
        happened = happened.where(tables.events.c.row.in_(wanted))
    questions = connection.execute(asked.order_by(tables.answers.c.row)).mappings().all()
    events: dict[int, list[Event]] = defaultdict(list)
    for row in connection.execute(happened.order_by(tables.events.c.number)).mappings():
        events[row["row"]].append(event_of(row))
    return tuple(
        fold(
            row["row"],
            question_of(json.loads(row["question"])),
            tuple(json.loads(row["candidates"])),
            row["alike"],
            events[row["row"]],
        )
        for row in questions
    )


def insert(connection: Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    if found := list(rows):
        connection.execute(sa.insert(table), found)


def keep(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Inserts rows that are named by what they hold: one that is there already is the same."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    if rows:
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)
