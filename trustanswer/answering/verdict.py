"""What evidence says to a question: stated, contradicted or not stated, part by part.

The statements are taken as the right ones to look at; whether they speak to the question at all
is judged again here, for a statement about the same subject need not answer it. Every figure that
the judgement rests on is handed out as a feature, so that a calibrated model can weigh them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trustanswer.answering import align, explain
from trustanswer.answering.alignment import Alignment, alignment
from trustanswer.answering.features import features
from trustanswer.answering.judgement import Judgement
from trustanswer.answering.polarity import Stance
from trustanswer.answering.wording import Wording
from trustanswer.model import Statement, Verdict


def judge(
    question: str,
    statements: Sequence[Statement],
    *,
    section: str | None = None,
    parent: str | None = None,
) -> Judgement:
    """Judge what the statements (1 to 3, best first) say to a question.

    `section` and `parent` (the lead-in above the row) are context: what they ask need not be
    stated again. NONE where the point of the question is not stated.
    """
    found = alignment(question, statements, section, parent)
    figures = features(found)
    verdict = decide(found, figures)
    cited = explain.quotes(found, verdict in {Verdict.NO, Verdict.NA})
    return Judgement(
        verdict,
        cited,
        explain.missing(found),
        explain.contradicted(found),
        explain.flags(found, cited, bool(figures["restricted"] or figures["on_some"])),
        figures,
    )


def decide(a: Alignment, f: Mapping[str, float]) -> Verdict:
    """The verdict by rule. Every threshold is a share of what the question asks for."""
    if a.how.wording is Wording.OPEN:
        return _open(f)
    if _beside_the_point(f):
        return Verdict.NONE
    denied = f["denial"] > _CLEARLY
    if a.how.negated:
        # Evidence that affirms something near proves no absence, and none that it is not so.
        short = _gaps(f) or f["excepted"] or _limits_unmet(f)
        return (Verdict.PARTIAL if short else Verdict.YES) if denied else Verdict.NONE
    if denied:
        return _no(a)
    if f["limits"] and f["limits_contradicted"] == f["limits"] and not _gaps(f):
        return Verdict.NO
    return Verdict.PARTIAL if _falls_short(f) else Verdict.YES


_CLEARLY = 0.05


def _open(f: Mapping[str, float]) -> Verdict:
    if f["specifics"] and f["specifics_missing"] == f["specifics"]:
        return Verdict.NONE
    enough = 0.4 if f["specifics"] else 0.55
    no_subject = f["core_coverage"] < enough or (f["head_missing"] and f["core_coverage"] < 0.6)
    if no_subject or f["plain_coverage"] < 0.25:
        return Verdict.NONE
    return Verdict.PARTIAL if f["limits_unstated"] else Verdict.TEXT


def _beside_the_point(f: Mapping[str, float]) -> bool:
    """Whether what the question is about is not what the evidence is about."""
    no_subject = (
        f["core_coverage"] < 0.6
        or f["core_swapped"]
        or (f["head_missing"] and f["core_coverage"] < 0.75)
    )
    no_name = f["core_names_missing"] == 1.0
    not_theirs = (f["own_asked"] and f["provider_only"]) or f["on_another_plan"]
    return bool(no_subject or no_name or not_theirs or f["plain_coverage"] < 0.3)


def _falls_short(f: Mapping[str, float]) -> bool:
    """Whether something asked for is not stated, told otherwise or of some only, or also denied."""
    for_some = (f["universal"] and f["restricted"]) or any(f[name] for name in _NOT_SO_FAR)
    thin = f["plain_coverage"] < 0.5 and f["heavy"] <= 3
    divided = f["denial"] >= -_CLEARLY and (f["best_denied"] or f["best_planned"])
    bare = f["attributes_missing"] >= 2  # "documented, approved": one may be implied, not two
    theirs = f["best_theirs"] > f["best_affirmed"] and not f["asks_of_customers"]
    return bool(
        _gaps(f)
        or _limits_unmet(f)
        or f["besides_missing"]
        or f["denied"]
        or for_some
        or thin
        or divided
        or bare
        or theirs
    )


_NOT_SO_FAR = (
    "of_a_kind", "of_a_share", "of_most", "of_some", "on_some", "excepted", "hedged", "not_closed",
    "opposed",
)  # fmt: skip


def _limits_unmet(f: Mapping[str, float]) -> bool:
    return bool(f["limits_unstated"] or f["limits_contradicted"])


def _gaps(f: Mapping[str, float]) -> bool:
    """Whether something that weighs is not stated, or another of its kind is stated instead."""
    return bool(f["core_missing"] or f["rest_missing"] or f["swapped"])


def _no(a: Alignment) -> Verdict:
    """No, or not applicable where the best clause puts the thing outside its scope: the thing that
    is asked about, or it says nothing ("PCI DSS does not apply to us", asked for data centers)."""
    pairs = zip(a.said, a.scores, strict=True)
    best = max(pairs, key=lambda p: (p[0].stance.denies, p[1]))[0]
    if best.stance is not Stance.OUTSIDE:
        return Verdict.NO
    heavy = [d for d in a.demands if d.term.weight in align.HEAVY] or a.demands
    named = best.keys | best.around | best.title
    return Verdict.NONE if heavy and heavy[0].term.keys.isdisjoint(named) else Verdict.NA
