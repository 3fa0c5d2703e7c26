"""What a write makes of the XML of a sheet, before and after, byte for byte."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.workbook.books import MAIN, STRICT, STRICT_RELATIONS, parts_of, read_parts, write_package
from trustanswer.model import CellWrite
from trustanswer.workbook.outcome import Outcome
from trustanswer.workbook.splice import fill_file

SHEET = "xl/worksheets/sheet1.xml"


def fill(
    folder: Path, parts: dict[str, bytes], *writes: tuple[str, str | float], overwrite: bool = False
) -> tuple[Outcome, dict[str, bytes]]:
    source = write_package(folder / "in.xlsx", parts)
    target = folder / "out.xlsx"
    cells = [CellWrite("S", cell, value) for cell, value in writes]
    outcome = fill_file(source, target, cells, overwrite=overwrite)
    return outcome, read_parts(target)


def sheet(data: str, *, head: str = "", tail: str = "", root: str = "worksheet") -> str:
    prefix = root.rpartition(":")[0]
    name = f":{prefix}" if prefix else ""
    return f'<{root} xmlns{name}="{MAIN}">{head}{data}{tail}</{root}>'


YES = "<is><t>Yes</t></is>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '<sheetData><row r="2"><c r="A2" s="1"/><c r="B2" s="1"/></row></sheetData>',
            '<sheetData><row r="2"><c r="A2" s="1"/><c r="B2" s="1" t="inlineStr">'
            f"{YES}</c></row></sheetData>",
            id="an empty cell",
        ),
        pytest.param(
            '<sheetData><row r="2"><c r="A2"/><c r="C2"/></row></sheetData>',
            f'<sheetData><row r="2"><c r="A2"/><c r="B2" t="inlineStr">{YES}</c>'
            '<c r="C2"/></row></sheetData>',
            id="a missing cell between others",
        ),
        pytest.param(
            '<sheetData><row r="2"><c r="A2"/>\n</row></sheetData>',
            f'<sheetData><row r="2"><c r="A2"/><c r="B2" t="inlineStr">{YES}</c>\n'
            "</row></sheetData>",
            id="a missing cell at the end",
        ),
        pytest.param(
            '<sheetData><row r="1"/><row r="4"/></sheetData>',
            f'<sheetData><row r="1"/><row r="2"><c r="B2" t="inlineStr">{YES}</c></row>'
            '<row r="4"/></sheetData>',
            id="a missing row between others",
        ),
        pytest.param(
            "<sheetData/>",
            f'<sheetData><row r="2"><c r="B2" t="inlineStr">{YES}</c></row></sheetData>',
            id="a sheet without rows",
        ),
        pytest.param(
            "<sheetData ></sheetData >",
            f'<sheetData ><row r="2"><c r="B2" t="inlineStr">{YES}</c></row></sheetData >',
            id="a sheet opened and closed without rows",
        ),
        pytest.param(
            '<sheetData><row r="2" s="1" customFormat="1"/></sheetData>',
            '<sheetData><row r="2" s="1" customFormat="1"><c r="B2" s="1" t="inlineStr">'
            f"{YES}</c></row></sheetData>",
            id="a row closed in itself gives its style",
        ),
        pytest.param(
            '<sheetData><row><c/></row><row><c/><c s="1"/><c/></row></sheetData>',
            '<sheetData><row><c/></row><row><c/><c s="1" r="B2" t="inlineStr">'
            f"{YES}</c><c/></row></sheetData>",
            id="rows and cells that do not name themselves",
        ),
        pytest.param(
            '<sheetData><row r="3"/><row r="2"><c s="1" r="B2"></c></row></sheetData>',
            '<sheetData><row r="3"/><row r="2"><c s="1" r="B2" t="inlineStr">'
            f"{YES}</c></row></sheetData>",
            id="rows out of order",
        ),
        pytest.param(
            "<sheetData><row r='2' ><c t='s'  r='B2' ><v>  </v></c ></row ></sheetData>",
            f"<sheetData><row r='2' ><c t=\"inlineStr\"  r='B2' >{YES}</c></row ></sheetData>",
            id="single quotes and odd spaces",
        ),
        pytest.param(
            '<sheetData><!-- <row r="2"><c r="B2"/></row> --><row r="2">'
            '<!-- <c r="B2"/> --><c r="B2"/></row></sheetData>',
            '<sheetData><!-- <row r="2"><c r="B2"/></row> --><row r="2">'
            f'<!-- <c r="B2"/> --><c r="B2" t="inlineStr">{YES}</c></row></sheetData>',
            id="cells in comments are none",
        ),
        pytest.param(
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<row r="2">'
            "</sheetData>]]></t></is></c></row></sheetData>",
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<row r="2">'
            f'</sheetData>]]></t></is></c></row><row r="2"><c r="B2" t="inlineStr">{YES}</c></row>'
            "</sheetData>",
            id="tags in CDATA are none",
        ),
        pytest.param(
            '<sheetData><row r="2" spans="1:1"><c r="A2"/></row></sheetData>',
            '<sheetData><row r="2" spans="1:2"><c r="A2"/><c r="B2" t="inlineStr">'
            f"{YES}</c></row></sheetData>",
            id="spans grow with the row",
        ),
        pytest.param(
            '<sheetData><row r="2"><c r="B2" vm="1" cm="2" s="1"><extLst><ext uri="x"/></extLst>'
            "</c></row></sheetData>",
            f'<sheetData><row r="2"><c r="B2" s="1" t="inlineStr">{YES}<extLst><ext uri="x"/>'
            "</extLst></c></row></sheetData>",
            id="what a cell holds beside its value stays",
        ),
        pytest.param(
            '<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t> &#160;</t></is></c></row>'
            "</sheetData>",
            f'<sheetData><row r="2"><c r="B2" t="inlineStr">{YES}</c></row></sheetData>',
            id="a cell with only spaces is blank",
        ),
    ],
)
def test_only_the_answer_goes_into_the_bytes(tmp_path: Path, before: str, after: str) -> None:
    outcome, parts = fill(tmp_path, parts_of(sheet(before)), ("B2", "Yes"))
    assert parts[SHEET].decode() == sheet(after)
    assert (outcome.parts.changed, outcome.parts.total, outcome.parts.cells) == (1, 6, 1)


@pytest.mark.parametrize("prefix", ["x", "main-1"])
def test_any_namespace_prefix_will_do(tmp_path: Path, prefix: str) -> None:
    def prefixed(text: str) -> str:
        return sheet(text.replace("<", f"<{prefix}:").replace(f"<{prefix}:/", f"</{prefix}:"),
                     root=f"{prefix}:worksheet")  # fmt: skip

    before = prefixed('<sheetData><row r="2"><c r="A2"/></row></sheetData>')
    after = prefixed(
        f'<sheetData><row r="2"><c r="A2"/><c r="B2" t="inlineStr">{YES}</c></row></sheetData>'
    )
    assert fill(tmp_path, parts_of(before), ("B2", "Yes"))[1][SHEET].decode() == after


def test_a_strict_workbook_stays_strict(tmp_path: Path) -> None:
    before = f'<worksheet xmlns="{STRICT}"><sheetData/></worksheet>'
    parts = parts_of(before, main=STRICT, relations=STRICT_RELATIONS)
    after = fill(tmp_path, parts, ("B2", "Yes"))[1][SHEET].decode()
    assert f'xmlns="{STRICT}"' in after
    assert "Yes" in after


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_a_part_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + sheet("<sheetData/>", head="<!--é-->")
    _, parts = fill(tmp_path, parts_of(text.encode(encoding)), ("B2", "prüft"))
    assert "<t>prüft</t>" in parts[SHEET].decode(encoding)
    assert "<!--é-->" in parts[SHEET].decode(encoding)


def test_columns_give_their_style_to_cells_that_are_missing(tmp_path: Path) -> None:
    before = sheet("<sheetData/>", head='<cols><col min="2" max="5" width="9" style="1"/></cols>')
    _, parts = fill(tmp_path, parts_of(before), ("C7", "Yes"))
    assert b'<c r="C7" s="1" t="inlineStr">' in parts[SHEET]


@pytest.mark.parametrize(
    ("used", "widened"), [("A1:B3", "A1:C9"), ("A1", "A1:C9"), ("A1:XFD1048576", "A1:XFD1048576")]
)
def test_the_used_range_takes_the_answers_in(tmp_path: Path, used: str, widened: str) -> None:
    before = sheet("<sheetData/>", head=f'<dimension ref="{used}"/>')
    _, parts = fill(tmp_path, parts_of(before), ("C9", "Yes"))
    assert f'<dimension ref="{widened}"/>'.encode() in parts[SHEET]


def test_an_answer_to_a_merged_cell_goes_to_the_first_of_the_range(tmp_path: Path) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="B2:D3"/></mergeCells>'
    outcome, parts = fill(tmp_path, parts_of(sheet("<sheetData/>", tail=merged)), ("C3", "Yes"))
    assert f'<row r="2"><c r="B2" t="inlineStr">{YES}</c></row>'.encode() in parts[SHEET]
    assert outcome.written == (CellWrite("S", "B2", "Yes"),)


@pytest.mark.parametrize("number", [5, 5.0, 2.5, -1, 1e20])
def test_numbers_are_numbers(tmp_path: Path, number: float) -> None:
    fill(tmp_path, parts_of(sheet("<sheetData/>")), ("B2", number))
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["S"]["B2"].value == number


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1 day", "@SUM(A1)", "=cmd|'/c calc'!A0", "<b> & \"quotes\" 'too'", "é 漢 😀"],
)
def test_text_stands_for_itself(tmp_path: Path, text: str) -> None:
    fill(tmp_path, parts_of(sheet("<sheetData/>")), ("B2", text))
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["S"]["B2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_text_that_looks_like_a_formula_stays_text_when_somebody_edits_it(tmp_path: Path) -> None:
    fill(tmp_path, parts_of(sheet("<sheetData/>")), ("B2", "=1+1"), ("B3", "Yes"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")["S"]
    assert book["B2"].quotePrefix
    assert not book["B3"].quotePrefix


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\x00b\x0bc\ufffe", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("_x000D_", "_x005F_x000D_"),
        ("_x00_", "_x00_"),
    ],
)
def test_characters_that_xml_cannot_hold_are_left_out(
    tmp_path: Path, text: str, stored: str
) -> None:
    _, parts = fill(tmp_path, parts_of(sheet("<sheetData/>")), ("B2", text))
    assert f">{stored}</t>".encode() in parts[SHEET]


def test_outer_spaces_and_line_breaks_are_kept(tmp_path: Path) -> None:
    _, parts = fill(tmp_path, parts_of(sheet("<sheetData/>")), ("B2", " a\n b "))
    assert b'<t xml:space="preserve"> a\n b </t>' in parts[SHEET]


# --- what stays ----------------------------------------------------------------------------------

FILLED = (
    '<sheetData><row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[<kept>]]></t></is></c>'
    '<c r="B2"><v>0</v></c><c r="C2"><f>A2</f></c><c r="D2"><f t="shared" ref="D2:D3" si="0">A2</f>'
    '</c><c r="E2"><f t="array" ref="E2:F3">A2:B3</f></c><c r="F2"/><c r="G2" t="b"><v>0</v></c>'
    '</row><row r="3"><c r="D3"><f t="shared" si="0"/></c></row></sheetData>'
)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("A2", "already says something"),
        ("B2", "already says something"),
        ("C2", "holds a formula"),
        ("D2", "holds a formula"),
        ("D3", "holds a formula"),
        ("E2", "formula that fills a range"),
        ("F2", "formula that fills a range"),
        ("F3", "formula that fills a range"),
        ("G2", "already says something"),
    ],
)
def test_a_cell_that_is_not_blank_is_kept(tmp_path: Path, cell: str, reason: str) -> None:
    parts = parts_of(sheet(FILLED))
    outcome, after = fill(tmp_path, parts, (cell, "Yes"))
    assert reason in outcome.kept[0].reason
    assert after == parts


@pytest.mark.parametrize("cell", ["A2", "B2", "C2", "D3"])
def test_overwrite_replaces_values_and_formulas(tmp_path: Path, cell: str) -> None:
    outcome, _ = fill(tmp_path, parts_of(sheet(FILLED)), (cell, "Yes"), overwrite=True)
    assert not outcome.kept
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["S"][cell].value == "Yes"


@pytest.mark.parametrize("cell", ["D2", "E2", "F2"])
def test_overwrite_leaves_formulas_that_other_cells_share(tmp_path: Path, cell: str) -> None:
    parts = parts_of(sheet(FILLED))
    outcome, after = fill(tmp_path, parts, (cell, "Yes"), overwrite=True)
    assert outcome.kept
    assert after == parts


@pytest.mark.parametrize("value", ["", "\x00", "x" * 32_768, float("nan"), float("inf")])
def test_a_value_that_no_cell_holds_is_not_written(tmp_path: Path, value: str | float) -> None:
    parts = parts_of(sheet("<sheetData/>"))
    outcome, after = fill(tmp_path, parts, ("B2", value))
    assert len(outcome.kept) == 1
    assert after == parts


def test_a_second_answer_to_the_same_cell_is_not_written(tmp_path: Path) -> None:
    outcome, _ = fill(tmp_path, parts_of(sheet("<sheetData/>")), ("B2", "Yes"), ("B2", "No"))
    assert [kept.write.value for kept in outcome.kept] == ["No"]


def test_a_sheet_that_is_not_there_takes_no_answer(tmp_path: Path) -> None:
    source = write_package(tmp_path / "in.xlsx", parts_of(sheet("<sheetData/>")))
    outcome = fill_file(source, tmp_path / "out.xlsx", [CellWrite("Other", "B2", "Yes")])
    assert "no such sheet" in outcome.kept[0].reason


# --- styles and heights --------------------------------------------------------------------------

LONG = "All customer data is encrypted at rest. " * 5


def test_a_long_text_wraps_in_a_style_added_at_the_end(tmp_path: Path) -> None:
    parts = parts_of(sheet('<sheetData><row r="2"><c r="B2" s="1"/></row></sheetData>'))
    _, after = fill(tmp_path, parts, ("B2", LONG), ("C2", LONG), ("D2", "Yes"))
    clones = (
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
        '<alignment horizontal="left" wrapText="1"/><protection locked="0"/></xf>'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
        '<alignment wrapText="1"/></xf></cellXfs>'
    )
    styles = parts["xl/styles.xml"].decode().replace('<cellXfs count="2">', '<cellXfs count="4">')
    assert after["xl/styles.xml"].decode() == styles.replace("</cellXfs>", clones)
    shown = openpyxl.load_workbook(tmp_path / "out.xlsx")["S"]
    assert [shown[cell].alignment.wrap_text for cell in ("B2", "C2", "D2")] == [True, True, None]


def test_one_style_is_added_for_all_cells_of_a_style(tmp_path: Path) -> None:
    answers = [(f"B{row}", LONG) for row in range(2, 40)]
    _, after = fill(tmp_path, parts_of(sheet("<sheetData/>")), *answers)
    assert b'<cellXfs count="3">' in after["xl/styles.xml"]


def test_a_workbook_without_styles_is_filled_without(tmp_path: Path) -> None:
    parts = parts_of(sheet("<sheetData/>"))
    del parts["xl/styles.xml"]
    outcome, _ = fill(tmp_path, parts, ("B2", LONG))
    assert outcome.parts.cells == 1


@pytest.mark.parametrize(
    ("row", "grows"),
    [
        ('<row r="2"><c r="B2"/></row>', True),
        ('<row r="2" ht="15" customHeight="1"><c r="B2"/></row>', True),
        ('<row r="2" ht="400"><c r="B2"/></row>', False),
        ('<row r="2" ht="15" hidden="1"><c r="B2"/></row>', False),
    ],
)
def test_a_row_too_low_for_its_answer_grows_and_no_row_shrinks(
    tmp_path: Path, row: str, grows: bool
) -> None:
    before = sheet(f"<sheetData>{row}</sheetData>")
    fill(tmp_path, parts_of(before), ("B2", LONG))
    old = openpyxl.load_workbook(tmp_path / "in.xlsx")["S"].row_dimensions[2].height or 15
    new = openpyxl.load_workbook(tmp_path / "out.xlsx")["S"].row_dimensions[2].height or 15
    assert (new > old) is grows
    assert new >= old


def test_a_row_grows_for_the_question_beside_the_answer_too(tmp_path: Path) -> None:
    def height(question: str) -> float:
        cell = f'<c r="A2" s="1" t="inlineStr"><is><t>{question}</t></is></c>'
        parts = parts_of(sheet(f'<sheetData><row r="2">{cell}</row></sheetData>'))
        parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(
            b'"left"/>', b'"left" wrapText="1"/>'
        )
        fill(tmp_path, parts, ("B2", LONG))
        return openpyxl.load_workbook(tmp_path / "out.xlsx")["S"].row_dimensions[2].height or 0.0

    assert height("Is it? " * 100) > height("Is it?")


def test_a_short_answer_leaves_the_row_as_it_is(tmp_path: Path) -> None:
    before = sheet('<sheetData><row r="2" ht="9" customHeight="1"><c r="B2"/></row></sheetData>')
    _, after = fill(tmp_path, parts_of(before), ("B2", "Yes"))
    assert b'<row r="2" ht="9" customHeight="1">' in after[SHEET]


# --- formulas ------------------------------------------------------------------------------------

COUNTED = '<sheetData><row r="1"><c r="A1"><f>COUNTA(B:B)</f><v>0</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0"></calcPr>', '<calcPr fullCalcOnLoad="1"></calcPr>'),
        (
            '<definedNames><definedName name="N">1</definedName></definedNames><oleSize ref="A1"/>',
            '<definedNames><definedName name="N">1</definedName></definedNames>'
            '<calcPr fullCalcOnLoad="1"/><oleSize ref="A1"/>',
        ),
    ],
)
def test_formulas_are_calculated_again_on_opening(tmp_path: Path, before: str, after: str) -> None:
    parts = parts_of(sheet(COUNTED), book_tail=before)
    _, filled = fill(tmp_path, parts, ("B2", "Yes"))
    assert filled["xl/workbook.xml"].decode().endswith(f"</sheets>{after}</workbook>")


def test_a_workbook_without_formulas_is_not_told_to_calculate(tmp_path: Path) -> None:
    rule = '<extLst><xm:f xmlns:xm="urn:xm">Lists!A1:A3</xm:f></extLst>'
    parts = parts_of(sheet("<sheetData/>", tail=rule))
    _, filled = fill(tmp_path, parts, ("B2", "Yes"))
    assert filled["xl/workbook.xml"] == parts["xl/workbook.xml"]


def with_chain() -> dict[str, bytes]:
    parts = parts_of(sheet(COUNTED))
    types, rels = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    chain = b'<Override PartName="/xl/calcChain.xml" ContentType="application/calcChain"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", chain)
    link = (
        b'<Relationship Id="rId9" Type="urn:x/calcChain" Target="calcChain.xml"/></Relationships>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", link)
    return parts | {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"/>'.encode()}


def test_the_calculation_chain_stays_while_all_formulas_do(tmp_path: Path) -> None:
    _, filled = fill(tmp_path, with_chain(), ("B2", "Yes"), overwrite=True)
    assert "xl/calcChain.xml" in filled


def test_the_calculation_chain_goes_with_the_formula_it_names(tmp_path: Path) -> None:
    _, filled = fill(tmp_path, with_chain(), ("A1", "Yes"), overwrite=True)
    assert not any(b"calcChain" in data for data in filled.values())
    assert "xl/calcChain.xml" not in filled
