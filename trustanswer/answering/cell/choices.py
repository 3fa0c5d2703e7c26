"""The answers that a form offers beside a question: "(Y/N)", "☐ Yes ☐ No", "0 = no, 1 = part"."""

from __future__ import annotations

import re
from functools import cache

from trustanswer.answering.cell.vocabulary import one_of, words

_BLANK = re.compile(r"_{3,}")
# "Is it tested? Y/N, and how often that is done": what follows is for whoever fills in the form.
_ASKED_THEN = re.compile(
    r"(?<=\?)\W*\b(?:y\s?/\s?n|yes\s?/\s?no|ja\s?/\s?nein|oui\s?/\s?non)\b[^?]{0,120}$", re.I
)
_BETWEEN = re.compile(r"[/|+]")
_BOX = re.compile(r"[☐☑☒□■◻◼▢❏○◯]|\[\s?[xX]?\s?\]|\(\s{1,3}\)|__")
_SCALE = re.compile(
    r"[^\w?!.]*(?:\b(?:scale|score|scoring|rating)\b\W*)?\b0\s*[=:–—-]\s*[^\d=]{2,40}?[,;/|]?\s*"
    r"\b1\s*[=:–—-]\s*\w.*$",
    re.I | re.S,
)
_SPLIT = re.compile(r"\s*(?:[/|;+\\]|,(?=\s)|\bor\b)\s*")
_OPTION = 4  # words of an answer offered, at most


def without_choices(line: str) -> str:
    """The line without boxes, scales and lists of answers at its end; its question mark stays."""
    left = _ASKED_THEN.sub("", _BLANK.sub("__", line))
    left = _BOX.sub(" ", _boxed().sub(" ", left)) if _BOX.search(left) else left
    left = _SCALE.sub("", left) if "0" in left else left
    if not _BETWEEN.search(left):
        return left.rstrip()
    return _listed_last().sub(lambda m: "?" if "?" in m[0] else "", left).rstrip(" /")


def is_choice(inside: str) -> bool:
    """Whether what stands in brackets is a list of answers, one of them a plain one."""
    if _told().fullmatch(inside.strip()):
        return True
    offered = [
        re.sub(r"\W+$", "", one).strip().lower() for one in _SPLIT.split(inside) if one.strip()
    ]
    short = all(len(one.split()) <= _OPTION for one in offered)
    return len(offered) > 1 and short and any(one in words("plain_answers") for one in offered)


@cache
def _boxed() -> re.Pattern[str]:
    """A box and the answer beside it."""
    return re.compile(
        rf"(?:{_BOX.pattern})\s*{one_of('answers')}(?!\w)\W*?(?=\s|$|(?:{_BOX.pattern}))", re.I
    )


@cache
def _told() -> re.Pattern[str]:
    one = one_of("answers")
    return re.compile(
        rf"(?:{one_of('choose')}\b\W*)*{one}(?:\s*(?:[/,;|+\\]|\bor\b|\band\b)+\s*{one})*\W*", re.I
    )


@cache
def _listed_last() -> re.Pattern[str]:
    """Two answers or more at the end of a line, without brackets; what tells to choose before."""
    one = one_of("answers")
    return re.compile(
        rf"(?:(?<=[?.!:;,–—-])|\s)\W*(?:{one_of('choose', 'remarks', 'notes')}\b\W*)*"
        rf"(?:(?<=\W)|^){one}(?:\s*[/|+]+\s*{one})+\W*$",
        re.I,
    )
