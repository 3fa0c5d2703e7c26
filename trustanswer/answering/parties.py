"""Who is spoken of in a statement: the vendor, a provider of the vendor's, or other parties that
the vendor asks things of."""

from __future__ import annotations

import re
from functools import lru_cache

from trustanswer.model import Statement

PROVIDER = "provider"  # the tag of a document about somebody else than the vendor


def spoken_of(statement: Statement) -> str | None:
    """Whom a statement is about, if not the vendor: the provider that its document is tagged with.

    A sentence that names the provider itself ("AWS data centers are guarded.") needs no tag to be
    understood; "Data centers are guarded." does.
    """
    return next((value for key, value in statement.tags if key.casefold() == PROVIDER), None)


def others_do(text: str, question: str, title: frozenset[str] = frozenset()) -> bool:
    """Whether a clause tells of other parties what the question asks of the vendor: "Do you have a
    SOC 2 report?" is not answered by "We collect the reports of our suppliers", nor "Are you
    certified?" by "Our hosting provider is certified", nor "Do you review access?" by "Review who
    has access to your workspace". `title`: what the titles above the clause state."""
    if not _asks_of_the_vendor(question):
        return False
    if _OTHERS_DO.match(text) or _ADVICE.match(text):
        return True
    return _asks_for_proof(question) and (_host_has(text) or _of_data_centers(text, title))


def _of_data_centers(text: str, title: frozenset[str]) -> bool:
    """Whether a clause stands under "Data centers", and does not say that the vendor itself ..."""
    return "data_center" in title and not _FIRST_PERSON.search(text)


_FIRST_PERSON = re.compile(
    r"\b(?:we|our (?:company|organi[sz]ation|service|product|platform))\b", re.I
)
# What customers are told to do with what is theirs.
_ADVICE = re.compile(
    r"\W*(?:(?:please|always|regularly|periodically|also|then) )*"
    r"(?:review|enable|monitor|restrict|limit|rotate|configure|set|use|choose|create|keep|make|"
    r"ensure|check|avoid|delete|remove|add|turn|switch|require|grant|assign|consider|remember|"
    r"protect|manage|invite|verify|disable|revoke|audit|follow|download|export|connect) "
    r"(?:\S+ ){0,8}?your (?:own )?(?:[\w-]+ )?(?:data|accounts?|organi[sz]ations?|"
    r"workspaces?|projects?|instances?|tenants?|environments?|users?|members?|customers?|"
    r"end[ -]users?|integrations?|databases?|subscriptions?|sites?|api keys?|dashboards?|"
    r"admins?|administrators?)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def _asks_of_the_vendor(question: str) -> bool:
    return bool(_YOURS.search(question)) and not _PARTY.search(question)


_YOURS = re.compile(
    r"^\W*(?:do|are|have|is|does|can|will) (?:you|your|the vendor|the company)\b|"
    r"\bby (?:you|your (?:own )?(?:organi[sz]ation|company|staff)|the vendor|the company)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def _asks_for_proof(question: str) -> bool:
    """Whether a certificate or a report of the vendor's own is asked for. A host's guards and
    generators protect what the vendor runs there; its certificates are its own."""
    return bool(_PROOF.search(question)) and not _HOSTING.search(question)


_PROOF = re.compile(
    r"\b(?:certifi\w+|accredited|attest\w+|audited|authori[sz]ed|compliant|SOC \d|ISO[ /]|PCI)",
    re.I,
)
_HOSTING = re.compile(r"\b(?:data ?cent\w+|host\w*|cloud|infrastructure|facilit\w+)\b", re.I)


def _host_has(text: str) -> bool:
    return _HOST_HAS.match(text) is not None


_HOST_HAS = re.compile(
    r"\W*(?:(?:[Oo]ur|[Tt]he) (?:cloud |hosting |data cent\w+ )+(?:provider|partner|operator)s?|"
    r"(?:[Oo]ur |[Tt]he |[Aa]ll |[Tt]hese )*[Dd]ata ?cent(?:er|re)s?|"
    r"AWS|Amazon(?: Web Services)?|(?:Microsoft )?Azure|Microsoft|Google(?: Cloud)?|GCP|Scaleway|"
    r"OVH(?:cloud)?|Hetzner|Equinix|Interxion|Digital ?Ocean|Linode|Rackspace|IBM Cloud|"
    r"Oracle Cloud|IONOS|Exoscale|Digital Realty|Telehouse)"
    r"(?:[’']s?)?(?: \w+){0,3}? (?:is|are|has|have|holds?|maintains?)\b"
)
_PARTY = re.compile(
    r"\b(?:customers?|clients?|subscribers?|sub-?processors?|suppliers?|vendors|"
    r"third part(?:y|ies)|parent company)\b",
    re.I,
)
_OTHERS_DO = re.compile(
    rf"\W*(?:(?:our|the|your|each|all) )*{_PARTY.pattern} "
    r"(?:must|should|are|is|has|have|holds?|signs?)\b"
    r"|\W*(?:(?:our|the|your|all) )*(?:customers|clients|subscribers|sub-?processors|suppliers|"
    r"vendors|third parties) "
    r"(?!(?:can|may|on|in|of|with|who|and|or|for|to|from|at|by)\b)\w+(?<!s)\b"
    # One of them, and what it does; not "the customer records are".
    r"|\W*(?:the|each|every|a) (?:customer|client|controller|subscriber) \w+s\b"
    r"(?! (?:is|are|was|were|must|can|have|has|will|may|of|in|on|at|for|from|\w+ed)\b)"
    r"|\W*(?:if [^,]{1,60}, )?you(?:[’']re| are)? (?:must|should|need to|have to|"
    r"have \d+ (?:hours|days)|(?:required|obliged|expected|advised|encouraged) to)\b"
    r"|.*\b(?:forwarded|passed|passed on|referred|redirected|handed) to (?:the |our )?"
    r"(?:customers?|clients?|controllers?|you)\b"
    r"|.*\bby their (?:own )?(?:agency|agencies|employers?|landlords?)\b"
    rf"|.*\b(?:require|expect|oblige|ask|review|collect|recommend)s? (?:that )?(?:\w+ ){{0,6}}"
    rf"(?:{_PARTY.pattern}|you\b)|.*\brecommend(?:s|ed)?(?: that)? (?:all )?users\b",
    re.I,
)
