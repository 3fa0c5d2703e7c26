"""`review conflicts`: approved answers that contradict each other, or the knowledge of today."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from trustanswer.answering.alike import sense
from trustanswer.model import Citation, Knowledge, Statement, Status, Verdict
from trustanswer.pipeline.agreeing import compared
from trustanswer.pipeline.alike import NEAR
from trustanswer.pipeline.filling import drafted, embedder
from trustanswer.pipeline.settings import Settings, load_knowledge
from trustanswer.pipeline.workspace import Workspace
from trustanswer.ports import Embedder
from trustanswer.review.records import Approved
from trustanswer.review.states import Origin


@dataclass(frozen=True)
class Differing:
    """Approved answers to one question that do not agree, the latest first, and in what."""

    answers: tuple[Approved, ...]
    detail: str


@dataclass(frozen=True)
class Outdated:
    """An approved answer that the knowledge of today contradicts, and the words that do."""

    approved: Approved
    said: str
    today: Citation
    detail: str


@dataclass(frozen=True)
class Conflicts:
    """`answers`: how many approved answers were looked at."""

    answers: int
    differing: tuple[Differing, ...]
    outdated: tuple[Outdated, ...]


def find_conflicts(workspace: Workspace, settings: Settings) -> Conflicts:
    """Every conflict among the approved answers of all reviews, and with the knowledge."""
    library = [a for a in workspace.store.library() if a.answer.content.says_something]
    model = embedder(settings)
    differing = [
        found for group in _same_question(library, model) if (found := _differing(group, model))
    ]
    outdated = _outdated(library, settings) if library else []
    return Conflicts(len(library), tuple(differing), tuple(outdated))


# --- between questionnaires ---------------------------------------------------------------------


def _same_question(library: Sequence[Approved], model: Embedder) -> list[list[Approved]]:
    """The answers by what is asked, where more than one review asks it."""
    vectors = model.encode([a.answer.question.text for a in library])
    by_sense: dict[Hashable, list[list[int]]] = defaultdict(list)
    for place, approved in enumerate(library):
        groups = by_sense[sense(approved.answer.question)]
        near = (g for g in groups if vectors[g[0]] @ vectors[place] >= NEAR)
        group = next(near, None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    found = [[library[i] for i in group] for groups in by_sense.values() for group in groups]
    return [group for group in found if len({a.review.id for a in group}) > 1]


def _differing(group: Sequence[Approved], model: Embedder) -> Differing | None:
    verdicts = {verdict for a in group if (verdict := said_verdict(a)) is not None}
    if len(verdicts) > 1:
        words = (verdict.value for verdict in Verdict if verdict in verdicts)
        return Differing(tuple(group), " / ".join(words))
    said = [_as_statement(a) for a in group]
    contradictions, _ = compared(said, model)
    # What both say is no difference between them, whatever else each says.
    real = (
        pair.detail
        for pair in contradictions
        if pair.quote not in said[pair.other].text and pair.other_quote not in said[pair.one].text
    )
    detail = next(real, None)
    return None if detail is None else Differing(tuple(group), detail)


_WORD = re.compile(r"\W*(?:(yes)|(no)|(partial(?:ly)?)|(n/?a|not applicable))\b", re.I)
_MEANS = (Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NA)


def said_verdict(approved: Approved) -> Verdict | None:
    """What an answer says to a yes/no question; None where it is words only.

    What a person wrote into a free-text cell is read by its first word.
    """
    content = approved.answer.content
    if content.verdict in _MEANS:
        return content.verdict
    first = _WORD.match(content.answer or "")
    return None if first is None else _MEANS[(first.lastindex or 1) - 1]


def _as_statement(approved: Approved) -> Statement:
    """What an answer says, under its question: without the sources behind its quotes."""
    answer = approved.answer
    content = answer.content
    if content.origin is Origin.PERSON or not content.citations:
        text = " ".join(t for t in (content.answer, content.comment) if t)
    else:
        text = " ".join(c.quote for c in content.citations)
    name = f"{approved.review.id}/{answer.row}"
    return Statement(name, (answer.question.text,), text, approved.review.name, (1, 1))


# --- with the knowledge of today ----------------------------------------------------------------


def _outdated(library: Sequence[Approved], settings: Settings) -> list[Outdated]:
    knowledge = load_knowledge(settings)
    settings.progress("Comparing with the knowledge base", 0, 0)
    found: dict[tuple[int, int], Outdated] = {}
    for one in [
        *_contradicted(library, knowledge.statements, settings),
        *_redrafted(library, knowledge, settings),
    ]:
        found.setdefault((one.approved.review.id, one.approved.answer.row), one)
    return list(found.values())


def _contradicted(
    library: Sequence[Approved], statements: Sequence[Statement], settings: Settings
) -> list[Outdated]:
    """The answers whose words a statement contradicts, other than one that they quote."""
    said = [_as_statement(a) for a in library]
    pairs, _ = compared([*statements, *said], embedder(settings))
    known = len(statements)
    quoted = [{c.statement.id for c in a.answer.content.citations} for a in library]
    return [
        Outdated(
            library[pair.one - known],
            pair.quote,
            Citation(statements[pair.other], pair.other_quote),
            pair.detail,
        )
        for pair in pairs
        if pair.other < known <= pair.one
        and statements[pair.other].id not in quoted[pair.one - known]
    ]


def _redrafted(
    library: Sequence[Approved], knowledge: Knowledge, settings: Settings
) -> list[Outdated]:
    """The answers whose question would be answered with the opposite today."""
    questions = [a.answer.question for a in library]
    drafts, _ = drafted(questions, knowledge, settings)
    opposite = {(Verdict.YES, Verdict.NO), (Verdict.NO, Verdict.YES)}
    return [
        Outdated(
            approved,
            approved.answer.content.answer or "",
            draft.citations[0],
            f"{said.value} / {draft.verdict.value}",
        )
        for approved, draft in zip(library, drafts, strict=True)
        if draft.status is Status.DRAFTED
        and (said := said_verdict(approved)) is not None
        and (said, draft.verdict) in opposite
    ]
