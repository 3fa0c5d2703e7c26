"""Which approved answers quote a statement that is not any more what it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from trustanswer.model import Change, Citation, Statement
from trustanswer.review.records import Approved
from trustanswer.text import sentences

NEAR = 0.4  # share of a quote that a stretch keeps: below that it is not there any more


@dataclass(frozen=True, slots=True)
class Affected:
    """An approved answer, one of its quotes, and what stands in its place now.

    `now` is "" where the statement is gone or says nothing of the kind any more.
    """

    approved: Approved
    change: Change
    quote: str
    now: str

    @property
    def still_stands(self) -> bool:
        """Whether the quote is still there word for word, though not all around it."""
        return self.now == self.quote


def affected(changes: Iterable[Change], library: Iterable[Approved]) -> tuple[Affected, ...]:
    """Every quote of the approved answers from a statement that was changed, renamed or removed.

    A statement is told by heading and words, as in an answer drafted from an older state that
    still had it.
    """
    touched = {
        _key(change.old): change
        for change in changes
        if change.old is not None and change.what.touches_answers
    }
    return tuple(
        Affected(approved, touched[key], citation.quote, _now(citation, touched[key]))
        for approved in library
        for key, citation in _cited(approved)
        if key in touched
    )


Key = tuple[tuple[str, ...], str]


def _key(statement: Statement) -> Key:
    return statement.path, statement.text


def _cited(approved: Approved) -> Iterator[tuple[Key, Citation]]:
    for citation in approved.answer.content.citations:
        yield _key(citation.statement), citation


def _now(citation: Citation, change: Change) -> str:
    """The quote where it still stands, else the stretch of as many sentences that keeps most."""
    if change.new is None:
        return ""
    if citation.quote in change.new.text:
        return citation.quote
    found = sentences(change.new.text)
    length = min(len(sentences(citation.quote)), len(found))
    stretches = [" ".join(found[i : i + length]) for i in range(len(found) - length + 1)]
    kept, now = max((_kept(citation.quote, stretch), stretch) for stretch in stretches)
    return now if kept >= NEAR else ""


def _kept(quote: str, stretch: str) -> float:
    return SequenceMatcher(None, quote.split(), stretch.split(), autojunk=False).ratio()
