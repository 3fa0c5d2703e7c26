"""How a question is put: what kind of answer it wants, and which way a plain "yes" would point.

Everything here reads the words of the question alone; no knowledge base is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from trustanswer.answering.polarity import asserts_absence


class Wording(StrEnum):
    """The kind of answer a question wants."""

    YESNO = "yesno"  # "Is data encrypted?"
    OPEN = "open"  # "How is data encrypted?", "Provide the list of ..."
    CONFIRM = "confirm"  # "All laptops are encrypted.", "The vendor shall ..."
    TERSE = "terse"  # "MFA?", "Laptops encrypted?"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the wording of a question says of the answer it wants.

    `negated`: the question asserts an absence ("Passwords are not stored in clear."), so that
    evidence which denies the thing means Yes. `undesirable`: Yes would admit a weakness
    ("Are generic accounts used?"); this does not turn the verdict, it tells a reviewer.
    `rest`: what a yes/no question wants told besides ("..., and how often?"), or "".
    """

    wording: Wording
    negated: bool = False
    undesirable: bool = False
    rest: str = ""

    @property
    def also_open(self) -> bool:
        """Whether it is a yes/no question with an open rest ("If so, explain ...")."""
        return bool(self.rest)


_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|must|may|might"
    r"|isn[’']?t|aren[’']?t|don[’']?t|doesn[’']?t|hasn[’']?t|haven[’']?t|won[’']?t|can[’']?t|"
    r"cannot)"
)
_LEAD = (
    r"(?:(?:if (?:so|yes|not|applicable|any)|please|pls|kindly|also|and|in addition|"
    r"further(?:more)?|"
    r"additionally|confirm|finally)\W+)*"
)
# "1.2", "b)", "IAM-02", but not "AES-256" or "SOC-2": what stands there is a name of its own.
# The lexicon cannot tell which: it has no numbers for half of them (RSA-2048, DH-14), and it knows
# "C5" and "R2", while lists number their questions C-5 and R-2.
_NAMED_BY_NUMBER = r"(?:aes|sha|rsa|iso|soc|tls|ssl|pci|fips|nist|cis|dh|ecc?|md|ssae|isae|wpa)"
_MARKS = (
    r"(?:(?:\(?(?:\d{1,3}[a-z]?|[a-z]{1,2}\d{0,2})(?:\.\d+)*[.)]|\(?[ivx]+[.)]|"
    rf"(?!{_NAMED_BY_NUMBER}\b)[a-z]{{1,4}}[-.]\d[\d.]*)\s+)*"
)
_MARKER = re.compile(rf"^\W*{_MARKS}", re.I)
_MARKER_ALONE = re.compile(rf"^[^\w(\[]*{_MARKS}", re.I)
_INTERROGATIVE = (
    r"(?:how|what|which|who|whom|whose|where|when|why|at what|in what|in which|on what|to what|"
    r"by what"
    r"|for how|to whom|under what|by whom|from where|with what|since when|within what|what's"
    r"|(?:by|with|from|through|under|on|between|after|within|since|for|of|into|to|at|in|against|"
    r"via|"
    r"until|over|during) (?:which|what|whom|whose|how (?:many|much|long|often)))\b"
)
_IMPERATIVE = (
    r"(?:describe|explain|provide|list|specify|state|detail|give|outline|summari[sz]e|indicate|"
    r"identify|"
    r"name|enumerate|elaborate|attach|enclose|share|supply|set out|walk us|tell us|let us know|"
    r"define|"
    r"include|submit|upload|clarify|show|send|enter|note|quote)\b"
)
_WHETHER = re.compile(
    r"^(?:please\W+)?(?:(?:state|indicate|specify|note|clarify|tell us|let us know|"
    r"describe)\W+(?:whether|if)"
    r"|show that|provide (?:confirmation|assurance) that)\b",
    re.I,
)
_OPEN_START = re.compile(rf"^{_LEAD}(?:{_INTERROGATIVE}|{_IMPERATIVE})", re.I)
_YESNO_START = re.compile(rf"^{_LEAD}{_AUXILIARY}\b", re.I)
_CONDITION = re.compile(
    r"^(?:if|where(?! (?:is|are|do|does|can|may|will)\b)|when(?! (?:is|are|do|does|was|will)\b)|"
    r"for|in(?! what)|on"
    r"|upon|under|with|at|by|prior to|before|after|given|regarding|as|during)\b[^,?]*,\s*",
    re.I,
)
_CONFIRM_START = re.compile(r"^(?:please\s+|pls\s+)?(?:confirm|certify|verify|attest)\b", re.I)
_CLAIM_START = re.compile(
    r"^(?:it|they|we|its|our|their|the (?:vendor|supplier|provider))\s[^?]*$", re.I
)
_OPEN_INSIDE = re.compile(
    rf"(?:[.?;,:(/–—-]|\band\b|\bif so\b)\s*(?:if (?:so|yes|"
    rf"applicable)\W+)?(?:please\s+)?(?:{_INTERROGATIVE}|(?:describe|explain|specify|state|"
    rf"detail|provide|list|give|indicate)\b)",
    re.I,
)
_VERB = re.compile(
    rf"\b(?:{_AUXILIARY}|be|been|being|not|never|holds?|uses?|gets?|stays?|runs?|kept|signed|"
    rf"\w{{3,}}(?:ed|es))\b",
    re.I,
)
_TERSE_OPEN = re.compile(
    r"(?:^|[:,;?(/–—-]\s*)(?:how|which|where|who|what|why|by whom)\b|\b(?:min\w* \w+ version|"
    r"algo(?:rithm)?|version|name|url|link|"
    r"number|date|period|frequency|location|region|contact details?|key size)\b\W*\?\W*$|"
    r"\((?:link|url|days|hours|"
    r"algo[^)]*|names?|list|if any)\)",
    re.I,
)
_UNDESIRABLE = re.compile(
    r"\b(?:shared|generic|default)\b.{0,40}\b(?:accounts?|creds?|credentials?|log-?ins?|"
    r"passwords?|ids?)\b"
    r"|\b(?:do|does|will|would|are|is)\b.{0,40}\b(?:sell|sold|share[sd]?|disclose[sd]?|"
    r"rent)\b.{0,60}\b(?:data|information)\b"
    r"|\b(?:suffered|experienced|subject to|been)\b.{0,40}\b(?:breach|incident|litigation|fine|"
    r"sanction|bankrupt)"
    r"|\b(?:prod(?:uction)?|live|real|customer|client)\s+(?:data|records)\b.{0,40}\b(?:in|"
    r"for)\s+(?:test|dev|staging|non-prod)"
    r"|\b(?:data|information)\b.{0,30}\bused to train\b|\bstill on\b|\bclear ?text\b|"
    r"\bplain ?text\b",
    re.I,
)


