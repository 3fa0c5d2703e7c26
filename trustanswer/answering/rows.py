"""Rows of a table, as a statement's text has them: "SAML sign-on | No | Yes | Yes".

Where the cells after the first say yes or no, they say for which plans, editions or platforms of
the table's head something holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

BETWEEN = " | "
_HEADED = 3  # cells from which a table has a head: pairs of a label and a value do without


class Held(StrEnum):
    """For which of its columns a row holds."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


def cells(sentence: str) -> list[str]:
    """The cells of a row; one where it is none."""
    return [cell.strip() for cell in sentence.split(BETWEEN)]


@lru_cache(maxsize=8192)
def held(sentence: str) -> Held | None:
    """For which columns a row holds; None for one that does not say, and for what is no row."""
    if BETWEEN not in sentence:
        return None
    said = [_said(cell) for cell in cells(sentence)[1:]]
    if None in said:
        return None
    return said[0] if len({*said}) == 1 else Held.SOME


def _said(cell: str) -> Held | None:
    bare = cell.casefold().strip(".!*\ufe0f ")  # the last of a tick makes it coloured
    return next((means for means, words in _WORDS.items() if bare in words), None)


_WORDS = {
    Held.ALL: {*"✓✔☑✅●", "yes", "included", "available", "supported", "standard"},
    Held.SOME: {"add-on", "addon", "optional", "on request", "extra", "partly", "partial",
                "partially", "limited", "beta"},
    Held.NONE: {*"✗✘☒❌–—-", "", "no", "none", "n/a", "not included", "not available",
                "not supported", "not offered", "unavailable", "coming soon", "planned", "roadmap"},
}  # fmt: skip


def head_of(sentences: Sequence[str], at: int) -> int | None:
    """The place of the row that names the columns of the one at `at`, if that has such a head."""
    width = len(cells(sentences[at]))
    if width < _HEADED:
        return None
    first = at
    while first and len(cells(sentences[first - 1])) == width:
        first -= 1
    return first if first < at else None
