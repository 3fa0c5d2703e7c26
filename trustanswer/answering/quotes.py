"""Verbatim quotes: the spans of a statement that its chosen sentences make."""

from __future__ import annotations

from collections.abc import Sequence

from trustanswer.answering.exchange import is_answer
from trustanswer.answering.rows import head_of
from trustanswer.text import BLOCK_MARK, sentences

Span = tuple[int, int]


def spans(text: str, kept: Sequence[bool]) -> tuple[str, ...]:
    """Spans of folded text that hold the kept ones of its sentences, in order.

    Sentences that follow one another make one span. An item of a list is quoted from the sentence
    that introduces the list: "firewalls" alone says nothing of who is responsible for them. A row
    of a table is quoted with the one that names its columns.
    """
    places = _places(text)
    made: list[Span] = []
    for at, keep in enumerate(_with_heads(text, places, _with_answers(text, places, kept))):
        if keep:
            start, end = places[_introduction(text, places, at)][0], places[at][1]
            if made and (start <= made[-1][1] or _joins(text, made[-1], places[at])):
                made[-1] = (made[-1][0], end)
            else:
                made.append((start, end))
    return tuple(text[start:end] for start, end in made)


def _with_answers(text: str, places: Sequence[Span], kept: Sequence[bool]) -> list[bool]:
    """A question is quoted with its answer, and a plain answer with its question."""
    whole = list(kept)
    for at in range(1, len(places)):
        if _answers(text, places[at - 1], places[at]) and (whole[at - 1] or whole[at]):
            whole[at - 1] = whole[at] = True
    return whole


def _with_heads(text: str, places: Sequence[Span], kept: Sequence[bool]) -> list[bool]:
    found = [text[slice(*place)] for place in places]
    heads = {head_of(found, at) for at, keep in enumerate(kept) if keep}
    return [keep or at in heads for at, keep in enumerate(kept)]


def _joins(text: str, before: Span, after: Span) -> bool:
    gap = text[before[1] : after[0]]
    return gap == " " or (BLOCK_MARK in gap and _answers(text, before, after))


def _answers(text: str, before: Span, after: Span) -> bool:
    return is_answer(text[slice(*before)], text[slice(*after)])


def _places(text: str) -> list[Span]:
    places, at = [], 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        places.append((start, at))
    return places


def _introduction(text: str, places: Sequence[Span], at: int) -> int:
    """The sentence ending in a colon that the list item at `at` stands under, else `at` itself."""
    first = at
    while first and BLOCK_MARK in text[places[first - 1][1] : places[first][0]]:
        first -= 1
        if text[: places[first][1]].endswith(":"):
            return first
    return at
