"""What a statement says, cut small: its sentences and their clauses, each with terms and stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.dated import as_dated
from trustanswer.answering.exchange import Exchange, exchange, stance_of
from trustanswer.answering.headings import as_headed, is_definition, status_of
from trustanswer.answering.lexicon import Term, Weight
from trustanswer.answering.polarity import Stance, clauses, denied_part, stance
from trustanswer.answering.rows import Held, cells, head_of, held
from trustanswer.model import Statement
from trustanswer.text import sentences


@dataclass(frozen=True, slots=True)
class Said:
    """One clause of evidence: where it stands (statement, sentence), and what it says.

    `keys` holds all that is true where the clause is (closed under implication), `denied` those
    that it denies, `around` those of its whole sentence; `title` what the path of its statement
    says, which is context for every clause below it. `defines`: it tells what a word means, which
    is no ground to say that anything is done. `columns`: of a table's row the name of each column
    after the first, and its cell.
    """

    statement: int
    sentence: str
    text: str
    stance: Stance
    terms: tuple[Term, ...]
    keys: frozenset[str]
    denied: frozenset[str]
    title: frozenset[str]
    around: frozenset[str] = frozenset()
    defines: bool = False
    columns: tuple[tuple[str, str], ...] = ()


def read(statements: Sequence[Statement]) -> tuple[Said, ...]:
    """Every clause of the statements, in order."""
    return tuple(
        replace(said, statement=at) if at else said
        for at, statement in enumerate(statements)
        for said in _clauses(statement)
    )


@lru_cache(maxsize=4096)
def _clauses(statement: Statement) -> tuple[Said, ...]:
    """The clauses of one statement, as if it were the first: read once for all questions."""
    title = _keys(lexicon.terms(" . ".join(statement.path)))
    found = sentences(statement.text)
    talk = exchange(statement.path, found)
    if talk is None:
        status = status_of(statement.path)
        read = (said for at in range(len(found)) for said in _row_or_sentence(found, at, title))
        return tuple(_in_place(said, status, statement) for said in read)
    if _NO_ANSWER.fullmatch(" ".join(found[talk.answer :])):
        return ()
    about = title | _keys(lexicon.terms(" . ".join(talk.asked)))
    answered = [said for s in found[talk.answer :] for said in _sentence(s, about)]
    if talk.means == "no":
        answered = [_beside(said, talk.asked) for said in answered]
    return (*_confirmed(talk, found, title), *answered)


def _beside(said: Said, asked: Sequence[str]) -> Said:
    """A clause after a plain no: it tells of something else, or of less, whatever its words are
    ("Do you run background checks? Not at the moment. We call references.")."""
    if said.stance is not Stance.AFFIRMED:
        return said
    denied = frozenset(key for text in asked for term in lexicon.terms(text) for key in term.keys)
    return replace(said, keys=said.keys - denied, title=said.title - denied)


def _in_place(said: Said, status: Stance | None, statement: Statement) -> Said:
    """The clause as the titles above it, and the day of its statement, have it read."""
    if is_definition(statement.path, said.sentence):
        return replace(said, defines=True)
    means = as_dated(as_headed(said.stance, said.text, status), said.text, statement.updated)
    return said if means is said.stance else replace(said, stance=means, denied=said.keys)


# What stands where an answer is owed, and is none.
_NO_ANSWER = re.compile(
    r"\W*(?:tb[acd]|to be (?:confirmed|determined|advised|completed)|to ?do|unknown|not sure|"
    r"pending|(?:it )?depends(?: on [^.]{1,40})?|"
    r"(?:please )?(?:see|refer to|contact|ask) [^.:;]{1,40}|"
    r"we will (?:get|come) back[^.]{0,30}|under nda|on request)?\W*",
    re.I,
)


def _confirmed(talk: Exchange, found: Sequence[str], title: frozenset[str]) -> Iterator[Said]:
    """The clauses of a question as its plain answer leaves them; a title's stand in the answer."""
    for said in (said for s in talk.asked if talk.means for said in _sentence(s, title)):
        sentence = said.sentence if said.sentence in found else found[talk.answer]
        for means in stance_of(said.stance, talk.means or ""):
            denied = said.keys if means.denies else frozenset()
            yield replace(said, sentence=sentence, stance=means, denied=denied)


def _row_or_sentence(found: Sequence[str], at: int, title: frozenset[str]) -> list[Said]:
    said = _sentence(found[at], title)
    head = head_of(found, at)
    if head is None or len(said) > 1:
        return said
    names, row = cells(found[head]), cells(found[at])
    return [replace(each, columns=tuple(zip(names[1:], row[1:], strict=True))) for each in said]


def _sentence(sentence: str, title: frozenset[str]) -> list[Said]:
    found = [said_of(sentence, clause.text, title) for clause in clauses(sentence)]
    whole = frozenset().union(*(said.keys for said in found))
    return [replace(_completed(said, whole), around=whole) for said in found]


def _completed(said: Said, whole: frozenset[str]) -> Said:
    """A clause that leaves its verb to the one before ("..., cached files are not.") with it."""
    if not _ELLIPSIS.search(said.text):
        return said
    return replace(said, keys=said.keys | whole, denied=said.keys | whole)


_ELLIPSIS = re.compile(r"\b(?:is|are|was|were|does|do|did|has|have|can|will) not\W*$", re.I)


def said_of(sentence: str, text: str, title: frozenset[str]) -> Said:
    """A clause of a sentence below titles that state `title`, as if it stood alone."""
    terms = lexicon.terms(text)
    keys = _keys(terms) | lexicon.stated(lexicon.scattered(text))
    means = _of_row(text) or _of_words(text)
    return Said(0, sentence, text, means, terms, keys, reached(text, keys, means), title)


def _of_words(text: str) -> Stance:
    means = stance(text)
    if not means.denies:  # one of two denials that cancel may be a term, and is then still needed
        return means
    return stance(lexicon.without_denying_terms(text))


def _of_row(text: str) -> Stance | None:
    """The stance of a table's row that says for which columns a thing holds: "SCIM | No | Yes"."""
    holds = held(text)
    return None if holds is None else Stance.DENIED if holds is Held.NONE else Stance.AFFIRMED


def reached(text: str, keys: frozenset[str], means: Stance) -> frozenset[str]:
    """The keys within the reach of the denial; all of them where it reaches no weighty term."""
    if not means.denies:
        return frozenset()
    part = denied_part(text)
    reached = lexicon.terms(part)
    if not any(t.weight in _WEIGHTY for t in reached):
        return keys
    return _keys(reached) | lexicon.stated(lexicon.scattered(part))


_WEIGHTY = frozenset({Weight.SUBJECT, Weight.NAMED})


def _keys(terms: tuple[Term, ...]) -> frozenset[str]:
    """What these terms state; one of several words states each of its words too."""
    several = [t for t in terms if " " in t.text and t.weight is not Weight.BOILERPLATE]
    words = (key for t in several for keys in lexicon.words_of(t.text) for key in keys)
    return lexicon.stated_by(terms) | lexicon.stated(words)
