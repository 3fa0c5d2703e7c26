"""The library: which approved answers may be offered for another customer's question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from trustanswer.model import Flag
from trustanswer.review.records import Approved, Review

SEEN_BEFORE = "approved before"


def may_offer(
    approved: Approved, customer: str | None, customers: Iterable[str], statements: Collection[str]
) -> bool:
    """Whether an approved answer may be offered to `customer`.

    Not where it was approved for another customer alone, where its words name one of `customers`
    other than this, or where a statement that it cites is not among `statements` (ids: what a
    statement says decides its id, so one that has changed since is not there any more).
    """
    answer, home = approved.answer, approved.review.customer
    if not answer.content.says_something:
        return False
    if answer.restricted and not _same(home, customer):
        return False
    if any(c.statement.id not in statements for c in answer.content.citations):
        return False
    written = f"{answer.content.answer or ''}\n{answer.content.comment or ''}"
    others = (c for c in customers if not _same(c, customer))
    return not any(names(written, other) for other in others)


def in_reach(approved: Approved, review: Review) -> bool:
    """Whether an answer was approved in a scope that holds for `review` too.

    An answer approved for some tags (product, region) is for those; one from a wider visibility
    than the review's may hold what its reader must not see.
    """
    home = approved.review
    return home.tags == review.tags and home.visibility == review.visibility


def names(text: str, customer: str) -> bool:
    """Whether a text names a customer, in any case, as a word or words of its own."""
    words = r"\s+".join(re.escape(word) for word in customer.split())
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None


def marked(approved: Approved) -> Flag:
    """What a reviewer sees with an answer from the library."""
    answer, home = approved.answer, approved.review
    whom = f" for {home.customer}" if home.customer else ""
    when = f"{answer.closed_at:%Y-%m-%d}"
    return Flag(SEEN_BEFORE, f"approved by {answer.closed_by} on {when}{whom}")


def _same(one: str | None, other: str | None) -> bool:
    return _folded(one) == _folded(other)


def _folded(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()
