"""What statements claim, sentence by sentence, and whether two claims are about the same thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trustanswer.answering import evidence, lexicon, polarity
from trustanswer.answering.align import HEAVY, TERM_WEIGHT
from trustanswer.answering.amounts import amounts
from trustanswer.answering.bounds import Unit
from trustanswer.answering.evidence import Said
from trustanswer.answering.lexicon import Term, Weight
from trustanswer.answering.numerals import NUMBER, value_of
from trustanswer.answering.words import stem, words_of
from trustanswer.model import Statement
from trustanswer.text import ends_sentence

_WORD = 0.5  # what a word that the lexicon does not know weighs beside a concept of the field
_FULL = 2.0  # weight of the terms from which a sentence says by itself what it is about
_COMMON = 0.02  # share of sentences from which a name is the vendor's own, or its product's


Scope = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of something: an amount, a version, a count ("5 failures"), verbatim as `text`.

    Two of one `kind` can be compared; `around` are the words that stand with it.
    """

    kind: str
    value: float
    text: str
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a statement (by index), as it is held against others.

    `whole`: the sentence with the lead-in that it is an item of ("Fixed within: critical: 7
    days"), and with the title in the place of a pronoun. `scopes`: whom and what it is about, by
    the list that they are of. `subject`: the terms that say what it is about, the title's among
    them where the sentence leaves it to the title. `keys`: all that is stated; `title`: what the
    path says; `context`: what the whole statement says. `affirmed` and `denied`: keys of what it
    says is so, and is not; `denies`: whether it says of anything that it is not so. `measures`:
    those that it affirms. `words`: stems of all it says, numbers too. `marks`: what tells things
    of one kind apart: designations (ISO 27001), grades (critical).
    """

    statement: int
    text: str
    whole: str
    scopes: frozenset[Scope]
    subject: tuple[Term, ...]
    keys: frozenset[str]
    title: frozenset[str]
    context: frozenset[str]
    affirmed: frozenset[str]
    denied: frozenset[str]
    denies: bool
    measures: tuple[Measure, ...]
    words: frozenset[str]
    marks: Mapping[str, frozenset[str]]


def claims(statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """The claims of the statements, in order."""
    said = [_sentences(statement) for statement in statements]
    common = _common_names(text for found in said for text, _, _ in found)
    return tuple(
        _claim(at, statements[at], sentence, common)
        for at, found in enumerate(said)
        for sentence in found
    )


def coverage(one: Claim, other: Claim) -> float:
    """The share, by weight, of what `one` is about that `other` speaks of too; 0..1."""
    total = sum(map(_weight, one.subject))
    if not total:
        return contained(one, other.words)
    return sum(_weight(t) * _credit(t, other) for t in one.subject) / total


def _credit(term: Term, other: Claim) -> float:
    """Full where the sentence or its title speaks of the term, half where its statement does."""
    if term.keys & (other.keys | other.title):
        return 1.0
    return 0.5 if term.keys & other.context else 0.0


def told_apart(one: Claim, other: Claim) -> bool:
    """Whether they name different things of one kind: ISO 22301 and ISO 27001, high and low."""
    return any(
        one.marks[kind].isdisjoint(other.marks[kind])
        for kind in one.marks.keys() & other.marks.keys()
    )


def told_together(one: Claim, other: Claim) -> bool:
    """Whether they name the same of one kind: both are about ISO 27001, or about critical ones."""
    return any(
        one.marks[kind] & other.marks[kind] for kind in one.marks.keys() & other.marks.keys()
    )


def same_scope(one: Claim, other: Claim) -> bool:
    """Whether the one that says less is about nobody and nothing that the other does not mention
    (contractors, a sandbox), and neither about others of the same list."""
    less, more = sorted((one, other), key=lambda claim: sum(map(_weight, claim.subject)))
    apart = any(
        kind == other_kind and keys.isdisjoint(other_keys)
        for kind, keys in one.scopes
        for other_kind, other_keys in other.scopes
    )
    return not apart and not any(
        term.weight is Weight.SCOPE
        and (here is less or term.keys & _NARROW)
        and not term.keys & (there.title | there.context)
        for here, there in ((less, more), (more, less))
        for term in here.subject
    )


# What is said of these is not said of all the rest, however little else is said.
_NARROW = frozenset({"non_production", "contractor"})


def contained(one: Claim, words: frozenset[str]) -> float:
    """The share of the words of a claim that are among these; 0..1."""
    return len(one.words & words) / max(1, len(one.words))


_Sentence = tuple[str, str, list[Said]]  # the sentence, with its lead-in, its clauses


def _sentences(statement: Statement) -> list[_Sentence]:
    clauses: dict[str, list[Said]] = {}
    for said in evidence.read([statement]):
        clauses.setdefault(said.sentence, []).append(said)
    found, lead_in = [], ""
    for text, said_there in clauses.items():
        item = bool(lead_in) and not ends_sentence(text)
        whole = f"{lead_in} {text}" if item else _PRONOUN.sub(f"{statement.path[-1]} ", text)
        found.append((text, whole, said_there))
        lead_in = text if text.endswith(":") else lead_in if item else ""
    return found


_PRONOUN = re.compile(r"^(?:It|They|This|These)\s(?!\w+s\s)")


def _claim(at: int, statement: Statement, sentence: _Sentence, common: frozenset[str]) -> Claim:
    text, whole, clauses = sentence
    own, title = _heavy(whole, common), _heavy(statement.path[-1], common)
    said = evidence.read([statement])
    return Claim(
        statement=at,
        text=text,
        whole=whole,
        scopes=_scopes((*own, *title)),
        subject=own if sum(map(_weight, own)) >= _FULL else (*own, *title),
        keys=(_union(map(_concepts, clauses)) | _keys(whole)) - common,
        title=clauses[0].title - common,
        context=_union(map(_concepts, said)) - common,
        affirmed=_union(_concepts(c) for c in clauses if not _denies(c)) - common,
        denied=_union(_denied(c) for c in clauses) - common,
        denies=any(_denies(c) for c in clauses),
        measures=tuple(m for c in clauses for m in _measures(c.text)),
        words=words_of(whole),
        marks=_marks(text) or _marks(statement.path[-1]),
    )


def _concepts(clause: Said) -> frozenset[str]:
    """What a clause states in the field's terms: not each word of them by itself."""
    return lexicon.stated_by(clause.terms) | lexicon.stated(lexicon.scattered(clause.text))


def _keys(text: str) -> frozenset[str]:
    return lexicon.stated(key for term in lexicon.terms(text) for key in term.keys)


def _scopes(terms: Iterable[Term]) -> frozenset[Scope]:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for term in terms:
        if term.apart:
            found[term.apart] |= lexicon.stated(term.keys)
    return frozenset(found.items())


def _union(keys: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*keys)


def _heavy(text: str, common: frozenset[str]) -> tuple[Term, ...]:
    return tuple(t for t in lexicon.terms(text) if t.weight in HEAVY and not t.keys <= common)


def _weight(term: Term) -> float:
    plain = term.weight is Weight.SUBJECT and not lexicon.is_concept(term)
    return TERM_WEIGHT[term.weight] * (_WORD if plain else 1.0)


def _common_names(texts: Iterable[str]) -> frozenset[str]:
    """The names that stand all over a knowledge base: they tell no statement from another."""
    found = [
        {k for t in lexicon.terms(text) if t.weight is Weight.NAMED for k in t.keys}
        for text in texts
    ]
    counts = Counter(key for keys in found for key in keys if key not in lexicon.lexicon().implies)
    return frozenset(k for k, n in counts.items() if n >= max(3, _COMMON * len(found)))


def _measures(text: str) -> list[Measure]:
    """The amounts of a clause ("continuously" is none) and what it counts."""
    measured = [
        a
        for a in amounts(text)
        if a.unit is not Unit.COUNT  # counted below, with their own words around them
        and not _ARTICLE.match(a.text)  # "an hour" is as often of something else
        and (a.unit is not Unit.INTERVAL or a.value >= 1 / 24)
        and not polarity.stance(_stretch(text, a.start, len(a.text))).denies
    ]
    taken = [(a.start - 4, a.start + len(a.text)) for a in measured]
    counts = [
        m for m in _COUNT.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    return [
        Measure(f"{a.unit.value} {a.of}", a.value, a.text, _around(text, a.start, len(a.text)))
        for a in measured
    ] + [
        Measure(
            stem(m["thing"]),
            value_of(m["n"]),
            m.group(),
            _around(text, m.start(), len(m[0])),
        )
        for m in counts
    ]


_ARTICLE = re.compile(r"an?\b", re.I)


def _around(text: str, start: int, length: int) -> frozenset[str]:
    """The words that stand with an amount."""
    stretch = _stretch(text, start, length)
    return words_of(stretch.replace(text[start : start + length], " "))


def _stretch(text: str, start: int, length: int) -> str:
    """What stands between two commas or the like, the amount among it."""
    before, after = text[:start], text[start + length :]
    return _STRETCH.split(before)[-1] + text[start : start + length] + _STRETCH.split(after)[0]


_STRETCH = re.compile(r"[,;:]\s|\s(?:and|but)\s")


_DESIGNATION = re.compile(r"\b(?P<kind>[A-Z]{2,}(?:/[A-Z]+)*)[ -]?(?P<name>\d+(?:-\d+)*)(?![\d.])")
_COUNT = re.compile(
    rf"(?<![\w.:/-])(?P<n>{NUMBER})\s+(?:[a-z]+[- ])??(?P<thing>[a-z]{{4,}}s)\b", re.I
)
_GRADE = re.compile(
    r"\b(?:critical|high|medium|low)(?=\W*(?:$|\(|:|\w*ly\b|if\b|within\b|ones?\b|"
    r"(?:\w+[ -])?(?:severity|vulnerabilit|finding|risk|issue|patch)|"
    r"(?:are|is) (?:fixed|patched)))",
    re.I,
)


def _marks(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for match in _DESIGNATION.finditer(text):
        found[match["kind"].split("/")[0]].add(match["name"])
    for match in _GRADE.finditer(text):
        found["grade"].add(match.group().lower())
    return {kind: frozenset(names) for kind, names in found.items()}


def _denies(clause: Said) -> bool:
    """By what it says, or by its words alone ("we never copy"): such a one affirms nothing."""
    return clause.stance.denies or polarity.stance(clause.text).denies


def _denied(clause: Said) -> frozenset[str]:
    """What a clause says is not so, word for word: what that would imply is not denied with it.

    "No X" denies X and nothing else; "is not" without a term behind it denies what stands before.
    """
    if not _denies(clause):
        return frozenset()
    part = re.split(r"[:;]", polarity.denied_part(clause.text))[0]
    reached = _subjects(part)
    if reached or _NO.search(clause.text) or len(words_of(part)) > _VERB:
        return reached
    return _subjects(clause.text)


_VERB = 2  # words that say of what stands before that it is not done


_NO = re.compile(r"\b(?:no|without)\b(?! longer)", re.I)


def _subjects(text: str) -> frozenset[str]:
    terms = (t for t in lexicon.terms(text) if t.weight in (Weight.SUBJECT, Weight.NAMED))
    return frozenset(k for t in terms for k in t.keys)
