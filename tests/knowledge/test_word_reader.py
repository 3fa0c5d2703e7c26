"""What a Word document becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Knowledge, Place, Unit

Build = Callable[[Document], None]


@pytest.fixture
def read_word(tmp_path: Path) -> Callable[[Build], Knowledge]:
    def read(build: Build) -> Knowledge:
        document = docx.Document()
        build(document)
        document.save(str(tmp_path / "page.docx"))
        return read_knowledge(tmp_path / "page.docx")

    return read


def texts(knowledge: Knowledge) -> list[str]:
    return [f"{s.title}: {s.text}" for s in knowledge.statements]


def test_headings_make_paths_and_places_are_paragraphs(read_word):
    def build(document: Document) -> None:
        document.add_heading("Acme", 0)
        document.add_heading("Access", 1)
        document.add_paragraph("Last updated: 2022-02-11")
        document.add_heading("MFA", 2)
        document.add_paragraph("MFA is required for:")
        document.add_paragraph("staff", style="List Bullet")

    (statement,) = read_word(build).statements
    assert statement.path == ("Access", "MFA")
    assert statement.text == "MFA is required for: • staff"
    assert str(statement.updated) == "2022-02-11"
    assert (statement.lines, statement.place) == (None, Place(Unit.PARAGRAPH, 5, 6))
    assert statement.where == "page.docx, paragraphs 5-6"
    assert statement.cited == "Access > MFA, 2022-02-11"


def test_a_document_without_a_title_is_read_like_markdown(read_word):
    def build(document: Document) -> None:
        document.add_heading("Access", 1)
        document.add_heading("MFA", 2)
        document.add_paragraph("Required.")

    assert texts(read_word(build)) == ["Access > MFA: Required."]


def test_tables_are_rows_with_merged_cells_once(read_word):
    def build(document: Document) -> None:
        document.add_paragraph("Response times:")
        table = document.add_table(2, 3)
        table.cell(0, 0).text = "High"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "4 hours"
        table.cell(1, 0).text = "Low"
        table.cell(1, 1).text = "2 days"

    assert texts(read_word(build)) == [
        "Introduction: Response times: • High | 4 hours • Low | 2 days"
    ]


def test_changes_are_read_as_accepted_and_struck_out_text_is_not_there(read_word):
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("We ")
        paragraph.add_run("never ").font.strike = True
        for tag, word in (("ins", "always "), ("del", "seldom ")):
            text = "delText" if tag == "del" else "t"
            paragraph._p.append(
                parse_xml(
                    f'<w:{tag} {nsdecls("w")}><w:r><w:{text} xml:space="preserve">{word}</w:{text}>'
                    f"</w:r></w:{tag}>"
                )
            )
        paragraph.add_run("encrypt.")

    knowledge = read_word(build)
    assert texts(knowledge) == ["Introduction: We always encrypt."]
    assert [u.reason for u in knowledge.unread] == [
        "hidden or struck-out text left out (1)",
        "deleted text left out (1)",
    ]


def test_headers_and_footers_are_left_out_and_said(read_word):
    def build(document: Document) -> None:
        document.add_paragraph("We encrypt.")
        document.sections[0].header.paragraphs[0].text = "Acme confidential"

    assert [u.reason for u in read_word(build).unread] == [
        'header and footer left out: "Acme confidential"'
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old or encrypted"])
def test_what_is_no_word_document_is_one_clear_line(tmp_path: Path, content: bytes):
    (tmp_path / "page.docx").write_bytes(content)
    with pytest.raises(KnowledgeError, match="no Word document, or a damaged or encrypted one"):
        read_knowledge(tmp_path / "page.docx")
