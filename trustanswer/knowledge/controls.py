"""Lists of controls in YAML: each item with a title and a text is a passage."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trustanswer.knowledge import markdown, outline
from trustanswer.knowledge.dates import parse_date
from trustanswer.knowledge.outline import INTRODUCTION, Page, Passage
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.text import fold

# The keys of an item, the better one first.
TITLES = ("title", "name", "control", "question", "topic", "heading", "label", "id", "key")
TEXTS = re.compile(
    "description|text|statement|answer|details?|body|content|response|summary|implementation|"
    "notes?|explanation|comment"
)
CATEGORIES = ("category", "section", "domain", "group", "family")
DATES = (
    *("last_updated", "updated", "last-updated", "lastupdated", "updated_at", "date"),
    *("last_reviewed", "last-reviewed", "reviewed"),
)
_ITEMS = re.compile(
    "controls|items|statements|entries|questions|sections|categories|children|list|data"
)
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")  # lines to YAML, not to an editor


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document a node stands: the path so far, and the date that holds."""

    path: tuple[str, ...] = ()
    updated: date | None = None

    def below(self, *titles: str | None, updated: date | None = None) -> _Place:
        path = self.path + tuple(title for title in titles if title)
        return _Place(path, updated or self.updated)


def read(content: str, limits: Limits = LIMITS) -> Page:
    """The passages of a list of controls, or of a mapping of categories to such lists.

    Text in an item is taken as Markdown. Fields that are neither a title, a text, a category
    nor a date are no part of the statement. The lines are those of the whole item.
    """
    content = _OTHER_BREAKS.sub(" ", content)
    reader = _Reader(content.split("\n"))
    try:
        for node in list(_composed(content, limits)):
            reader.walk(node, _Place())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return Page((), ("not valid YAML" + (f": see line {mark.line + 1}" if mark else ""),))
    except LimitError as error:
        return Page((), (str(error),))
    except RecursionError:
        return Page((), ("nested too deep for a list of controls",))
    return Page(tuple(reader.passages), tuple(reader.notes))


def _composed(content: str, limits: Limits) -> Iterator[Node]:
    """The documents of a file, held to the limits before any alias in them is followed."""
    composer = _Composer(content, limits)
    try:
        while composer.check_node():
            node = composer.get_node()
            if node is not None:
                yield node
    finally:
        composer.dispose()


_ENDLESS = (sys.maxsize, sys.maxsize)


class _Composer(yaml.SafeLoader):
    """Counts keys and values while nodes are made of them: an alias as all that it stands for."""

    def __init__(self, content: str, limits: Limits) -> None:
        super().__init__(content)
        self._limits = limits
        self._count = self._depth = self._deepest = 0
        self._sizes: dict[Node | None, tuple[int, int]] = {}  # nodes in it and levels below it

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            node = super().compose_node(parent, index)
            # No size yet: it is still being composed, so that it stands within itself
            self._add(*self._sizes.get(node, _ENDLESS))
            return node
        count, deepest = self._count, self._deepest
        self._deepest = self._depth
        self._add(1, 0)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        self._sizes[node] = (self._count - count, self._deepest - self._depth)
        self._deepest = max(self._deepest, deepest)
        return node

    def _add(self, nodes: int, levels: int) -> None:
        self._count += nodes
        self._deepest = max(self._deepest, self._depth + levels)
        self._limits.check("depth", self._deepest)
        self._limits.check("nodes", self._count)


