"""Whether a text fits the height its row has. Heights in points, widths in characters."""

from __future__ import annotations

import math

from trustanswer.workbook import tokens

_TALLEST = 409.0
_LINE_SPACING = 1.36  # line height to font size, of the fonts Office starts with
_WIDTH_SIZE = 11.0  # font size in which a column's width counts characters
_BROKEN_EARLY = 1.1  # lines break between words, so they are not full
_TRUE = ("1", "true")


def needed_height(text: str, width: float, font_size: float) -> float:
    """An estimate of the height of a wrapped text."""
    per_line = max(width * _WIDTH_SIZE / font_size, 1.0)
    lines = sum(
        max(1, math.ceil(len(line) * _BROKEN_EARLY / per_line)) for line in text.split("\n")
    )
    return min(lines * font_size * _LINE_SPACING, _TALLEST)


def fitted(tag: bytes, needed: float, *, merged: bool, default: float | None) -> bytes:
    """The row's start tag, changed if the height it states is too small.

    The height is then left to the application, which fits a row to its text on opening. It
    cannot where cells of the row are merged, or where the sheet fixes all heights (`default`):
    there the row grows to the estimate, and never shrinks.
    """
    stated = _height(tag)
    height = default if stated is None else stated
    hidden = tokens.attribute(tag, b"hidden") in _TRUE or height == 0
    if hidden or (height is None and not merged) or (height is not None and height >= needed):
        return tag
    if merged or default is not None:
        return tokens.with_attributes(tag, {b"ht": f"{needed:g}", b"customHeight": "1"})
    return tokens.with_attributes(tag, {b"ht": None, b"customHeight": None})


def _height(tag: bytes) -> float | None:
    stated = tokens.attribute(tag, b"ht")
    try:
        return None if stated is None else float(stated)
    except ValueError:
        return None
