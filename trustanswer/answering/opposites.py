"""Opposites: whether evidence says of the thing asked for the contrary, or something less.

"Are approvals automated?" is not answered in full by "Approvals are manual", nor "Is TLS enforced?"
by "Email is sent with opportunistic TLS". The lexicon sees the subject in them, and no denial. The
pairs are data (opposites.toml), to be read and corrected by people who know the field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from trustanswer.answering import align
from trustanswer.answering.align import Demand
from trustanswer.answering.evidence import Said


@dataclass(frozen=True, slots=True)
class Opposites:
    """What is asked for, and what is not it, or less."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def opposed(question: str, demands: Sequence[Demand], said: Sequence[Said]) -> int:
    """Of how many things asked for the evidence says the contrary, or less."""
    return sum(_says_otherwise(pair, demands, said) for pair in _asked_for(question))


def _says_otherwise(pair: Opposites, demands: Sequence[Demand], said: Sequence[Said]) -> bool:
    """Whether the contrary is said in a clause that fits the rest of the question well, of
    something of which none says what is asked ("Web applications are tested by an independent firm.
    The mobile apps are tested by our own engineers.")."""
    contrary = [
        i
        for i, s in enumerate(said)
        if not s.stance.denies and _told(pair.told, s.text) and not _AT_TIMES.search(s.text)
    ]
    if not contrary:
        return False
    rest = [d for d in demands if not pair.asked.search(d.term.text)]
    fits = align.clause_scores(rest, said)
    as_asked = [
        _stated(rest, s)
        | (_stated(rest, said[i - 1]) if i and _BACK.search(s.text) else frozenset())
        for i, s in enumerate(said)
        if not s.stance.denies and pair.asked.search(s.text)
    ]
    return any(
        fits[i] >= _FITTING * max(fits) and not any(_stated(rest, said[i]) <= so for so in as_asked)
        for i in contrary
    )


def _stated(demands: Sequence[Demand], said: Said) -> frozenset[str]:
    """What a clause states of what is asked for."""
    return frozenset(d.term.text for d in demands if not d.term.keys.isdisjoint(said.keys))


# Such a clause speaks of what the one before it has named: "administrators can require it".
_BACK = re.compile(r"\b(?:it|them|this|these|those|so)\b", re.I)
# "Changes by hand are allowed only during an incident": that is no rule, but an exception to one.
_AT_TIMES = re.compile(
    r"\bonly (?:during|in|for|when|if|as|after|by|at|where)\b|\b(?:in|during) (?:an )?emergenc|"
    r"\bexcept(?:ion|ional|ionally)?\b",
    re.I,
)
_FITTING = 0.75  # of what the best clause states of the question


def _told(words: re.Pattern[str], text: str) -> bool:
    """Whether a clause says one of the words, and does not say that it is not so."""
    return any(not _SET_ASIDE.search(text[: m.start()]) for m in words.finditer(text))


_SET_ASIDE = re.compile(
    r"\b(?:no|not|never|nor|neither|without|cannot|instead of|rather than|than|replac\w+|beyond|"
    r"nobody|none|off|away from|loss of|failure of)\b(?:\W+\w+){0,2}\W*$",
    re.I,
)


@lru_cache(maxsize=4096)
def _asked_for(question: str) -> tuple[Opposites, ...]:
    """The pairs of which a question asks for the one side and does not speak of the other."""
    by_word = _by_word()
    words = by_word.keys() & _WORD.findall(question.lower())
    near = dict.fromkeys(pair for word in sorted(words) for pair in by_word[word])
    return tuple(
        pair for pair in near if pair.asked.search(question) and not pair.told.search(question)
    )


_WORD = re.compile(r"[a-z]+")


@cache
def _by_word() -> dict[str, list[Opposites]]:
    """The pairs by a word that each phrase of what is asked for holds, the longest: most questions
    hold none, and nothing more need be looked for."""
    found: dict[str, list[Opposites]] = {}
    for asked, told in _rows():
        pair = Opposites(_any_of(asked), _any_of(told))
        for word in {max(phrase, key=len) for phrase in _phrases(asked)}:
            found.setdefault(word, []).append(pair)
    return found


def _rows() -> Iterator[tuple[str, str]]:
    """What is asked for and what is told, row by row, as the table lists them."""
    text = resources.files("trustanswer.answering").joinpath("opposites.toml").read_text("utf-8")
    table = tomllib.loads(text)
    for row in table["apart"]:
        for side in row["sides"]:
            yield side, ", ".join(other for other in row["sides"] if other is not side)
    for row in table["short"]:
        yield row["asked"], row["told"]


def _any_of(words: str) -> re.Pattern[str]:
    """Any of the words or phrases of a list, whether hyphens or spaces join them."""
    each = (r"\W".join(phrase) for phrase in _phrases(words))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?!\w)", re.I)


def _phrases(words: str) -> list[list[str]]:
    return [re.findall(r"\w+", phrase) for phrase in words.split(",")]
