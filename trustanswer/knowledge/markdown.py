"""Markdown (CommonMark with tables and front matter) into sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import chain, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trustanswer.knowledge import html, outline, plain
from trustanswer.knowledge.dates import date_line, parse_date
from trustanswer.knowledge.frontmatter import DATE_KEYS, TITLE, front_matter
from trustanswer.knowledge.outline import Block, Page, Section
from trustanswer.text import CELL_MARK, ends_sentence, fold

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What generators of static sites put into Markdown: tags, shortcodes, attribute lists, ids of
# headings, and variables as the target of a link.
_TEMPLATE = re.compile(
    r"\{%.*?%\}|\{\{[<%].*?[>%]\}\}|\{:[^{}\n]*\}|(?<=\S) *\{#[\w-]+\}(?=\s*$)", re.MULTILINE
)
_VARIABLE_TARGET = re.compile(r"\]\([^()\s]*\{\{[^{}\n]*\}\}[^()\n]*\)")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE)
_GLYPH = re.compile(r"^\s*[•◦▪●○]\s", re.MULTILINE)
_TAGS = {"softbreak": "\n", "hardbreak": "<br>", "s_open": "<s>", "s_close": "</s>"}
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")


def read(content: str) -> Page:
    """The passages of a Markdown document; HTML, lists and tables stay inside as text."""
    front = front_matter(content)
    title = front.fields.get(TITLE)
    days = (parse_date(front.fields.get(key)) for key in DATE_KEYS)
    page = outline.page(
        plain.sections(front.body) if _saved_as_text(front.body) else sections(front.body),
        title=fold(title) or None if isinstance(title, str) else None,
        updated=next((day for day in days if day), None),
    )
    return replace(page, tags=front.tags, slips=front.slips)


def _saved_as_text(body: str) -> bool:
    """A page that was saved as text may have been given the ending of Markdown."""
    return not _HEADING.search(body) and bool(_GLYPH.search(body))


def sections(body: str) -> list[Section]:
    """The headings of Markdown without front matter, each with the blocks below it."""
    tokens = _PARSER.parse(_VARIABLE_TARGET.sub("](#)", _TEMPLATE.sub("", body)))
    starts = [i for i, token in enumerate(tokens) if _is_heading(token, tokens[i + 1 : i + 2])]
    found = [*_with_questions(0, None, 1, tokens[: starts[0]] if starts else tokens)]
    for start, end in pairwise([*starts, len(tokens)]):
        opening, content = tokens[start], tokens[start + 1]
        title = fold(_text(content.children or [])) or None
        level, below = int(opening.tag[1]), tokens[start + 3 : end]
        found += _with_questions(level, title, _lines(opening)[0], below)
    return [section for section in found if section.title or section.blocks]


def _with_questions(
    level: int, title: str | None, line: int, tokens: Sequence[Token]
) -> Iterator[Section]:
    """A section, and below it one for each question that is set like a title: pages of frequent
    questions have them in bold type, or behind "Q:", where others have headings."""
    at_each = (_asked(token, tokens[i + 1 : i + 2]) for i, token in enumerate(tokens))
    asked = {i: text for i, text in enumerate(at_each) if text}
    starts = [*asked, len(tokens)]
    yield Section(level, title, line, tuple(blocks(tokens[: starts[0]])))
    for start, end in pairwise(starts):
        question = tokens[start + 1]
        first, last = _lines(question)
        answer = list(chain(*_split(question.children or [])[1:]))
        rest = question.copy(children=answer, map=[first, last])
        below = [_unmarked(block) for block in blocks([rest, *tokens[start + 3 : end]])]
        yield Section(_ITEM, asked[start], first, tuple(below))


_ITEM = 7  # one level below the lowest heading
_Q = re.compile(r"(?:Q|Question) ?\d*[:.)] ")
_A = re.compile(r"(?:A|Answer) ?\d*[:.)] ")


def _asked(token: Token, following: Sequence[Token]) -> str | None:
    """The question that a paragraph opens with, if its first line is one, and is set apart."""
    if token.type != "paragraph_open" or token.level or not following:
        return None
    line = [t for t in _split(following[0].children or [])[0] if not _is_blank(t)]
    text = fold(_text(line))
    bold = len(line) > 2 and line[0].type == "strong_open" and line[-1].type == "strong_close"
    if not text.endswith("?") or not (bold or _Q.match(text)):
        return None
    return _Q.sub("", text, count=1)


def _is_blank(token: Token) -> bool:
    return token.type.endswith("break") or (token.type == "text" and not token.content.strip())


def _unmarked(block: Block) -> Block:
    return replace(block, text=_A.sub("", block.text, count=1)) if _A.match(block.text) else block


def blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """The texts of paragraphs, list items, table rows, code and HTML, in their order."""
    cells: list[str] | None = None
    for token in tokens:
        first, last = _lines(token)
        if token.type == "tr_open":
            cells, row = [], (first, last)
        elif token.type == "tr_close":
            yield from _block(f" {CELL_MARK} ".join(cells or []), *row)
            cells = None
        elif token.type == "inline" and cells is not None:
            cells += filter(None, [_text(token.children or [])])
        elif token.type == "inline":
            yield from _paragraph(token)
        elif token.type == "html_block":
            for piece in html.texts(token.content):
                yield from _block(inline_text(piece), first, last)
        elif token.type in {"fence", "code_block"}:
            yield from _block(fold(token.content), first, last)


def inline_text(source: str) -> str:
    """One line of Markdown without its markup, folded."""
    return _text(_PARSER.parseInline(source)[0].children or [])


def _paragraph(token: Token) -> Iterator[Block]:
    """A paragraph as one block, but for the lines in it that are dates of the last update."""
    (first, last), lines = _lines(token), _split(token.children or [])
    dates = [n for n, line in enumerate(lines) if date_line(_text(line))]
    if len(lines) == 1 or not dates:
        yield from _block(_text(token.children or []), first, last)
        return
    start = 0
    for n in [*dates, len(lines)]:
        yield from _block(_text(list(chain(*lines[start:n]))), first + start, first + n - 1)
        yield from _block(_text(list(chain(*lines[n : n + 1]))), first + n, first + n)
        start = n + 1


def _split(children: Sequence[Token]) -> list[list[Token]]:
    """Inline tokens line by line, each with the break that ends it."""
    lines: list[list[Token]] = [[]]
    for token in children:
        lines[-1].append(token)
        if token.type in {"softbreak", "hardbreak"}:
            lines.append([])
    return lines


def _text(children: Sequence[Token]) -> str:
    """Inline tokens as folded text: links and images by their words, what is struck out not."""
    source = "".join(_as_html(token) for token in children)
    return outline.join(html.texts(source))


def _as_html(token: Token) -> str:
    if token.type == "html_inline":
        return token.content
    if token.type == "image":
        return "".join(_as_html(child) for child in token.children or [])
    if token.type in _TAGS:
        return _TAGS[token.type]
    return escape(_REFERENCE.sub(r"\1", token.content), quote=False)


def _block(text: str, first: int, last: int) -> Iterator[Block]:
    if text:
        yield Block(text, first, last)


def _lines(token: Token) -> tuple[int, int]:
    """First and last line, from 1; (0, 0) for a token that only closes another."""
    return (token.map[0] + 1, token.map[1]) if token.map else (0, 0)


def _is_heading(token: Token, following: Sequence[Token]) -> bool:
    """Whether a heading of the page opens here.

    Not one inside a quotation or a list, and not a paragraph that only a rule drawn right
    below it ("---") makes a heading by the letter of CommonMark.
    """
    if token.type != "heading_open" or token.level:
        return False
    words = following[0].content if following else ""
    return token.markup != "-" or not ("\n" in words or ends_sentence(words))
