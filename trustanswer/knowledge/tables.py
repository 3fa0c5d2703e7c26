"""Tables of controls as CSV: each record with a title and a text is a passage."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import outline
from trustanswer.knowledge.controls import CATEGORIES, DATES, TEXTS, TITLES
from trustanswer.knowledge.dates import parse_date
from trustanswer.knowledge.outline import Page, Passage
from trustanswer.model import Unit
from trustanswer.text import fold

_DELIMITERS = ",;\t|"
_PREFIX = re.compile(r"^(?:controls?|policy|measure)[ _-]+(?=\w)")
_STATES = ("status", "state", "implementation_status", "implemented")
# A control in such a state is not in force, or not wholly.
_NOT_IN_FORCE = re.compile(
    r"\b(?:no|not|non|none|never|planned|partial\w*|partly|progress|pending|gap|fail\w*|draft|"
    r"proposed|retired|inactive|open|missing|n/?a|todo|to do)\b",
    re.I,
)
_ASKS = ("question", "questions", "answer", "answers", "response", "responses")


def records(content: str) -> list[list[str]]:
    """The records of a CSV text, read with the delimiter that its first lines use."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(content[:4000], _DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    try:
        return list(csv.reader(StringIO(content), dialect))
    except csv.Error as error:
        raise KnowledgeError(f"no table that can be read ({error}); save it anew as CSV") from None


def is_table_of_controls(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first record names a title and a text for each of the others, and no question."""
    names = _names(next((row for row in rows if any(row)), ()))
    asks = any(name in _ASKS for name in names)
    return not asks and _column(names, TITLES) is not None and any(map(TEXTS.fullmatch, names))


def read(rows: Sequence[Sequence[str]]) -> Page:
    """The passages of a table whose first record that is not blank names its columns.

    Columns that are neither a title, a text, a category nor a date are no part of the statement.
    """
    passages: list[Passage] = []
    notes: list[str] = []
    head = next(n for n, row in enumerate(rows) if any(row))
    names = _names(rows[head])
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        fields = {name: cell for name, cell in zip(names, row, strict=False) if cell.strip()}
        passage = _passage(fields, number)
        state = next((fields[name] for name in _STATES if name in fields), "")
        if _NOT_IN_FORCE.search(state):
            notes.append(f"row {number}: not in force, its status is “{fold(state)}”")
        elif passage is not None:
            passages.append(passage)
        elif fields:
            notes.append(f"row {number}: a title or a text is missing")
    return Page(tuple(passages), tuple(notes), unit=Unit.ROW)


def _passage(fields: Mapping[str, str], number: int) -> Passage | None:
    titled = [name for name in TITLES if name in fields]
    texts = [
        fold(line)
        for name, cell in fields.items()
        if TEXTS.fullmatch(name)
        for line in cell.split("\n")
    ]
    if not titled or not any(texts):
        return None
    category = next((fold(fields[name]) for name in CATEGORIES if name in fields), None)
    days = (parse_date(fold(fields.get(name, ""))) for name in DATES)
    path = tuple(filter(None, (category, fold(fields[titled[0]]))))
    day = next(filter(None, days), None)
    return Passage(path, outline.join(filter(None, texts)), (number, number), day)


def _names(row: Sequence[str]) -> list[str]:
    """Names of columns as keys: "Control Title" and "control_title" are "title"."""
    folded = (fold(cell).casefold().lstrip("\ufeff") for cell in row)
    return [_PREFIX.sub("", name).replace(" ", "_").replace("-", "_") for name in folded]


def _column(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    return next((name for name in wanted if name in names), None)
