"""Pages saved as text into sections: titles are told by indentation, bullets and form.

A line is a title if it has the form of one and something stands below it: further in, or, for
a line at the margin without a bullet, at the margin too. All else is text of the title it
stands below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trustanswer.knowledge import outline
from trustanswer.knowledge.dates import date_line
from trustanswer.knowledge.outline import Block, Page, Section
from trustanswer.text import fold, visible

_BULLET = re.compile(r"([•◦▪▫●○■□‣⁃∙·➢➤►✓✔]|(?:[-–—*+o]|\(?(?:\d{1,2}|[a-z])[.)])(?=\s))\s*(?=\S)")
_DASHED_ON = re.compile(r"\s*[-–—*+]\s+[a-z]")  # a wrapped line may begin with a dash
_NUMBERED = re.compile(r"\d{1,2}((?:\.\d{1,2})*)\.?\s")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
_RULE = re.compile(r"\s*([=_~*#–—-])\1{2,}\s*")
_OPEN_END = re.compile(r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)[.;,!:…][\"'”’)]*$")
_ADDRESS = re.compile(r"://|www\.|\S@\S")
_SPACE = re.compile(r"[^\S\t]")
_NARROWEST = 50  # a text whose longest line is shorter was not wrapped
_TITLE_LENGTH = 100  # characters
_TITLE_WORDS = 12
# Levels: titles at the margin count from 1 (from 7, where others are marked as in Markdown),
# those further in by their column from 20 on.
_BELOW_HASHES, _FURTHER_IN = 7, 20


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that belong together: one item of a list, a paragraph, or the line of a title.

    `indent` is the column of the first character, `inner` that of the text behind the bullet.
    `rule` is the character of a line drawn right below.
    """

    indent: int
    inner: int
    text: str
    first: int
    last: int
    rule: str = ""

    @property
    def bulleted(self) -> bool:
        return self.inner > self.indent

    @property
    def at_margin(self) -> bool:
        return self.indent == 0 and not self.bulleted


def read(content: str) -> Page:
    """The passages of a text with bulleted, indented, numbered or underlined titles."""
    return outline.page(sections(content))


def sections(content: str) -> list[Section]:
    """The titles of a text, each with the blocks below it."""
    parts = _indented(_parts(content))
    return list(_sections(parts, _levels(parts)))


# --- lines into parts --------------------------------------------------------------------------


def _parts(content: str) -> list[_Part]:
    lines = [_SPACE.sub(" ", visible(line)).expandtabs(8) for line in content.split("\n")]
    width = max(map(len, lines))
    parts: list[_Part] = []
    more: list[list[str]] = []  # the further lines of each part
    open_part = False  # whether the line above belongs to the last part
    for number, line in enumerate(lines, start=1):
        if not fold(line):
            open_part = False
        elif rule := _RULE.fullmatch(line):
            if open_part and not more[-1]:
                parts[-1] = replace(parts[-1], rule=rule[1])
            open_part = False
        elif open_part and _continues(parts[-1], lines[number - 2], line, width):
            parts[-1] = replace(parts[-1], last=number)
            more[-1].append(line)
        else:
            alone = not open_part and (number == len(lines) or not fold(lines[number]))
            parts.append(_part(line, number, alone))
            more.append([])
            open_part = True
    texts = (
        fold(" ".join([part.text, *further])) for part, further in zip(parts, more, strict=True)
    )
    return [replace(part, text=text) for part, text in zip(parts, texts, strict=True)]


def _part(line: str, number: int, alone: bool) -> _Part:
    """The part that a line begins; a numbered line alone at the margin counts as a paragraph."""
    indent = len(line) - len(line.lstrip())
    bullet = _BULLET.match(line, indent)
    if bullet and not (alone and indent == 0 and _NUMBERED.match(line)):
        return _Part(indent, bullet.end(), fold(line[bullet.end() :]), number, number)
    return _Part(indent, indent, fold(line), number, number)


def _continues(part: _Part, above: str, line: str, width: int) -> bool:
    """Whether a line goes on with the part (of which `text` is the first line) above it."""
    indent = len(line) - len(line.lstrip())
    if date_line(line) or date_line(above) or _HASHES.match(part.text) or _HASHES.match(line):
        return False
    if _BULLET.match(line, indent):
        return not part.bulleted and not _ended(fold(above)) and bool(_DASHED_ON.match(line))
    if indent > part.inner or indent < part.indent or (part.bulleted and indent == part.indent):
        return part.bulleted and indent <= part.indent == 0 and line[indent].islower()
    if part.first != part.last or not _titlelike(part.text) or line[indent].islower():
        return True
    wrapped = len(above.rstrip()) + 1 + len(line.split()[0]) > width > _NARROWEST
    return wrapped or (part.at_margin and _titlelike(fold(line)))


def _ended(text: str) -> bool:
    return bool(_OPEN_END.search(text)) or text.endswith("?")


def _titlelike(text: str) -> bool:
    """Whether a text has the form of a title: short, without a full stop, no address, no date."""
    short = len(text) <= _TITLE_LENGTH and len(text.split()) <= _TITLE_WORDS
    plain = not _OPEN_END.search(text) and not _ADDRESS.search(text)
    return short and plain and any(map(str.isalpha, text)) and date_line(text) is None


