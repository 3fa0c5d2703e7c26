"""The pages themselves: for everybody, at every size, whatever customers write."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.web.browser import Visit
from tests.web.conftest import MakeDesk
from trustanswer.model import Kind, Question, Verdict
from trustanswer.review.records import Asked, Review
from trustanswer.review.states import Content
from trustanswer.web import views

# --- whose words they are ----------------------------------------------------------------------

HOSTILE = '<img src=x onerror="document.title=1">'


def test_what_a_customer_writes_is_shown_as_text(
    desk: MakeDesk, visit: Visit, tmp_path: Path
) -> None:
    ann = visit(desk())
    ann.go("/")
    ann.page.get_by_label("The customer’s file").set_input_files(
        {
            "name": "<img src=x onerror=alert(1)>.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": hostile_book(tmp_path / "book.xlsx"),
        }
    )
    ann.page.get_by_label("Customer", exact=True).fill(HOSTILE)
    ann.click("Draft the answers")
    ann.page.wait_for_url("**/questionnaires/2", timeout=120_000)
    ann.press("c")
    ann.page.get_by_role("textbox", name="Comment", exact=True).fill(HOSTILE)
    ann.press("Enter")
    ann.page.locator(".history q").wait_for()
    text = ann.page.locator("body").inner_text()
    assert text.count(HOSTILE) >= 4  # the customer, the section, the question, the comment
    assert "<img src=x onerror=alert(1)>.xlsx" in text
    assert "<svg onload=1>" in text
    for path in ("/", "/questionnaires/2"):
        ann.go(path)
        assert ann.page.locator("main img, main svg[onload]").count() == 0
        assert "trustanswer" in ann.page.title()


def hostile_book(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("<svg onload=1>")
        sheet.write_row(0, 0, ["Question", "Answer", "Comment"])
        sheet.write_row(1, 0, [HOSTILE])
        for at in range(2, 6):
            sheet.write_row(at, 0, [f"Do you encrypt data at rest {HOSTILE} number {at}?"])
    return path.read_bytes()


# --- for everybody -----------------------------------------------------------------------------

PAGES = ("/", "/questionnaires/1", "/statements", "/api")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(desk: MakeDesk, visit: Visit, scheme: str) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    at = desk(accounts=True)
    ann = visit(at, color_scheme=scheme)
    for path in ("/login", *PAGES):
        if path == "/":
            ann.sign_in("reviewer")
        ann.go(path)
        ann.page.evaluate(axe)
        found = ann.page.evaluate("axe.run().then(r => r.violations)")
        serious = [
            f"{v['id']}: {v['nodes'][0]['html']}: {v['nodes'][0]['failureSummary']}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], path


PHOTOGRAPHED = {
    ("questionnaires", 1440, "light"),
    ("statements", 1440, "light"),
    ("review", 1440, "light"),
    ("review", 1440, "dark"),
    ("review", 360, "dark"),
    ("list", 360, "light"),
}


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_its_window(
    desk: MakeDesk, visit: Visit, width: int, scheme: str, tmp_path: Path
) -> None:
    """And is photographed: for docs/images, where TRUSTANSWER_SCREENSHOTS names that folder."""
    folder = Path(os.environ.get("TRUSTANSWER_SCREENSHOTS") or tmp_path)
    at = desk()
    row = views.ordered(at.site.workspace.store.answers(1))[0].row
    size = {"width": width, "height": 900 if width > 1000 else 780}
    ann = visit(at, viewport=size, color_scheme=scheme)
    shots = {"questionnaires": "/", "list": "/questionnaires/1", "statements": "/statements"}
    for name, path in {**shots, "review": f"/questionnaires/1?row={row}"}.items():
        ann.go(path)
        assert ann.page.evaluate("document.documentElement.scrollWidth") <= width, path
        if (name, width, scheme) in PHOTOGRAPHED:
            ann.page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")


def test_of_two_thousand_questions_only_those_in_view_are_drawn(
    desk: MakeDesk, visit: Visit
) -> None:
    at = desk()
    store = at.site.workspace.store
    review = store.start(many(store.review(1)), store.original(store.review(1)), *asked(2_000))
    ann = visit(at)
    ann.go(f"/questionnaires/{review.id}")
    drawn = ann.page.evaluate(
        """[...document.querySelectorAll("#questions li")].map(
             li => li.querySelector(".text").checkVisibility({contentVisibilityAuto: true}))"""
    )
    assert len(drawn) == 2_000
    assert 5 < sum(drawn) < 200
    first = ann.shown()
    ann.press("j")
    ann.page.wait_for_function(
        "row => Number(document.querySelector('#detail article').dataset.row) !== row", arg=first
    )
    ann.page.get_by_role("button", name="Needs a person").click()
    assert ann.page.locator("#questions li:not([hidden])").count() == 1_000


def test_questions_that_ask_the_same_are_approved_with_one_key(
    desk: MakeDesk, visit: Visit
) -> None:
    at = desk()
    store = at.site.workspace.store
    found, statements = asked(6)
    found = [replace(each, alike=1) if at in (0, 2, 4) else each for at, each in enumerate(found)]
    like = store.review(1)
    review = store.start(many(like), store.original(like), found, statements)
    ann = visit(at)
    ann.go(f"/questionnaires/{review.id}?row=1")
    ann.says("3 alike")
    rows = [li.get_attribute("data-row") for li in ann.page.locator("#questions li").all()]
    assert rows[:3] == ["1", "3", "5"]
    ann.press("g")
    ann.says("Approved 3 questions that are alike.")
    assert [a.row for a in store.answers(review.id) if a.approved] == [1, 3, 5]


def many(like: Review) -> Review:
    return replace(like, id=0, name="many.xlsx", started_at=datetime.now(UTC))


def asked(count: int) -> tuple[list[Asked], list[Any]]:
    """Questions of which every other one has a draft; no statements."""
    found = []
    for at in range(1, count + 1):
        question = Question(
            "Sheet", at, f"A{at}", f"B{at}", f"C{at}", f"Is control {at} in place?",
            section=f"Part {at // 100}", kind=Kind.CHOICE, options=("Yes", "No"),
        )  # fmt: skip
        drafted = Content("Yes", "Yes", "It is.", Verdict.YES, confidence=0.6)
        found.append(Asked(question, drafted if at % 2 else Content(), at, ()))
    return found, []
