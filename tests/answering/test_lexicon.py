"""The lexicon reads the field's words, and knows what implies what and what does not."""

from __future__ import annotations

import pytest

from trustanswer.answering import lexicon
from trustanswer.answering.lexicon import Weight, stated, terms
from trustanswer.answering.words import stem, table


def keys(text: str) -> frozenset[str]:
    return stated(key for term in terms(text) for key in term.keys)


@pytest.mark.parametrize(
    ("one", "other", "concept"),
    [
        ("MFA", "two-factor authentication", "mfa"),
        ("DSAR", "data subject requests", "dsar"),
        ("pen test", "penetration testing", "pentest"),
        ("BYOK", "customer-managed keys", "cmk"),
        ("SCCs", "Standard Contractual Clauses", "scc"),
        ("leavers", "departing personnel", "leaver"),
        ("uptime", "availability", "availability"),
        ("AES256", "AES-256", "aes256"),
        ("data centre", "data centers", "data_center"),
    ],
)
def test_ways_to_write_one_thing_are_one_concept(one: str, other: str, concept: str) -> None:
    assert concept in keys(one)
    assert concept in keys(other)


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("AES-256", "encryption"),
        ("a FIDO2 security key", "MFA"),
        ("SAML 2.0", "single sign-on"),
        ("bcrypt", "salted hashing"),
        ("ISO 27001", "ISMS"),
        ("EDR", "anti-malware"),
    ],
)
def test_what_implies_another_states_it_but_not_the_other_way_round(
    stronger: str, weaker: str
) -> None:
    assert keys(weaker) & keys(stronger)
    assert not keys(stronger) <= keys(weaker)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RTO", "RPO"),
        ("ISO 27001", "ISO 27701"),
        ("SOC 1", "SOC 2"),
        ("penetration test", "vulnerability scan"),
        ("SAST", "DAST"),
        ("UK addendum", "standard contractual clauses"),
        ("phishing test", "security training"),
        ("encryption", "customer-managed keys"),
    ],
)
def test_neighbours_do_not_state_each_other(one: str, other: str) -> None:
    meant = frozenset().union(*(t.keys for t in terms(one)))
    assert not meant & keys(other)


def test_scopes_of_one_list_exclude_one_another() -> None:
    (staff,) = (t for t in terms("employees") if t.apart)
    (contractors,) = (t for t in terms("contractors") if t.apart)
    assert staff.apart == contractors.apart
    assert not staff.keys & stated(contractors.keys)


def test_names_weigh_most_and_boilerplate_nothing() -> None:
    weights = {t.text: t.weight for t in terms("Is the service listed on HackerOne?")}
    assert weights["HackerOne"] is Weight.NAMED
    assert weights["service"] is Weight.BOILERPLATE


def test_a_misspelt_word_of_the_field_is_read_as_meant() -> None:
    assert keys("encyption") == keys("encryption")


def test_a_concept_is_found_though_small_words_stand_between() -> None:
    assert "access_review" in keys("Access rights are reviewed.")


def test_evidence_may_put_a_concept_in_another_order() -> None:
    assert "access_review" in lexicon.scattered("Managers review who has access.")


@pytest.mark.parametrize("family", ["policy policies", "encrypt encryption encrypted",
                                    "vulnerability vulnerabilities", "color colours"])  # fmt: skip
def test_inflections_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_authority_and_authorisation_keep_apart() -> None:
    assert stem("authorities") == stem("authority") != stem("authorisation")


def test_every_area_names_its_source_and_every_implication_exists() -> None:
    areas = table()
    names = {n for content in areas.values() for n, c in content.items() if isinstance(c, dict)}
    for area, content in areas.items():
        assert content["source"], area
        concepts = [c for c in content.values() if isinstance(c, dict)]
        assert {i for c in concepts for i in c.get("implies", ())} <= names, area


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Are code changes reviewed?", True),
        ("Is it defined as code, and are changes reviewed?", False),
        ("It is code. Changes are reviewed.", False),
    ],
)
def test_no_term_goes_from_one_clause_into_the_next(text: str, one: bool) -> None:
    spans = [term.text for term in terms(text) if "ode" in term.text]
    assert any("hange" in span for span in spans) == one
