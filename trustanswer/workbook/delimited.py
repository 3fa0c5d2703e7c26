"""CSV and TSV files as records, read so that one field can be replaced and nothing else changes.

Every field is known with the place it has in the text: a write replaces these characters and
leaves the others (quoting, line ends, byte order mark) as they were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from trustanswer.errors import OutputError, WorkbookError
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.model import CellWrite
from trustanswer.workbook.outcome import Kept
from trustanswer.workbook.refs import split_cell

Span = tuple[int, int]

DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SNIFFED_RECORDS = 200
_DECLARED = re.compile(r'"?sep=([^"\r\n])"?(?:\r|\n|\Z)')

# What a spreadsheet takes for the start of a formula when it opens a text file; the wide forms
# where it is set to Japanese or Chinese.
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited text file. Record n of the file (from 1; header and blank ones count) is
    `records[n - 1]`, its fields unquoted; `spans` has the place of each field in `text`.
    """

    records: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[Span, ...], ...]
    text: str
    delimiter: str
    encoding: str
    bom: bytes = b""


def read_records(path: Path, limits: Limits = LIMITS) -> Delimited:
    """The records of a CSV or TSV file. WorkbookError if its text cannot be decoded, or is
    beyond a limit.
    """
    try:
        limits.check("text_bytes", path.stat().st_size)
        return parse_records(path.read_bytes(), path.name, limits)
    except LimitError as error:
        raise WorkbookError(f"{path.name} {error}") from None


def parse_records(data: bytes, name: str = "the file", limits: Limits = LIMITS) -> Delimited:
    """`read_records` of what is read already; LimitError if it is beyond a limit."""
    bom, encoding = _encoding(data)
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError:
        raise WorkbookError(
            f"{name}: its characters cannot be read; save it as CSV UTF-8 and try again"
        ) from None
    return _parsed(text, _delimiter(text, limits), encoding, bom, limits)


