"""What knowledge.toml says of a knowledge base and of its folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command, read_json
from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import read_knowledge
from trustanswer.model import About

WHOLE = """\
title = "Acme Trust Center"
owner = "Security team"
review_months = 6
names = ["Acme", "Acme Cloud"]
visibility = "internal"
tags = { product = "crm", region = ["eu", "us"] }
"""


def tags(folder: Path) -> dict[str, set[tuple[str, str]]]:
    return {s.source: set(s.tags) for s in read_knowledge(folder).statements}


def test_it_tells_title_owner_review_and_names(write):
    knowledge = read_knowledge(write(knowledge_toml=WHOLE, page_md="We encrypt."))
    assert knowledge.about == About("Acme Trust Center", "Security team", 6, ("Acme", "Acme Cloud"))
    assert knowledge.unread == ()


def test_its_tags_hold_for_every_document_and_what_is_nearer_goes_first(write):
    folder = write(
        knowledge_toml=WHOLE,
        page_md="We encrypt.",
        open_md="---\nvisibility: public\n---\nWe back up.",
        shop__knowledge_toml='visibility = "nda"\ntags = { product = "shop" }\n',
        shop__page_md="We sell.",
    )
    regions = {("region", "eu"), ("region", "us")}
    assert tags(folder) == {
        "page.md": {("product", "crm"), *regions, ("visibility", "internal")},
        "open.md": {("product", "crm"), *regions, ("visibility", "public")},
        "shop/page.md": {("product", "shop"), *regions, ("visibility", "nda")},
    }


def test_it_holds_for_one_file_of_its_folder_too(write):
    folder = write(knowledge_toml='visibility = "internal"\n', page_md="We encrypt.")
    (statement,) = read_knowledge(folder / "page.md").statements
    assert statement.tags == (("visibility", "internal"),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("visiblity = 'internal'", "'visiblity' is not known here; it may have title, owner"),
        ("visibility = 'secret'", 'write visibility = "nda", or public or internal'),
        ("review_months = 'yearly'", "write review_months = 12"),
        ("names = 'Acme'", 'write names = ["Acme", "Acme Cloud"]'),
        ("tags = ['crm']", 'write tags = { product = "crm"'),
        ("title = ", "cannot be read"),
    ],
)
def test_what_is_wrong_in_it_is_one_clear_line(write, content, words):
    folder = write(knowledge_toml=content, page_md="We encrypt.")
    with pytest.raises(KnowledgeError) as error:
        read_knowledge(folder)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_inside_has_no_owner_of_its_own(write):
    folder = write(inner__knowledge_toml='owner = "Me"', inner__page_md="We encrypt.")
    with pytest.raises(KnowledgeError, match="'owner' is not known here; it may have tags"):
        read_knowledge(folder)


def test_nothing_above_the_visibility_is_quoted(write, trustanswer: Command):
    folder = write(
        internal__knowledge_toml='visibility = "internal"',
        internal__page_md="## Encryption\n\nCustomer data at rest is encrypted with AES-256.",
        page_md="## Backups\n\nBackups are made every day.",
    )
    asked = ("ask", "Is customer data at rest encrypted?", "-k", folder)
    assert "AES-256" in trustanswer(*asked).out
    assert "AES-256" not in trustanswer(*asked, "--visibility", "public").out


def test_the_vendors_name_in_a_question_need_not_be_repeated(write, trustanswer: Command):
    page = "## Encryption\n\nWe encrypt customer data at rest."
    asked = ("ask", "Does Acme encrypt customer data at rest?", "--json", "-k")
    folder = write(page_md=page)
    assert '"verdict": "none"' in trustanswer(*asked, folder).out
    write(knowledge_toml='names = ["Acme"]')
    found = trustanswer(*asked, folder).out
    assert '"verdict": "yes"' in found
    assert '"question": "Does Acme encrypt customer data at rest?"' in found


def test_what_a_provider_does_is_quoted_as_such(write, trustanswer: Command):
    folder = write(
        aws__knowledge_toml='provider = "Amazon Web Services"',
        aws__page_md="## Badges\n\nData centers are guarded around the clock.",
    )
    asked = "Are the data centers of your hosting provider guarded around the clock?"
    found = trustanswer("ask", asked, "--json", "-k", folder).out
    assert "guarded around the clock. (about Amazon Web Services) [Badges]" in found


def test_the_report_of_a_knowledge_base_tells_what_it_says_of_itself(write, trustanswer, tmp_path):
    folder = write(base__knowledge_toml=WHOLE, base__page_md="We encrypt.") / "base"
    report = tmp_path / "kb.json"
    shown = trustanswer("kb", "list", "-k", folder, "--json", report).out
    assert "Acme Trust Center, owned by Security team, looked at every 6 months" in shown
    assert read_json(report)["about"] == {
        "title": "Acme Trust Center",
        "owner": "Security team",
        "review_months": 6,
        "names": ["Acme", "Acme Cloud"],
    }
