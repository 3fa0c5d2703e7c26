"""What a questionnaire says row after row: its numbering, and text that stands in many cells.

"WBS/014 Is data encrypted? Response: Y / N. Owner: IT." A form has its own ways, which no list of
words knows; but what comes back in cell after cell is no question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustanswer.text import BRACKETS, LONGEST, fold, sentences

_ROWS, _SHARE = 3, 0.03  # rows at least, and share of all, in which a text stands
_NUMBERED = 0.3  # share of rows that begin with a number or a code, in a form that numbers them
_CODE = re.compile(
    r"^\W{0,9}(?:(?=\S{0,24}\d)[A-Z\d&/._()-]{1,24}[a-z]?(?:\([a-z\d]+\))?|"
    r"[A-Z]{1,5}\s\d[\d.]{0,8}[a-z]?(?:\([a-z\d]+\))?)[*\s:.)|–—-]{1,20}(?=\S)"
)


_WRAPPED = re.compile(
    r"(?<![.?!:;\n])[ \t]*\r?\n[ \t]*(?=[a-z]{2}|\([^()\n]{4,}\)\W*$|\([^()\n]{4,}\)[ ,?.])"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The texts that stand in many cells (folded, in small letters), and whether rows are
    numbered."""

    texts: frozenset[str] = frozenset()
    numbered: bool = False

    def unnumbered(self, text: str) -> str:
        """A cell's text without the number of its row."""
        return _CODE.sub("", text, count=1) if self.numbered else text

    def has(self, segment: str) -> bool:
        return _key(segment) in self.texts


def unwrapped(text: str) -> str:
    """The text with lines that only break a sentence as one: the next goes on in small letters."""
    return _WRAPPED.sub(" ", text)


def standing(cells: Sequence[str]) -> Standing:
    """What stands in many of these cells, each the text of a question."""
    numbers = sum(bool(_CODE.match(cell)) for cell in cells)
    numbered = numbers >= max(_ROWS, _NUMBERED * len(cells))
    found = Counter(segment for cell in set(cells) for segment in set(_segments(cell)))
    least = max(_ROWS, _SHARE * len(cells))
    whole = {_key(cell) for cell in cells}
    often = {key for key, times in found.items() if times >= least and not key.endswith("?")}
    return Standing(frozenset(often - whole), numbered)


def _segments(cell: str) -> Iterator[str]:
    """Brackets, and the sentences of each line without them; of a page of guidance none."""
    if len(cell) > LONGEST:
        return
    for line in unwrapped(cell).splitlines():
        yield from (_key(one) for one in BRACKETS.findall(line))
        yield from (_key(one) for one in sentences(fold(BRACKETS.sub(" ", line))))


def _key(segment: str) -> str:
    return fold(segment).strip(" .:;").lower()
