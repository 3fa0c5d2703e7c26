"""Lexical scores: BM25 that is right on collections of any size."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.retrieval.lexical import LexicalIndex, SmallCollectionBM25, terms

WORDS = st.sampled_from(
    ["encryption", "backup", "laptop", "audit", "vendor", "staff", "key", "region", "log", "access"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=12)


def test_a_score_is_the_formula_worked_out_by_hand() -> None:
    """idf = ln(1 + (2 - 1 + .5) / (1 + .5)) = ln 2; both texts are of mean length, so that the
    term's weight is 1 * 2.5 / (1 + 1.5) = 1."""
    scores = LexicalIndex(["backup daily", "laptop encrypted"]).scores(["backup"])
    assert scores.tolist() == [[pytest.approx(math.log(2)), 0.0]]


@pytest.mark.parametrize("texts", [["backup"], ["backup", "backup"], ["backup", "laptop"]])
def test_a_term_in_half_or_in_all_of_the_statements_still_scores(texts: list[str]) -> None:
    assert LexicalIndex(texts).scores(["backup"])[0, 0] > 0


def test_no_statements_at_all_give_no_scores() -> None:
    assert LexicalIndex([]).scores(["backup"]).shape == (1, 0)


@given(texts=TEXTS, queries=TEXTS)
def test_the_matrix_gives_what_the_loop_of_bm25_gives(texts: list[str], queries: list[str]) -> None:
    loop = SmallCollectionBM25([terms(text) for text in texts])
    found = LexicalIndex(texts).scores(queries)
    for row, query in enumerate(queries):
        expected = np.asarray(loop.get_scores(terms(query)))[: len(texts)]
        np.testing.assert_allclose(found[row], expected, atol=1e-6)


@given(texts=TEXTS, queries=TEXTS)
def test_a_share_lies_between_nothing_and_all(texts: list[str], queries: list[str]) -> None:
    shares = LexicalIndex(texts).shares(queries)
    assert ((shares >= 0) & (shares <= 1)).all()


def test_words_meet_whatever_their_ending_or_case() -> None:
    assert terms("Policies, Backups and Passes") == terms("policy backup pass")


def test_words_that_only_ask_are_no_terms() -> None:
    assert terms("Do you describe how it is done?") == ["done"]
