"""Reassurances, and the questions that they answer with a no.

"Customer data never leaves the EU", "no standing access", "at no extra charge": as a rule such a
clause denies nothing that anybody misses, and its stance is that it affirms. It says no to a
question that asks for the very thing that it rules out: "Does customer data leave the EU?"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.polarity import asserts_absence, undone_unless_asked
from trustanswer.answering.words import function_words, holds, stem, tokens

Thing = tuple[frozenset[str], ...]  # what is ruled out: of each word what may stand for it


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a clause rules out, however it is put: read once for all questions.

    `turned`: what a question asks of a thing that the clause turns down ("enabled", of what is
    disabled); `bare`: the stem of what is not so ("unencrypted"); `required`: the stems of what
    nothing is done without.
    """

    turned: tuple[re.Pattern[str], ...]
    bare: frozenset[str]
    required: frozenset[str]
    things: tuple[Thing, ...]


def denies_asked(text: str, question: str) -> bool:
    """Whether a clause that as a rule denies nothing denies just what the question asks for:
    "cannot be deleted", "no standing access", "disabled by default". A question that asks for
    protection from what nobody can do is answered by it."""
    ruled = _ruled(text)
    if ruled is None:
        return False
    if any(holds(asked, question) for asked in ruled.turned):
        return True
    asked = _asked_for(question)
    if not ruled.bare.isdisjoint(asked) or not ruled.required.isdisjoint(_let_through(question)):
        return True
    if not ruled.things or _asks_for_less(question):
        return False
    return any(all(not asked.isdisjoint(word) for word in thing) for thing in ruled.things)


@lru_cache(maxsize=8192)
def _ruled(text: str) -> Ruled | None:
    """What a clause rules out; None where that is nothing, as of most."""
    turned = tuple(asked for told, asked in _TURNED if told.search(text))
    bare = frozenset(stem(m["of"]) for m in _BARE.finditer(text))
    denies = bool(_DENIER.search(text))
    if not (turned or bare or denies):
        return None
    ruled = Ruled(turned, bare, _required(text), _things(text) if denies else ())
    return ruled if turned or bare or ruled.required or ruled.things else None


_DENIER = re.compile(
    r"\b(?:no|not|never|cannot|can not|without|nobody|none|nothing|neither)\b|n[’']t\b", re.I
)
_BARE = re.compile(
    r"(?<!that )(?<!which )\b(?:is|are|stays?|remains?|left|kept|sent|stored) (?:\w+ )?un(?P<of>"
    r"(?:encrypt|sign|manag|monitor|restrict|patch|test|review|protect|authenticat|mask|limit|"
    r"supervis|guard|lock|check|audit)ed)\b",
    re.I,
)
# What a clause says of a thing, and what a question asks of it: one turns the other down.
_TURNED = (
    (
        re.compile(
            r"\b(?:is|are|comes?|stays?|remains?) (?:\w+ )?(?:disabled|deactivated|inactive|off)\b",
            re.I,
        ),
        re.compile(r"\b(?:enabled|activated|(?:turned|switched) on|on by default)\b", re.I),
    ),
    (
        re.compile(
            r"\bsessions?\b.{0,40}\b(?:stays?|remains?|(?:is|are) kept) (?:open|active|alive|valid|"
            r"(?:signed|logged) in)\b(?! (?:for|at most|only|no longer|up to))",
            re.I,
        ),
        re.compile(
            r"\btim(?:e|es|ed|ing)[- ]?outs?\b|\b(?:terminat|expir|clos|lock)\w*|\bend(?:ed)?\b|"
            r"\b(?:sign|log)(?:s|ed|ged)? (?:out|off)\b",
            re.I,
        ),
    ),
    (
        re.compile(
            r"\b(?:report|monitor|detect|detection|log|alert)(?:ing)?[- ]only\b|"
            r"\bin (?:report|reporting|monitoring|detection|audit|learning) mode\b",
            re.I,
        ),
        re.compile(r"\b(?:enforc|block|reject|quarantin)\w*", re.I),
    ),
)


@lru_cache(maxsize=4096)
def _let_through(question: str) -> frozenset[str]:
    """What a question asks to be done without: "Are changes merged without approval?" """
    found = _WITHOUT.search(question)
    if found is None or _PROTECTION.search(question[: found.start()]):
        return frozenset()
    return frozenset(map(stem, _words(found["lack"])))


def _required(text: str) -> frozenset[str]:
    """What a clause says that nothing is done without: "No change is merged without approval"."""
    found = _NONE_WITHOUT.search(text)
    return frozenset(map(stem, _words(found["lack"])[:2])) if found else frozenset()


