"""Reads text as terms: the field's concepts (lexicon.toml) where it knows them, else word stems.

The lexicon is data, to be read and corrected by people who know the field; this module only
matches it. No frequencies are needed: what a term weighs comes from the kind the lexicon gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from trustanswer.answering.words import function_words, stem, stems, table, tokens


class Weight(StrEnum):
    """What part a term plays in a question."""

    SUBJECT = "subject"  # a concept of the field, or a word that none of the others knows
    NAMED = "named"  # a proper name or an abbreviation: nothing else can stand for it
    SCOPE = "scope"  # whose, or where: one of a list whose members exclude one another
    LIGHT = "light"  # context ("customer data"), and words of everyday English
    ATTRIBUTE = "attribute"  # documented, approved, mandatory, ...: required of a subject
    BOILERPLATE = "boilerplate"  # says nothing of what is asked


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a text: what it means and where it stands.

    `keys` are concept names, or one word stem; several where the wording is ambiguous.
    `apart` is the name of a list whose members exclude one another, or "".
    """

    keys: frozenset[str]
    text: str
    start: int
    end: int
    weight: Weight
    apart: str = ""
    whole: bool = True  # no other words stand between those of the concept

    @property
    def tells(self) -> bool:
        """Whether it says more than context and filling words do."""
        return self.weight not in {Weight.LIGHT, Weight.BOILERPLATE}


Phrase = tuple[tuple[str, ...], str]  # its stems, and the concept


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by phrase (stems), what they imply (closed under implication), their kinds.

    `phrases`: by the first stem and the second ("" where there is none), the longest first.
    """

    phrases: Mapping[str, Mapping[str, Sequence[Phrase]]]
    implies: Mapping[str, frozenset[str]]
    weights: Mapping[str, Weight]
    apart: Mapping[str, str]


@cache
def _vocabulary() -> dict[str, str]:
    """Every stem of the lexicon by itself with one letter left out, to mend misspellings."""
    stems = {
        word
        for by_second in lexicon().phrases.values()
        for phrases in by_second.values()
        for phrase, _ in phrases
        for word in phrase
    }
    long = sorted(word for word in stems if len(word) >= _MENDED)
    return {word[:i] + word[i + 1 :]: word for word in long for i in range(1, len(word))} | {
        word: word for word in stems
    }


def _mended(root: str) -> str:
    """A stem that the lexicon does not know, but for one letter, as the lexicon spells it."""
    known = _vocabulary()
    if len(root) < _MENDED or not root.isalpha() or known.get(root) == root:
        return root
    shorter = (root[:i] + root[i + 1 :] for i in range(1, len(root)))
    return known.get(root) or next((known[c] for c in shorter if c in known), root)


_MENDED = 6


def _phrase(term: str) -> tuple[str, ...]:
    return stems(term.replace("u.s", "US"))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return build({area: content for area, content in table().items() if area != "reading"})


def build(areas: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """A lexicon from parsed TOML: areas of concepts, each `{terms = [...], implies = [...]}`."""
    phrases: list[Phrase] = []
    implies: dict[str, frozenset[str]] = {}
    weights: dict[str, Weight] = {}
    apart: dict[str, str] = {}
    for area, content in areas.items():
        weight = _area_weight(content)
        for term in _plain_terms(content):
            root = _phrase(term)
            phrases.append((root, _plain(root)))
            weights[_plain(root)] = min(
                weight, weights.get(_plain(root), weight), key=_LIGHTEST.index
            )
        for name, concept in _concepts(content):
            weights[name] = weight
            implies[name] = frozenset(concept.get("implies", ()))
            if content.get("apart"):
                apart[name] = area
            phrases += ((phrase, name) for phrase in dict.fromkeys(map(_phrase, concept["terms"])))
    closed = {name: _closure(name, implies) for name in implies}
    return Lexicon(_by_beginning(phrases), closed, weights, apart)


def _by_beginning(phrases: Iterable[Phrase]) -> dict[str, dict[str, list[Phrase]]]:
    found: dict[str, dict[str, list[Phrase]]] = {}
    for phrase, name in sorted(phrases, key=lambda each: -len(each[0])):
        first, second = (*phrase, "")[:2]
        found.setdefault(first, {}).setdefault(second, []).append((phrase, name))
    return found


def _plain(root: tuple[str, ...]) -> str:
    """The key of a word that means only itself; no concept's name looks like it."""
    return "=" + " ".join(root)


def _concepts(content: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(n, c) for n, c in content.items() if isinstance(c, dict) and "terms" in c]


