"""XML edited in place: where elements stand in the bytes of a part, and single tags rewritten.

A part is never parsed and written again, because no library gives back the bytes it read. The
bytes are UTF-8 and well-formed (`xml.to_utf8`, `xml.parse`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MARKUP = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"""|<(/?)([^\s/>!?]+)((?:[^>"']+|"[^"]*"|'[^']*')*+)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")

# What XML 1.0 cannot hold (2.2 Char), surrogates included.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Office reads _x000D_ in a text as the character it names (ECMA-376 part 1, 22.9.2.19).
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Element:
    """Places of one element: its start tag is [start, inner), its content [inner, inner_end)."""

    name: bytes  # with its prefix
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def prefix(self) -> bytes:
        """The prefix with its colon, or nothing."""
        return b"".join(self.name.rpartition(b":")[:2])

    @property
    def local(self) -> bytes:
        return self.name.rpartition(b":")[2]


def children(data: bytes, start: int, end: int) -> Iterator[Element]:
    """The elements that stand directly in data[start:end], in order."""
    depth, name, begin, inner = 0, b"", start, start
    for match in _MARKUP.finditer(data, start, end):
        if match[2] is None:
            continue
        if match[1]:
            depth -= 1
            if depth == 0:
                yield Element(name, begin, inner, match.start(), match.end())
            continue
        if depth == 0:
            name, begin, inner = match[2], match.start(), match.end()
        if not match[3].endswith(b"/"):
            depth += 1
        elif depth == 0:
            yield Element(name, begin, inner, inner, inner)


def root(data: bytes) -> Element:
    return next(children(data, 0, len(data)))


def child(data: bytes, parent: Element, name: bytes) -> Element | None:
    """The first child with this local name."""
    found = children(data, parent.inner, parent.inner_end)
    return next((element for element in found if element.local == name), None)


def text(data: bytes, start: int, end: int) -> str:
    """The characters between the tags of data[start:end]."""
    pieces, place = [], start
    for match in _MARKUP.finditer(data, start, end):
        pieces.append(html.unescape(data[place : match.start()].decode()))
        if match[0].startswith(b"<![CDATA["):
            pieces.append(match[0][len(b"<![CDATA[") : -len(b"]]>")].decode())
        place = match.end()
    return "".join([*pieces, html.unescape(data[place:end].decode())])


def index(tag: bytes, name: bytes) -> int:
    """An attribute that counts from 0, as the style of a cell does; 0 where it is missing."""
    value = attribute(tag, name) or ""
    return int(value) if value.isdecimal() else 0


def attribute(tag: bytes, name: bytes) -> str | None:
    """An attribute of a start tag; values with entities are given as they stand."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return match[2][1:-1].decode()
    return None


def with_attributes(tag: bytes, changes: Mapping[bytes, str | None]) -> bytes:
    """The start tag with attributes set, or removed (None); the others stay as they stand."""
    left = dict(changes)

    def changed(match: re.Match[bytes]) -> bytes:
        if match[1] not in left:
            return match[0]
        value = left.pop(match[1])
        return b"" if value is None else _written(match[1], value)

    tag = _ATTRIBUTE.sub(changed, tag)
    close = len(tag) - (2 if tag.endswith(b"/>") else 1)
    added = b"".join(_written(name, value) for name, value in left.items() if value is not None)
    return tag[:close].rstrip() + added + tag[close:] if added else tag


def _written(name: bytes, value: str) -> bytes:
    return b' %b="%b"' % (name, escaped(value))


def opened(tag: bytes) -> bytes:
    """The start tag of an element that is to have content."""
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def escaped(text: str) -> bytes:
    """Text for an element's content or an attribute."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text.encode()


def clean_text(text: str) -> str:
    """Text as a cell can hold it: line breaks are line feeds, and what XML forbids is gone."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def string_item(prefix: bytes, text: str) -> bytes:
    """A <t> element that says exactly `text`, whatever it looks like (CT_Rst)."""
    content = escaped(_LOOKS_ESCAPED.sub("_x005F_", text))
    space = (
        b' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else b""
    )
    return b"<%bt%b>%b</%bt>" % (prefix, space, content, prefix)
