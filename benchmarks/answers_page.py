"""The answers' section of docs/benchmark.md: tables of what was measured, between two marks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from trustanswer.answering import trained
from trustanswer.evaluation.metrics import (
    FIGURES,
    Outcome,
    confusion,
    interval,
)
from trustanswer.model import Verdict

BEGIN = "<!-- answers: written by `make eval`, not by hand -->"
END = "<!-- end of answers -->"
PRODUCT = "trustanswer"
MAIN = ("useful", "precision", "overclaim", "opposite", "quoted")
BESIDE = ("useful", "precision", "overclaim", "recall@1", "recall@5", "mrr")
MEANS = ("careful", "abstained", "aurc", "recall@1", "recall@5", "mrr")
POOLED = ("ece", "high precision", "high held")
SHOWN = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)  # thresholds of the calibration's table

Outcomes = Sequence[Outcome]
Sets = Mapping[str, Mapping[str, Outcomes]]  # by set, by way of drafting
Groups = Mapping[str, Sets]


def put(page: str, section: str) -> str:
    """The page with the section in place of what stands between the marks."""
    before, found, rest = page.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError(f"the page has no marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{section.strip()}\n\n{END}{after}"


def _borne_out(groups: Groups) -> str:
    """What is stated of drafts at or above a confidence, and what each group bears out."""
    rows = []
    for stated in trained().calibration.expected:
        if stated.threshold not in SHOWN:
            continue
        sure = {
            group: [
                o
                for one in sets.values()
                for o in one[PRODUCT]
                if o.drafted and o.confidence >= stated.threshold
            ]
            for group, sets in groups.items()
        }
        wrong = [
            f"{sum(not o.acceptable for o in found) / len(found):.1%} of {len(found)}"
            if found
            else "-"
            for found in sure.values()
        ]
        rows.append([f"{stated.threshold:g}", f"{stated.corrected:.1%}", *wrong])
    return _table(["from", "stated to need correction", *groups], rows)


def section(held_out: Groups, seen: Groups) -> str:
    return "\n\n".join(
        [
            "### Held out of training\n\nMeans over the sets of a row, with 95% bootstrap "
            "intervals over the questions. Each set is measured with weights that were trained on "
            "the others: of a vendor and of a real trust center neither statements nor questions "
            "were seen; of a customer's questionnaire, and of the set named framework, no "
            "question, but the facts that they are held against; of sets apart no question, and "
            "the statements only where they are those same facts. Confidence is calibrated on "
            "other sets than the one measured.",
            _main(held_out),
            "### Beside simpler tools\n\nEach drafts from the nearest statement, whatever it says "
            "(`evaluation/baselines.py`); the last only over a floor.",
            _beside(held_out),
            "### Further figures\n\nThe first six are means over sets; ece and the high band are "
            "of the pooled drafts. high held: share of the answerable questions whose draft is in "
            "the high band.",
            _further(held_out),
            "![Share of drafts that need correction against the share of questions drafted]"
            "(images/risk-coverage.svg)",
            "### Every set",
            _every(held_out),
            "### Verdicts\n\nAll questions held out: labelled (rows), drafted (columns).",
            _verdicts(held_out),
            "### What confidence is worth\n\nShipped with the weights (`calibration.json`), "
            "measured on drafts held out: of the drafts at or above a confidence, the share "
            "expected to need correction, and its upper 95% bound. Every group of sets weighs "
            "the same.",
            _worth(),
            "What the groups bear out, each draft with the confidence that it has without its own "
            "set:",
            _borne_out(held_out),
            "### The shipped weights on what they have seen\n\n**Not held out**: the weights were "
            "trained on sets of this table, and their confidence calibrated on all of them. To be "
            "compared with a run on another machine, not with the tables above.",
            _main(seen),
        ]
    )


def _main(groups: Groups) -> str:
    rows = []
    for group, sets in groups.items():
        found = [one[PRODUCT] for one in sets.values()]
        rows.append(
            [group, str(len(sets)), str(sum(map(len, found))), *(_mean(n, found) for n in MAIN)]
        )
    return _table(["", "sets", "questions", *MAIN], rows)


def _beside(groups: Groups) -> str:
    rows = []
    for group, sets in groups.items():
        for way in next(iter(sets.values())):
            found = [one[way] for one in sets.values()]
            cells = [
                _mean(n, found) if n in ("useful", "precision") else _point(n, found)
                for n in BESIDE
            ]
            rows.append([group, way, *cells])
    return _table(["", "", *BESIDE], rows)


def _further(groups: Groups) -> str:
    rows = []
    for group, sets in groups.items():
        found = [one[PRODUCT] for one in sets.values()]
        together = [[o for one in found for o in one]]
        rows.append(
            [group, *(_mean(n, found) for n in MEANS), *(_mean(n, together) for n in POOLED)]
        )
    return _table(["", *MEANS, *POOLED], rows)


def _every(groups: Groups) -> str:
    names = ("useful", "precision", "overclaim", "opposite", "ece", "high precision", "high held")
    rows = [
        [name, str(len(one[PRODUCT])), *(_point(n, [one[PRODUCT]]) for n in names)]
        for sets in groups.values()
        for name, one in sets.items()
    ]
    return _table(["", "questions", *names], rows)


def _verdicts(groups: Groups) -> str:
    counts = confusion([o for sets in groups.values() for s in sets.values() for o in s[PRODUCT]])
    heads = [*(v.value for v in Verdict if v is not Verdict.NONE), "left to a person"]
    rows = [[v.value, *(str(counts.get((v, d), 0)) for d in Verdict)] for v in Verdict]
    return _table(["", *heads], rows)


def _worth() -> str:
    known = trained().calibration
    rows = [
        [f"{e.threshold:g}", str(e.drafts), f"{e.corrected:.1%}", f"{e.at_most:.1%}"]
        for e in known.expected
        if e.threshold in SHOWN
    ]
    chosen = (
        f"Drafts are shown from {known.threshold:g} on; the high band begins at {known.high:g}."
    )
    return _table(["from", "drafts", "to correct", "at most"], rows) + "\n\n" + chosen


def _mean(name: str, sets: Sequence[Outcomes]) -> str:
    low, high = interval(FIGURES[name], *sets)
    between = "" if math.isnan(low) else f" ({low:.2f}-{high:.2f})"
    return _point(name, sets) + between


def _point(name: str, sets: Sequence[Outcomes]) -> str:
    value = sum(FIGURES[name](one) for one in sets) / len(sets)
    return "-" if math.isnan(value) else f"{value:.3f}" if name == "quoted" else f"{value:.2f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
