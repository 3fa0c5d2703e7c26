"""Words and their stems: how text is cut before the lexicon reads it."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_TOKEN = re.compile(r"[A-Za-z]+(?:[’'](?:s|t|re|ve|ll|d)\b)?(?:\+(?!\w))?|\d+(?:[.,]\d+)*")
_ENDINGS = (
    "ities", "isations", "izations", "isation", "ization", "ations", "ation", "ising", "izing",
    "ised", "ized", "ises", "izes", "ise", "ize", "ments", "ment", "ings", "ing", "ions", "ion",
    "edly", "ed", "ies", "ity", "es", "ly", "al", "s", "y", "e",
)  # fmt: skip
_BRITISH = (("centre", "center"), ("defence", "defense"), ("licence", "license"))
_OUR = re.compile(r"our(?=(?:s|ed|ing|al|able)?$)(?<=[a-z]{3}our)(?<!hour)(?<!four)(?<!tour)")


@cache
def table() -> dict[str, Any]:
    """lexicon.toml as it ships with the package, the terms of each concept as a list."""
    text = resources.files("trustanswer.answering").joinpath("lexicon.toml").read_text("utf-8")
    areas = tomllib.loads(text)
    for content in areas.values():
        for concept in content.values():
            if isinstance(concept, dict) and "terms" in concept:
                concept["terms"] = [term.strip() for term in concept["terms"].split(",")]
    return areas


@cache
def function_words() -> frozenset[str]:
    """Words that carry no meaning of their own, lower-cased."""
    return frozenset(table()["reading"]["function"].split())


@cache
def _whole_words() -> frozenset[str]:
    return frozenset(table()["reading"]["whole"].split())


@lru_cache(maxsize=32768)
def holds(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text holds an expression; it is looked for once in a text that comes up again."""
    return pattern.search(text) is not None


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Words and numbers with their places; letters and digits are told apart ("AES256")."""
    return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def stems(text: str) -> tuple[str, ...]:
    """The stems of its words and numbers, in order."""
    plain = text.isascii() and text.replace(" ", "").isalpha()
    return tuple(map(stem, text.split() if plain else _TOKEN.findall(text)))


@lru_cache(maxsize=16384)
def words_of(text: str) -> frozenset[str]:
    """The stems of a text that carry meaning, and its numbers."""
    return frozenset(stem(word) for word, _, _ in tokens(text)) - function_words()


@cache
def stem(word: str) -> str:
    """A crude stem that conflates inflections and derivations of one word, lower-cased.

    Both sides of a comparison go through it, so that it need not be a word. "US" in capitals is
    the country, "us" the pronoun.
    """
    if word == "US":
        return "u.s"
    low = re.sub(r"[’'](?:s|t|re|ve|ll|d)$", "", word.lower())
    for british, american in _BRITISH:
        low = low.replace(british, american)
    low = _OUR.sub("or", low)
    if low in _whole_words() or len(low) <= 3 or not low.isalpha():
        return low
    return _strip(low)


def _strip(low: str) -> str:
    for plural, singular in (("ies", "y"), ("s", "")):
        if low.endswith(plural) and low.removesuffix(plural) + singular in _whole_words():
            return low.removesuffix(plural) + singular
    for ending in _ENDINGS:
        root = low.removesuffix(ending)
        if root != low and len(root) >= (3 if len(ending) <= 2 else 4):
            doubled = root[-1] == root[-2] and root[-1] not in "ls"
            return root[:-1] if len(root) > 3 and (doubled or root[-1] == "i") else root
    return low
