"""Who comes in, who may do what, and what no request may do at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.web.browser import PASSWORD
from tests.web.conftest import MakeDesk
from trustanswer.review.accounts import Role
from trustanswer.web.app import create_app

SEEN = {"rows": [{"row": 1, "seen": "elsewhere"}]}

# Every route, the least role it needs (None: open to all), and a request that tries it out.
ROUTES: dict[tuple[str, str], tuple[Role | None, dict[str, Any]]] = {
    ("GET", "/login"): (None, {}),
    ("POST", "/login"): (None, {"data": {"name": "nobody", "password": "no"}}),
    ("POST", "/logout"): (None, {}),
    ("GET", "/"): (Role.VIEWER, {}),
    ("GET", "/statements"): (Role.VIEWER, {}),
    ("GET", "/api"): (Role.VIEWER, {}),
    ("GET", "/api/openapi.json"): (Role.VIEWER, {}),
    ("GET", "/questionnaires/{id}"): (Role.VIEWER, {}),
    ("GET", "/questionnaires/{id}/answers/{row}"): (Role.VIEWER, {}),
    ("GET", "/questionnaires/{id}/progress"): (Role.VIEWER, {}),
    ("GET", "/questionnaires/{id}/together"): (Role.VIEWER, {}),
    ("GET", "/api/session"): (Role.VIEWER, {}),
    ("GET", "/api/questionnaires"): (Role.VIEWER, {}),
    ("GET", "/api/questionnaires/{id}"): (Role.VIEWER, {}),
    ("GET", "/api/questionnaires/{id}/answers"): (Role.VIEWER, {}),
    ("GET", "/api/questionnaires/{id}/log"): (Role.VIEWER, {}),
    ("GET", "/api/statements"): (Role.VIEWER, {}),
    ("GET", "/api/exports/{sha256}"): (Role.VIEWER, {}),
    ("POST", "/api/questionnaires"): (Role.AUTHOR, {"files": {"file": ("a.txt", b"no")}}),
    ("POST", "/api/questionnaires/{id}/edit"): (
        Role.AUTHOR,
        {"json": {"row": 1, "seen": "elsewhere", "comment": "words"}},
    ),
    ("POST", "/api/questionnaires/{id}/assign"): (Role.AUTHOR, {"json": {**SEEN, "to": "Bob"}}),
    ("POST", "/api/questionnaires/{id}/comment"): (
        Role.AUTHOR,
        {"json": {"rows": [1], "text": "why?"}},
    ),
    ("POST", "/api/questionnaires/{id}/approve"): (Role.REVIEWER, {"json": SEEN}),
    ("POST", "/api/questionnaires/{id}/reject"): (Role.REVIEWER, {"json": SEEN}),
    ("POST", "/api/questionnaires/{id}/export"): (
        Role.REVIEWER,
        {"json": {"allow_drafts": True}},
    ),
}
WRITES = [route for route in ROUTES if route[0] == "POST"]


def every(routes: Iterable[Any]) -> Iterator[Any]:
    """The routes, and those of the routers among them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        yield from [route] if inner is None else every(inner.routes)


def ask(client: TestClient, route: tuple[str, str], **more: Any) -> Any:
    method, path = route
    return client.request(
        method, path.format(id=1, row=1, sha256="0" * 64), **ROUTES[route][1], **more
    )


def refused(answer: Any) -> bool:
    """Whether the answer is that this person may not, or has to sign in first."""
    to_sign_in = answer.headers.get("location", "").startswith("/login?then=")
    return answer.status_code in (401, 403) or to_sign_in


def test_every_route_says_who_may_use_it(desk: MakeDesk) -> None:
    app = create_app(desk().site)
    routes = list(every(app.routes))
    served = [r for r in routes if isinstance(r, Route | APIRoute)]
    assert {(method, r.path) for r in served for method in r.methods or ()} == set(ROUTES)
    assert [r.path for r in routes if r not in served] == ["/static"]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_its_own_routes_and_no_further(desk: MakeDesk, role: Role) -> None:
    client = desk(accounts=True).signed_in(role.value)
    for route, (least, _) in ROUTES.items():
        if route[1] in ("/login", "/logout"):
            continue
        assert least is not None
        assert refused(ask(client, route)) is not role.may(least), route


def test_who_is_not_signed_in_gets_nothing_but_the_door(desk: MakeDesk) -> None:
    client = desk(accounts=True).client()
    token = client.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    for route, (least, _) in ROUTES.items():
        if least is None:
            continue
        answer = ask(client, route, headers={"X-CSRF-Token": token})
        assert refused(answer), route
        assert "bank.xlsx" not in answer.text


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_no_write_is_taken_without_its_token(desk: MakeDesk, token: str | None) -> None:
    client = desk(accounts=True).signed_in("admin")
    del client.headers["X-CSRF-Token"]
    headers = {} if token is None else {"X-CSRF-Token": token}
    for route in WRITES:
        assert ask(client, route, headers=headers).status_code == 403, route


def test_a_token_is_of_one_browser_alone(desk: MakeDesk) -> None:
    at = desk(accounts=True)
    one, other = at.signed_in("admin"), at.signed_in("reviewer")
    stolen = {"X-CSRF-Token": one.headers["X-CSRF-Token"]}
    assert other.post("/logout", headers=stolen).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:9999", ""])
def test_only_its_own_name_is_answered_to(desk: MakeDesk, host: str) -> None:
    answer = desk().client().get("/", headers={"Host": host})
    assert answer.status_code == 403
    assert "bank.xlsx" not in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_no_other_page_can_write(desk: MakeDesk, origin: str) -> None:
    client = desk().here()
    for route in WRITES:
        assert ask(client, route, headers={"Origin": origin}).status_code == 403, route


