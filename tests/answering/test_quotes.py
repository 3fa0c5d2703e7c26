"""Quotes: the statement's own words, and enough of them to be understood alone."""

from hypothesis import given
from hypothesis import strategies as st

from trustanswer.answering.quotes import spans
from trustanswer.text import fold, sentences

LIST = "Customers are responsible for: • firewalls • patches • backups. We run the rest."


def quoted(text: str, *kept: int) -> tuple[str, ...]:
    return spans(text, [at in kept for at in range(len(sentences(text)))])


def test_sentences_that_follow_one_another_are_one_quote() -> None:
    assert quoted("One is so. Two is so. Three is so.", 0, 1) == ("One is so. Two is so.",)


def test_sentences_apart_are_quotes_apart() -> None:
    assert quoted("One is so. Two is so. Three is so.", 0, 2) == ("One is so.", "Three is so.")


def test_a_list_item_is_quoted_from_the_words_that_introduce_the_list() -> None:
    assert quoted(LIST, 2) == ("Customers are responsible for: • firewalls • patches",)


def test_two_items_of_a_list_are_one_quote() -> None:
    assert quoted(LIST, 1, 3) == (
        "Customers are responsible for: • firewalls • patches • backups.",
    )


def test_a_list_without_introduction_gives_the_item_alone() -> None:
    assert quoted("Data is encrypted. • Keys are rotated", 1) == ("Keys are rotated",)


PLANS = "Feature | Basic | Pro • SSO | No | Yes • Audit log | Yes | Yes. Support is free."


def test_a_row_of_a_table_is_quoted_with_the_names_of_its_columns() -> None:
    assert quoted(PLANS, 2) == ("Feature | Basic | Pro", "Audit log | Yes | Yes.")


def test_a_label_and_its_value_stand_alone() -> None:
    assert quoted("Cipher | AES-256 • Protocol | TLS 1.3", 1) == ("Protocol | TLS 1.3",)


@given(
    text=st.text(alphabet="abAB .:•|", max_size=80).map(fold),
    kept=st.lists(st.booleans(), max_size=40),
)
def test_every_quote_is_verbatim_and_holds_what_was_kept(text: str, kept: list[bool]) -> None:
    found = sentences(text)
    chosen = (kept + [False] * len(found))[: len(found)]
    quotes = spans(text, chosen)
    assert all(quote in text for quote in quotes)
    for sentence, keep in zip(found, chosen, strict=True):
        assert not keep or any(sentence in quote for quote in quotes)
