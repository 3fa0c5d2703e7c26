"""HTML pages saved from a browser into sections: headings and accordions, lists and tables.

What opens on a click (`<details>`, a button with its panel, tabs) is read as if it were open, its
button as a heading one level below the one it stands under. What a page has around its text
(navigation, footers, forms, banners) is left out, and so is what a reader does not see.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

from trustanswer.knowledge import html, outline
from trustanswer.knowledge.dates import parse_date
from trustanswer.knowledge.outline import Block, Page, Section
from trustanswer.text import CELL_MARK, fold

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import NavigableString

    Lines = dict[int, tuple[int, int]]  # first and last line of a string, by its id

_AROUND = {
    "nav": "navigation", "navigation": "navigation", "menu": "navigation",
    "header": "page header", "banner": "page header",
    "footer": "page footer", "contentinfo": "page footer",
    "aside": "aside", "complementary": "aside", "search": "form", "form": "form",
    "dialog": "dialog", "alertdialog": "dialog", "iframe": "page inside the page",
}  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[/!?a-z][^>]*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)(?![^<>]*/>)")
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DEEPEST = 1_000
_NEVER_ENDED = 50
_WORD = re.compile(r"\w+")
_WINDOW = 20_000  # characters that a word is looked for in


def read(content: str) -> Page:
    """The passages of a page, with the lines of its source."""
    if reason := _too_much(content):
        return Page((), (reason,))
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html.parsable(content), "html.parser")
    modified = _modified(soup)
    for unseen in soup.find_all(lambda tag: bool(html.UNSEEN.fullmatch(tag.name))):
        unseen.decompose()
    main = soup.find("main") or soup.find(None, {"role": "main"})
    root = main or soup.body or soup
    reader = _Reader(_panels(root), _lines(soup, content))
    try:
        reader.walk(root)
    except RecursionError:
        return Page((), ("nested too deep for a page",))
    reader.flush()
    if main is not None:
        reader.left_out("what stands outside the page's main part", _words(soup) - _words(main))
    return outline.page(reader.sections(), updated=modified, notes=reader.notes)


def _too_much(content: str) -> str | None:
    """Why a page is not read whose parts never end, or nest so deep that each costs all the others.

    The parser looks for the end of a comment or script from each start, and up the tree from each
    element.
    """
    low = content.lower()
    for start, end in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        if low.count(start) - low.count(end) > _NEVER_ENDED:
            return f"not a page: {start} is opened again and again, and never closed"
    depth = 0
    for tag in _TAG.finditer(content):
        depth += -1 if tag[1] else tag[2].lower() not in _EMPTY
        if depth > _DEEPEST:
            return f"nested deeper than {_DEEPEST} elements"
    return None


class _Reader:
    """Walks the tree and gathers sections; a panel closed, text goes on where it was opened."""

    def __init__(self, panels: dict[int, Tag], lines: Lines) -> None:
        self.notes: list[str] = []
        self._panels = panels
        self._titles = {id(tag) for button in panels.values() for tag in _standing(button)}
        self._lines = lines
        self._found: list[tuple[Section, list[Block]]] = []
        self._owner: tuple[Section, list[Block]] = (Section(0, None, 1), [])
        self._lowest = 0  # the level of the panel around, which no heading in it may reach
        self._pending: list[NavigableString] = []

    def sections(self) -> list[Section]:
        return [replace(section, blocks=tuple(blocks)) for section, blocks in self._found]

    def walk(self, node: Tag) -> None:
        from bs4 import Tag
        from bs4.element import PreformattedString

        for child in node.children:
            if isinstance(child, Tag):
                self._tag(child)
            elif not isinstance(child, PreformattedString):
                self._pending.append(child)  # type: ignore[arg-type]

    def flush(self) -> None:
        """Ends the block that the strings since the last one make."""
        strings, self._pending = self._pending, []
        if any(s.strip() for s in strings):
            self._add(fold("".join(strings)), strings)

    def left_out(self, what: str, words: int, line: int | None = None) -> None:
        if words:
            place = "" if line is None else f"line {line}: "
            self.notes.append(f"{place}{what} left out ({words} words)")

    # --- one element ---------------------------------------------------------------------------

    def _tag(self, tag: Tag) -> None:
        level, opens = _level(tag), id(tag) in self._titles
        if html.INLINE.fullmatch(tag.name) and not opens and level is None:
            self.walk(tag)
            return
        self.flush()
        if opens:
            return  # read with its panel, as its title
        if id(tag) in self._panels or tag.name == "details":
            self._panel(tag)
        elif around := self._reason(tag):
            self.left_out(around, _words(tag), tag.sourceline)
        elif level is not None:
            self._begin(max(level, self._lowest + 1), tag)
        elif tag.name == "tr":
            self._row(tag)
        elif tag.name != "button":
            self.walk(tag)
            self.flush()

    def _reason(self, tag: Tag) -> str | None:
        """Why an element is no part of the page's text, or None if it is."""
        hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
        if hidden or _NO_DISPLAY.search(str(tag.get("style") or "")):
            return "hidden text"
        kind = _kind(tag)
        titled = tag.name in {"header", "aside", "form"} and tag.find(["h1", "main"])
        return None if titled or (kind == "page header" and _in_text(tag)) else kind

    def _panel(self, panel: Tag) -> None:
        """What a click opens, one level below the heading around it, or at its button's own."""
        button = self._panels.get(id(panel)) or panel.find("summary", recursive=False)
        before, lowest = self._owner, self._lowest
        if button is not None and _text(button):
            own, below = _level_around(button), max(2, before[0].level + 1)
            self._begin(max(own if own and own < below else below, lowest + 1), button)
            self._lowest = self._owner[0].level
            if button.parent is panel:
                button.extract()
        self.walk(panel)
        self.flush()
        self._owner, self._lowest = before, lowest

    def _row(self, row: Tag) -> None:
        cells = [_text(cell) for cell in row.find_all(["td", "th"], recursive=False)]
        text = f" {CELL_MARK} ".join(filter(None, cells))
        if text:
            self._add(text, list(_strings(row)))

    def _begin(self, level: int, title: Tag) -> None:
        text = _text(title)
        if text:
            self._owner = (Section(level, text, self._span(list(_strings(title)))[0]), [])
            self._found.append(self._owner)

    def _add(self, text: str, strings: list[NavigableString]) -> None:
        if text:
            if not self._found or self._found[-1] is not self._owner:
                self._owner = (self._owner[0], [])
                self._found.append(self._owner)
            self._owner[1].append(Block(text, *self._span(strings)))

    def _span(self, strings: list[NavigableString]) -> tuple[int, int]:
        lines = [self._lines[id(s)] for s in strings if s.strip() and id(s) in self._lines]
        return (lines[0][0], lines[-1][1]) if lines else (1, 1)


