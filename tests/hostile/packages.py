"""Hostile workbooks: each a name that says what is wrong with it, and its bytes."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from tests.workbook.books import MAIN, RELATIONS, parts_of

File = tuple[str, bytes]
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Answer</t></is></c></row>'
)
WORKBOOK, SHEET, STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    '<!ENTITY {} "{}">'.format(chr(98 + n), f"&{chr(97 + n)};" * 10) for n in range(20)
)


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 2, 11, 12, 30, 0)), data, method)
    return file.getvalue()


def asking(rows: str = "", before: str = "", after: str = "", count: int = 3) -> str:
    """A sheet with a few questions, and what is odd about it."""
    asked = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Do you keep promise {n}?</t></is></c></row>'
        for n in range(2, 2 + count)
    )
    return (
        f'<worksheet xmlns="{MAIN}">{before}<sheetData>{HEADER}{asked}{rows}</sheetData>{after}'
        "</worksheet>"
    )


def book(sheet: str | bytes = "", **more: bytes | None) -> bytes:
    """A workbook with this sheet; further parts by name, None takes one away."""
    parts: dict[str, bytes | None] = {**parts_of(sheet or asking()), **more}
    return packed({name: data for name, data in parts.items() if data is not None})


def packages() -> Iterator[File]:
    for group in (
        *(broken_archives, odd_entries, lying_entries, odd_parts, declared, encoded, relations),
        *(bombs, nested, rows_and_cells, values, ranges, dropdowns, controls),
    ):
        yield from ((f"{name}.xlsx", data) for name, data in group())


# --- the archive ---------------------------------------------------------------------------------


def broken_archives() -> Iterator[File]:
    whole, chance = book(), random.Random(7)
    for n in range(40):
        yield f"cut-{n}", whole[: len(whole) * n // 40 + 4]
    for n in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 1, 5, 50))):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        yield f"flipped-{n}", bytes(data)
    yield "junk-before", b"PK\x03\x04 junk" + whole
    yield "junk-behind", whole + b"junk" * 100
    yield "twice", whole + whole
    yield "comment", whole[:-2] + struct.pack("<H", 9) + b"<script>;"
    yield "end-only", b"PK\x03\x04" + bytes(30) + whole[-22:]
    yield "no-end", whole[:-22]
    yield "directory-elsewhere", whole[:-6] + struct.pack("<I", 0xFFFFFFF0) + whole[-2:]
    yield "entries-65535", whole[:-14] + b"\xff\xff\xff\xff" + whole[-10:]
    yield "zeros", b"PK\x03\x04" + bytes(100_000)


def odd_entries() -> Iterator[File]:
    names = (
        *("../evil", "../../../../etc/passwd", "/etc/passwd", "C:\\evil.dll", "xl\\sheet.xml"),
        *("xl/../../evil", "a" * 60_000, "evil\nname", "\x1b[31mred", "con", "xl/", "日本.xml"),
    )
    for n, name in enumerate(names):
        yield f"name-{n}", book(**{name: b"x"})
    for part in (WORKBOOK, SHEET, "[Content_Types].xml"):
        file = BytesIO(book())
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(part, "<x/>")
        yield f"twice-{part.rpartition('/')[2]}", file.getvalue()
    yield "case-clash", book(**{"xl/WORKSHEETS/sheet1.xml": b"<x/>"})
    yield "entries-many", book(**{f"xl/media/{n}": b"" for n in range(6_000)})
    yield "stored", packed(parts_of(asking()), zipfile.ZIP_STORED)
    yield "bzip2", packed(parts_of(asking()), zipfile.ZIP_BZIP2)
    yield "lzma", packed(parts_of(asking()), zipfile.ZIP_LZMA)


def _patched(part: str, local: Mapping[int, bytes], central: Mapping[int, bytes]) -> bytes:
    """The book with bytes of the two headers of a part replaced, by their offsets."""
    data = bytearray(book())
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        start = archive.getinfo(part).header_offset
    listed = data.index(b"PK\x01\x02")
    while data[listed + 46 : listed + 46 + len(part)] != part.encode():
        listed = data.index(b"PK\x01\x02", listed + 4)
    for place, changes in ((start, local), (listed, central)):
        for offset, new in changes.items():
            data[place + offset : place + offset + len(new)] = new
    return bytes(data)


def lying_entries() -> Iterator[File]:
    for size in (0, 1, 10, 2**20, 2**31, 2**32 - 1):
        told = struct.pack("<I", size)
        yield f"unpacked-says-{size}", _patched(SHEET, {22: told}, {24: told})
        yield f"packed-says-{size}", _patched(SHEET, {18: told}, {20: told})
        yield f"directory-says-{size}", _patched(SHEET, {}, {24: told})
    yield "crc", _patched(SHEET, {14: b"abcd"}, {16: b"abcd"})
    for flag in (1, 0x20, 0x40, 0x800, 0x2000):
        told = struct.pack("<H", flag)
        yield f"flag-{flag}", _patched(SHEET, {6: told}, {8: told})
        yield f"flag-{flag}-directory", _patched(SHEET, {}, {8: told})
    for method in (1, 9, 12, 14, 93, 99):
        told = struct.pack("<H", method)
        yield f"method-{method}", _patched(SHEET, {8: told}, {10: told})
    for place in (0, 30, 2**31, 2**32 - 2):
        yield f"placed-at-{place}", _patched(SHEET, {}, {42: struct.pack("<I", place)})
    yield "name-differs", _patched(SHEET, {30: b"XL"}, {})
    yield "extra-long", _patched(SHEET, {28: b"\xff\xff"}, {30: b"\xff\xff"})
    yield "disk-7", _patched(SHEET, {}, {34: b"\x07\x00"})
    yield "version-99", _patched(SHEET, {4: b"\x99\x00"}, {6: b"\x99\x00"})


# --- parts ---------------------------------------------------------------------------------------


def odd_parts() -> Iterator[File]:
    for part in parts_of(asking()):
        short = part.strip("/[]").replace("/", "-")
        yield f"{short}-missing", book(**{part: None})
        contents = {
            "empty": b"",
            "garbage": bytes(range(256)) * 4,
            "text": b"hello",
            "other-root": b"<a/>",
            "unclosed": b"<a><b>",
            "two-roots": b"<a/><b/>",
            "comment": b"<!-- -->",
            "instruction": b"<?xml-stylesheet href='http://evil.example/'?><a/>",
            "no-namespace": b"<worksheet><sheetData><row/></sheetData></worksheet>",
            "nul": b"<a>\0</a>",
        }
        for said, content in contents.items():
            yield f"{short}-{said}", book(**{part: content})


def declared() -> Iterator[File]:
    types = {
        "laughs": LAUGHS + "]>",
        "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>',
        "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "net": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>',
        "dtd": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "behind": "<!-- a --><?a b?> <!DOCTYPE x []>",
    }
    for said, doctype in types.items():
        for part in (WORKBOOK, SHEET, STYLES, BOOK_RELATIONS, "_rels/.rels"):
            content = parts_of(asking().replace("promise 2", "&a;" * 50))[part].decode()
            yield f"{said}-{part.rpartition('/')[2]}", book(**{part: (doctype + content).encode()})
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + types["laughs"] + asking()).encode(
        "utf-16"
    )
    yield "laughs-utf-16", book(utf16)


def encoded() -> Iterator[File]:
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "cp500"):
        yield f"in-{name}", book(asking().encode(name))
        told = f'<?xml version="1.0" encoding="{name}"?>'
        yield f"in-{name}-declared", book((told + asking()).encode(name))
        yield f"says-{name}-is-not", book((told + asking()).encode())
    for name in ("klingon", "shift_jis", "iso-2022-jp", "gb18030", "hz", "x" * 500, "utf-8"):
        told = f'<?xml version="1.0" encoding="{name}"?>'
        yield f"says-{name[:12]}", book(told.encode() + asking().encode("latin-1"))
    for n, bad in enumerate(
        (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2")
    ):
        yield f"no-utf-8-{n}", book(asking().encode().replace(b"promise 2", b"promise " + bad))
    mixed = asking().encode().replace(b"promise 2", "naïve".encode("latin-1") + "naïve".encode())
    yield "mixed-encodings", book(mixed)


def relations() -> Iterator[File]:
    def related(*targets: str, of: str = "worksheet") -> bytes:
        listed = "".join(
            f'<Relationship Id="rId{n}" Type="{RELATIONS}/{of if n == 1 else "styles"}" {target}/>'
            for n, target in enumerate(targets, 1)
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'<Relationships xmlns="{package}">{listed}</Relationships>'.encode()

    targets = {
        "itself": 'Target="workbook.xml"',
        "package": 'Target="../_rels/.rels"',
        "own-relations": 'Target="_rels/workbook.xml.rels"',
        "folder": 'Target="worksheets/"',
        "nothing": "",
        "empty": 'Target=""',
        "outside": 'Target="../../../../etc/passwd"',
        "net": 'Target="http://127.0.0.1:9/sheet.xml" TargetMode="External"',
        "net-internal": 'Target="http://127.0.0.1:9/sheet.xml"',
        "file": 'Target="file:///etc/passwd" TargetMode="External"',
        "percent": 'Target="%2e%2e/%2e%2e/etc/passwd%00"',
        "long": f'Target="{"a/" * 30_000}"',
    }
    for said, target in targets.items():
        yield f"sheet-is-{said}", book(**{BOOK_RELATIONS: related(target)})
        yield (
            f"styles-are-{said}",
            book(**{BOOK_RELATIONS: related('Target="worksheets/sheet1.xml"', target)}),
        )
        yield f"book-is-{said}", book(**{"_rels/.rels": related(target, of="officeDocument")})
    again = '<sheet name="S" sheetId="1" r:id="rId1"/>'
    many = parts_of("")[WORKBOOK].decode().replace(again, again * 500).encode()
    yield "one-sheet-500-times", book(**{WORKBOOK: many})
    yield (
        "relations-100000",
        book(**{BOOK_RELATIONS: related(*targets.values(), *['Target="a"'] * 100_000)}),
    )
    for said in ("application/x-evil", "", "text/html"):
        content = parts_of("")["[Content_Types].xml"].replace(b"application/vnd", said.encode())
        yield f"types-{said.replace('/', '-')}", book(**{"[Content_Types].xml": content})


# --- too much ------------------------------------------------------------------------------------


def bombs() -> Iterator[File]:
    yield "bomb-sheet", book(**{SHEET: b" " * (60 * 2**20)})
    yield "bomb-styles", book(**{STYLES: b"<a>" + b" " * (40 * 2**20) + b"</a>"})
    yield "bomb-picture", book(**{f"xl/media/{n}.bmp": bytes(45 * 2**20) for n in range(10)})
    yield "bomb-one-row", book(asking(f'<row r="9">{"<c/>" * 1_600_000}</row>'))
    yield "bomb-rows", book(asking("<row/>" * 1_000_000))
    yield "bomb-cells", book(asking(f"<row>{'<c><v>1</v></c>' * 15}</row>" * 20_000))
    attributes = " ".join(f"a{n}='v'" for n in range(900_000))
    yield "bomb-attributes", book(asking(f"<row {attributes}/>"))
    yield "bomb-text", book(asking().replace("promise 2", "x" * 9_000_000))
    yield "bomb-text-cell", book(asking().replace("promise 2", "why " * 10_000))
    yield "bomb-attribute", book(asking(f'<row r="{"9" * 9_000_000}"/>'))
    spaces = " ".join(f"xmlns:a{n}='u'" for n in range(50_000))
    yield "bomb-namespaces", book(asking(f"<row {spaces}/>"))
    yield "bomb-comments", book(asking("<!-- -->" * 1_000_000))
    yield "bomb-references", book(asking().replace("promise 2", "&#65;" * 5_000))
    strings = f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * 300_000}</sst>'
    yield "bomb-strings", _with_strings(strings, "<v>0</v>")
    runs = f'<sst xmlns="{MAIN}"><si>{"<r><t>a</t></r>" * 40_000}</si></sst>'
    yield "bomb-runs", _with_strings(runs, "<v>0</v>")
    long = f'<sst xmlns="{MAIN}"><si><t>{"Do you? " * 4_000}</t></si></sst>'
    yield "bomb-one-string-often", _with_strings(long, "<v>0</v>", count=20_000)
    yield "bomb-inner-zip", book(**{"xl/embeddings/a.zip": packed({"a": bytes(2**20)})})
    yield "many-questions", book(asking(count=25_000))
    cells = "".join(
        "<row>"
        + "".join(f"<c t='str'><v>Do you {n} keep {m}?</v></c>" for m in range(10))
        + "</row>"
        for n in range(4_500)
    )
    yield "cells-45000", book(asking(cells))
    cells = cells.replace("Do you", "why")
    yield "words-45000", book(asking(cells))
    names = "".join(f'<definedName name="n{n}">n{n + 1}</definedName>' for n in range(100_000))
    tail = f"<definedNames>{names}</definedNames>"
    yield "names-100000", packed(parts_of(asking(), book_tail=tail))
    formats = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 600_000}</cellXfs></styleSheet>'
    yield "styles-600000", book(**{STYLES: formats.encode()})


def _with_strings(strings: str, value: str, count: int = 3) -> bytes:
    cells = "".join(f'<row><c t="s">{value}</c></row>' for _ in range(count))
    relation = f'<Relationship Id="rId9" Type="{RELATIONS}/sharedStrings" Target="s.xml"/>'
    listed = parts_of("")[BOOK_RELATIONS].decode()
    listed = listed.replace("</Relationships>", f"{relation}</Relationships>")
    return book(asking(cells), **{"xl/s.xml": strings.encode(), BOOK_RELATIONS: listed.encode()})


def nested() -> Iterator[File]:
    for depth in (200, 300, 5_000, 500_000):
        deep = ("<a>" * depth + "</a>" * depth).encode()
        for part in (WORKBOOK, SHEET, STYLES, BOOK_RELATIONS, "_rels/.rels"):
            yield f"deep-{depth}-{part.rpartition('/')[2]}", book(**{part: deep})
        yield f"deep-{depth}-cell", book(asking(f"<row><c>{deep.decode()}</c></row>"))
        yield f"deep-{depth}-text", book(asking().replace("promise 2", deep.decode()))


# --- sheets --------------------------------------------------------------------------------------


def rows_and_cells() -> Iterator[File]:
    numbers = (
        *("-1", "0", "1", "1048576", "1048577", "9" * 30, "1e3", "0x10", "two", "", " 9 ", "²"),
        *("٣", "1.5", "+9", "9" * 5_000),
    )
    for number in numbers:
        odd = f'<row r="{number}"><c t="inlineStr"><is><t>Do you?</t></is></c></row>'
        yield f"row-{number[:9]}-{len(number)}", book(asking(odd))
    for n, name in enumerate(
        (
            "A0",
            "1A",
            "A-1",
            "A1:B2",
            "XFE1",
            "AAAA1",
            "ＡＡ1",
            "$A$9",
            "",
            " ",
            "A99999999",
            "R1C1",
            "٣3",
        )
    ):
        yield f"cell-{n}", book(asking(f'<row r="9"><c r="{name}"><v>1</v></c></row>'))
    yield "row-twice", book(asking('<row r="2"><c r="A2"><v>7</v></c></row>'))
    yield (
        "cell-twice",
        book(asking('<row r="9"><c r="A9"><v>7</v></c><c r="A9"><v>8</v></c></row>')),
    )
    yield "backwards", book(asking('<row r="9"><c r="D9"><v>7</v></c><c r="A9"><v>8</v></c></row>'))
    wide = "".join(f'<c t="inlineStr"><is><t>Do you {n}?</t></is></c>' for n in range(16_384))
    yield "wide-16384", book(asking(f"<row>{wide}</row>"))
    yield "wide-16385", book(asking(f"<row>{wide}<c><v>1</v></c></row>"))
    yield "tall", book(asking('<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'))
    yield "dimension", book(asking(before='<dimension ref="A1:XFD1048576"/>'))
    columns = '<cols><col min="1" max="16384" style="1" hidden="1"/></cols>'
    yield "columns-hidden", book(asking(before=columns))
    yield (
        "columns-huge",
        book(asking(before='<cols><col min="-5" max="99999999999" width="1e99"/></cols>')),
    )
    columns = '<col min="1" max="16384" style="1"/>' * 50_000
    yield "columns-many", book(asking(before=f"<cols>{columns}</cols>"))
    yield "two-sheet-data", book(asking(after="<sheetData/>"))
    yield "no-sheet-data", book(f'<worksheet xmlns="{MAIN}"/>')
    yield "row-in-row", book(asking("<row><row><c><v>1</v></c></row></row>"))


def values() -> Iterator[File]:
    for n, value in enumerate(
        ("nan", "inf", "-inf", "1e999", "-1", "1e300", "0x10", "1_000", "٣", "", " ", "9" * 400)
    ):
        for kind in ("n", "s", "b", "d", "str", "e", "inlineStr", "evil"):
            cell = f'<c s="1" t="{kind}"><v>{value}</v></c>'
            yield f"value-{kind}-{n}", book(asking(f"<row>{cell * 3}</row>"))
    dated = parts_of("")[STYLES].replace(b'numFmtId="49"', b'numFmtId="14"')
    for n, value in enumerate(("-1", "60", "2958466", "1e300", "nan", "-0.5", "0.9999999999")):
        yield (
            f"date-{n}",
            book(asking(f'<row><c s="1"><v>{value}</v></c></row>'), **{STYLES: dated}),
        )
    yield "style-out-of-reach", book(asking('<row><c s="99999"><v>1</v></c></row>'))
    yield "formula", book(asking("<row><c><f>SUM(A1:XFD1048576)</f></c></row>"))
    yield (
        "formula-shared",
        book(
            asking('<row r="9"><c r="B9"><f t="shared" ref="A1:XFD1048576" si="0">1</f></c></row>')
        ),
    )
    yield "formula-dde", book(asking("<row><c><f>cmd|' /C calc'!A0</f><v>1</v></c></row>"))


def ranges() -> Iterator[File]:
    def merged(*areas: str) -> str:
        return "<mergeCells>" + "".join(f'<mergeCell ref="{a}"/>' for a in areas) + "</mergeCells>"

    yield "merge-all", book(asking(after=merged("A1:XFD1048576")))
    yield "merge-30000", book(asking(after=merged(*(f"A{n}:B{n}" for n in range(1, 30_001)))))
    yield "merge-tall-5000", book(asking(after=merged(*["A1:B2000"] * 5_000)))
    yield "merge-overlapping", book(asking(after=merged(*["A1:D5"] * 15_000)))
    yield (
        "merge-odd",
        book(asking(after=merged("", "A", "A1:", ":", "B5:A1", "XFE1:XFF2", "A0:B0"))),
    )
    for said, area in (("all", "A1:XFD1048576"), ("columns", "A:XFD"), ("rows", "1:1048576")):
        yield f"rule-{said}", book(asking(after=_list_rule(area, '"Yes,No"')))
    many = " ".join(f"B{n}" for n in range(1, 50_000))
    yield "rule-50000-areas", book(asking(after=_list_rule(many, '"Yes,No"')))
    tall = _list_rule("A1:XFD9000", "A1") * 15_000
    yield "rule-15000-tall", book(asking(after=tall, count=300))


def _list_rule(areas: str, formula: str) -> str:
    """A dropdown over these areas."""
    formula = f"<formula1>{formula}</formula1>"
    rule = f'<dataValidation type="list" sqref="{areas}">{formula}</dataValidation>'
    return f"<dataValidations>{rule}</dataValidations>"


def dropdowns() -> Iterator[File]:
    formulas = {
        "itself": "B2",
        "loop": "loop",
        "indirect-loop": "INDIRECT(B2)",
        "indirect-indirect": "INDIRECT(" * 500 + '"B2"' + ")" * 500,
        "substitute-deep": "SUBSTITUTE(" * 600 + '"a"' + ',"a","b")' * 600,
        "substitute-grows": "INDIRECT("
        + "SUBSTITUTE(" * 5
        + '"a"'
        + f',"a","{"a" * 99}")' * 5
        + ")",
        "offset-far": "OFFSET(A1,1048576,16384,1048576)",
        "offset-back": "OFFSET(A1,-5,-5)",
        "offset-huge": f"OFFSET(A1,{'9' * 4_000},1)",
        "other-file": "'[evil.xlsx]Sheet1'!$A$1:$A$9",
        "net": "'http://127.0.0.1:9/[x.xlsx]S'!$A$1",
        "all": "$A$1:$XFD$1048576",
        "table": "Evil[Column]",
        "parentheses": "(" * 5_000,
        "quotes": '"' * 8_001,
        "long": '"' + "Yes," * 100_000 + '"',
        "options": '"' + ",".join(f"o{n}" for n in range(1_800)) + '"',
        "empty": "",
        "unicode": "INDIRECT(\u202eB2)",
    }
    tail = '<definedNames><definedName name="loop">loop</definedName></definedNames>'
    for said, formula in formulas.items():
        text = formula.replace("&", "&amp;").replace("<", "&lt;")
        sheet = asking(after=_list_rule("B2:B9", text))
        yield f"dropdown-{said}", packed(parts_of(sheet, book_tail=tail))
    lists = "".join(
        f'<row><c t="inlineStr"><is><t>o{n % 3}</t></is></c></row>' for n in range(40_000)
    )
    rule = _list_rule("B2:B2001", "$A$3000:$A$41000")
    yield (
        "dropdown-long-list",
        book(asking(lists, after=rule, count=1_500)),
    )


def controls() -> Iterator[File]:
    odd = (
        "_x0000_",
        "_x001B_[2J",
        "_xD800_",
        "_xDFFF__xD800_",
        "_xFFFE_",
        "_x000D_",
        "\u202e",
        "\u2028",
    )
    for n, text in enumerate(odd):
        yield f"text-{n}", book(asking().replace("promise 2", text))
        name = parts_of("")[WORKBOOK].replace(b'name="S"', f'name="{text}"'.encode())
        yield f"sheet-name-{n}", book(**{WORKBOOK: name})
    script = "&lt;script&gt;alert(1)&lt;/script&gt;"
    yield "script", book(asking().replace("promise 2", script))
    for n, words in enumerate(("• ", "… ", "= ", "( ", "? ", "a@", "1) ", "\t")):
        yield f"repeated-{n}", book(asking().replace("promise 2", words * (30_000 // len(words))))