def strip_marker(question: str) -> str:
    """The question without a list marker such as "(a)", "iv)" or "3.2."."""
    return _MARKER.sub("", question.strip(), count=1) or question.strip()


def strip_marker_alone(question: str) -> str:
    """The same, with a bracket that is no marker left whole: "[Gold plan] Is ...?"."""
    return _MARKER_ALONE.sub("", question.strip(), count=1) or question.strip()


def _wording(text: str) -> Wording:
    bare = _CONDITION.sub("", text, count=1)
    if _CONFIRM_START.match(text):
        return Wording.CONFIRM
    if _YESNO_START.match(bare) or _YESNO_START.match(text):
        return Wording.YESNO
    if _OPEN_START.match(bare) or _OPEN_START.match(text):
        return Wording.YESNO if _WHETHER.match(bare) else Wording.OPEN
    if _TERSE_OPEN.search(text):
        return Wording.OPEN
    if _CLAIM_START.match(text):
        return Wording.CONFIRM
    if not _VERB.search(text):
        return Wording.TERSE
    return (
        Wording.TERSE if text.rstrip().endswith("?") and len(text.split()) < 5 else Wording.CONFIRM
    )


@lru_cache(maxsize=4096)
def asked(question: str) -> Asked:
    """How the question is put. The text may carry a list marker; white space does not matter."""
    text = re.sub(r"\s+", " ", strip_marker(question))
    wording = _wording(text)
    inside = None if wording is Wording.OPEN else _OPEN_INSIDE.search(text)
    rest = text[inside.start() :] if inside else ""
    return Asked(wording, asserts_absence(text), bool(_UNDESIRABLE.search(text)), rest)


def kind_of(question: str) -> Wording:
    """The kind of answer the question wants: "yesno", "open", "confirm" or "terse"."""
    return asked(question).wording
