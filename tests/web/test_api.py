"""The JSON API: what the pages do, step by step, as another program would."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from starlette.testclient import TestClient

from tests.web.conftest import MakeDesk
from trustanswer.review.states import Rules

BASE = "/api/questionnaires/1"


def answers(client: TestClient) -> dict[int, Any]:
    return {a["row"]: a for a in client.get(f"{BASE}/answers").json()}


def drafted(client: TestClient) -> list[Any]:
    return [a for a in answers(client).values() if a["state"] == "drafted"]


def seen(*found: Any) -> list[dict[str, Any]]:
    return [{"row": a["row"], "seen": a["revision"]} for a in found]


def test_an_approval_says_who_stands_behind_it(desk: MakeDesk) -> None:
    client = desk().here()
    first = drafted(client)[0]
    told = client.post(f"{BASE}/approve", json={"rows": seen(first)}).json()
    (now,) = told["answers"]
    assert (now["state"], now["band"], now["decided_by"]) == ("approved", "done", "Ann")
    assert answers(client)[first["row"]] == now


def test_a_decision_on_what_is_no_longer_there_is_refused_and_told_what_is(desk: MakeDesk) -> None:
    client = desk().here()
    first, second = drafted(client)[:2]
    words = {**seen(first)[0], "comment": "Another wording."}
    assert client.post(f"{BASE}/edit", json=words).status_code == 200
    late = client.post(f"{BASE}/approve", json={"rows": seen(first, second)})
    assert late.status_code == 409
    assert "Ann" in late.json()["detail"]
    (changed,) = late.json()["changed"]
    assert changed["report"]["comment"] == "Another wording."
    assert answers(client)[second["row"]]["state"] == "drafted"  # all of them or none
    again = client.post(f"{BASE}/approve", json={"rows": seen(changed, second)})
    assert again.status_code == 200


def test_every_decision_names_what_was_seen(desk: MakeDesk) -> None:
    client = desk().here()
    spec = client.get("/api/openapi.json").json()
    for action in ("approve", "reject", "assign", "edit"):
        path = spec["paths"]["/api/questionnaires/{id}/" + action]["post"]
        schema = path["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        body = spec["components"]["schemas"][schema.rsplit("/", 1)[1]]
        rows = body["properties"].get("rows")
        of = body if rows is None else spec["components"]["schemas"]["Seen"]
        assert {"row", "seen"} <= set(of["required"])


def test_the_grounds_stay_with_the_quotes_that_a_person_keeps(desk: MakeDesk) -> None:
    client = desk().here()
    first = next(a for a in drafted(client) if a["report"]["comment"])
    quote = first["report"]["citations"][0]["quote"]
    kept = client.post(f"{BASE}/edit", json={**seen(first)[0], "comment": f"In short: {quote}"})
    (now,) = kept.json()["answers"]
    assert [c["quote"] for c in now["report"]["citations"]] == [quote]
    gone = client.post(f"{BASE}/edit", json={**seen(now)[0], "comment": "Trust us."})
    assert gone.json()["answers"][0]["report"]["citations"] == []


def test_a_near_statement_that_a_person_quotes_becomes_evidence(desk: MakeDesk) -> None:
    at = desk()
    client = at.here()
    store = at.site.workspace.store
    statements = {s.id: s for s in store.statements(store.review(1))}
    blank = next(a for a in store.answers(1) if not a.content.says_something and a.candidates)
    near = statements[blank.candidates[0]]
    words = {"row": blank.row, "seen": blank.revision, "comment": near.text}
    if blank.question.options:
        words["option"] = blank.question.options[0]
    (now,) = client.post(f"{BASE}/edit", json=words).json()["answers"]
    cited = now["report"]["citations"]
    assert {c["statement_id"] for c in cited} == {near.id}
    assert all(c["quote"] in near.text for c in cited)


def test_only_what_the_file_allows_is_taken_as_an_option(desk: MakeDesk) -> None:
    client = desk().here()
    first = next(a for a in drafted(client) if a["report"]["options"])
    answer = client.post(f"{BASE}/edit", json={**seen(first)[0], "option": "Certainly"})
    assert answer.status_code == 409
    assert "Yes | No | N/A" in answer.json()["detail"]


def test_where_two_must_agree_nobody_approves_their_own_words(desk: MakeDesk) -> None:
    at = desk(accounts=True, rules=Rules(second_person=True))
    one, other = at.signed_in("reviewer"), at.signed_in("admin")
    first = drafted(one)[0]
    (mine,) = one.post(f"{BASE}/edit", json={**seen(first)[0], "comment": "My own words."}).json()[
        "answers"
    ]
    assert one.post(f"{BASE}/approve", json={"rows": seen(mine)}).status_code == 409
    assert other.post(f"{BASE}/approve", json={"rows": seen(mine)}).status_code == 200


def test_notes_and_names_stay_in_the_house(desk: MakeDesk) -> None:
    client = desk().here()
    first = drafted(client)[0]
    secret = "Zebra between us"
    client.post(f"{BASE}/comment", json={"rows": [first["row"]], "text": secret})
    client.post(f"{BASE}/approve", json={"rows": seen(*drafted(client))})
    assert any(e["why"] == secret for e in client.get(f"{BASE}/log").json())
    book = exported(client)
    text = "\n".join(str(c.value) for s in book for r in s.iter_rows() for c in r if c.value)
    assert secret not in text
    assert "Ann" not in text.split()
    assert first["report"]["comment"] in text


def exported(client: TestClient) -> openpyxl.Workbook:
    answer = client.post(f"{BASE}/export", json={"allow_drafts": True})
    assert answer.status_code == 200
    assert "bank.answered.xlsx" in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_nothing_leaves_while_questions_are_open_unless_one_says_so(desk: MakeDesk) -> None:
    client = desk().here()
    refused = client.post(f"{BASE}/export", json={})
    assert refused.status_code == 409
    assert "open" in refused.json()["detail"]
    exported(client)


def test_blank_answers_may_stay_blank_but_no_draft_slips_out(desk: MakeDesk) -> None:
    client = desk().here()
    waiting = [
        a for a in answers(client).values() if a["report"]["answer"] or a["report"]["comment"]
    ]
    assert client.post(f"{BASE}/export", json={"allow_blank": True}).status_code == 409
    kept, *rest = waiting
    client.post(f"{BASE}/approve", json={"rows": seen(*rest)})
    client.post(f"{BASE}/reject", json={"rows": seen(kept)})
    sent = client.post(f"{BASE}/export", json={"allow_blank": True})
    assert sent.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    report = kept["report"]
    assert book[report["sheet"]][report["question_cell"].replace("C", "E")].value is None
    states = {a["row"]: a["state"] for a in answers(client).values()}
    assert states[kept["row"]] == "rejected"
    assert {states[a["row"]] for a in rest} == {"exported"}


def test_a_questionnaire_or_a_question_that_is_not_there_is_not_found(desk: MakeDesk) -> None:
    client = desk().here()
    assert client.get("/api/questionnaires/99").status_code == 404
    assert client.get("/questionnaires/99").status_code == 404
    assert client.get("/questionnaires/1/answers/9999").status_code == 404
    body = {"rows": [{"row": 9999, "seen": "x"}]}
    assert client.post(f"{BASE}/approve", json=body).status_code in (404, 409)


def test_the_description_lists_every_operation_with_what_it_is_for(desk: MakeDesk) -> None:
    client = desk().here()
    spec = client.get("/api/openapi.json").json()
    page = client.get("/api").text
    assert spec["openapi"].startswith("3.1")
    for path, methods in spec["paths"].items():
        for operation in methods.values():
            assert path in page
            assert operation["summary"] in page.replace("&#39;", "'")
