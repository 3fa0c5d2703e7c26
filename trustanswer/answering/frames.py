"""Statements to confirm, without the words that ask for it: "The vendor confirms that ..."."""

from __future__ import annotations

import re
from dataclasses import replace

from trustanswer.answering.wording import strip_marker
from trustanswer.model import Question

_WHO = (
    r"(?:the\s+)?(?:(?:service|cloud|software)\s+)?(?:vendor|supplier|provider|contractor|processor|"
    r"company|bidder|tenderer|respondent|applicant|organi[sz]ation|seller|licensor)|you|we"
)
_SAYS = (
    r"confirms?|warrants?|represents?|represents? and warrants?|declares?|states?|attests?|"
    r"certif(?:y|ies)|acknowledges?|agrees?|assures?|guarantees?"
)
_FRAME = re.compile(
    rf"^(?:(?:{_WHO})\s+(?:(?:hereby|further|also|shall|must|will)\s+)*(?:{_SAYS})\s+that\s+"
    rf"|(?:(?:can|could|would|will|do)\s+you\s+)?(?:please\s+|pls\s+)?"
    rf"(?:confirm|certify|attest|verify)\s+that\s+)(?=\w)",
    re.IGNORECASE,
)


def unframed(question: Question) -> Question:
    """The question as the statement that it asks to confirm; others as they are.

    What is to be confirmed is read as what is claimed: "The vendor confirms that accounts are not
    shared" is borne out by a statement that they are not.
    """
    asked = strip_marker(question.text)
    found = _FRAME.match(asked)
    if found is None:
        return question
    claim = asked[found.end() :].rstrip("? ")
    return replace(question, text=f"{claim[0].upper()}{claim[1:]}")
