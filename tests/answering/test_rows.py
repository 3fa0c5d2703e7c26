"""Rows of tables that say for which plans, editions or platforms something holds."""

import pytest

from tests.answering.asking import judged
from trustanswer.answering.rows import Held, head_of, held
from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ("SAML sign-on | No | Yes | Yes", Held.SOME),
        ("SCIM | ✗ | ✓", Held.SOME),
        ("Private link | Add-on | Add-on", Held.SOME),
        ("Audit log | Yes | Yes", Held.ALL),
        ("Encryption at rest | included | Included", Held.ALL),
        ("Own keys | – | – | –", Held.NONE),
        ("HSM | Not available | coming soon", Held.NONE),
        ("Log retention | 30 days | 1 year", None),
        ("Hosting | Shared | Yes", None),
        ("Data is encrypted. No exceptions", None),
    ],
)
def test_a_row_says_for_which_columns_it_holds(row: str, holds: Held | None) -> None:
    assert held(row) is holds


PLANS = (
    "Feature | Basic | Pro • SAML sign-on | No | Yes • Audit log | Yes | Yes • "
    "Customer-managed keys | No | No • Passkeys | – | –"
)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("Is SAML sign-on supported?", Verdict.PARTIAL),
        ("Is there an audit log?", Verdict.YES),
        ("Do you support customer-managed keys?", Verdict.NO),
        ("Are passkeys supported?", Verdict.NO),
    ],
)
def test_what_only_some_plans_have_is_no_full_yes(asked: str, verdict: Verdict) -> None:
    found = judge(asked, [Statement("id", ("Plans",), PLANS, "plans.md", (1, 6))])
    assert found.verdict is verdict
    assert ("limited" in [flag.kind for flag in found.flags]) == (verdict is Verdict.PARTIAL)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("Is SAML sign-on part of the Pro plan?", Verdict.YES),
        ("Is SAML sign-on part of the Basic plan?", Verdict.NO),
        ("Is SAML sign-on part of the Basic and the Pro plan?", Verdict.PARTIAL),
        ("Are logs kept for a year on Pro?", Verdict.YES),
        ("Are logs kept for a year on Basic?", Verdict.NO),
    ],
)
def test_the_column_that_is_asked_for_answers(asked: str, verdict: Verdict) -> None:
    table = f"{PLANS} • Retention of logs | 30 days | 400 days"
    found = judge(asked, [Statement("id", ("Plans",), table, "plans.md", (1, 7))])
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [("Plans", Verdict.YES), ("Roadmap", Verdict.NO), ("Deprecated", Verdict.NO)],
)
def test_a_column_is_no_way_round_what_a_title_puts_off(title: str, verdict: Verdict) -> None:
    table = "Feature | Basic | Pro • SAML sign-on with SCIM provisioning | No | Yes"
    assert judged("Is SAML sign-on with SCIM provisioning part of Pro?", table, title) is verdict


def test_the_head_of_a_table_is_the_first_of_the_rows_that_are_as_wide() -> None:
    rows = ["Our plans.", "Feature | Basic | Pro", "SSO | No | Yes", "SCIM | No | Yes", "a | b"]
    assert [head_of(rows, at) for at in range(5)] == [None, None, 1, 1, None]
