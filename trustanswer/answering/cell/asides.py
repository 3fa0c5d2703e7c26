"""Brackets in a question that are no part of it: answers to choose, references, weights, what an
abbreviation stands for."""

from __future__ import annotations

import re

from trustanswer.answering import lexicon
from trustanswer.answering.cell.choices import is_choice
from trustanswer.answering.cell.requests import is_request
from trustanswer.answering.cell.standing import Standing
from trustanswer.answering.cell.vocabulary import one_of, words
from trustanswer.text import BRACKETS

_BRACKETS = re.compile(rf"\s*({BRACKETS.pattern})")
# "A.8.24", "PR.DS-1", "CC6.1", "Art. 32": a control by its number; not "TLS 1.2" or "AES-256".
CONTROL = (
    r"\b(?:[A-Z]{1,2}\.\d+(?:\.\d+)*|[A-Z]{2}\.[A-Z]{2}-\d+|[A-Z]{2,3}-\d{1,2}(?!\d)(?:\.\d+)?|"
    r"CC\d\.\d+|(?:Art(?:icle|\.)?|Annex|[Cc]lause|Req(?:uirement|\.)?|[Rr]ef\.?|[Cc]ontrols?|"
    r"Sec(?:tion|\.)?|TPRM|§)\s?[A-Z]?[\d.]+|(?:CFR|FFIEC|EBA|DORA|PRA|FCA|MAS|BaFin|MaRisk|NYDFS|"
    r"CCM|CAIQ|SIG|HECVAT|TISAX|CSF|USC)\b(?=.*\d))"
)
_CONTROL = re.compile(CONTROL)
_SEE = re.compile(r"(?:cf|see|ref|vgl)\b", re.I)
_NAME_OR_NUMBER = re.compile(
    r"(?:[A-Z\d§][\w./-]*|and|or|of|cf|see|vgl|internal|\([a-z\d]+\)|rev|ref|annex|clause|controls?|"
    r"art|article|section|para|paragraph|notice|/)[.:,;]?"
)
_SCORED = re.compile(
    r"^\W*(?:scored|score|weight(?:ing)?|max(?:imum)?|risk|severity|rating|owner|reviewer|"
    r"narrative|number|free text)\b(?:\W*[:;,.]|\W*\d|$)",
    re.I,
)
_LENGTH = re.compile(
    r"\W*(?:max(?:imum)?|min(?:imum)?|approx(?:imately)?|about|up to|no more than)?[.\s]*\d[\d.,]*"
    r"\s*(?:words?|characters?|chars?|pages?|lines?|sentences?)\W*(?:max(?:imum)?)?\W*",
    re.I,
)
_ITEM = re.compile(r"[a-z\d]{1,4}")
_JOINING = {"of", "and", "the", "for", "to", "in"}


def without_asides(line: str, form: Standing) -> str:
    """The line without brackets that hold no part of the question."""
    left = _BRACKETS.sub(lambda m: "" if stands(m[1], form) or _is_aside(m) else m[0], line)
    return re.sub(r"(?<=[?!])[.,;:]+", "", left)


def stands(segment: str, form: Standing) -> bool:
    """Whether a text stands in many cells, and names nothing that could be asked for."""
    return form.has(segment) and not says_anything(segment)


def says_anything(text: str) -> bool:
    """Whether the field has a word for something in it."""
    return any(lexicon.is_concept(term) and term.tells for term in lexicon.terms(text))


def _is_aside(match: re.Match[str]) -> bool:
    inside, square = match[1][1:-1].strip(), match[1][0] != "("
    before = match.string[: match.start()].strip()
    after = match.string[match.end() :].strip(" ?.")
    remark = re.match(rf"\W*{one_of('remarks')}\s*:", inside, re.I)
    told = _ITEM.fullmatch(inside) or (says_anything(inside) and not after.startswith(":"))
    at_the_start = not before and not told
    at_an_end = not (before and after) and _belongs_to_the_form(inside, before, square=square)
    return bool(
        is_choice(inside)
        or (" " in inside and is_request(inside))
        or _LENGTH.fullmatch(inside)
        or _SCORED.search(inside)
        or remark
        or at_the_start
        or at_an_end
        or _is_short_for(inside, before)
    )


def _belongs_to_the_form(inside: str, before: str, *, square: bool) -> bool:
    """Whether it is a grade, a reference, or a field, as stands before a question or behind it."""
    graded = inside.strip(" .").lower() in words("grades") and (square or not before)
    return graded or _is_reference(inside) or (square and ":" in inside)


def _is_reference(inside: str) -> bool:
    """Whether there are names and numbers of standards alone, among them that of a control."""
    pointed = _CONTROL.search(inside) or _SEE.match(inside)
    return bool(pointed) and all(map(_NAME_OR_NUMBER.fullmatch, inside.split()))


def _is_short_for(inside: str, before: str) -> bool:
    """Whether the one is the abbreviation of the other: "security operations center (SOC)"."""
    said = [word for word in re.split(r"[\s/-]+", before) if word[:1].isalpha()]
    letters = inside.removesuffix("s")
    if letters.isupper() and letters.isalpha():
        return _initials(said[-len(letters) - 2 :]).endswith(letters)
    last = said[-1].removesuffix("s") if said else ""
    written_out = _initials(re.split(r"[\s/-]+", inside))
    return len(last) > 1 and last.isupper() and written_out == last


def _initials(said: list[str]) -> str:
    return "".join(word[:1] for word in said if word.lower() not in _JOINING).upper()
