"""What a Markdown page becomes."""

from __future__ import annotations

import pytest

from trustanswer.knowledge import read_knowledge

PAGES = {
    "the only H1 is the page's name and left out where H2 and H3 stand below it": (
        """\
        # Acme Trust Center

        Welcome to Acme.

        ## Access

        We grant little.

        ### MFA

        MFA is required.
        """,
        [
            "Introduction [3] Welcome to Acme.",
            "Access [7] We grant little.",
            "Access > MFA [11] MFA is required.",
        ],
    ),
    "the only H1 is the category where only H2 stands below it": (
        "# Privacy\n\nWe care.\n\n## GDPR\n\nWe comply.\n",
        ["Privacy [3] We care.", "Privacy > GDPR [7] We comply."],
    ),
    "each of several H1 is a category": (
        "# Privacy\n## GDPR\nWe comply.\n# Access\n## MFA\nRequired.\n",
        ["Privacy > GDPR [3] We comply.", "Access > MFA [6] Required."],
    ),
    "every heading with text directly below it is a statement, however deep": (
        "## A\n\nOne.\n\n### B\n\nTwo.\n\n#### C\n\nThree.\n\n### D\n\nFour.\n",
        ["A [3] One.", "A > B [7] Two.", "A > B > C [11] Three.", "A > D [15] Four."],
    ),
    "a question in bold type is the title of what stands below it": (
        "## Data\n\nWe care.\n\n**Where is it?**\nIn Iowa.\n\n"
        "**Is it encrypted?**\n\nYes.\n\nAll of it.\n",
        [
            "Data [3] We care.",
            "Data > Where is it? [6] In Iowa.",
            "Data > Is it encrypted? [10-12] Yes. All of it.",
        ],
    ),
    "a question behind a Q is a title, and the A no part of its answer": (
        "Q: Is it encrypted?\nA: Yes.\n\nQ: Where?\n\nA: In Iowa.\n",
        ["Is it encrypted? [2] Yes.", "Where? [6] In Iowa."],
    ),
    "bold words that ask nothing, and questions in the midst of a text, are text": (
        "## Data\n\n**All of it** is encrypted.\n\n**Note**\n\n"
        "Why? We care. **Is that all?** Yes.\n",
        ["Data [3-7] All of it is encrypted. Note • Why? We care. Is that all? Yes."],
    ),
    "text before any heading is an introduction": (
        "Hello.\n\n## A\n\nOne.\n",
        ["Introduction [1] Hello.", "A [5] One."],
    ),
    "a title in the front matter comes first, and its date holds for the whole page": (
        "---\ntitle: Backup policy\nlast_updated: 2026-01-12\n---\nHello.\n\n## Scope\n\nAll.\n",
        ["Backup policy [5 2026-01-12] Hello.", "Backup policy > Scope [9 2026-01-12] All."],
    ),
    "the day a page was reviewed is its date": (
        "---\nlast_reviewed: 2026-01-12\n---\n## Scope\n\nAll.\n",
        ["Scope [6 2026-01-12] All."],
    ),
    "an H1 that repeats the title of the front matter is not said twice": (
        "---\ntitle: Backups\n---\n# Backups\n\nDaily.\n",
        ["Backups [6] Daily."],
    ),
    "a date below a heading holds for what stands below it, until another": (
        """\
        # Acme

        ## Access

        *Last updated: 12 January 2026*

        ### MFA
        Required.

        ### SSO
        Last updated: Fri, Feb 11, 2022
        Supported.

        ## Privacy
        ### GDPR
        Obeyed.
        """,
        [
            "Access > MFA [8 2026-01-12] Required.",
            "Access > SSO [12 2022-02-11] Supported.",
            "Privacy > GDPR [16] Obeyed.",
        ],
    ),
    "paragraphs, lists and quotations stay inside, marked where they would run together": (
        "## Backups\n\nWe back up:\n\n- disks\n- keys.\n- logs\n\n  and more\n\n> Tested.\n\n"
        "1. So.\n",
        ["Backups [3-13] We back up: • disks • keys. logs • and more • Tested. So."],
    ),
    "a row of a table keeps its cells together": (
        "## Times\n\n| Level | Within |\n|---|---|\n| High | 4 hours |\n| Low | 9 days |\n",
        ["Times [3-6] Level | Within • High | 4 hours • Low | 9 days"],
    ),
    "markup goes and the words stay": (
        "## A\n\nWe **encrypt** _all_ `disks` [here](https://a.ex), R&amp;D\\* too <b>now</b>.",
        ["A [3] We encrypt all disks here, R&D* too now."],
    ),
    "a link by reference reads as its words": (
        "## A\n\nSee [our policy][p].\n\n[p]: https://a.example\n",
        ["A [3] See our policy."],
    ),
    "a bare address stays": (
        "## A\n\nSee <https://a.example/b>.\n",
        ["A [3] See https://a.example/b."],
    ),
    "HTML is read as what a visitor would see": (
        "## A\n\n<table><tr><td>Logs</td><td>1 year</td></tr>\n<tr><td>Mail</td><td>5 years</td>"
        "</tr></table>\n\n<!-- a note -->\n\n<ul><li>one</li><li>two</li></ul>\n",
        ["A [3-8] Logs | 1 year • Mail | 5 years • one • two"],
    ),
    "what is struck out is not stated": (
        "## A\n\nWe hold ~~SOC 1 and~~ SOC 2.\n",
        ["A [3] We hold SOC 2."],
    ),
    "tags and attributes of site generators go, and so do variables behind a link": (
        '## A {#a}\n\n{% note %}See [us]({{ site.url | append: "x" }}){:target="new"}.\n',
        ["A [3] See us."],
    ),
    "a rule drawn below a sentence makes no heading of it": (
        "## A\n\nWe encrypt everything.\n---\nAnd more.\n",
        ["A [3-5] We encrypt everything. And more."],
    ),
    "white space of every kind folds, invisible characters go": (
        "## A\n\nWe\u00a0 encrypt\u200b\n\tall\u2003disks.\n",
        ["A [3-4] We encrypt all disks."],
    ),
    "a page saved as text is read as one though its ending says Markdown": (
        "  • Access\n\n    • MFA\n\n      MFA is required.\n",
        ["Access > MFA [5] MFA is required."],
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES.keys())
def test_markdown(read, page, expected):
    assert read("md", page) == expected


def test_windows_line_ends_count_as_one_line(read):
    assert read("md", "## A\r\n\r\nOne\r\ntwo.\r\n") == ["A [3-4] One two."]


def test_broken_front_matter_is_reported_and_the_text_still_read(write):
    knowledge = read_knowledge(write(page_md="---\ntitle: [oops\n---\nWe encrypt.\n"))
    assert [s.text for s in knowledge.statements] == ["We encrypt."]
    assert "front matter" in knowledge.unread[0].reason


def test_a_heading_without_text_is_reported_with_its_line(write):
    knowledge = read_knowledge(write(page_md="## A\n\nOne.\n\n## B\n"))
    assert [u.reason for u in knowledge.unread] == ['line 5: nothing stands below the heading "B"']
