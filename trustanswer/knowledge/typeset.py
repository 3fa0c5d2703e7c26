"""Typeset lines into sections: running heads away, headings by their type, words made whole."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from trustanswer.knowledge.dates import date_line
from trustanswer.knowledge.outline import Block, Section
from trustanswer.text import ends_sentence, fold

_BULLET = re.compile(
    "(?:[•◦▪▫●○■□‣⁃∙·➢➤►✓✔\uf0b7\uf0a7\uf0d8]"  # the last three: of Word's symbol font
    r"|[-–—*o](?=\s)|\(?(?:\d{1,2}|[a-z])[.)](?=\s))\s*"
)
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite|p\.)?\s*#(?:\s*(?:of|/|von|\|)\s*#)?\W*", re.I)
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\|?\s*(?:\d+|[ivx]+)$")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
_UNMAPPED_BULLET = "(cid:127)"  # of a place in the fonts of old that has no name
_HYPHENS = "-\u2010\u00ad"
_EDGE = 0.12  # of a page's height, at its top and at its foot: where running heads stand
_TITLE_WORDS = 16

Style = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table on it, in points from the page's top left corner.

    `bold`: all of its words are. `height`: of the page.
    """

    text: str
    page: int
    top: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool
    height: float
    row: bool = False

    @property
    def style(self) -> Style:
        return self.size, self.bold


def plain(text: str) -> str:
    """Folded text with its ligatures spelled out; a soft hyphen at the end is kept as a hyphen."""
    soft = "-" if text.rstrip().endswith("\u00ad") else ""
    spelled = _LIGATURE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return fold(spelled.replace(_UNMAPPED_BULLET, "•")) + soft


def is_bullet(text: str) -> bool:
    return bool(_BULLET.fullmatch(plain(text) + " "))


# --- running heads -----------------------------------------------------------------------------


