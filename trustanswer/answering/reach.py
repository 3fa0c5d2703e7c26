"""How far a question reaches, and whether evidence reaches as far.

"Are all suppliers assessed?" is not answered by "we assess critical suppliers", "Can we choose the
region?" not by the region that there is, "Is it kept in the EU only?" not by a place in the EU.
Everything here reads words: those of the question, and those of the sentences that fit it best.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trustanswer.answering.words import holds

PERIOD = (  # behind "every": how often, and not of what
    r"(?! (?:other |second |third |few |calendar |business |working |single )?(?:second|minute|"
    r"hour|"
    r"day|night|morning|week|weekend|fortnight|month|quarter|year|spring|summer|autumn|winter|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|half|time|\d|two|three|four|five|"
    r"six|ten|twelve)s?\b)"
)
_UNIVERSAL = re.compile(
    r"\b(?:all|every|any|each|everyone|everybody|mandatory|compulsory|enforced|required|must|"
    r"without exe\w+|always|whatsoever|"
    r"regardless|entry[- ]level|whole|entire|alike|cannot be (?:disabled|switched off))\b",
    re.I,
)
_QUANTIFIED = re.compile(
    r"\b(?:(?<!at )(?<!not )all(?! (?:hours|times|right|the same|day))|"
    rf"(?:every|each(?! (?:of|for|with|other))){PERIOD}|everyone|everybody|everything|everywhere|"
    r"whole|entire(?:ly)?|whatever|worldwide|regardless of|without exception|"
    r"in (?:all|every|each) cases?)\b",
    re.I,
)
_FOR_ALL = re.compile(
    rf"\b(?:all(?! (?:hours|times))|(?:every|each){PERIOD}|any|everyone|everybody|everything|"
    r"everywhere|always|whole|entire(?:ly)?|throughout|no exceptions?|without exception|nobody|"
    r"no one|whoever|whichever|irrespective|regardless|100 ?(?:%|per ?cent)|only|solely|never|both|"
    r"mandatory|compulsory|required|must|cannot|no \w+)\b",
    re.I,
)
_OPTIONAL = re.compile(r"\b(?:optional\w*|off (?:by default|until|unless))\b", re.I)
_RESTRICTED = re.compile(
    r"\b(?:optional\w*|off (?:by default|until|unless)|only (?:on|for|in|with|to) the|(?:plan|"
    r"tier)s? only|except (?:for|that|on|the)|(?:apart from|save for|with the exception of)|"
    r"exceptions? (?:is|are)|confined to|limited to|some of|most of|not all|nearly all|almost all|"
    r"may (?:turn|switch|enable|add|choose|require|enforce)|can (?:turn|switch|enable|add|choose|"
    r"require|enforce)|(?:plans?|tiers?|editions?) (?:and|or) (?:above|up|higher)|paid (?:plan|"
    r"option|"
    r"add-on)s?|extra (?:charge|cost|fee)|a sample|spot checks?|at random|in rotation|usually|"
    r"generally|typically|as a rule|in most cases|mostly|best effort|"
    r"on the (?:\w+ (?:and )?){1,3}(?:plans?|tiers?)|part of the \w+ plan|"
    r"where (?:possible|feasible|practicable|supported|offered|law permits))\b|"
    r"\bonly(?=[.;]|$)",
    re.I,
)
_EXCEPTED = re.compile(
    r"(?:(?<!no )(?<!not )\bexcept(?:ing|ed)?\b(?! (?:as|where|when|to the extent)\b)|"
    r"\bwith the exception of|(?:^|, )apart from|\bsave for|\ball but|\bexcluding\b)"
    r"(?! (?:for )?(?:\w+ ){0,2}maintenance\b)",  # no availability is promised without that
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:(?:we|our \w+) (?:\w+ )?(?:aims?|strives?|seeks?|try|tries|endeavou?rs?|hopes?|"
    r"intends?) (?:to|for)|we target|(?:reasonable|best) efforts|as resources permit|rarely|seldom|"
    r"hardly ever|occasionally|sometimes|ad[- ]hoc)\b"
    # What people are told to do; what "should be done" is how policies say that it is done.
    r"|\b(?:employees|staff|users|personnel|developers|engineers|teams|owners|managers|"
    r"administrators|contractors|everyone|everybody|you) should (?!be\b)",
    re.I,
)
_OBJECTIVE = re.compile(r"\b(?:objectives?|targets?|goals?|RTO|RPO|aims?)\b", re.I)
_MOST = re.compile(
    r"(?<!the )(?<!at )\bmost\b(?! (?:recent|sensitive|critical|common|important)\b)|"
    r"\b(?:some(?! of the most)|several|many|(?:the|a) (?:vast )?(?:majority|minority) of|"
    r"half (?:of|the)|case[- ]by[- ]case)\b",
    re.I,
)
# Kinds of a thing: where a question asks for all of them, evidence of one kind is of some.
_KIND = re.compile(
    r"\b(?:critical|serious|key|major|significant|important|high[- ]risk|privileged|severe|"
    r"selected|"
    r"main|certain|largest|new)\b",
    re.I,
)
_SHARE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d+)? ?(?:%|per ?cent)", re.I)
_OWN = re.compile(
    r"\b(?:your own|own (?:organi[sz]ation|company|name|service)|its own|itself)\b", re.I
)
_EXCLUSIVE = re.compile(
    r"(?<!not )(?<!read-)(?<!read )(?<!write-)\b(?:only|solely|exclusively|nothing but|"
    r"nobody but)\b"
    r"(?! (?:after|upon|with|if|when|for a|once|by|through|via))",
    re.I,
)
_CLOSED = re.compile(
    r"\b(?:only|solely|exclusively|alone|sole|nowhere|nobody|no one|no other|nothing|none|never|"
    r"cannot|must|without exception|entirely|all|always|just|stays?|remains?|limited to|"
    r"restricted to|confined to|unless|until|no \w+|not)\b",
    re.I,
)
_OFFERED = re.compile(
    r"^\W*(?:can|may|could|are|is|will|would)\s+(?:we|our \w+|(?:the |an? |any )?(?:customers?|"
    r"clients?|tenants?|subscribers?)(?! (?:data|content|information|records?|accounts?)\b))\b"
    r"|\b(?:available|provided|given|shown|reported|disclosed|sent|offered) to (?:us|(?:the |our )?"
    r"(?:customers?|clients?))\b",
    re.I,
)
_OFFER = re.compile(
    r"\b(?:you|your|customers?|clients?|tenants?|owners?|admin\w*|users?|controllers?|subscribers?|"
    r"on request|available|provid\w+|offer\w*|send|sent|sends|shared?|publish\w*|lets?|allow\w*|"
    r"download\w*|export\w*|configur\w*|custom|option\w*|choice|possible|support(?:ed|s)|"
    r"self-service|portal|website|page|settings|dashboard|console|NDA|notif\w*|inform\w*|tell|told|"
    r"announc\w*)\b",
    re.I,
)
_OBLIGED = re.compile(
    r"\b(?:must|obliged|obligatory|mandatory|compulsory|required to|enforced|forced|have to|"
    r"has to)\b",
    re.I,
)
_FREE = re.compile(
    r"\b(?:voluntar\w+|optional\w*|advisory|non-binding|recommend(?:ed|s|ation)?|encourag\w+|"
    r"not (?:required|mandatory|compulsory|obligatory|enforced|forced)|need not|needn[’']t|"
    r"may (?:choose|use|opt|skip|bypass)|unless you|if (?:you|they) (?:wish|want|like|choose))\b",
    re.I,
)


def reach(
    question: str, near: Sequence[str], after: Sequence[str], clauses: Sequence[str]
) -> dict[str, float]:
    """The figures. `near`: the sentences that fit best; `after`: those that follow one of them;
    `clauses`: those of `near` that fit."""
    whole = " ".join([*near, *after])
    universal = holds(_UNIVERSAL, question)
    quantified = holds(_QUANTIFIED, question)
    restricted = any(holds(_RESTRICTED, s) for s in near) or any(holds(_OPTIONAL, s) for s in after)
    return {
        "universal": float(universal),
        "quantified": float(quantified),
        "restricted": float(restricted),
        "of_a_kind": float(quantified and _of_a_kind(question, near)),
        "not_of_all": float(quantified and not holds(_FOR_ALL, whole)),
        "of_most": float(quantified and _there_alone(_MOST, near, question)),
        "excepted": float(_there_alone(_EXCEPTED, near, question)),
        "hedged": float(
            _there_alone(_HEDGED, clauses, question) and not holds(_OBJECTIVE, question)
        ),
        "of_a_share": float(quantified and _there_alone(_SHARE, [" ".join(near)], question)),
        "not_closed": float(holds(_EXCLUSIVE, question) and not holds(_CLOSED, whole)),
        "not_offered": float(holds(_OFFERED, question) and not holds(_OFFER, whole)),
        "left_free": float(holds(_OBLIGED, question) and holds(_FREE, whole)),
        "own_asked": float(holds(_OWN, question)),
    }


def _of_a_kind(question: str, near: Sequence[str]) -> bool:
    """Whether the evidence speaks of a kind ("critical suppliers") that the question does not."""
    asked = {m.group().lower() for m in _KIND.finditer(question)}
    return any(m.group().lower() not in asked for s in near for m in _KIND.finditer(s))


def _there_alone(what: re.Pattern[str], texts: Sequence[str], question: str) -> bool:
    """Whether one of the texts says it, and the question does not."""
    return any(holds(what, text) for text in texts) and not holds(what, question)
