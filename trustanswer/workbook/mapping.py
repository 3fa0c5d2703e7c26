"""The layout of a questionnaire as a TOML file that a user can correct. Format: docs/mapping.md."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, abc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trustanswer.errors import LayoutError
from trustanswer.limits import LIMITS, LimitError, Limits
from trustanswer.model import Question, Questionnaire, Verdict
from trustanswer.workbook.choices import choose
from trustanswer.workbook.refs import MAX_COLUMN, column_letters, column_number, split_cell

_KEYS = {
    *("sheet", "header", "rows", "question", "answer", "below", "comment", "section", "skip"),
    "options",
}
# Keys of twenty words: tomllib takes time and memory that grow with their square.
_DOTTED = re.compile(r"""(?<![\w-])(?:(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)[ \t]*+\.[ \t]*+){20}""")
_NEEDED = ("rows", "question", "answer")
_VERDICTS = (Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NA)
_MARKS = {"yes": Verdict.YES, "no": Verdict.NO, "partial": Verdict.PARTIAL, "n/a": Verdict.NA}
_MARKS["na"] = Verdict.NA
_HEAD = """\
# Where {name} asks, and where its answers go.
# Correct what is wrong and give this file to inspect or fill with --mapping.
# A sheet that no table here names is left alone.
"""


@dataclass(frozen=True)
class TableMap:
    """One table as the user wants it read. Columns are numbers from 1; `sheet` None: a CSV file.

    `below`: by how many rows the answers stand below their questions, 0: beside them.
    `meanings`: what an option says, None for an option never to be chosen.
    """

    sheet: str | None
    first: int
    last: int
    question: int
    answer: int
    below: int = 0
    marks: abc.Mapping[int, Verdict] = field(default_factory=dict)
    comment: int | None = None
    sections: tuple[int, ...] = ()
    header: int | None = None
    skip: frozenset[int] = frozenset()
    meanings: abc.Mapping[str, Verdict | None] = field(default_factory=dict)

    def holds(self, question: Question) -> bool:
        return question.sheet == self.sheet and self.first <= question.row <= self.last


@dataclass(frozen=True)
class Mapping:
    """The tables of a questionnaire; rows and sheets outside of them hold no questions."""

    tables: tuple[TableMap, ...]
    name: str = "the mapping"

    def meanings(self, question: Question) -> abc.Mapping[str, Verdict | None]:
        """What the user says the options of this question mean; empty where nothing is said."""
        return next((table.meanings for table in self.tables if table.holds(question)), {})


# --- writing -----------------------------------------------------------------------------------


def render_mapping(questionnaire: Questionnaire) -> str:
    """What was found, a [[table]] for each group of rows with the same columns."""
    groups: dict[tuple[Any, ...], list[Question]] = {}
    for question in questionnaire.questions:
        groups.setdefault(_columns(question), []).append(question)
    blocks = [_block(questionnaire, questions) for questions in groups.values()]
    return "\n".join([_HEAD.format(name=questionnaire.name), *blocks])


def _columns(question: Question) -> tuple[Any, ...]:
    marks = question.answer_cells or {}
    return (
        question.sheet,
        _column(question.question_cell),
        _column(question.answer_cell),
        tuple((name, _column(cell)) for name, cell in marks.items()),
        _below(question),
    )


def _below(question: Question) -> int:
    return split_cell(question.answer_cell)[0] - question.row if question.answer_cell else 0


def _column(cell: str | None) -> str | None:
    return column_letters(split_cell(cell)[1]) if cell else None


def _block(questionnaire: Questionnaire, questions: Sequence[Question]) -> str:
    sheet, asked, answer, marks, below = _columns(questions[0])
    rows = {q.row for q in questions}
    first, last = min(rows), max(rows)
    others = [o for o in questionnaire.others if o.sheet == sheet]
    header = max((o.row for o in others if o.reason == "header" and o.row < first), default=None)
    first = first if header is None else header + 1
    texts = {o.row for o in others} | {q.row for q in questionnaire.questions if q.sheet == sheet}
    skip = sorted(row for row in texts - rows if first <= row < last)
    comments = Counter(c for q in questions if (c := _column(q.comment_cell)))
    lines = ["[[table]]"]
    lines += [f"sheet = {_quoted(sheet)}"] if sheet is not None else []
    lines += [f"header = {header}"] if header is not None else []
    lines += [f'rows = "{first}-{last}"', f"question = {_quoted(asked or '')}"]
    lines += [f"answer = {_marks(marks) if marks else _quoted(answer or '')}"]
    lines += [f"below = {below}"] if below else []
    lines += [f"comment = {_quoted(comments.most_common(1)[0][0])}"] if comments else []
    lines += [f"skip = {skip}"] if skip else []
    return "\n".join([*lines, *_options(questions), ""])


def _marks(marks: Iterable[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{_quoted(n)} = {_quoted(c)}" for n, c in marks) + " }"


def _options(questions: Sequence[Question]) -> list[str]:
    """Every option met, with the verdict that is taken for it ("": never chosen)."""
    met: dict[str, str] = {}
    for offered in dict.fromkeys(q.options for q in questions if q.options):
        chosen = {choose(verdict, offered): verdict.value for verdict in _VERDICTS}
        for option in offered:
            met[option] = met.get(option) or chosen.get(option, "")
    lines = [f"{_quoted(option)} = {_quoted(verdict)}" for option, verdict in met.items()]
    return ["", "[table.options]", *lines] if lines else []


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are all among TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- reading -----------------------------------------------------------------------------------


def read_mapping(path: Path, limits: Limits = LIMITS) -> Mapping:
    """Read a mapping; LayoutError, in one line, for whatever is wrong in the file."""
    try:
        limits.check("mapping_bytes", path.stat().st_size)
        text = path.read_text(encoding="utf-8")
        if _DOTTED.search(text):
            raise LayoutError(f"{path}: a key has too many dots; inspect --save-mapping writes one")
        stored = tomllib.loads(text)
    except LimitError as error:
        raise LayoutError(f"{path} {error}") from None
    except OSError as error:
        raise LayoutError(f"{path}: the mapping cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise LayoutError(f"{path}: the mapping is no UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise LayoutError(f"{path}: nested too deep for a mapping") from None
    tables = stored.get("table")
    if not isinstance(tables, list) or not tables:
        raise LayoutError(f"{path}: no [[table]] in it; inspect --save-mapping writes one")
    return Mapping(tuple(_table(path, n, table) for n, table in enumerate(tables, 1)), path.name)


def _table(path: Path, number: int, stored: dict[str, Any]) -> TableMap:
    try:
        return _read_table(stored)
    except (ValueError, TypeError, AttributeError) as error:
        raise LayoutError(f"{path}: [[table]] number {number}: {error}") from None


def _read_table(stored: dict[str, Any]) -> TableMap:
    for key in stored.keys() - _KEYS:
        raise ValueError(f"unknown key {key!r}; known are {', '.join(sorted(_KEYS))}")
    for key in _NEEDED:
        if key not in stored:
            raise ValueError(f"{key!r} is missing")
    first, last = _rows(stored["rows"])
    marks = _mark_columns(stored["answer"])
    sections = stored.get("section", [])
    comment = stored.get("comment")
    below = _row_number("below", stored["below"]) if stored.get("below") else 0
    question = _number(stored["question"])
    answer = min(marks) if marks else _number(stored["answer"])
    comment = _number(comment) if comment else None
    _check_apart(question, {*(marks or [answer])}, comment, below)
    return TableMap(
        sheet=stored.get("sheet"),
        first=first,
        last=last,
        question=question,
        answer=answer,
        below=below,
        marks=marks,
        comment=comment,
        sections=tuple(map(_number, [sections] if isinstance(sections, str) else sections)),
        header=_row_number("header", stored["header"]) if "header" in stored else None,
        skip=_skipped(stored.get("skip", [])),
        meanings={option: _verdict(v) for option, v in stored.get("options", {}).items()},
    )


def _check_apart(question: int, answers: set[int], comment: int | None, below: int) -> None:
    """What is written in the question's own cell would take its place."""
    if below and (comment is not None or len(answers) > 1):
        raise ValueError("below goes with one column of answers and no comment")
    if not below and question in answers:
        raise ValueError(
            f'answer = "{column_letters(question)}" is the column of the questions; name another, '
            "or add below = 1 where an answer stands one row below its question"
        )
    if comment is not None and comment in {question, *answers}:
        raise ValueError(f'comment = "{column_letters(comment)}" is the column of something else')


