"""The layout as a file: written, corrected by hand, and obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.drawn import columns, drawing, write
from tests.workbook.test_layout import LAYOUTS
from trustanswer.errors import LayoutError
from trustanswer.model import Question, Verdict
from trustanswer.workbook import read_mapping, read_questionnaire, render_mapping

FORM = """
    t | **Assessment**
    h | **No.** | **Question** | **Rating** | **Answer** | **Remarks**
    s | **Access** | < | < | < | <
    l | | With regard to access:
    ? | 1 | a) is it reviewed each quarter? | [0,1,2,3] | [Yes,No,Partly] |
    ? | 2 | b) does each user have an account? | [0,1,2,3] | [Yes,No,Partly] |
    ? | 3 | Are firewalls in place? | [0,1,2,3] | [Yes,No,Partly] |
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write(tmp_path / "form.xlsx", drawing(FORM))


def mapped(form: Path, text: str) -> Path:
    path = form.with_name("m.toml")
    path.write_text(text, encoding="utf-8")
    return path


def places(questions: tuple[Question, ...]) -> list[tuple[object, ...]]:
    return [(q.sheet, q.row, q.answer_cell, q.comment_cell, q.options, q.parent) for q in questions]


def test_what_was_found_reads_back_the_same(form: Path, tmp_path: Path) -> None:
    found = read_questionnaire(form)
    (tmp_path / "saved.toml").write_text(render_mapping(found), encoding="utf-8")
    again = read_questionnaire(form, read_mapping(tmp_path / "saved.toml"))
    assert places(again.questions) == places(found.questions)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_that_is_understood_reads_back_the_same(name: str, tmp_path: Path) -> None:
    source = write(tmp_path / "book.xlsx", drawing(LAYOUTS[name][0]))
    found = read_questionnaire(source)
    (tmp_path / "saved.toml").write_text(render_mapping(found), encoding="utf-8")
    again = read_questionnaire(source, read_mapping(tmp_path / "saved.toml"))
    cells = [[(q.row, q.question_cell, q.answer_cell) for q in f.questions] for f in (found, again)]
    assert sorted(cells[0]) == sorted(cells[1])


BELOW = """
    ? | Question: | Is access reviewed each quarter?
    . | Answer: | It is.
      |
    ? | Question: | Do users have unique accounts?
    . | Answer: |
    """


def test_an_answer_below_its_question_is_told_by_how_many_rows(tmp_path: Path) -> None:
    form = write(tmp_path / "form.xlsx", drawing(BELOW))
    text = '[[table]]\nsheet = "Sheet1"\nrows = "1-5"\nquestion = "B"\nanswer = "B"\nbelow = 1\n'
    found = read_questionnaire(form, read_mapping(mapped(form, text))).questions
    told = [(q.question_cell, q.answer_cell, q.prefilled) for q in found]
    assert told == [("B1", "B2", True), ("B4", "B5", False)]


def test_the_file_is_made_to_be_read(form: Path) -> None:
    text = render_mapping(read_questionnaire(form))
    assert text.startswith("# Where form.xlsx asks, and where its answers go.\n")
    assert text[text.index("[[table]]") :] == (
        '[[table]]\nsheet = "Sheet1"\nheader = 2\nrows = "3-7"\nquestion = "B"\nanswer = "D"\n'
        'comment = "E"\nskip = [3, 4]\n\n[table.options]\n"Yes" = "yes"\n"No" = "no"\n'
        '"Partly" = "partial"\n'
    )


def test_corrected_columns_and_rows_are_obeyed(form: Path) -> None:
    mapping = mapped(
        form,
        '[[table]]\nsheet = "Sheet1"\nrows = "6-7"\nquestion = "B"\nanswer = "C"\nsection = "A"\n',
    )
    found = read_questionnaire(form, read_mapping(mapping))
    assert [q.row for q in found.questions] == [6, 7]
    assert columns(found) == "B: C"
    assert [q.section for q in found.questions] == ["2", "3"]
    assert {o.row for o in found.others} == {1, 2, 3, 4, 5}


def test_marks_are_mapped_by_their_verdicts(form: Path) -> None:
    mapping = mapped(
        form,
        '[[table]]\nsheet = "Sheet1"\nrows = "5-7"\nquestion = "B"\n'
        'answer = { Yes = "D", "N/A" = "C" }\n',
    )
    found = read_questionnaire(form, read_mapping(mapping))
    assert found.questions[0].answer_cells == {"Yes": "D5", "N/A": "C5"}
    assert found.questions[0].answer_cell == "D5"


