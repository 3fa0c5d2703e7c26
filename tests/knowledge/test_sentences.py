"""Folding and sentences: what a quote is cut from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.text import fold, sentences

CUT = {  # "/" marks the cut
    "two sentences": "We encrypt data. / We back it up.",
    "numbers and versions": "It is 99.75%. / TLS v1.2, see No. 5. / NIST SP 800-88 Rev. 1 holds.",
    "abbreviations": "Tools, e.g. Okta, vs. Entra, i.e. SSO. / Ask Dr. Roe.",
    "companies": "Acme, Inc. is in Ohio. / Acme Inc. Policies apply. / We are Acme Inc. / We sell.",
    "countries": "It is in the U.S. / We say so. / The U.S. Government does not.",
    "initials": "J. R. Smith signs. / He does.",
    "addresses": "See https://a.example/b.c?d=e. / Mail x@a.example now. / Done.",
    "questions and cries": "Encrypted? / Yes! / Truly.",
    "quotes and brackets": 'He said "no." / (It is so.) / “Well.” / End.',
    "numbered steps": "1. Revoke it. / 2. Make another.",
    "stops inside a sentence": "Files (.txt, .md) and node.js are fine. / So is 2.0.",
    "lower case goes on": "We use v. large keys. iOS too",
    "colons and semicolons": "We do: this; that. / And: more.",
    "ellipsis": "And so on… / Then more... / End.",
}


@pytest.mark.parametrize("marked", CUT.values(), ids=CUT.keys())
def test_text_is_cut_between_sentences(marked):
    assert sentences(marked.replace(" / ", " ")) == tuple(marked.split(" / "))


def test_blocks_that_end_without_a_stop_are_sentences_of_their_own():
    text = "The team: • Tests backups • Reviews plans. It is so • High | 4 hours"
    assert sentences(text) == (
        "The team:", "Tests backups", "Reviews plans.", "It is so", "High | 4 hours",
    )  # fmt: skip


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_single_spaces_and_no_other_white_space(text):
    assert fold(text).split(" ") == fold(text).split() or not fold(text)


WORDS = st.lists(
    st.sampled_from(
        ["We", "do.", "Inc.", "U.S.", "e.g.", "1.", "99.5%.", '"Yes."', "(No.)", "ok", "?"]
    )
    | st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters="•|"), min_size=1)
)


@given(WORDS)
def test_sentences_joined_by_spaces_give_the_text_back(words):
    text = fold(" ".join(words))
    assert " ".join(sentences(text)) == text


@given(WORDS, st.sets(st.integers(0, 50)))
def test_every_sentence_is_verbatim_and_only_marks_stand_between(words, marks):
    for place in sorted(marks & set(range(len(words)))):
        words = [*words[:place], "•", *words[place:]]
    text = fold(" ".join(words))
    rest = text
    for sentence in sentences(text):
        between, _, rest = rest.partition(sentence)
        assert not between.strip(" •")
    assert not rest.strip(" •")
