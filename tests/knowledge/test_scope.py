"""Which statements a run may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command
from trustanswer.errors import InputError
from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.scope import in_scope, scope_of
from trustanswer.model import Knowledge, Statement

Tags = tuple[tuple[str, str], ...]


def kept(tags: Tags, wanted: list[str], visibility: str | None = None) -> bool:
    statement = Statement("1", ("A",), "Text.", "a.md", (1, 1), tags=tags)
    return bool(in_scope(Knowledge((statement,)), scope_of(wanted, visibility)).statements)


@pytest.mark.parametrize(
    ("tags", "wanted", "used"),
    [
        ((), [], True),
        ((("product", "crm"),), [], True),
        ((), ["product=crm"], True),
        ((("product", "crm"),), ["product=crm"], True),
        ((("product", "CRM"),), ["Product=crm"], True),
        ((("product", "shop"),), ["product=crm"], False),
        ((("product", "shop"), ("product", "crm")), ["product=crm"], True),
        ((("product", "crm"), ("region", "us")), ["product=crm", "region=eu"], False),
        ((("product", "crm"),), ["product=shop", "product=crm"], True),
    ],
)
def test_a_statement_is_used_unless_it_is_tagged_otherwise(
    tags: Tags, wanted: list[str], used: bool
) -> None:
    assert kept(tags, wanted) is used


@pytest.mark.parametrize(
    ("level", "asked", "used"),
    [
        (None, "public", True),
        ("public", "public", True),
        ("nda", "public", False),
        ("nda", "nda", True),
        ("internal", "nda", False),
        ("internal", None, True),
        ("secret", "internal", False),
    ],
)
def test_nothing_above_the_visibility_is_used(
    level: str | None, asked: str | None, used: bool
) -> None:
    assert kept((("visibility", level),) if level else (), [], asked) is used


@pytest.mark.parametrize(
    ("tags", "level"), [(["product"], None), (["=x"], None), (["x="], None), ([], "top secret")]
)
def test_a_scope_that_means_nothing_is_refused(tags: list[str], level: str | None) -> None:
    with pytest.raises(InputError, match=r"--(tag|visibility)"):
        scope_of(tags, level)


FRONT = """---
title: Sign-in
visibility: {level}
tags:
  product: [crm, shop]
---
## MFA

Two factors are asked for.
"""


def test_a_page_says_who_may_see_it_and_what_it_is_about(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FRONT.format(level="nda"))
    (statement,) = read_knowledge(tmp_path).statements
    assert statement.tags == (("product", "crm"), ("product", "shop"), ("visibility", "nda"))


def test_a_draft_never_quotes_above_the_allowed_visibility(
    trustanswer: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(FRONT.format(level="internal"))
    (tmp_path / "b.md").write_text("# B\n\n## Kitchen\n\nSoup is served at noon.\n")
    asked = ("ask", "Is multi-factor authentication asked for?", "-k", tmp_path)
    assert "Two factors" in trustanswer(*asked).out
    assert "Two factors" not in trustanswer(*asked, "--visibility", "public").out
    assert "Two factors" not in trustanswer(*asked, "--tag", "product=vpn").out


def test_a_plain_list_of_tags_tags_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntags: [security, policy]\n---\n## A\n\nText here.\n")
    (statement,) = read_knowledge(tmp_path).statements
    assert statement.tags == ()
