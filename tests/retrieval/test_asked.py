"""The vectors of a search: by themselves, and within section and lead-in."""

from __future__ import annotations

import numpy as np
import pytest

from tests.retrieval.test_index import question
from tests.retrieval.test_segments import Hashing
from trustanswer.retrieval.asked import SHARE, asked
from trustanswer.retrieval.background import BACKGROUND


def test_a_question_by_itself_is_its_own_context() -> None:
    found = asked([question("MFA?"), question("Backups?"), question("MFA?")], Hashing())
    np.testing.assert_allclose(found.in_context(), found.vectors[:3], atol=1e-6)
    scores = found.vectors @ found.vectors.T
    np.testing.assert_allclose(found.scores_in_context(scores), scores[:3], atol=1e-6)


def test_in_context_a_question_is_moved_towards_its_section() -> None:
    embedder = Hashing()
    own, led, section = embedder.encode(["how often?", "Are backups taken. how often?", "Data"])
    inside = question("how often?", section="Data", parent="Are backups taken")
    found = asked([question("how often?"), inside], embedder)
    expected = led + SHARE * section
    expected /= np.linalg.norm(expected)
    np.testing.assert_allclose(found.in_context(), [own, expected], atol=1e-6)


def test_scores_in_context_are_cosines_of_the_vectors_in_context() -> None:
    rows = [question(f"Q{at}?", section=f"S{at % 3}", parent="P" * (at % 2)) for at in range(9)]
    found = asked(rows, Hashing())
    others = Hashing().encode(["one statement", "and another"])
    scores = found.scores_in_context(found.vectors @ others.T)
    assert scores == pytest.approx(found.in_context() @ others.T, abs=1e-5)


def test_a_section_is_embedded_once() -> None:
    embedder = Hashing()
    asked([question(f"Question {at}?", section="Data") for at in range(50)], embedder)
    assert embedder.asked == 50 + len(BACKGROUND) + 1