def _plain_terms(content: Mapping[str, Any]) -> list[str]:
    """The words of an area that mean only themselves: they are their own keys."""
    listed = [t for c in content.values() if isinstance(c, dict) for t in c.get("each", ())]
    return [*str(content.get("words", "")).split(), *listed]


def _area_weight(content: Mapping[str, Any]) -> Weight:
    if content.get("apart"):
        return Weight.SCOPE
    return Weight(str(content.get("weight", Weight.SUBJECT)))


def _closure(name: str, implies: Mapping[str, frozenset[str]]) -> frozenset[str]:
    seen, todo = {name}, [name]
    while todo:
        new = implies.get(todo.pop(), frozenset()) - seen
        seen |= new
        todo += new
    return frozenset(seen)


@lru_cache(maxsize=8192)
def terms(text: str) -> tuple[Term, ...]:
    """The terms of a text in order, longest concept first; function words and numbers left out."""
    words = tokens(text)
    stems = tuple(_mended(stem(w)) for w, _, _ in words)
    ends = _ends(text, words)
    found: list[Term] = []
    at = 0
    while at < len(words):
        size, names, whole = _first_concept(stems[at : ends[at]])
        if size == 1 and _is_code(words[at][0], names, text):
            found.append(_word_term(text, words[at], stems[at]))
        elif size > 1 or (size == 1 and words[at][0] not in function_words()):
            found.append(_concept_term(text, words[at][1], words[at + size - 1][2], names, whole))
        elif _is_word(words[at][0], stems[at]):
            found.append(_word_term(text, words[at], stems[at]))
        at += size or 1
    return tuple(found)


def _ends(text: str, words: Sequence[tuple[str, int, int]]) -> list[int]:
    """Of each word how many words there are up to the end of its clause, which no phrase spans."""
    stops = [match.start() for match in _STOP.finditer(text)]
    ends, end = [], len(words)
    for at in range(len(words) - 1, -1, -1):
        while stops and stops[-1] >= words[at][2]:
            stops.pop()
            end = at + 1
        ends.append(end)
    return ends[::-1]


# A stop, and a comma before a clause with a verb of its own ("..., and are changes reviewed?").
_STOP = re.compile(
    r"[;:?!]|\.\s|,\s+(?:and|or|but)\s+(?:also\s+)?"
    r"(?:is|are|was|were|do|does|did|has|have|can|will|must|should|may)\b"
)


def _first_concept(stems: tuple[str, ...]) -> tuple[int, frozenset[str], bool]:
    """Length of the longest phrase that begins with the first word, the concepts it may stand for,
    and whether its words stand side by side. Up to two function words may stand between them."""
    best, names, whole = (0, 0), frozenset[str](), True
    for phrase, name in _beginning(stems):
        size = _span(stems, phrase)
        if size and (len(phrase), -size) > best:
            best, names, whole = (len(phrase), -size), frozenset({name}), size == len(phrase)
        elif size and (len(phrase), -size) == best:
            names |= {name}
    return -best[1], names, whole


def _beginning(stems: tuple[str, ...]) -> Iterator[Phrase]:
    """The phrases whose first word is the first, and whose second may follow."""
    by_second = lexicon().phrases.get(stems[0])
    if by_second is None:
        return
    yield from by_second.get("", ())
    for word in stems[1 : 2 + _BETWEEN]:
        yield from by_second.get(word, ())
        if word not in function_words():
            return


_BETWEEN = 2  # function words that may stand between two words of a phrase


def _span(stems: tuple[str, ...], phrase: tuple[str, ...]) -> int:
    """How many of the first words the phrase takes up, or 0."""
    place = 0
    for word in phrase[1:]:
        place += 1
        gap = 0
        while (
            place < len(stems)
            and stems[place] != word
            and stems[place] in function_words()
            and gap < _BETWEEN
        ):
            place += 1
            gap += 1
        if place >= len(stems) or stems[place] != word:
            return 0
    return place + 1


def _concept_term(text: str, start: int, end: int, names: frozenset[str], whole: bool) -> Term:
    known = lexicon()
    weights = {known.weights[n] for n in names}
    weight = _lightest(weights)
    apart = next((known.apart[n] for n in sorted(names) if n in known.apart), "")
    return Term(names, text[start:end], start, end, weight, apart, whole)


