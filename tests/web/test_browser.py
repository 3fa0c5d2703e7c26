"""The pages, as people use them: in a real browser, on a running server."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.web.browser import Person, chromium, running
from tests.web.conftest import Desk, MakeDesk
from trustanswer.model import Kind, Question, Verdict
from trustanswer.review.records import Asked, Review
from trustanswer.review.states import Content
from trustanswer.web import views

Visit = Callable[..., Person]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Opens a browser of its own at a desk; several may visit the same one."""
    with ExitStack() as stack:
        served: dict[int, str] = {}
        people: list[Person] = []

        def come(desk: Desk, name: str | None = None, **more: Any) -> Person:
            if id(desk) not in served:
                served[id(desk)] = stack.enter_context(running(desk))
            context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **more})
            stack.callback(context.close)
            context.set_default_timeout(20_000)
            people.append(Person(context.new_page(), served[id(desk)]))
            if name is not None:
                people[-1].sign_in(name)
            return people[-1]

        yield come
        for person in people:
            assert person.troubles == []
            assert person.hosts <= {person.url.split("/")[2]}, "asked another host for something"


def first_rows(desk: Desk, count: int) -> list[int]:
    """The questions that the list begins with, as a browser shows them."""
    return [r.row for r in views.ordered(desk.site.workspace.store.answers(1))[:count]]


# --- the whole way -----------------------------------------------------------------------------


