"""The pages. They read; everything they write goes through the JSON API, but for signing in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trustanswer.pipeline import load_knowledge
from trustanswer.review.accounts import User
from trustanswer.review.records import Review
from trustanswer.review.states import Answer
from trustanswer.web import operations, shown, views
from trustanswer.web.access import Viewer, may, site_of, token_of, user_of
from trustanswer.web.api import Here, Reviewed
from trustanswer.web.bodies import Number
from trustanswer.web.errors import MissingError
from trustanswer.web.site import Site

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

FILTERS = (
    ("all", "All"),
    ("person", "Needs a person"),
    ("review", "Review"),
    ("high", "High"),
    ("mine", "Mine"),
)
SHORTCUTS = (
    (("J", "K"), "Next question, previous question (also ↓ ↑)"),
    (("A",), "Approve what is shown, and go to the next open question"),
    (("G",), "Approve all that ask the same"),
    (("H",), "Read the plain drafts on one sheet, and approve them together"),
    (("E",), "Edit; Ctrl + Enter saves, Esc leaves"),
    (("O",), "Edit the option"),
    (("R",), "Reject"),
    (("S",), "Assign to somebody"),
    (("C",), "Comment among colleagues"),
    (("1", "…", "5"), "Show all, needs a person, review, high, mine"),
    (("X",), "Export the customer's file"),
    (("Esc",), "Back to the list"),
    (("?",), "This help"),
)
PROBLEMS = {403: "Not allowed", 404: "Not found", 500: "It does not work at the moment"}


# --- signing in --------------------------------------------------------------------------------


@router.get("/login")
def login(request: Request, then: str = "/") -> Response:
    if site_of(request).local_user is not None:
        return RedirectResponse("/", 303)
    return page(request, "login.html", then=_own(then), name="", refused="")


@router.post("/login")
def sign_in(
    request: Request,
    site: Here,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    then: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    if site.local_user is not None:
        return RedirectResponse("/", 303)
    address = request.client.host if request.client else ""
    if wait := site.throttle.wait(name, address):
        said = f"Too many tries. Wait {max(wait // 60, 1)} minutes, then try again."
        return _refused(request, said, name, then, 429, {"Retry-After": str(wait)})
    held = site.access.sign_in(name, password)
    if held is None:
        site.throttle.failed(name, address)
        return _refused(request, "That name and password do not go together.", name, then, 401)
    request.state.held = held
    return RedirectResponse(_own(then), 303)


@router.post("/logout")
def sign_out(request: Request, site: Here) -> Response:
    site.access.sign_out(request.state.held)
    return RedirectResponse("/login", 303)


def _refused(
    request: Request,
    said: str,
    name: str,
    then: str,
    status: int,
    headers: dict[str, str] | None = None,
) -> Response:
    shown = page(request, "login.html", status, then=_own(then), name=name, refused=said)
    shown.headers.update(headers or {})
    return shown


def _own(then: str) -> str:
    """Where to go after signing in: a path of this server, whatever the address said."""
    safe = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return then if safe else "/"


# --- reading -----------------------------------------------------------------------------------


@router.get("/")
def questionnaires(request: Request, site: Here, user: Viewer) -> Response:
    store, today = site.workspace.store, _today()
    found = [views.listed(r, store.answers(r.id), today) for r in reversed(store.reviews())]
    return page(request, "questionnaires.html", here="questionnaires", questionnaires=found)


@router.get("/questionnaires/{id}")
def questionnaire(
    request: Request, review: Reviewed, site: Here, user: Viewer, row: int | None = None
) -> Response:
    answers = site.workspace.store.answers(review.id)
    rows = views.ordered(answers)
    chosen = next((r.row for r in rows if r.row == row), rows[0].row if rows else None)
    return page(
        request,
        "review.html",
        here="questionnaires",
        review=views.listed(review, answers, _today()),
        rows=rows,
        sections=views.sections(answers),
        chosen=chosen,
        opened=row is not None,
        answer=_shown(site, review, chosen, answers),
        people=_people(site, user, answers),
        filters=FILTERS,
        shortcuts=SHORTCUTS,
    )


@router.get("/questionnaires/{id}/answers/{row}")
def answer(request: Request, review: Reviewed, site: Here, user: Viewer, row: Number) -> Response:
    found = _shown(site, review, row, site.workspace.store.asking_the_same(review.id, row))
    if found is None:
        raise MissingError("There is no such question.")
    return page(request, "answer.html", answer=found)


@router.get("/questionnaires/{id}/progress")
def progress(request: Request, review: Reviewed, site: Here, user: Viewer) -> Response:
    answers = site.workspace.store.answers(review.id)
    return page(request, "progress.html", review=views.listed(review, answers, _today()))


@router.get("/questionnaires/{id}/together")
def together(request: Request, review: Reviewed, site: Here, user: Viewer) -> Response:
    drafts = shown.plain_drafts(site.workspace.store.answers(review.id))
    return page(request, "together.html", drafts=drafts)


@router.get("/statements")
def statements(request: Request, site: Here, user: Viewer) -> Response:
    found, today = load_knowledge(site.settings).statements, _today()
    return page(
        request,
        "statements.html",
        here="statements",
        categories=views.by_category(found),
        total=len(found),
        old=sum(views.is_old(s, today) for s in found),
    )


@router.get("/api")
def api(request: Request, user: Viewer) -> Response:
    return page(request, "api.html", here="api", routes=operations.routes(request.app.openapi()))


# --- pieces ------------------------------------------------------------------------------------


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template with what every page needs. Everything in it is escaped."""
    user = values.pop("user", None) or user_of(request)
    shown = (
        templates()
        .get_template(template)
        .render(
            user=user,
            may=may(user),
            accounts=site_of(request).local_user is None,
            token=token_of(request),
            **{"here": "", **values},
        )
    )
    return HTMLResponse(shown, status)


def problem(request: Request, status: int, detail: str) -> Response:
    """A page that says what went wrong."""
    return page(
        request, "problem.html", status, title=PROBLEMS.get(status, "Not done"), detail=detail
    )


@cache
def templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["day"] = views.day
    found.filters["moment"] = views.moment
    found.filters["age"] = lambda when: views.age(when, _today())
    found.filters["is_old"] = lambda statement: views.is_old(statement, _today())
    return found


def _shown(
    site: Site, review: Review, row: int | None, answers: tuple[Answer, ...]
) -> shown.Shown | None:
    found = next((a for a in answers if a.row == row), None)
    if found is None:
        return None
    known = {s.id: s for s in site.workspace.store.statements(review)}
    return shown.shown(found, known, views.alike(answers, found))


def _people(site: Site, user: User, answers: tuple[Answer, ...]) -> list[str]:
    """To whom a question may be assigned by name: who can sign in, and who was named before."""
    named = {a.assignee for a in answers if a.assignee} | {user.name}
    return sorted(named | {u.name for u in site.access.users()}, key=str.casefold)


def _today() -> date:
    return datetime.now(UTC).date()
