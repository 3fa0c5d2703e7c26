"""What a file may cost before it is parsed: every limit, its default, and what is said beyond it.

Real questionnaires and trust centers stay far below each. `[limits]` in trustanswer.toml
raises or lowers any of them by its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from zipfile import ZipInfo

_MB = 2**20


_DIRECTORY_ENTRY = b"PK\x01\x02"


class LimitError(Exception):
    """A file is beyond a limit; the message goes on after the name of the file.

    Whoever opened the file catches it and says which it was.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts and bytes, each for one file where nothing else is said."""

    # A questionnaire, from its bytes alone
    file_bytes: int = 50 * _MB
    text_bytes: int = 10 * _MB  # a .csv or .tsv file
    entries: int = 5_000
    unpacked_bytes: int = 400 * _MB
    part_bytes: int = 48 * _MB  # one part in XML
    ratio: int = 250  # unpacked to packed, of XML over a megabyte; real sheets reach about 60
    markup: int = 3_000_000  # tags and attributes of one part in XML
    # A questionnaire, while its cells are gathered
    strings: int = 200_000  # shared strings
    cells: int = 200_000  # that say something, in all sheets together
    characters: int = 30_000_000  # in all these cells together
    cell_text: int = 32_767  # characters; what Excel can hold
    ranges: int = 20_000  # of one sheet: merged ranges, and those that its validations name
    merged_rows: int = 500_000  # that the merged ranges of one sheet cover, row by row
    questions: int = 20_000
    # A mapping of columns
    mapping_bytes: int = 1 * _MB
    # A knowledge base
    document_bytes: int = 10 * _MB
    document_text: int = 2_000_000  # characters of a document, once it is text
    documents: int = 5_000  # files of a folder
    statements: int = 50_000  # in all documents together
    nodes: int = 50_000  # keys and values of one file in YAML, aliases followed
    depth: int = 40  # how deep these may nest
    # What is sent to the review page
    upload_bytes: int = 32 * _MB  # a questionnaire with its form
    body_bytes: int = 1 * _MB  # anything else

    def check(self, name: str, found: int) -> None:
        """Raises LimitError where `found` is beyond the limit of that name."""
        most: int = getattr(self, name)
        if found > most:
            shown = f"{most / _MB:g} MB" if name.endswith("_bytes") else f"{most:,}"
            raise LimitError(f"{_SAID[name].format(shown)}; {_ADVICE.format(name)}")

    def check_directory(self, data: bytes) -> None:
        """`check` of how many entries an archive has, before its directory is read as a whole."""
        self.check("entries", data.count(_DIRECTORY_ENTRY))

    def check_sizes(self, entries: Sequence[ZipInfo]) -> None:
        """`check` of the sizes that an archive's directory states, before a part is unpacked."""
        self.check("entries", len(entries))
        self.check("unpacked_bytes", sum(entry.file_size for entry in entries))
        self.check("part_bytes", max((entry.file_size for entry in entries), default=0))
        large = (entry for entry in entries if _is_xml(entry) and entry.file_size > _MB)
        ratios = (entry.file_size // max(entry.compress_size, 1) for entry in large)
        self.check("ratio", max(ratios, default=0))


def _is_xml(entry: ZipInfo) -> bool:
    """A picture of one colour is packed as tightly as an attack, but it is never parsed."""
    return entry.filename.lower().endswith((".xml", ".rels", ".vml"))


_ADVICE = "remove what is not needed, or raise {} under [limits] in trustanswer.toml"
_SAID = {
    "file_bytes": "is larger than the {} that are opened",
    "text_bytes": "is larger than the {} of text that are read",
    "entries": "has more than {} parts",
    "unpacked_bytes": "unpacks to more than {}",
    "part_bytes": "has a part that unpacks to more than {}",
    "ratio": "has a part that unpacks to more than {} times its size",
    "markup": "has a part with more than {} tags and attributes",
    "strings": "has more than {} shared texts",
    "cells": "has more than {} cells that say something",
    "characters": "has more than {} characters in its cells",
    "cell_text": "has a cell with more than {} characters",
    "ranges": "has a sheet with more than {} ranges",
    "merged_rows": "has a sheet whose merged ranges cover more than {} rows",
    "questions": "asks more than {} questions",
    "mapping_bytes": "is larger than {}",
    "document_bytes": "is larger than {}",
    "document_text": "has more than {} characters",
    "documents": "holds more than {} documents",
    "statements": "gives more than {} statements",
    "nodes": "has more than {} keys and values",
    "depth": "nests deeper than {} levels",
    "upload_bytes": "is larger than {}",
    "body_bytes": "is larger than {}",
}
LIMITS = Limits()


def limits_of(table: Mapping[str, Any]) -> Limits:
    """The limits with those that `table` names in place of the defaults.

    Raises ValueError, in words that go on after the name of the file it stands in.
    """
    known = {field.name for field in fields(Limits)}
    for name, value in table.items():
        if name not in known:
            raise ValueError(f"[limits] has no {name}; known are {', '.join(sorted(known))}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"under [limits], write {name} as a whole number above 0")
    return Limits(**table)
