"""The words of forms (`forms.toml`), as sets and as patterns, and what reads cells in common."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from trustanswer.text import fold

_SHOWN = 80  # characters
WORD = re.compile(r"[^\W_](?:[\w’'/.-]*[^\W_])?")


@cache
def _listed() -> dict[str, list[str]]:
    file = resources.files("trustanswer.answering.cell").joinpath("forms.toml")
    stored: dict[str, str] = tomllib.loads(file.read_text("utf-8"))
    return {kind: [fold(one) for one in words.split(",")] for kind, words in stored.items()}


@cache
def words(kind: str) -> frozenset[str]:
    """The words and phrases of a kind, as they are listed: all but those of roles in small
    letters."""
    return frozenset(_listed()[kind])


@cache
def one_of(*kinds: str) -> str:
    """A pattern of one word or phrase of these kinds."""
    return any_of([word for kind in kinds for word in _listed()[kind]])


def any_of(words: Sequence[str]) -> str:
    """A pattern of one of these words or phrases, the longest first; "*" stands for any ending."""
    longest = sorted(words, key=len, reverse=True)
    escaped = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in longest)
    return f"(?:{'|'.join(escaped)})"


def shown(text: str) -> str:
    """A text as a flag repeats it: its beginning, if it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def holds_any(text: str, kind: str) -> bool:
    """Whether a text has a word of this kind."""
    return any(word.lower() in words(kind) for word in WORD.findall(text))


def all_of(text: str, *kinds: str) -> bool:
    """Whether a text is made of words of these kinds alone."""
    known = _single(kinds)
    return all(word.lower() in known for word in WORD.findall(text))


@cache
def _single(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        word for kind in kinds for phrase in _listed()[kind] for word in phrase.split()
    )
