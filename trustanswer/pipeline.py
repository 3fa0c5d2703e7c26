"""The order of the stages: the one place that knows it, with the clock and the environment.

documents -> statements -> index -+
                                  +-> evidence -> draft -> entry -> the customer's file
workbook  -> grid -> questions ---+
"""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trustanswer.answering import Citations, compose, draft_all, evidence_rows
from trustanswer.errors import InputError, KnowledgeError, OutputError
from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.scope import EVERYTHING, Scope, in_scope
from trustanswer.model import (
    CellWrite,
    Draft,
    Entry,
    Filled,
    Flag,
    Knowledge,
    Question,
    Questionnaire,
    Verdict,
)
from trustanswer.ports import Progress, silent
from trustanswer.retrieval import CrossEncoderReranker, Index, SentenceEmbedder, VectorCache
from trustanswer.workbook import (
    Mapping,
    Outcome,
    choose,
    fill_file,
    read_mapping,
    read_questionnaire,
    save_mapping,
)

DEFAULT_KNOWLEDGE = "knowledge"
SETTINGS_FILE = "trustanswer.toml"
CANDIDATES = 10  # statements looked at for each question; the right one is among them in 97%


@dataclass(frozen=True)
class Settings:
    """What a run answers from, and with. None: the default.

    `min_confidence`: drafts below it are left blank. `model` and `reranker`: names or folders of
    sentence-transformers models that are on this machine.
    """

    knowledge: Path | None = None
    model: str | None = None
    reranker: str | None = None
    min_confidence: float | None = None
    scope: Scope = EVERYTHING
    progress: Progress = silent


def fill(
    file: Path,
    out: Path | None,
    settings: Settings,
    *,
    mapping: Path | None = None,
    citations: Citations = Citations.COMMENT,
    overwrite: bool = False,
) -> Filled:
    """Drafts an answer to every question of `file` and writes them into a copy of it.

    Raises TrustanswerError; then nothing was written.
    """
    started = time.monotonic()
    target = out or file.with_name(f"{file.stem}.filled{file.suffix}")
    _refuse_own_input(file, target)
    settings.progress("Reading the questionnaire", 0, 0)
    layout = None if mapping is None else read_mapping(mapping)
    questionnaire = read_questionnaire(file, layout)
    knowledge = load_knowledge(settings)
    questions = [_reopened(q) if overwrite else q for q in questionnaire.questions]
    drafts = _draft(questions, knowledge, settings)
    entries = [compose(draft, citations, _chooser(layout)) for draft in drafts]
    evidence = evidence_rows(entries) if citations is Citations.SHEET else []
    settings.progress("Writing the file", 0, 0)
    outcome = fill_file(file, target, _writes(entries), evidence, overwrite=overwrite)
    return Filled(
        questionnaire=questionnaire,
        out=str(target),
        knowledge=knowledge,
        model=SentenceEmbedder(settings.model).name,
        seconds=time.monotonic() - started,
        parts=outcome.parts,
        entries=tuple(_as_written(entry, outcome) for entry in entries),
    )


def ask(question: str, settings: Settings) -> Entry:
    """Drafts the answer to one question, as free text with its sources behind each quote."""
    if not question.strip():
        raise InputError("the question is empty; put it in quotation marks")
    asked = Question(
        sheet=None, row=1, question_cell=None, answer_cell=None, comment_cell=None, text=question
    )
    (draft,) = _draft([asked], load_knowledge(settings), settings)
    return compose(draft, Citations.INLINE, _chooser(None))


def inspect(file: Path, mapping: Path | None = None) -> Questionnaire:
    """Reads a questionnaire and tells its questions from its other rows."""
    return read_questionnaire(file, None if mapping is None else read_mapping(mapping))


def save_layout(questionnaire: Questionnaire, target: Path) -> None:
    """Writes what was found as a mapping that the user can edit."""
    save_mapping(questionnaire, target)


