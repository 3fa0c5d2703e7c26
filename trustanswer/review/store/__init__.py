"""The database: reviews, and the append-only log of what was decided about their answers.

The only module that speaks SQL. SQLite in a file, or PostgreSQL; both are brought to the newest
shape when opened. Every write is one transaction: it is on disk when the method returns, or it
never was. Decisions on one review are taken one after the other (SQLite: BEGIN IMMEDIATE;
PostgreSQL: a lock on the review's row), so that a check and what it allows are never apart.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from trustanswer.errors import ReviewError
from trustanswer.model import Statement
from trustanswer.review.records import Approved, Asked, Review, dumps, statement_of
from trustanswer.review.states import Action, Answer, Decision, Event, Rules
from trustanswer.review.store import tables
from trustanswer.review.store.database import Database, sqlite_url
from trustanswer.review.store.steps import answers_of, decide, insert, keep
from trustanswer.review.store.tables import (
    asked_row,
    event_of,
    event_row,
    review_of,
    review_row,
    statement_rows,
)

__all__ = ["Store", "sqlite_url"]
NO_RULES = Rules()


class Store(Database):
    """The reviews of a database; raises StoreError where it fails."""

    # --- reviews -------------------------------------------------------------------------------

    def start(
        self,
        review: Review,
        original: bytes,
        asked: Sequence[Asked],
        statements: Sequence[Statement],
    ) -> Review:
        """Keeps a questionnaire, its original bytes and its drafts; returns it with its id."""
        with self._writing() as connection:
            keep(connection, tables.originals, [{"sha256": review.sha256, "data": original}])
            keep(connection, tables.statements, statement_rows(review.fingerprint, statements))
            number = connection.execute(
                sa.insert(tables.reviews).values(review_row(review)).returning(tables.reviews.c.id)
            ).scalar_one()
            insert(
                connection,
                tables.answers,
                (asked_row(number, i, a) for i, a in enumerate(asked, 1)),
            )
            drafted = [
                Event(i, i, Action.DRAFT, "trustanswer", review.started_at, content=a.content)
                for i, a in enumerate(asked, 1)
            ]
            insert(connection, tables.events, (event_row(number, event) for event in drafted))
        return self.review(number)

    def reviews(self) -> tuple[Review, ...]:
        """Every review, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                sa.select(tables.reviews).order_by(tables.reviews.c.id)
            ).mappings()
            return tuple(review_of(row) for row in rows)

    def review(self, id: int) -> Review:
        """Raises ReviewError where there is none."""
        with self._reading() as connection:
            query = sa.select(tables.reviews).where(tables.reviews.c.id == id)
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise ReviewError(f"there is no review {id}; `review list` shows those there are")
        return review_of(row)

    def original(self, review: Review) -> bytes:
        """The customer's file, byte for byte as it came in."""
        with self._reading() as connection:
            query = sa.select(tables.originals.c.data).where(
                tables.originals.c.sha256 == review.sha256
            )
            return bytes(connection.execute(query).scalar_one())

    def statements(self, review: Review) -> tuple[Statement, ...]:
        """The statements that the review was drafted from, in the order of the documents."""
        with self._reading() as connection:
            query = (
                sa.select(tables.statements.c.statement)
                .where(tables.statements.c.fingerprint == review.fingerprint)
                .order_by(tables.statements.c.place)
            )
            return tuple(statement_of(json.loads(s)) for s in connection.execute(query).scalars())

    # --- answers -------------------------------------------------------------------------------

    def answers(self, review: int, rows: Sequence[int] | None = None) -> tuple[Answer, ...]:
        """The answers of a review (or those of some rows), each folded from its events."""
        with self._reading() as connection:
            return answers_of(connection, review, rows)

    def asking_the_same(self, review: int, row: int) -> tuple[Answer, ...]:
        """The answers of the questions that ask what the one in this row asks, itself included.

        Empty where there is no such row.
        """
        with self._reading() as connection:
            known = tables.answers.c
            group = sa.select(known.alike).where(known.review == review, known.row == row)
            same = sa.select(known.row).where(
                known.review == review, known.alike == group.scalar_subquery()
            )
            rows = list(connection.execute(same).scalars())
            return answers_of(connection, review, rows)

    def log(self, review: int) -> tuple[Event, ...]:
        """Everything that happened in a review, in order."""
        with self._reading() as connection:
            query = sa.select(tables.events).where(tables.events.c.review == review)
            rows = connection.execute(query.order_by(tables.events.c.number)).mappings()
            return tuple(event_of(row) for row in rows)

    def decide(
        self,
        review: int,
        decisions: Sequence[Decision],
        *,
        by: str,
        at: datetime,
        rules: Rules = NO_RULES,
    ) -> tuple[Event, ...]:
        """Records decisions, all of them or none; returns the events, none for what was so already.

        Raises StaleError where an answer is no longer as it was seen, ReviewError where its state
        or `rules` forbid a decision.
        """
        with self._writing() as connection:
            return decide(connection, review, decisions, by, at, rules)

    # --- exports and the library ---------------------------------------------------------------

    def exported(
        self,
        review: int,
        decisions: Sequence[Decision],
        *,
        by: str,
        at: datetime,
        sha256: str,
        manifest: dict[str, Any],
    ) -> tuple[Event, ...]:
        """Records that a file went out, with its manifest; refused like `decide`."""
        with self._writing() as connection:
            events = decide(connection, review, decisions, by, at, Rules())
            row = {"review": review, "sha256": sha256, "at": at.isoformat(), "by": by}
            connection.execute(
                sa.insert(tables.exports).values({**row, "manifest": dumps(manifest)})
            )
            return events

    def manifest(self, sha256: str) -> dict[str, Any] | None:
        """The manifest of the last export that gave a file with this SHA-256, or None."""
        with self._reading() as connection:
            query = sa.select(tables.exports.c.manifest).where(tables.exports.c.sha256 == sha256)
            last = query.order_by(tables.exports.c.id.desc()).limit(1)
            found = connection.execute(last).scalar_one_or_none()
        if found is None:
            return None
        manifest: dict[str, Any] = json.loads(found)
        return manifest

    def library(self) -> tuple[Approved, ...]:
        """Every answer that stands approved, in all reviews, the latest approval first."""
        found = [
            Approved(review, answer)
            for review in self.reviews()
            for answer in self.answers(review.id, self._ever_approved(review.id))
            if answer.approved
        ]
        return tuple(sorted(found, key=lambda a: str(a.answer.closed_at), reverse=True))

    def _ever_approved(self, review: int) -> list[int]:
        """The rows worth folding: most answers of most reviews were never approved."""
        with self._reading() as connection:
            events = tables.events.c
            query = sa.select(events.row).distinct().where(events.review == review)
            approvals = query.where(events.action == Action.APPROVE.value)
            return list(connection.execute(approvals).scalars())
