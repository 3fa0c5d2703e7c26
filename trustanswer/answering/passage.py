"""What the cross-encoder reads: the question, and of a statement what is nearest to it."""

from __future__ import annotations

from trustanswer.model import Candidate, Question
from trustanswer.text import gist

LENGTH = 700  # characters of sentences; with path and question about 220 tokens


def pair(question: Question, candidate: Candidate) -> tuple[str, str]:
    """The question behind its lead-in, and the passage of the statement."""
    text = gist(question.text)
    return f"{question.parent} {text}" if question.parent else text, _passage(candidate)


def _passage(candidate: Candidate) -> str:
    """The path and, in their own order, as many of the nearest sentences as fit.

    A long policy says much that a question does not ask; cut at its start, the sentence that
    answers would often be lost.
    """
    nearest = sorted(range(len(candidate.sentences)), key=lambda i: (-candidate.sentences[i][1], i))
    kept, length = set[int](), 0
    for i in nearest:
        length += len(candidate.sentences[i][0]) + 1
        if kept and length > LENGTH:
            break
        kept.add(i)
    text = " ".join(candidate.sentences[i][0] for i in sorted(kept))
    return f"{candidate.statement.title}: {text}"
