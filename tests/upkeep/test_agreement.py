"""Contradictions and repetitions between a vendor's statements and a second document of its.

The seeds say which statement of the vendor's trust center each of their own contradicts or
repeats. Everything else that is found counts as wrong, in the trust centers as they are too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from trustanswer.answering.agreement import Pair
from trustanswer.answering.claims import claims, coverage, same_scope
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Statement, statement_id
from trustanswer.pipeline import Settings
from trustanswer.pipeline.agreeing import compared
from trustanswer.pipeline.filling import embedder

SEEDS = Path(__file__).parent / "seeds"
VENDORS = sorted(file.stem for file in (SEEDS / "worked_on").glob("*.toml"))
Link = frozenset[str]


def seeded(vendor: str, half: str, root: Path) -> tuple[list[Statement], dict[str, set[Link]]]:
    """A vendor's statements with the seeds among them, and the pairs that are to be found."""
    folder = root / "benchmarks" / "vendors" / vendor
    statements = list(read_knowledge(folder / "trust-center.md").statements)
    known = {s.title: s.id for s in statements}
    wanted: dict[str, set[Link]] = {"contradicts": set(), "repeats": set(), "apart": set()}
    for seed in tomllib.loads((SEEDS / half / f"{vendor}.toml").read_text("utf-8"))["seed"]:
        path = ("Second page", seed["title"])
        id = statement_id(path, seed["text"])
        statements.append(Statement(id, path, seed["text"], "second.md", (1, 1)))
        wanted[seed["relation"]].add(frozenset({id, known[seed["of"]]}))
    return statements, wanted


def links(pairs: list[Pair], statements: list[Statement]) -> set[Link]:
    return {frozenset({statements[p.one].id, statements[p.other].id}) for p in pairs}


def measured(half: str, root: Path) -> Iterator[tuple[str, int, int, int]]:
    """For each relation and vendor how many were found, found wrongly, and not found."""
    for vendor in VENDORS:
        statements, wanted = seeded(vendor, half, root)
        found = compared(statements, embedder(Settings()))
        for relation, pairs in zip(("contradicts", "repeats"), found, strict=True):
            there = links(pairs, statements)
            right = len(there & wanted[relation])
            yield relation, right, len(there) - right, len(wanted[relation]) - right


@pytest.mark.parametrize("half", ["worked_on", "held"])
def test_seeded_contradictions_and_repetitions_are_found(half: str, root: Path) -> None:
    totals: dict[str, list[int]] = {}
    for relation, *counts in measured(half, root):
        totals[relation] = [
            a + b for a, b in zip(totals.get(relation, [0, 0, 0]), counts, strict=True)
        ]
    for relation, (right, wrong, missed) in totals.items():
        assert right / (right + missed) >= 0.85, (relation, right, wrong, missed)
        assert right / (right + wrong) >= 0.85, (relation, right, wrong, missed)


def one(text: str, title: str = "Anything") -> Statement:
    path = ("Security", title)
    return Statement(statement_id(path, text), path, text, "page.md", (1, 1))


def details(*statements: Statement) -> list[str]:
    return [pair.detail for pair in compared(statements, embedder(Settings()))[0]]


def test_another_number_for_the_same_thing_is_a_contradiction_and_says_which() -> None:
    found = details(one("Backups are kept for 35 days."), one("We keep backups for 90 days."))
    assert found == ["90 days / 35 days"]


def test_the_same_number_in_another_unit_is_none() -> None:
    assert not details(one("Backups are kept for one year."), one("We keep backups for 12 months."))


def test_what_holds_for_a_sandbox_contradicts_nothing_said_of_the_rest() -> None:
    assert not details(
        one("Backups are kept for 35 days."), one("Backups of the sandbox are kept for 7 days.")
    )


def test_having_one_certificate_contradicts_not_the_lack_of_another() -> None:
    assert not details(
        one("We do not hold an ISO 27001 certificate."), one("We hold an ISO 22301 certificate.")
    )


def test_one_document_by_itself_contradicts_nothing() -> None:
    assert details(one("Backups are kept for 35 days. Logs are kept for 90 days.")) == []


def test_a_claim_covers_itself_and_has_its_own_scope() -> None:
    for claim in claims([one("Backups are kept for 35 days."), one("Staff use MFA.", "Sign-in")]):
        assert coverage(claim, claim) == 1.0
        assert same_scope(claim, claim)
