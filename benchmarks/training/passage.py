"""What a cross-encoder reads: the question, and of a statement what is nearest to it."""

from __future__ import annotations

from trustanswer.model import Candidate, Question

LENGTH = 700  # characters of sentences; with path and question about 220 tokens


def asked_in_full(question: Question) -> str:
    """The question behind the lead-in that it belongs to."""
    return f"{question.parent} {question.text}" if question.parent else question.text


def passage(candidate: Candidate) -> str:
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
