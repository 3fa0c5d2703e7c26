"""Requests to whoever fills in the form: "If yes, please describe.", "Attach evidence."

A request is known by what it is made of: a word that asks for something, and besides it only words
that name nothing. "If yes, describe the token." names a thing, and is part of the question.
"""

from __future__ import annotations

import re
from functools import cache

from trustanswer.answering.cell.vocabulary import WORD, all_of, one_of
from trustanswer.text import BRACKETS

# What is asked for if the answer is no is no part of what is asked.
_IF_NOT = re.compile(
    r"^\W*(?:if|where)\W+(?:(?:the\s+)?(?:answer|response)\s+(?:is|was)\s+|you\s+answer(?:ed)?\s+|"
    r"answered\s+)?\W*(?:no|n|not|non-?compliant|n/?a|not applicable|partial(?:ly)?)\b",
    re.I,
)
_TO_BE_SENT = re.compile(
    r"^\W*(?:[\w’']+\W+){1,6}(?:to|must|should|shall)\s+be\s+(?:appended|supplied|enclosed|attached|"
    r"provided|uploaded|submitted|furnished|produced|included)\b(?:\W+[\w’']+){0,6}\W*$",
    re.I,
)
# What every request at the end of a sentence has: a quick look before a long one.
_ASKING = re.compile(r"\b(?:please|pls|kindly|if|where|when|as|in case|should)\b", re.I)
_CONDITION = (
    r"(?:(?:if|where|when|as|in\s+case|should)\W+"
    r"(?:(?:the\s+)?(?:answer|response)\s+(?:is|was)\s+|"
    r"you\s+(?:have\s+)?answer(?:ed)?\s+|answer(?:ed)?\s+)?\W*(?:so|yes|no|not|any|applicable|"
    r"available|possible|relevant|appropriate|needed|necessary|required|compliant|true|"
    r"n\.?/?a\b)\.?\W*)"
)
# "Partial fulfilment must be explained in the column “Remarks”."
_IN_A_COLUMN = re.compile(
    r"\b(?:to|must|should|shall|can|may) be (?:explained|justified|stated|given|described|entered|"
    r"made|noted|added|specified)\b[^?]*\b(?:column|cell|field|remarks|comments|below)\b[^?]*$",
    re.I,
)
# To attach something is nothing that a quote could do, whatever it is.
_SEND = re.compile(
    rf"^\W*(?:{_CONDITION})?(?:(?:please|pls|kindly)\W+)?"
    r"(?:upload|attach|enclose|append|cite|link)\b[^?]*$",
    re.I,
)
_POLITE = (
    r"(?:(?:please|pls|plz|kindly|and|also|then|briefly|further|you\s+(?:must|should|may))\W+)*"
)


def is_request(text: str) -> bool:
    """Whether a text is a request that names nothing."""
    return bool(_request().match(text))


def is_for_the_reader(sentence: str) -> bool:
    """Whether a sentence that follows a question only tells what to do with the form."""
    plain = BRACKETS.sub(" ", sentence)
    patterns = (_TO_BE_SENT, _IN_A_COLUMN, _IF_NOT, _SEND)
    if is_request(plain) or any(pattern.search(plain) for pattern in patterns):
        return True
    empty = all_of(plain, "of_no_weight", "asks", "answers", "choose", "grades")
    return empty and not plain.rstrip(" \"'”’)").endswith("?")


def without_request(sentence: str) -> tuple[str, str]:
    """A sentence without the request at its end, and the request ("" where there is none)."""
    tail = _tail().search(sentence) if _ASKING.search(sentence) else None
    if tail is None or not WORD.search(sentence[: tail.start()]):
        return sentence, ""
    kept = sentence[: tail.start()].rstrip(" ,;–—-")
    ended = kept if kept.endswith(("?", ".", "!")) else kept + ("?" if "?" in tail[0] else "")
    return ended, tail[0].strip(" ,;–—-")


@cache
def _words() -> str:
    return (
        rf"(?:{_CONDITION})?{_POLITE}{one_of('asks')}\b"
        rf"(?:\W+(?:{one_of('of_no_weight', 'asks')}\b|\d[\d.,]*))*"
    )


@cache
def _request() -> re.Pattern[str]:
    return re.compile(rf"^\W*{_words()}\W*$", re.I)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s*[;,–—-]|\s+and|\s+-|(?<=\?))\s*(?:and\s+)?"
        rf"(?:(?:{_CONDITION})|(?:please|pls|kindly)\W+)+{_words()}\W*$",
        re.I,
    )
