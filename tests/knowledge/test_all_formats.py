"""The same knowledge base in every format gives the same statements and the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.knowledge.formats import WRITERS, items
from trustanswer.answering import Citations, compose
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Entry, Question
from trustanswer.pipeline import Settings, inspect, load_knowledge
from trustanswer.pipeline.filling import chooser, drafted

QUESTIONS = 20  # of the bank's, which takes seconds; all of them gave the same when tried


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The project's own knowledge base as one document of each format."""
    folder = tmp_path_factory.mktemp("written")
    content = items(root / "knowledge", "Conversica Trust Center")
    files = {ending: folder / f"trust-center.{ending}" for ending in WRITERS}
    for ending, write in WRITERS.items():
        files[ending].write_bytes(write(content))
    return files


@pytest.mark.parametrize("ending", WRITERS)
def test_the_statements_are_the_same(root: Path, written: dict[str, Path], ending: str):
    before = read_knowledge(root / "knowledge").statements
    after = read_knowledge(written[ending]).statements
    assert [(s.path, s.text, s.updated) for s in after] == [
        (s.path, s.text, s.updated) for s in before
    ]
    assert [s.id for s in after] == [s.id for s in before]


def test_the_answers_are_the_same(root: Path, written: dict[str, Path]):
    """But for the page of a PDF, which stands with its source."""
    asked = inspect(root / "questionnaires/bank.xlsx").questions[:QUESTIONS]
    told = {
        ending: _answers(asked, base)
        for ending, base in {"md": root / "knowledge", **written}.items()
    }
    assert any(entry.answer for entry in told["md"])
    for ending in written:
        assert told[ending] == told["md"], ending


def _answers(asked: Sequence[Question], base: Path) -> list[Entry]:
    """The entries, as if all statements stood in the same place."""
    settings = Settings(knowledge=base)
    knowledge = load_knowledge(settings)
    nowhere = [replace(s, source="", lines=None, place=None) for s in knowledge.statements]
    drafts, _ = drafted(asked, replace(knowledge, statements=tuple(nowhere)), settings)
    return [compose(draft, Citations.COMMENT, chooser(None)) for draft in drafts]
