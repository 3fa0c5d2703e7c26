"""What stands before a question and is none of it: its number, a label, a heading."""

from __future__ import annotations

import re
from functools import cache

from trustanswer.answering import lexicon
from trustanswer.answering.cell.vocabulary import WORD, one_of
from trustanswer.answering.wording import strip_marker_alone

_HEADING = re.compile(r"^([^\W\d_][\w&/,’'() -]{2,48}?)\s*(?:[:|]\s+|\s[–—-]\s+)(?=\w)")
_HEADED = re.compile(
    r"^(?:please|kindly|pls|how|what|which|who|whom|where|when|why|under what|in what|by what|"
    r"for how|is|are|do|does|did|has|have|can|could|will|would|describe|explain|provide|list|"
    r"state|specify|indicate|we\s)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:\w+\W+){0,4}?(?:it|its|they|them|their|theirs|yours|this|that|these|those|one|such|"
    r"so)\b",
    re.I,
)
_WORDS = 4  # of a heading, at most
_WHOLE = 8  # words from which on a question is taken to say by itself what it is about


def begun(text: str) -> tuple[str, str]:
    """The text from where the question begins, and the heading before it ("" where there is none);
    the same text where nothing would be left."""
    text = text.lstrip(" :|–—•\"“'")
    while True:
        left = strip_marker_alone(_opening().sub("", text, count=1)).lstrip(" :|–—•*\"“'")
        if left == text or not WORD.search(left):
            return _headed(text)
        text = left


def says_by_itself(asked: str) -> bool:
    """Whether a question says what it is about, without what stands before it."""
    whole = len(asked.split()) >= _WHOLE and len(_weighty(asked)) > 1
    return whole and not _POINTS_BACK.match(asked)


def _headed(text: str) -> tuple[str, str]:
    found = _HEADING.match(text)
    if found is None or len(found[1].split()) > _WORDS:
        return _raised(text), ""
    asked = text[found.end() :]
    told = _weighty(found[1]) <= lexicon.stated(_weighty(asked))
    if not told or not _HEADED.match(asked) or _POINTS_BACK.match(asked):
        return _raised(text), ""
    return _raised(asked), found[1]


def _raised(text: str) -> str:
    """The text with a capital for its first word, if that is an ordinary one."""
    return text[:1].upper() + text[1:] if text.split(" ", 1)[0].islower() else text


def _weighty(text: str) -> frozenset[str]:
    return frozenset(key for term in lexicon.terms(text) if term.tells for key in term.keys)


# Names with a number of their own, which is no number of a row.
_NAMES = (
    r"(?:aes|sha|rsa|iso|soc|tls|ssl|pci|dss|fips|nist|cis|dh|ecc?|md|ssae|isae|wpa|wcag|gdpr|"
    r"cvss|saml|oauth|ipv|cmmc|csf|tier|level|type|part|art|rto|rpo|day|hour)"
)
# "A&A-01.1 ", "2.4 (b) ", "G 2. ", "8.1 - ", "A.3: "; a plain number or code needs its stop.
_NUMBER = (
    r"(?:annex|annexure|appendix|schedule|section|item|part|row|line|no|nr|clause|control|table)\.?\s*"
    r"[A-Z]?[-.]?\d[\w.()-]*\s*[:|–—-]\s+"
    rf"|(?!{_NAMES}\b)"
    r"(?=[\w&]{0,5}[\s.-]?[\d.]+[\s(]*[\w)]*\s?[.:)|–—-]|[\w&]{0,5}[\s.-]?\d*[.-]\d)"
    r"[A-Z&]{0,5}[\s.-]?\d{1,3}(?:[.-]\d+)*\.?(?:\s*\([a-z\d]{1,3}\))?\s*[:.)|–—-]?\s+"
    r"(?=[\[(\"“'•A-Z])|[Qq]\s?\d[\d.]*\s*[:.|–—-]?\s+|\#\s?\d[\d.]*\s*[:.|–—-]?\s+"
)


@cache
def _opening() -> re.Pattern[str]:
    label, grade = one_of("labels"), one_of("grades")
    return re.compile(
        # "Question 14: ", "Security requirement - ", "Please confirm: ", "Dear partner, "
        rf"^[^\w(\[#*]*(?:{label}\s*(?:no\.?|nr\.?|\#)?\s*[\d.]*\s*[:|–—-]\s+"
        r"|(?:please|pls|plz|kindly)\W+(?:confirm|advise|answer|respond|state)\s*[:–—-]\s*"
        r"|(?:dear\s[^,.!?]{2,40}|hello|hi|good (?:morning|day|afternoon))\s*[,!.]+\s*"
        # "[A.9.2.3] ", "(3b) ", "*NEW* ", "#REF! "
        r"|[\[(](?=[^\])]*\d)[A-Z\d][\w.\s-]{0,14}[\])]\s*[:|–—-]?\s*"
        rf"|\*\w+\*\s+|\#(?:REF|N/A|NAME)[!?]?\s+|{_NUMBER}"
        # "[Mandatory] ", "Weight 8/10: "
        rf"|[\[(]\s*{grade}\s*[\])]\s*[:–—-]?\s*|{grade}\s*[:–—]\s+"
        r"|weight(?:ing)?\W*[\d./%]+\s*[:–—-]?\s*)",
        re.I,
    )
