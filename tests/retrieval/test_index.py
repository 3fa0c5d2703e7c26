"""The index: what a question finds, and what never breaks it."""

import pytest

from trustanswer.model import Question, Statement, statement_id
from trustanswer.retrieval import Index, SentenceEmbedder, VectorCache


def statement(path: str, text: str) -> Statement:
    titles = tuple(path.split(" > "))
    return Statement(statement_id(titles, text), titles, text, "page.md", (1, 1))


def question(text: str, **context: str) -> Question:
    return Question(None, 2, None, None, None, text, **context)  # type: ignore[arg-type]


STATEMENTS = [
    statement("Data > Backups", "Customer data is backed up every night. Copies stay in the EU."),
    statement("Data > Encryption at rest", "Stored data is encrypted with AES-256."),
    statement("People > Training", "Everyone takes a security course each year."),
    statement("Access > Staff sign-in", "Staff sign in with a hardware key as second factor."),
]


@pytest.fixture(scope="module")
def embedder() -> VectorCache:
    return VectorCache(SentenceEmbedder(), None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Is data at rest encrypted?", "Data > Encryption at rest"),
        ("How often do you take backups?", "Data > Backups"),
        ("Do employees receive awareness training?", "People > Training"),
        ("MFA for employees?", "Access > Staff sign-in"),
    ],
)
def test_a_question_finds_its_statement_first(
    embedder: VectorCache, asked: str, found: str
) -> None:
    (candidates,) = Index(STATEMENTS, embedder).search([question(asked)], 4)
    assert candidates[0].statement.title == found


def test_section_and_lead_in_help_a_question_that_says_little(embedder: VectorCache) -> None:
    (candidates,) = Index(STATEMENTS, embedder).search(
        [question("How often?", section="Backups", parent="Is customer data backed up?")], 4
    )
    best = max(candidates, key=lambda c: c.scores["context"])
    assert best.statement.title == "Data > Backups"


def test_candidates_come_nearest_first_and_no_more_than_asked_for(embedder: VectorCache) -> None:
    (candidates,) = Index(STATEMENTS, embedder).search([question("backups")], 2)
    assert len(candidates) == 2
    assert candidates[0].scores["fused"] >= candidates[1].scores["fused"]


@pytest.mark.parametrize(("statements", "questions"), [(0, 1), (4, 0), (0, 0)])
def test_nothing_to_search_or_to_ask_finds_nothing(
    embedder: VectorCache, statements: int, questions: int
) -> None:
    index = Index(STATEMENTS[:statements], embedder)
    assert index.search([question("backups")] * questions, 3) == [()] * questions
