"""When a statement was due to be looked at again."""

from __future__ import annotations

import calendar
from datetime import date

from trustanswer.model import Knowledge, Statement

REVIEW_MONTHS = 12  # the review cycle of a knowledge base that names none


def review_months(knowledge: Knowledge) -> int:
    """How often its statements are to be looked at again."""
    return knowledge.about.review_months or REVIEW_MONTHS


def is_stale(statement: Statement, today: date, months: int) -> bool:
    """Whether more than `months` have passed since its date; one without a date is not stale."""
    return statement.updated is not None and due(statement.updated, months) < today


def due(updated: date, months: int) -> date:
    """The same day so many months later, or that month's last where it is shorter."""
    years, month = divmod(updated.month - 1 + months, 12)
    year = updated.year + years
    return date(year, month + 1, min(updated.day, calendar.monthrange(year, month + 1)[1]))
