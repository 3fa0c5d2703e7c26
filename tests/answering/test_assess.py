"""Which candidates are read closely, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from trustanswer.answering import assess, draft_all
from trustanswer.answering.assess import (
    OPEN,
    READ,
    assess_all,
    glanced,
    judged,
    open_ones,
    weighed,
)
from trustanswer.answering.judgement import Case, Judgement
from trustanswer.answering.judging import judge_all
from trustanswer.answering.relevance import Effect, read_features, vetoed
from trustanswer.answering.together import completed
from trustanswer.answering.trained import trained
from trustanswer.model import Candidate, Question, Statement, Status, Verdict
from trustanswer.ports import Floats

NEARNESS = (
    "whole",
    "sentence",
    "title",
    "context",
    "lexical",
    "whole_rel",
    "sentence_rel",
    "fused",
)


@dataclass
class Reader:
    """A reader that finds the same in every passage, and remembers what it was given."""

    logits: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    given: list[tuple[str, str]] = field(default_factory=list)

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        self.given += pairs
        return np.tile(np.array(self.logits, dtype=np.float32), (len(pairs), 1))


def sure_of(effect: Effect, probability: float) -> Reader:
    """A reader that gives an effect this probability, and the others what is left alike."""
    found = np.full(len(Effect), (1 - probability) / (len(Effect) - 1))
    found[effect] = probability
    return Reader(tuple(np.log(found)))


def question(text: str, *, prefilled: bool = False, parent: str | None = None) -> Question:
    return Question(None, 1, None, None, None, text, parent=parent, prefilled=prefilled)


def candidate(text: str, title: str = "Security", near: float = 0.7) -> Candidate:
    statement = Statement(title, (title,), text, "trust.md", (1, 1))
    return Candidate(statement, dict.fromkeys(NEARNESS, near), ((text, near),))


MFA = candidate("All employees sign in with multi-factor authentication.", "Access")
ASKED = question("Do your employees use multi-factor authentication?")
MODELS = trained()


def test_no_more_candidates_are_read_than_a_reviewer_would_look_at() -> None:
    reader = Reader()
    many = [
        candidate(f"Employees use multi-factor authentication on system {n}.", f"Access {n}")
        for n in range(10)
    ]
    list(assess_all([ASKED], [many], MODELS.models, judge_all, reader))
    assert 0 < len(reader.given) <= READ


def test_what_is_far_from_the_question_is_not_even_judged() -> None:
    given: list[Case] = []

    def judge(cases: Sequence[Case]) -> list[Judgement]:
        given.extend(cases)
        return judge_all(cases)

    far = [candidate("Lunch is served at noon.", f"Kitchen {n}", near=0.0) for n in range(3)]
    list(assess_all([ASKED], [[MFA, *far]], MODELS.models, judge, Reader()))
    assert [each.statements for each in given] == [(MFA.statement,)]


def test_the_nearest_is_judged_however_far_it_is() -> None:
    far = candidate("Lunch is served at noon.", "Kitchen", near=0.0)
    ((found,),) = assess_all([ASKED], [[far]], MODELS.models, judge_all, Reader())
    assert found.candidate is far


def test_what_says_nothing_at_the_first_look_is_not_read() -> None:
    far = candidate("Lunch is served at noon.", "Kitchen", near=0.0)
    rows = judged([ASKED], glanced([[far]]), judge_all)
    ((seen,),) = weighed(rows, MODELS.models.first)
    assert 1 - seen.effects[Effect.NOTHING] < OPEN
    assert open_ones([seen]) == []


def test_a_question_is_read_behind_its_lead_in() -> None:
    reader = Reader()
    child = question("for your employees?", parent="Is multi-factor authentication in force")
    list(assess_all([child], [[MFA]], MODELS.models, judge_all, reader))
    asked = {asked for asked, _ in reader.given}
    assert asked == {"Is multi-factor authentication in force for your employees?"}


def test_a_prefilled_question_is_not_read() -> None:
    reader = Reader()
    (draft,) = draft_all([question("MFA?", prefilled=True)], [()], MODELS, judge_all, reader)
    assert draft.status is Status.PREFILLED
    assert reader.given == []


def test_the_closer_look_changes_how_sure_a_draft_is() -> None:
    def confidence(*logits: float) -> float:
        reader = Reader(logits)  # type: ignore[arg-type]
        ((best,),) = assess_all([ASKED], [[MFA]], MODELS.models, judge_all, reader)
        return float(best.effects[Effect.FULL])

    assert confidence(-3, -1, 4, -3) > confidence(4, -1, -3, -3)


@pytest.mark.parametrize(("full", "heard"), [(0.6, False), (0.8, True)])
def test_where_the_specific_thing_is_missing_only_a_sure_reader_is_heard(
    full: float, heard: bool
) -> None:
    stated = candidate("Data is kept as long as the customer says.", "Retention")
    asked = [question("How long do you keep our data?")]
    reader = sure_of(Effect.FULL, full)
    ((best,),) = assess_all(asked, [[stated]], MODELS.models, judge_all, reader)
    assert reader.given
    assert (best.effects[Effect.FULL] > 0) == heard


NOT_FOR_THEM = "Contractors do not use multi-factor authentication."
OUTSIDE = "Card payments are out of scope of the service."


@pytest.mark.parametrize(
    ("asked", "stated", "denies", "kept"),
    [
        pytest.param(ASKED.text, MFA.statement.text, 0.4, False, id="nothing bears it out"),
        pytest.param(ASKED.text, MFA.statement.text, 0.9, True, id="the reader is sure"),
        pytest.param("Do contractors use MFA?", NOT_FOR_THEM, 0.05, False, id="the rules alone"),
        pytest.param("Do contractors use MFA?", NOT_FOR_THEM, 0.2, True, id="both, less surely"),
        pytest.param("Any shared admin logins?", "Each account belongs to one person.", 0.01, True,
                     id="undesirable"),
        pytest.param("Provide the report on card payments.", OUTSIDE, 0.01, True,
                     id="out of scope"),
    ],
)  # fmt: skip
def test_a_denial_needs_a_ground(asked: str, stated: str, denies: float, kept: bool) -> None:
    reader = sure_of(Effect.DENIES, denies)
    near = [[candidate(stated)]]
    ((best,),) = assess_all([question(asked)], near, MODELS.models, judge_all, reader)
    assert reader.given
    assert (best.effects[Effect.DENIES] > 0) == kept
    assert best.effects.sum() == pytest.approx(1)


def test_what_an_open_amount_takes_from_a_full_answer_is_a_part_half_of_the_time() -> None:
    near = [[candidate("Backups are kept.")]]
    ((one,),) = judged([question("Are backups kept for 90 days?")], glanced(near), judge_all)
    figures = {**one.figures, **read_features(np.zeros((1, 4)), 0)}
    assert vetoed(np.array([0.1, 0.1, 0.8, 0.0]), figures) == pytest.approx([0.5, 0.5, 0.0, 0.0])


@pytest.mark.parametrize("read_as", [Effect.FULL, Effect.NOTHING])
def test_what_falls_short_of_the_amount_asked_for_is_denied_however_it_is_read(
    read_as: Effect,
) -> None:
    asked = [question("Are backups kept for at least 90 days?")]
    near = [[candidate("Backups are kept for 30 days.")]]
    (draft,) = draft_all(asked, near, MODELS, judge_all, sure_of(read_as, 0.97), 0.0)
    assert draft.verdict is Verdict.NO


@pytest.mark.parametrize(
    ("asked", "stated", "flagged"),
    [
        ("Is shadow IT discovered?", "We look for software that nobody has registered.", True),
        ("Is unregistered software looked for?", "We look for unregistered software.", False),
    ],
)
def test_a_full_answer_that_only_the_models_find_is_not_approved_unread(
    asked: str, stated: str, flagged: bool
) -> None:
    near = [[candidate(stated)]]
    reader = sure_of(Effect.FULL, 0.97)
    (draft,) = draft_all([question(asked)], near, MODELS, judge_all, reader, 0.0)
    assert draft.verdict is Verdict.YES
    assert ("read closely" in [flag.kind for flag in draft.flags]) == flagged
    assert draft.plain != flagged


@pytest.mark.parametrize(("probability", "flagged"), [(0.9, False), (0.2, True)])
def test_words_that_no_reader_takes_for_an_answer_are_not_approved_unread(
    probability: float, flagged: bool
) -> None:
    near = [[candidate("Incidents are reported in our security channel.")]]
    asked = [question("How are security incidents reported?")]
    reader = sure_of(Effect.FULL, probability)
    (draft,) = draft_all(asked, near, MODELS, judge_all, reader, 0.0)
    assert draft.verdict is Verdict.TEXT
    assert ("read closely" in [flag.kind for flag in draft.flags]) == flagged


def test_what_is_asked_besides_and_not_told_leaves_a_part_whatever_a_reader_says() -> None:
    near = [[candidate("Customer data is backed up.")]]
    asked = [question("Is customer data backed up, and how often?")]
    reader = sure_of(Effect.FULL, 0.97)
    (draft,) = draft_all(asked, near, MODELS, judge_all, reader, 0.0)
    assert draft.verdict is Verdict.PARTIAL
    assert draft.missing == ("how often",)


@pytest.mark.parametrize(("nearest", "quoted"), [(0.8, 2), (0.55, 1)])
def test_a_sentence_far_nearer_than_those_that_the_rules_point_at_is_quoted_too(
    nearest: float, quoted: int
) -> None:
    pointed, other = "Employees use multi-factor authentication.", "Passkeys come with it."
    text = f"{pointed} We like tea. {other}"
    statement = Statement("s", ("Access",), text, "trust.md", (1, 1))
    sentences = ((pointed, 0.5), ("We like tea.", 0.1), (other, nearest))
    near = [[Candidate(statement, dict.fromkeys(NEARNESS, 0.7), sentences)]]
    (draft,) = draft_all([ASKED], near, MODELS, judge_all, sure_of(Effect.FULL, 0.97), 0.0)
    assert [citation.quote for citation in draft.citations] == [pointed, other][:quoted]


@pytest.mark.parametrize(
    ("title", "asked", "verdict"),
    [
        ("Access", "Do your employees use passkeys?", Verdict.YES),
        ("Roadmap", "Do your employees use passkeys?", Verdict.NONE),
        ("Roadmap", "Are passkeys for employees on the roadmap?", Verdict.YES),
    ],
)
def test_no_reader_takes_what_is_on_the_roadmap_for_what_is_there(
    title: str, asked: str, verdict: Verdict
) -> None:
    near = [candidate("Passkeys for all employees.", title)]
    reader = sure_of(Effect.FULL, 0.97)
    (draft,) = draft_all([question(asked)], [near], MODELS, judge_all, reader)
    assert draft.verdict is verdict


@pytest.mark.parametrize("place", [0, 1])
def test_log_probabilities_of_a_pair_and_its_distance_to_the_best(place: int) -> None:
    logits = np.log(np.array([[0.2, 0.1, 0.6, 0.1], [0.8, 0.1, 0.05, 0.05]]))
    found = read_features(logits, place)
    assert found["read_full"] == pytest.approx(np.log((0.6, 0.05)[place]))
    assert found["read_gap"] == pytest.approx((0.0, np.log(0.2 / 0.8))[place])


def test_a_long_questionnaire_is_assessed_as_a_short_one_is_question_by_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(assess, "PORTION", 7)
    cycle = [ASKED, question("Is lunch served?"), question("MFA?"), question("", prefilled=True)]
    asked = [cycle[at % 4] for at in range(24)]
    near = [() if q.prefilled else (MFA,) for q in asked]

    def found(some: Sequence[Question], of_it: Sequence[Sequence[Candidate]]) -> list[list[float]]:
        every = assess_all(some, of_it, MODELS.models, judge_all, Reader())
        return [[x for a in one for x in a.effects] for one in every]

    alone = [found([q], [of_it])[0] for q, of_it in zip(cycle, near[:4], strict=True)]
    # But for the last digits: a matrix is multiplied in another order than a row.
    for at, effects in enumerate(found(asked, near)):
        assert effects == pytest.approx(alone[at % 4], abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "otherwise"),
    [
        ("is tested", "of backups is tested once a year", ("every quarter",)),
        ("is tested once a year", "of backups is tested", ("every quarter",)),
        ("is tested every quarter", "of backups of the archive is tested once a year", ()),
    ],
)
def test_of_two_statements_the_second_may_give_an_interval_otherwise_not_the_one_the_first_gives(
    first: str, second: str, otherwise: tuple[str, ...]
) -> None:
    asked = question(
        "Is the restoration of backups tested every quarter, are backups encrypted, "
        "are results reported to the board, and does KPMG audit them?"
    )
    near = [
        candidate(f"Results are reported to the board. The restoration of backups {first}.", "One"),
        candidate(f"Backups are encrypted. The restoration {second}.", "Other"),
    ]
    rows = judged([asked], glanced([near]), judge_all)
    ((best, other),) = weighed(rows, MODELS.models.first)
    both = completed(asked, best, [other], judge_all)
    assert both is not None
    assert both[0].judgement.missing == ("does KPMG audit them",)
    assert both[0].judgement.contradicted == otherwise
