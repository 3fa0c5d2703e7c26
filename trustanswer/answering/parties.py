"""Who is spoken of: the vendor, by whatever name a customer uses, or a provider of the vendor's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trustanswer.model import Question, Statement

PROVIDER = "provider"  # the tag of a document about somebody else than the vendor


def addressed(question: Question, names: Sequence[str]) -> Question:
    """The question with the vendor's names as "the vendor", which no statement has to repeat."""
    if not names:
        return question
    longest = sorted(names, key=len, reverse=True)
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    parent = question.parent and known.sub("the vendor", question.parent)
    return replace(question, text=known.sub("the vendor", question.text), parent=parent)


def spoken_of(statement: Statement) -> str | None:
    """Whom a statement is about, if not the vendor: the provider that its document is tagged with.

    A sentence that names the provider itself ("AWS data centers are guarded.") needs no tag to be
    understood; "Data centers are guarded." does.
    """
    return next((value for key, value in statement.tags if key.casefold() == PROVIDER), None)
