"""Any mix of columns, sections and rows is understood, in any order of the columns."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.drawn import Drawing, asked, write
from trustanswer.model import Question, Questionnaire
from trustanswer.workbook import read_questionnaire
from trustanswer.workbook.grid import read_book

TEXTS = [
    "Is access to customer data reviewed each quarter?",
    "Do all users have unique accounts?",
    "Describe how backups are made and tested.",
    "The supplier shall encrypt all data at rest.",
    "Who is responsible for information security?",
    "Firewalls must protect the edge of the network.",
    "Provide a copy of the latest penetration test.",
    "How long are logs kept?",
    "All laptops are encrypted and locked when not in use.",
    "Which certifications does your company hold?",
]
# What may stand between the questions.
BETWEEN = [
    [],
    [("l", "With regard to encryption:"), ("?", "(a) at rest?"), ("?", "(b) in transit?")],
    [("l", "Is data encrypted:"), ("?", "a) on laptops"), ("?", "b) on servers")],
    [("n", "Note: answers refer to the service that we buy.")],
    [("n", "* Mandatory questions are marked with an asterisk.")],
]
SECTIONS = ["A. Governance", "B. Access control", "3 Operations", "PEOPLE", "Data protection"]
# Answers made of the words of headers.
VALUES = ["Yes", "No", "Implemented", "In place", "Compliant", "See comments", "Not applicable"]
REMARKS = ["See policy", "Evidence attached", "Notes in the annex", "Response to follow", ""]
ANSWERS = ["[Yes,No,N/A]", "[Compliant,Partially compliant,Non-compliant]", ""]

# A column by its name: what stands in its cells, given the number of the question.
FIXED = {
    "ID": lambda n: f"{n // 4 + 1}.{n % 4 + 1}",
    "Ref": lambda n: f"SEC-{n:02}",
    "Domain": lambda n: ["Access", "Network", "People"][n % 3],
    "Weight": lambda n: str(n % 5 + 1),
    "Guidance": lambda n: "Say who does it and how often it is done.",
    "ISO 27001": lambda n: f"A.5.{n + 1}",
}
OPEN = ["Evidence", "Assessor notes", "Risk rating"]
QUESTION = ["Question", "Requirement", "Control question", "Frage", "Exigence"]
ANSWER = ["Answer", "Vendor response", "Compliant?", "Antwort", "Réponse"]
COMMENT = ["Comments", "Additional information", "Explanation", "Bemerkungen", "Commentaires"]


@dataclass(frozen=True)
class Mix:
    """A drawn sheet; `rows` of questions, and the places of its columns from 0."""

    drawing: Drawing
    rows: list[int]
    question: int
    answer: int
    comment: int | None


@st.composite
def mixes(draw: st.DrawFn) -> Mix:
    fixed = draw(st.lists(st.sampled_from(sorted(FIXED)), unique=True, max_size=3))
    names = [draw(st.sampled_from(QUESTION)), draw(st.sampled_from(ANSWER)), *fixed]
    names += draw(st.lists(st.sampled_from(OPEN), unique=True, max_size=2))
    comment = draw(st.none() | st.sampled_from(COMMENT))
    names += [comment] if comment else []
    order = draw(st.permutations(range(len(names))))
    return _mix(draw, [names[i] for i in order], names[0], names[1], comment)


def _mix(draw: st.DrawFn, names: list[str], question: str, answer: str, comment: str | None) -> Mix:
    options = draw(st.sampled_from(ANSWERS))
    answered = draw(st.booleans())
    rows = [("t", ("**Security questionnaire**",)), ("", ())] * draw(st.booleans())
    rows.append(("h", tuple(f"**{name}**" for name in names)))
    number = 0
    for section in draw(st.lists(st.sampled_from(SECTIONS), unique=True, min_size=1, max_size=3)):
        rows.append(("s", (f"**{section}**", *["<"] * (len(names) - 1))))
        for _ in range(draw(st.integers(2, 5))):
            value = f"{options} {draw(st.sampled_from(VALUES))}" if answered else options
            remark = draw(st.sampled_from(REMARKS)) if answered and comment else ""
            cells = {question: TEXTS[number % len(TEXTS)], answer: value, comment: remark}
            rows.append(("?", _cells(names, cells, number)))
            number += 1
        for part, text in draw(st.sampled_from(BETWEEN)):
            cells = {question: text, answer: options if part == "?" else ""}
            rows.append(
                (part, _cells(names, cells, number) if part != "n" else _alone(names, cells))
            )
        rows += [("", ())] * draw(st.booleans())
    drawn = Drawing("Sheet1", tuple(rows))
    place = names.index(comment) if comment else None
    return Mix(drawn, drawn.asking, names.index(question), names.index(answer), place)


def _alone(names: list[str], cells: dict[str | None, str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in names)


def _cells(names: list[str], cells: dict[str | None, str], number: int) -> tuple[str, ...]:
    filled = {name: make(number) for name, make in FIXED.items()}
    return tuple(cells.get(name, filled.get(name, "")) for name in names)


def read(drawing: Drawing) -> tuple[Questionnaire, set[int]]:
    """What was found, and the rows of the sheet that hold text."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "book.xlsx", drawing)
        (grid,) = read_book(path).sheets
        return read_questionnaire(path), set(grid.by_row)


def letter(place: int | None) -> str | None:
    return None if place is None else chr(ord("A") + place)


def place(cell: str | None) -> str | None:
    return cell[0] if cell else None


def columns(question: Question) -> tuple[str | None, str | None, str | None]:
    return place(question.question_cell), place(question.answer_cell), place(question.comment_cell)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mixes())
def test_any_mix_of_columns_in_any_order_is_understood(mix: Mix) -> None:
    found, with_text = read(mix.drawing)
    assert asked(found) == mix.rows
    assert columns(found.questions[0])[:2] == (letter(mix.question), letter(mix.answer))
    if mix.comment is not None:
        assert columns(found.questions[0])[2] == letter(mix.comment)
    named = [*asked(found), *(other.row for other in found.others)]
    assert sorted(named) == sorted(with_text)  # each row once


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mixes(), st.randoms(use_true_random=False))
def test_the_order_of_the_columns_does_not_change_what_is_found(mix: Mix, random: object) -> None:
    width = len(mix.drawing.rows[-1][1]) or len(mix.drawing.rows[-2][1])
    order = list(range(width))
    random.shuffle(order)  # type: ignore[attr-defined]
    before, _ = read(mix.drawing)
    after, _ = read(_reordered(mix.drawing, order))
    assert asked(after) == asked(before)
    moved = {letter(old): letter(new) for new, old in enumerate(order)} | {None: None}
    assert [tuple(moved[c] for c in columns(q)) for q in before.questions] == [
        columns(q) for q in after.questions
    ]


def _reordered(drawing: Drawing, order: list[int]) -> Drawing:
    rows = (
        (part, tuple(cells[old] for old in order) if part in ("h", "?") else cells)
        for part, cells in drawing.rows
    )
    return Drawing(drawing.name, tuple(rows))
