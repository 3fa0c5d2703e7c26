"""Show a filled questionnaire in the terminal: `python docs/show.py FILLED.xlsx REPORT.json`.

Reads the answers back from the spreadsheet itself, as its receiver would.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
from rich.console import Console
from rich.table import Table
from rich.text import Text


def rows(filled: Path, report: Path) -> list[tuple[str, str, str]]:
    """Question, answer and comment of every drafted question, as they stand in the file."""
    book = openpyxl.load_workbook(filled)
    answers: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["answers"]

    def read(answer: dict[str, Any], name: str) -> str:
        cell = answer[name]
        return "" if cell is None else str(book[answer["sheet"]][cell].value or "")

    return [
        (a["question"], read(a, "answer_cell"), read(a, "comment_cell"))
        for a in answers
        if a["status"] == "drafted"
    ]


def main() -> None:
    filled, report = map(Path, sys.argv[1:3])
    table = Table(title=f"What {filled.name} now says", title_justify="left", show_lines=True)
    for name, ratio in (("Question", 4), ("Answer", 1), ("Comment", 6)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows(filled, report):
        table.add_row(*map(Text, row))
    Console().print(table)


if __name__ == "__main__":
    main()