def _rows(text: Any) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d+)\s*-\s*(\d+)\s*", str(text))
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise ValueError(f'rows = {text!r} is no range; write it as in rows = "8-34"')
    return int(match[1]), int(match[2])


def _row_number(key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{key} = {value!r} is no row; write its number, as in {key} = 7")
    return value


def _skipped(rows: Any) -> frozenset[int]:
    if not isinstance(rows, list):
        raise ValueError(f"skip = {rows!r} is no list of rows; write it as in skip = [9, 16]")
    return frozenset(_row_number("skip", row) for row in rows)


def _number(letters: Any) -> int:
    if not re.fullmatch(r"[A-Za-z]{1,3}", str(letters)) or column_number(letters) > MAX_COLUMN:
        raise ValueError(f'{letters!r} is no column; write its letter, as in "D"')
    return column_number(letters)


def _mark_columns(answer: Any) -> dict[int, Verdict]:
    if not isinstance(answer, dict):
        return {}
    for name in answer:
        if name.casefold() not in _MARKS:
            raise ValueError(f"answer has {name!r}; known are Yes, No, Partial and N/A")
    return {_number(column): _MARKS[name.casefold()] for name, column in answer.items()}


def _verdict(text: Any) -> Verdict | None:
    if text in ("", *(verdict.value for verdict in _VERDICTS)):
        return Verdict(text) if text else None
    raise ValueError(f'an option means {text!r}; write "yes", "no", "partial", "na" or ""')
