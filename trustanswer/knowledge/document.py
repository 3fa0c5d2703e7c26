"""Word documents (.docx) into sections: headings by their style, lists and tables as text.

What counts is the text as it is shown with all changes accepted; places are paragraphs, counted
through the body, those in tables included.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import outline
from trustanswer.knowledge.dates import date_line
from trustanswer.knowledge.outline import Block, Page, Section
from trustanswer.model import Unit
from trustanswer.text import CELL_MARK, fold

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
# What stands in a paragraph and is not its text, and why.
_ASIDE = {
    "del": "deleted text",
    "moveFrom": "deleted text",
    "txbxContent": "text box",
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "drawing": "picture",
    "object": "embedded object",
}
_UNSEEN = ("vanish", "strike", "dstrike")
_DAMAGED = (BadZipFile, zlib.error, ValueError, KeyError, SyntaxError)  # the last: of the XML
_OFF = ("0", "false", "off", "none")


def read(content: bytes) -> Page:
    """The passages of a document. Raises KnowledgeError where it is none, or is encrypted."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(BytesIO(content))
    except (*_DAMAGED, PackageNotFoundError) as error:
        raise KnowledgeError(
            "no Word document, or a damaged or encrypted one; save it anew as .docx"
        ) from error
    reader = _Reader(document)
    sections = reader.sections()
    return outline.page(sections, notes=reader.notes(), unit=Unit.PARAGRAPH)


class _Reader:
    """Walks the body and counts its paragraphs, and what it left out of them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._count = 0
        self._aside: Counter[str] = Counter()

    def sections(self) -> list[Section]:
        """A document's title is its first level, and its headings then begin with the second."""
        from docx.table import Table

        body = self._document.element.body
        found: list[tuple[Section, list[Block]]] = [(Section(0, None, 1), [])]
        for item in self._items(body):
            if isinstance(item, Table):
                found[-1][1].extend(self._rows(item))
                continue
            blocks, level = list(self._blocks(item)), _level(item)
            if level is not None and blocks:
                title = " ".join(block.text for block in blocks)
                found.append((Section(level, title, self._count), []))
            else:
                found[-1][1].extend(blocks)
        titled = any(section.level == 1 and section.title for section, _ in found)
        shift = 0 if titled else 1
        return [
            replace(one, level=max(0, one.level - shift), blocks=tuple(blocks))
            for one, blocks in found
            if one.title or blocks
        ]

    def _items(self, parent: _Element) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables in order, those in content controls and insertions too."""
        from docx.oxml.table import CT_Tbl
        from docx.oxml.text.paragraph import CT_P
        from docx.table import Table
        from docx.text.paragraph import Paragraph

        for child in parent:
            name = str(child.tag).rpartition("}")[2]
            if isinstance(child, CT_P):
                yield Paragraph(child, self._document._body)
            elif isinstance(child, CT_Tbl):
                yield Table(child, self._document._body)
            elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
                yield from self._items(child)

    def notes(self) -> list[str]:
        counted = [f"{what} left out ({n})" for what, n in self._aside.items()]
        edges = [
            edge
            for part in self._document.sections
            for edge in (part.header, part.footer, part.first_page_header, part.first_page_footer)
        ]
        texts = dict.fromkeys(
            fold(p.text)
            for edge in edges
            if not edge.is_linked_to_previous
            for p in edge.paragraphs
        )
        running = " / ".join(text for text in texts if text)
        return [*counted, *([f'header and footer left out: "{running}"'] if running else [])]

    def _blocks(self, paragraph: Paragraph) -> Iterator[Block]:
        """A paragraph as one block, but for the lines in it that are dates of the last update."""
        self._count += 1
        if _style_name(paragraph).startswith("toc "):
            self._aside["table of contents, lines"] += 1
            return
        lines = [fold(line) for line in self._text(paragraph._p).split("\n")]
        dated = any(date_line(line) for line in lines)
        for text in lines if dated else [outline.join(filter(None, lines))]:
            if text:
                yield Block(text, self._count, self._count)

    def _rows(self, table: Table) -> Iterator[Block]:
        for row in table.rows:
            first = self._count + 1
            cells = dict.fromkeys(cell._tc for cell in row.cells)  # a merged one comes again
            texts = [self._cell(cell) for cell in cells]
            if text := f" {CELL_MARK} ".join(filter(None, texts)):
                yield Block(text, min(first, self._count), self._count)

    def _cell(self, cell: _Element) -> str:
        """The text of a cell; one that goes down over several rows counts in its first."""
        merged = cell.find(f"./{_MAIN}tcPr/{_MAIN}vMerge")
        if merged is not None and merged.get(f"{_MAIN}val") != "restart":
            return ""
        paragraphs = list(cell.iter(f"{_MAIN}p"))
        self._count += len(paragraphs)
        return outline.join(filter(None, (fold(self._text(p)) for p in paragraphs)))

    def _text(self, element: _Element) -> str:
        """The words of a paragraph's runs; a line break in it is a line break."""
        pieces = []
        for child in element:
            name = str(child.tag).rpartition("}")[2]
            if name in _ASIDE or (name == "r" and _unseen(child)):
                self._set_aside(name, child)
            elif name == "t":
                pieces.append(child.text or "")
            elif name in {"br", "cr"}:
                pieces.append("\n")
            elif name in {"tab", "ptab"}:
                pieces.append(" ")
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name != "Fallback":  # the same once more, for old programs
                pieces.append(self._text(child))
        return "".join(pieces)

    def _set_aside(self, name: str, element: _Element) -> None:
        boxes = list(element.iter(f"{_MAIN}txbxContent"))
        kind = "text box" if boxes else _ASIDE.get(name, "hidden or struck-out text")
        if name != "r" or "".join(map(str, element.itertext())).strip():
            self._aside[kind] += 1


def _unseen(run: _Element) -> bool:
    """Whether a run is hidden or struck out."""
    properties = run.find(f"{_MAIN}rPr")
    found = [] if properties is None else [properties.find(f"{_MAIN}{n}") for n in _UNSEEN]
    return any(one is not None and one.get(f"{_MAIN}val") not in _OFF for one in found)


def _style_name(paragraph: Paragraph) -> str:
    return ((paragraph.style and paragraph.style.name) or "").casefold()


def _level(paragraph: Paragraph) -> int | None:
    """1 for the title of the document, 2 and deeper for headings; None for text."""
    style: ParagraphStyle | None = paragraph.style
    own = _outline_level(paragraph._p.pPr)
    if own is not None:
        return own
    for one in _chain(style):
        if (one.name or "").casefold() == "title":
            return 1
        if named := _HEADING.fullmatch(one.name or ""):
            return int(named[1]) + 1
        level = _outline_level(one.element.find(f"{_MAIN}pPr"))
        if level is not None:
            return level
    return None


def _chain(style: ParagraphStyle | None) -> Sequence[ParagraphStyle]:
    """A style and those it is based on; a circle ends where it closes."""
    found: list[ParagraphStyle] = []
    while style is not None and len(found) < 20:
        found.append(style)
        style = style.base_style
    return found


def _outline_level(properties: _Element | None) -> int | None:
    stated = None if properties is None else properties.find(f"{_MAIN}outlineLvl")
    value = "" if stated is None else stated.get(f"{_MAIN}val", "")
    return int(value) + 2 if value.isdigit() and int(value) < 9 else None
