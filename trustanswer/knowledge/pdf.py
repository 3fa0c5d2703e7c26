"""PDF files into sections, with pages as their places: the one door to the library.

A page is a set of words with places and fonts; what of it makes lines and table rows is told
here, what they mean in `typeset`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import outline, typeset
from trustanswer.knowledge.outline import Page
from trustanswer.knowledge.typeset import Line
from trustanswer.model import Unit
from trustanswer.text import CELL_MARK

if TYPE_CHECKING:
    from pdfplumber.page import Page as Sheet
    from pdfplumber.table import Table

_BOLD = ("bold", "black", "heavy", "demi")
_WORD_GAP = 0.15  # font sizes between two words: TeX writes no spaces
_CELL_GAP = 2.5  # font sizes between two words of a line that stand in columns of their own
_UNMAPPED = "(cid:"  # how the library writes a glyph whose letter the file does not tell


def read(content: bytes) -> Page:
    """The passages of a PDF. Raises KnowledgeError where it cannot be opened."""
    lines, notes = _lines(content)
    lines, running = typeset.without_running_heads(lines)
    if running:
        notes.append("running heads left out: " + " / ".join(f'"{text}"' for text in running))
    sections, contents = typeset.sections(lines)
    if contents:
        notes.append(f"table of contents left out ({contents} lines)")
    return outline.page(sections, notes=notes, unit=Unit.PAGE)


def _lines(content: bytes) -> tuple[list[Line], list[str]]:
    import pdfplumber

    lines: list[Line] = []
    notes: list[str] = []
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            for sheet in document.pages:
                found = list(_of_page(sheet))
                if note := _unreadable(found):
                    notes.append(f"page {sheet.page_number}: {note}")
                else:
                    lines += found
                sheet.close()
    except Exception as error:  # on a damaged file the library fails in ways without number
        raise KnowledgeError(_reason(error)) from error
    return lines, notes


def _reason(error: Exception) -> str:
    causes = f"{type(error).__name__} {error!r} {error.__cause__!r} {error.__context__!r}"
    if "Password" in causes:
        return "an encrypted PDF; save it without a password"
    return "no PDF, or a damaged one; save or print it anew as PDF"


def _unreadable(lines: Sequence[Line]) -> str | None:
    text = " ".join(line.text for line in lines)
    if not text:
        return "no text, a picture at most; run text recognition over the file"
    if text.count(_UNMAPPED) * 20 > len(text.split()):
        return "its fonts do not tell which letters they show; print it anew as PDF"
    return None


def _of_page(sheet: Sheet) -> Iterator[Line]:
    """The lines in the order they were written in, which for columns is column by column."""
    upright = sheet.filter(lambda part: part.get("upright", True))
    tables = [table for table in upright.find_tables() if _is_table(table)]
    told: set[int] = set()
    line: list[dict[str, Any]] = []
    words = upright.extract_words(
        extra_attrs=["size", "fontname"], use_text_flow=True, x_tolerance_ratio=_WORD_GAP
    )
    for word in words:
        inside = next((n for n, table in enumerate(tables) if _within(word, table)), None)
        if line and (inside is not None or not _goes_on(line[-1], word)):
            yield _line(line, sheet)
            line = []
        if inside is None:
            line.append(word)
        elif inside not in told:
            told.add(inside)
            yield from _rows(tables[inside], sheet, word)
    if line:
        yield _line(line, sheet)


def _goes_on(word: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether two words stand in one line: at one height, the second to the right."""
    overlap = min(word["bottom"], after["bottom"]) - max(word["top"], after["top"])
    height = min(word["bottom"] - word["top"], after["bottom"] - after["top"])
    return bool(overlap > 0.5 * height and after["x0"] > word["x0"])


def _line(words: list[dict[str, Any]], sheet: Sheet) -> Line:
    text = words[0]["text"]
    for before, word in pairwise(words):
        apart = word["x0"] - before["x1"] > _CELL_GAP * word["size"]
        column = apart and not typeset.is_bullet(text)
        text += f" {CELL_MARK} {word['text']}" if column else f" {word['text']}"
    longest = max(words, key=lambda word: len(word["text"]))
    return Line(
        text=typeset.plain(text),
        page=sheet.page_number,
        top=words[0]["top"],
        bottom=max(word["bottom"] for word in words),
        left=words[0]["x0"],
        right=words[-1]["x1"],
        size=round(longest["size"] * 2) / 2,
        bold=all(any(b in word["fontname"].lower() for b in _BOLD) for word in words),
        height=float(sheet.height),
    )


def _is_table(table: Table) -> bool:
    """A frame around a text, or a rule between columns, is none."""
    return len(table.rows) >= 2 and max(len(row.cells) for row in table.rows) >= 2


def _within(word: dict[str, Any], table: Table) -> bool:
    left, top, right, bottom = table.bbox
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(left <= x <= right and top <= y <= bottom)


def _rows(table: Table, sheet: Sheet, word: dict[str, Any]) -> Iterator[Line]:
    for row, cells in zip(table.rows, table.extract(x_tolerance_ratio=_WORD_GAP), strict=True):
        left, top, right, bottom = row.bbox
        texts = [typeset.unbroken([typeset.plain(x) for x in (c or "").split("\n")]) for c in cells]
        if text := f" {CELL_MARK} ".join(filter(None, texts)):
            size = round(word["size"] * 2) / 2
            yield Line(
                text, sheet.page_number, top, bottom, left, right, size,
                bold=False, height=float(sheet.height), row=True,
            )  # fmt: skip
