"""What holds for every statement of every knowledge base at hand, and for any text at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.knowledge import controls, markdown, plain, read_knowledge
from trustanswer.model import statement_id
from trustanswer.text import fold, sentences

READERS = {".md": markdown.read, ".txt": plain.read, ".yml": controls.read}
REAL = ("conversica", "tailscale", "stitch")
VENDORS = ("carefold", "grainmill", "ledgerlane", "murmurly", "rosterwell", "shipkite")


@pytest.fixture(params=["own", *VENDORS, *REAL])
def base(request: pytest.FixtureRequest, root: Path) -> Path:
    """The folder of a knowledge base: the project's, the benchmark's, the real ones beside."""
    if request.param == "own":
        return root / "knowledge"
    if request.param in VENDORS:
        return root / "benchmarks" / "vendors" / request.param / "trust-center.md"
    shared: Path = request.getfixturevalue("shared")
    return shared / "knowledge" / request.param


def cited(base: Path, source: str, lines: tuple[int, int]) -> str:
    file = base / source if base.is_dir() else base
    return "\n".join(file.read_text(encoding="utf-8").split("\n")[lines[0] - 1 : lines[1]])


def test_the_reader_applied_to_the_cited_lines_alone_gives_the_text_back(base):
    for s in read_knowledge(base).statements:
        page = READERS[Path(s.source).suffix](cited(base, s.source, s.lines))
        assert any(s.text in passage.text for passage in page.passages), (s.source, s.lines)


def test_every_word_of_a_statement_stands_in_its_cited_lines(base):
    for s in read_knowledge(base).statements:
        source = set(re.findall(r"[^\W_]+", cited(base, s.source, s.lines)))
        assert set(re.findall(r"[^\W_]+", s.text)) <= source, (s.source, s.lines)


def test_texts_are_folded_and_every_sentence_is_verbatim(base):
    for s in read_knowledge(base).statements:
        assert s.text == fold(s.text)
        assert all(sentence in s.text for sentence in sentences(s.text))
        assert sentences(s.text)


def test_ids_derive_from_path_and_text_and_are_unlike(base):
    statements = read_knowledge(base).statements
    assert len({s.id for s in statements}) == len(statements)
    assert all(s.id.startswith(statement_id(s.path, s.text)) for s in statements)


def test_reading_twice_gives_the_same(base):
    assert read_knowledge(base) == read_knowledge(base)


def test_nothing_is_left_unread_and_no_line_is_cited_twice(base):
    knowledge = read_knowledge(base)
    assert knowledge.unread == ()
    lines = [(s.source, n) for s in knowledge.statements for n in range(s.lines[0], s.lines[1] + 1)]
    assert len(lines) == len(set(lines))


LINE = st.sampled_from(
    [
        "",
        "# A",
        "## B",
        "### C",
        "Text one.",
        "a title",
        "• Bullet",
        "  • Inner",
        "    deep text",
        "- item",
        "  more",
        "Last updated: 2026-01-12",
        "| a | b |",
        "|---|---|",
        "> quote",
        "```",
        "<table><tr><td>x",
        "</td></tr></table>",
        "1. One",
        "---",
        "====",
        "- name: X",
        "  text: y z",
        "\t\ttabs",
        "~~gone~~ kept",
        "key: some words stand here",
        "[a][b]",
    ]
) | st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(LINE, max_size=25))
@pytest.mark.parametrize("ending", READERS)
def test_no_text_makes_a_reader_fail_or_cite_lines_that_are_not_there(ending, lines):
    content = "\n".join(lines)
    count = len(content.split("\n"))
    for passage in READERS[ending](content).passages:
        first, last = passage.lines
        assert 1 <= first <= last <= count
        assert passage.path
        assert all(passage.path)
        assert passage.text == fold(passage.text) != ""
