"""What a PDF becomes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.knowledge.formats import Item, as_pdf
from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.typeset import Line, unbroken, without_running_heads
from trustanswer.model import Knowledge, Place, Unit

TEXT = "MFA is required of all who have access to anything."
LONG = "We keep what customers place with us safe. " * 60


def read(folder: Path, content: bytes) -> Knowledge:
    (folder / "page.pdf").write_bytes(content)
    return read_knowledge(folder / "page.pdf")


def texts(knowledge: Knowledge) -> list[str]:
    return [f"{s.title}: {s.text}" for s in knowledge.statements]


def drawn(folder: Path, *pages: list[tuple[int, int, str]]) -> Knowledge:
    """A PDF with lines at places (from the left, from the foot) in 10 points."""
    canvas = Canvas(str(folder / "page.pdf"), pagesize=(400, 600))
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return read_knowledge(folder / "page.pdf")


def test_headings_are_told_by_their_type_and_places_are_pages(tmp_path: Path):
    content = [
        Item("Acme Trust Center", 1), Item("Access", 2), Item("Last updated: 2022-02-11"),
        Item("MFA", 3), Item(LONG), Item("SSO", 3), Item("Supported."),
    ]  # fmt: skip
    first, second = read(tmp_path, as_pdf(content)).statements
    assert first.path == ("Access", "MFA")
    assert first.text == LONG.strip()
    assert first.place == Place(Unit.PAGE, 1, 2)
    assert (first.lines, str(first.updated)) == (None, "2022-02-11")
    assert second.cited == "Access > SSO, page 2, 2022-02-11"


def test_running_heads_and_page_numbers_are_left_out_and_said(tmp_path: Path):
    knowledge = read(tmp_path, as_pdf([Item("Access", 2), Item(LONG), Item(LONG)]))
    assert texts(knowledge) == [f"Access: {LONG * 2}".strip()]
    assert [u.reason for u in knowledge.unread] == [
        'running heads left out: "Acme · Confidential" / "Page #"'
    ]


def test_a_title_page_is_the_documents_name_in_whatever_types_it_is_set(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=(400, 600))
    for size, y, text in ((30, 400, "Acme Trust Center"), (20, 350, "Version 1.2")):
        canvas.setFont("Helvetica", size)
        canvas.drawString(50, y, text)
    canvas.showPage()
    for size, y, text in ((16, 500, "Access"), (13, 470, "MFA"), (10, 450, TEXT)):
        canvas.setFont("Helvetica", size)
        canvas.drawString(50, y, text)
    canvas.save()
    assert texts(read_knowledge(tmp_path / "page.pdf")) == [f"Access > MFA: {TEXT}"]


def test_a_ruled_table_is_rows(tmp_path: Path):
    rows = (("High", "4 hours"), ("Low", "2 days"))
    content = [
        Item("Times", 2),
        Item("We answer within:"),
        Item(rows=rows),
        Item("Always. " + LONG),
    ]
    (statement,) = read(tmp_path, as_pdf(content)).statements
    assert statement.text.startswith(
        "We answer within: • High | 4 hours • Low | 2 days • Always. We keep"
    )


def test_columns_are_read_one_after_the_other(tmp_path: Path):
    left = [(50, 500 - 12 * n, f"Left line {n} is.") for n in range(4)]
    right = [(220, 500 - 12 * n, f"Right line {n} is.") for n in range(4)]
    (statement,) = drawn(tmp_path, [*left, *right]).statements
    assert statement.text == " ".join(text for _, _, text in [*left, *right])


def test_bullets_are_items(tmp_path: Path):
    lines = [(50, 500, "We back up:"), (60, 485, "• disks of all"), (68, 473, "servers")]
    (statement,) = drawn(tmp_path, [*lines, (60, 461, "• keys")]).statements
    assert statement.text == "We back up: • disks of all servers • keys"


def test_words_divided_at_a_lines_end_are_made_whole(tmp_path: Path):
    lines = [
        "Data is kept under strong encryp-",
        "tion by a third-",
        "party that is a third party.",
    ]
    page = [(50, 500 - 12 * n, line) for n, line in enumerate(lines)]
    (statement,) = drawn(tmp_path, page).statements
    assert statement.text == (
        "Data is kept under strong encryption by a third-party that is a third party."
    )


@pytest.mark.parametrize(
    ("lines", "words", "whole"),
    [
        (["encryp-", "tion"], {}, "encryption"),
        (["third-", "party"], {"third-party": 1}, "third-party"),
        (["third-", "party"], {"third": 1, "party": 2}, "third-party"),
        (["data-", "base"], {"data": 3, "base": 1, "database": 1}, "database"),
        (["ISO-", "Certified"], {}, "ISO-Certified"),
        (["in 2022 -", "and later"], {}, "in 2022 - and later"),
        (["https://acme.example/sub-", "processors"], {}, "https://acme.example/sub-processors"),
        (["https://acme.example/", "list"], {}, "https://acme.example/list"),
        (["", "one", ""], {}, "one"),
    ],
)
def test_hyphens_at_line_ends(lines, words, whole):
    assert unbroken(lines, words) == whole


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_lines_without_hyphens_are_joined_by_spaces(lines):
    assert unbroken(lines).split() == " ".join(lines).split()


def test_a_line_that_comes_again_in_the_middle_of_pages_is_text():
    line = Line("Yes.", 1, 300, 310, 50, 80, 10, False, 600)
    pages = [replace(line, page=n) for n in range(1, 5)]
    assert without_running_heads(pages) == (pages, [])


def test_pages_without_text_are_said(tmp_path: Path):
    knowledge = drawn(tmp_path, [(50, 500, "We encrypt.")], [])
    assert [u.reason for u in knowledge.unread] == [
        "page 2: no text, a picture at most; run text recognition over the file"
    ]


def test_an_encrypted_file_and_a_damaged_one_are_one_clear_line(tmp_path: Path):
    Canvas(str(tmp_path / "locked.pdf"), encrypt="secret").save()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n\x01\x02")
    for name, words in {"locked": "an encrypted PDF", "broken": "no PDF, or a damaged"}.items():
        with pytest.raises(KnowledgeError, match=words):
            read_knowledge(tmp_path / f"{name}.pdf")
