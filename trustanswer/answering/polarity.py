"""Which way a clause points: what it affirms, denies, limits or only promises.

A sentence of a trust center is cut into clauses, for a sentence may affirm one thing and deny
the next ("No FedRAMP authorization, but the data centers hold one"). Each clause has a stance.
The cues are those of Chapman et al., "A Simple Algorithm for Identifying Negated Findings" (2001),
carried over from clinical notes to assurance statements: a few unambiguous words decide, and
look-alikes that deny nothing ("no later than", "not only") are set aside first.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from trustanswer.answering.lexicon import without_denying_terms


class Stance(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"  # "generic accounts are not used", "holds none of"
    CEASED = "ceased"  # "we no longer rely on", "was withdrawn"
    PLANNED = "planned"  # "is scheduled for 2026", "we plan to offer"
    OUTSIDE = "outside"  # "out of scope", "does not apply to"
    THEIRS = "theirs"  # left to the customer: "is your responsibility"

    @property
    def denies(self) -> bool:
        """Whether the thing spoken of is not there today."""
        return self in {Stance.DENIED, Stance.CEASED, Stance.PLANNED, Stance.OUTSIDE}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence, verbatim, with its place in the sentence and its stance."""

    text: str
    start: int
    stance: Stance


_NOT_DENYING = re.compile(
    r"\b(?:no|never|not) (?:later|less|more|fewer|longer than|greater|sooner|worse|shorter)\b"
    r"|\b(?:nothing|none|not|no|never|cannot|can[’']t) (?:be )?(?:\w+ )?(?:weaker|shorter|older|"
    r"lower|smaller|worse|later|fewer|slower) than\b"
    r"|\bno (?:(?:additional|extra|further) (?:cost|charge|fee)s?|cost|charge|surcharge|matter|"
    r"doubt|exceptions? (?:were|was))\b"
    r"|\bnot (?:only|merely|just|limited|exceed\w*|necessarily|expressly|to be)\b"
    r"|\bwithout (?:undue|unreasonable|delay|surcharge|extra|exempt\w*|exception|additional|manual|"
    r"interruption|penalty|charge|loss|exclusion|a surcharge)\b"
    r"|\b(?:whether or|if|or) not\b|\bno\.\s*\d"
    r"|\b(?:that|who|which|when|if) (?:it |they )?(?:is|are|was|were|do|does|did|has|"
    r"have)? ?(?:no longer|not)\b"
    r"|\b(?:nobody|no one) needs?\b|\b(?:that|which) (?:nobody|no one) uses?\b"
    r"|\bno longer (?:needs?|uses?|needed|required|useful|necessary|than)\b|\bnon-\w+"
    r"|\b(?:no(?: one| \w+)?|nobody|never|not)\b[^,;]{0,30}\b(?:standing|permanent)\b"
    r"|\bneither (?:\w+ nor )?(?:alter|chang|edit|delet|eras|modif|overwrit|remov)\w*"
    # "Anyone who cannot comply files an exception": of whom it is said, not what is said.
    r"|(?<!, )\b(?:that|who|whose|anyone|those) (?:\w+ )?(?:cannot|can[’']t|could not|"
    r"do(?:es)?n[’']t|"
    r"did(?:n[’']t| not)|isn[’']t|aren[’']t|hasn[’']t|haven[’']t|fails? to|lacks?)\b"
    # A gate that lets nothing bad through.
    r"|\b(?:refuse[sd]?|rejects?|rejected|blocks|blocked|block (?=any)|declines?|declined|"
    r"den(?:y|ies|ied)|(?:refus|reject|block|declin|deny)ing) (?:\w+ ){0,5}?(?:without|unless|"
    r"un\w+ed|the same|anything (?:else|other)|everything else|other than)\b"
    r"|\bwithout (?:activity|assignment|blame|being asked|asking|help|downtime|fail|cause|reason|"
    r"any action|waiting)\b"
    r"|\b(?:nothing|none|no \w+(?: \w+)?|never|not|doesn[’']t|don[’']t)\b"
    r"(?:(?!\b(?:when|once|if|after|before|until|as|who|that|upon|on)\b)[^,;.]){0,30}\bleaves?\b"
    r"|\bno (?:route|path|connection|link|bridge) (?:to|between|from|into)\b"
    r"|\b(?:cannot|can not|can[’']t|never|no \w+) (?:\w+ ){0,2}?(?:reach|see|read|access|touch|"
    r"open) "
    r"(?:another|other|each other|one another)\b|\bnobody who\b",
    re.I,
)
# What nobody can do to a thing is no lack, nor what is not waited for, unless just that is asked.
_UNLESS_ASKED = re.compile(
    r"\b(?:nobody|no one|no \w+|cannot|can not|can[’']t|"
    r"neither .{1,40} nor \w+)\b(?: \w+){0,3}? (?:be )?(?P<done>switched off|disabled|"
    r"turned off|alter\w*|chang\w+|edit\w*|delet\w+|eras\w+|overwrit\w+|modif\w+|bypass\w*|"
    r"waived|tampered)\b"
    r"|\bwithout (?P<thing>limit\w*|conditions?|request|notice|warning|restriction)\b",
    re.I,
)
_CEASED = re.compile(
    r"\b(?:ceased|stopped|discontinued|retired|(?:was|were|been) withdrawn|lapsed|no longer|"
    r"(?:switched|turned|shut) off|(?:was|were|been) disabled|"
    r"(?:was|were|been) (?:removed|dropped|scrapped|abandoned|retired|shut down|replaced) (?:in|on|"
    r"since|with|last|by|because|due to|owing to|as of)|"
    r"(?:support|availability|maintenance)(?: for [^.;,]{1,40}| of [^.;,]{1,40})? (?:has |was )?"
    r"ended|"
    r"(?:is|are) off(?! (?:limits|by default|until|unless))|"
    r"used to(?= (?:be|have|hold|offer|support|run|use)\b)|formerly|expired (?:in|on|last)|"
    r"(?:report|certificat\w+|insurance|attestation|licen[cs]e) (?:has |have )?expired|"
    r"(?:is|are|was|were|been) (?:cancell?ed|paused|postponed|skipped)|"
    r"(?:was|were|had) [^,;.:]{0,60}\buntil (?:[A-Z][a-z]+ )?(?:19|20)\d\d|"
    r"removed support|deprecated|phased out|not renewed|gave up)\b",
    re.I,
)
# To look whether one is ready for a certificate is not to have it.
_STANDARD = (
    r"(?:SOC[ -]?\d|ISO(?:[/ -]IEC)?[ -]?\d[\d:-]*|FedRAMP|StateRAMP|HITRUST|PCI(?: DSS)?|CMMC|C5|"
    r"TISAX|ENS|Cyber Essentials)"
)
_LOOK = r"(?:assessments?|reviews?|analys[ei]s|checks?|audits?)"
_PLANNED = re.compile(
    r"\b(?:(?:we|they|you|also|currently|still) plan to|plans to|plann(?:ed|ing) (?:to|for)|"
    r"in (?:closed |open |private |public )?(?:beta|preview|pilot)|being piloted|"
    r"(?:is|are) booked for|in the backlog|on (?:its|the) way|under (?:discussion|review by|"
    r"construction)|being (?:chosen|selected|drafted|written|evaluated|procured)|still (?:a draft|"
    r"being)|(?:begins?|starts?) (?:in|on|from|next) (?=[A-Z]|next|spring|summer|autumn|winter|"
    r"\d{4})|"
    r"follows? in \d{4}|we expect|expected (?:in|by|this|next)|planned(?! (?:intervals?|"
    r"maintenance|downtime|windows?|"
    r"schedule))|scheduled (?:for|to)|roadmap|upcoming|in progress|"
    r"under (?:way|development|evaluation|consideration)|not yet|yet to|intend(?:s|ed)? to|(?:is|"
    r"are) expected|"
    r"targeted for|being (?:put in place|prepared|built|rolled out|implemented|deployed)|"
    r"in preparation|(?:we|team) (?:are|is) (?:\w+ )?(?:working on|considering|"
    r"evaluating|exploring|looking into)|"
    r"(?:are|is|am) (?<!who are )(?<!that are )(?<!who is )(?:\w+ )?(?:(?:working|"
    r"moving|heading) towards?|preparing (?:for|to)|pursuing|seeking (?:to|certif\w+|"
    r"accreditation|authori[sz]ation))|coming soon|on (?:\w+ )?wish ?list|"
    r"(?:is|are|remains?) (?:an?|our|the|one of our|among our) (?:\w+ )?(?:goal|aim|ambition|"
    r"target|objective|priority|prioritie)s? (?:for|in|of) (?:the )?(?:next|coming|this|Q[1-4]|"
    r"20\d\d)|"
    r"(?:aims?|hopes?|wants?|wish(?:es)?|would like) to (?:obtain|achieve|attain|earn|gain|"
    r"become|be certified|certify|introduce|launch|offer|add|support|adopt)"
    r"(?! (?:\S+ ){0,3}\d[\d.]* ?(?:%|per ?cent|hours?|minutes?|days?))|"
    rf"{_STANDARD}(?: [\w:/-]+){{0,3}} (?:readiness|gap) {_LOOK}|"
    rf"(?:readiness|gap) {_LOOK} (?:for|against) (?:the )?{_STANDARD}|"
    r"under procurement|is to be (?:introduced|deployed|rolled out)|"
    r"from (?:next \w+|20\d\d)\b[^.;]{0,60}\bwill\b|"
    r"will be (?:available|ready|introduced|added|offered))\b",
    re.I,
)
_OUTSIDE = re.compile(
    r"\b(?:out(?:side)? (?:of )?(?:the )?(?:\w+ ){0,3}scope|outside (?:it|them|this)\b|"
    r"outside the (?:standard|policy|agreement|plan|remit|reach|service)|off limits|"
    r"not in scope|(?:does|do) not (?:\w+ )?(?:apply|extend|stretch|cover)|"
    r"not applicable|inapplicable|excluded|excludes|excluding|carved out|exempt from|"
    r"nothing in .{0,30} applies|not covered|"
    r"lies? outside|stay outside|not part of|not subject to|beyond the scope)\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|never|none|nobody|no one|nothing|neither|nor|cannot|no|without|prohibit(?:s|ed)?|"
    r"forbid(?:s|den)?|"
    r"refuse[sd]?|barred|bars|disallow(?:s|ed)|prevent(?:s|ed)? (?:\w+ ){0,3}from|denied access|"
    r"unable|stays? out of|kept out of|"
    r"unsupported|impossible|free of|"
    r"isn[’']?t|aren[’']?t|don[’']?t|doesn[’']?t|can[’']?t|won[’']?t|hasn[’']?t|haven[’']?t|"
    r"wasn[’']?t|didn[’']?t|"
    r"lacks?|(?:fail(?:s|ed)?|neglect(?:s|ed)?) to|"
    r"informal(?:ly)?|undocumented|absent|unable|"
    r"instead of|rather than|declines?)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\b(?:your|customers?[’']?s?|clients?[’']?|hospital[’']?s?|"
    r"subscribers?) (?:own )?(?:responsibility|job|task|duty)\b"
    r"|\b(?:up to|left to|left with|rests? with|remains? with|falls? to|a matter for|matters for|"
    r"(?:is|are|remains?) for|the task of|the responsibility of|responsibility of) "
    r"(?:you|the customer|customers|the client|your (?:team|administrators?))\b(?! (?:can|may|"
    r"to (?:review|use)))"
    r"|\b(?:is|are|be) (?:\w+ ){0,2}?\w+(?:ed|en|t) by (?:the |each |its |their |your )?(?:own )?"
    r"(?:customers?|clients?|controllers?|hospitals?|schools?|clinics?|employers?|merchants?|you)\b"
    r"|\byou (?:look after|take care of|are in charge of|patch|maintain|remain responsible)\b"
    r"|\b(?:left to|the business of) (?:the )?(?:customer|client|controller|employer|you)\b"
    r"|\bremain with the customer\b|\bcustomers? (?:is|are|remains?) responsible\b|"
    r"\byou are responsible\b",
    re.I,
)
_ORDER = (
    (Stance.OUTSIDE, _OUTSIDE),
    (Stance.CEASED, _CEASED),
    (Stance.PLANNED, _PLANNED),
    (Stance.DENIED, _DENIED),
    (Stance.THEIRS, _THEIRS),
)
_BOUNDARY = re.compile(
    r";\s+|:\s+(?=[A-Z])|\s+[–—-]\s+|,\s+(?:but|although|though|while|whereas|except|however|yet|"
    r"so|which|unless|because|since|as)\s+"
    r"|\s+(?:but|whereas|although|while|because|unless)\s+"
    r"|,\s+(?:and|or|nor)\s+(?=(?:\w+\s+){0,6}?(?:is|are|was|were|has|have|had|do|does|did|can|"
    r"cannot|will|may|must|no|not|"
    r"we|it|they|you|hold|holds|use|uses|keep|keeps|run|runs)\b)"
    r"|,\s+(?=(?:not|never|no|nor|excluding)\b)"
    # "We hold ISO 27001 and are working towards SOC 2."
    r"|\s+and\s+(?=(?:we |it )?(?:(?:is|are) (?:\w+ )?(?:working|moving|heading|preparing|pursuing|"
    r"planning|considering)|(?:plans?|aims?|hopes?|intends?|expects?) to)\b)",
)
# What heads a list says of all that is listed: "Forbidden: DES, RC4."
_HEADS = re.compile(
    r"(?:^|[.;•|–—-] *)(?:\w+ )?(?:forbidden|prohibited|banned|disallowed|unsupported|excluded|"
    r"deprecated|retired|discontinued|planned|upcoming|coming soon|in (?:beta|preview|progress)|"
    r"on the roadmap|not (?:yet )?(?:permitted|allowed|supported|accepted|used|available|covered|"
    r"included|offered))(?: \w+){0,2}:$"
    r"|^\W*(?:Q[1-4] |\w+ quarter (?:of )?|[A-Z][a-z]+ )?20\d\d:$",
    re.I,
)
_WHEN = re.compile(r"(?:Q[1-4]|\w+ quarter(?: of)?|[A-Z][a-z]{2,8}) 20\d\d\W*$")


