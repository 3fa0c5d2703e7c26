"""The gist of a row: what it asks, without the guidance that comes with it."""

import pytest

from trustanswer.text import LONG, gist

GUIDANCE = "Guidance follows that explains at length. " * 20


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        ("Is data encrypted?", "Is data encrypted?"),
        ("Is  data\nencrypted?", "Is data encrypted?"),
        (f"Encrypt backups.\n\n{GUIDANCE}", "Encrypt backups."),
        (f"{GUIDANCE} Are backups encrypted? {GUIDANCE}", "Are backups encrypted?"),
        (f"Encrypt backups. {GUIDANCE}", "Encrypt backups."),
        ("Use <a href='https://x.example/y'>keys</a>.", "Use keys ."),
    ],
)
def test_a_row_is_asked_by_its_gist(row: str, asks: str) -> None:
    assert gist(row) == asks


def test_a_row_that_is_all_one_sentence_is_kept() -> None:
    row = " ".join(["word"] * (LONG + 20)) + "."
    assert gist(row) == row
