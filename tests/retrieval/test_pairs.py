"""The cross-encoder that comes with the package, and what its scores hang on."""

from trustanswer.answering.trained import trained
from trustanswer.retrieval import CrossEncoder

PAIR = ("Are backups encrypted?", "Backups: Backups are encrypted with AES-256.")
OTHERS = [
    ("Describe your access reviews.", "Access: " + "Managers review access every quarter. " * n)
    for n in range(1, 9)
]


def test_what_a_pair_scores_does_not_hang_on_what_is_read_beside_it() -> None:
    def score(*pairs: tuple[str, str]) -> list[float]:
        return CrossEncoder(trained().cross_encoder, None).read([*pairs])[0].tolist()

    assert score(PAIR, *OTHERS) == score(PAIR)


def test_no_pairs_have_no_scores() -> None:
    assert CrossEncoder(trained().cross_encoder, None).read([]).shape == (0, 4)