def stance(text: str) -> Stance:
    """The stance of one clause. Without any cue it affirms."""
    if not any(cue.search(text) for _, cue in _ORDER):
        return Stance.AFFIRMED  # as most clauses do: the look-alikes need not be looked for
    plain = _without_look_alikes(text)
    found = [s for s, cue in _ORDER if cue.search(plain)]
    if not found:
        return Stance.AFFIRMED
    if Stance.OUTSIDE not in found and _double(plain, found):
        return Stance.AFFIRMED
    return found[0]


def _without_look_alikes(text: str) -> str:
    return _UNLESS_ASKED.sub(_blank, _NOT_DENYING.sub(_blank_unless_of_all, text))


def _blank_unless_of_all(match: re.Match[str]) -> str:
    """Blanks, but for what is said of all there are: "only vendors that don't train on it"."""
    return match[0] if _ONLY_THOSE.search(match.string[: match.start()]) else _blank(match)


_ONLY_THOSE = re.compile(
    r"\b(?:only|solely|exclusively)\b[^,;.]{0,30}\b(?:vendor|provider|(?:sub-?)?processor|supplier|"
    r"partner|model|llm|tool|service|host)s? $",
    re.I,
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def undone_unless_asked(text: str) -> list[str]:
    """What a clause says that nobody can do, or that is not waited for: no lack for most."""
    found = _UNLESS_ASKED.finditer(_NOT_DENYING.sub(_blank, text))
    return [word for m in found for word in (m["done"] or m["thing"]).split()]


def without_cue(text: str, own: Stance) -> str:
    """A clause without the words that give it this stance."""
    return dict(_ORDER)[own].sub(_blank, text)


def _double(text: str, found: list[Stance]) -> bool:
    """Two denials in one clause cancel: "nobody can ... without", "no ... is refused"."""
    return (
        found == [Stance.DENIED] and len(_DENIED.findall(text)) == 2 and bool(_CANCELS.search(text))
    )


_CANCELS = re.compile(
    r"\b(?:no|not|never|nobody|cannot|none|nothing)\b(?:(?!\band\b).){0,200}?"
    r"\b(?:without|refused|prevented|prohibited|blocked|denied)\b",
    re.I,
)


def denied_part(clause: str) -> str:
    """What a denying clause denies: what follows the first denying word, or, where that holds no
    more than a verb ("Generic accounts are not used."), the whole clause."""
    plain = _without_look_alikes(clause)
    cue = _DENIED.search(plain)
    if cue is None or stance(clause) is not Stance.DENIED:
        return clause
    return clause[cue.end() :]


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence in order; together they hold every word of it."""
    ends = (m.end() for m in _BOUNDARY.finditer(sentence))
    cuts = [0, *(end for end in ends if not _is_headed(sentence, end)), len(sentence)]
    spans = [(a, b) for a, b in itertools.pairwise(cuts) if sentence[a:b].strip()]
    return tuple(Clause(sentence[a:b], a, stance(sentence[a:b])) for a, b in spans)


def _is_headed(sentence: str, end: int) -> bool:
    """Whether what stands before a colon, or behind it, gives the other side its stance."""
    head = sentence[:end].rstrip()
    return head.endswith(":") and bool(_HEADS.search(head) or _WHEN.match(sentence, end))


def main_clause(text: str) -> str:
    """The part of a question or sentence that its stance is read from.

    What stands in brackets, and what follows as a condition or an afterthought, is left out:
    "Dedicated database per client (no mixing)" denies nothing.
    """
    bare = re.sub(r"\([^)]*\)", " ", text)
    cut = re.split(
        r",?\s+(?:even|except|unless|other than|until|so that|such that|in that|rather than|"
        r"instead of)\b|"
        r",\s+(?=no |not |without )",
        bare,
        maxsplit=1,
    )
    return cut[0]


@lru_cache(maxsize=4096)
def speaks_of(question: str) -> frozenset[Stance]:
    """The stances a question asks about by name: "Is a report planned?", "Is it out of scope?".

    Evidence with that very stance affirms it.
    """
    if not any(cue.search(question) for _, cue in _ASKED):
        return frozenset()  # as most questions do: the look-alikes need not be looked for
    plain = _without_look_alikes(question)
    return frozenset(s for s, cue in _ASKED if cue.search(plain))


_ENDED = re.compile(r"\b(?:disabled|deactivated|decommissioned|withdrawn|retired)\b", re.I)
_AHEAD = re.compile(
    r"\b(?:in (?:the )?(?:near )?future|(?:in|by|within|for) (?:the )?next (?:year|quarter|release|"
    r"version)|beta|backlog|wish ?list)\b",
    re.I,
)
_ASKED = (
    (Stance.PLANNED, _PLANNED),
    (Stance.PLANNED, _AHEAD),
    (Stance.CEASED, _CEASED),
    (Stance.CEASED, _ENDED),
    (Stance.OUTSIDE, _OUTSIDE),
)


def asserts_absence(question: str) -> bool:
    """Whether a question or a statement to confirm asserts that something is not so."""
    main = main_clause(question)
    if not (_DENIED.search(main) or _LACKS.search(main)):
        return False
    plain = _without_look_alikes(without_denying_terms(main))
    denies = _DENIED.search(plain) or _LACKS.search(plain)
    return bool(denies) and not _CANCELS.search(plain)


# Words by which a question asserts a lack; in a statement they say of some that they are apart.
_LACKS = re.compile(
    r"\b(?:(?<!tax-)(?<!tax )exempt(?:ed)? from|excluded from|(?:is|are|be|been) excluded|"
    r"left (?:out|off)|"
    r"omitted from|withheld from|closed to|off[- ]limits|out of bounds|"
    r"(?:kept|barred|banned|blocked|shielded|hidden) from|kept (?:out|away))\b"
    r"|\b(?:cookie|debt|ad|tracker|password)s?[- ]free\b",
    re.I,
)
