"""Evidence that is itself a question with its answer: what the two of them say together.

A plain answer confirms its question, denies it, or puts it out of scope; the question is then
evidence as if it were stated. Any other answer stands for itself, with the question as what it is
about. Past questionnaires come in this form, and so do pages of frequent questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trustanswer.answering.polarity import Stance
from trustanswer.answering.wording import Wording, kind_of
from trustanswer.model import Verdict
from trustanswer.text import plain_answer

_BARE = 4  # words; a longer sentence is an answer only behind a question mark


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer in a statement's sentences.

    `asked`: the sentences that ask, all before the one at `answer`; the title where it asks itself;
    none where the answer is no answer to them. `answer` is past the last one where none is given.
    `means` is that of `plain_answer`, None where the answer stands for itself.
    """

    asked: tuple[str, ...]
    answer: int
    means: str | None

    def is_quoted(self, sentences: Sequence[str], quotes: Sequence[str]) -> bool:
        """Whether the plain answer stands in one of the quotes, or what it answers does."""
        spoken = (*self.asked, sentences[self.answer])
        return self.means is not None and any(s in quote for quote in quotes for s in spoken)


def exchange(path: Sequence[str], sentences: Sequence[str]) -> Exchange | None:
    """The exchange that a statement is, or None where it is none."""
    if path and path[-1].endswith("?"):
        return _of((path[-1],), 0, sentences)
    at = next((n for n, s in enumerate(sentences) if not s.endswith("?")), len(sentences))
    if at and at == len(sentences):
        return Exchange((), at, None)  # nobody has answered: a question states nothing
    if 0 < at < len(sentences):
        return _of(sentences[:at], at, sentences)
    bare = (n for n, s in enumerate(sentences) if _is_bare(s))
    at = next(bare, 0)
    return _of(sentences[:at], at, sentences) if at else None


def _is_bare(sentence: str) -> bool:
    return len(sentence.split()) <= _BARE and plain_answer(sentence) is not None


def _of(asked: Sequence[str], answer: int, sentences: Sequence[str]) -> Exchange:
    means = plain_answer(sentences[answer])
    if any(kind_of(sentence) is not Wording.OPEN for sentence in asked):
        return Exchange(tuple(asked), answer, means)
    empty = _is_bare(sentences[answer])  # "Yes" to "How ...?" says nothing, not even of what
    return Exchange(() if empty else tuple(asked), answer, None)


def stance_of(own: Stance, means: str) -> tuple[Stance, ...]:
    """The stances in which a clause of the question stands after its answer.

    A "Partially" affirms and denies at once, which no reader can take for a plain yes.
    """
    if means == "yes":
        return (own,)
    if means == "na":
        return (Stance.OUTSIDE,)
    if means == "planned":
        return (Stance.PLANNED,)
    turned = Stance.AFFIRMED if own.denies else Stance.DENIED
    return (own, turned) if means == "partial" else (turned,)


def is_answer(before: str, sentence: str) -> bool:
    """Whether a sentence is the plain answer to the one before it; the two are quoted together."""
    return (before.endswith("?") or _is_bare(sentence)) and plain_answer(sentence) is not None


def at_odds(means: str | None, verdict: Verdict) -> tuple[Verdict, ...]:
    """The verdicts that would turn a quoted answer round, but for the one that the rules read.

    "Are backups encrypted? N/A" makes no Yes, however near the words are. It takes the rules to see
    that "Is it stored in clear text? No" affirms that it is not.
    """
    if means == "yes":
        return () if verdict in (Verdict.NO, Verdict.NA) else (Verdict.NO,)
    if means == "partial":
        return (Verdict.YES, Verdict.NO)
    if means == "no" and verdict is Verdict.YES:
        return ()
    if means == "na" and verdict is not Verdict.NA:
        return (Verdict.PARTIAL, Verdict.YES, Verdict.NO)
    return (Verdict.PARTIAL, Verdict.YES) if means in ("no", "na", "planned") else ()
