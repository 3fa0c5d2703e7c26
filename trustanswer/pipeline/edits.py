"""What a person writes in place of a draft, held against what the customer's file allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trustanswer.answering.compose import MARK
from trustanswer.errors import ReviewError
from trustanswer.model import Citation, Kind, Question, Statement, Verdict
from trustanswer.review.states import Answer, Content, edited
from trustanswer.workbook import choose
from trustanswer.workbook.tokens import clean_text

LONGEST = 32_767  # characters that a cell of a workbook holds


@dataclass(frozen=True)
class Edit:
    """None keeps a part as it stands, "" empties it.

    `option`: one of the question's options. `answer`: free text, or a number for a score.
    `comment`: the cell beside the answer. `cite`: statement ids and verbatim quotes of them, to be
    kept as evidence where the new words hold the quote.
    """

    option: str | None = None
    answer: str | None = None
    comment: str | None = None
    cite: Sequence[tuple[str, str]] = ()


def edited_content(answer: Answer, change: Edit, statements: Mapping[str, Statement]) -> Content:
    """The content that an edit makes. Raises ReviewError where the file has no place for it."""
    change = _cleaned(change)
    _check_places(answer, change)
    option, text, verdict = _answer(answer, change)
    return edited(
        answer,
        option=option,
        text=text,
        comment=change.comment,
        verdict=verdict,
        cite=[_citation(answer.row, found, statements) for found in change.cite],
    )


def _cleaned(change: Edit) -> Edit:
    """Without the characters that no file can hold, so that the record says what the file says."""
    parts = (change.option, change.answer, change.comment)
    option, text, comment = (None if p is None else clean_text(p) for p in parts)
    return Edit(option, text, comment, change.cite)


def _check_places(answer: Answer, change: Edit) -> None:
    if change.option is None and change.answer is None and change.comment is None:
        raise ReviewError("nothing to change: give --answer, --option or --comment")
    if change.comment and answer.question.comment_cell is None:
        raise ReviewError(f"row {answer.row} has no comment cell in the file; use --answer")
    longest = max(len(text or "") for text in (change.answer, change.comment))
    if longest > LONGEST:
        raise ReviewError(f"row {answer.row}: a cell holds {LONGEST} characters, not {longest}")


def _answer(answer: Answer, change: Edit) -> tuple[str | None, str | None, Verdict]:
    """Option, text of the answer cell and verdict; option and text are None where both stay."""
    question = answer.question
    given = change.option if change.option is not None else change.answer
    if given is None:
        return None, None, answer.content.verdict
    if not given.strip():
        return "", "", Verdict.TEXT
    if question.options:
        option = _option(answer, given)
        return option, MARK if question.kind is Kind.MARK else option, _meaning(question, option)
    if change.option is not None:
        raise ReviewError(f"row {answer.row} has no options to choose from; use --answer")
    if question.kind is Kind.SCORE:
        _check_number(answer, given)
    return "", given, Verdict.TEXT


def _option(answer: Answer, given: str) -> str:
    """The option as the file writes it; case and spaces around it do not matter."""
    options = answer.question.options or ()
    wanted = given.strip().casefold()
    found = next((o for o in options if o.strip().casefold() == wanted), None)
    if found is None:
        raise ReviewError(
            f"row {answer.row} takes one of: {' | '.join(options)}; not “{given.strip()}”"
        )
    return found


def _check_number(answer: Answer, given: str) -> None:
    try:
        float(given)
    except ValueError:
        raise ReviewError(f"row {answer.row} wants a number, not “{given}”") from None


def _meaning(question: Question, option: str) -> Verdict:
    verdicts = (Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NA)
    said = (v for v in verdicts if choose(v, question.options or ()) == option)
    return next(said, Verdict.TEXT)


def _citation(row: int, cite: tuple[str, str], statements: Mapping[str, Statement]) -> Citation:
    statement = statements.get(cite[0])
    if statement is None or not cite[1].strip() or cite[1] not in statement.text:
        raise ReviewError(f"row {row}: “{cite[1]}” is not a quote of a statement of this review")
    return Citation(statement, cite[1])
