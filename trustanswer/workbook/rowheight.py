"""How high a row must be for its text. Heights in points, widths in characters.

An application fits rows to their text only while somebody edits them (Excel also when a file
states no height at all, LibreOffice and previewers not even then), so a row that is too low for
its answer would show a part of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from trustanswer.workbook import tokens

_TALLEST = 409.0  # the most that Excel allows
_LINE_SPACING = 1.36  # line height to font size: 15 points for Calibri 11
_WIDTH_SIZE = 11.0  # font size at which a column's width counts characters
_TRUE = ("1", "true")

# Measured against LibreOffice's own fitting of 309 English texts in nine fonts and widths: with
# these two, 12 needed more lines than estimated, and 12 over two lines fewer.
_LOST_AT_BREAKS = 2.0  # characters a line loses because it breaks between words
_NARROW = {"calibri": 1.2, "carlito": 1.2, "arial narrow": 1.2, "aptos narrow": 1.2}


@dataclass(frozen=True, slots=True)
class Font:
    name: str = "Calibri"
    size: float = 11.0


def needed_height(text: str, width: float, font: Font) -> float:
    """An estimate of the height of a wrapped text, on the generous side."""
    density = _NARROW.get(font.name.lower(), 1.0)
    per_line = max(width * density * _WIDTH_SIZE / font.size - _LOST_AT_BREAKS, 1.0)
    lines = sum(max(1, math.ceil(len(line) / per_line)) for line in text.split("\n"))
    return min(lines * font.size * _LINE_SPACING, _TALLEST)


def is_too_low(tag: bytes, needed: float, default: float) -> bool:
    """Whether a row (its start tag) shows less than `needed`; a hidden row shows nothing anyway."""
    height = _stated_height(tag, default)
    return tokens.attribute(tag, b"hidden") not in _TRUE and 0 < height < needed


def grown(tag: bytes, height: float, *, fixed: bool) -> bytes:
    """The row's start tag with a height, `fixed` where the application must not fit it again: it
    would look at the cells that are not merged only.
    """
    changes: dict[bytes, str | None] = {b"ht": f"{height:g}"}
    if fixed:
        changes[b"customHeight"] = "1"
    return tokens.with_attributes(tag, changes)


def _stated_height(tag: bytes, default: float) -> float:
    try:
        return float(tokens.attribute(tag, b"ht") or default)
    except ValueError:
        return default