def without_running_heads(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines without those that come again at the edge of the pages, and what these say.

    A number in them may differ from page to page; a lone page number is one even on a single page.
    """
    pages = len({line.page for line in lines})
    seen = Counter(key for key in map(_edge, set(lines)) if key)
    often = max(2, 0.3 * pages)
    running = {k for k, n in seen.items() if n >= often or _PAGE_NUMBER.fullmatch(k[0])}
    kept = [line for line in lines if _edge(line) not in running]
    return kept, list(dict.fromkeys(text for text, _ in sorted(running, key=lambda k: k[1])))


def _edge(line: Line) -> tuple[str, int] | None:
    """The text (digits as #) and the place of a line at the top or the foot of its page."""
    at_edge = line.bottom < _EDGE * line.height or line.top > (1 - _EDGE) * line.height
    return (re.sub(r"\d+", "#", line.text), round(line.top / 4)) if at_edge else None


# --- headings ----------------------------------------------------------------------------------


def sections(lines: Sequence[Line]) -> tuple[list[Section], int]:
    """The headings with the text below each, and how many lines of a table of contents there were.

    A heading is set larger than the text, or bold in a line of its own; the larger, the higher.
    """
    kept = [line for line in lines if not _LEADERS.search(line.text)]
    if not kept:
        return [], len(lines)
    body = _body(kept)
    heads = [_is_heading(line, body) for line in kept]
    levels = _levels(kept, heads)
    words = _words(kept)
    pitch = _pitch(kept, body)
    found: list[tuple[Section, list[Line]]] = [(Section(0, None, kept[0].page), [])]
    before: Line | None = None
    for line, head in zip(kept, heads, strict=True):
        level = levels[line.style] if head else 0
        if head and before and _wrapped_title(found[-1], before, line, level):
            title = unbroken([found[-1][0].title or "", line.text], words)
            found[-1] = (replace(found[-1][0], title=title), [])
        elif head:
            found.append((Section(level, line.text, line.page), []))
        else:
            found[-1][1].append(line)
        before = line if head else None
    made = [replace(s, blocks=tuple(_blocks(below, words, pitch))) for s, below in found]
    return [s for s in made if s.title or s.blocks], len(lines) - len(kept)


def _body(lines: Sequence[Line]) -> Style:
    """The type that most of the text is set in."""
    letters: Counter[Style] = Counter()
    for line in lines:
        letters[line.style] += len(line.text)
    return letters.most_common(1)[0][0]


def _is_heading(line: Line, body: Style) -> bool:
    if line.row or len(line.text.split()) > _TITLE_WORDS or not any(map(str.isalpha, line.text)):
        return False
    if line.size >= body[0] * 1.12:
        return True
    bold = line.bold and not body[1] and line.size >= body[0] * 0.95
    return bold and not ends_sentence(line.text) and not _BULLET.match(line.text)


def _levels(lines: Sequence[Line], heads: Sequence[bool]) -> Mapping[Style, int]:
    """Levels by type, the larger the higher; a title page, whatever its types, is one level.

    It is a first page without any text, set in types that do not come again.
    """
    pages = {line.page for line, head in zip(lines, heads, strict=True) if not head}
    first = min((n for n, line in enumerate(lines) if line.page in pages), default=0)
    later = {line.style for line, head in zip(lines[first:], heads[first:], strict=True) if head}
    title = {line.style for line in lines[:first]} - later
    ordered = sorted(later, key=lambda style: (-style[0], not style[1]))
    below = 1 + bool(title)
    return {**dict.fromkeys(title, 1), **{style: below + n for n, style in enumerate(ordered)}}


def _wrapped_title(last: tuple[Section, list[Line]], before: Line, line: Line, level: int) -> bool:
    """Whether a heading goes on in the next line, or on its title page."""
    near = line.page == before.page and line.top - before.bottom < 0.8 * line.size
    same = line.style == before.style
    return last[0].level == level and ((near and same) or (level == 1 and not same))


# --- text --------------------------------------------------------------------------------------


def _pitch(lines: Sequence[Line], body: Style) -> float:
    """The usual distance from one line of the text to the next."""
    steps = [
        b.top - a.top
        for a, b in pairwise(lines)
        if a.page == b.page and a.size == b.size == body[0] and b.top > a.top
    ]
    return median(steps) if steps else 1.4 * body[0]


def _blocks(lines: Sequence[Line], words: Mapping[str, int], pitch: float) -> Iterator[Block]:
    """Paragraphs, items and rows."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        texts = [line.text for line in group]
        if not group[0].row:
            texts[0] = texts[0][_bullet_width(texts[0]) :]
        if text := unbroken(texts, words):
            yield Block(text, group[0].page, group[-1].page)


def _bullet_width(text: str) -> int:
    bullet = _BULLET.match(text)
    return bullet.end() if bullet else 0


def _continues(group: Sequence[Line], line: Line, pitch: float) -> bool:
    """Whether a line goes on with the paragraph or the item above it."""
    last = group[-1]
    if line.row or last.row or date_line(line.text) or date_line(last.text):
        return False
    if _BULLET.match(line.text) and (ends_sentence(last.text) or not _wrapped_dash(line)):
        return False
    bulleted = bool(_BULLET.match(group[0].text))
    elsewhere = line.page != last.page or line.top <= last.top  # on another page or column
    if bulleted and not elsewhere and line.left <= group[0].left + 1:
        return False
    if elsewhere:
        return not ends_sentence(last.text) and (line.text[0].islower() or _ends_open(last.text))
    return line.top - last.top < 1.4 * pitch


def _wrapped_dash(line: Line) -> bool:
    """A dash in the middle of a sentence that a line happens to begin with."""
    return bool(re.match(r"[-–—]\s+[a-z]", line.text))


def _ends_open(text: str) -> bool:
    return text[-1] in "," + _HYPHENS or text.rsplit(" ", 1)[-1].islower()


def _words(lines: Sequence[Line]) -> Counter[str]:
    """The words of a document that no line end cuts in two."""
    found: Counter[str] = Counter()
    for line in lines:
        pieces = line.text.split()
        whole = pieces[1 : -1 if line.text[-1] in _HYPHENS else None]
        found.update(re.sub(r"^\W+|\W+$", "", piece).casefold() for piece in whole)
    return found


def unbroken(lines: Sequence[str], words: Mapping[str, int] | None = None) -> str:
    """Lines as one text, with words that were divided at the end of a line made whole.

    `words` are those of the document: they tell "encryp-tion" from "third-party".
    """
    text = ""
    for line in filter(None, lines):
        if not text:
            text = line
        elif text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalpha() and line[0].isalpha():
            keep = _ADDRESS.search(text) or _is_compound(text, line, words or {})
            text = (text if keep else text[:-1]) + line
        else:
            text += ("" if _address_goes_on(text, line) else " ") + line
    return fold(text)


def _address_goes_on(text: str, line: str) -> bool:
    """Whether a web address was cut at the line's end, as its rest or its last sign tells."""
    rest = re.search(r"[/_=?&]", line.split(" ")[0])
    return bool(_ADDRESS.search(text)) and (text[-1] in "/-_=?&" or bool(rest))


def _is_compound(text: str, line: str, words: Mapping[str, int]) -> bool:
    """Whether the hyphen between two lines belongs to the word."""
    first = re.split(r"[^\w-]", text[:-1])[-1].casefold()
    second = re.split(r"[^\w-]", line)[0].casefold()
    whole, hyphened = words.get(first + second, 0), words.get(f"{first}-{second}", 0)
    if whole or hyphened:
        return hyphened > whole
    if not line[0].islower():
        return True
    return bool(words.get(first) and words.get(second))
