"""Questionnaires that were answered before, each answer a statement.

Where an answer is plain ("Yes", "Compliant"), the question is part of the statement: a "Yes" by
itself says nothing, and "Do you rotate keys? No" cannot be quoted the wrong way round. A text
stands for itself, with its question as the title above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from trustanswer.knowledge import outline
from trustanswer.knowledge.outline import Page, Passage
from trustanswer.model import Answered, Kind, Question, Unit
from trustanswer.ports import AnswerReader
from trustanswer.text import BLOCK_MARK, fold, gist, plain_answer

NO_SECTION = "Questions and answers"
_UNANSWERED = (
    "none of its questions ({}) has an answer that says something; "
    "name your documents, or a questionnaire that was answered"
)
_EMPTY = re.compile(
    r"\W*|tb[acd]\W*|to be (?:announced|confirmed|determined|defined)\W*|pending\W*|"
    r"(?:unknown|not known|don[’']?t know|not sure)\W*",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:please |pls )?(?:see|refer to|cf\.?|as|same as|described|ditto)\b.{0,40}?\b(?:comments?|"
    r"notes?|remarks?|above|below|attach\w*|previous|next|explanation|columns?|rows?|evidence|"
    r"documents?|appendix|annex)\b.{0,20}",
    re.I,
)
_NUMBER = re.compile(r"[\d.,]+\s*%?")


def read(file: Path, reader: AnswerReader) -> Page:
    """The answers of a questionnaire, by row; what says nothing is noted with the reason."""
    answered, others = reader(file)
    reasons = [(a.question.sheet, a.question.row, why) for a in answered if (why := _why_not(a))]
    notes = [*_grouped(reasons), *_grouped((o.sheet, o.row, o.reason) for o in others)]
    passages = tuple(_passage(a) for a in answered if _why_not(a) is None)
    if not passages:
        notes.insert(0, _UNANSWERED.format(len(answered)))
    return Page(passages, tuple(notes), unit=Unit.ROW)


def _why_not(a: Answered) -> str | None:
    """Why an answer is no statement, or None if it is one."""
    if a.question.kind is Kind.MARK and " and " in a.answer:
        return f"several answers are marked ({a.answer})"
    if _says(a.comment):
        return None
    if not a.answer:
        return "a question without an answer" + ("" if not a.comment else f": “{fold(a.comment)}”")
    if not _says(a.answer):
        return f"the answer says nothing by itself: “{fold(a.answer)}”"
    if _NUMBER.fullmatch(a.answer) and a.question.kind is Kind.SCORE:
        return "a number on a scale, without a word to it"
    return None


def _says(text: str) -> bool:
    return not (_EMPTY.fullmatch(text) or _ELSEWHERE.fullmatch(fold(text)))


def _passage(a: Answered) -> Passage:
    said = [text for text in (a.answer, a.comment) if _says(text)]
    blocks = [fold(line) for text in said for line in text.split("\n")]
    asked, row = gist(a.question.text), a.question.row
    above = _above(a.question)
    if plain_answer(fold(a.answer)) is None:
        path = (*above, asked)
    else:
        path, blocks = above, [asked, *blocks]
    text = _joined([block for block in blocks if block])
    return Passage(path or (NO_SECTION,), text, (row, row), None, a.question.sheet)


def _joined(blocks: Sequence[str]) -> str:
    """One text; an answer in small letters ("yes") would run into its question without a mark."""
    small = [text[0].islower() for text in blocks[1:2]]
    if not any(small):
        return outline.join(blocks)
    return f"{blocks[0]} {BLOCK_MARK} {outline.join(blocks[1:])}"


def _above(question: Question) -> tuple[str, ...]:
    """Section and lead-in; a section named twice counts once."""
    section = [fold(part) for part in re.split(r" > |\n", question.section or "")]
    return tuple(dict.fromkeys(filter(None, [*section, fold(question.parent or "")])))


# --- what was left out -------------------------------------------------------------------------


def _grouped(rows: Iterable[tuple[str | None, int, str]]) -> list[str]:
    """One note for all rows of a sheet that were left out for the same reason."""
    by_reason: dict[tuple[str | None, str], list[int]] = {}
    for sheet, row, reason in rows:
        by_reason.setdefault((sheet, reason), []).append(row)
    return [
        f"{'' if sheet is None else f'{sheet}, '}{_ranges(numbers)}: {reason}"
        for (sheet, reason), numbers in by_reason.items()
    ]


def _ranges(rows: Sequence[int]) -> str:
    """Rows as people list them: "rows 1-3, 7"."""
    runs = [
        [row for _, row in run]
        for _, run in groupby(enumerate(sorted(set(rows))), key=lambda pair: pair[1] - pair[0])
    ]
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return ("row " if len(set(rows)) == 1 else "rows ") + told