_WITHOUT = re.compile(r"\bwithout\b(?P<lack>.*)", re.I)
_NONE_WITHOUT = re.compile(
    r"\b(?:no|nobody|never|cannot|can not|not|nothing|none)\b.*?\bwithout\b(?P<lack>.*)", re.I
)


@lru_cache(maxsize=4096)
def _asks_for_less(question: str) -> bool:
    """Whether the question itself asks for a lack, or for protection from what is ruled out."""
    return bool(_PROTECTION.search(question)) or asserts_absence(question)


_PROTECTION = re.compile(
    r"\b(?:protect\w*|prevent\w*|immutab\w*|tamper\w*|safeguard\w*|against|from being|unable|"
    r"cannot|can[’']?t|not|never|no|nobody|without|unauthori[sz]ed|only|integrity|stop\w*|"
    r"block\w*|forbid\w*|prohibit\w*|ensur\w*|exclud\w*|isolat\w*|segregat\w*|separat\w*|"
    r"minimi[sz]\w*|unless|except(?:ed|ing)?|(?:other|rather) than|instead of|beyond)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def _asked_for(question: str) -> frozenset[str]:
    """The stems of a question's words and the keys of its terms."""
    keys = (key for term in lexicon.terms(question) for key in term.keys)
    return frozenset(stem(word) for word, _, _ in tokens(question)).union(keys)


def _things(text: str) -> tuple[Thing, ...]:
    """What is ruled out for those who ask for it, each as the words that they must use."""
    undone = ((frozenset({stem(word)}),) for word in undone_unless_asked(text))
    return (*undone, *_lacking(text), *_never_done(text))


def _lacking(text: str) -> Iterator[Thing]:
    """What there is none of: "no standing access", "at no extra charge"."""
    for found in _NONE_OF.finditer(text):
        yield tuple(map(_meanings, found["thing"].split()))


_NONE_OF = re.compile(
    r"\b(?:no|without)(?: (?!more\b)\w+){0,2}? (?P<thing>standing|permanent|long-lived|costs?|"
    r"charges?|fees?|surcharges?|penalty|penalties|downtime|routes?|paths?|links?|bridges?|"
    r"single (?:point|person)|individuals?|manual|human|exceptions?(?= (?:was|were)\b)"
    r"|more(?= (?:\w+ ){0,4}than (?:is )?(?:needed|necessary|required)))\b",
    re.I,
)


def _never_done(text: str) -> Iterator[Thing]:
    """What is never done, as who or what, the deed and what comes next: "one tenant cannot see the
    data of another"."""
    found = _NEVER.match(text)
    if found is None or _CONDITION.search(text, found.end()):
        return
    deed = tuple(map(_meanings, [found["deed"], *_words(text[found.end() :])[:1]]))
    who = frozenset[str]().union(*map(_meanings, _words(found["who"])))
    yield (who, *deed) if who else deed


# A denial in a relative clause tells of whom something is said, not what is said.
_NEVER = re.compile(
    r"(?P<who>(?:(?!\b(?:that|which|who|whose|when|if|where|once|as|whether|until|because|so|"
    r"without)\b)[^,;:])*?)"
    r"\b(?:cannot|can not|can[’']t|never|(?:is|are|was|were|does|do|will|may|must) not|"
    r"(?:is|are|do|does)n[’']t|(?:is|are|was|were) no longer|nobody(?: can)?|no one(?: can)?|"
    r"nothing(?: can| is)?) (?:be )?(?P<deed>(?!be\b|only\b|need)\w{3,})",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:unless|except|without|until|before|other than|but|only|longer than)\b", re.I
)


def _words(text: str) -> list[str]:
    """The words that mean something, in order."""
    idle = function_words() | _SPEAKERS
    return [word for word, _, _ in tokens(text) if stem(word) not in idle]


_SPEAKERS = frozenset({"we", "our", "us", "you", "your"})


def _meanings(word: str) -> frozenset[str]:
    """What may stand for a word in a question."""
    root = stem(word)
    alike = (words for words in _ALIKE if root in words)
    keys = (key for term in lexicon.terms(word) for key in term.keys)
    return frozenset({root}).union(*alike, keys)


_ALIKE = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "standing permanent persistent",
        "cost charge fee surcharge price",
        "leave outside abroad",
        "manual human",
        "individual individuals person people",
        "hold held",
        "keep kept",
        "send sent",
    )
)
