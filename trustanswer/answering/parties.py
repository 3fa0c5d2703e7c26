"""Who is spoken of: the vendor, by whatever name a customer uses, or a provider of the vendor's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trustanswer.answering import align, lexicon
from trustanswer.model import Question, Statement
from trustanswer.text import sentences

PROVIDER = "provider"  # the tag of a document about somebody else than the vendor
# What may stand before a provider's name where the sentence is about the provider: "Our hosting
# partner AWS ...", "The data centers of AWS ...".
_SUBJECT = re.compile(
    r"(?:(?:the|our|its|their|all|each)\s)?(?:[\w-]+\s)?|"
    r"(?:the\s)?(?:physical\s)?(?:security|data cent(?:er|re)s?|facilit(?:y|ies)|buildings?|"
    r"servers?|certificates?|controls?|infrastructure)\s(?:of|at|run by|held by)\s"
    r"(?:the\s|our\s)?",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:we|us|ourselves|you|your|customers?)\b", re.IGNORECASE)


def addressed(question: Question, names: Sequence[str]) -> Question:
    """The question with the vendor's names as "the vendor", which no statement has to repeat."""
    if not names:
        return question
    longest = sorted(names, key=len, reverse=True)
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    parent = question.parent and known.sub("the vendor", question.parent)
    return replace(question, text=known.sub("the vendor", question.text), parent=parent)


def spoken_of(statement: Statement, quote: str) -> str | None:
    """Whom a quote is about, if not the vendor: a provider that its document is tagged with, or the
    one that its first sentence has for a subject.
    """
    tagged = next((value for key, value in statement.tags if key.casefold() == PROVIDER), None)
    if tagged is not None:
        return tagged
    return "a provider" if _of_provider(sentences(quote)[0]) else None


def _of_provider(sentence: str) -> bool:
    named = next((t for t in lexicon.terms(sentence) if t.keys & align.PROVIDER), None)
    subject = named is not None and _SUBJECT.fullmatch(sentence[: named.start]) is not None
    return subject and not _OWN.search(sentence)