def test_what_options_mean_can_be_said_for_scales(form: Path) -> None:
    mapping = read_mapping(
        mapped(
            form,
            '[[table]]\nsheet = "Sheet1"\nrows = "5-7"\nquestion = "B"\nanswer = "C"\n'
            '[table.options]\n"3" = "yes"\n"0" = "no"\n"1" = ""\n',
        )
    )
    question = read_questionnaire(form, mapping).questions[0]
    assert mapping.meanings(question) == {"3": Verdict.YES, "0": Verdict.NO, "1": None}


def test_sheets_that_are_not_mapped_are_left_alone(tmp_path: Path) -> None:
    one, two = drawing(FORM, "One"), drawing(FORM, "Two")
    path = write(tmp_path / "form.xlsx", one, two)
    mapping = mapped(path, '[[table]]\nsheet = "Two"\nrows = "5-7"\nquestion = "B"\nanswer = "D"\n')
    found = read_questionnaire(path, read_mapping(mapping))
    assert {q.sheet for q in found.questions} == {"Two"}
    assert {o.reason for o in found.others if o.sheet == "One"} == {"not for the vendor"}


def test_a_text_file_is_mapped_without_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("id,q,a\n1,Firewalls,\n2,Backups,\n", encoding="utf-8")
    mapping = mapped(path, '[[table]]\nrows = "2-3"\nquestion = "B"\nanswer = "C"\n')
    found = read_questionnaire(path, read_mapping(mapping))
    assert [(q.sheet, q.row, q.answer_cell) for q in found.questions] == [
        (None, 2, "C2"),
        (None, 3, "C3"),
    ]


HEAD = '[[table]]\nsheet = "Sheet1"\nrows = "5-7"\nquestion = "B"\nanswer = "D"\n'
WRONG = {
    "[[table": "not valid TOML",
    "": "no [[table]]",
    '[[table]]\nquestion = "B"\nanswer = "C"\n': "'rows' is missing",
    HEAD + 'colour = "red"\n': "unknown key 'colour'",
    HEAD.replace('"D"', '"4"'): "'4' is no column",
    HEAD.replace('"D"', '"ZZZ"'): "'ZZZ' is no column",
    HEAD.replace('"D"', '{ Maybe = "D" }'): "answer has 'Maybe'",
    HEAD.replace('"5-7"', '"7-5"'): "rows = '7-5'",
    HEAD.replace('"5-7"', "5"): "rows = 5",
    HEAD + "skip = 6\n": "skip = 6",
    HEAD.replace('"D"', '"B"'): 'answer = "B" is the column of the questions',
    HEAD.replace('"D"', '{ Yes = "D", No = "B" }'): 'answer = "B" is the column of the questions',
    HEAD + 'comment = "B"\n': 'comment = "B" is the column of something else',
    HEAD + "below = -1\n": "below = -1",
    HEAD + 'below = 1\ncomment = "E"\n': "below goes with one column of answers and no comment",
    HEAD + 'header = "two"\n': "header = 'two'",
    HEAD + '[table.options]\nYes = "maybe"\n': "an option means 'maybe'",
    HEAD.replace("Sheet1", "Sheet9"): "no sheet 'Sheet9'",
    HEAD.replace('sheet = "Sheet1"\n', ""): "says no sheet",
    HEAD.replace('"B"', '"H"'): "no questions found in column H, rows 5-7",
}


@pytest.mark.parametrize("text", WRONG, ids=WRONG.values())
def test_a_mapping_that_is_wrong_is_refused_in_one_line(text: str, form: Path) -> None:
    with pytest.raises(LayoutError) as failure:
        read_questionnaire(form, read_mapping(mapped(form, text)))
    assert WRONG[text] in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"nothing\.toml"):
        read_mapping(tmp_path / "nothing.toml")


def test_the_documented_example_is_a_mapping(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "mapping.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    (tmp_path / "m.toml").write_text(example, encoding="utf-8")
    first, second = read_mapping(tmp_path / "m.toml").tables
    assert (first.sheet, first.first, first.last, first.header) == ("2. Technology", 8, 34, 7)
    assert first.meanings["Compliant with exceptions"] is Verdict.PARTIAL
    assert list(second.marks.values()) == [Verdict.YES, Verdict.NO, Verdict.NA]
