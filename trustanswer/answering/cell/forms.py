"""A question without what a form puts around it: numbers, answers to choose, requests, remarks.

"IAM-02.1 Is MFA enforced? [Yes/No] If yes, please describe." asks whether MFA is enforced; all
else is for whoever fills in the form, and would only lead the search, the rules and the models
astray. What narrows or widens a question stays: a scope, a name, a remark on what is included.
The words stand in `forms.toml`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from trustanswer.answering import lexicon
from trustanswer.answering.cell.asides import CONTROL, says_anything, stands, without_asides
from trustanswer.answering.cell.choices import without_choices
from trustanswer.answering.cell.openings import begun, says_by_itself
from trustanswer.answering.cell.requests import is_for_the_reader, is_request, without_request
from trustanswer.answering.cell.standing import Standing, unwrapped
from trustanswer.answering.cell.vocabulary import WORD, holds_any, one_of, shown
from trustanswer.model import Flag, Question
from trustanswer.text import LONGEST, fold, sentences

_TITLE = 6  # words of a line that is a title, at most
_PLACEHOLDER = re.compile(
    r"[\[<{]\s*(?:the\s+|insert\s+|name of\s+)*(supplier|vendor|provider|bidder|tenderer|"
    r"respondent|contractor|customer|client|buyer|authority|bank|company|organi[sz]ation)"
    r"(?:[’']?s)?(?:\s+name)?\s*[\]>}]",
    re.I,
)
_LINE_TAG = re.compile(r"<\s*/?\s*(?:br|p|div|li|ul|ol|tr|h\d)\b[^<>]*>", re.I)
_TAG = re.compile(r"<\s*/?\s*(?:b|i|u|em|strong|span|font|a|td|th|table|sup|sub)\b[^<>]*>", re.I)
_FOOTNOTE = re.compile(r"(?<=[?.!])\*+(?=\s|$)")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LIST_ITEM = re.compile(r"\W*(?:[-•*·–]|\(?[a-z\divx]{1,4}[.)])\s", re.I)
_FOLLOWING = re.compile(r"\b(?:following|below|these)\b|:\s*$", re.I)
_REFERENCE = re.compile(
    rf"\s*(?:\b[Rr]ef(?:erence)?s?[.:]*|\bcf\.?|\bsee)\s+(?:{CONTROL}[,;\s]*)+\.?$"
)
# A remark that widens or narrows what is asked ("Note: this includes backups.") is part of it.
_SCOPE = re.compile(
    r"\b(?:includ\w*|cover\w*|appl(?:y|ies)|must|shall|except|exclud\w*|only)\b", re.I
)
_DEFINITION = re.compile(
    r"[\"“][^\"”]+[\"”][^?]{0,40}\b(?:means?|refers? to|is defined as|shall mean)\b[^?]*$", re.I
)
_TOLD = re.compile(
    r"^(?:we|our|my|i|as (?:a|an|part)|due to|under our|in our|the customer)\b", re.I
)
_NAME_INSIDE = re.compile(r"(?<=[\w,] )[A-Z\d]")


def bare(question: Question, form: Standing) -> Question:
    """The question without what is for the reader of the form; the same where there is nothing."""
    found = _bare(question.text, form)
    section = ": ".join(filter(None, (question.section, found.heading))) or None
    return replace(question, text=found.asked, section=section)


def flags(question: Question, form: Standing) -> tuple[Flag, ...]:
    """A flag for each request to attach something, which no quote answers."""
    return tuple(
        Flag("also asks", f"“{shown(one)}”") for one in _bare(question.text, form).to_attach
    )


@dataclass(frozen=True, slots=True)
class _Bare:
    """What a cell asks, the heading before it, and its requests to attach something."""

    asked: str
    heading: str = ""
    to_attach: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def _bare(text: str, form: Standing) -> _Bare:
    if len(text) > LONGEST:  # a page of guidance: its gist is taken later
        return _Bare(text)
    title, lines = _title(list(_lines(text, form)))
    asked: list[str] = []
    requests: list[str] = []
    for line in lines:
        for sentence in sentences(line):
            if asked and is_for_the_reader(sentence):
                requests.append(sentence)
                continue
            kept, request = without_request(sentence)
            asked.append(kept)
            requests.append(request)
    found, heading = begun(" ".join(_without_context(asked)))
    if not WORD.search(found):
        return _Bare(text)
    heading = ": ".join(filter(None, (title, heading)))
    return _Bare(found, heading, tuple(one for one in requests if holds_any(one, "to_attach")))


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """A first line in capitals, above a line that says by itself what it asks, and the rest."""
    first = lines[0] if lines else ""
    titled = first.isupper() and len(lines) > 1 and len(first.split()) <= _TITLE
    return (first, lines[1:]) if titled and says_by_itself(lines[1]) else ("", lines)


# --- lines: remarks below the question -----------------------------------------------------------


def _lines(text: str, form: Standing) -> Iterator[str]:
    """The lines that ask (folded): each up to a remark; below a question, items and what asks as
    well."""
    asking = False
    written = unwrapped(_in_letters(form.unnumbered(_without_source(text))))
    for at, line in enumerate(filter(str.strip, written.splitlines())):
        told = fold(without_asides(line[: _remark_in(line, first=at == 0)], form))
        own = " ".join(one for one in sentences(told) if not stands(one, form))
        kept = without_choices(own)
        if WORD.search(kept) and (not asking or "?" in kept or _stays(kept)):
            yield kept
        asking = asking or (kept.endswith("?") and not _FOLLOWING.search(kept))


def _without_source(text: str) -> str:
    """The text without marks of a page's source, or of a template's."""
    text = _PLACEHOLDER.sub(lambda found: f"the {found[1].capitalize()}", text)
    if "<" in text or "&" in text:
        text = _TAG.sub(" ", _LINE_TAG.sub("\n", html.unescape(text)))
    text = text.replace("**", "").replace("\\[", "[").replace("\\]", "]")
    return _FOOTNOTE.sub("", text)


def _in_letters(text: str) -> str:
    """What is in capitals alone, in ordinary letters: capitals make a name of every word."""
    return text.capitalize() if text.isupper() and len(_LONG_WORD.findall(text)) > 2 else text


def _stays(line: str) -> bool:
    """Whether a line without a question belongs to the question above it; of notes only those are
    left that do."""
    told = _LIST_ITEM.match(line) or _note().match(line)
    return bool(told) or is_request(line) or _binds(line)


def _binds(text: str) -> bool:
    """Whether a remark narrows or widens what is asked: by its verb, or by a scope or a name."""
    binding = {lexicon.Weight.NAMED, lexicon.Weight.SCOPE}
    return bool(_SCOPE.search(text)) or any(t.weight in binding for t in lexicon.terms(text))


def _remark_in(line: str, *, first: bool) -> int:
    """Where a remark begins in a line, else its end. What begins with a word for remarks and goes
    on asking ("Response: is there a plan?") is none, nor what widens or narrows the question."""
    found = _remark().search(line) or _REFERENCE.search(line)
    if found is None or _SCOPE.search(line, found.start()):
        return len(line)
    told = line[found.end() :]
    if _note().match(line, found.start()) and (_binds(told) or says_anything(told)):
        return len(line)
    return len(line) if first and not line[: found.start()].strip() else found.start()


@cache
def _remark() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[?.!)\]])\s+)\W*{one_of('remarks', 'notes')}\s*:", re.I)


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\s*\W*{one_of('notes')}\s*:", re.I)


# --- sentences: context before the question ------------------------------------------------------


def _without_context(asked: list[str]) -> list[str]:
    """The sentences without what is only told before a question, which says what it is about."""
    at = next((at for at, one in enumerate(asked) if one.endswith("?")), 0)
    told = [one for one in asked[:at] if not _is_context(one)]
    return [*told, *asked[at:]] if at and says_by_itself(asked[at]) else asked


def _is_context(sentence: str) -> bool:
    """Whether a sentence defines a word, or tells of whoever asks without a scope or a name."""
    if _DEFINITION.search(sentence):
        return True
    about_the_asker = _TOLD.match(sentence) and not _NAME_INSIDE.search(sentence)
    return bool(about_the_asker) and not _binds(sentence)
