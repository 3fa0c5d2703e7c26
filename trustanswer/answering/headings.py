"""What the titles above a statement make of all that stands below them.

"Passkeys." under "Roadmap" promises what it would state under "Signing in". Only a title that is
nothing but such a word turns what is below: "Planned maintenance" and "Retired equipment" are
about things of which the text tells what is done with them today. Below "Definitions" a sentence
tells what a word means, not what is done.
"""

from __future__ import annotations

import re
from functools import lru_cache

from trustanswer.answering.polarity import Stance
from trustanswer.answering.words import holds

_THING = (
    r"(?:features?|functions?|functionality|capabilit(?:y|ies)|items|improvements?|enhancements?|"
    r"additions|certifications?|certificates?|attestations?|integrations?|regions?|products?|"
    r"initiatives|developments?)"
)
_TRIAL = (
    r"(?:(?:closed|private|public|open|limited|technical) )?"
    r"(?:alpha|beta|preview|pilot|early access)"
)
_PLANS = re.compile(
    r"(?:(?:our|the) )?(?:"
    r"(?:[\w&/-]+ ){0,3}road ?map(?: (?:for|until|items|20\d\d).{0,30})?"
    r"|(?:what[’']?s |what is |what comes |coming |up )?next(?: up)?"
    r"|what[’']?s (?:coming|ahead|planned|in the works)(?: (?:up|soon|next))?"
    r"|what we (?:are )?(?:plan|planning|working on)(?: next)?"
    r"|(?:maybe|coming|sooner or) (?:up|soon|later|in .{1,20}|this (?:year|quarter|spring|summer|"
    r"autumn|fall|winter))|coming|soon|later|some ?day"
    rf"|(?:planned|upcoming|future|experimental)(?: {_THING})?|future (?:plans|work)"
    r"|plans for (?:the )?(?:future|next .{1,20}|20\d\d)|on the horizon|looking ahead"
    rf"|(?:{_THING} )?(?:under (?:consideration|evaluation|development|discussion)|"
    rf"in (?:development|progress|preparation|planning|the works|the pipeline|{_TRIAL}))"
    rf"|{_TRIAL}(?: {_THING})?|work in progress|not (?:available |there |here )?yet"
    r"|wish ?-?list|backlog|ideas"
    r")",
    re.I,
)
_ENDED = re.compile(
    r"(?:deprecat(?:ed|ions?)|retired|discontinued|removed|sunset(?:ted)?|"
    r"no longer (?:supported|available|offered|maintained))"
    rf"(?: (?:{_THING}|(?:api )?versions?|apis?|protocols?|endpoints?|ciphers?|algorithms?))?",
    re.I,
)
_MARKS = re.compile(r"^[\W\d_]+|[\s:.!–—-]+$|\s*\([^)]*\)$")
# What is told of today in spite of its title, or of the list that the title stands for.
_TODAY = re.compile(
    r"\b(?:already|today|now|currently|since (?:[A-Z]\w+ )?(?:19|20)\d\d|shipped|released|launched|"
    r"completed|live|(?:we|you) (?:already )?(?:hold|have)|road ?map|plans?|beta|preview|"
    r"(?:these|this|the|such) (?:page|list|items|features|dates)|below)\b",
    re.I,
)
_DEED = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|must|may|shall|should)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def status_of(path: tuple[str, ...]) -> Stance | None:
    """The stance that the titles of a statement give to what is told below them, if any does."""
    titles = [_MARKS.sub("", title) for title in path]
    if any(_PLANS.fullmatch(title) for title in titles):
        return Stance.PLANNED
    return Stance.CEASED if any(_ENDED.fullmatch(title) for title in titles) else None


def as_headed(own: Stance, text: str, status: Stance | None) -> Stance:
    """The stance of a clause below a title with this status. What has ended is listed by name: a
    sentence below tells how one goes about it."""
    if status is None or own is not Stance.AFFIRMED or _TODAY.search(text):
        return own
    return own if status is Stance.CEASED and _DEED.search(text) else status


def is_definition(path: tuple[str, ...], sentence: str) -> bool:
    """Whether a sentence tells what a word means, or what a law is and wants of everybody: "The
    GDPR is a privacy law of the EU" says of nobody that they comply with it."""
    return _lists_words(path) or bool(_DEFINES.match(sentence)) or _tells_of_laws(sentence)


def _tells_of_laws(sentence: str) -> bool:
    return bool(_OF_LAWS.search(sentence)) and not _OURS.search(sentence)


_LAW = (
    r"(?:(?:[A-Z][\w’']+ ){1,6}(?:Regulation|Act|Directive|Law)s?|(?:UK |EU )?GDPR|CCPA|CPRA|HIPAA|"
    r"PIPEDA|LGPD|FERPA|COPPA|DORA|NIS ?2|SOX|GLBA|PIPL|APPI|FADP)"
    r"(?: ?\([^)]{1,40}\))?"
)
_OF_LAWS = re.compile(
    rf"^\W*(?:[Tt]he )?{_LAW}(?: \w+)? (?:is|are) (?:an? |the |one of )?(?:[\w’'-]+ ){{0,6}}"
    r"(?:laws?|regulations?|directives?|legislation|statutes?|acts?)\b"
    rf"|^\W*(?:[Tt]he )?{_LAW}(?: also)? (?:requires?|imposes?|governs?|regulates?|gives|grants?|"
    r"obliges?|demands?|protects?|applies|prohibits?|entered|took|came|was (?:drafted|passed|"
    r"adopted|enacted|signed))\b"
    rf"|{_LAW}\b.{{0,120}}\b(?:govern|regulate|impose|dictate)s?\b"
)
_OURS = re.compile(r"\b(?:we|us|our|ours|compl(?:y|ies|iant)|adher\w+|certified)\b", re.I)


@lru_cache(maxsize=4096)
def _lists_words(path: tuple[str, ...]) -> bool:
    return any(_DEFINITIONS.fullmatch(_MARKS.sub("", title)) for title in path)


_DEFINITIONS = re.compile(
    r"(?:(?:our|key|the) )?(?:definitions?|glossary|terminology|defined terms|key terms|"
    r"definitions? of terms|(?:terms|abbreviations) and definitions|"
    r"(?:definitions|glossary) and (?:abbreviations|acronyms|terms)|abbreviations|acronyms)"
    r"(?: (?:of terms|used))?",
    re.I,
)
_DEFINES = re.compile(
    r"\W*(?:(?:an?|the (?:term|word|expression)) |(?=[“\"']))[\w“”\"' /-]{2,50}? "
    r"(?:means(?! (?:of|to|that|no)\b| \w+\W*$)|refers to|is (?:any|an attempt|defined as|"
    r"understood as|a term for|short for)\b)",
    re.I,
)


def asks_meaning(question: str) -> bool:
    """Whether a definition may answer a question: what is meant, counted or told apart."""
    return holds(_MEANING, question)


_MEANING = re.compile(
    r"\b(?:defin\w*|mean(?:s|ing|t)?|consider\w*|understand|understood|terms?|classif\w*|"
    r"categor\w*|criteria|constitutes?|counts? as|qualif\w*|glossary|scope)\b|"
    r"\bwhat (?:is|are) an?\b",
    re.I,
)
