"""HTML inside other documents, as the texts that a reader of the page would see."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from trustanswer.text import CELL_MARK, fold

INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|rp|"
    "rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
UNSEEN = re.compile("script|style|template|head|title|del|s|strike")

# What opens a marked section: those that html.parser knows, and then anything else.
_SECTION = re.compile(
    r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![\w.-]))", re.IGNORECASE
)


def parsable(markup: str) -> str:
    """The markup as html.parser takes it, line by line as it was.

    It gives up at a marked section that it does not know, which to a browser is a comment.
    """
    return _SECTION.sub("<! [", markup)


class _Texts(HTMLParser):
    """Collects the pieces of text; a row of a table is one piece with marks between cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._new = True
        self._in_row = False
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += bool(UNSEEN.fullmatch(tag))
        if tag == "tr":
            self._in_row = False
        if tag in {"td", "th"} and self._in_row and self.pieces:
            self.pieces[-1] += f" {CELL_MARK} "
            self._new = False
        elif not INLINE.fullmatch(tag):
            self._new = True

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= bool(UNSEEN.fullmatch(tag)) and self._unseen > 0
        if not INLINE.fullmatch(tag) and tag not in {"td", "th"}:
            self._new = True

    def handle_data(self, data: str) -> None:
        if self._unseen or (self._new and not data.strip()):
            return
        if self._new:
            self.pieces.append("")
        self.pieces[-1] += data
        self._new = False
        self._in_row = True


def texts(html: str) -> list[str]:
    """The folded pieces of text in a fragment of HTML, a block, list item or table row each."""
    parser = _Texts()
    parser.feed(parsable(html))
    parser.close()
    pieces = (fold(piece).strip(f" {CELL_MARK}") for piece in parser.pieces)
    return [piece for piece in pieces if piece]
