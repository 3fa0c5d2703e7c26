"""Hostile text: questionnaires in CSV, foreign files, mappings, and documents of a trust center."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator

from tests.hostile.packages import File, book, packed

TABLE = "Question,Answer\nDo you encrypt data?,\nDo you test backups?,\n"


def questionnaires() -> Iterator[File]:
    for name, data in (*_csv(), *_foreign()):
        yield name if "." in name else f"{name}.csv", data


def _csv() -> Iterator[File]:
    whole = TABLE.encode()
    for n, bad in enumerate(
        (b"\xff\xfe\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x81\x8d", b"\x00", b"\x1b[2J")
    ):
        yield f"bytes-{n}", whole.replace(b"encrypt", b"en" + bad + b"crypt")
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "cp037",
        "utf-7",
        "utf-8-sig",
    ):
        yield f"in-{encoding}", TABLE.encode(encoding)
    yield "utf-16-odd", TABLE.encode("utf-16") + b"x"
    yield "utf-16-surrogate", b"\xff\xfe\x00\xd8" + TABLE.encode("utf-16-le")
    yield "boms", b"\xef\xbb\xbf" * 3 + whole
    for n, bom in enumerate((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00")):
        yield f"bom-alone-{n}", bom
    yield "nul-late", whole + b"x" * 5_000 + b"\0" * 100
    yield "mixed", whole + "Nutzen Sie Schlüssel?,\n".encode("cp1252") + "Schlüssel?,\n".encode()
    for n, mark in enumerate(
        (",", '"', "\n", "\r", '""', ",\n", '",', "a,", ";", "\t", " ", "\u2028")
    ):
        yield f"only-{n}", (mark * (300_000 // len(mark))).encode()
        yield f"behind-{n}", whole + (mark * (20_000 // len(mark))).encode()
    for n, line in enumerate(("sep=", "sep=,", 'sep="', "sep=\r", "sep=\n", '"sep=;"', "sep=::")):
        yield f"sep-{n}", (line + "\n" + TABLE).encode()
    for n, start in enumerate("=+-@\t\r＝"):
        yield (
            f"formula-{n}",
            TABLE.replace("Do you encrypt", f"{start}cmd|' /C calc'!A0 do you").encode(),
        )
    yield "quote-open", whole + b'"Do you' + b" really" * 1_000
    yield "one-field", b"why? " * 400_000
    yield "one-line", b"Do you?," * 150_000
    yield "long-field", TABLE.replace("Do you test", "Do you " * 6_000 + "test").encode()
    yield "many-questions", b"Question,Answer\n" + b"Do you encrypt it?,\n" * 25_000
    yield "large", b"Do you encrypt it?,\n" * 700_000
    chance = random.Random(3)
    for n in range(12):
        yield f"noise-{n}", bytes(chance.choices(b',;"\n\r\t= aQ?\xc3\xa9', k=4_000))


def _foreign() -> Iterator[File]:
    yield "a.pdf", b"%PDF-1.7\n" + bytes(9_000)
    yield "elf.xlsx", b"\x7fELF" + bytes(9_000)
    yield "gzip.csv", gzip.compress(TABLE.encode())
    yield "seven.xlsx", b"7z\xbc\xaf\x27\x1c" + bytes(900)
    yield "rar.xlsx", b"Rar!\x1a\x07\x00" + bytes(900)
    yield "page.csv", b"<html><script>alert(1)</script></html>"
    yield "flat.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook/>'
    yield "ole-empty.xls", bytes.fromhex("d0cf11e0a1b11ae1")
    yield "ole-noise.xls", bytes.fromhex("d0cf11e0a1b11ae1") + random.Random(1).randbytes(90_000)
    yield "ole-large.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(20 * 2**20)
    yield "too-large.xlsx", b"PK\x03\x04" + bytes(51 * 2**20)
    yield "directory-huge.xlsx", b"PK\x03\x04" + (b"PK\x01\x02" + bytes(42)) * 900_000
    yield "empty.xlsx", b""
    yield "one-byte.xlsx", b"P"
    yield "sqlite.xlsx", b"SQLite format 3\0" + bytes(900)
    yield "\x1b[31mred\x07.xlsx", b"PK\x03\x04 no"
    yield "two\nlines.xlsx", b"PK\x03\x04 no"
    yield "=cmd.csv", TABLE.encode()
    yield "<script>alert(1)</script>.csv".replace("/", "∕"), TABLE.encode()


def mappings() -> Iterator[File]:
    contents = {
        "deep": b"a = " + b"[" * 50_000,
        "deep-table": b"a = " + b"{b = " * 20_000,
        "dots": b".".join([b"a"] * 50_000) + b" = 1",
        "empty": b"",
        "binary": bytes(range(256)),
        "table-no-list": b"table = 5",
        "table-of-numbers": b"table = [1, 2]",
        "rows-huge": b'[[table]]\nrows = "1-%s"\nquestion = "A"\nanswer = "B"' % (b"9" * 5_000),
        "rows-far": b'[[table]]\nrows = "1-999999999"\nquestion = "A"\nanswer = "B"',
        "column-far": b'[[table]]\nrows = "1-9"\nquestion = "ZZZ"\nanswer = "B"',
        "column-number": b'[[table]]\nrows = "1-9"\nquestion = 1\nanswer = [1]',
        "sheet-number": b'[[table]]\nsheet = 5\nrows = "1-9"\nquestion = "A"\nanswer = "B"',
        "sheet-list": b'[[table]]\nsheet = [5]\nrows = "1-9"\nquestion = "A"\nanswer = "B"',
        "marks-odd": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = {Yes = 1}',
        "options-list": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = "B"\noptions = [1]',
        "option-odd": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = "B"\noptions = {a = {}}',
        "skip-huge": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = "B"\nskip = [%s]'
        % (b"9" * 4_000),
        "section-odd": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = "B"\nsection = [[1]]',
        "comment-odd": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = "B"\ncomment = {}',
        "many": b'[[table]]\nrows = "1-9"\nquestion = "A"\nanswer = "B"\n' * 5_000,
        "large": b"# " * 2**20,
    }
    yield from ((f"{name}.toml", data) for name, data in contents.items())


def documents() -> Iterator[File]:
    """Documents of a trust center, by their endings."""
    yield (
        "aliases.yaml",
        b"a: &a [x, x]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 10))
            for n in range(20)
        ),
    )
    yield "object.yaml", b"- !!python/object/apply:os.system ['touch evil']\n"
    yield "merge.yaml", b"a: &a {<<: *a}\n"
    yield "itself.yaml", b"a: &a [*a]\n"
    yield "binary.yaml", b"a: !!binary " + b"A" * 10_000
    yield (
        "date.yaml",
        b"- title: Access\n  updated: 99999-99-99\n  text: We restrict access to few.\n",
    )
    yield "tabs.yaml", b"\t- a\n"
    yield "deep.yaml", b"- " * 30_000
    yield "flow.yaml", b"[" * 30_000
    yield "maps.yaml", b"{a: " * 30_000
    yield "indented.yaml", b"".join(b" " * n + b"a:\n" for n in range(1_500))
    yield "keys.yaml", b"? [a, b]\n: c\n"
    yield "numbers.yaml", b"9" * 5_000 + b": " + b"9" * 5_000
    yield "large.yaml", b"- title: Access\n  text: Access is restricted to few people.\n" * 30_000
    for n, unit in enumerate(
        (
            "> ",
            "- ",
            "* ",
            "[",
            "![",
            "[a](",
            "<",
            "<a ",
            "<!--",
            "`",
            "``` ",
            "*a ",
            "**a _b ",
            "| ",
            "|-",
            "#",
            "\\",
            "&",
            "[a]: ",
            "1. ",
            "~~",
            "_",
            "\n\n",
            "---\n",
            "{{",
            "{%",
        )
    ):
        yield (
            f"repeated-{n}.md",
            b"# Trust\n\n## Access\n\n" + (unit * (20_000 // len(unit))).encode(),
        )
    for n, unit in enumerate(
        ("• ", "- a\n", "a\n\n", "a: ", "====\n", "1.1 ", " ", "2022-02-11\n", "not ", "a. ")
    ):
        yield f"repeated-{n}.txt", b"Access\n" + (unit * (20_000 // len(unit))).encode()
    yield "front.md", b"---\n" + b"a: &a [*a]\n" * 100 + b"---\nWe encrypt.\n"
    yield "front-deep.md", b"---\na: " + b"[" * 30_000 + b"\n---\nWe encrypt.\n"
    yield "front-open.md", b"---\n" + b"a: b\n" * 20_000
    yield "front-list.md", b"---\n[1, {a: b}]\n---\nWe encrypt.\n"
    yield "html.md", b"## Access\n\n" + b"<div>" * 20_000 + b"<script>alert(1)</script>"
    yield "nul.md", b"## Access\n\nWe \0 encrypt.\n"
    yield "latin.md", "## Zugang\n\nWir prüfen.\n".encode("cp1252")
    yield "utf-16.md", "## Access\n\nWe restrict it.\n".encode("utf-16")
    yield "surrogate.txt", b"\xed\xa0\x80"
    yield "utf-16-odd.txt", b"\xff\xfea"
    yield "noise.txt", random.Random(2).randbytes(50_000)
    yield "noise.md", random.Random(4).randbytes(50_000)
    yield "zip.md", b"PK\x03\x04" + bytes(500)
    yield "large.txt", b"We restrict access to few people. " * 100_000
    yield "larger.txt", b"x" * (11 * 2**20)
    yield "long-line.txt", b"We restrict access, " * 50_000
    for n, unit in enumerate(
        ("<div>", "<b>", "<table><tr><td>", "<ul><li>", "<", "<!--", "<script>", "</p>")
    ):
        page = b"<h1>Access</h1><p>We restrict it.</p>" + (unit * (60_000 // len(unit))).encode()
        yield f"repeated-{n}.html", page
    yield "attributes.html", b"<p " + b"a=b " * 20_000 + b">We restrict access.</p>"
    yield "entities.html", b"<p>" + b"&amp;&#x0;&bogus;" * 5_000 + b"We restrict access.</p>"
    yield "field.csv", b'title,text\nAccess,"' + b"x" * 200_000 + b'"\n'
    yield "nul.csv", b"title,text\nAccess,We restrict\0 access.\n"
    yield "cut.docx", b"PK\x03\x04" + bytes(500)
    bomb = packed({"word/document.xml": b" " * (20 * 2**20), "[Content_Types].xml": b"<Types/>"})
    yield "bomb.docx", bomb
    yield "sheet.docx", book()
    yield "cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Length 99999999 >>\nstream\n"
    yield (
        "loop.pdf",
        b"%PDF-1.7\n1 0 obj <</Type/Pages/Kids[1 0 R]/Count 9>> endobj\ntrailer<</Root 1 0 R>>",
    )
    yield "empty.md", b""
    yield "blank.md", b" \n" * 50_000
