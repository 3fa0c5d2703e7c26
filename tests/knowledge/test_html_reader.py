"""What a page saved from a browser becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from trustanswer.knowledge import read_knowledge

PAGES = {
    "headings make paths, each statement with its lines": (
        "<h1>Acme</h1>\n<p>We make\n anvils &amp; caf&eacute;s.</p>\n"
        "<h2>Access</h2><p>Last updated: 2022-02-11</p>\n<h3>MFA</h3>\n<p>Required.</p>\n",
        ["Introduction [2-3] We make anvils & cafés.", "Access > MFA [6 2022-02-11] Required."],
    ),
    "a heading by its role": (
        '<div role="heading" aria-level="2">Access</div><p>Little.</p>',
        ["Access [1] Little."],
    ),
    "lists and tables stay inside": (
        "<h2>Backups</h2>\n<p>We back up:</p><ul><li>disks\n<li>keys</ul>\n"
        "<table><tr><th>High</th><td>4 <b>hours</b></td></tr>\n<tr><td>Low<td>2 days</table>",
        ["Backups [2-5] We back up: • disks • keys • High | 4 hours • Low | 2 days"],
    ),
    "what opens on a click has its summary for a heading": (
        "<h2>Data</h2><details><summary>Encryption</summary>\n<p>All of it.</p></details>\n"
        "<details><summary><h4>Keys</h4></summary>Rotated.</details>\n<p>And no less.</p>",
        ["Data > Encryption [2] All of it.", "Data > Keys [3] Rotated.", "Data [4] And no less."],
    ),
    "a button with the panel that it controls": (
        '<h2>Data</h2><h3><button aria-controls="a" aria-expanded="false">Keys <svg></svg></button>'
        '</h3>\n<p>Nothing else.</p>\n<div id="a" hidden><p>Rotated.</p></div>',
        ["Data [2] Nothing else.", "Data > Keys [3] Rotated."],
    ),
    "a button right above its panel": (
        '<h2>Data</h2><button class="accordion">Keys</button>\n'
        '<div class="panel" style="display: none">Rotated.</div>',
        ["Data > Keys [2] Rotated."],
    ),
    "tabs": (
        '<h2>Regions</h2><div role="tablist"><button role="tab" aria-controls="e">EU</button>'
        '<button role="tab" aria-controls="u">US</button></div>\n'
        '<div id="e">In Frankfurt.</div>\n<div id="u" hidden>In Oregon.</div>',
        ["Regions > EU [2] In Frankfurt.", "Regions > US [3] In Oregon."],
    ),
    "headings in a panel are below its button": (
        "<h2>Data</h2><details><summary>Keys</summary><h2>Rotation</h2>Yearly.</details>",
        ["Data > Keys > Rotation [1] Yearly."],
    ),
    "the date in the head of the page": (
        '<head><meta property="article:modified_time" content="2024-01-02T10:00:00Z"></head>'
        "<body><h2>Data</h2>Encrypted.</body>",
        ["Data [1 2024-01-02] Encrypted."],
    ),
    "what is struck out, scripted or commented is not there": (
        "<h2>Data</h2><p>Kept <s>never</s><!-- no --> safe.<script>'<p>no</p>'</script></p>",
        ["Data [1] Kept safe."],
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES.keys())
def test_html(read, page, expected):
    assert read("html", page) == expected


def test_what_stands_around_the_text_is_left_out_and_said(write):
    page = """\
        <header>Acme <a href="/">Home</a></header>
        <nav>Products</nav>
        <h2>Data</h2><p>Encrypted.</p>
        <div style="display:none">Not for you.</div>
        <form><h3>Ask us</h3></form>
        <footer>© Acme, 2026</footer>
        """
    knowledge = read_knowledge(write(page_html=page))
    assert [s.text for s in knowledge.statements] == ["Encrypted."]
    assert [u.reason for u in knowledge.unread] == [
        "line 1: page header left out (2 words)",
        "line 2: navigation left out (1 words)",
        "line 4: hidden text left out (3 words)",
        "line 5: form left out (2 words)",
        "line 6: page footer left out (3 words)",
    ]


def test_a_page_with_a_main_part_is_read_for_that(write):
    page = "<div>Cookies? Yes!</div><main><h2>Data</h2><p>Encrypted.</p></main><div>Bye</div>"
    knowledge = read_knowledge(write(page_html=page))
    assert [s.text for s in knowledge.statements] == ["Encrypted."]
    assert [u.reason for u in knowledge.unread] == [
        "what stands outside the page's main part left out (3 words)"
    ]


def test_the_files_beside_a_saved_page_are_one_line(write):
    page = "<h2>Data</h2>Encrypted."
    folder = write(page_html=page, page__skip_txt="x")
    (folder / "page").rename(folder / "page_files")
    (folder / "page_files" / "style.css").write_text("a {}")
    knowledge = read_knowledge(folder)
    assert [(u.source, u.reason) for u in knowledge.unread] == [
        ("page_files", "2 files that belong to the saved page page.html")
    ]


def test_the_projects_own_knowledge_as_html_gives_the_same_statements(root: Path, tmp_path: Path):
    rendered = MarkdownIt("commonmark").enable("table")
    for file in (root / "knowledge").glob("*.md"):
        body = rendered.render(file.read_text(encoding="utf-8"))
        (tmp_path / f"{file.stem}.html").write_text(f"<body>\n{body}</body>", encoding="utf-8")
    before, after = read_knowledge(root / "knowledge"), read_knowledge(tmp_path)
    told = [[(s.path, s.text, s.updated, s.id) for s in k.statements] for k in (before, after)]
    assert told[0] == told[1]
