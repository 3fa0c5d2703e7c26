"""What is amiss with a statement by itself: its date, its links, words that promise nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from trustanswer.knowledge.freshness import due, is_stale
from trustanswer.model import Check, Finding, Statement
from trustanswer.text import sentences


def lint(statements: Iterable[Statement], today: date, months: int) -> tuple[Finding, ...]:
    """The findings, in the order of the statements. `months`: the review cycle."""
    return tuple(
        finding
        for statement in statements
        for finding in (
            *_dated(statement, today, months),
            *_linked(statement),
            *_vague(statement),
        )
    )


def _dated(statement: Statement, today: date, months: int) -> Iterator[Finding]:
    if statement.updated is None:
        yield Finding(Check.UNDATED, statement, "no date")
    elif is_stale(statement, today, months):
        since = due(statement.updated, months)
        yield Finding(Check.STALE, statement, f"{statement.updated}, due since {since}")


# What is left of a link in the text when the reader could make none of it.
_LINKS = (
    (re.compile(r"\[[^\][]*\]\((?![^()]*\))\S*"), "the bracket of the address is not closed"),
    (re.compile(r"\[[^\][]*\]\(\s*\)"), "the link has no address"),
    (re.compile(r"\[[^\][]+\] \((?:https?://|/|www\.)[^)]*\)"), "a space between ] and ("),
    (re.compile(r"\[[^\][]+\]\([^()]*\s[^()\"']*\)"), "a space in the address"),
    (re.compile(r"(?<!\])\([^()]+\)\[(?:https?://|/)[^\]]*\]"), "brackets the wrong way round"),
    (re.compile(r"\[[^\][]+\]\[[^\][]+\]"), "the address it refers to is not in the file"),
    (
        re.compile(r"\bhttps?:?(?:/(?!/)|//(?=[\s/]))\S*|\bhttps?//\S+|\bhtt?ps?:/\s\S*"),
        "no address",
    ),
    (re.compile(r"<a\b[^>]*(?:>|$)|</a>"), "an HTML link that is not closed"),
)


def _linked(statement: Statement) -> Iterator[Finding]:
    for pattern, detail in _LINKS:
        for match in pattern.finditer(statement.text):
            yield Finding(Check.LINK, statement, detail, match.group())


# Words that sound like a promise, and what a customer would have to be told instead.
_VAGUE = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), instead)
    for words, instead in (
        (
            r"regular(?:ly)?|periodic(?:ally)?|frequent(?:ly)?|routine(?:ly)?|from time to time|"
            r"on a regular basis|occasional(?:ly)?",
            "say how often",
        ),
        (
            r"in a timely (?:manner|fashion)|timely|promptly|as soon as (?:practicable|possible)|"
            r"without delay|swiftly|expeditiously",
            "say within what time",
        ),
        (
            r"industry[- ](?:standard|leading|best|accepted|grade)(?: \w+)?|best practices?|"
            r"best[- ]in[- ]class|state[- ]of[- ]the[- ]art|world[- ]class|cutting[- ]edge|"
            r"(?:military|bank|enterprise)[- ](?:grade|level)",
            "name the standard or the measure",
        ),
        (
            r"(?:reasonable|appropriate|adequate|suitable|sufficient|commensurate) "
            r"(?:\w+ (?:and \w+ )?)?(?:measures?|controls?|steps|efforts|safeguards?|security|"
            r"precautions|protections?)|commercially reasonable|robust (?:security|controls?|"
            r"measures?|processes)",
            "say which ones",
        ),
        (
            r"(?:where|when|if|as|wherever|whenever) (?:appropriate|possible|feasible|needed|"
            r"practical|practicable|applicable|required|necessary)",
            "say when",
        ),
        (
            r"strives?|endeavou?rs?|aims? to|seeks? to|makes? every effort|tr(?:y|ies) to",
            "say what is done",
        ),
    )
)  # fmt: skip
_FIRM = re.compile(
    r"\d|\b(?:daily|weekly|monthly|quarter(?:ly)?|annual(?:ly)?|yearly|every|each|once|twice)\b",
    re.I,
)


def _vague(statement: Statement) -> Iterator[Finding]:
    """A sentence that also gives a number or an interval is held to that."""
    for sentence in sentences(statement.text):
        if _FIRM.search(sentence):
            continue
        for pattern, instead in _VAGUE:
            if match := pattern.search(sentence):
                yield Finding(Check.VAGUE, statement, f"“{match.group()}”: {instead}", sentence)
                break
