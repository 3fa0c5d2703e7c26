"""The specific thing an open question asks for: a link, a number, a date, a name, a place.

An open question that asks for one is not answered by sentences that hold none of its kind:
"Which region hosts our data?" needs a region, not an assurance that hosting is secure.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from trustanswer.answering import lexicon, words
from trustanswer.answering.amounts import amounts
from trustanswer.answering.bounds import Unit


class Specific(StrEnum):
    LINK = "link"
    FREQUENCY = "frequency"
    DURATION = "duration"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CONTACT = "contact"
    NAME = "name"
    PLACE = "place"
    ALGORITHM = "algorithm"
    VERSION = "version"
    PERCENT = "percent"
    WHO = "who"


_ASKED = (
    (Specific.LINK, r"\b(?:url|link|web ?page|web address|where (?:can|may|could) (?:we|i|"
        r"the \w+|customers) (?:find|obtain|get|see|view|download))\b"),
    (Specific.FREQUENCY, r"\b(?:how (?:often|frequently|regularly)|what (?:is the )?frequency|"
        r"frequency of|schedule)\b"),
    (Specific.DURATION, r"\b(?:how (?:long|soon|quickly|fast)|what (?:is the )?(?:period|"
        r"time ?frame|time limit|turnaround)|within what|(?:after|within|in) how many (?:seconds|"
        r"minutes|hours|days|weeks|months|years)|retention period|notice period|rto|rpo|"
        r"recovery (?:time|point) objectives?|response times?|timeline)\b"),
    (Specific.NUMBER, r"\b(?:how many|what (?:is the )?(?:number|share|size|percentage)|"
        r"head ?count|number of)\b"),
    (Specific.MONEY, r"\b(?:how much|what (?:do you|would you) charge|price|cost|fees?|premium|"
        r"limit of (?:cover|liability)|pay in total)\b"),
    (Specific.DATE, r"\b(?:when (?:was|were|did|is|will|do you expect)|what (?:is the )?date|"
        r"date of|(?:in )?(?:which|what) year|the year in which|as of when|since when|"
        r"expiry date)\b|\b(?:and|since) when\W*$"),
    (Specific.CONTACT, r"\b(?:e-?mail address|phone number|telephone number|contact (?:details|"
        r"address|point|email)|whom (?:do|should|can) we (?:contact|report))\b"),
    (Specific.NAME, r"\b(?:what (?:is|are) the names?|name the|names? of|which (?:\w+ )?(?:firms?|"
        r"bod(?:y|ies)|agenc(?:y|ies)|laborator(?:y|ies)|compan(?:y|ies)|auditors?|insurer|"
        r"vendors?|tools?|products?|providers?|cloud|"
        r"identity providers?|platform|assessor))\b"),
    (Specific.PLACE, r"\b(?:(?:in )?(?:which|what) (?:(?:\w+ )?regions?|countr(?:y|ies)|"
        r"locations?|cit(?:y|ies)|jurisdictions?|data ?cent(?:er|re)s?)|where (?:is|are|do|does|"
        r"will|would) )"),
    (Specific.ALGORITHM, r"\b(?:(?:which|what) (?:\w+ ){0,3}(?:algorithms?|ciphers?|"
        r"cipher suites?|hash(?:ing)? (?:algorithm|function)s?)|algo(?:rithm)?s?\b|key (?:size|"
        r"length))"),
    (Specific.VERSION, r"\b(?:(?:which|what|min\w*) (?:\w+ ){0,2}(?:versions?|editions?))\b"),
    (Specific.PERCENT, r"\b(?:(?:what|measured|guaranteed|provide) (?:\w+ ){0,3}(?:availability|"
        r"uptime)|uptime (?:figures?|percentage|guarantee))\b"),
    (Specific.WHO, r"(?:^|[,;:.?(]\s*|\band\s+)(?:who(?:[’']s|\s+(?:is|are(?! you)|has|have|"
        r"had|can|may|will|does|else|approves?|performs?|reviews?|manages?|handles?|leads?|carries|"
        r"signs?|decides?))|by whom)\b"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _ASKED)
# With a capital, and May only where it can be no verb.
_MONTH = (
    r"(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?|"
    r"Sep(?:t|tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|"
    r"May(?=,? \d)|(?<=[a-z\d] )May)"
)
_EMAIL = r"[\w.+-]+@[\w-]+\.\w+"
_FOUND = {
    Specific.LINK: re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|io|net|org|example|eu|dev|"
        r"cloud)\b(?!\w)|\bat [\w.-]+/[\w/-]+", re.I),
    Specific.NUMBER: re.compile(r"\b\d[\d,.]*\b|\b(?:two|three|four|five|six|seven|eight|nine|"
        r"ten|eleven|twelve|dozen|single)\b", re.I),
    Specific.DATE: re.compile(rf"\b(?:19|20)\d\d\b|\b{_MONTH}\b|\bQ[1-4]\b|\bquarter of\b", re.I),
    Specific.CONTACT: re.compile(rf"{_EMAIL}|\+\d[\d ()-]{{6,}}|https?://", re.I),
    Specific.NAME: re.compile(r"(?<=[a-z,;:] )(?:the )?[A-Z][\w-]+|\b[A-Z]{2,}\b|"
        r"\b[A-Z][a-z]+[A-Z]\w*"),
    Specific.PLACE: re.compile(
        r"\b(?:in|within|inside|from|at|near|and|to) (?:the |our )?[A-Z][\w-]+|"
        r"\b[a-z]{2}-[a-z]+-\d\b|\b(?:EU|US|UK|EEA|USA)\b|https?://"
    ),
    Specific.ALGORITHM: re.compile(r"\b(?:AES|RSA|SHA|ECDSA|Ed25519|ChaCha20|Argon2\w*|bcrypt|"
        r"scrypt|PBKDF2|HMAC|3DES|GCM)\b[\w-]*|\bAES-?\d+|\bSHA[- ]?\d+", re.I),
    Specific.VERSION: re.compile(r"\b\d+\.\d+|\b20\d\d\b|\bv\d+", re.I),
    Specific.WHO: re.compile(
        r"\b(?:teams?|groups?|officers?|managers?|management|engineers?|engineering|developers?|"
        r"administrators?|admins?|staff|employees?|personnel|people|members?|leads?|leaders?|"
        r"leadership|heads?|committees?|boards?|councils?|directors?|executives?|founders?|owners?|"
        r"departments?|counsel|auditors?|contractors?|providers?|partners?|colleagues|commander|"
        rf"C[A-Z]{{1,2}}O|DPO|nobody|no one|everyone|everybody)\b|{_EMAIL}", re.I),
}  # fmt: skip
_UNITS = {
    Specific.FREQUENCY: Unit.INTERVAL,
    Specific.DURATION: Unit.DURATION,
    Specific.MONEY: Unit.MONEY,
    Specific.PERCENT: Unit.PERCENT,
}


_NOUNS = {
    Specific.LINK: "url link page list address",
    Specific.FREQUENCY: "frequency schedule often interval",
    Specific.DURATION: "period time timeline timeframe long",
    Specific.NUMBER: "number headcount size",
    Specific.MONEY: "price cost fee",
    Specific.DATE: "date year",
    Specific.CONTACT: "contact email e-mail phone address",
    Specific.NAME: "name names cloud provider firm company tool product",
    Specific.PLACE: "region regions country countries location locations city located hosted "
    "stored kept run",
    Specific.ALGORITHM: "algorithm algorithms algo cipher ciphers hashing",
    Specific.VERSION: "version versions edition",
    Specific.PERCENT: "percentage figure",
    Specific.WHO: "who",
}


def is_noun_of(kind: Specific, term: str) -> bool:
    """Whether a term of the question only names the kind ("region"), so that one found says it."""
    return set(term.lower().split()) <= set(_NOUNS[kind].split())


@lru_cache(maxsize=4096)
def wanted(question: str) -> tuple[Specific, ...]:
    """The kinds of specific things a question asks for, in the order of this module's list."""
    return tuple(kind for kind, pattern in _PATTERNS if pattern.search(question))


