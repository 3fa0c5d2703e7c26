"""A compact notation: documents in, one line a statement out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from trustanswer.knowledge import read_knowledge
from trustanswer.model import Knowledge, Statement

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes documents, given as name and content, into an empty folder and returns it."""

    def files(**contents: str | bytes) -> Path:
        for name, content in contents.items():
            file = tmp_path / name.replace("__", "/").replace("_", ".")
            file.parent.mkdir(parents=True, exist_ok=True)
            data = dedent(content).encode() if isinstance(content, str) else content
            file.write_bytes(data)
        return tmp_path

    return files


@pytest.fixture
def read(write: Write) -> Callable[..., list[str]]:
    """Reads one document and shows its statements as "Path > Title [3-4 2026-01-12] text"."""

    def statements(ending: str, content: str) -> list[str]:
        return shown(read_knowledge(write(**{f"page_{ending}": content})))

    return statements


def shown(knowledge: Knowledge) -> list[str]:
    return [_line(statement) for statement in knowledge.statements]


def _line(s: Statement) -> str:
    first, last = s.lines
    place = str(first) if first == last else f"{first}-{last}"
    return f"{s.title} [{place}{f' {s.updated}' if s.updated else ''}] {s.text}"
