"""Phrases in a text: found one by one as one expression of all of them would find them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from trustanswer.workbook.vocabulary import _Phrases

WORDS = st.text("ab", min_size=1, max_size=2)
PHRASES = st.lists(
    st.lists(st.one_of(WORDS, WORDS.map(lambda word: f"{word}*")), min_size=1, max_size=3).map(
        " ".join
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
TEXTS = st.text("ab .-", max_size=20)


@given(PHRASES, TEXTS)
def test_the_longest_phrase_of_a_place_is_found_and_none_within_another(
    phrases: list[str], text: str
) -> None:
    together = "|".join(
        re.escape(phrase).replace(r"\*", r"\w*") + ("" if phrase.endswith("*") else r"\b")
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    expected = re.compile(rf"\b(?:{together})")
    found = _Phrases(phrases)
    assert [m.span() for m in found.found(text)] == [m.span() for m in expected.finditer(text)]
    assert found.holds(text) == (expected.search(text) is not None)
    assert found.starts(text) == (expected.match(text) is not None)
    assert found.taken_out(text) == expected.sub(" ", text)
    assert found.longest(text) == max((len(m[0]) for m in expected.finditer(text)), default=0)


def test_a_phrase_ends_with_its_word_unless_a_star_stands_for_more_letters() -> None:
    assert not _Phrases(["answer"]).holds("answers")
    assert _Phrases(["answer*"]).holds("answers")
    assert not _Phrases(["answer*"]).holds("reanswers")
