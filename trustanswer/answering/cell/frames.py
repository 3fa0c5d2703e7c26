"""Questions without the words that only ask for an answer: "The vendor confirms that ...", "We
would like to understand how ...", "Please indicate whether ..."."""

from __future__ import annotations

import re
from dataclasses import replace

from trustanswer.answering.cell.vocabulary import one_of
from trustanswer.answering.wording import strip_marker_alone
from trustanswer.model import Question

_WHO = rf"(?:the\s+)?(?:{one_of('vendors', 'either')}|applicant)|you|we"
_SAYS = (
    r"confirms?|warrants?|represents?|represents? and warrants?|declares?|states?|attests?|"
    r"certif(?:y|ies)|acknowledges?|agrees?|assures?|guarantees?"
)
_POLITE = r"(?:(?:(?:can|could|would|will)\s+you|please|pls|kindly|be\s+so\s+kind\s+as\s+to)\s+)*"
_ASKED_TO = r"(?:is|are)\s+(?:asked|required|requested|invited|expected)\s+to"
_LIKE_TO = (
    r"we(?:\s+would|[’']d)?\s+(?:like|want|need|wish)\s+to\s+(?:understand|know|learn|hear|see)\s+"
)
# "In connection with the agreement, the supplier confirms that ..."
_BEFORE = (
    r"(?:(?:in connection with|for the purposes? of|with (?:regard|respect|reference) to|"
    r"in relation to|in respect of|regarding|pursuant to|in accordance with)\b[^,?]{3,80},\s*)?"
)
_CLAIM = re.compile(
    rf"^{_BEFORE}(?:"
    rf"(?:{_WHO})\s+(?:(?:hereby|further|also|shall|must|will)\s+)*(?:{_SAYS})\s+that,?\s+"
    rf"|(?:(?:{_WHO})\s+(?:shall|must|should|to|{_ASKED_TO})\s+|(?:can|could|would|will)\s+(?:{_WHO})\s+)?"
    rf"{_POLITE}(?:(?:confirm|certify|attest|verify)\s+that,?\s+|"
    r"(?:confirm|state|indicate|advise|specify|clarify|tell\s+us|let\s+us\s+know)\s+(?:whether|if)\s+)"
    r"|do\s+you\s+(?:confirm|certify|attest)\s+that\s+|whether\s+"
    r"|it\s+is\s+(?:required|requested|expected|mandatory|essential|important|necessary)\s+that\s+"
    rf"|{_LIKE_TO}(?:whether|if)\s+)(?=\w)",
    re.IGNORECASE,
)
_TELL = (
    r"(?:describe|explain|outline|specify|state|indicate|provide|detail|summari[sz]e|list|name|"
    r"give|tell\s+us|let\s+us\s+know)"
)
_WISH = re.compile(
    rf"^(?:{_LIKE_TO}(?=(?:how|what|which|who|where|when|why)\b)"
    rf"|(?:can|could|would)\s+(?:{_WHO})\s+(?:please\s+)?"
    r"(?=(?:describe|explain|outline|specify|detail|summari[sz]e|list|tell\s+us|let\s+us\s+know)\b)"
    rf"|(?:{_WHO})\s+(?:shall|must|should|will|to|{_ASKED_TO})\s+(?={_TELL}\b(?!\s*[:(]))"
    rf"|(?:(?:{_WHO})\s+(?:shall|must|should|will|to|{_ASKED_TO})\s+|please\s+)?"
    rf"(?:{_TELL}|answer|advise)\s*:\s*(?=\w))",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(?:whether|if)\b", re.IGNORECASE)
_HEADING = re.compile(r"^[^:?.]{2,40}:\s+(?=\w)")
# "..., is that correct?"
_TAG = re.compile(
    r"\s*[,;–—-]\s*(?:is (?:that|this|it)(?: not)? (?:correct|right|true|the case|so)|right|"
    r"correct|true|yes|no|(?:isn|aren|don|doesn|haven|hasn|won|can)[’']?t (?:it|you|they|we)|"
    r"is it not|are they not|do you not)\s*\?$",
    re.IGNORECASE,
)


def unframed(question: Question) -> Question:
    """The question as the statement that it asks to confirm, or as what it wants to be told; others
    as they are.

    What is to be confirmed is read as what is claimed: "The vendor confirms that accounts are not
    shared" is borne out by a statement that they are not.
    """
    asked = _TAG.sub("?", strip_marker_alone(question.text))
    heading = _HEADING.match(asked)
    start = heading.end() if heading else 0
    claim = _CLAIM.match(asked[start:])
    if claim is not None:
        told = _from(asked[start:], claim.end()).rstrip("? ")
        open_ = _WHETHER.search(claim[0]) is not None
        return replace(question, text=f"{asked[:start]}{told.rstrip('.') + '?' if open_ else told}")
    wish = _WISH.match(asked)
    return replace(question, text=asked if wish is None else _from(asked, wish.end()))


def _from(text: str, start: int) -> str:
    return f"{text[start].upper()}{text[start + 1 :]}"
