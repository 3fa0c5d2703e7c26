"""The same content in every format that is read, made with the libraries that write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from trustanswer.knowledge import markdown


@dataclass(frozen=True)
class Item:
    """A heading (level 1 to 3), a paragraph (level 0), or the cells of a table's rows."""

    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def items(folder: Path, title: str) -> list[Item]:
    """A folder of Markdown files, one a category, as the content of one document."""
    found = [Item(title, 1)]
    for file in sorted(folder.glob("*.md")):
        for section in markdown.sections(file.read_text(encoding="utf-8")):
            found += [Item(section.title, section.level + 1)] if section.title else []
            found += [Item(block.text) for block in section.blocks]
    return found


def as_text(content: Sequence[Item]) -> bytes:
    """Indented, with bullets for titles, as a page that was copied from a browser."""
    lines = []
    for item in content:
        if item.level:
            lines.append("  " * (item.level - 1) + ("• " if item.level > 1 else "") + item.text)
            depth = item.level
        else:
            lines.append(("  " * depth if depth > 1 else "") + item.text)
        lines.append("")
    return "\n".join(lines).encode()


def as_html(content: Sequence[Item]) -> bytes:
    """A page with headings for categories and an accordion for the items below each."""
    return ("<!doctype html><html><body>\n" + "\n".join(_html(content)) + "\n</html>").encode()


def _html(content: Sequence[Item]) -> Iterator[str]:
    open_panel = False
    for item in content:
        if item.level and open_panel:
            yield "</details>"
            open_panel = False
        if item.level == 3:
            yield f"<details><summary>{escape(item.text)}</summary>"
            open_panel = True
        elif item.level:
            yield f"<h{item.level}>{escape(item.text)}</h{item.level}>"
        elif item.rows:
            rows = ("".join(f"<td>{escape(c)}</td>" for c in row) for row in item.rows)
            yield "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        else:
            yield f"<p>{escape(item.text)}</p>"


def as_word(content: Sequence[Item]) -> bytes:
    document = docx.Document()
    for item in content:
        if item.level:
            document.add_heading(item.text, item.level - 1)
        elif item.rows:
            table = document.add_table(len(item.rows), len(item.rows[0]))
            for row, texts in zip(table.rows, item.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(item.text)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(content: Sequence[Item]) -> bytes:
    """Small pages with running heads and page numbers, so that texts go over their ends."""
    styles = getSampleStyleSheet()
    kinds = [
        styles["BodyText"],
        ParagraphStyle("page", parent=styles["Title"], fontSize=26, leading=32),
        styles["Heading1"],
        styles["Heading2"],
    ]
    flow: list[Flowable] = [
        Table(item.rows, style=[("GRID", (0, 0), (-1, -1), 1, "black")])
        if item.rows
        else Paragraph(escape(item.text), kinds[item.level])
        for item in content
    ]
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A5).build(flow, onFirstPage=_edges, onLaterPages=_edges)
    return file.getvalue()


def _edges(canvas: object, document: object) -> None:
    canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
    canvas.drawString(60, 560, "Acme · Confidential")  # type: ignore[attr-defined]
    canvas.drawString(200, 30, f"Page {document.page}")  # type: ignore[attr-defined]


WRITERS: dict[str, Callable[[Sequence[Item]], bytes]] = {
    "txt": as_text,
    "html": as_html,
    "docx": as_word,
    "pdf": as_pdf,
}