def without_denying_terms(text: str) -> str:
    """The text without those terms whose own words look like a denial ("never leave", "no cost").

    What is left tells whether the text denies anything: such a term is a thing, not a denial.
    """
    spans = [
        (t.start, t.end)
        for t in terms(text)
        if t.whole and " " in t.text and _DENIAL_WORD.search(t.text)
    ]
    for start, end in reversed(spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_DENIAL_WORD = re.compile(r"\b(?:no|not|never|cannot|without|nobody|outside|than)\b", re.I)


def _lightest(weights: set[Weight]) -> Weight:
    """What an ambiguous term weighs: where it may be a mere attribute or context, it is."""
    if len(weights) > 1 and Weight.BOILERPLATE in weights:
        return Weight.LIGHT
    return next(w for w in _LIGHTEST if w in weights)


_LIGHTEST = (
    Weight.ATTRIBUTE,
    Weight.LIGHT,
    Weight.SCOPE,
    Weight.SUBJECT,
    Weight.BOILERPLATE,
    Weight.NAMED,
)


def _is_code(word: str, names: frozenset[str], text: str) -> bool:
    """Whether capitals make a name of an everyday word ("the FAIR method")."""
    shouted = len(word) >= 3 and word.isupper() and not text.isupper()
    return shouted and all(name.startswith("=") for name in names)


def _is_word(word: str, root: str) -> bool:
    return (
        len(word) > 1
        and not word[0].isdigit()
        and word.lower() not in function_words()
        and root not in function_words()
    )


def _word_term(text: str, word: tuple[str, int, int], root: str) -> Term:
    surface, start, end = word
    return Term(
        frozenset({_plain((root,))}), surface, start, end, _word_weight(text, surface, start)
    )


def _word_weight(text: str, word: str, start: int) -> Weight:
    """Names weigh most; a participle or an adverb that the lexicon does not know, little."""
    if _is_name(text, word, start):
        return Weight.NAMED
    return Weight.LIGHT if _INFLECTED.search(word) else Weight.SUBJECT


_INFLECTED = re.compile(r"^[a-z]{3,}(?:ed|ly)$")


def _is_name(text: str, word: str, start: int) -> bool:
    """An abbreviation, or a capital letter that no sentence start explains."""
    if len(word) >= 2 and sum(c.isupper() for c in word) >= 2:
        return True
    before = text[:start].rstrip(" \"'“(‘")
    return word[0].isupper() and bool(before) and before[-1] not in ".?!:;•-–—/)"


def stated(keys: Iterable[str]) -> frozenset[str]:
    """All that is true where these concepts or stems are stated."""
    known = lexicon().implies
    return frozenset().union(*(known.get(k, frozenset({k})) for k in keys))


def stated_by(found: Iterable[Term]) -> frozenset[str]:
    """All that is true where these terms are stated; boilerplate states nothing."""
    return stated(key for t in found if t.weight is not Weight.BOILERPLATE for key in t.keys)


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[frozenset[str], ...]:
    """Of each word of a term that means something what it may stand for by itself."""
    return tuple(
        term.keys
        for word in text.split()
        for term in terms(word)
        if term.weight is not Weight.BOILERPLATE
    )


def is_concept(term: Term) -> bool:
    """Whether the lexicon knows the term, rather than taking it for a plain word."""
    return bool(term.keys & lexicon().implies.keys())


def scattered(text: str) -> frozenset[str]:
    """Concepts of several words whose words all stand close together in a clause, in any order.

    "Managers review the rights" states an access review. Meant for evidence, which may put a
    thing in many ways; a question is read by the order of its words.
    """
    words = tokens(text)
    stems = [_mended(stem(w)) for w, _, _ in words]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(stems):
        if words[at][0] in _NUMBERED and _number_follows(words, at):
            continue
        places.setdefault(word, []).append(at)
    found = set()
    for word in places:
        by_second = lexicon().phrases.get(word, {})
        near = (each for other in by_second.keys() & places.keys() for each in by_second[other])
        for phrase, name in near:
            if len(phrase) <= 3 and name not in found and _telling(phrase, places):
                found.add(name)
    return frozenset(found)


# The makers of standards: with a number behind them they name one, and stand for no other.
_NUMBERED = frozenset({"ISO", "IEC"})


def _number_follows(words: Sequence[tuple[str, int, int]], at: int) -> bool:
    after = (word for word, _, _ in words[at + 1 :] if word not in _NUMBERED)
    return next(after, "")[:1].isdigit()


_WINDOW = 5


def _telling(phrase: tuple[str, ...], places: Mapping[str, list[int]]) -> bool:
    """Whether the words stand close together, and none of them is one that stands anywhere."""
    if not all(word in places for word in phrase) or len(set(phrase)) < len(phrase):
        return False
    weights = lexicon().weights
    if any(weights.get(_plain((word,))) is Weight.BOILERPLATE for word in phrase):
        return False
    return any(
        all(any(abs(p - at) <= _WINDOW for p in places[word]) for word in phrase[1:])
        for at in places[phrase[0]]
    )
