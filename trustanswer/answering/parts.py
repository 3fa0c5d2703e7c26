"""A question cut into the parts that each need their own evidence.

"Is a plan documented, and is it tested at least annually, with customers taking part?" asks three
things: the plan (the core), the tests (a further clause) and the customers' part (a modifier).
Evidence for the core alone answers it in part; evidence for the rest alone does not answer it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.wording import strip_marker


class Role(StrEnum):
    CORE = "core"  # what the question is about
    CLAUSE = "clause"  # a further thing asked of the same subject
    MODIFIER = "modifier"  # a condition on the part before it
    EXAMPLE = "example"  # "e.g. bcrypt", "such as ...": one of many ways, not required
    LEAD_IN = "lead-in"  # the line above the row, which its question leans on
    FOLLOW_UP = "follow-up"  # "If so, explain how ..."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: its text, verbatim, and what it is to the whole."""

    text: str
    role: Role


_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|will|must|may|should|be)"
_CUTS = (
    (Role.EXAMPLE, r"\(\s*(?:e\.?g\.?|for example|such as|like|i\.?e\.?|etc)[^)]*\)|"
        r",?\s*\b(?:e\.g\.|for example|for instance|such as)[^,.;?]*"),
    (Role.FOLLOW_UP, r"(?<=[.?;])\s+(?=if (?:so|yes|applicable|not|no)\b|please (?:describe|"
        r"explain|provide|specify|state|list|attach|indicate))"),
    (Role.CLAUSE, r"(?<!incl\.)(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!art\.)(?<!no\.)"
        r"(?<=[.?;])\s+(?=\S)|"
        r",?\s*\(?\b(?:i{1,3}|iv|v|[a-h])\)\s*|\s*&\s*(?=\w+ed\b)"),
    (Role.CLAUSE, rf",?\s+and\s+(?:also\s+)?(?={_AUX}\b)|"
        rf",\s+and\s+(?=(?:\w+\s+){{1,5}}?{_AUX}\b)|"
        rf",\s+and\s+(?=(?:both\s+)?\w+ed\b(?!\s+(?:data|information)))"),
    (Role.MODIFIER, r",?\s+(?=(?:in (?:accordance|conformance|line|compliance|keeping) with|"
        r"with the (?:participation|involvement|help)|"
                    r"by (?:a|an|the) (?:method|process|board|full)|including\b|incl\.|using\b|"
                    r"within\b|inside \d|no later than|not later than|"
                    r"at least (?:once|every|\w+ly|\d)|no less (?:often|frequently)|on at least|"
                    r"prior to\b|before\b|after each|upon\b|"
                    r"subject to\b|supported by|under a (?:written|documented)|on the basis of|"
                    r"concluding with|aligned (?:to|with)|"
                    r"for a (?:minimum|period)|for at least|without\b))"),
    (Role.MODIFIER, r",\s+(?=(?:with|by|under|from|for|through|on|in|and (?:again|after|before|"
        r"with|by)|even|both|regardless)\b)|\s+[-–—]\s+|\s*\((?!\s*(?:s\)|e\.g))(?=[^)]{3,}\))"),
)  # fmt: skip
_CUT = tuple((role, re.compile(pattern, re.I)) for role, pattern in _CUTS)
_EDGES = " ,;:()?"
_CONFIRM = re.compile(
    r"^(?:please\s+|pls\s+)?(?:confirm|certify|attest)(?:\s+that|\s*[:,-])?\s+", re.I
)


@lru_cache(maxsize=4096)
def parts(question: str, parent: str | None = None) -> tuple[Part, ...]:
    """The parts of a question in order: its core first, then what it adds, its lead-in last.

    Every word of the question stands in one of them, but for what only joins them.
    """
    lead_in = (Part(parent, Role.LEAD_IN),) if parent else ()
    return (*_own_parts(question), *lead_in)


def _own_parts(question: str) -> tuple[Part, ...]:
    text = re.sub(r"\s+", " ", _CONFIRM.sub("", strip_marker(question)))
    found = [Part(text[start:end].strip(_EDGES), role) for start, end, role in _merged(text)]
    return tuple(part for part in found if part.text) or (Part(text, Role.CORE),)


Span = tuple[int, int, Role]


def _merged(text: str) -> list[Span]:
    """The spans of the parts; a core that names nothing yet ("Leavers:", "Is the supplier")
    takes in the next one."""
    spans = _spans(text)
    while len(spans) >= 2 and spans[1][2] is not Role.EXAMPLE:
        if _names_something(text[spans[0][0] : spans[0][1]]):
            break
        spans = [(spans[0][0], spans[1][1], Role.CORE), *spans[2:]]
    return spans


def _spans(text: str) -> list[Span]:
    """Where each part begins and ends, without the words that join it to the one before."""
    cuts = sorted(_cuts(text).items())
    ends = [start for start, _ in cuts] + [len(text)]
    begins = [(0, Role.CORE), *(cut for _, cut in cuts)]
    spans = [(begin, end, role) for (begin, role), end in zip(begins, ends, strict=True)]
    told = [s for s in spans if text[s[0] : s[1]].strip(_EDGES)] or [(0, len(text), Role.CORE)]
    return [(*told[0][:2], Role.CORE), *told[1:]]


def _cuts(text: str) -> dict[int, tuple[int, Role]]:
    """By where the part before ends: where the next one begins, and its role."""
    cuts: dict[int, tuple[int, Role]] = {}
    for role, pattern in _CUT:
        for match in pattern.finditer(text):
            if any(start <= match.start() < begin for start, (begin, _) in cuts.items()):
                continue
            if role is Role.EXAMPLE:
                cuts[match.start()] = (match.start(), role)
                cuts[match.end()] = (match.end(), Role.MODIFIER)
            else:
                cuts.setdefault(match.start(), (match.end(), role))
    return cuts


def _names_something(text: str) -> bool:
    return len(text.split()) > 2 and any(term.tells for term in lexicon.terms(text))
