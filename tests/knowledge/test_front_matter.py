"""A slip of the pen in front matter makes nothing public, and is named."""

from __future__ import annotations

import pytest

from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.scope import in_scope, scope_of

BODY = "\n## Tests\n\nCopper Hound tests our product every year.\n"
MISSPELT = {
    "a bracket that is not closed": "---\nvisibility: [nda\n---\n",
    "a misspelt key": "---\nvisibilty: nda\n---\n",
    "a misspelt key in capitals": "---\nVISABILITY: nda\n---\n",
    "a key with more around it": "---\npage_visibility: nda\n---\n",
    "a level that is none": "---\nvisibility: hush\n---\n",
    "a list of levels": "---\nvisibility: [nda, internal]\n---\n",
    "no level": "---\nvisibility:\n---\n",
    "no space behind the colon": "---\nvisibility:nda\n---\n",
    "no space behind the second colon": "---\ntitle: Tests\nvisibility:nda\n---\n",
    "no colon": "---\nvisibility nda\n---\n",
    "an item of a list": "---\n- visibility: nda\n---\n",
    "never closed": "---\nvisibility: nda\n",
    "never opened": "visibility: nda\n---\n",
    "front matter of another kind": '+++\nvisibility = "nda"\n+++\n',
}


@pytest.mark.parametrize("front", MISSPELT.values(), ids=MISSPELT.keys())
def test_a_page_whose_visibility_cannot_be_read_is_kept_back(write, trustanswer, front):
    folder = write(page_md=front + BODY, other_md="## Soup\n\nSoup is served at noon.")
    knowledge = read_knowledge(folder)
    assert {s.source for s in knowledge.statements} == {"page.md", "other.md"}
    allowed = in_scope(knowledge, scope_of([], "public"))
    assert {s.source for s in allowed.statements} == {"other.md"}
    listed = " ".join(trustanswer("kb", "list", "-k", folder).out.split())
    assert "kept back from every --visibility" in listed


@pytest.mark.parametrize(
    "page",
    [
        "---\nvisibility: nda\n---\n" + BODY,
        "\n\n---\nVisibility : NDA\n---\n" + BODY,
        "---\nvisibility: nda\n---\n\nOur tests\n\n  • Every year\n  • By Copper Hound\n",
    ],
)
def test_a_visibility_that_can_be_read_holds_and_is_no_slip(write, page):
    knowledge = read_knowledge(write(page_md=page))
    assert not any(unread.slip for unread in knowledge.unread)
    assert in_scope(knowledge, scope_of([], "nda")).statements == knowledge.statements
    assert in_scope(knowledge, scope_of([], "public")).statements == ()


@pytest.mark.parametrize(
    "page",
    [
        "---\nsubtitle: Tests\nlayout: page\ndescription: What we test\nslug: tests\n---\n" + BODY,
        "---\nvisible: true\n---\n" + BODY,
        "---\n\nVisibility: we show customers what we test.\n" + BODY,
        "Visibility\n\nWe show customers what we test.\n",
    ],
)
def test_what_is_meant_otherwise_keeps_nothing_back(write, page):
    knowledge = read_knowledge(write(page_md=page))
    assert not any(unread.slip for unread in knowledge.unread)
    assert in_scope(knowledge, scope_of([], "public")).statements == knowledge.statements


def test_a_key_near_to_a_known_one_is_named(write, trustanswer):
    folder = write(page_md="---\nlast_update: 2026-01-12\n---\n" + BODY)
    listed = " ".join(trustanswer("kb", "list", "-k", folder).out.split())
    assert 'page.md: "last_update" in the front matter is not known' in listed
    assert 'write "last_updated"' in listed
    assert "kept back" not in listed


def test_a_slip_fails_a_strict_lint(write, trustanswer):
    dated = "---\nvisibilty: nda\nupdated: 2099-01-01\n---\n"
    folder = write(page_md=dated + BODY)
    done = trustanswer("kb", "lint", "-k", folder, "--strict")
    assert done.status == 1
    assert '"visibilty" in the front matter is not known' in " ".join(done.out.split())
    write(page_md=dated.replace("visibilty", "visibility") + BODY)
    assert trustanswer("kb", "lint", "-k", folder, "--strict").status == 0
