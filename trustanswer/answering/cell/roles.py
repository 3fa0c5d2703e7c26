"""Whom a question speaks of: the vendor and whoever asks, by whatever names a questionnaire has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from trustanswer.answering import lexicon
from trustanswer.answering.cell.vocabulary import WORD, one_of, words
from trustanswer.model import Question, Statement


@dataclass(frozen=True, slots=True)
class Called:
    """What a questionnaire calls the vendor and whoever asks, by name. `company`: whom it means by
    "the Company"."""

    vendor: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    company: str = "company"


def addressed(question: Question, both: Called) -> Question:
    """The question with what it calls the vendor and the customer as "the company" and "the
    customer", which no statement has to repeat: their names, and what tenders and contracts say
    ("the Tenderer", "the Authority")."""
    named = [("company", _named(both.vendor, re.IGNORECASE)), ("customer", _named(both.customer))]
    roles = [("company", _VENDOR), ("customer", _CUSTOMER), (both.company, _EITHER)]

    def of_both(text: str) -> str:
        for role, pattern in (*named, *(roles if _may_have_roles(text) else ())):
            text = pattern.sub(_in_place(role), text) if pattern is not None else text
        return text

    return replace(
        question, text=of_both(question.text), parent=question.parent and of_both(question.parent)
    )


def _may_have_roles(text: str) -> bool:
    """A quick look before long ones."""
    return not _heads().isdisjoint(WORD.findall(text.replace("’s", "").replace("'s", "")))


@cache
def _heads() -> frozenset[str]:
    kinds = ("vendors", "customers", "either")
    return frozenset(role.split()[-1] for kind in kinds for role in words(kind))


def _in_place(role: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{'the' if match.start() else 'The'} {role}"


def _named(names: Sequence[str], flags: int = 0) -> re.Pattern[str] | None:
    longest = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:[Tt]he )?(?:{longest})(?!\w)", flags) if names else None


def called(
    questions: Sequence[str], names: Sequence[str], statements: Sequence[Statement]
) -> Called:
    """What a questionnaire calls the vendor, besides its `names`, and whoever asks ("Will you
    notify Contoso?").

    Such a name is plainly that of a company, or it comes back, in `_OFTEN` questions at least and a
    share of `_SHARE` of all; it does or has something or is done something to, is no word of the
    questionnaire's or of the field's, and no name in the vendor's `statements`.
    It is the vendor's if it does what vendors do, and that of whoever asks if it is treated as a
    customer; else it stays, for it may be a product.
    """
    times = Counter(name for text in questions for name in set(_PARTY_NAME.findall(text)))
    share = _SHARE * len(questions)
    often = [
        name
        for name, count in times.items()
        if count >= max(_OFTEN, share * (_RARER if name.isupper() else 1))
    ]
    companies = dict.fromkeys(name for text in questions for name in _COMPANY_NAME.findall(text))
    found = [
        name
        for name in dict.fromkeys((*often, *companies))
        if _is_party(name, questions) and not _told_of(name, statements)
    ]
    vendors = [name for name in found if _is_vendor(name, questions)]
    customers = tuple(
        name
        for name in found
        if name not in vendors and (name in companies or _is_customer(name, questions))
    )
    others = customers or any(map(_VENDOR.search, questions))
    return Called((*names, *vendors), customers, "customer" if others else "company")


_OFTEN, _SHARE = 4, 0.05
_RARER = 3  # times the share for abbreviations, which are names of many things
_ORDINARY = 4  # times that a name is written with its capital for once without
_PARTY_NAME = re.compile(
    r"(?:(?<=[a-z,;] )|(?<=\bDoes )|(?<=\bCan )|(?<=\bMay )|(?<=\bWill )|(?<=\bThe ))"
    r"(?!(?:The|Does|Is|Are|Do|Has|Have|Will|Can|May|If|How|What|Which|Who|When|Where|Please) )"
    r"([A-Z][a-z]+(?:-?[A-Z][a-z]+)?"
    r"(?: (?!(?:Data|Information|Systems|Personnel)\b)[A-Z][a-z]+){0,2}|[A-Z]{2,5})"
    r"(?=[’']s\b|[,.?;]|$| [a-z]| (?:Data|Information|Systems|Personnel)\b)"
)
_COMPANY_NAME = re.compile(
    r"(?<=[a-z,;] )([A-Z][\w&’'-]*(?: (?:&|[A-Z][\w&-]*)){0,2} "
    rf"{one_of('companies')})(?!\w| [A-Z])"
)


def _is_party(name: str, questions: Sequence[str]) -> bool:
    """Whether a name is none of a place or a thing, and no ordinary word."""
    if (
        _ROLE.fullmatch(name)
        or name.lower() in words("answers")
        or all(map(lexicon.is_concept, lexicon.terms(name)))
    ):
        return False
    ordinary = sum(name.lower() in text for text in questions)
    if _ORDINARY * ordinary > sum(name in text for text in questions):
        return False
    place = re.compile(rf"\b(?:in|near|under|per|via) {re.escape(name)}\b(?![’'])")
    return not any(map(place.search, questions))


def _told_of(name: str, statements: Sequence[Statement]) -> bool:
    known = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    return any(known.search(text) for one in statements for text in (*one.path, one.text))


def _is_vendor(name: str, questions: Sequence[str]) -> bool:
    """Whether it does things, or has what a vendor has, more often than what a customer has."""
    party = rf"(?:[Tt]he )?{re.escape(name)}"
    ours, theirs = re.compile(_OF_VENDOR.format(party)), re.compile(_OF_CUSTOMER.format(party))
    return sum(len(ours.findall(q)) - len(theirs.findall(q)) for q in questions) > 0


def _is_customer(name: str, questions: Sequence[str]) -> bool:
    """Whether it is treated as a customer, more than once; products are not ("to Salesforce")."""
    treated = re.compile(_AS_CUSTOMER.format(rf"(?:[Tt]he )?{re.escape(name)}"))
    return sum(bool(treated.search(text)) for text in questions) > 1


_AS_CUSTOMER = (
    rf"{{0}}[’']s {one_of('of_the_customer')}\b|\b(?:May|may) {{0}}\b|"
    r"{0},? as (?:the )?(?:employer|customer|controller)|{0} (?:leaves|submits|terminates)\b|"
    r"\b(?:Can|can|could) {0} (?:put|require|use|get|export|define|set|see|hold|limit|make|roll|"
    r"choose|obtain|audit|have|request)\b|"
    r"\b(?:notify|inform|tell|grant|furnish|allow|give|provide|share with|indemnify) {0}\b"
)
_OF_VENDOR = (
    r"\b(?:Does|Has|Is|does|has|by|at) {0}\b(?![’'])|"
    r"{0} (?:shall|must|has|does|attests?|confirms?)\b|"
    rf"{{0}}[’']s? (?:\w+ )??{one_of('of_the_vendor')}\b"
)
_OF_CUSTOMER = (
    rf"{{0}}(?:[’']s?)? {one_of('of_the_customer')}\b|"
    r"\b(?:to|notify|inform|tell|give|furnish|grant|provide|with|allow|for|May|Can|may|can) {0}\b"
    r"(?![’'])"
)
# A thing of its own has the name in front; so have "the Bank of England" and "the Trust Services".
_NO_THING = rf"(?! (?:of|for) [A-Z])(?! [A-Z][a-z]+)(?! {one_of('own_things')}\b)(?!-)"
_DOES = (
    r"(?= (?:shall|must|will|should|has|have|had|is|does|may|can|could|would|to|hereby|confirms?|"
    r"agrees?|warrants?|undertakes?|represents?|ensures?|provides?|maintains?|uses?|holds?)\b|"
    r"[’']s\b)"
)
_BEFORE = ("does", "Does", "Is", "Has", "Will", "Can", "by", "from", "to")
_ASKED = "|".join(rf"(?<=\b{word} )" for word in _BEFORE)


def _role(kind: str) -> re.Pattern[str]:
    """A party by its role: with its article, or where it is plain that it does or is done by."""
    name = one_of(kind)
    return re.compile(
        rf"\b[Tt]he {name}\b{_NO_THING}|\b{name}\b{_DOES}|(?:{_ASKED}){name}\b{_NO_THING}"
    )


_VENDOR, _CUSTOMER = _role("vendors"), _role("customers")
_EITHER = re.compile(rf"\b[Tt]he {one_of('either')}\b{_NO_THING}")
_ROLE = re.compile(one_of("vendors", "customers", "either"))
