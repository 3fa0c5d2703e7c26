"""`kb gaps`: what the knowledge base does not say, and how often that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trustanswer.answering import Citations, compose, read_cells, spelled_out
from trustanswer.answering.subject import subject
from trustanswer.model import Candidate, Draft, Question, Statement, Status
from trustanswer.pipeline.filling import chooser, drafted_cells, embedder
from trustanswer.pipeline.settings import Settings, limits_here, load_knowledge
from trustanswer.ports import Floats
from trustanswer.text import gist
from trustanswer.workbook import Advice, read_questionnaire

# Mean cosine from which questions are about one subject: one statement could answer them.
ONE_SUBJECT = 0.5
_ADVICE = Advice("leave the file out, or give its column of questions the header Question")


@dataclass(frozen=True)
class Left:
    """A question that was left to a person, in whose file, why, and what came nearest.

    `asked`: its words without what the form puts around them.
    """

    file: str
    question: Question
    asked: str
    reason: str
    nearest: Statement | None
    score: float


@dataclass(frozen=True)
class Gap:
    """Questions about one subject, the most telling first, and a heading for a statement on it.

    `nearest` is the statement that comes nearest to them, with its score in 0..1.
    """

    heading: tuple[str, ...]
    questions: tuple[Left, ...]
    nearest: Statement | None
    score: float

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(left.file for left in self.questions))


@dataclass(frozen=True)
class Gaps:
    """The gaps, those first that most questions and most files ask about.

    `asked`: the questions of all files, those left aside that came in answered.
    """

    files: tuple[str, ...]
    asked: int
    gaps: tuple[Gap, ...]

    @property
    def left(self) -> int:
        return sum(len(gap.questions) for gap in self.gaps)


def knowledge_gaps(files: Sequence[Path], settings: Settings) -> Gaps:
    """Drafts every file as `fill` would, and groups what is left. Raises TrustanswerError."""
    knowledge, limits = load_knowledge(settings), limits_here()
    asked, left = 0, []
    for file in files:
        settings.progress(f"Reading {file.name}", 0, 0)
        questions = read_questionnaire(file, limits=limits, advice=_ADVICE).questions
        cells = read_cells(questions, knowledge.about.names, knowledge.statements)
        drafts, candidates = drafted_cells(questions, cells, knowledge, settings)
        asked += sum(draft.status is not Status.PREFILLED for draft in drafts)
        left += _left(file, drafts, [cell.asked.text for cell in cells], candidates)
    found = [_gap([left[i] for i in group]) for group in _groups(left, settings)]
    found.sort(key=lambda gap: (-len(gap.questions), -len(gap.files), gap.heading))
    return Gaps(tuple(str(file) for file in files), asked, tuple(found))


def _left(
    file: Path,
    drafts: Sequence[Draft],
    asked: Sequence[str],
    candidates: Sequence[tuple[Candidate, ...]],
) -> list[Left]:
    left = []
    for draft, words, near in zip(drafts, asked, candidates, strict=True):
        written = compose(draft, Citations.COMMENT, chooser(None)).draft
        if written.status is Status.ABSTAINED:
            best = near[0] if near else None
            left.append(
                Left(
                    str(file),
                    written.question,
                    words,
                    written.reason or "",
                    best.statement if best else None,
                    best.scores["fused"] if best else 0.0,
                )
            )
    return left


def _groups(left: Sequence[Left], settings: Settings) -> list[list[int]]:
    """Places in `left` by subject, in each group the one in the middle of the others first."""
    if not left:
        return []
    vectors = embedder(settings).encode([spelled_out(gist(one.asked)) for one in left])
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(_labels(vectors)):
        groups.setdefault(label, []).append(place)
    return [_from_the_middle(group, vectors) for group in groups.values()]


def _labels(vectors: Floats) -> list[int]:
    """Average linkage (Sokal and Michener 1958) on cosine distance, cut at ONE_SUBJECT."""
    if len(vectors) == 1:
        return [0]
    from scipy.cluster.hierarchy import fcluster, linkage

    tree = linkage(vectors.astype(np.float64), method="average", metric="cosine")
    labels: list[int] = fcluster(tree, t=1 - ONE_SUBJECT, criterion="distance").tolist()
    return labels


def _from_the_middle(group: Sequence[int], vectors: Floats) -> list[int]:
    middle = vectors[list(group)].mean(axis=0)
    return sorted(group, key=lambda place: (-float(vectors[place] @ middle), place))


def _gap(questions: Sequence[Left]) -> Gap:
    best = max(questions, key=lambda left: left.score)
    category = best.nearest.path[:-1] if best.nearest else ()
    title = subject([left.asked for left in questions])
    return Gap((*category, title), tuple(questions), best.nearest, best.score)
