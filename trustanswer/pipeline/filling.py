"""Filling: from a questionnaire and a knowledge base to the filled file."""

from __future__ import annotations

import os
import time
from collections import abc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from trustanswer import reports
from trustanswer.answering import (
    Cell,
    Citations,
    KeepingJudge,
    compose,
    draft_all,
    evidence_rows,
    load_rules,
    read_cells,
    spelled_out,
)
from trustanswer.answering.aging import aged
from trustanswer.errors import InputError
from trustanswer.knowledge.freshness import is_stale, review_months
from trustanswer.model import (
    Candidate,
    CellWrite,
    Draft,
    Entry,
    Filled,
    Flag,
    Knowledge,
    Question,
    Questionnaire,
    Statement,
    Status,
    Verdict,
)
from trustanswer.pipeline.outputs import Output, check_outputs, endings_like, text_outputs
from trustanswer.pipeline.settings import (
    DATABASE_URL,
    Settings,
    cache_folder,
    knowledge_if_any,
    knowledge_place,
    limits_here,
    load_knowledge,
    load_trained,
    today,
)
from trustanswer.retrieval import (
    CrossEncoder,
    CrossEncoderReranker,
    Index,
    PostgresIndex,
    SentenceEmbedder,
    VectorCache,
    any_kept,
    offered,
)
from trustanswer.text import gist
from trustanswer.workbook import (
    Mapping,
    Outcome,
    choose,
    fill_file,
    read_mapping,
    read_questionnaire,
    render_mapping,
)
from trustanswer.workbook.package import FileKind, kind_of

CANDIDATES = 7  # statements looked at for each question; the right one is among them in 98%


def fill(
    file: Path,
    out: Path | None,
    settings: Settings,
    *,
    mapping: Path | None = None,
    citations: Citations = Citations.COMMENT,
    overwrite: bool = False,
    report: Path | None = None,
) -> Filled:
    """Drafts an answer to every question of `file` and writes them into a copy of it.

    `report`: where the caller is going to put a report, checked with the copy's own place. Raises
    TrustanswerError; then nothing was written.
    """
    started = time.monotonic()
    settings.progress("Reading the questionnaire", 0, 0)
    limits = limits_here()
    endings = endings_like(file.name, workbook=kind_of(file, limits) is FileKind.WORKBOOK)
    target = out or file.with_name(f"{file.stem}.filled{file.suffix}")
    check_outputs(
        [Output(target, "--out" if out else "", endings), *text_outputs(json=report)],
        [file, knowledge_place(settings), *([mapping] if mapping else [])],
    )
    _open_ahead(settings)
    layout = None if mapping is None else read_mapping(mapping, limits)
    questionnaire = read_questionnaire(file, layout, limits)
    citations = placed(citations, questionnaire.questions)
    knowledge = load_knowledge(settings)
    questions = [_reopened(q) if overwrite else q for q in questionnaire.questions]
    drafts, _ = drafted_today(questions, knowledge, settings)
    entries = [compose(draft, citations, chooser(layout)) for draft in drafts]
    evidence = evidence_rows(entries) if citations is Citations.SHEET else []
    settings.progress("Writing the file", 0, 0)
    outcome = fill_file(file, target, writes(entries), evidence, overwrite=overwrite, limits=limits)
    return Filled(
        questionnaire=questionnaire,
        out=str(target),
        knowledge=knowledge,
        model=SentenceEmbedder(settings.model).name,
        seconds=time.monotonic() - started,
        parts=outcome.parts,
        entries=tuple(as_written(entries, outcome)),
        expected=load_trained(settings).calibration.of_the_high,
    )


def _open_ahead(settings: Settings) -> None:
    """In a first run, makes the packaged model ready while the rules are loaded and the
    questionnaire is read. Later runs may find all vectors kept, and would only be held up."""
    folder = cache_folder()
    model = SentenceEmbedder(settings.model, folder)
    if settings.model is None and not any_kept(model.name, folder):
        model.open_ahead()
        load_rules()


def ask(question: str, settings: Settings) -> Entry:
    """Drafts the answer to one question, as free text with its sources behind each quote."""
    if not question.strip():
        raise InputError("the question is empty; put it in quotation marks")
    asked = Question(
        sheet=None, row=1, question_cell=None, answer_cell=None, comment_cell=None, text=question
    )
    (draft,), _ = drafted_today([asked], load_knowledge(settings), settings)
    return compose(draft, Citations.INLINE, chooser(None))


def inspect(
    file: Path, mapping: Path | None = None, *, outputs: Sequence[Output] = ()
) -> Questionnaire:
    """Reads a questionnaire and tells its questions from its other rows.

    `outputs`: what the caller is going to write of it. Raises TrustanswerError where one cannot be.
    """
    limits = limits_here()
    kind_of(file, limits)
    check_outputs(outputs, [file, *([mapping] if mapping else [])])
    layout = None if mapping is None else read_mapping(mapping, limits)
    return read_questionnaire(file, layout, limits)


def save_layout(questionnaire: Questionnaire, target: Path) -> None:
    """Writes what was found as a mapping that the user can edit."""
    reports.write_text(target, render_mapping(questionnaire))


def can_draft(settings: Settings) -> bool:
    """Whether anything can be drafted: False where no knowledge base is named.

    Raises TrustanswerError for what would fail at the first questionnaire: a knowledge base that
    holds nothing, weights or a model that cannot be loaded.
    """
    if knowledge_if_any(settings) is None:
        return False
    load_knowledge(settings)
    load_trained(settings)
    if settings.model is not None:
        embedder(settings).encode(["Is it there?"])
    return True


