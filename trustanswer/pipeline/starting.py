"""Starting a review: from a customer's file to drafts in the store.

questions -> drafts, or answers that were approved before -> the store
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trustanswer import __version__
from trustanswer.answering import Citations, compose
from trustanswer.answering.compose import Choose
from trustanswer.model import Entry, Knowledge, Question
from trustanswer.pipeline.alike import groups, offers
from trustanswer.pipeline.filling import chooser, drafted_today, embedder, placed
from trustanswer.pipeline.settings import Settings, limits_here, load_knowledge
from trustanswer.pipeline.workspace import Workspace, named, now
from trustanswer.review.library import in_reach, may_offer
from trustanswer.review.records import Asked, Review
from trustanswer.review.states import Content
from trustanswer.workbook import Mapping, read_mapping, read_questionnaire
from trustanswer.workbook.tokens import clean_text


@dataclass(frozen=True)
class Incoming:
    """A customer's file as it came, and the knowledge that it will be answered from."""

    name: str
    original: bytes
    layout: Mapping | None
    questions: tuple[Question, ...]
    knowledge: Knowledge
    doubts: tuple[str, ...] = ()  # what to look at before the layout is trusted


def read_in(file: Path, settings: Settings, *, mapping: Path | None = None) -> Incoming:
    """Reads all that a review starts from; what is wrong with it shows before a workspace is made.

    Raises TrustanswerError.
    """
    settings.progress("Reading the questionnaire", 0, 0)
    limits = limits_here()
    layout = None if mapping is None else read_mapping(mapping, limits)
    questionnaire = read_questionnaire(file, layout, limits)
    return Incoming(
        clean_text(file.name),
        file.read_bytes(),
        layout,
        tuple(questionnaire.questions),
        load_knowledge(settings),
        tuple(questionnaire.doubts),
    )


def start(
    workspace: Workspace,
    incoming: Incoming,
    settings: Settings,
    *,
    by: str,
    customer: str | None = None,
    due: date | None = None,
    citations: Citations = Citations.COMMENT,
) -> Review:
    """Drafts every question that came in and keeps the file and the drafts for review.

    Raises TrustanswerError; then nothing was kept.
    """
    knowledge = incoming.knowledge
    citations = placed(citations, incoming.questions)
    review = Review(
        id=0,
        name=incoming.name,
        customer=named(customer) if customer and customer.strip() else None,
        due=due,
        started_at=now(),
        started_by=named(by),
        sha256=hashlib.sha256(incoming.original).hexdigest(),
        fingerprint=knowledge.fingerprint,
        statements=len(knowledge.statements),
        model=embedder(settings).name,
        version=__version__,
        citations=citations.value,
        already=tuple(q for q in incoming.questions if q.prefilled),
        tags=settings.scope.tags,
        visibility=settings.scope.visibility,
    )
    run = _Run(knowledge, settings, citations, chooser(incoming.layout))
    asked = _drafted(incoming.questions, run)
    asked = _with_library(workspace, review, asked, run)
    return workspace.store.start(review, incoming.original, asked, knowledge.statements)


@dataclass(frozen=True)
class _Run:
    """With what the answers of one review are drafted, and how they are written."""

    knowledge: Knowledge
    settings: Settings
    citations: Citations
    choose: Choose


def _drafted(questions: Sequence[Question], run: _Run) -> list[Asked]:
    """The questions that are not answered yet, with their drafts and what came near."""
    drafts, candidates = drafted_today(questions, run.knowledge, run.settings)
    up = [i for i, question in enumerate(questions) if not question.prefilled]
    alike = groups([questions[i] for i in up], embedder(run.settings))
    return [
        Asked(
            questions[i],
            _content(compose(drafts[i], run.citations, run.choose)),
            first + 1,
            tuple(c.statement.id for c in candidates[i]),
        )
        for i, first in zip(up, alike, strict=True)
    ]


def _with_library(
    workspace: Workspace, review: Review, asked: Sequence[Asked], run: _Run
) -> list[Asked]:
    """Where the same was approved before, that answer in place of the draft."""
    ids = {s.id for s in run.knowledge.statements}
    customers = [r.customer for r in workspace.store.reviews() if r.customer]
    library = [
        approved
        for approved in workspace.store.library()
        if in_reach(approved, review) and may_offer(approved, review.customer, customers, ids)
    ]
    questions = [a.question for a in asked]
    found = offers(questions, library, embedder(run.settings), run.citations, run.choose)
    return [
        a if offer is None else Asked(a.question, offer, a.alike, a.candidates)
        for a, offer in zip(asked, found, strict=True)
    ]


def _content(entry: Entry) -> Content:
    draft = entry.draft
    return Content(
        option=entry.option,
        answer=entry.answer,
        comment=entry.comment,
        verdict=draft.verdict,
        citations=draft.citations,
        confidence=round(draft.confidence, 3),  # as it is shown, so that --above means the same
        missing=draft.missing,
        contradicted=draft.contradicted,
        flags=draft.flags,
        reason=draft.reason,
        band=draft.band,
    )
