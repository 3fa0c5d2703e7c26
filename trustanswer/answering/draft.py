"""From the candidates of a question to its draft, or to an abstention that says why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from trustanswer.answering.assess import Assessment, assess_all
from trustanswer.answering.calibration import Calibration
from trustanswer.answering.exchange import at_odds, exchange
from trustanswer.answering.headings import status_of
from trustanswer.answering.judgement import Judge
from trustanswer.answering.parties import spoken_of
from trustanswer.answering.quotes import spans
from trustanswer.answering.relevance import Effect
from trustanswer.answering.together import completed
from trustanswer.answering.trained import Trained
from trustanswer.answering.wording import Wording, kind_of
from trustanswer.model import Candidate, Citation, Draft, Flag, Question, Status, Verdict
from trustanswer.ports import PairReader, Progress, silent
from trustanswer.text import gist

STATEMENTS = 3  # cited in one answer at most: more is not read, and seldom needed
MISSING = 5  # things named as not stated; a longer list says that the question was another
PROMISING = 0.5  # probability that a statement says something, from which it may complete another
SUPPORT = 0.5  # probability from which a further statement is cited beside the first
READ_AS_ANSWER = 0.35  # probability of the cross-encoder from which it finds an answer too
NEARER = 0.2  # cosine by which a sentence is nearer than those the rules point at, to be quoted too


def draft_all(
    questions: Sequence[Question],
    candidates: Sequence[Sequence[Candidate]],
    trained: Trained,
    judge: Judge,
    reader: PairReader,
    min_confidence: float | None = None,
    progress: Progress = silent,
) -> list[Draft]:
    """A draft or an abstention for each question, from its candidates (nearest first).

    Drafts less sure than `min_confidence` (default: the calibration's own threshold) are withheld.
    """
    calibration = trained.calibration
    threshold = calibration.threshold if min_confidence is None else min_confidence
    assessed = assess_all(questions, candidates, trained.models, judge, reader)
    drafts: list[Draft] = []
    for question, found in zip(questions, assessed, strict=True):
        progress("Drafting", len(drafts), len(questions))
        drafts.append(
            Draft(question, Status.PREFILLED)
            if question.prefilled
            else _draft(question, _ranked(found), judge, calibration, threshold)
        )
    return drafts


def _ranked(assessed: Sequence[Assessment]) -> list[Assessment]:
    """The one that most probably answers first."""
    return sorted(map(_as_answered, assessed), key=lambda a: -a.confidence)


_READS = {Verdict.PARTIAL: Effect.PART, Verdict.YES: Effect.FULL, Verdict.NO: Effect.DENIES}


def _as_answered(assessment: Assessment) -> Assessment:
    """The assessment without the effects that would turn round an answer that is quoted, or take
    what a title puts off for what is there."""
    turned = (*_at_odds_with_answer(assessment), *_at_odds_with_title(assessment))
    if not turned:
        return assessment
    effects = assessment.effects.copy()
    for verdict in turned:
        effects[Effect.NOTHING] += effects[_READS[verdict]]
        effects[_READS[verdict]] = 0.0
    return replace(assessment, effects=effects)


def _at_odds_with_answer(assessment: Assessment) -> tuple[Verdict, ...]:
    candidate = assessment.candidate
    sentences = [text for text, _ in candidate.sentences]
    talk = exchange(candidate.statement.path, sentences)
    if talk is None or not talk.is_quoted(sentences, _quotes(assessment)):
        return ()
    return at_odds(talk.means, assessment.judgement.verdict)


def _at_odds_with_title(assessment: Assessment) -> tuple[Verdict, ...]:
    """Under "Roadmap" nothing is there yet, if the rules see nothing there either, however near the
    words are."""
    denied = assessment.judgement.verdict is Verdict.NO
    put_off = denied and status_of(assessment.candidate.statement.path) is not None
    return (Verdict.PARTIAL, Verdict.YES) if put_off else ()


def _draft(
    question: Question,
    assessed: Sequence[Assessment],
    judge: Judge,
    calibration: Calibration,
    threshold: float,
) -> Draft:
    if not assessed:
        return _abstain(question, 0.0, "the knowledge base holds no statement")
    best = assessed[0]
    confidence = calibration.probability(best.confidence)
    if confidence < threshold:
        return _abstain(question, confidence, _why(best))
    verdict = _verdict(question, best)
    cited = _cited(question, assessed, judge)
    draft = Draft(
        question,
        Status.DRAFTED,
        verdict,
        confidence,
        citations=_citations(cited),
        flags=(*best.judgement.flags, *_unshared(verdict, best)),
    )
    if verdict is Verdict.PARTIAL:
        found = cited[0].judgement
        draft = replace(
            draft, missing=found.missing[:MISSING], contradicted=found.contradicted[:MISSING]
        )
    return replace(draft, band=calibration.band(draft))


def _verdict(question: Question, best: Assessment) -> Verdict:
    if best.effect is Effect.PART:
        return Verdict.PARTIAL
    if best.effect is Effect.DENIES:
        return Verdict.NA if best.judgement.verdict is Verdict.NA else Verdict.NO
    wants_words = kind_of(gist(question.text)) is Wording.OPEN
    return Verdict.TEXT if wants_words else Verdict.YES


# What the rules have to find too, for an answer in full.
_SHARED = {
    Verdict.YES: {Verdict.YES, Verdict.TEXT},
    Verdict.TEXT: {Verdict.YES, Verdict.TEXT},
    Verdict.NO: {Verdict.NO, Verdict.NA},
    Verdict.NA: {Verdict.NA},
}


def _unshared(verdict: Verdict, best: Assessment) -> list[Flag]:
    """A flag where not all agree, so that nobody approves the draft unread.

    Of drafts in full that the models alone find two in five were wrong, of the others one in five.
    To an open question the rules find an answer in any sentence that has its words; where the
    cross-encoder finds none, half of them were wrong on what real companies publish.
    """
    by_rule = best.judgement.verdict
    if by_rule not in _SHARED.get(verdict, {by_rule}):
        return [Flag("read closely", "word for word the quote does not say so")]
    if verdict is Verdict.TEXT and not _read_as_answer(best):
        return [
            Flag("read closely", "the quote has the words of the question, and may not answer it")
        ]
    return []


def _read_as_answer(best: Assessment) -> bool:
    read = best.figures.get("read_full")
    return read is None or math.exp(read) >= READ_AS_ANSWER


def _cited(question: Question, assessed: Sequence[Assessment], judge: Judge) -> list[Assessment]:
    """The best statement, then others: of a partial answer one that states more of what is asked,
    else those that answer the same way."""
    best, *others = assessed
    others = [a for a in others if _same_party(a, best)]
    if best.effect is Effect.PART:
        promising = [a for a in others if a.promise > PROMISING]
        together = completed(question, best, promising, judge)
        if together is not None:
            return [*together]
    same = [a for a in others if a.effect is best.effect and a.confidence >= SUPPORT]
    return [best, *same[: STATEMENTS - 1]]


def _citations(cited: Sequence[Assessment]) -> tuple[Citation, ...]:
    return tuple(
        Citation(a.candidate.statement, quote, spoken_of(a.candidate.statement))
        for a in cited
        for quote in _quotes(a)
    )


def _same_party(one: Assessment, other: Assessment) -> bool:
    """What the provider does is no support for what the vendor does, nor the other way round."""
    return one.judgement.features["provider_only"] == other.judgement.features["provider_only"]


def _quotes(assessment: Assessment) -> tuple[str, ...]:
    """The sentences the rules point at, and the one nearest in meaning where they point at none or
    at some that are far less near; neighbours as one span."""
    pointed = {text for _, found in assessment.judgement.quotes for text in found}
    sentences = assessment.candidate.sentences
    kept = [text in pointed for text, _ in sentences]
    nearest = max(range(len(sentences)), key=lambda i: sentences[i][1])
    near = max((nearness for text, nearness in sentences if text in pointed), default=-math.inf)
    if sentences[nearest][1] - near > NEARER:
        kept[nearest] = True
    return spans(assessment.candidate.statement.text, kept)


def _abstain(question: Question, confidence: float, reason: str) -> Draft:
    return Draft(question, Status.ABSTAINED, confidence=confidence, reason=reason)


def _why(best: Assessment) -> str:
    title = best.candidate.statement.title
    if best.candidate.scores["fused"] < 0.3:
        return f"nothing stated comes near; the nearest is “{title}”"
    if best.judgement.missing:
        missing = ", ".join(best.judgement.missing[:3])
        return f"“{title}” is near, but does not state: {missing}"
    return f"“{title}” is near, but does not clearly answer this"