def found(kind: Specific, evidence: str, question: str) -> bool:
    """Whether a piece of evidence holds something of that kind that the question does not."""
    evidence = _without_names_of(question, evidence)
    if kind in _UNITS:
        return any(a.unit is _UNITS[kind] for a in amounts(evidence)) or _other_form(kind, evidence)
    matches = _FOUND[kind].finditer(evidence)
    plain = any(kind is not Specific.NAME or _is_name(m.group()) for m in matches)
    none = kind is Specific.NUMBER and _none_of_it(evidence, question)
    return plain or none or _other_form(kind, evidence)


_NONE_OF = re.compile(r"\b(?:no|zero|none of)((?: [\w-]+){1,3})", re.I)


def _none_of_it(evidence: str, question: str) -> bool:
    """Whether evidence counts none of what a question would have counted ("no breaches")."""
    counted = lexicon.stated_by(lexicon.terms(question))
    return any(
        not counted.isdisjoint(lexicon.stated_by(lexicon.terms(match[1])))
        for match in _NONE_OF.finditer(evidence)
    )


def _is_name(text: str) -> bool:
    """Whether a capitalised word is somebody's name: a provider's, or none of the field's terms."""
    clouds = frozenset(words.table()["clouds"])
    return all(t.keys & clouds or not lexicon.is_concept(t) for t in lexicon.terms(text))


def _without_names_of(question: str, evidence: str) -> str:
    """The evidence without the capitalised words that the question already has."""
    known = set(re.findall(r"\b[A-Z][\w-]*", question))
    return re.sub(r"\b[A-Z][\w-]*", lambda m: "it" if m.group() in known else m.group(), evidence)


def _other_form(kind: Specific, evidence: str) -> bool:
    """A thing of the kind in other words: "same day", "at no charge", "on Sundays", "Ireland"."""
    form = _IN_WORDS.get(kind)
    if kind is Specific.PLACE:
        return any(t.keys & _places() for t in lexicon.terms(evidence))
    return form is not None and bool(form.search(evidence))


def _places() -> frozenset[str]:
    return frozenset(words.table()["regions"])


_IN_WORDS = {
    Specific.DURATION: re.compile(r"\b(?:same day|at once|immediately|straight away)\b", re.I),
    Specific.FREQUENCY: re.compile(
        r"\b(?:never|continuous\w*|(?:on|at|with|after|for) (?:every|each)|in each \w+)\b", re.I
    ),
    Specific.MONEY: re.compile(
        r"\b(?:free|(?:without|at no|no) (?:\w+ )?(?:charge|cost|fee))\b", re.I
    ),
    Specific.DATE: re.compile(
        r"\b(?:sun|mon|tues|wednes|thurs|fri|satur)days?\b|\bweekends?\b", re.I
    ),
}