def test_a_browser_that_names_no_origin_must_come_from_the_same_site(desk: MakeDesk) -> None:
    client = desk().here()
    del client.headers["Origin"]
    path = "/api/questionnaires/1/comment"
    body = {"rows": [1], "text": "hello"}
    assert client.post(path, json=body).status_code == 200
    foreign = client.post(path, json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


def test_every_answer_forbids_foreign_scripts_styles_and_frames(desk: MakeDesk) -> None:
    client = desk(accounts=True).client()
    for path in ("/login", "/", "/nowhere", "/api/questionnaires", "/static/style.css"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_holds_an_inline_script_or_style_or_names_another_host(desk: MakeDesk) -> None:
    client = desk().here()
    for path in ("/", "/questionnaires/1", "/statements", "/api"):
        text = client.get(path).text
        assert "<style" not in text
        assert "style=" not in text
        assert "onclick=" not in text
        assert "<script>" not in text
        for part in text.split('src="')[1:] + text.split("<link")[1:]:
            assert "//" not in part.split(">")[0]


# --- sessions ----------------------------------------------------------------------------------


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: MakeDesk) -> None:
    cookie = desk(accounts=True).client().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_signing_in_changes_the_cookie_and_signing_out_ends_it_for_good(desk: MakeDesk) -> None:
    at = desk(accounts=True)
    fresh = at.client()
    fresh.get("/login")
    before = dict(fresh.cookies)
    client = at.signed_in("reviewer")
    held = dict(client.cookies)
    assert held != before
    assert client.get("/").status_code == 200
    client.post("/logout")
    thief = at.client()
    thief.cookies.update(held)
    assert refused(thief.get("/"))


def test_a_made_up_or_altered_cookie_is_nobodys(desk: MakeDesk) -> None:
    at = desk(accounts=True)
    (held,) = dict(at.signed_in("admin").cookies).values()
    # Not its last letter: some of the bits of that one stand for nothing.
    signed, signature = held.rsplit(".", 1)
    altered = ("A" if signature[0] != "A" else "B") + signature[1:]
    for forged in ("x", f"{signed}.{altered}", held.split(".")[0]):
        thief = at.client()
        thief.cookies.set("trustanswer-8321", forged)
        assert refused(thief.get("/"))


def test_a_new_password_or_a_removal_signs_a_person_out(desk: MakeDesk) -> None:
    at = desk(accounts=True)
    author, viewer = at.signed_in("author"), at.signed_in("viewer")
    at.site.access.put("Author", Role.VIEWER, "another password entirely")
    at.site.access.remove("viewer")
    assert refused(author.get("/"))
    assert refused(viewer.get("/"))


def sign_in(client: TestClient, name: str, password: str) -> Any:
    token = client.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"name": name, "password": password, "csrf_token": token}
    return client.post("/login", data=form)


def test_passwords_cannot_be_tried_out(desk: MakeDesk) -> None:
    at = desk(accounts=True)
    client = at.client()
    for _ in range(5):
        assert sign_in(client, "admin", "wrong").status_code == 401
    waiting = sign_in(client, "Admin", PASSWORD)
    assert waiting.status_code == 429
    assert int(waiting.headers["Retry-After"]) > 0
    assert sign_in(client, "reviewer", PASSWORD).status_code == 303
    at.clock.now += 15 * 60 + 1
    assert sign_in(at.client(), "admin", PASSWORD).status_code == 303


def test_a_wrong_name_and_a_wrong_password_are_told_alike(desk: MakeDesk) -> None:
    client = desk(accounts=True).client()
    wrong_name, wrong_password = sign_in(client, "x", PASSWORD), sign_in(client, "admin", "x")
    assert wrong_name.status_code == wrong_password.status_code == 401
    assert "do not go together" in wrong_name.text
    assert wrong_name.text.replace('value="x"', "") == wrong_password.text.replace(
        'value="admin"', ""
    )


@pytest.mark.parametrize("then", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
def test_after_signing_in_one_stays_on_this_server(desk: MakeDesk, then: str) -> None:
    client = desk(accounts=True).client()
    token = client.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"name": "viewer", "password": PASSWORD, "csrf_token": token, "then": then}
    assert client.post("/login", data=form).headers["Location"] == "/"


def test_no_password_is_kept_as_it_is(desk: MakeDesk) -> None:
    for user in desk(accounts=True).site.access.users():
        assert user.password.startswith("$argon2id$")


# --- what is sent ------------------------------------------------------------------------------


def test_a_body_beyond_measure_is_refused(desk: MakeDesk) -> None:
    client = desk().here()
    big = {"rows": [1], "text": "x" * (2 * 1024 * 1024)}
    assert client.post("/api/questionnaires/1/comment", json=big).status_code == 413
    huge = {"file": ("huge.xlsx", b"\0" * (33 * 1024 * 1024))}
    assert client.post("/api/questionnaires", files=huge).status_code == 413


def test_a_file_that_is_no_questionnaire_gets_one_clear_line(desk: MakeDesk) -> None:
    client = desk().here()
    for name, data in (("a.txt", b"hello"), ("a.xlsx", b"hello"), ("../../etc/a.csv", b"")):
        answer = client.post("/api/questionnaires", files={"file": (name, data)})
        assert answer.status_code == 422
        assert "\n" not in answer.json()["detail"]
    assert len(client.get("/api/questionnaires").json()) == 1


def test_what_is_wrong_with_a_request_is_said_without_repeating_it(desk: MakeDesk) -> None:
    answer = desk().here().post("/api/questionnaires/1/approve", json={"rows": "<script>"})
    assert answer.status_code == 422
    assert "script" not in answer.text