def load_knowledge(settings: Settings) -> Knowledge:
    """The statements the run may use. Raises KnowledgeError when there are none."""
    place = settings.knowledge or _configured_knowledge()
    settings.progress("Reading the knowledge base", 0, 0)
    knowledge = in_scope(read_knowledge(place), settings.scope)
    if not knowledge.statements:
        raise KnowledgeError(
            f"no statement of {place} may be used with these tags and this visibility; "
            "leave out --tag or --visibility, or widen them"
        )
    return knowledge


def write_report(path: Path, text: str) -> None:
    """Writes a report whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; choose another place"
        ) from error


def _draft(questions: Sequence[Question], knowledge: Knowledge, settings: Settings) -> list[Draft]:
    embedder = VectorCache(SentenceEmbedder(settings.model), cache_folder(), settings.progress)
    settings.progress("Searching", 0, 0)
    index = Index(knowledge.statements, embedder)
    candidates = index.search(questions, CANDIDATES)
    if settings.reranker is not None:
        reranker = CrossEncoderReranker(settings.reranker)
        candidates = reranker.rescore(questions, candidates)
    settings.progress("Drafting", 0, 0)
    return draft_all(questions, candidates, settings.min_confidence)


def _writes(entries: Sequence[Entry]) -> list[CellWrite]:
    return [
        CellWrite(entry.draft.question.sheet, cell, value)
        for entry in entries
        for cell, value in (
            (entry.answer_cell, entry.answer),
            (entry.comment_cell, entry.comment),
        )
        if cell is not None and value is not None
    ]


def _chooser(layout: Mapping | None) -> Callable[[Verdict, Question], str | None]:
    """How a verdict becomes an option: by the options' words, and what the user says of them."""

    def chosen(verdict: Verdict, question: Question) -> str | None:
        meanings = {} if layout is None else layout.meanings(question)
        return choose(verdict, question.options or (), meanings)

    return chosen


def _as_written(entry: Entry, outcome: Outcome) -> Entry:
    """The entry with only those cells that were written; a cell that was kept is flagged."""
    sheet = entry.draft.question.sheet
    kept = {k.write.cell: k.reason for k in outcome.kept if k.write.sheet == sheet}
    blocked = [c for c in (entry.answer_cell, entry.comment_cell) if c in kept]
    if not blocked:
        return entry
    flags = tuple(Flag("not written", f"{cell}: {kept[cell]}") for cell in blocked if cell)
    return replace(
        entry,
        draft=replace(entry.draft, flags=(*entry.draft.flags, *flags)),
        answer_cell=None if entry.answer_cell in kept else entry.answer_cell,
        comment_cell=None if entry.comment_cell in kept else entry.comment_cell,
    )


def _reopened(question: Question) -> Question:
    """With --overwrite a prefilled question is answered like any other."""
    return replace(question, prefilled=False)


def _refuse_own_input(file: Path, target: Path) -> None:
    if target.exists() and file.exists() and target.samefile(file):
        raise OutputError(f"{target} is the questionnaire itself; name another file with --out")


def _configured_knowledge() -> Path:
    """`knowledge/`, else the one that trustanswer.toml names, both in the current folder."""
    if Path(DEFAULT_KNOWLEDGE).exists():
        return Path(DEFAULT_KNOWLEDGE)
    named = _settings_file().get("knowledge")
    if named is None:
        raise KnowledgeError(
            "no knowledge base: there is no folder knowledge/ here; name one with -k"
        )
    return Path(str(named)).expanduser()


def _settings_file() -> dict[str, object]:
    try:
        return tomllib.loads(Path(SETTINGS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"{SETTINGS_FILE} cannot be read: {error}") from error


def cache_folder() -> Path:
    """Where vectors are kept: TRUSTANSWER_HOME, else the user's cache folder."""
    if home := os.environ.get("TRUSTANSWER_HOME"):
        return Path(home)
    from platformdirs import user_cache_path

    return user_cache_path("trustanswer")
