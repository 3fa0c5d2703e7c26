"""What a page saved as text becomes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trustanswer.knowledge import read_knowledge

SAVED = """\
Trust Center

Safety and Trust

Welcome to Acme. We make anvils.

  • Compliance

    Last updated Thu, May 19, 2022
    • SOC 2

      We have a report.

      It is renewed every year.

    • PCI-DSS

      Not in scope

  • Availability & Reliability

    Last updated Fri, Feb 11, 2022

    We run in two regions - never in one.

    • Redundancy

      All is redundant.

  • Subprocessors

    Last updated Thu, Feb 17, 2022

    The list stands here:
    https://acme.example/list
"""
STATEMENTS = [
    "Introduction [5] Welcome to Acme. We make anvils.",
    "Compliance > SOC 2 [12-14 2022-05-19] We have a report. It is renewed every year.",
    "Compliance > PCI-DSS [18 2022-05-19] Not in scope",
    "Availability & Reliability [24 2022-02-11] We run in two regions - never in one.",
    "Availability & Reliability > Redundancy [28 2022-02-11] All is redundant.",
    "Subprocessors [34-35 2022-02-17] The list stands here: https://acme.example/list",
]
PAGES = {
    "a page with bullets and indentation": (SAVED, STATEMENTS),
    "the same with hyphens for bullets": (SAVED.replace("•", "-"), STATEMENTS),
    "the same without bullets": (SAVED.replace("• ", ""), STATEMENTS),
    "the same indented by tabs": (SAVED.replace("  ", "\t"), STATEMENTS),
    "the same with no-break spaces": (SAVED.replace(" ", "\u00a0"), STATEMENTS),
    "the same with its indentation lost": (re.sub(r"(?m)^ +", "", SAVED), STATEMENTS),
    "text right below its title": (
        "• Do you encrypt?\n  Yes. With AES-256.\n• Backups\n  Made daily.\n",
        ["Do you encrypt? [2] Yes. With AES-256.", "Backups [4] Made daily."],
    ),
    "a list inside a text": (
        "• Encryption\n  We encrypt:\n  • disks\n  • backups\n",
        ["Encryption [2-4] We encrypt: • disks • backups"],
    ),
    "items that are sentences": (
        "Measures\n\n* Laptops are encrypted and locked after ten minutes in which nobody has\n"
        "  used them.\n* Code is scanned.\n",
        [
            "Measures [3-5] Laptops are encrypted and locked after ten minutes in which nobody "
            "has used them. Code is scanned."
        ],
    ),
    "a wrapped line that begins with a dash": (
        "• Uptime\n\n  It is high\n  - no less than 99.75%.\n",
        ["Uptime [3-4] It is high - no less than 99.75%."],
    ),
    "text that comes back to the category after an item": (
        "• Uptime\n  We run in two regions.\n  • Network\n    Redundant.\n  It is 99.9%.\n",
        [
            "Uptime [2] We run in two regions.",
            "Uptime > Network [4] Redundant.",
            "Uptime [5] It is 99.9%.",
        ],
    ),
    "titles at the margin": (
        "Acme\n\nEncryption\n\nWe encrypt data.\n\nBackups\n\nWe make them daily.\n",
        ["Acme > Encryption [5] We encrypt data.", "Acme > Backups [9] We make them daily."],
    ),
    "numbered titles": (
        "1. Purpose\n\nTo be safe.\n\n2. Access\n\n2.1 MFA\n\nMFA is required.\n",
        ["1. Purpose [3] To be safe.", "2. Access > 2.1 MFA [9] MFA is required."],
    ),
    "underlined titles": (
        "Acme\n====\n\nBackups\n-------\nMade daily.\n\nKeys\n----\nRotated.\n",
        ["Acme > Backups [6] Made daily.", "Acme > Keys [10] Rotated."],
    ),
    "the foot of a page": (
        "Acme\n\nHello.\n\n• Access\n  • MFA\n    Required.\n\n© 2025 Acme, Inc. All rights.\n",
        [
            "Introduction [3] Hello.",
            "Access > MFA [7] Required.",
            "Introduction [9] © 2025 Acme, Inc. All rights.",
        ],
    ),
    "text without any titles": (
        "We encrypt data.\n\nWe back it up.\n",
        ["Introduction [1-3] We encrypt data. We back it up."],
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES.keys())
def test_text(read, page, expected):
    assert read("txt", page) == expected


def test_a_title_among_titles_with_nothing_below_it_is_reported_not_taken_for_text(write):
    page = "• Access\n  • MFA\n    Required.\n  • Single Sign-On\n  • Roles\n    Many.\n"
    knowledge = read_knowledge(write(page_txt=page))
    assert [s.title for s in knowledge.statements] == ["Access > MFA", "Access > Roles"]
    assert [u.reason for u in knowledge.unread] == [
        'line 4: nothing stands below the heading "Single Sign-On"'
    ]


def test_a_real_trust_center_is_read_whole(shared: Path):
    """Eleven categories, forty items, two texts directly below a category, one welcome."""
    knowledge = read_knowledge(shared / "knowledge" / "conversica" / "trust-center.txt")
    paths = [s.path for s in knowledge.statements]
    assert len({path[0] for path in paths if path != ("Introduction",)}) == 11
    assert sum(len(path) == 2 for path in paths) == 40
    assert [path for path in paths if len(path) == 1] == [
        ("Introduction",),
        ("Availability & Reliability",),
        ("Subprocessors",),
    ]
    assert all(s.updated for s in knowledge.statements if s.path != ("Introduction",))
    assert knowledge.unread == ()


def test_no_word_of_a_real_trust_center_is_lost(shared: Path):
    file = shared / "knowledge" / "conversica" / "trust-center.txt"
    knowledge = read_knowledge(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    cited = {n for s in knowledge.statements for n in range(s.lines[0], s.lines[1] + 1)}
    titles = {title for s in knowledge.statements for title in s.path}
    rest = [line for n, line in enumerate(lines, start=1) if line.strip() and n not in cited]
    unclaimed = [line.strip(" •") for line in rest if "Last updated" not in line]
    assert set(unclaimed) - titles == {"Trust Center", "Security and Compliance"}
