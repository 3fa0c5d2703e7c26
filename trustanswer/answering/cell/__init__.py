"""What a question asks, without what else stands in its cell: the text that is looked for, judged
and read. The file keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trustanswer.answering.cell import forms, instructions
from trustanswer.answering.cell.asides import says_anything
from trustanswer.answering.cell.frames import unframed
from trustanswer.answering.cell.roles import addressed, called
from trustanswer.answering.cell.standing import standing
from trustanswer.answering.wording import Wording, kind_of
from trustanswer.model import Flag, Question, Statement


@dataclass(frozen=True, slots=True)
class Cell:
    """A question as it is judged, and a flag for each thing that its cell would have somebody do
    besides answering it. `only_orders`: there is nothing else in it."""

    asked: Question
    flags: tuple[Flag, ...]
    only_orders: bool = False


def read_cells(
    questions: Sequence[Question], names: Sequence[str] = (), statements: Sequence[Statement] = ()
) -> list[Cell]:
    """The questions of a questionnaire as they are judged. `names`: those of the vendor, by which
    customers call it; `statements`: what it publishes, whose names are none of a customer."""
    told = [instructions.plain(question) for question in questions]
    form = standing([question.text for question in told])
    bare = [_without_empty_lead_in(forms.bare(question, form)) for question in told]
    both = called([question.text for question in bare], names, statements)
    return [
        Cell(
            unframed(addressed(question, both)),
            (*instructions.flags(original), *forms.flags(plain, form)),
            instructions.asks_nothing(original),
        )
        for original, plain, question in zip(questions, told, bare, strict=True)
    ]


def as_asked(
    questions: Sequence[Question], names: Sequence[str] = (), statements: Sequence[Statement] = ()
) -> list[Question]:
    """The same, the questions alone."""
    return [cell.asked for cell in read_cells(questions, names, statements)]


def _without_empty_lead_in(question: Question) -> Question:
    """The question without a line above it that names nothing ("Please answer the following:"), if
    it is whole without it: "Do you:" is needed by what it leads in."""
    if question.parent is None or kind_of(question.text) not in {Wording.YESNO, Wording.OPEN}:
        return question
    return question if says_anything(question.parent) else replace(question, parent=None)
