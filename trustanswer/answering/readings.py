"""How a question reads a clause: what it asks for decides what the clause says to it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.evidence import Said, reached, said_of
from trustanswer.answering.headings import asks_meaning
from trustanswer.answering.parties import others_do
from trustanswer.answering.polarity import Stance, stance, without_cue
from trustanswer.answering.reassurances import denies_asked
from trustanswer.answering.rows import BETWEEN, cells


def as_asked(said: Said, question: str, asked: frozenset[Stance]) -> Said:
    """The clause as a question reads it: one that asks for its very stance ("Is TLS 1.0 disabled?")
    is affirmed, unless it denies something beside ("Upcoming changes are not announced"); so is one
    by which a thing asked to be disabled is refused. One that asks for what the clause rules out
    ("Can data be deleted?") is denied. A definition states nothing, unless just that is asked. Of a
    table's row those cells count whose column the question names."""
    said = _of_columns(said, question)
    if said.defines and not asks_meaning(question):
        nothing = frozenset[str]()
        return replace(said, terms=(), keys=nothing, denied=nothing, title=nothing, around=nothing)
    if said.stance in asked:
        rest = without_cue(said.text, said.stance)
        means = Stance.DENIED if stance(rest) is Stance.DENIED else Stance.AFFIRMED
        return replace(said, stance=means, denied=reached(rest, said.keys, means))
    if Stance.CEASED in asked and _asks_off(question) and _turns_away(said.text):
        return replace(said, stance=Stance.AFFIRMED, keys=said.keys | _off(), denied=frozenset())
    if said.stance is not Stance.AFFIRMED:
        return said
    if denies_asked(said.text, question):
        return replace(said, stance=Stance.DENIED, denied=said.keys)
    theirs = others_do(said.text, question, said.title)
    return replace(said, stance=Stance.THEIRS) if theirs else said


def _of_columns(said: Said, question: str) -> Said:
    """A row with the cells that are asked for alone. What a title puts off or ends, it puts off or
    ends for all columns."""
    named = [cell for name, cell in said.columns if _names(question, name)]
    put_off = said.stance in (Stance.PLANNED, Stance.CEASED)
    if not named or len(named) == len(said.columns) or put_off:
        return said
    label = cells(said.text)[0]
    narrowed = said_of(said.sentence, BETWEEN.join([label, *named]), said.title)
    return replace(narrowed, statement=said.statement, around=narrowed.keys, defines=said.defines)


@lru_cache(maxsize=8192)
def _names(question: str, column: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(column)}(?!\w)", question, re.I))


@lru_cache(maxsize=4096)
def _asks_off(question: str) -> bool:
    """Whether a question asks of one thing that it is disabled, and nothing else."""
    return bool(_OFF_ALONE.fullmatch(question))


_OFF_ALONE = re.compile(
    r"\W*(?:is|are|has|have|were|will|do|does)\b[^,;]*\b(?:disabled|deactivated|"
    r"(?:turned|switched) off)\b[^,;]*",
    re.I,
)


def _turns_away(text: str) -> bool:
    """Whether a clause says of a thing that nobody gets in by it, so that it is disabled; what is
    refused for want of a thing ("requests without MFA") says the contrary of that."""
    return bool(_TURNED_AWAY.search(text)) and not _FOR_WANT.search(text)


_TURNED_AWAY = re.compile(
    r"\b(?:is|are|get|gets) (?:\w+ )?(?:refused|rejected|declined|blocked|unsupported|"
    r"not (?:supported|accepted|allowed|permitted|offered|negotiated))\b|"
    r"\b(?:refuses?|rejects?) (?!to\b)",
    re.I,
)
_FOR_WANT = re.compile(
    r"\b(?:without|unless|lack\w*|miss\w*|fail\w*|invalid|expired|un\w+ed|other than|until|only)\b",
    re.I,
)


@cache
def _off() -> frozenset[str]:
    """What a clause states that says of a thing that it is disabled."""
    return lexicon.stated_by(lexicon.terms("disabled"))
