"""A team's own reviews as labelled questions: what stood as it was drafted, and what did not."""

from __future__ import annotations

from collections.abc import Iterable

from trustanswer.errors import InputError
from trustanswer.evaluation.labels import Label
from trustanswer.model import Knowledge, Verdict
from trustanswer.pipeline.workspace import Workspace
from trustanswer.review.states import Answer, Content, State


def reviewed(workspace: Workspace, review: int) -> tuple[list[Label], Knowledge]:
    """The decided questions of a review, and the statements that it was drafted from.

    Raises ReviewError where there is no such review, InputError where nothing is decided in it.
    """
    found = workspace.store.review(review)
    labels = labels_of(f"review {review}", workspace.store.answers(review))
    if not labels:
        raise InputError(f"in review {review} no answer is approved or rejected yet")
    return labels, Knowledge(tuple(workspace.store.statements(found)))


def labels_of(name: str, answers: Iterable[Answer]) -> list[Label]:
    """A label for every answer that was approved or rejected; what is open says nothing yet."""
    decided = (a for a in answers if a.approved or a.state is State.REJECTED)
    return [_label(f"{name}/{a.row}", a) for a in decided]


def _label(name: str, answer: Answer) -> Label:
    """Approved as drafted: that verdict, on that evidence. Edited: the person's verdict, on which
    no draft was right. Rejected, or written by a person where no statement was found: nothing
    there answers it."""
    edited, rejected = answer.author is not None, answer.state is State.REJECTED
    nothing = rejected or (edited and not _drafted(answer.history[0].content))
    question, content = answer.question, answer.content
    return Label(
        question=question.text,
        verdict=Verdict.NONE if nothing else content.verdict,
        evidence=() if nothing or edited else _titles(content),
        alternatives=frozenset(),
        section=question.section,
        parent=question.parent,
        sheet=question.sheet,
        row=question.row,
        id=name,
    )


def _drafted(content: Content | None) -> bool:
    return content is not None and content.says_something


def _titles(content: Content) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.statement.title for c in content.citations))