def _kind(tag: Tag) -> str | None:
    """What of a page's frame an element is, None for its text."""
    return _AROUND.get(str(tag.get("role") or "")) or _AROUND.get(tag.name)


def _text(tag: Tag) -> str:
    """Folded text of a heading or a cell, with the mark of a block where blocks meet in it."""
    return outline.join(html.texts(tag.decode_contents()))


def _words(tag: Tag) -> int:
    return len(tag.get_text(" ").split())


def _strings(tag: Tag) -> Iterator[NavigableString]:
    from bs4.element import NavigableString, PreformattedString

    for string in tag.descendants:
        if isinstance(string, NavigableString) and not isinstance(string, PreformattedString):
            yield string


def _level(tag: Tag) -> int | None:
    """The level of a heading: of its name, or as it says of itself."""
    if re.fullmatch("h[1-6]", tag.name):
        return int(tag.name[1])
    if tag.get("role") == "heading":
        stated = str(tag.get("aria-level") or "2")
        return int(stated) if stated.isdigit() and 0 < int(stated) < 10 else 2
    return None


def _level_around(button: Tag) -> int | None:
    """The level of the heading that a button stands in, or that stands in it."""
    around = [tag for tag in [button, *list(button.parents)[:2]] if _level(tag) is not None]
    inside = [tag for tag in button.find_all(True) if _level(tag) is not None]
    return next((_level(tag) for tag in [*around, *inside]), None)


def _in_text(tag: Tag) -> bool:
    """Whether a header is that of an article or a section, and not the page's own."""
    return any(parent.name in {"main", "article", "section"} for parent in tag.parents)


# --- panels ------------------------------------------------------------------------------------


def _panels(root: Tag) -> dict[int, Tag]:
    """The buttons (and tabs) of the page by the id() of the panel that each of them opens."""
    found: dict[int, Tag] = {}
    for button in root.find_all(_is_button):
        panel = _controlled(button, root) or _following(button)
        if panel is not None and _kind(panel) is None and _text(panel) and _text(button):
            found.setdefault(id(panel), button)
    return found


def _is_button(tag: Tag) -> bool:
    if tag.name == "summary" or tag.find_parent(["nav", "form", "summary"]):
        return False
    opens = tag.has_attr("aria-controls") or tag.has_attr("aria-expanded")
    return tag.name == "button" or (opens and tag.name not in {"input", "select", "textarea"})


def _controlled(button: Tag, root: Tag) -> Tag | None:
    name = str(button.get("aria-controls") or "")
    panel = root.find(id=name) if name else None
    return panel if panel is not None and button not in panel.descendants else None


def _following(button: Tag) -> Tag | None:
    """The element right after a button, or after the heading around it, if that is no button."""
    *_, outermost = _standing(button)
    after = outermost.find_next_sibling()
    if after is None or after.name not in {"div", "section", "p", "ul", "ol", "dd", "table"}:
        return None
    only_buttons = _words(after) == sum(map(_words, after.find_all("button")))
    return None if only_buttons else after


def _standing(button: Tag) -> Iterator[Tag]:
    """A button, and what is around it alone, such as its heading."""
    text, tag = _text(button), button
    yield tag
    while tag.parent is not None and _text(tag.parent) == text:
        tag = tag.parent
        yield tag


# --- lines and dates ---------------------------------------------------------------------------


def _lines(soup: Tag, content: str) -> Lines:
    """First and last line of every string of the page, by its id().

    The parser tells only where tags begin; so the words of the strings are found again in the
    source, one after the other, with its markup blanked out.
    """
    source = _MARKUP.sub(lambda m: "\n" * m.group().count("\n") or " ", content)
    plain = "\n".join(unescape(line).replace("\n", " ") for line in source.split("\n"))
    breaks = [m.start() for m in re.finditer("\n", plain)]
    found: Lines = {}
    at = 0
    for string in _strings(soup):
        places = []
        for word in _WORD.findall(string):
            place = plain.find(word, at, at + _WINDOW)
            if place >= 0:
                at = place + len(word)
                places.append(place)
        places = places or [at]
        found[id(string)] = (bisect(breaks, places[0]) + 1, bisect(breaks, places[-1]) + 1)
    return found


def _modified(soup: Tag) -> date | None:
    """When the page says in its head that it was last modified."""
    stated = {
        str(tag.get(key)).lower(): str(tag.get("content") or "")
        for tag in soup.find_all("meta")
        for key in ("property", "name", "http-equiv")
    }
    return next((day for name in _MODIFIED if (day := parse_date(stated.get(name)))), None)
