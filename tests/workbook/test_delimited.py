"""CSV and TSV: read as records, and written so that only the answers' fields differ."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.errors import WorkbookError
from trustanswer.model import CellWrite
from trustanswer.workbook.delimited import parse_records, read_records, render
from trustanswer.workbook.splice import fill_file

QUESTIONS = 'Ref,Question,Answer\n1,"Do you encrypt,\nand how?",\n\n2,Who hosts it?,AWS\n'


def filled(text: str, *writes: tuple[str, str | float], overwrite: bool = False) -> str:
    cells = [CellWrite(None, cell, value) for cell, value in writes]
    data, _, _ = render(parse_records(text.encode()), cells, overwrite=overwrite)
    return data.decode()


def test_records_count_header_blank_and_multi_line_ones(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(QUESTIONS, newline="")
    assert read_records(path).records == (
        ("Ref", "Question", "Answer"),
        ("1", "Do you encrypt,\nand how?", ""),
        ("",),
        ("2", "Who hosts it?", "AWS"),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["Ref", "Question", "Answer"], ["1", "Yes, or no; which?", ""], ["2", "Why? How?", ""]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    read = parse_records(text.getvalue().encode())
    assert read.delimiter == delimiter
    assert [list(record) for record in read.records] == rows


def test_a_delimiter_that_the_file_declares_is_taken() -> None:
    assert parse_records(b"sep=;\na,b;c\n").records == (("sep=", ""), ("a,b", "c"))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Frage;Prüfung – §\n"),
        ("utf-8-sig", "Frage;Prüfung – §\n"),
        ("utf-16", "Frage;Prüfung – §\n"),
        ("utf-16-be", "\ufeffFrage;Prüfung – §\n"),
        ("cp1252", "Frage;Prüfung – §\n"),
    ],
)
def test_encoding_and_byte_order_mark_stay(tmp_path: Path, encoding: str, text: str) -> None:
    source, target = tmp_path / "q.csv", tmp_path / "a.csv"
    source.write_bytes(text.encode(encoding))
    assert read_records(source).records == (("Frage", "Prüfung – §"),)
    fill_file(source, target, [CellWrite(None, "C1", "möglich")])
    assert target.read_bytes() == text.replace("§", "§;möglich").encode(encoding)


def test_text_in_no_known_encoding_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(b"Who?;\x81\x8d\n")
    with pytest.raises(WorkbookError, match="save it as CSV UTF-8"):
        read_records(path)


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [
        ("a,b,c\r\nd,,f\n", "B2", "a,b,c\r\nd,Yes,f\n"),
        ("a,b\nc\n", "B2", "a,b\nc,Yes\n"),
        ("a,b\nc\n", "D2", "a,b\nc,,,Yes\n"),
        ("a,b\n\nc,d\n", "B2", "a,b\n,Yes\nc,d\n"),
        ("a,b\nc,", "B2", "a,b\nc,Yes"),
        ('"a","b"\n"c",""\n', "B2", '"a","b"\n"c","Yes"\n'),
        ('"a","b"\n"c"\n', "B2", '"a","b"\n"c","Yes"\n'),
        ("a,b\nc,  \n", "B2", "a,b\nc,Yes\n"),
    ],
)
def test_only_the_field_of_the_answer_changes(before: str, cell: str, after: str) -> None:
    assert filled(before, (cell, "Yes")) == after


def test_several_answers_in_a_record_too_short_for_them() -> None:
    assert filled("a,b\nc\n", ("E2", "e"), ("C2", "c"), ("A3", "x")) == "a,b\nc,,c,,e\n"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("Yes, we do", '"Yes, we do"'),
        ('so-called "safe"', '"so-called ""safe"""'),
        ("one\ntwo", '"one\ntwo"'),
        (" spaced ", '" spaced "'),
        (5.0, "5"),
        (-2.5, "-2.5"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1 day", "'-1 day"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
    ],
)
def test_a_value_is_quoted_where_needed_and_never_a_formula(value: str | float, field: str) -> None:
    assert filled("a,b\nc,\n", ("B2", value)) == f"a,b\nc,{field}\n"


def test_a_field_that_says_something_is_kept_unless_told_otherwise() -> None:
    assert filled("a,b\nc,d\n", ("B2", "Yes")) == "a,b\nc,d\n"
    assert filled("a,b\nc,d\n", ("B2", "Yes"), overwrite=True) == "a,b\nc,Yes\n"


@pytest.mark.parametrize(
    ("data", "write", "reason"),
    [
        (b"a,\n", CellWrite(None, "B9", "Yes"), "no such record"),
        (b"a,b\n", CellWrite(None, "B1", "Yes"), "already says something"),
        ("é,\n".encode("cp1252"), CellWrite(None, "B1", "漢"), "has no character"),
    ],
)
def test_what_cannot_be_written_is_listed(data: bytes, write: CellWrite, reason: str) -> None:
    after, written, kept = render(parse_records(data), [write])
    assert after == data
    assert written == ()
    assert reason in kept[0].reason


def test_a_quote_that_is_never_closed_does_not_eat_the_file() -> None:
    assert parse_records(b'a,"b\nc,d\n').records == (("a", '"b'), ("c", "d"))


def test_nothing_to_write_gives_an_identical_copy(tmp_path: Path) -> None:
    source = tmp_path / "q.csv"
    source.write_bytes(b'a;"b"\r\nc;d\n\n;;\r\r\n"x')
    outcome = fill_file(source, tmp_path / "a.csv", [])
    assert (tmp_path / "a.csv").read_bytes() == source.read_bytes()
    assert (outcome.parts.changed, outcome.parts.total) == (0, 1)


fields = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
tables = st.lists(st.lists(fields, min_size=2, max_size=5), min_size=1, max_size=8)


@given(
    table=tables,
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    answers=st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 7)), fields, max_size=5),
)
def test_any_table_comes_back_with_its_answers_and_nothing_else(
    table: list[list[str]],
    quoting: int,
    line_end: str,
    answers: dict[tuple[int, int], str],
) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=line_end).writerows(table)  # type: ignore[arg-type]
    before = parse_records(b"sep=,\n" + text.getvalue().encode())
    writes = [CellWrite(None, f"{chr(64 + c)}{r}", value) for (r, c), value in answers.items()]
    data, written, kept = render(before, writes, overwrite=True)
    after = parse_records(data)
    assert len(written) + len(kept) == len(writes)
    expected = [list(record) for record in before.records]
    for write in written:
        row, column = int(write.cell[1:]) - 1, ord(write.cell[0]) - 65
        expected[row] += [""] * (column + 1 - len(expected[row]))
        shown = after.records[row][column]
        assert shown.removeprefix("'") in (write.value, str(write.value).removeprefix("'"))
        assert not shown.lstrip().startswith(("=", "+", "-", "@"))
        expected[row][column] = shown
    assert [list(record) for record in after.records] == expected
