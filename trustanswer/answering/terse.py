"""Terse questions spelled out for the search: "MFA?" says too little to be embedded well."""

from __future__ import annotations

from functools import cache

from trustanswer.answering import lexicon, words

TERSE = 6  # words
ADDED = 4  # full forms at most


def spelled_out(text: str) -> str:
    """The question, and behind it the full forms of the terms it uses; long ones as they are."""
    if len(text.split()) > TERSE:
        return text
    known = _full_forms()
    keys = [key for term in lexicon.terms(text) for key in sorted(term.keys) if key in known]
    full = dict.fromkeys(known[key] for key in keys if known[key] not in text.casefold())
    return f"{text} ({', '.join(list(full)[:ADDED])})" if full else text


@cache
def _full_forms() -> dict[str, str]:
    """For each concept of the lexicon the first of its terms that has several words."""
    return {
        name: next((term for term in concept["terms"] if " " in term), concept["terms"][0])
        for content in words.table().values()
        for name, concept in content.items()
        if isinstance(concept, dict) and "terms" in concept
    }