def drafted(
    questions: Sequence[Question], knowledge: Knowledge, settings: Settings
) -> tuple[list[Draft], list[tuple[Candidate, ...]]]:
    """A draft for each question, and the statements that came near it, nearest first.

    Instructions in a question's own text are flagged, and taken out before it is looked for.
    """
    cells = read_cells(questions, knowledge.about.names, knowledge.statements)
    return drafted_cells(questions, cells, knowledge, settings)


def drafted_cells(
    questions: Sequence[Question], cells: Sequence[Cell], knowledge: Knowledge, settings: Settings
) -> tuple[list[Draft], list[tuple[Candidate, ...]]]:
    """The same, of questions whose cells have been read."""
    learned = load_trained(settings)
    asked = [cell.asked for cell in cells]
    candidates = _search(asked, knowledge, settings)
    judge = KeepingJudge(cache_folder())
    reader = CrossEncoder(learned.cross_encoder, cache_folder())
    drafts = draft_all(
        asked, candidates, learned, judge, reader, settings.min_confidence, settings.progress
    )
    return [_of(*one) for one in zip(questions, cells, drafts, strict=True)], candidates


def _of(question: Question, cell: Cell, draft: Draft) -> Draft:
    """The draft with its question as it stands in the file, and what that would have somebody do;
    none for a question that only gives orders."""
    if cell.only_orders and draft.status is Status.DRAFTED:
        draft = Draft(question, Status.ABSTAINED, reason="it gives an order and asks nothing")
    return replace(draft, question=question, flags=(*draft.flags, *cell.flags))


def drafted_today(
    questions: Sequence[Question], knowledge: Knowledge, settings: Settings
) -> tuple[list[Draft], list[tuple[Candidate, ...]]]:
    """The same, where a draft on a statement that is past its review says so and is less sure."""
    drafts, candidates = drafted(questions, knowledge, settings)
    now, months = today(), review_months(knowledge)
    stale = {s.id for s in knowledge.statements if is_stale(s, now, months)}
    return aged(drafts, stale, settings.min_confidence), candidates


def _search(
    questions: Sequence[Question], knowledge: Knowledge, settings: Settings
) -> list[tuple[Candidate, ...]]:
    """For each question the statements nearest to it, nearest first; none for a prefilled one."""
    settings.progress("Searching", 0, 0)
    open_ones = [question for question in questions if not question.prefilled]
    found = iter(nearest(open_ones, knowledge.statements, settings))
    return [() if question.prefilled else next(found) for question in questions]


def nearest(
    questions: Sequence[Question], statements: Sequence[Statement], settings: Settings
) -> list[tuple[Candidate, ...]]:
    """The candidates of each question, by what it asks when terse words are spelled out; in the
    order of the reranker where one is named."""
    asked = [replace(question, text=spelled_out(gist(question.text))) for question in questions]
    found = _index(statements, settings).search(asked, CANDIDATES)
    if settings.reranker is None:
        return found
    return CrossEncoderReranker(settings.reranker).rescore(questions, found)


def _index(statements: Sequence[Statement], settings: Settings) -> Index | PostgresIndex:
    """In the team's database where that can search by vectors, else in this program."""
    url = os.environ.get(DATABASE_URL, "")
    if offered(url):
        return PostgresIndex(statements, embedder(settings), url)
    return Index(statements, embedder(settings), cache_folder() / "index")


def embedder(settings: Settings) -> VectorCache:
    """The model of this run, with the vectors it made before."""
    folder = cache_folder()
    model = SentenceEmbedder(settings.model, folder, settings.progress)
    return VectorCache(model, folder, settings.progress)


def writes(entries: Sequence[Entry]) -> list[CellWrite]:
    """The cells that the entries fill."""
    return [
        CellWrite(entry.draft.question.sheet, cell, value)
        for entry in entries
        for cell, value in (
            (entry.answer_cell, entry.answer),
            (entry.comment_cell, entry.comment),
        )
        if cell is not None and value is not None
    ]


def chooser(layout: Mapping | None) -> Callable[[Verdict, Question], str | None]:
    """How a verdict becomes an option: by the options' words, and what the user says of them."""

    def chosen(verdict: Verdict, question: Question) -> str | None:
        meanings = {} if layout is None else layout.meanings(question)
        return choose(verdict, question.options or (), meanings)

    return chosen


def as_written(entries: Iterable[Entry], outcome: Outcome) -> list[Entry]:
    """The entries with only those cells that were written; a cell that was kept is flagged."""
    kept: dict[str | None, dict[str, str]] = {}
    for one in outcome.kept:
        kept.setdefault(one.write.sheet, {})[one.write.cell] = one.reason
    return [_without(entry, kept.get(entry.draft.question.sheet, {})) for entry in entries]


def _without(entry: Entry, kept: abc.Mapping[str, str]) -> Entry:
    """The entry without the cells that were kept as they are, for the reasons given."""
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


def placed(citations: Citations, questions: Sequence[Question]) -> Citations:
    """Where sources go in this file: a text file has no sheets, so they stay beside the quotes."""
    sheets = any(question.sheet is not None for question in questions)
    return Citations.COMMENT if citations is Citations.SHEET and not sheets else citations


def _reopened(question: Question) -> Question:
    """With --overwrite a prefilled question is answered like any other."""
    return replace(question, prefilled=False)
