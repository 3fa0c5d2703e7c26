"""Export: the approved answers into the customer's own file, with a manifest to hold it against."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from trustanswer import __version__, reports
from trustanswer.answering import Citations, evidence_rows
from trustanswer.errors import InputError, OutputError, ReviewError
from trustanswer.model import Draft, Entry, Parts, Status
from trustanswer.pipeline.filling import as_written, writes
from trustanswer.pipeline.outputs import Output, check_outputs, endings_like
from trustanswer.pipeline.review_reports import answer_report
from trustanswer.pipeline.settings import limits_here
from trustanswer.pipeline.workspace import Workspace, named, now, open_workspace, workspace_exists
from trustanswer.review.records import Review
from trustanswer.review.states import HELD_BACK, Action, Answer, Decision, entry_of
from trustanswer.workbook import Outcome, fill_file

Json = dict[str, Any]
MANIFEST = ".manifest.json"  # after the name of the exported file


@dataclass(frozen=True)
class Export:
    """What went out: `approved` and `drafts` count the answers written, `blank` those left out.

    `kept` says, cell by cell, which answers the file could not take.
    """

    review: Review
    out: Path
    manifest: Path
    sha256: str
    parts: Parts
    approved: int
    drafts: int
    blank: int
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Verification:
    """Whether a file is what was exported, and how that is known."""

    genuine: bool
    because: str


def export(
    workspace: Workspace,
    review: int,
    out: Path,
    *,
    by: str,
    allow_drafts: bool = False,
    allow_blank: bool = False,
) -> Export:
    """Writes the approved answers into a copy of the original at `out`, its manifest beside it.

    `allow_drafts` writes what is not yet approved too (never what was rejected); `allow_blank`
    leaves blank what has no answer, or a rejected one, as long as all else is approved. Raises
    ReviewError while questions are open, StaleError where one was decided on meanwhile; then
    `out` is as it was.
    """
    found = workspace.store.review(review)
    answers = workspace.store.answers(review)
    if not allow_drafts:
        _refuse_open(answers, allow_blank)
    _check_place(workspace, found, out)
    try:
        with tempfile.TemporaryDirectory(prefix=".trustanswer-", dir=out.parent) as folder:
            return _exported(workspace, found, answers, out, Path(folder), named(by))
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written: {error.strerror or error}; name another place"
        ) from error


def _exported(
    workspace: Workspace,
    review: Review,
    answers: Sequence[Answer],
    out: Path,
    folder: Path,
    by: str,
) -> Export:
    """Everything is made ready aside, then put on record, then moved to its place.

    So what can be found at `out` is whole and on record, whenever the machine stops.
    """
    sent = [a for a in answers if _goes_out(a)]
    entries = {a.row: _entry(a) for a in answers}
    original = workspace.store.original(review)
    staged, outcome = _staged(review, original, [entries[a.row] for a in sent], folder)
    at = now()
    sha256 = hashlib.sha256(staged.read_bytes()).hexdigest()
    written = dict(zip(entries, as_written(entries.values(), outcome), strict=True))
    manifest = {
        **_head(review, out, sha256, outcome.parts, by, at),
        "answers": [answer_report(a, written[a.row]) for a in answers]
        + [reports.answer_report(Entry(Draft(q, Status.PREFILLED))) for q in review.already],
    }
    beside = out.with_name(out.name + MANIFEST)
    reports.write(folder / "manifest.json", manifest)
    decisions = [Decision(a.row, Action.EXPORT, seen=a.revision) for a in answers if _leaves(a)]
    workspace.store.exported(review.id, decisions, by=by, at=at, sha256=sha256, manifest=manifest)
    (folder / "manifest.json").replace(beside)
    staged.replace(out)
    approved = sum(a.approved for a in sent)
    return Export(
        review=review,
        out=out,
        manifest=beside,
        sha256=sha256,
        parts=outcome.parts,
        approved=approved,
        drafts=len(sent) - approved,
        blank=len(answers) - len(sent),
        kept=tuple(f"{k.write.sheet or ''} {k.write.cell}: {k.reason}" for k in outcome.kept),
    )


def _staged(
    review: Review, original: bytes, entries: Sequence[Entry], folder: Path
) -> tuple[Path, Outcome]:
    source = folder / f"original{Path(review.name).suffix}"
    source.write_bytes(original)
    staged = folder / f"filled{Path(review.name).suffix}"
    evidence = evidence_rows(entries) if review.citations == Citations.SHEET else []
    return staged, fill_file(source, staged, writes(entries), evidence, limits=limits_here())


def _goes_out(answer: Answer) -> bool:
    return answer.content.says_something and answer.state not in HELD_BACK


def _leaves(answer: Answer) -> bool:
    """Whether the export is a part of the answer's story: a blank that was approved is one too."""
    return answer.approved or _goes_out(answer)


