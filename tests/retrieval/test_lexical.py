"""Lexical scores: BM25 that is right on collections of any size."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.retrieval.lexical import LexicalIndex, Postings, SmallCollectionBM25, terms

WORDS = st.sampled_from(
    ["encryption", "backup", "laptop", "audit", "vendor", "staff", "key", "region", "log", "access"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=12)


def lexical(texts: list[str]) -> LexicalIndex:
    return LexicalIndex([Postings.of(texts)])


def test_a_score_is_the_formula_worked_out_by_hand() -> None:
    """idf = ln(1 + (2 - 1 + .5) / (1 + .5)) = ln 2; both texts are of mean length, so that the
    term's weight is 1 * 2.5 / (1 + 1.5) = 1."""
    scores = lexical(["backup daily", "laptop encrypted"]).scores(["backup"])
    assert scores.tolist() == [[pytest.approx(math.log(2)), 0.0]]


@pytest.mark.parametrize("texts", [["backup"], ["backup", "backup"], ["backup", "laptop"]])
def test_a_term_in_half_or_in_all_of_the_statements_still_scores(texts: list[str]) -> None:
    assert lexical(texts).scores(["backup"])[0, 0] > 0


def test_no_statements_at_all_give_no_scores() -> None:
    assert lexical([]).scores(["backup"]).shape == (1, 0)


@given(groups=st.lists(TEXTS, min_size=1, max_size=3), queries=TEXTS)
def test_the_matrix_gives_what_the_loop_of_bm25_gives(
    groups: list[list[str]], queries: list[str]
) -> None:
    """However the texts are grouped."""
    loop = SmallCollectionBM25([terms(text) for texts in groups for text in texts])
    index = LexicalIndex([Postings.of(texts) for texts in groups])
    found = np.concatenate([index.scores(queries, at) for at in range(len(groups))], axis=1)
    for row, query in enumerate(queries):
        expected = np.asarray(loop.get_scores(terms(query)))[: found.shape[1]]
        np.testing.assert_allclose(found[row], expected, atol=1e-6)


@given(texts=TEXTS, queries=TEXTS)
def test_a_share_lies_between_nothing_and_all(texts: list[str], queries: list[str]) -> None:
    index = lexical(texts)
    shares = index.shares(index.asked(queries), 0, slice(0, len(texts)))
    assert ((shares >= 0) & (shares <= 1)).all()


def test_words_meet_whatever_their_ending_or_case() -> None:
    assert terms("Policies, Backups and Passes") == terms("policy backup pass")


def test_words_that_only_ask_are_no_terms() -> None:
    assert terms("Do you describe how it is done?") == ["done"]
