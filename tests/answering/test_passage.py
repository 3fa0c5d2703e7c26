"""What a cross-encoder gets to read."""

from tests.retrieval.test_index import question, statement
from trustanswer.answering.passage import LENGTH, pair, passage
from trustanswer.model import Candidate
from trustanswer.ports import PAIR


def candidate(*sentences: tuple[str, float]) -> Candidate:
    text = " ".join(words for words, _ in sentences)
    return Candidate(statement("Policy", text), {}, sentences)


def test_a_passage_keeps_the_sentence_that_answers_however_late_it_stands() -> None:
    filler = [(f"The policy has a chapter {n} about office plants.", 0.1) for n in range(60)]
    text = passage(candidate(*filler, ("Backups are taken every night.", 0.8)))
    assert text.endswith("Backups are taken every night.")
    assert len(text) <= LENGTH + len("Policy: ")


def test_a_passage_keeps_the_order_of_its_sentences() -> None:
    text = passage(candidate(("First.", 0.2), ("Second.", 0.9), ("Third.", 0.5)))
    assert text == "Policy: First. Second. Third."


def test_a_sentence_longer_than_any_passage_is_kept_alone() -> None:
    assert passage(candidate(("w " * LENGTH, 0.9), ("Short.", 0.1))) == f"Policy: {'w ' * LENGTH}"


def test_a_child_row_is_read_behind_its_lead_in() -> None:
    asked = question("(a) stored hashed?", parent="Are passwords")
    assert (
        pair(asked, candidate(("Yes.", 1.0)))
        == f"Are passwords (a) stored hashed?{PAIR}Policy: Yes."
    )
