"""styles.xml with variants of cell formats added at its end, for text that needs wrapping."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from trustanswer.workbook import tokens, xml
from trustanswer.workbook.rowheight import Font

_TRUE = ("1", "true")
_FALSE = ("0", "false")


class CellStyles:
    """The cell formats (cellXfs) of a workbook; `data` is styles.xml with those asked for added.

    A workbook may have no styles.xml, or one without formats: then nothing can be added and
    `variant` gives back the style it was asked about.
    """

    def __init__(self, data: bytes | None, part: str) -> None:
        self._original = data
        self._part = part
        self._added: dict[tuple[int, bool, bool], int] = {}

    def wraps(self, style: int) -> bool:
        """Whether the style breaks a long text into lines."""
        if not style < len(self._formats):
            return False
        format_ = self._formats[style]
        alignment = format_.find("{*}alignment")
        applied = format_.get("applyAlignment") not in _FALSE
        return alignment is not None and applied and alignment.get("wrapText") in _TRUE

    def font(self, style: int) -> Font:
        if not style < len(self._formats) or self._root is None:
            return Font()
        fonts = self._root.findall("{*}fonts/{*}font")
        index = int(xml.number(self._formats[style], "fontId", 0))
        if not 0 <= index < len(fonts):
            return Font()
        name, size = fonts[index].find("{*}name"), xml.number(fonts[index].find("{*}sz"), "val", 0)
        return Font(name.get("val", "") if name is not None else "", size or Font().size)

    def variant(self, style: int, *, wrap: bool, literal: bool) -> int:
        """The index of a style like `style` that wraps, or marks its text as no formula
        (quotePrefix: what an apostrophe typed in front does), or both.
        """
        wrap = wrap and not self.wraps(style)
        if not (wrap or literal) or not style < len(self._formats):
            return style
        added = len(self._formats) + len(self._added)
        return self._added.setdefault((style, wrap, literal), added)

    @property
    def data(self) -> bytes | None:
        """None if there is no styles.xml."""
        if self._original is None or not self._added:
            return self._original
        data, encoding = xml.to_utf8(self._original, self._part)
        group = tokens.child(data, tokens.root(data), b"cellXfs")
        assert group is not None  # `variant` found formats in it
        formats = list(tokens.children(data, group.inner, group.inner_end))
        clones = b"".join(
            _clone(data, formats[style], wrap=wrap, literal=literal)
            for style, wrap, literal in self._added
        )
        tag = data[group.start : group.inner]
        if tokens.attribute(tag, b"count"):
            count = str(len(formats) + len(self._added))
            tag = tokens.with_attributes(tag, {b"count": count})
        content = data[group.inner : group.inner_end]
        edited = data[: group.start] + tag + content + clones + data[group.inner_end :]
        return xml.from_utf8(edited, encoding)

    @cached_property
    def _root(self) -> etree._Element | None:
        return None if self._original is None else xml.parse(self._original, self._part)

    @cached_property
    def _formats(self) -> list[etree._Element]:
        return [] if self._root is None else self._root.findall("{*}cellXfs/{*}xf")


def _clone(data: bytes, format_: tokens.Element, *, wrap: bool, literal: bool) -> bytes:
    tag = data[format_.start : format_.inner]
    content = data[format_.inner : format_.inner_end]
    if literal:
        tag = tokens.with_attributes(tag, {b"quotePrefix": "1"})
    if wrap:
        tag = tokens.with_attributes(tag, {b"applyAlignment": "1"})
        content = _wrapped(data, format_) or b'<%balignment wrapText="1"/>%b' % (
            format_.prefix,
            content,
        )
    if not content and format_.inner == format_.end:
        return tag
    return tokens.opened(tag) + content + b"</%b>" % format_.name


def _wrapped(data: bytes, format_: tokens.Element) -> bytes | None:
    """The content of a format with its alignment made to wrap; None if it has no alignment."""
    alignment = tokens.child(data, format_, b"alignment")
    if alignment is None:
        return None
    tag = tokens.with_attributes(data[alignment.start : alignment.inner], {b"wrapText": "1"})
    before, after = data[format_.inner : alignment.start], data[alignment.inner : format_.inner_end]
    return before + tag + after
