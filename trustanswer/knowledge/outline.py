"""From the headings of a document and the text below each to passages with a path.

A reader turns its format into blocks and sections; what headings mean is decided here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trustanswer.knowledge.dates import date_line, parse_date
from trustanswer.model import Unit
from trustanswer.text import BLOCK_MARK, ends_sentence

INTRODUCTION = "Introduction"
Remark = tuple[int, str]  # the line, and what is wrong there


@dataclass(frozen=True, slots=True)
class Block:
    """Folded text that stands together, and its first and last line, counted from 1.

    Where a format has no lines, all lines here are what it counts instead (`Page.unit`).
    """

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks directly below it, up to the next heading.

    `level` 1 is the page's own heading; deeper headings have greater numbers, not always by
    one. Text before any heading has no title. `line` is where the heading stands.
    """

    level: int
    title: str | None
    line: int
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement to be: all of it but its source and its id."""

    path: tuple[str, ...]
    text: str
    lines: tuple[int, int]
    updated: date | None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader makes of one document. `notes` say what was left out, and why; `slips` what it
    says of itself and cannot be read as it is meant.

    `tags` hold for all that it says. `unit`: what the lines of the passages count, where they
    are not lines.
    """

    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    unit: Unit | None = None
    slips: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A heading whose end has not come yet, with the date that holds below it."""

    heading: tuple[int, str | None, int]  # level, title as it is written, line
    title: str | None
    updated: date | None

    @property
    def level(self) -> int:
        return self.heading[0]


def page(
    sections: Sequence[Section],
    title: str | None = None,
    updated: date | None = None,
    notes: Iterable[str] = (),
    unit: Unit | None = None,
) -> Page:
    """The passages of a document.

    `title` (of the front matter) comes first in every path, `updated` holds where no line of
    the text gives another date. A date line counts for the text around it and for all that
    stands under the same heading, until another.
    """
    passages: list[Passage] = []
    remarks: list[Remark] = []
    for section, path, day, remark in _walk(sections, title, updated):
        text = tuple(block for block in section.blocks if date_line(block.text) is None)
        if text:
            lines = (text[0].first, text[-1].last)
            passages.append(Passage(path, join(block.text for block in text), lines, day))
        remarks += remark
    remarks += _bare_titles(sections)
    placed = (f"{unit or 'line'} {line}: {what}" for line, what in remarks)
    return Page(tuple(passages), (*notes, *placed), unit=unit)


def join(texts: Iterable[str]) -> str:
    """One folded text of several, with the mark of a block where one would run into the next."""
    joined = ""
    for text in texts:
        if joined and text:
            joined += " " if ends_sentence(joined) else f" {BLOCK_MARK} "
        joined += text
    return joined


def _walk(
    sections: Sequence[Section], title: str | None, updated: date | None
) -> Iterator[tuple[Section, tuple[str, ...], date | None, list[Remark]]]:
    hidden = _page_name(sections)
    stack = [_Open((0, title, 0), title, updated)]
    for section in sections:
        closed = None
        while len(stack) > 1 and stack[-1].level >= section.level:
            closed = stack.pop()
        day, notes = _date_of(section)
        heading = (section.level, section.title, section.line)
        if closed and closed.heading == heading:
            day = day or closed.updated  # text that comes back to its heading after another
        named = section.level == 1 and section.title in {hidden, title}
        shown = None if named else section.title
        stack.append(_Open(heading, shown, day or stack[-1].updated))
        if section.title is None and day:
            stack[0].updated = day
        path = tuple(one.title for one in stack if one.title)
        yield section, path or (INTRODUCTION,), stack[-1].updated, notes


def _page_name(sections: Sequence[Section]) -> str | None:
    """The page's only first-level heading, where headings of two levels stand below it."""
    titled = [section for section in sections if section.title is not None]
    first = {section.title for section in titled if section.level == 1}
    if len(first) != 1 or titled[0].level != 1:
        return None
    return titled[0].title if len({section.level for section in titled}) > 2 else None


def _date_of(section: Section) -> tuple[date | None, list[Remark]]:
    """The first date among the section's own lines, and a note on what is not clear."""
    notes: list[Remark] = []
    for block in section.blocks:
        written = date_line(block.text)
        if written is None:
            continue
        if day := parse_date(written):
            return day, notes
        notes.append((block.first, f'the date "{written}" can be read in two ways'))
    return None, notes


def _bare_titles(sections: Sequence[Section]) -> Iterator[Remark]:
    """A note on every heading with nothing below it."""
    for section, follower in zip(sections, [*sections, None][1:], strict=True):
        parent = follower is not None and follower.level > section.level
        if section.title and not section.blocks and not parent:
            yield section.line, f'nothing stands below the heading "{section.title}"'
