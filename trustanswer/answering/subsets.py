"""Subsets: whether evidence tells of some of the things only, where a question asks for all.

"Are all sites covered?" is not answered in full by "A plan exists for the Rotterdam site", nor "Are
downloads encrypted on all platforms?" by "On iOS, downloads are encrypted". What makes a subset is
a word that the question lacks: a place, a role, a platform, a relative clause, or a sentence that
speaks of the others. Nor is what one plan has told of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.reach import PERIOD
from trustanswer.answering.words import function_words, stem


def of_some(question: str, clauses: Sequence[str], sentences: Sequence[str]) -> bool:
    """Whether one of the clauses that fit a question which asks for all tells of a part of them, or
    one of their sentences tells of the others."""
    asked = _all_asked(question)
    if not asked:
        return False
    if any(_tells_of_others(each, asked) for each in sentences):
        return not _tells_of_others(question, asked)
    narrower = [each for clause in clauses for each in _narrower(clause, asked)]
    return any(
        _stems(each) - _NO_PART and _told(each).isdisjoint(_told(question)) for each in narrower
    )


def on_another_plan(question: str, clauses: Sequence[str]) -> bool:
    """Whether a question is about one plan or edition, and what fits it tells of others alone: "Is
    SSO part of the Team plan?" is not answered by "SSO is part of the Enterprise plan"."""
    asked = _plans(question)
    told = [plans for clause in clauses if (plans := _plans(clause))]
    return bool(asked and told) and not any(asked & plans for plans in told)


@lru_cache(maxsize=8192)
def _plans(text: str) -> frozenset[str]:
    found = (m.group() for m in _PLAN.finditer(text)) if _HINT_OF_PLAN.search(text) else ()
    return frozenset(name for named in found for name in _NAME.findall(named))


_HINT_OF_PLAN = re.compile(r"\b(?:plan|edition|tier|package|subscription)s?\b")
_PLAN = re.compile(
    r"\b[A-Z]\w+(?:(?:, | and | or |/)[A-Z]\w+)* (?:plan|edition|tier|package|subscription)s?\b"
)
_NAME = re.compile(r"[A-Z]\w+")


@lru_cache(maxsize=4096)
def _all_asked(question: str) -> frozenset[str]:
    """What the words right behind "all" or "every" may stand for: of that all is asked."""
    if not _HINT_OF_ALL.search(question):
        return frozenset()
    return frozenset(key for m in _ALL.finditer(question) for key, _, _ in _meanings(m["what"]))


def _meanings(text: str) -> list[tuple[str, int, int]]:
    """What each term of a text may stand for, and each word by its stem, with its place."""
    terms = [(key, t.start, t.end) for t in lexicon.terms(text) for key in t.keys]
    words = [(stem(m.group()), *m.span()) for m in _WORD.finditer(text)]
    return [*terms, *(each for each in words if each[0] not in function_words())]


_WORD = re.compile(r"[A-Za-z][\w-]*")
_HINT_OF_ALL = re.compile(r"\b(?:all|every|each)\b", re.I)
_ALL = re.compile(
    rf"(?<!at )(?<!not )\b(?:all|(?:every|each){PERIOD})(?: of)?"
    r"(?: (?:the|our|your|its|their|such|of))*(?P<what>(?: [\w/-]+){1,3})",
    re.I,
)


def _tells_of_others(text: str, asked: frozenset[str]) -> bool:
    """Whether a text speaks of the others, and so has spoken of some: "all others", "the rest", or
    "other" before what all is asked of."""
    if not _HINT.search(text):
        return False
    behind = (text[m.end() :] for m in _OTHER.finditer(text))
    return bool(_REST.search(text)) or any(
        key in asked for words in behind for key, start, _ in _meanings(words) if not start
    )


_HINT = re.compile(r"[Oo]ther|elsewhere|rest\b|remain")
_REST = re.compile(
    r"\b(?:(?:the|[Aa]ll) others|elsewhere|the (?:rest|remainder)|(?:the )?remaining [a-z]+s)\b"
)
# Of other customers the vendor speaks where it keeps them apart.
_OTHER = re.compile(
    r"\b[Oo]ther (?!than\b|customers\b|clients\b|tenants\b|parties\b)(?:[a-z]+ ){0,2}?(?=[a-z]+s\b)"
)


def _narrower(clause: str, asked: frozenset[str]) -> Iterator[str]:
    """The words of a clause that may make a part of what all is asked of."""
    if lead := _LEAD.match(clause):
        yield lead["where"]
    if _STAFF & asked:
        yield from (m["role"] for m in _ROLE.finditer(clause))
    for key, start, end in _meanings(clause):
        if key not in asked:
            continue
        if which := _WHICH.match(clause, end):
            yield which["which"]
        if before := _KIND_BEFORE.search(clause[:start]):
            yield before["kind"]
        if _PLACE.match(clause, start) and (before := _NAME_BEFORE.search(clause[:start])):
            yield before["name"]


# "On iOS,", "In the United States,"; not "In January," or "At Acme,", the vendor's own name.
_LEAD = re.compile(
    r"(?:On|In|For)(?: the)? (?P<where>(?:[A-Z](?!\w*(?:ary|ber|day)\b)|iOS|iPad|macOS)"
    r"[^,.;:]{0,50}),\s"
)
_STAFF = frozenset({"staff"})
_ROLE = re.compile(
    r"\b(?:for|of|by|to) (?P<role>(?:[a-z]+ ){0,2}(?:managers|executives|directors|administrators|"
    r"engineers|developers|roles|positions|recruits|newcomers))\b"
)
# "vendors who handle recordings are", "employees in the United States undergo"
_WHICH = re.compile(
    r"\s+(?P<which>(?:in|at|on|of|with|from|under|who|that|which|whose|handling|holding|processing|"
    r"used (?:for|by|in))\s+"
    r"(?!(?:is|are|was|were|has|have|do|does|can|must)\b)[^,.;:()]{2,60}?)\s+"
    r"(?:is|are|was|were|must|has|have|undergo|receive|get|need|will|can|pass|take|sign)\b",
    re.I,
)
# "internet-facing servers", "Enterprise customers"
_KIND_BEFORE = re.compile(
    r"(?:^|\s)(?P<kind>[a-z]+-facing|[Pp]roduction|[Cc]orporate|Enterprise|Premium|Business|Pro|"
    r"Windows|Linux|Macs?|macOS|iOS|Android)\s+$"
)
# "the Rotterdam site"; before people and things a name may be the vendor's own.
_PLACE = re.compile(
    r"(?:site|office|location|region|campus|branch|plant|warehouse|factory|subsidiary|"
    r"plan|edition|tier|platform)s?\b",
    re.I,
)
_NAME_BEFORE = re.compile(r"\b[a-z]+ (?P<name>[A-Z][\w-]+)\s+$")


@lru_cache(maxsize=8192)
def _told(text: str) -> frozenset[str]:
    """The words of a text by their stems, and what its terms state: an employee is personnel."""
    return _stems(text) | lexicon.stated_by(lexicon.terms(text))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text)) - function_words()


# What all of it is, or has in common.
_NO_PART = frozenset(
    map(
        stem,
        "company organisation organization work working use used using operate run own service "
        "services platform scope place force question".split(),
    )
)
