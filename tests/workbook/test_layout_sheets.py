# ruff: noqa: E501 -- a row of a drawing is a line
"""Sheets beside the questionnaire: what is no vendor's to fill stays untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.drawn import Drawing, asked, drawing, write
from trustanswer.errors import LayoutError
from trustanswer.workbook import read_questionnaire

FORM = drawing(
    """
    h | **No.** | **Question** | **Answer** | **Comments**
    ? | 1 | Is access reviewed each quarter? | [Yes,No] |
    ? | 2 | Do users have unique accounts? | [Yes,No] |
    ? | 3 | Are firewalls in place? | [Yes,No] |
    """,
    "Questionnaire",
)

ASIDE = {
    "Instructions": """
        . | **Instructions**
        . | Complete every row of the questionnaire. Select an answer from the list.
        . | Describe in the comments how each control is implemented.
        . | What happens next? We review your answers within two weeks.
        . | Do you have questions? Write to security@buyer.example
        """,
    "Glossary": """
        . | **Term** | **Definition**
        . | MFA | Multi-factor authentication: at least two proofs of who somebody is.
        . | Critical system | A system whose failure would harm the service.
        """,
    "Change log": """
        . | **Question ID** | **Question** | **Type of change** | **Description**
        . | 1 | Is access reviewed each quarter? | Edited | Made the interval explicit.
        . | 2 | Do users have unique accounts? | New | Added.
        """,
    "Lists": """
        . | **Answers** | **Domains** | **Status**
        . | Yes | Access | Open
        . | No | Network | Closed
        . | N/A | People | In progress
        """,
    "Mapping": """
        . | **ID** | **Question** | **ISO 27001** | **NIST CSF** | **SOC 2**
        . | 1 | Is access reviewed each quarter? | A.5.18 | PR.AA-05 | CC6.3
        . | 2 | Do users have unique accounts? | A.5.16 | | CC6.1
        . | 3 | Are firewalls in place? | A.8.20 | PR.IR-01 |
        """,
    "Analyst report": """
        . | **ID** | **Question** | **Vendor answer** | **Compliant?** | **Analyst notes**
        . | 1 | =Is access reviewed each quarter? | =Yes | [Yes,No] |
        . | 2 | =Do users have unique accounts? | =No | [Yes,No] |
        . | 3 | =Are firewalls in place? | =Yes | [Yes,No] |
        """,
    "Scores": """
        . | **Report sections** | **Max score** | **Score** | **Score %**
        . | Access | 20 | =10 | =0.5
        . | Network | 40 | =30 | =0.75
        """,
    "FAQ": """
        . | **Question** | **Answer**
        . | Who fills this questionnaire? | A person who knows the security of the service.
        . | How long may an answer be? | As long as it needs to be, within reason.
        . | When is it due? | Two weeks after you have received it.
        """,
    "Evaluation": """
        . | **ID** | **Question** | **Evaluation by our security team** | **Risk rating**
        . | 1 | Is access reviewed each quarter? | | [Low,High]
        . | 2 | Do users have unique accounts? | | [Low,High]
        . | 3 | Are firewalls in place? | | [Low,High]
        """,
    "Maturity levels": """
        . | **Level** | **Value** | **Documentation** | **Implementation**
        . | Initial | 1 | Nothing is documented. | Nothing is implemented.
        . | Defined | 3 | Processes are documented and approved. | Processes are implemented.
        """,
    "Reasons": """
        . | **ID** | **Question** | **Reason for question** | **Follow-up inquiries**
        . | 1 | Is access reviewed each quarter? | Access that is not reviewed grows. | Ask for records.
        . | 2 | Do users have unique accounts? | Shared accounts hide who did what. |
        """,
    "Contacts": """
        . | **Role** | **Name** | **E-mail**
        . | Buyer | Jo Miller | jo@buyer.example
        . | Security | Kim Lee | kim@buyer.example
        """,
}


@pytest.mark.parametrize("name", ASIDE)
def test_a_sheet_beside_the_questions_is_left_alone(name: str, tmp_path: Path) -> None:
    aside = drawing(ASIDE[name], name)
    found = read_questionnaire(write(tmp_path / "book.xlsx", FORM, aside))
    assert asked(found, name) == []
    assert asked(found, FORM.name) == FORM.asking
    assert [o.row for o in found.others if o.sheet == name] == sorted(aside.others)


@pytest.mark.parametrize("name", ["Instructions", "Glossary", "Change log", "Lists", "Mapping"])
def test_a_workbook_without_questions_says_so_in_one_line(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "book.xlsx", drawing(ASIDE[name], name))
    with pytest.raises(LayoutError, match=r"no questions found.*--mapping") as failure:
        read_questionnaire(path)
    assert "\n" not in str(failure.value)


def test_rows_of_a_hidden_sheet_are_not_for_the_vendor(tmp_path: Path) -> None:
    hidden = Drawing("Staff", FORM.rows)
    found = read_questionnaire(write(tmp_path / "book.xlsx", FORM, hidden, hidden=("Staff",)))
    assert asked(found, "Staff") == []
    assert {o.reason for o in found.others if o.sheet == "Staff"} == {"not for the vendor"}


def test_each_sheet_has_its_own_columns(tmp_path: Path) -> None:
    other = drawing(
        """
        h | **Frage** | **Antwort**
        ? | Gibt es eine Firewall? |
        ? | Wer hat Zugriff auf Daten? |
        ? | Werden Daten gesichert? |
        """,
        "Deutsch",
    )
    found = read_questionnaire(write(tmp_path / "book.xlsx", FORM, other))
    cells = [(q.sheet, q.answer_cell, q.comment_cell) for q in found.questions]
    assert cells[0] == ("Questionnaire", "C2", "D2")
    assert cells[-1] == ("Deutsch", "B4", None)
