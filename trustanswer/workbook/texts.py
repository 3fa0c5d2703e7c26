"""How a text reads: whether it asks or demands, names a number, marks a child, or only explains."""

from __future__ import annotations

import re
from functools import lru_cache

from trustanswer.workbook.vocabulary import fold, holds, starts, words

_IDENTIFIER = re.compile(
    r"^(?:[a-z&]{1,8}[\s._:-]{0,2})?\d{1,4}(?:[\s._:-]{1,2}[a-z0-9]{1,4})*[a-z]?\)?\.?$"
    r"|^[a-z&]{1,6}(?:[._-][a-z&]{1,6}){1,3}(?:[._-]?\d{1,4}[a-z]?)*$|^[a-z]\d{1,4}$|^[ivx]{1,5}[.)]?$"
    r"|^[a-z][.)]?$"
)
# "(a)", "a)", "i.", "1)" and bullets, before a text.
_CHILD = re.compile(
    r"^\s*(?:\(?(?:[a-z]|[ivx]{1,4})\)\s+|\(?\d{1,2}\)\s+|[a-z]\.\s+|[-–—•·▪○]\s+)", re.I
)
_LEAD = re.compile(r"(?:[:：]|\s[-–—]|\.\.\.|…)\s*\**\s*$")
_CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]+\.\w|\bthanks?\b|\bthank you\b|\bmerci\b|\bdanke\b|\bgracias\b|©"
)
_POINTER = re.compile(r"^\s*(?:\^+|<+|-->|->|←|↑|\*{2,}|>>)")
_OPENING, _CLOSING = "[<{=~*#-", "]>}=~*#-"
_FOOTNOTE = re.compile(r"^\s*\* ?(?=\w)")
_QUESTION = re.compile(r"\?\s*[\"'”’)*]*(?:\s*\([^()]*\)\s*)?(?:\s|$)")
_NUMBERING = re.compile(
    r"^\s*(?:[a-z]{0,8}[-. ]?)?\d+(?:[.\-]\d+)*[.):]?\s+|^\s*\(?[a-z0-9]{1,3}\)\s*", re.I
)


@lru_cache(maxsize=16384)
def asks(text: str) -> float:
    """How surely a text asks for something: 1 a question, less a request or a requirement."""
    bare = _NUMBERING.sub("", text)
    if _QUESTION.search(text) or "¿" in text:
        return 1.0
    count = len(words(bare))
    if starts("questions", "interrogative", bare) and count >= 4:
        return 0.8
    if starts("questions", "imperative", bare) and count >= 3:
        return 0.7
    if count >= 5 and holds("questions", "modal", bare):
        return 0.7
    return 0.3 if count >= 8 else 0.0


def is_identifier(text: str) -> bool:
    """ "1.02", "AIS-01.1", "(b)", "Q7": at most two short words with a number or a letter."""
    folded = fold(text)
    return len(folded) <= 24 and bool(_IDENTIFIER.match(folded))


def is_child(text: str) -> bool:
    """One of several rows under a lead-in: lettered, or a bullet."""
    return bool(_CHILD.match(text))


def is_first_child(text: str) -> bool:
    """A child that begins its list: (a), i., 1), or a bullet."""
    mark = _CHILD.match(text)
    return mark is not None and mark[0].strip().strip("().").casefold() in (
        "a",
        "i",
        "1",
        *"-–—•·▪○*",
    )


def is_follow_up(text: str) -> bool:
    """ "If so, ..." after another row."""
    return starts("rows", "follow_up", text)


def is_lead(text: str) -> bool:
    """Ends as if something followed: with a colon, a dash, an ellipsis."""
    return bool(_LEAD.search(text.rstrip()))


def is_note(text: str) -> bool:
    """Explains, points or thanks; asks for nothing."""
    footnote = _FOOTNOTE.match(text) and asks(text) < 1.0
    told = footnote or _POINTER.match(text) or _CONTACT.search(fold(text))
    return bool(told or starts("rows", "note", text))


def is_sample(text: str) -> bool:
    """ "Example" or "Total": labels a row that only looks like the others."""
    return starts("rows", "sample", text) and len(words(text)) <= 2


def shouts(text: str) -> bool:
    """Set off as a heading is by its letters: capitals throughout, or all within brackets."""
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) >= 3 and all(c.isupper() for c in letters) and "?" not in text
    return capitals or _is_bracketed(text.strip())


def _is_bracketed(text: str) -> bool:
    """Between marks such as [ ], == ==, and no brackets further in."""
    if len(text) < 3 or text[0] not in _OPENING or text[-1] not in _CLOSING:
        return False
    inner = text[1:-1].lstrip(_OPENING).rstrip(_CLOSING)
    return not set(inner) & {"[", "]"} and bool(inner or set(text) - {"[", "]"})
