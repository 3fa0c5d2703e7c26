"""Questionnaires, the log of decisions on them, and what was exported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _reviews()
    _answers()
    _exports()
    _append_only("events")
    _append_only("exports")


def _reviews() -> None:
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "statements",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("statement", sa.Text, nullable=False),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("customer", sa.Text),
        sa.Column("due", sa.String(10)),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("started_by", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("originals.sha256"), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("statements", sa.Integer, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("citations", sa.String(16), nullable=False),
        sa.Column("already", sa.Text, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("visibility", sa.String(16)),
    )


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("review", sa.Integer, sa.ForeignKey("reviews.id"), primary_key=True),
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("candidates", sa.Text, nullable=False),
        sa.Column("alike", sa.Integer, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("review", sa.Integer, sa.ForeignKey("reviews.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("seen", sa.String(12), nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("to", sa.Text),
        sa.Column("restricted", sa.Boolean, nullable=False),
        sa.Column("content", sa.Text),
        sa.ForeignKeyConstraint(["review", "row"], ["answers.review", "answers.row"]),
    )
    op.create_index("events_of_answer", "events", ["review", "row"])


def _exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("review", sa.Integer, sa.ForeignKey("reviews.id"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
    )
    op.create_index("exports_of_file", "exports", ["sha256"])


def _append_only(table: str) -> None:
    """What was decided and sent stays on record, whatever a later program tries."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grow'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grow() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grow'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grow()"
    )