def _parsed(
    text: str, delimiter: str, encoding: str, bom: bytes, limits: Limits = LIMITS
) -> Delimited:
    spans = tuple(tuple(row) for row in _rows(text, delimiter, limits))
    records = tuple(tuple(_unquoted(text[start:end]) for start, end in row) for row in spans)
    limits.check("characters", len(text))
    limits.check("cell_text", max((len(field) for row in records for field in row), default=0))
    return Delimited(records, spans, text, delimiter, encoding, bom)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """Byte order mark and encoding; without a mark UTF-8, else what Windows in the West writes."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return bom, encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "cp1252"
    return b"", "utf-8"


def _delimiter(text: str, limits: Limits) -> str:
    """The delimiter that cuts the most records into the same number of fields (two or more)."""
    declared = _DECLARED.match(text)
    if declared:
        return declared[1]
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter, limits))


def _regularity(text: str, delimiter: str, limits: Limits) -> tuple[float, int]:
    rows = islice(_rows(text, delimiter, limits), _SNIFFED_RECORDS)
    widths = Counter(len(row) for row in rows if row[0][0] != row[-1][1])
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return 0.0, 0
    count, width = max(several)
    return count / widths.total(), width


def _rows(text: str, delimiter: str, limits: Limits) -> Iterable[list[Span]]:
    """The spans of the fields, record by record; a line break at the end opens no record."""
    fields = 0
    stop = re.escape(delimiter)
    # A quote that is never closed is an ordinary character, or one typo would eat the file.
    field = re.compile(rf'(?:"(?:[^"]|"")*+"[^{stop}\r\n]*+|[^{stop}\r\n]*+)({stop}|\r\n|\r|\n|\Z)')
    row: list[Span] = []
    place = 0
    while place < len(text) or row:
        match = field.match(text, place)
        assert match is not None  # the second alternative fits any text
        row.append((place, match.start(1)))
        fields += 1
        limits.check("cells", fields)
        place = match.end(1)
        if match[1] != delimiter:
            yield row
            row = []


def _unquoted(raw: str) -> str:
    if not raw.startswith('"') or '"' not in raw[1:]:
        return raw
    quoted = re.match(r'"((?:[^"]|"")*+)"', raw)
    return quoted[1].replace('""', '"') + raw[quoted.end() :] if quoted else raw


def render(
    delimited: Delimited, writes: Sequence[CellWrite], *, overwrite: bool = False
) -> tuple[bytes, tuple[CellWrite, ...], tuple[Kept, ...]]:
    """The file with the writes made, the writes that were made, and those that were not.

    A field that says something is kept unless `overwrite`; a record too short gets the
    delimiters it lacks. Text that a spreadsheet would take for a formula gets an apostrophe in
    front.
    """
    edits: dict[tuple[int, int], tuple[CellWrite, str]] = {}
    kept = []
    for write in writes:
        row, column = split_cell(write.cell)
        value = _shown(write.value)
        reason = _reason_to_keep(delimited, row, column, value, overwrite)
        if reason is None and (row, column) in edits:
            reason = "another answer was already written there"
        if reason is None:
            edits[row, column] = (write, value)
        else:
            kept.append(Kept(write, reason))
    data = _spliced(delimited, {place: value for place, (_, value) in edits.items()})
    return data, tuple(write for write, _ in edits.values()), tuple(kept)


def _shown(value: str | float) -> str:
    if not isinstance(value, str):
        return str(int(value)) if value == int(value) else repr(value)
    text = value.replace("\x00", "")
    # Some programs cut the white space in front before they look.
    formula = text.startswith(_FORMULA_START) or text.lstrip().startswith(_FORMULA_START)
    return f"'{text}" if formula else text


def _reason_to_keep(
    delimited: Delimited, row: int, column: int, value: str, overwrite: bool
) -> str | None:
    if row > len(delimited.records):
        return "the file has no such record"
    record = delimited.records[row - 1]
    if row == 1 and _DECLARED.match(delimited.text):
        return "the record says how the fields are separated"
    if not overwrite and column <= len(record) and record[column - 1].strip():
        return "the field already says something"
    try:
        value.encode(delimited.encoding)
    except UnicodeEncodeError as error:
        character = value[error.start]
        encoding = f"the file's encoding ({delimited.encoding}) has no character {character!r}"
        return f"{encoding}; save the questionnaire as CSV UTF-8"
    return None


def _spliced(delimited: Delimited, edits: dict[tuple[int, int], str]) -> bytes:
    text, pieces, done = delimited.text, [], 0
    widths = {row: len(delimited.spans[row - 1]) for row, _ in edits}
    for (row, column), value in sorted(edits.items()):
        spans = delimited.spans[row - 1]
        start, end = spans[min(column, len(spans)) - 1]
        quoted = text.startswith('"', start, end)
        missing = max(column - widths[row], 0)
        if missing:
            start, widths[row] = end, column
        pieces += [text[done:start], delimited.delimiter * missing]
        pieces.append(_quoted(value, delimited.delimiter, always=quoted))
        done = end
    pieces.append(text[done:])
    return delimited.bom + "".join(pieces).encode(delimited.encoding)


def _quoted(value: str, delimiter: str, *, always: bool) -> str:
    special = any(character in value for character in (delimiter, '"', "\r", "\n"))
    if always or special or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value


def verify_records(before: Delimited, data: bytes, written: Sequence[CellWrite]) -> None:
    """OutputError unless `data` reads as `before` with the written fields, and only them, new."""
    text = data[len(before.bom) :].decode(before.encoding)
    after = _parsed(text, before.delimiter, before.encoding, before.bom)
    expected = [list(record) for record in before.records]
    for write in written:
        row, column = split_cell(write.cell)
        record = expected[row - 1]
        record.extend([""] * (column - len(record)))
        record[column - 1] = _shown(write.value)
    if [list(record) for record in after.records] != expected:
        raise OutputError(
            "the filled file would not read as the original, and nothing was written; "
            "save the questionnaire as .xlsx and try again"
        )


def unclosed(delimited: Delimited) -> int | None:
    """The record that opens a quotation mark which nothing closes; None where all are closed.

    An answer written behind it might close it, and other programs read no further.
    """
    for number, spans in enumerate(delimited.spans, 1):
        if any(_opens(delimited.text[start:end]) for start, end in spans):
            return number
    return None


def _opens(raw: str) -> bool:
    return raw.startswith('"') and not re.match(r'"(?:[^"]|"")*+"', raw)
