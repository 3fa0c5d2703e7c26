"""Instructions in a questionnaire's own text: they are flagged, and taken for nothing but text.

A question is looked for and judged without them, so that no verdict depends on them. The words
stand in `instructions.toml`; what they miss is still only text, for nothing here follows orders.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources

from trustanswer.answering.cell.vocabulary import any_of, shown
from trustanswer.model import Flag, Question
from trustanswer.text import fold

_CLAUSE_END = re.compile(r"[,;:.!?\n]|$")
_WORD = re.compile(r"\w")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def plain(question: Question) -> Question:
    """The question without the instructions in it, in its section and in its lead-in."""
    return replace(
        question,
        text=without(question.text),
        section=question.section and without(question.section),
        parent=question.parent and without(question.parent),
    )


def flags(question: Question) -> tuple[Flag, ...]:
    """A flag for each instruction found in what belongs to a question."""
    texts = (question.text, question.section or "", question.parent or "")
    found = dict.fromkeys(fold(text[start:end]) for text in texts for start, end in _places(text))
    return tuple(Flag("instructions", f"only text, not followed: “{shown(o)}”") for o in found)


def asks_nothing(question: Question) -> bool:
    """Whether a text only instructs."""
    return not _WORD.search(_left(question.text)) and bool(_WORD.search(question.text))


def without(text: str) -> str:
    """The text without the clauses that instruct; the text itself where nothing else is in it."""
    left = _left(text)
    return left if _WORD.search(left) else text


def _left(text: str) -> str:
    pieces, done = [], 0
    for start, end in _places(text):
        pieces.append(text[done:start])
        done = end
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[tuple[int, int], ...]:
    """Where the clauses stand that instruct, in order, apart from one another."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[int, int]]:
    for sentence in _SENTENCE.finditer(text):
        done = sentence.start()
        for match in _pattern().finditer(sentence[0]):
            start = sentence.start() + match.start()
            if start < done or (match["order"] and _is_guidance(sentence[0])):
                continue
            if match["spoken"] and sentence[0].rstrip().endswith("?"):
                continue
            end = _CLAUSE_END.search(text, sentence.start() + match.end())
            within = end is not None and not match["program"]
            done = min(end.end(), sentence.end()) if end and within else sentence.end()
            yield start, done


def _is_guidance(sentence: str) -> bool:
    return len(set(_answers().findall(sentence.lower()))) > 1 or bool(_guidance().search(sentence))


@cache
def _words() -> dict[str, list[str]]:
    file = resources.files("trustanswer.answering.cell").joinpath("instructions.toml")
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    w = {name: any_of(words) for name, words in _words().items()}
    few = r"(?:[^\w.!?]+\w+){0,5}?[^\w.!?]+"
    after = r"""(?=["'”’)]*\s*(?:$|[.,;:!?)]|(?:to|for|in|here|on|below)\b))"""
    return re.compile(
        rf"\b{w['set_aside']}\b{few}{w['said']}\b"
        rf"|(?P<spoken>(?:(?:^|[,;:–—-])\s*|\b{w['before_order']}\s+){w['to_a_program']}\b)"
        r"|(?P<program>(?:^|[,;:])\s*"
        r"(?:dear|hey|hello|attention|note (?:to|for)|message (?:to|for))\s+"
        rf"(?:the\s+|all\s+|any\s+)?{w['programs']}s?\b"
        rf"|\b(?:as|you are|you're)\s+(?:now\s+)?(?:an?|the)\s+(?:{w['programs']}|ai|llm)\b"
        r"(?=\s*[,:.!]|\s+(?:you|that|and)\b)"
        rf"|(?:^|[,;])\s*{w['programs']}\s*[:!])"
        rf"|(?P<order>(?:(?:^|[,;:])\s*|\b{w['before_order']}\s+){w['order']}\b"
        rf"(?:[^\w.!?]+\w+){{0,3}}?[^\w.!?]+{w['answers']}{after})",
        re.IGNORECASE,
    )


@cache
def _answers() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(_words()['answers'])}(?!\w)", re.IGNORECASE)


@cache
def _guidance() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(_words()['guidance'])}\b", re.IGNORECASE)