def test_from_the_upload_to_the_file_for_the_customer(
    desk: MakeDesk, visit: Visit, root: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    source = root / "questionnaires" / "bank.xlsx"
    at = desk()
    ann = visit(at)
    ann.go("/")
    ann.page.get_by_label("The customer’s file").set_input_files(source)
    ann.page.get_by_label("Customer", exact=True).fill("Second Bank")
    ann.page.get_by_label("Due").fill("2030-01-31")
    ann.click("Draft the answers")
    ann.page.wait_for_url("**/questionnaires/2", timeout=120_000)
    ann.says("Due 31 Jan 2030")
    ann.pressed = 0
    approved = approve_every_draft(at, ann, review=2)
    out = export(ann, tmp_path)
    questions = len(at.site.workspace.store.answers(2))
    assert ann.pressed < questions / 2, f"{ann.pressed} actions for {questions} questions"
    print(f"\n{ann.pressed} actions for {questions} questions, {approved} drafts approved")

    manifest = at.site.workspace.store.manifest(hashlib.sha256(out.read_bytes()).hexdigest())
    assert manifest is not None
    book = openpyxl.load_workbook(out)
    for each in at.site.workspace.store.answers(2):
        if each.approved and each.question.sheet and each.content.option:
            cell = book[each.question.sheet][each.question.answer_cell or ""]
            assert cell.value == each.content.option
    assert_faithful(request, source, out, manifest, tmp_path)


def approve_every_draft(at: Desk, ann: Person, review: int) -> int:
    """As a reviewer would who finds every draft right; gives how many there were."""

    def waiting() -> list[Any]:
        found = at.site.workspace.store.answers(review)
        return [a for a in found if not a.approved and a.content.says_something]

    drafts = len(waiting())
    ann.press("h")
    ann.page.get_by_role("dialog").wait_for()
    ann.press("Space", "Enter")  # also those that are less sure; approve
    ann.page.get_by_text("Approved ").first.wait_for()
    while waiting():
        row = ann.shown()
        ann.press("a")
        ann.page.wait_for_function(
            "row => Number(document.querySelector('#detail article').dataset.row) !== row"
            " || document.querySelector('#detail article').dataset.state === 'approved'",
            arg=row,
        )
    return drafts


def export(ann: Person, folder: Path) -> Path:
    """Exports by the keyboard; what has no answer stays blank."""
    ann.press("x")
    ann.page.get_by_role("dialog").wait_for()
    with ann.page.expect_download() as coming:
        ann.press("Enter")
    out: Path = folder / coming.value.suggested_filename
    coming.value.save_as(out)
    return out


def assert_faithful(
    request: pytest.FixtureRequest, before: Path, after: Path, manifest: Any, folder: Path
) -> None:
    check = Path(__file__).parents[3] / "shared" / "check" / "check_fidelity.py"
    if not check.exists():
        return
    answers = folder / "answers.json"
    answers.write_text(json.dumps(manifest), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, check, before, after, answers], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# --- two at once -------------------------------------------------------------------------------


def test_who_decides_second_is_told_what_changed_and_loses_nothing(
    desk: MakeDesk, visit: Visit
) -> None:
    at = desk(accounts=True)
    (row,) = first_rows(at, 1)
    one, other = visit(at, "reviewer"), visit(at, "admin")
    for person in (one, other):
        person.go(f"/questionnaires/1?row={row}")
        person.press("e")
    one.page.get_by_label("Comment for the customer").fill("What the first one wrote.")
    one.press("Control+Enter")
    one.says("Saved.")
    mine = other.page.get_by_label("Comment for the customer")
    mine.fill("What the second one wrote.")
    other.press("Control+Enter")
    told = other.page.get_by_role("alert")
    told.wait_for()
    assert "edited by reviewer" in told.inner_text()
    assert "What the first one wrote." in told.inner_text()
    assert mine.input_value() == "What the second one wrote."
    (standing,) = at.site.workspace.store.answers(1, [row])
    assert standing.content.comment == "What the first one wrote."
    mine.focus()
    other.press("Control+Enter")
    other.says("Saved.")
    (standing,) = at.site.workspace.store.answers(1, [row])
    assert standing.content.comment == "What the second one wrote."


def test_an_approval_of_what_has_changed_meanwhile_is_shown_not_done(
    desk: MakeDesk, visit: Visit
) -> None:
    at = desk(accounts=True)
    (row,) = first_rows(at, 1)
    one, other = visit(at, "reviewer"), visit(at, "admin")
    for person in (one, other):
        person.go(f"/questionnaires/1?row={row}")
    one.press("r")
    one.page.get_by_label("Why").fill("It is out of date.")
    one.press("Enter")
    one.says("Rejected.")
    other.press("a")
    told = other.page.get_by_role("alert")
    told.wait_for()
    assert "rejected by reviewer" in told.inner_text()
    assert other.state(row) == "Rejected"
    assert [a.state.value for a in at.site.workspace.store.answers(1, [row])] == ["rejected"]


# --- roles -------------------------------------------------------------------------------------


def test_a_viewer_is_offered_nothing_that_would_be_refused(desk: MakeDesk, visit: Visit) -> None:
    at = desk(accounts=True)
    viewer = visit(at, "viewer")
    viewer.go("/questionnaires/1")
    names = [b.inner_text() for b in viewer.page.get_by_role("button").all()]
    for word in ("Approve", "Edit", "Reject", "Assign", "Comment", "Export"):
        assert not any(name.startswith(word) for name in names)
    viewer.press("a", "e", "r", "s", "c", "g", "h", "x")
    assert viewer.page.get_by_role("dialog").count() == 0
    assert len(at.site.workspace.store.log(1)) == len(at.site.workspace.store.answers(1))


def test_an_author_writes_and_a_reviewer_approves(desk: MakeDesk, visit: Visit) -> None:
    at = desk(accounts=True)
    (row,) = first_rows(at, 1)
    author, reviewer = visit(at, "author"), visit(at, "reviewer")
    author.go(f"/questionnaires/1?row={row}")
    assert author.page.get_by_role("button", name="Approve").count() == 0
    author.press("s")
    author.page.get_by_label("To whom").fill("reviewer")
    author.press("Enter")
    author.says("Assigned.")
    reviewer.go("/questionnaires/1")
    reviewer.page.get_by_role("button", name="Mine").click()
    assert reviewer.page.locator("#questions li:visible").count() == 1
    reviewer.page.locator("#questions li:visible a").click()
    reviewer.page.locator(f'#detail article[data-row="{row}"]').wait_for()
    reviewer.press("a")
    reviewer.says("Approved.")
    assert reviewer.state(row) == "Approved"


# --- the keyboard ------------------------------------------------------------------------------


def test_every_key_of_the_help_does_what_it_says(desk: MakeDesk, visit: Visit) -> None:
    at = desk()
    rows = first_rows(at, 4)
    ann = visit(at)
    ann.go("/questionnaires/1")

    def at_row(row: int) -> None:
        ann.page.locator(f'#detail article[data-row="{row}"]').wait_for()

    at_row(rows[0])
    ann.press("j")
    at_row(rows[1])
    ann.press("k")
    at_row(rows[0])
    ann.press("?")
    ann.says("Read the plain drafts on one sheet")
    ann.press("Escape")
    ann.press("c")
    ann.page.get_by_role("textbox", name="Comment", exact=True).fill("Who knows more?")
    ann.press("Enter")
    ann.says("Who knows more?")
    ann.press("o")
    ann.page.keyboard.press("N")
    ann.press("Control+Enter")
    ann.says("Saved.")
    assert ann.state(rows[0]) == "Edited"
    ann.press("a")
    at_row(rows[1])
    ann.press("s")
    ann.page.get_by_label("To whom").fill("Ann")
    ann.press("Enter")
    ann.says("Assigned.")
    ann.press("5")
    assert ann.page.locator("#questions li:visible").count() == 1
    ann.press("1")
    ann.press("r")
    ann.press("Enter")
    ann.says("Rejected.")
    states = {a.row: a.state.value for a in at.site.workspace.store.answers(1, rows)}
    assert (states[rows[0]], states[rows[1]]) == ("approved", "rejected")


def test_everything_is_reached_by_tab_alone_and_the_focus_is_seen(
    desk: MakeDesk, visit: Visit
) -> None:
    at = desk()
    ann = visit(at)
    ann.go("/")
    tab_to(ann, "bank.xlsx")
    ann.press("Enter")
    ann.page.locator("#detail article[data-row]").wait_for()
    row = ann.shown()
    reached = tab_to(ann, "Next question")  # from the list through the pane, and round again
    reached |= tab_to(ann, "Approve A")
    assert {"Edit", "Assign", "Export", "Keyboard", "All", "Mine", "Section"} <= reached
    ann.press("Enter")
    ann.says("Approved.")
    assert ann.state(row) == "Approved"


def tab_to(ann: Person, wanted: str) -> set[str]:
    """Presses Tab until what is named has the focus; gives the names that had it before."""
    reached: set[str] = set()
    for _ in range(60):
        ann.press("Tab")
        name, outline = ann.page.evaluate(
            """() => {
              const at = document.activeElement;
              if (at === document.body) return ["", "the end of the page"];
              const style = getComputedStyle(at);
              const text = at.innerText.replace(/\\s+\\d+$/, "");
              const name = at.ariaLabel || at.selectedOptions?.[0].text || text;
              return [name.replace(/\\s+/g, " ").trim(), style.outlineStyle + style.outlineWidth];
            }"""
        )
        assert outline not in ("none0px", "none3px"), f"{name} has the focus, and nobody sees it"
        reached |= {name, name.split(" ")[0]}
        if name == wanted:
            return reached
    raise AssertionError(f"{wanted} is not reached; {reached}")


def test_only_what_is_ticked_is_approved_together(desk: MakeDesk, visit: Visit) -> None:
    at = desk()
    ann = visit(at)
    ann.go("/questionnaires/1")
    ann.press("h")
    ticks = ann.page.locator("#together-drafts input:checked")
    ticks.first.wait_for()
    assert ann.page.locator("#together-drafts blockquote").count() >= ticks.count()
    high = [a.row for a in at.site.workspace.store.answers(1) if views.band(a) == "high"]
    assert ticks.count() == len(high) > 1
    ticks.first.uncheck()
    ann.page.get_by_role("button", name=f"Approve {len(high) - 1}", exact=True).click()
    ann.says(f"Approved {len(high) - 1} drafts.")
    approved = [a.row for a in at.site.workspace.store.answers(1) if a.approved]
    assert len(approved) == len(high) - 1
    assert set(approved) < set(high)


def test_a_statement_that_is_near_can_be_answered_from(desk: MakeDesk, visit: Visit) -> None:
    at = desk()
    store = at.site.workspace.store
    blank = next(a for a in store.answers(1) if not a.content.says_something)
    ann = visit(at)
    ann.go(f"/questionnaires/1?row={blank.row}")
    ann.click("Answer from this")
    ann.page.get_by_role("combobox", name="Answer", exact=True).select_option(index=1)
    ann.press("Control+Enter")
    ann.says("Saved.")
    ann.page.locator("#detail .statement.quoted mark").first.wait_for()
    (now,) = store.answers(1, [blank.row])
    assert now.content.citations
    assert now.content.option


def test_what_was_typed_is_not_lost_by_going_on(desk: MakeDesk, visit: Visit) -> None:
    ann = visit(desk())
    ann.go("/questionnaires/1")
    row = ann.shown()
    ann.press("e")
    field = ann.page.get_by_label("Comment for the customer")
    field.fill("Half a sentence")
    ann.click("Next question")
    ann.says("Leave without saving?")
    ann.press("Escape")
    assert (ann.shown(), field.input_value()) == (row, "Half a sentence")


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
    (row,) = first_rows(at, 1)
    size = {"width": width, "height": 900 if width > 1000 else 780}
    ann = visit(at, viewport=size, color_scheme=scheme)
    shots = {"questionnaires": "/", "list": "/questionnaires/1", "statements": "/statements"}
    for name, path in {**shots, "review": f"/questionnaires/1?row={row}"}.items():
        ann.go(path)
        ann.page.wait_for_load_state("networkidle")
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


def many(like: Review) -> Review:
    from dataclasses import replace

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
