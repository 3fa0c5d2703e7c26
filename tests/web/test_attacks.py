"""Attacks on the page through what it is given: names, questions, sheets, statements."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.review.reviews import BACKUPS, draft, question, review
from tests.web.conftest import Desk, MakeDesk
from tests.workbook.books import make_book
from trustanswer.model import Citation, Flag
from trustanswer.pipeline import Settings
from trustanswer.review.records import Asked

SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</textarea><svg onload=alert(1)>",
)
NAMES = (
    *("../../../../etc/cron.d/evil.csv", "..\\..\\evil.csv", "/etc/passwd.csv", "C:\\evil.csv"),
    *("%2e%2e%2fevil.csv", "evil\x00.csv", "evil\r\nSet-Cookie: a=b.csv", "..", ".", "con.csv"),
)
CSV = b"Question,Answer\nIs customer data encrypted at rest?,\n"


class Tags(HTMLParser):
    """The elements of a page, and every attribute that runs a script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.evil: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "script":
            self.scripts.append(found)
        if tag in ("iframe", "object", "embed") or (tag == "img" and found["src"] == "x"):
            self.evil.append(tag)
        self.evil += [name for name in found if name.startswith("on")]
        links = [value for name, value in attrs if name in ("href", "src", "action", "formaction")]
        self.evil += [link for link in links if (link or "").strip().startswith("javascript:")]


def harmless(text: str) -> bool:
    tags = Tags(text)
    ours = all((script.get("src") or "").startswith("/static/") for script in tags.scripts)
    return ours and not tags.evil and "49" not in re.findall(r"> *(\d+) *<", text)


def poisoned(at: Desk, evil: str) -> int:
    """A review in which everything that came from outside says `evil`."""
    statement = replace(BACKUPS, id="evil", path=(evil,), text=f"{evil} {BACKUPS.text}")
    content = replace(
        draft(),
        answer=evil,
        comment=evil,
        option=evil,
        citations=(Citation(statement, BACKUPS.text),),
        missing=(evil,),
        flags=(Flag(evil, evil),),
    )
    asked = replace(question(1, evil), sheet=evil, section=evil, parent=evil, options=(evil, "No"))
    original = evil.encode()
    kept = replace(
        review(customer=evil),
        name=f"{evil}.xlsx",
        sha256=hashlib.sha256(original).hexdigest(),
        fingerprint=hashlib.sha256(evil.encode()).hexdigest(),
        started_by=evil,
    )
    store = at.site.workspace.store
    return store.start(kept, original, [Asked(asked, content, 1, ("evil",))], [statement]).id


@pytest.mark.parametrize("evil", SCRIPTS)
def test_no_question_sheet_file_name_or_statement_becomes_a_script(
    desk: MakeDesk, evil: str
) -> None:
    at = desk()
    id = poisoned(at, evil)
    client = at.here()
    for path in ("", "/answers/1", "/progress", "/together", "?row=1"):
        shown = client.get(f"/questionnaires/{id}{path}")
        assert shown.status_code == 200
        assert harmless(shown.text), path
    assert harmless(client.get("/").text)
    for path in ("", "/answers", "/log"):
        told = client.get(f"/api/questionnaires/{id}{path}")
        assert told.headers["content-type"] == "application/json"


@pytest.mark.parametrize("evil", SCRIPTS)
def test_no_document_becomes_a_script(desk: MakeDesk, tmp_path: Path, evil: str) -> None:
    page = f"# Trust\n\n## {evil}\n\nWe restrict access. {evil}\n"
    (tmp_path / "page.md").write_text(page)
    at = desk()
    at = replace(at, site=replace(at.site, settings=Settings(knowledge=tmp_path)))
    shown = at.here().get("/statements")
    assert shown.status_code == 200
    assert harmless(shown.text)


@pytest.mark.parametrize("evil", SCRIPTS)
def test_what_is_asked_for_in_an_address_becomes_no_script(desk: MakeDesk, evil: str) -> None:
    client = desk(accounts=True).client()
    for answer in (
        *(client.get(f"/{evil}"), client.get("/login", params={"then": evil})),
        *(client.get("/questionnaires/1", params={"row": evil}),),
    ):
        assert harmless(answer.text)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_an_upload_leads_out_of_its_folder(
    desk: MakeDesk, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(inside))
    client = desk().here()
    before = {path for path in tmp_path.rglob("*") if "trustanswer.db" not in path.name}
    sent = client.post("/api/questionnaires", files={"file": (name, CSV)})
    assert sent.status_code in (200, 422)
    after = {path for path in tmp_path.rglob("*") if "trustanswer.db" not in path.name}
    assert after == before
    if sent.status_code == 200:
        assert not set(sent.json()["name"]) & set("/\\\r\n\0")


def test_no_name_of_a_download_writes_a_header_of_its_own(desk: MakeDesk, tmp_path: Path) -> None:
    at = desk()
    original = make_book(tmp_path / "a.xlsx").read_bytes()
    kept = replace(
        review(),
        name='a"; filename=evil.exe\r\nX-Evil: 1/../../b.xlsx',
        sha256=hashlib.sha256(original).hexdigest(),
    )
    asked = replace(question(3), answer_cell="C3", comment_cell="D3", sheet="Questions")
    id = at.site.workspace.store.start(kept, original, [Asked(asked, draft(), 1)], [BACKUPS]).id
    sent = at.here().post(f"/api/questionnaires/{id}/export", json={"allow_drafts": True})
    assert sent.status_code == 200, sent.text
    assert "x-evil" not in sent.headers
    named = sent.headers["content-disposition"]
    assert re.fullmatch(r"attachment; filename\*=utf-8''[\w.%~-]+", named)


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapp.py"),
        *("/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/..\\app.py"),
        *("/api/exports/../../etc/passwd", "/questionnaires/..%2f..%2fetc%2fpasswd"),
    ],
)
def test_no_address_leads_to_a_file_of_the_machine(desk: MakeDesk, path: str) -> None:
    answer = desk().here().get(path)
    assert answer.status_code in (404, 422)
    assert "root:" not in answer.text
    assert "def " not in answer.text


def test_nobody_gives_themselves_a_role(desk: MakeDesk) -> None:
    at = desk(accounts=True)
    client = at.signed_in("viewer")
    approval = {"rows": [{"row": 1, "seen": "x"}]}
    attempts: tuple[dict[str, Any], ...] = (
        {"json": {**approval, "role": "admin"}},
        {"json": approval, "params": {"role": "admin", "user": "admin"}},
        {"json": approval, "headers": {"X-Role": "admin", "X-Forwarded-User": "admin"}},
    )
    for attempt in attempts:
        sent = client.post("/api/questionnaires/1/approve", **attempt)
        assert sent.status_code == 403
    assert client.get("/api/session").json()["role"] == "viewer"


def test_no_password_and_no_database_password_is_ever_printed(
    trustanswer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = "postgresql://ann:hunter2@127.0.0.1:1/none?connect_timeout=2"
    monkeypatch.setenv("TRUSTANSWER_DATABASE_URL", url)
    refused = trustanswer("review", "list")
    assert refused.status == 1
    assert "hunter2" not in refused.err + refused.out