def _entry(answer: Answer) -> Entry:
    """What the file gets; of an answer that stays at home no cell."""
    entry = entry_of(answer)
    if _goes_out(answer):
        return entry
    return Entry(entry.draft)


def _refuse_open(answers: Sequence[Answer], allow_blank: bool) -> None:
    waiting = [str(a.row) for a in answers if not a.approved and (_goes_out(a) or not allow_blank)]
    if waiting:
        few = ", ".join(waiting[:8]) + (" ..." if len(waiting) > 8 else "")
        raise ReviewError(
            f"{len(waiting)} of {len(answers)} questions are open (rows {few}); decide on them, "
            "or export what is there with --allow-drafts"
        )


def _check_place(workspace: Workspace, review: Review, out: Path) -> None:
    """An export takes the place of a former one of the same file, and of nothing else: not of what
    came in, from this customer or another, nor of a copy that somebody has worked on since."""
    package = workspace.store.original(review).startswith(b"PK")  # as every workbook is
    endings = endings_like(review.name, workbook=package)
    check_outputs([Output(out, "--out", endings), Output(Path(f"{out}{MANIFEST}"))], [])
    if not out.exists():
        return
    sha256 = _sha256(out)
    if sha256 == review.sha256:
        raise OutputError(f"{out} is the file that came in; name another one for the result")
    former = workspace.store.manifest(sha256) or _described(out, sha256)
    if former.get("original", {}).get("sha256") != review.sha256:
        raise OutputError(
            f"{out} is there already, and is not this questionnaire as it was exported before; "
            "name another file, or remove it"
        )


def _described(file: Path, sha256: str) -> Json:
    """The manifest beside a file, if it is of just these bytes: an export of another place."""
    beside = file.with_name(file.name + MANIFEST)
    manifest = _read_manifest(beside) if beside.exists() else {}
    return manifest if manifest and manifest["exported"]["sha256"] == sha256 else {}


# --- the manifest ------------------------------------------------------------------------------


def _head(review: Review, out: Path, sha256: str, parts: Parts, by: str, at: datetime) -> Json:
    return {
        "questionnaire": review.name,
        "customer": review.customer,
        "review": review.id,
        "original": {"name": review.name, "sha256": review.sha256},
        "exported": {"name": out.name, "sha256": sha256, "by": by, "at": at.isoformat()},
        "knowledge": {"fingerprint": review.fingerprint, "statements": review.statements},
        "model": review.model,
        "version": {"drafted": review.version, "exported": __version__},
        "parts": {"changed": parts.changed, "total": parts.total},
    }


# --- verify ------------------------------------------------------------------------------------


def verify(file: Path) -> Verification:
    """Holds a file against the record of its export, else against the manifest beside it."""
    sha256 = _sha256(file)
    recorded = _recorded(sha256)
    if recorded is not None:
        return Verification(True, _told(recorded) + ", on record here")
    beside = file.with_name(file.name + MANIFEST)
    if not beside.exists():
        return Verification(
            False, f"no export of these bytes is on record here, and there is no {beside.name}"
        )
    manifest = _read_manifest(beside)
    if manifest["exported"]["sha256"] == sha256:
        return Verification(True, _told(manifest) + f", says {beside.name}; no record here")
    return Verification(False, f"it is not the file that {beside.name} describes: it was changed")


def _recorded(sha256: str) -> Json | None:
    if not workspace_exists():
        return None
    with open_workspace() as workspace:
        return workspace.store.manifest(sha256)


def _told(manifest: Json) -> str:
    exported = manifest["exported"]
    whom = f" for {manifest['customer']}" if manifest["customer"] else ""
    day = exported["at"][:10]
    return f"exported by {exported['by']} on {day} from {manifest['questionnaire']}{whom}"


def _read_manifest(path: Path) -> Json:
    try:
        manifest: Json = json.loads(path.read_text(encoding="utf-8"))
        if {"customer", "questionnaire"} <= set(manifest) and {"sha256", "by", "at"} <= set(
            manifest["exported"]
        ):
            return manifest
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError(f"{path} is not a manifest of an export")


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from error
