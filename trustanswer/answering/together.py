"""Statements that say together what the best one alone leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trustanswer.answering.assess import Assessment
from trustanswer.answering.judgement import Judge, case
from trustanswer.model import Question

TRIED = 3  # further statements that are held against what is missing


def completed(
    question: Question, best: Assessment, others: Sequence[Assessment], judge: Judge
) -> tuple[Assessment, Assessment] | None:
    """The best assessment and one of `others` that states some of what it does not, with each
    one's own quotes and what both leave open; None where none of them does.

    The verdict stays: where the two would leave nothing open, they are not known to speak of the
    same thing, and what is missing of the best alone stands.
    """
    for other in others[:TRIED]:
        pair = (best.candidate.statement, other.candidate.statement)
        (both,) = judge([case(question, *pair)])
        quoted = {at: ((0, found),) for at, found in both.quotes}
        helps = set(both.missing) < set(best.judgement.missing) and len(quoted) == len(pair)
        if both.missing and helps:
            open_yet = {*best.judgement.missing, *best.judgement.contradicted}
            first = replace(
                best.judgement,
                quotes=quoted[0],
                missing=both.missing,
                contradicted=tuple(asked for asked in both.contradicted if asked in open_yet),
            )
            second = replace(other.judgement, quotes=quoted[1])
            return replace(best, judgement=first), replace(other, judgement=second)
    return None
