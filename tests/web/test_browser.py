"""A questionnaire's way through the pages, as people go it: in a real browser."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.web.browser import Person, Visit
from tests.web.conftest import Desk, MakeDesk
from trustanswer.web import views


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


def test_what_is_unsure_about_a_file_is_read_before_its_drafts(
    desk: MakeDesk, visit: Visit, tmp_path: Path
) -> None:
    asked = "Is customer data encrypted at rest?\nDo you have a SOC 2 report?\nIs there MFA?\n"
    (tmp_path / "list.csv").write_text(asked.replace("\n", ",\n"))
    ann = visit(desk())
    ann.go("/")
    ann.page.get_by_label("The customer’s file").set_input_files(tmp_path / "list.csv")
    ann.click("Draft the answers")
    ann.says("Look at this first: the file: column B only probably takes the answers")
    ann.press("Enter")
    ann.page.wait_for_url("**/questionnaires/2")


def approve_every_draft(at: Desk, ann: Person, review: int) -> int:
    """As a reviewer would who finds every draft right; gives how many there were."""

    def waiting() -> list[Any]:
        found = at.site.workspace.store.answers(review)
        return [a for a in found if not a.approved and a.content.says_something]

    drafts = len(waiting())
    ann.press("h")
    ann.page.get_by_role("dialog").wait_for()
    ann.press("Space", "Enter")  # also those that are less sure; approve
    ann.page.get_by_text(re.compile(r"Approved \d+ drafts\.")).first.wait_for()
    while waiting():
        # Nobody presses a key at what is approved already: the next question is on its way.
        ann.page.wait_for_function(
            "() => document.querySelector('#detail article').dataset.state !== 'approved'"
        )
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


def test_who_signs_in_again_in_another_tab_goes_on_where_they_were(
    desk: MakeDesk, visit: Visit
) -> None:
    at = desk(accounts=True)
    (row,) = first_rows(at, 1)
    ann = visit(at, "reviewer")
    ann.go(f"/questionnaires/1?row={row}")
    ann.press("e")
    ann.page.get_by_label("Comment for the customer").fill("Typed before the session ended.")
    tab = Person(ann.page.context.new_page(), ann.url)
    tab.go("/")
    tab.click("Sign out")
    tab.page.wait_for_url("**/login")
    ann.press("Control+Enter")
    ann.says("You are signed out.")
    tab.sign_in("reviewer")
    ann.press("Control+Enter")
    ann.says("Saved.")
    (standing,) = at.site.workspace.store.answers(1, [row])
    assert standing.content.comment == "Typed before the session ended."


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


def test_escape_asks_before_it_throws_away_what_was_typed(desk: MakeDesk, visit: Visit) -> None:
    ann = visit(desk())
    ann.go("/questionnaires/1")
    ann.press("e")
    field = ann.page.get_by_label("Comment for the customer")
    field.fill("Half a sentence")
    ann.press("Escape")
    ann.says("Leave without saving?")
    ann.press("Enter")
    ann.page.get_by_role("dialog").wait_for(state="hidden")
    ann.page.locator(".editing").wait_for(state="hidden")
    assert field.input_value() != "Half a sentence"


def test_spaces_are_nobodys_name(desk: MakeDesk, visit: Visit) -> None:
    at = desk()
    ann = visit(at)
    ann.go("/questionnaires/1")
    ann.press("s")
    field = ann.page.get_by_label("To whom")
    field.fill("   ")
    ann.press("Enter")
    assert not field.evaluate("each => each.validity.valid")
    field.fill("Ben")
    ann.press("Enter")
    ann.says("Assigned.")


def test_an_export_with_open_drafts_says_how_they_may_go_out(desk: MakeDesk, visit: Visit) -> None:
    ann = visit(desk())
    ann.go("/questionnaires/1")
    ann.press("x")
    ann.says("Drafts that wait for a decision:")
    ann.press("Enter")
    ann.says("or tick that they are written, too")
    ann.press("x", "Space")
    with ann.page.expect_download():
        ann.press("Enter")
