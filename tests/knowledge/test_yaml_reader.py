"""What a list of controls in YAML becomes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from trustanswer.knowledge import read_knowledge

LISTS = {
    "each item is a statement with all of its lines": (
        "# controls\n- id: c1\n  name: MFA\n  level: full\n  description: |\n"
        "    We require **MFA**.\n\n    For all.\n\n# more\n"
        "- id: c2\n  name: SSO\n  description: Supported\n",
        ["MFA [2-8] We require MFA. For all.", "SSO [11-13] Supported"],
    ),
    "a category in the item comes first, and its date is kept": (
        "- title: MFA\n  category: Access\n  text: Required.\n  updated: 2025-03-01\n",
        ["Access > MFA [1-4 2025-03-01] Required."],
    ),
    "keys above lists are categories": (
        "last_updated: 12 May 2025\naccess_control:\n  - name: MFA\n    answer: Required.\n"
        "Privacy:\n  controls:\n    - name: GDPR\n      text: Obeyed.\n",
        [
            "Access control > MFA [3-4 2025-05-12] Required.",
            "Privacy > GDPR [7-8 2025-05-12] Obeyed.",
        ],
    ),
    "a group with a title holds its items": (
        "- name: Access\n  controls:\n    - name: MFA\n      text: Required.\n",
        ["Access > MFA [3-4] Required."],
    ),
    "questions with answers": (
        "- question: Do you encrypt?\n  answer: Yes\n",
        ["Do you encrypt? [1-2] Yes"],
    ),
    "an id and a sentence": (
        "- id: AC-1\n  control: We review access every quarter.\n",
        ["AC-1 [1-2] We review access every quarter."],
    ),
    "titles with their texts": (
        "encryption:\n  at_rest: All data is encrypted at rest.\n",
        ["Encryption > At rest [2] All data is encrypted at rest."],
    ),
    "several texts of an item, and lists of them": (
        "- name: A\n  description:\n    - one\n    - two\n  notes: Three.\n",
        ["A [1-5] one • two • Three."],
    ),
    "values that are merged in": (
        "base: &b {updated: 2024-01-01, text: All is well.}\nlist:\n  - <<: *b\n    name: K\n",
        ["K [3-4 2024-01-01] All is well."],
    ),
}
REFUSED = {
    "a bracket never closed": ("a: [b\nc: d\n", "not valid YAML"),
    "brackets without end": ("[" * 5000, "nests deeper than 40 levels"),
    "a list in itself": ("&a [*a]", "nests deeper than 40 levels"),
    "aliases that multiply": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{k}: &{k} [{', '.join([f'*{j}'] * 9)}]\n" for j, k in pairwise("abcdefgh")),
        "more than 50,000 keys and values",
    ),
    "aliases that multiply in a field that is not read": (
        "- name: MFA\n  text: Required.\n  a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"  {k}: &{k} [{', '.join([f'*{j}'] * 9)}]\n" for j, k in pairwise("abcdefgh"))
        + "  i: [*h, *h, *h]\n",
        "more than 50,000 keys and values",
    ),
    "aliases that nest": (
        "- &a0 [x]\n" + "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 60)),
        "nests deeper than 40 levels",
    ),
}


@pytest.mark.parametrize(("content", "expected"), LISTS.values(), ids=LISTS.keys())
def test_yaml(read, content, expected):
    assert read("yaml", content) == expected


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_yaml_that_is_no_list_of_controls_is_reported(write, content, reason):
    knowledge = read_knowledge(write(bad_yaml=content, good_md="We encrypt.\n"))
    assert [u.source for u in knowledge.unread] == ["bad.yaml"]
    assert reason in knowledge.unread[0].reason


def test_no_object_is_built_from_a_tag(write):
    content = (
        "- name: A\n  text: !!python/object/apply:os.system ['exit 1']\n- name: B\n  text: ok\n"
    )
    assert [s.title for s in read_knowledge(write(page_yaml=content)).statements] == ["A", "B"]


def test_an_item_without_text_is_reported_with_its_line(write):
    knowledge = read_knowledge(write(page_yaml="- name: A\n  text: ok\n- name: B\n  level: full\n"))
    assert [u.reason for u in knowledge.unread] == ['line 3: nothing stands below the title "B"']
