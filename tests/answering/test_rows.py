"""Rows of tables that say for which plans, editions or platforms something holds."""

import pytest

from trustanswer.answering.rows import Held, head_of, held


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


def test_the_head_of_a_table_is_the_first_of_the_rows_that_are_as_wide() -> None:
    rows = ["Our plans.", "Feature | Basic | Pro", "SSO | No | Yes", "SCIM | No | Yes", "a | b"]
    assert [head_of(rows, at) for at in range(5)] == [None, None, 1, 1, None]