class _Reader:
    """Walks the nodes of one document and gathers passages and notes."""

    def __init__(self, lines: list[str]) -> None:
        self.passages: list[Passage] = []
        self.notes: list[str] = []
        self._lines = lines

    def walk(self, node: Node, place: _Place) -> None:
        if isinstance(node, MappingNode):
            self._mapping(node, place)
        elif isinstance(node, SequenceNode):
            for item in node.value:
                self.walk(item, place.below())
        else:
            self._add(place, [node], node, node)

    def _mapping(self, node: MappingNode, place: _Place) -> None:
        fields = _fields(node)
        title, texts = _title_and_texts(fields)
        day = next(filter(None, (parse_date(_scalar(fields.get(key))) for key in DATES)), None)
        category = next(filter(None, (_scalar(fields.get(key)) for key in CATEGORIES)), None)
        if title is None:
            self._categories(node, fields, place.below(updated=day))
            return
        inside = place.below(category, title, updated=day)
        nested = [(key, value) for key, value in fields.items() if _is_nested(key, value)]
        if texts:
            self._add(inside, texts, node, node)
        elif not nested:
            line = node.start_mark.line + 1
            self.notes.append(f'line {line}: nothing stands below the title "{title}"')
        for key, value in nested:
            self.walk(value, inside.below(_heading(key)))

    def _categories(self, node: MappingNode, fields: dict[str, Node], place: _Place) -> None:
        """A mapping without a title: each key is a category, or the title of a text."""
        keys = {key.value: key for key, _ in node.value if isinstance(key, ScalarNode)}
        for key, value in fields.items():
            if not isinstance(value, ScalarNode):
                self.walk(value, place.below(_heading(key)))
            elif key.lower() not in DATES and _is_prose(value):
                title = None if TEXTS.fullmatch(key.lower()) else _heading(key)
                self._add(place.below(title), [value], keys.get(key, value), value)

    def _add(self, place: _Place, texts: list[Node], start: Node, end: Node) -> None:
        text = outline.join(block for node in texts for block in self._blocks(node))
        if text:
            lines = (start.start_mark.line + 1, self._last_line(end))
            self.passages.append(Passage(place.path or (INTRODUCTION,), text, lines, place.updated))

    def _blocks(self, node: Node) -> Iterator[str]:
        if isinstance(node, ScalarNode):
            for section in markdown.sections(node.value):
                yield section.title or ""
                yield from (block.text for block in section.blocks)
        elif isinstance(node, SequenceNode):
            for item in node.value:
                yield from self._blocks(item)

    def _last_line(self, node: Node) -> int:
        """The last line of a node that is not blank; the parser's mark is often further down."""
        last = _end(node)
        while last > node.start_mark.line + 1 and not self._lines[last - 1].strip():
            last -= 1
        return last


def _fields(node: MappingNode) -> dict[str, Node]:
    """The values by key; what is merged in ("<<") comes first and yields to the item's own."""
    own = {key.value: value for key, value in node.value if isinstance(key, ScalarNode)}
    merged = own.pop("<<", None)
    return {**_fields(merged), **own} if isinstance(merged, MappingNode) else own


def _title_and_texts(fields: dict[str, Node]) -> tuple[str | None, list[Node]]:
    """An item's title, and the values that hold its text: by their keys, else by their words."""
    lower = {key.lower(): value for key, value in fields.items()}
    named = [key for key in TITLES if _scalar(lower.get(key))]
    if not named:
        return None, []
    texts = [value for key, value in lower.items() if TEXTS.fullmatch(key) and _has_text(value)]
    known = {named[0], *CATEGORIES, *DATES}
    prose = [value for key, value in lower.items() if key not in known and _is_prose(value)]
    if not texts and prose:
        texts = [max(prose, key=lambda value: len(value.value))]
    if not texts and len(named) > 1 and _is_prose(lower[named[0]]):
        return _scalar(lower[named[1]]), [lower[named[0]]]
    return _scalar(lower[named[0]]), texts


def _scalar(node: Node | None) -> str | None:
    return fold(node.value) or None if isinstance(node, ScalarNode) else None


def _has_text(node: Node) -> bool:
    if isinstance(node, SequenceNode):
        return any(isinstance(item, ScalarNode) for item in node.value)
    return _scalar(node) is not None


def _is_prose(node: Node) -> bool:
    return len((_scalar(node) or "").split()) >= 4


def _is_nested(key: str, node: Node) -> bool:
    """Whether a value is a list of further items, not the item's own text or its attributes."""
    if isinstance(node, SequenceNode):
        return any(isinstance(item, MappingNode) for item in node.value)
    return isinstance(node, MappingNode) and key.lower() != "<<"


def _heading(key: str) -> str | None:
    """A key as a heading: none where it only says that items follow."""
    if _ITEMS.fullmatch(key.lower()):
        return None
    words = fold(key.replace("_", " "))
    return words[:1].upper() + words[1:] if words.islower() else words


def _end(node: Node) -> int:
    """The last line of what is written in a node, from 1; a block's mark stands one below."""
    if isinstance(node, ScalarNode):
        mark = node.end_mark
        return mark.line if mark.column == 0 and mark.line > node.start_mark.line else mark.line + 1
    children = (
        [part for pair in node.value for part in pair]
        if isinstance(node, MappingNode)
        else node.value
    )
    return max([node.start_mark.line + 1, *map(_end, children)])
