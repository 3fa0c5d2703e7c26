"""`kb lint`: what is amiss with a knowledge base, by itself and by the answers that were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustanswer.answering.agreement import WORD_FOR_WORD, Pair
from trustanswer.knowledge.freshness import review_months
from trustanswer.knowledge.lint import lint
from trustanswer.model import Check, Finding, Knowledge, Statement
from trustanswer.pipeline.agreeing import compared
from trustanswer.pipeline.filling import embedder
from trustanswer.pipeline.settings import Settings, load_knowledge, today
from trustanswer.pipeline.workspace import Workspace

# What a person may well decide to leave as it is: `--strict` does not fail for it.
NOTES = frozenset({Check.NEAR_DUPLICATE, Check.VAGUE, Check.UNCITED})


@dataclass(frozen=True)
class Linted:
    """A knowledge base and what is amiss with it, the worst first.

    `reviews`: how many reviews tell what was never cited; without any nothing is said of that.
    """

    knowledge: Knowledge
    findings: tuple[Finding, ...]
    reviews: int

    @property
    def problems(self) -> int:
        """How many findings are more than a note."""
        return sum(f.check not in NOTES for f in self.findings)


def lint_knowledge(settings: Settings, workspace: Workspace | None) -> Linted:
    """Every finding on the statements the run may use. Raises KnowledgeError for none."""
    knowledge = load_knowledge(settings)
    settings.progress("Comparing the statements", 0, 0)
    uncited, reviews = _uncited(knowledge.statements, workspace)
    findings = [
        *_slips(knowledge),
        *lint(knowledge.statements, today(), review_months(knowledge)),
        *_pairs(knowledge.statements, settings),
        *uncited,
    ]
    order = list(Check)
    return Linted(knowledge, tuple(sorted(findings, key=lambda f: order.index(f.check))), reviews)


def _slips(knowledge: Knowledge) -> Iterator[Finding]:
    """What a page says of itself and cannot be read, at the first statement of that page."""
    first = {s.source: s for s in reversed(knowledge.statements)}
    for unread in knowledge.unread:
        if unread.slip and unread.source in first:
            yield Finding(Check.FRONT_MATTER, first[unread.source], unread.reason)


def _pairs(statements: Sequence[Statement], settings: Settings) -> Iterator[Finding]:
    contradictions, repetitions = compared(statements, embedder(settings))
    for pair in contradictions:
        yield _finding(Check.CONTRADICTION, pair, statements)
    for pair in repetitions:
        same = pair.detail == WORD_FOR_WORD
        yield _finding(Check.DUPLICATE if same else Check.NEAR_DUPLICATE, pair, statements)


def _finding(check: Check, pair: Pair, statements: Sequence[Statement]) -> Finding:
    one, other = statements[pair.one], statements[pair.other]
    return Finding(check, one, pair.detail, pair.quote, other, pair.other_quote)


def _uncited(
    statements: Sequence[Statement], workspace: Workspace | None
) -> tuple[list[Finding], int]:
    """The statements that were there for a review at least, and that no answer ever cited."""
    if workspace is None:
        return [], 0
    there: set[str] = set()
    cited: set[str] = set()
    reviews = workspace.store.reviews()
    for review in reviews:
        there |= {s.id for s in workspace.store.statements(review)}
        cited |= {
            c.statement.id
            for answer in workspace.store.answers(review.id)
            for event in answer.history
            if event.content
            for c in event.content.citations
        }
    detail = f"by none of the answers in {len(reviews)} reviews"
    found = [Finding(Check.UNCITED, s, detail) for s in statements if s.id in there - cited]
    return found, len(reviews)
