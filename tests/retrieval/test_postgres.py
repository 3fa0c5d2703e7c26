"""The index in PostgreSQL finds what the embedded one finds."""

from collections.abc import Iterator, Sequence

import psycopg
import pytest

from tests.retrieval.test_index import question, statement
from tests.retrieval.test_segments import Hashing, many
from tests.review.conftest import fresh, postgres  # noqa: F401  # a fixture
from trustanswer.errors import StoreError
from trustanswer.model import Candidate
from trustanswer.retrieval import Index, PostgresIndex, offered

STATEMENTS = many(1500)
ASKED = [question(s.text.split(". ")[0] + "?", section="Audit") for s in STATEMENTS[::50]]


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    with fresh(request.getfixturevalue("postgres")) as made:
        yield made


@pytest.fixture(scope="module")
def index(url: str) -> PostgresIndex:
    return PostgresIndex(STATEMENTS, Hashing(), url)


def shared(found: Sequence[Candidate], expected: Sequence[Candidate]) -> float:
    ids = {candidate.statement.id for candidate in expected}
    return len(ids & {candidate.statement.id for candidate in found}) / len(ids)


def test_the_five_nearest_are_those_of_the_embedded_index_with_the_same_scores(
    index: PostgresIndex,
) -> None:
    expected = Index(STATEMENTS, Hashing()).search(ASKED, 5)
    found = index.search(ASKED, 5)
    recalls = [shared(*pair) for pair in zip(found, expected, strict=True)]
    assert sum(recalls) / len(recalls) >= 0.98
    for mine, theirs in zip(found, expected, strict=True):
        if mine[0].statement == theirs[0].statement:
            assert mine[0].scores == pytest.approx(theirs[0].scores, abs=1e-5)


def test_a_questionnaire_of_any_length_is_asked_at_once(url: str) -> None:
    few = STATEMENTS[:5]
    asked = [question("Is it so?" if at % 2 else f"{few[at % 5].text}") for at in range(1500)]
    found = PostgresIndex(few, Hashing(), url).search(asked, 2)
    assert [len(each) for each in found] == [2] * 1500


def test_what_was_put_in_once_is_not_embedded_again(index: PostgresIndex, url: str) -> None:
    again = Hashing()
    PostgresIndex(STATEMENTS, again, url)
    assert again.asked == 0
    PostgresIndex([*STATEMENTS, statement("Section > New", "A new one.")], again, url)
    assert again.asked == 1


def test_another_knowledge_base_in_the_same_database_is_not_found(
    index: PostgresIndex, url: str
) -> None:
    few = STATEMENTS[:3]
    found = PostgresIndex(few, Hashing(), url).search(ASKED[:2], 5)
    assert found == Index(few, Hashing()).search(ASKED[:2], 5)


def test_any_text_can_be_put_in_and_asked_for(url: str) -> None:
    odd = [
        statement("It's > O’Neill's \\ 'quoted'", "Don't:* & | ! <-> \\' tab\tnew $1 {base} %s."),
        statement("Lang > Sehr", "verschlüsselung" * 60 + " データ"),
    ]
    for text in ("O’Neill's don't \\ {base} %s & | !", "the", "verschlüsselung" * 60):
        (found,) = PostgresIndex(odd, Hashing(), url).search([question(text)], 2)
        assert len(found) == 2


@pytest.mark.parametrize(("statements", "questions"), [(0, 1), (3, 0)])
def test_nothing_to_search_or_to_ask_finds_nothing(
    url: str, statements: int, questions: int
) -> None:
    few = PostgresIndex(STATEMENTS[:statements], Hashing(), url)
    assert few.search(ASKED[:questions], 5) == [()] * questions


def test_a_database_that_can_search_is_told_from_others(url: str) -> None:
    assert offered(url)
    assert not offered("")
    assert not offered("sqlite:///reviews.db")


def test_a_server_that_is_not_there_is_named_in_one_line() -> None:
    with pytest.raises(StoreError, match="cannot be used") as failure:
        offered("postgresql://nobody@127.0.0.1:9/none")
    assert "\n" not in str(failure.value)


def test_tables_that_somebody_emptied_fill_again(index: PostgresIndex, url: str) -> None:
    expected = index.search(ASKED[:2], 5)
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("truncate search_statements, search_bases, search_members, search_terms")
    assert PostgresIndex(STATEMENTS, Hashing(), url).search(ASKED[:2], 5) == expected