def _indented(parts: list[_Part]) -> list[_Part]:
    """The parts with their indentation put back, where bullets tell that it was lost.

    It was where nothing is indented and nearly every bullet is a title by its form, with
    something other than a bullet below it. A category is told by the date or the next title
    right below it.
    """
    items = [i for i, part in enumerate(parts[:-1]) if part.bulleted]
    owning = [i for i in items if not parts[i + 1].bulleted]
    lost = len(items) > 2 and not parts[-1].bulleted and not any(part.indent for part in parts)
    if not lost or 4 * len(owning) < 3 * len(items):
        return parts
    if not all(_titlelike(parts[i].text) for i in items):
        return parts
    return [*parts[: items[0]], *map(_put_back, parts[items[0] :], [*parts[items[0] + 1 :], None])]


def _put_back(part: _Part, below: _Part | None) -> _Part:
    """A category at the margin, an item one column further in, text two."""
    category = below and (below.bulleted or date_line(below.text))
    indent = (0 if category else 1) if part.bulleted else 2
    return replace(part, indent=indent, inner=indent + (part.inner - part.indent))


# --- parts into titles and text ----------------------------------------------------------------


def _levels(parts: Sequence[_Part]) -> list[int | None]:
    """For every part its level as a title, or None for text; 0 for a line that is left out."""
    levels = [_hash_level(part) or _inner_level(parts, i) for i, part in enumerate(parts)]
    flat = _flat_titles(parts)
    ruled = any(parts[i].rule == "=" for i in flat)
    if any(map(_hash_level, parts)):
        page, top = 0, _BELOW_HASHES
    else:
        leading = next((n for n, i in enumerate([*flat, -1]) if n != i), 0)
        page = leading - (not _names_the_page(leading, flat, levels))
        top = 1 + (page > 0)
    for i in flat:
        levels[i] = int(i == page - 1) if i < page else top + _depth(parts[i], ruled)
    return levels


def _inner_level(parts: Sequence[_Part], i: int) -> int | None:
    """The level of a bulleted or indented title, told from what follows further in."""
    part, below = parts[i], parts[i + 1] if i + 1 < len(parts) else None
    if part.at_margin:
        return None
    level = _FURTHER_IN + 2 * part.indent + part.bulleted
    if below and below.indent > part.indent:
        heading = part.text.removesuffix(":") if not below.bulleted else part.text
        return level if _titlelike(heading) else None
    return level if _is_bare_title(parts, i) else None


def _is_bare_title(parts: Sequence[_Part], i: int) -> bool:
    """Whether a bullet with nothing below it is a title all the same, as its neighbours are."""
    part = parts[i]
    capital = all(
        word[0].isupper() or not word[0].isalpha() for word in part.text.split() if len(word) > 3
    )
    return (
        part.bulleted
        and capital
        and _titlelike(part.text)
        and any(_owns(parts, j) for j in _neighbours(parts, i))
    )


def _neighbours(parts: Sequence[_Part], i: int) -> Iterator[int]:
    """The bullets before and after one, in the same column below the same title."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(parts) and parts[j].indent >= parts[i].indent:
            if parts[j].indent == parts[i].indent and parts[j].bulleted:
                yield j
                break
            j += step


def _owns(parts: Sequence[_Part], i: int) -> bool:
    deeper = i + 1 < len(parts) and parts[i + 1].indent > parts[i].indent
    return deeper and not parts[i + 1].bulleted and _titlelike(parts[i].text)


def _flat_titles(parts: Sequence[_Part]) -> list[int]:
    """The lines at the margin that have the form of a title and are not the last."""
    return [
        i
        for i, part in enumerate(parts[:-1])
        if part.at_margin and part.first == part.last and not _HASHES.match(part.text)
        if part.rule or (_titlelike(part.text) and not part.text.split()[0].islower())
    ]


def _names_the_page(leading: int, flat: Sequence[int], levels: Sequence[int | None]) -> bool:
    """Whether all titles that a text begins with name the page, not the last its first section.

    They do where no other title stands at the margin, or where only they have titled items
    below them (what stands at the margin after the items is then the foot of the page).
    """
    later = next((i for i in flat if i >= leading), None)
    return later is None or (any(levels[leading:later]) and not any(levels[later:]))


def _depth(part: _Part, ruled: bool) -> int:
    numbered = _NUMBERED.match(part.text)
    if numbered:
        return numbered[1].count(".")
    return int(ruled and part.rule != "=")


def _hash_level(part: _Part) -> int | None:
    hashes = _HASHES.match(part.text) if part.at_margin else None
    return len(hashes[1]) if hashes else None


def _sections(parts: Sequence[_Part], levels: Sequence[int | None]) -> list[Section]:
    """Titles with their text; text that comes back to a title further out begins it anew."""
    found: list[tuple[Section, list[Block]]] = [(Section(0, None, 1), [])]
    owners = [(-1, found[0])]  # the titles that are open, with their columns
    for part, level in zip(parts, levels, strict=True):
        if level is None:
            while len(owners) > 1 and owners[-1][0] >= part.indent:
                owners.pop()
            column, owner = owners[-1]
            if found[-1] is not owner:
                found.append((owner[0], []))
                owners[-1] = (column, found[-1])
            found[-1][1].append(Block(part.text, part.first, part.last))
        elif level:
            while len(owners) > 1 and owners[-1][1][0].level >= level:
                owners.pop()
            found.append((Section(level, _title(part), part.first), []))
            owners.append((-1 if part.at_margin else part.indent, found[-1]))
    return [replace(one, blocks=tuple(blocks)) for one, blocks in found if one.title or blocks]


def _title(part: _Part) -> str:
    hashes = _HASHES.match(part.text) if part.at_margin else None
    return hashes[2] if hashes else part.text.removesuffix(":")
