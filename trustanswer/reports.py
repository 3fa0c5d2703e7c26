"""The JSON reports: plain dictionaries in the shape that scripts and checks hold on to."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trustanswer.errors import OutputError
from trustanswer.model import (
    Citation,
    Draft,
    Entry,
    Filled,
    Knowledge,
    Question,
    Questionnaire,
    Statement,
    Status,
)

Json = dict[str, Any]


def as_text(report: Json, encoding: str = "utf-8") -> str:
    """The report as JSON; with escapes where the encoding lacks a character that it holds."""
    text = json.dumps(report, ensure_ascii=False, indent=1)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(report, indent=1)
    return text


def write(path: Path, report: Json) -> None:
    """Writes a report whole or not at all. Raises OutputError."""
    write_text(path, as_text(report) + "\n")


def write_text(path: Path, text: str) -> None:
    """Writes a text whole or not at all; into a pipe or a device as it comes. Raises OutputError.

    A link stays one: /dev/stdout is no file to be replaced, whatever it leads to.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        path = path.resolve()
        with tempfile.TemporaryDirectory(prefix=".trustanswer-", dir=path.parent) as folder:
            whole = Path(folder) / path.name
            whole.write_text(text, encoding="utf-8")
            whole.replace(path)
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; choose another place"
        ) from error


def knowledge_report(knowledge: Knowledge) -> Json:
    """What `kb list --json` writes."""
    return {
        "fingerprint": knowledge.fingerprint,
        "about": {**asdict(knowledge.about), "names": list(knowledge.about.names)},
        "statements": [statement_report(s) for s in knowledge.statements],
        "unread": [{"source": u.source, "reason": u.reason} for u in knowledge.unread],
    }


def questionnaire_report(questionnaire: Questionnaire) -> Json:
    """What `inspect --json` writes."""
    return {
        "questionnaire": questionnaire.name,
        "questions": [question_report(q) for q in questionnaire.questions],
        "others": [
            {"sheet": o.sheet, "row": o.row, "reason": o.reason} for o in questionnaire.others
        ],
        "doubts": list(questionnaire.doubts),
    }


def fill_report(filled: Filled) -> Json:
    """What `fill --json` writes."""
    return {
        "questionnaire": filled.questionnaire.name,
        "out": filled.out,
        "knowledge": {
            "fingerprint": filled.knowledge.fingerprint,
            "statements": len(filled.knowledge.statements),
        },
        "model": filled.model,
        "seconds": round(filled.seconds, 3),
        "parts": {"changed": filled.parts.changed, "total": filled.parts.total},
        "answers": answers_report(filled.entries),
    }


def answers_report(entries: Sequence[Entry]) -> list[Json]:
    return [answer_report(entry) for entry in entries]


def answer_report(entry: Entry) -> Json:
    """One element of `answers`: the question's fields, with the cells that were written."""
    draft = entry.draft
    written = draft.question.sheet is not None
    return {
        **question_report(draft.question),
        "answer_cell": entry.answer_cell if written else None,
        "comment_cell": entry.comment_cell if written else None,
        "status": draft.status.value,
        "verdict": _verdict(draft),
        "option": entry.option,
        "answer": entry.answer,
        "comment": entry.comment,
        "confidence": round(draft.confidence, 3),
        "band": draft.band,
        "citations": [_citation(c) for c in draft.citations],
        "missing": list(draft.missing),
        "contradicted": list(draft.contradicted),
        "flags": [{"kind": f.kind, "detail": f.detail} for f in draft.flags],
        "reason": draft.reason,
    }


def _verdict(draft: Draft) -> str | None:
    return None if draft.status is Status.PREFILLED else draft.verdict.value


def question_report(question: Question) -> Json:
    """A question's fields; a CSV file (no sheet) has no cells to name."""
    in_workbook = question.sheet is not None
    return {
        "sheet": question.sheet,
        "row": question.row,
        "question_cell": question.question_cell if in_workbook else None,
        "answer_cell": question.answer_cell if in_workbook else None,
        "answer_cells": _cells(question) if in_workbook else None,
        "comment_cell": question.comment_cell if in_workbook else None,
        "question": question.text,
        "section": question.section,
        "parent": question.parent,
        "kind": question.kind.value,
        "options": None if question.options is None else list(question.options),
        "prefilled": question.prefilled,
    }


def _cells(question: Question) -> dict[str, str] | None:
    return None if question.answer_cells is None else dict(question.answer_cells)


def statement_report(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "path": list(statement.path),
        "text": statement.text,
        "source": statement.source,
        **_standing(statement),
        "updated": _date(statement),
        "tags": dict(statement.tags),
    }


def _citation(citation: Citation) -> Json:
    statement = citation.statement
    return {
        "statement_id": statement.id,
        "path": list(statement.path),
        "quote": citation.quote,
        "about": citation.about,
        "source": statement.source,
        **_standing(statement),
        "updated": _date(statement),
    }


def _standing(statement: Statement) -> Json:
    """The lines, or, for a source without lines, null and the page, the paragraphs or the row."""
    place = statement.place
    return {
        "lines": None if statement.lines is None else list(statement.lines),
        "place": None if place is None else {**asdict(place), "unit": place.unit.value},
    }


def _date(statement: Statement) -> str | None:
    return None if statement.updated is None else statement.updated.isoformat()
