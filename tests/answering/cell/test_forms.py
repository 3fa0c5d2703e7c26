"""What a form puts around a question is no part of it; what narrows a question is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Command
from trustanswer.answering.cell import as_asked, read_cells
from trustanswer.model import Question
from trustanswer.pipeline import Settings
from trustanswer.pipeline.filling import drafted
from trustanswer.pipeline.settings import load_knowledge

ASKED = "Is customer data encrypted at rest?"


def question(text: str, section: str | None = None, parent: str | None = None) -> Question:
    return Question(None, 1, None, None, None, text, section, parent)


def read(text: str) -> str:
    return as_asked([question(text)])[0].text


DRESSED = [
    f"IAM-02.1 {ASKED}",
    f"A&A-01.1 {ASKED}",
    f"[A.9.2.3] {ASKED}",
    f"3.2.1 {ASKED}",
    f"2.4 (b) {ASKED}",
    f"Q14: {ASKED}",
    f"#12 {ASKED}",
    f"Security Requirement - {ASKED}",
    f"[Mandatory] {ASKED}",
    f"(HIGH) {ASKED}",
    f"Weight 8/10: {ASKED}",
    f"Kindly confirm: {ASKED}",
    f"Dear partner, {ASKED}",
    f"{ASKED} (Y/N)",
    f"{ASKED} [Yes/No/Partially]",
    f"{ASKED} Yes / No / N/A",
    f"{ASKED} (Ja / Nein)",
    f"{ASKED}   ☐ Yes ☐ No",
    f"{ASKED} [ ] Yes [ ] No",
    f"{ASKED} 0 = no, 1 = in part, 2 = yes",
    f"{ASKED} Response: Yes/No",
    f"{ASKED} Please describe.",
    f"{ASKED} If yes, please describe. If no, please explain and give a target date.",
    f"{ASKED} Please provide supporting evidence.",
    f"{ASKED} Certificate to be enclosed.",
    f"{ASKED} If N, state planned date.",
    f"{ASKED} (max. 100 words)",
    f"{ASKED} (ISO 27001 A.8.24)",
    f"{ASKED} Ref: NIST PR.DS-1",
    f"{ASKED} [GDPR Art. 32]",
    f"{ASKED} (cf. ISO/IEC 27002, 8.24)",
    f"{ASKED} Partial fulfilment must be explained in the column “Remarks”.",
    f"{ASKED}\nGuidance: answer for the service that is offered.",
    f"{ASKED}\nWhy we ask: our auditors want to know.",
    f"{ASKED}\nWe ask because of our regulator.",
    f"{ASKED}<br/>(Yes&nbsp;/&nbsp;No)",
    f"<p>{ASKED}</p>",
    f"We keep our own files on paper. {ASKED[:-1]}, and how is that done for our branches?",
    ASKED.upper(),
]


@pytest.mark.parametrize("text", DRESSED[:-2])
def test_what_is_for_the_reader_of_the_form_is_left_out(text: str) -> None:
    assert read(text) == ASKED


def test_capitals_make_no_names() -> None:
    assert read(ASKED.upper()) == ASKED


def test_what_the_asker_tells_of_itself_is_left_out() -> None:
    assert read(DRESSED[-2]).startswith("Is customer data")


KEPT = [
    "Is MFA enforced (mandatory)?",
    "Is data encrypted (AES-256)?",
    "Is traffic encrypted (TLS 1.2)?",
    "Are you certified (ISO 27001)?",
    "Are passwords hashed (SHA-256)?",
    "Do you test? If yes, how often?",
    "Do you use tokens? If yes, describe the make of the tokens.",
    "Describe your policy.",
    "Please describe how you encrypt data.",
    "Provide evidence.",
    "Will you provide your latest report?",
    "Is data encrypted? Note: this includes backups.",
    "Is data encrypted? Note: EU region.",
    "Is data encrypted?\nNote: customer data in AWS",
    "Do you have the following: a firewall, an IDS?",
    "Laptops: are they encrypted?",
    "Backups: is data encrypted, and are restores of data tested every year?",
    "SOC 2 - do you have a report, and can you share it?",
    "We are on the Gold plan. Can we keep our logs for one whole year?",
    "2FA?",
    "AES-256?",
    "C5 attestation available?",
    "SOC 2 Type II report?",
    "Subprocessors (link)",
    "Are copies kept for 3 years?",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_asked_for_stays(text: str) -> None:
    assert read(text) == " ".join(text.split())


def test_items_below_a_question_are_part_of_it() -> None:
    found = read("Which of these do you use?\n(a) firewalls\n(b) scanners\nPlease give details.")
    assert found == "Which of these do you use? (a) firewalls (b) scanners"


def test_a_heading_that_the_question_repeats_goes_to_the_section() -> None:
    (found,) = as_asked([question("Encryption: is all data encrypted?", section="Data")])
    assert (found.text, found.section) == ("Is all data encrypted?", "Data: Encryption")


def test_an_abbreviation_that_is_only_explained_is_left_out() -> None:
    assert read("Is there a security operations center (SOC) at night?") == (
        "Is there a security operations center at night?"
    )
    assert read("Is a SIEM (Splunk) in use?") == "Is a SIEM (Splunk) in use?"


def test_a_line_above_that_names_nothing_is_left_out_where_a_question_is_whole() -> None:
    lead = "Please answer the following questions:"
    assert as_asked([question(ASKED, parent=lead)])[0].parent is None
    assert as_asked([question("encrypt data at rest", parent="Do you:")])[0].parent == "Do you:"
    told = "With regard to backups:"
    assert as_asked([question(ASKED, parent=told)])[0].parent == told


def test_what_stands_in_many_cells_is_the_forms_own() -> None:
    subjects = ("laptops", "servers", "backups", "databases")
    cells = [f"WBS/{n:03}  Are {what} encrypted?  Stand: offen.  (xx / yy)"
             for n, what in enumerate(subjects, start=1)]  # fmt: skip
    found = as_asked([question(cell) for cell in cells])
    assert [one.text for one in found] == [f"Are {what} encrypted?" for what in subjects]


def test_a_line_that_only_breaks_a_sentence_stands_for_nothing() -> None:
    done = ("patch servers", "scan laptops", "keep logs", "test plans")
    cells = [f"Are processes and measures defined, and\nevaluated to {it}\n(e.g., {it} now)?"
             for it in done]  # fmt: skip
    found = as_asked([question(cell) for cell in cells])
    assert [one.text for one in found] == [" ".join(cell.split()) for cell in cells]


def test_a_scope_that_stands_in_many_cells_stays() -> None:
    subjects = ("patched", "scanned", "monitored", "hardened")
    cells = [f"Are servers {done} (production only)?" for done in subjects]
    assert [one.text for one in as_asked([question(cell) for cell in cells])] == cells


def test_a_request_to_attach_something_is_left_to_a_person() -> None:
    cells = [f"{ASKED} If yes, please attach the policy.", f"{ASKED} Please describe."]
    asking, plain = read_cells([question(cell) for cell in cells])
    (flag,) = asking.flags
    assert flag.kind == "also asks"
    assert "attach the policy" in flag.detail
    assert plain.flags == ()


def test_the_draft_is_that_of_the_bare_question(root: Path) -> None:
    settings = Settings(knowledge=root / "knowledge")
    knowledge = load_knowledge(settings)
    (bare,), _ = drafted([question(ASKED)], knowledge, settings)
    assert bare.citations
    for text in DRESSED:
        (draft,), _ = drafted([question(text)], knowledge, settings)
        assert draft.question.text == text
        if read(text) == ASKED:
            flags = tuple(flag for flag in draft.flags if flag.kind != "also asks")
            assert replace(draft, question=bare.question, flags=flags, band=bare.band) == bare


def test_the_file_and_the_report_keep_the_cell_as_it_was(trustanswer: Command, root: Path) -> None:
    report = json.loads(trustanswer("ask", DRESSED[0], "-k", root / "knowledge", "--json").out)
    assert report["question"] == DRESSED[0]
    assert report["verdict"] == "yes"


@given(st.text(alphabet="aAI9 .,:;?!()[]/-_|&<>\n☐", max_size=80))
def test_any_text_leaves_something_to_ask(text: str) -> None:
    found = read(text)
    assert found.strip() or not text.strip()
