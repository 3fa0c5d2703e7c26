"""What the words of a questionnaire tell: the role of a header, the kind of a row.

The words stand in `vocabulary.toml`, in English, German, French and Spanish.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_LONGEST_HEADER = 1_000
_SPACE = re.compile(r"\s+")
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "…": "..."})


class Role(StrEnum):
    """What a column is for. The order is that of `vocabulary.toml`."""

    REVIEWER = "reviewer"
    ID = "id"
    GUIDANCE = "guidance"
    EVIDENCE = "evidence"
    ATTACHMENT = "attachment"
    COMMENT = "comment"
    TARGET = "target"
    WEIGHT = "weight"
    CROSSWALK = "crosswalk"
    ANSWER = "answer"
    SCORE = "score"
    QUESTION = "question"
    STATEMENT = "statement"
    SECTION = "section"
    TITLE = "title"


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case, no accents, straight quotes, single spaces: how words are compared here."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_QUOTES))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _SPACE.sub(" ", plain).strip()


@cache
def _words() -> dict[str, Any]:
    text = files("trustanswer.workbook").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Phrases:
    """Any phrase of a list between word boundaries; where several begin at a place, the longest.

    Looked for one by one: to compile them all into one expression takes longer than a workbook.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        ordered = sorted(map(fold, phrases), key=len, reverse=True)
        # Of each what has to stand in a text as it is: all before the first `*`.
        self._phrases = [(phrase.partition("*")[0], phrase) for phrase in ordered]
        self._known = tuple(known for known, _ in self._phrases)

    def starts(self, text: str) -> bool:
        return text.startswith(self._known) and any(
            _expression(phrase).match(text) is not None
            for known, phrase in self._phrases
            if text.startswith(known)
        )

    def holds(self, text: str) -> bool:
        return any(
            _expression(phrase).search(text) is not None
            for known, phrase in self._phrases
            if known in text
        )

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """From left to right, none overlapping another."""
        here = [_expression(phrase) for known, phrase in self._phrases if known in text]
        end = 0
        while matches := [match for each in here if (match := each.search(text, end))]:
            first = min(matches, key=re.Match.start)  # of one place the longest phrase, by its rank
            yield first
            end = first.end()

    def longest(self, text: str) -> int:
        return max((len(match[0]) for match in self.found(text)), default=0)

    def taken_out(self, text: str) -> str:
        """The text with a space in the place of each phrase."""
        for match in reversed([*self.found(text)]):
            text = f"{text[: match.start()]} {text[match.end() :]}"
        return text


@cache
def _phrases(group: str, name: str) -> _Phrases:
    return _Phrases(_words()[group][name])


@cache
def _expression(phrase: str) -> re.Pattern[str]:
    end = r"(?!\w)" if phrase[-1].isalnum() else ""
    return re.compile(r"(?<!\w)" + re.escape(phrase).replace(r"\*", r"\w*") + end, re.ASCII)


@lru_cache(maxsize=4096)
def role(header: str) -> tuple[Role, float] | None:
    """The role a header names, and how surely (0..1): the longest phrase found decides.

    Further lines, and then what stands in parentheses, count only where nothing before them tells,
    or where they say that a column is not the vendor's. A text of more than `_LONGEST_HEADER`
    characters is none.
    """
    if len(header) > _LONGEST_HEADER:
        return None
    text = fold(header)
    outside = fold(_PARENTHESES.sub(" ", header))
    first = fold(_PARENTHESES.sub(" ", header.strip().partition("\n")[0]))
    if _phrases("rows", "not_vendor").holds(text):
        return Role.REVIEWER, 1.0
    return _role(first) or _role(outside) or _role(text)


def named_outright(header: str) -> tuple[Role, float] | None:
    """The role of a header that is nothing but a name of it."""
    text = fold(_PARENTHESES.sub(" ", header)).rstrip(" :?*.")
    exact = any(text in listed("roles", role) for role in Role)
    return role(header) if exact else None


@lru_cache(maxsize=4096)
def _role(text: str) -> tuple[Role, float] | None:
    found = [(_phrases("roles", role).longest(text), -n, role) for n, role in enumerate(Role)]
    length, _, best = max(found)
    if not length:
        return None
    if _phrases("roles", Role.REVIEWER).holds(text):  # an analyst's answer is no answer
        return Role.REVIEWER, 1.0
    words = text.count(" ") + 1
    covered = length / len(text)
    if words <= 4 or covered >= 0.5:
        return best, 1.0
    return best, 0.6 if words <= 10 else 0.3


def starts(group: str, name: str, text: str) -> bool:
    """Whether the text begins with a phrase of that list."""
    return _phrases(group, name).starts(fold(text).lstrip("-*•·> ¿\"'"))


def holds(group: str, name: str, text: str) -> bool:
    return _phrases(group, name).holds(fold(text))


def without(group: str, name: str, text: str) -> str:
    """The folded text with the phrases of that list taken out."""
    return _phrases(group, name).taken_out(fold(text)).strip()


@cache
def listed(group: str, name: str) -> frozenset[str]:
    return frozenset(map(fold, _words()[group][name]))


def is_form_label(text: str) -> bool:
    """A label such as "Supplier name:", whole or with little around it."""
    label = fold(_PARENTHESES.sub(" ", text)).rstrip(" :*_.")
    match = next(_phrases("rows", "form").found(label), None)
    return match is not None and (len(match[0]) >= len(label) * 0.4) and label.count(" ") < 6


def words(text: str) -> Sequence[str]:
    return fold(text).split()
