"""Folded text and its sentences: what a statement's text is made of, and what is quoted of it.

In folded text the mark "•" stands between two blocks (list items, table rows, paragraphs) that
would otherwise run together as one sentence, and " | " between the cells of a table row.
"""

from __future__ import annotations

import re
from functools import lru_cache

BLOCK_MARK = "•"
CELL_MARK = "|"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_TAIL = 80  # characters around a stop that are looked at, which keeps long texts linear
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BREAK = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*(?= )|(?<= )•(?= )|^•(?= )")
_STARTS = re.compile(r"[\"'“‘«(\[]*[^\W_a-z]")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}$|(?<![^\W_])[A-Z]\.$")
_EDGES = f" {BLOCK_MARK}{CELL_MARK}"

LONG = 60  # words; longer rows carry guidance
LONGEST = 2_000  # characters; no question needs more, and rules that look back and forth do
# Brackets of a line with what is in them, others of the same kind once.
BRACKETS = re.compile(
    r"\((?:[^()]|\([^()]*\)){1,200}\)|\[[^\[\]]{1,200}\]|<[^<>]{1,200}>|\{[^{}]{1,200}\}"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|https?://\S+")

# Never the end of a sentence, whatever follows.
_NEVER = re.compile(
    r"e\.g|i\.e|eg|ie|cf|vs|mr|mrs|ms|dr|prof|st|nos?|nr|arts?|sec|fig|ver|approx|rev|vol|para|"
    r"incl|excl|ca|dept|resp|pp?"
)
# The end of a sentence only where a word follows that often begins one.
_SOMETIMES = re.compile(r"inc|ltd|corp|co|llc|etc|a\.m|p\.m|jr|sr|est|ph\.d")
_OPENERS = re.compile(
    "a|all|an|and|any|as|at|both|but|by|customers|data|each|every|for|from|if|in|it|its|no|only|"
    "our|since|some|such|the|their|there|these|they|this|those|to|we|when|where|while|with|yes|"
    "you|your"
)


def fold(text: str) -> str:
    """The text with every run of white space as one space, and invisible characters dropped."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """The text without characters that have no width."""
    return _INVISIBLE.sub("", text)


def ends_sentence(text: str) -> bool:
    """Whether the (folded) text ends as a sentence does."""
    return bool(_ENDED.search(text[-_TAIL:]))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of folded text, in order, each verbatim in it.

    Nothing is lost but what stands between them: spaces and the marks of blocks and cells.
    """
    pieces, start = [], 0
    for match in _BREAK.finditer(text):
        end = match.end()
        before, after = text[max(start, end - _TAIL) : end], text[end + 1 : end + _TAIL]
        if match.group() == BLOCK_MARK or _ends(before, after):
            pieces.append(text[start:end])
            start = end
    pieces.append(text[start:])
    return tuple(piece for piece in (p.strip(_EDGES) for p in pieces) if piece)


def _ends(before: str, after: str) -> bool:
    """Whether a sentence ends between the two, given that a stop or the like closes the first."""
    if not _STARTS.match(after):
        return False
    before = before.strip(_EDGES)
    if _ENUMERATOR.fullmatch(before):
        return False
    word = before.split(" ")[-1]
    stem = word.lstrip("\"'“‘«([").removesuffix(".").lower()
    if word.endswith(".") and _NEVER.fullmatch(stem):
        return False
    if word.endswith(".") and (_SOMETIMES.fullmatch(stem) or _INITIALS.search(word)):
        return bool(_OPENERS.fullmatch(after.split(" ")[0].strip(",").lower()))
    return True


# What a plain answer says, in the order in which its words are looked for.
_PLAIN = {
    "na": r"n\s?[./]?\s?a\.?|not applicable",
    "planned": r"planned|in progress|under ?way|not yet|on (?:the|our) roadmap",
    "partial": r"partial(?:ly)?|partly|in part|not fully",
    "no": r"no|n|false|non-?compliant|not (?:compliant|implemented|met|in place|supported)|"
    r"not (?:at (?:the|this) (?:moment|time)|at present|currently|today|now|so far|really)|"
    r"currently not|never|none",
    "yes": r"yes|y|true|correct|confirmed|agreed?|accepted|(?:fully )?(?:compliant|implemented|"
    r"met|in place|supported)",
}
_PLAIN_ANSWER = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _PLAIN.items()) + ")"
    r"(?=\W*$|\s*[.,;:!()–—]|\s+-|\s+(?:we|it|they|this|there)\b)",
    re.IGNORECASE,
)


def plain_answer(text: str) -> str | None:
    """What an answer says that begins with a plain one: "yes", "no", "partial", "planned", "na".

    "Yes, with AES-256." and "Compliant" are such; "No later than 30 days" is none.
    """
    match = _PLAIN_ANSWER.match(text)
    return match.lastgroup if match else None


@lru_cache(maxsize=1024)
def gist(text: str) -> str:
    """What a long row asks, without the guidance that comes with it; a short one is kept whole.

    The sentences with a question mark, else the first paragraph, else the first sentence, at most
    `LONGEST` characters. What looks like an HTML tag or an address is left out: it says where to
    read on, not what is asked.
    """
    return _gist(_TAG.sub(" ", text))[:LONGEST]


def _gist(plain: str) -> str:
    if len(plain.split()) <= LONG:
        return fold(plain)
    paragraphs = [fold(part) for part in plain.splitlines() if part.strip()]
    asking = [s for part in paragraphs for s in sentences(part) if s.endswith("?")]
    if asking:
        return " ".join(asking[:2])
    first = paragraphs[0]
    return first if len(first.split()) <= LONG else next(iter(sentences(first)), first)
