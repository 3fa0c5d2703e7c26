"""A question cut into the parts that each need their own evidence.

"Is a plan documented, and is it tested at least annually, with customers taking part?" asks three
things: the plan (the core), the tests (a further clause) and the customers' part (a modifier).
Evidence for the core alone answers it in part; evidence for the rest alone does not answer it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

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
    (Role.FOLLOW_UP, r"(?<=[.?;])\s+(?:if (?:so|yes|applicable|not|no)\b|please (?:describe|"
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


def parts(question: str, parent: str | None = None) -> tuple[Part, ...]:
    """The parts of a question in order: its core first, then what it adds, its lead-in last.

    Every word of the question stands in one of them, but for what only joins them.
    """
    lead_in = (Part(parent, Role.LEAD_IN),) if parent else ()
    return (*_own_parts(question), *lead_in)


def _own_parts(question: str) -> tuple[Part, ...]:
    text = re.sub(r"\s+", " ", _CONFIRM.sub("", strip_marker(question)))
    cuts = _cut_places(text)
    found: list[Part] = []
    for (start, role), (end, _) in zip(cuts, [*cuts[1:], (len(text), Role.CORE)], strict=True):
        piece = text[start:end].strip(_EDGES)
        if len(re.findall(r"\w+", piece)) >= (1 if role is not Role.CORE else 0) and piece:
            found.append(Part(piece, role if found else Role.CORE))
    return tuple(_merged(found)) or (Part(text, Role.CORE),)


def _cut_places(text: str) -> list[tuple[int, Role]]:
    """Where each part begins, with its role; an example ends where its pattern does."""
    places: dict[int, Role] = {0: Role.CORE}
    for role, pattern in _CUT:
        for match in pattern.finditer(text):
            if role is Role.EXAMPLE:
                places.setdefault(match.start(), role)
                places.setdefault(match.end(), Role.MODIFIER)
            elif role is Role.FOLLOW_UP:
                places.setdefault(match.start(), role)
            else:
                places.setdefault(match.end(), role)
    return sorted(places.items())


def _merged(found: list[Part]) -> list[Part]:
    """A core that names nothing yet ("Leavers:", "Is the supplier") takes in the next part."""
    while len(found) >= 2 and found[1].role is not Role.EXAMPLE and not _names_something(found[0]):
        found = [Part(f"{found[0].text} {found[1].text}", Role.CORE), *found[2:]]
    return found


def _names_something(part: Part) -> bool:
    weighty = {lexicon.Weight.SUBJECT, lexicon.Weight.NAMED}
    return len(part.text.split()) > 2 and any(t.weight in weighty for t in lexicon.terms(part.text))
