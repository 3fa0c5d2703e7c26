"""The JSON API: everything the pages do, for other programs too."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Form, Request, Response, UploadFile

from trustanswer import reports
from trustanswer.errors import InputError, ReviewError, StaleError
from trustanswer.pipeline import load_knowledge, reviewing
from trustanswer.pipeline.edits import Edit
from trustanswer.pipeline.exporting import export
from trustanswer.pipeline.starting import read_in, start
from trustanswer.review.records import Review
from trustanswer.review.states import Answer, Event, entry_of
from trustanswer.text import sentences
from trustanswer.web import views
from trustanswer.web.access import TOKEN_HEADER, Author, Reviewer, Viewer, site_of, token_of
from trustanswer.web.bodies import (
    Approval,
    Assignment,
    Number,
    Rejection,
    Remark,
    Seen,
    Wish,
    Words,
)
from trustanswer.web.errors import ChangedError, MissingError
from trustanswer.web.site import Site

Json = dict[str, Any]
Here = Annotated[Site, Depends(site_of)]

router = APIRouter(prefix="/api")


def review_of(id: Number, site: Here, user: Viewer) -> Review:
    """Raises MissingError where there is no such questionnaire; who may not look learns nothing."""
    try:
        return site.workspace.store.review(id)
    except ReviewError as error:
        raise MissingError("There is no such questionnaire.") from error


Reviewed = Annotated[Review, Depends(review_of)]

# --- what is told ------------------------------------------------------------------------------


def answer_json(answer: Answer) -> Json:
    return {
        "row": answer.row,
        "revision": answer.revision,
        "state": answer.state.value,
        "band": views.band(answer),
        "assignee": answer.assignee,
        "author": answer.author,
        "decided_by": answer.closed_by,
        "decided_at": answer.closed_at,
        "alike": answer.alike,
        "summary": views.summary(answer),
        "report": reports.answer_report(entry_of(answer)),
    }


def review_json(review: Review, answers: Sequence[Answer]) -> Json:
    return {
        "id": review.id,
        "name": review.name,
        "customer": review.customer,
        "due": review.due,
        "started_at": review.started_at,
        "started_by": review.started_by,
        "sha256": review.sha256,
        "model": review.model,
        "knowledge": {"fingerprint": review.fingerprint, "statements": review.statements},
        "counts": views.counts(answers),
    }


def event_json(event: Event) -> Json:
    return {
        "number": event.number,
        "row": event.row,
        "action": event.action.value,
        "by": event.by,
        "at": event.at,
        "seen": event.seen,
        "why": event.why,
        "to": event.to,
    }


# --- reading -----------------------------------------------------------------------------------


@router.get("/session", summary="Who is signed in, and the token that writes must carry")
def session(request: Request, user: Viewer) -> Json:
    return {
        "name": user.name,
        "role": user.role.value,
        "header": TOKEN_HEADER,
        "token": token_of(request),
    }


@router.get("/questionnaires", summary="Every questionnaire with its counts, oldest first")
def questionnaires(site: Here, user: Viewer) -> list[Json]:
    store = site.workspace.store
    return [review_json(review, store.answers(review.id)) for review in store.reviews()]


@router.get("/questionnaires/{id}", summary="One questionnaire with its counts")
def questionnaire(review: Reviewed, site: Here, user: Viewer) -> Json:
    return review_json(review, site.workspace.store.answers(review.id))


@router.get("/questionnaires/{id}/answers", summary="Every question with its answer as it stands")
def answers(review: Reviewed, site: Here, user: Viewer) -> list[Json]:
    return [answer_json(a) for a in site.workspace.store.answers(review.id)]


@router.get("/questionnaires/{id}/log", summary="Everything that happened, in order")
def log(review: Reviewed, site: Here, user: Viewer) -> list[Json]:
    return [event_json(event) for event in site.workspace.store.log(review.id)]


@router.get("/statements", summary="The trust center that drafts are quoted from")
def statements(site: Here, user: Viewer) -> Json:
    return reports.knowledge_report(load_knowledge(site.settings))


@router.get("/exports/{sha256}", summary="The manifest of a file that was exported")
def manifest(sha256: str, site: Here, user: Viewer) -> Json:
    found = site.workspace.store.manifest(sha256.lower())
    if found is None:
        raise MissingError("No export of these bytes is on record.")
    return found


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request, user: Viewer) -> Json:
    app: FastAPI = request.app
    return app.openapi()


# --- writing -----------------------------------------------------------------------------------


@router.post("/questionnaires", summary="Bring in a customer's file and draft its answers")
def upload(
    site: Here,
    user: Author,
    file: UploadFile,
    customer: Annotated[str, Form(max_length=200)] = "",
    due: Annotated[str, Form(max_length=10, description="YYYY-MM-DD")] = "",
) -> Json:
    when = _date(due)
    with tempfile.TemporaryDirectory(prefix="trustanswer-") as folder, site.drafting:
        path = Path(folder) / _plain_name(file.filename or "")
        path.write_bytes(file.file.read())
        incoming = read_in(path, site.settings)
        review = start(
            site.workspace, incoming, site.settings, by=user.name, customer=customer, due=when
        )
    made = review_json(review, site.workspace.store.answers(review.id))
    return {**made, "doubts": incoming.doubts}


@router.post("/questionnaires/{id}/approve", summary="Stand behind answers")
def approve(review: Reviewed, site: Here, user: Reviewer, body: Approval) -> Json:
    def act(rows: Sequence[int], seen: Mapping[int, str]) -> object:
        return reviewing.approve(
            site.workspace,
            review.id,
            rows,
            by=user.name,
            why=body.why,
            seen=seen,
            restrict=body.restrict,
        )

    return _decided(site, review, body.rows, act)


@router.post("/questionnaires/{id}/reject", summary="Keep answers from going out as they stand")
def reject(review: Reviewed, site: Here, user: Reviewer, body: Rejection) -> Json:
    def act(rows: Sequence[int], seen: Mapping[int, str]) -> object:
        return reviewing.reject(
            site.workspace, review.id, rows, by=user.name, why=body.why, seen=seen
        )

    return _decided(site, review, body.rows, act)


@router.post("/questionnaires/{id}/assign", summary="Hand questions to a person")
def assign(review: Reviewed, site: Here, user: Author, body: Assignment) -> Json:
    def act(rows: Sequence[int], seen: Mapping[int, str]) -> object:
        return reviewing.assign(
            site.workspace, review.id, rows, to=body.to, by=user.name, seen=seen
        )

    return _decided(site, review, body.rows, act)


@router.post("/questionnaires/{id}/comment", summary="Leave a note among colleagues")
def comment(review: Reviewed, site: Here, user: Author, body: Remark) -> Json:
    reviewing.comment(site.workspace, review.id, body.rows, body.text, by=user.name)
    return _standing(site, review, body.rows)


@router.post("/questionnaires/{id}/edit", summary="Put a person's words in place of an answer")
def edit(review: Reviewed, site: Here, user: Author, body: Words) -> Json:
    def act(rows: Sequence[int], seen: Mapping[int, str]) -> object:
        quotes = _quotes(site, review, body)
        change = Edit(body.option, body.answer, body.comment, quotes)
        return reviewing.edit(site.workspace, review.id, rows, change, by=user.name, seen=seen)

    return _decided(site, review, [body], act)


@router.post(
    "/questionnaires/{id}/export",
    summary="The approved answers in the customer's own file",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def export_file(review: Reviewed, site: Here, user: Reviewer, body: Wish) -> Response:
    name = Path(review.name)
    with tempfile.TemporaryDirectory(prefix="trustanswer-") as folder:
        out = Path(folder) / f"{name.stem}.answered{name.suffix}"
        export(
            site.workspace,
            review.id,
            out,
            by=user.name,
            allow_drafts=body.allow_drafts,
            allow_blank=body.allow_blank,
        )
        data = out.read_bytes()
    return Response(data, media_type="application/octet-stream", headers=_attachment(out.name))


# --- pieces ------------------------------------------------------------------------------------


def _decided(
    site: Site,
    review: Review,
    rows: Sequence[Seen],
    act: Callable[[Sequence[int], Mapping[int, str]], object],
) -> Json:
    """Takes a decision on what was seen. Raises ChangedError with what stands there instead."""
    seen = {each.row: each.seen for each in rows}
    try:
        act(list(seen), seen)
    except StaleError as error:
        now = site.workspace.store.answers(review.id, list(seen))
        changed = [answer_json(a) for a in now if a.revision != seen[a.row]]
        raise ChangedError(str(error), changed) from error
    return _standing(site, review, list(seen))


def _standing(site: Site, review: Review, rows: Sequence[int]) -> Json:
    found = site.workspace.store.answers(review.id, rows)
    return {"answers": [answer_json(a) for a in found]}


def _quotes(site: Site, review: Review, words: Words) -> list[tuple[str, str]]:
    """The sentences of near statements that stand word for word in what a person wrote."""
    answers = site.workspace.store.answers(review.id, [words.row])
    near = {i for answer in answers for i in answer.candidates}
    written = f"{words.answer or ''}\n{words.comment or ''}"
    known = [c.quote for a in answers for c in a.content.citations if c.quote in written]
    return [
        (statement.id, sentence)
        for statement in site.workspace.store.statements(review)
        if statement.id in near
        for sentence in sentences(statement.text)
        if sentence in written and not any(sentence in quote for quote in known)
    ]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"“{text}” is no date; write it as 2026-11-30") from error


def _plain_name(name: str) -> str:
    """The file's own name, whatever folders the browser put before it, short enough to be kept."""
    plain = PurePosixPath(PureWindowsPath(name).name).name
    printable = "".join(c for c in plain if c.isprintable()).strip(" .") or "questionnaire"
    stem, suffix = Path(printable).stem, Path(printable).suffix
    return f"{stem[:80]}{suffix[:10]}"


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}"}
