"""The words the stages share: frozen, without behaviour beyond what they say of themselves.

Cells are named as in the customer's file ("D9"), rows count from 1. A CSV file has the sheet
None; its rows are record numbers (from 1, header and blank records counted) and its cells are
named as a spreadsheet would show them. (The JSON reports give null for them.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# --- knowledge ---------------------------------------------------------------------------------


class Unit(StrEnum):
    """What a format counts, where it has no lines."""

    PAGE = "page"
    PARAGRAPH = "paragraph"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source without lines something stands, counted from 1.

    `sheet` is the one of a workbook; a paragraph in a table counts as any other.
    """

    unit: Unit
    first: int
    last: int
    sheet: str | None = None

    def __str__(self) -> str:
        sheet = "" if self.sheet is None else f"{self.sheet}, "
        if self.first == self.last:
            return f"{sheet}{self.unit} {self.first}"
        return f"{sheet}{self.unit}s {self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion of the vendor, as it stands in a trust-center document.

    `text` is the source with markup removed and white space folded; a quote is verbatim in it.
    `lines` are the first and last line of the text in `source` (a path relative to the knowledge
    base, POSIX style), counted from 1; where that has no lines, they are None and `place` says
    where it stands.
    """

    id: str
    path: tuple[str, ...]
    text: str
    source: str
    lines: tuple[int, int] | None
    updated: date | None = None
    tags: tuple[tuple[str, str], ...] = ()
    place: Place | None = None

    @property
    def title(self) -> str:
        return " > ".join(self.path)

    @property
    def cited(self) -> str:
        """The source as an answer names it: title, page or row, date.

        Paragraphs are left out, for nobody sees them numbered.
        """
        counted = self.place is not None and self.place.unit is not Unit.PARAGRAPH
        place = str(self.place) if counted else None
        updated = None if self.updated is None else self.updated.isoformat()
        return ", ".join(part for part in (self.title, place, updated) if part)

    @property
    def where(self) -> str:
        """The source and the place in it, as people read it: "page.md, lines 3-4"."""
        if self.lines is None:
            return f"{self.source}, {self.place}" if self.place else self.source
        first, last = self.lines
        return f"{self.source}, " + (f"line {first}" if first == last else f"lines {first}-{last}")


def statement_id(path: Sequence[str], text: str) -> str:
    """Id that survives reordering: the first 12 hex digits of SHA-256 over path and text."""
    content = "\x1f".join(path) + "\x1e" + text
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a part of one, that gave no statement, and why.

    `slip`: it is what a document says of itself, and cannot be read as it is meant.
    """

    source: str
    reason: str
    slip: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What knowledge.toml says of a knowledge base as a whole.

    `review_months`: how often its statements are to be looked at again. `names`: how the vendor
    and its products are called.
    """

    title: str | None = None
    owner: str | None = None
    review_months: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A knowledge base: its statements in the order of the documents, and what was left out."""

    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...] = ()
    about: About = About()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what the statements say, cite and date; equal knowledge has equal prints."""
        digest = hashlib.sha256()
        for s in sorted(self.statements, key=lambda s: (s.source, s.lines or (0, 0), s.id)):
            digest.update(repr((s.id, s.source, s.lines, s.updated, s.tags)).encode())
            digest.update(str(s.place or "").encode())
        return digest.hexdigest()


# --- what is amiss with a knowledge base ----------------------------------------------------------


class Check(StrEnum):
    """What `kb lint` looks for, the worst first."""

    FRONT_MATTER = "front matter"  # cannot be read as it is meant: its page may be kept back
    CONTRADICTION = "contradiction"  # another number, another version, the opposite answer
    DUPLICATE = "duplicate"  # word for word
    STALE = "stale"  # not looked at within its review cycle
    UNDATED = "undated"
    LINK = "broken link"
    NEAR_DUPLICATE = "near-duplicate"  # says what another says, in other words
    VAGUE = "vague"  # a promise that nothing can be held against
    UNCITED = "never cited"  # by no answer of any review that it was there for


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing amiss with a statement, with the words of it that show it ("" for the whole).

    `other` is the statement that it contradicts or repeats, with the words of that.
    """

    check: Check
    statement: Statement
    detail: str
    quote: str = ""
    other: Statement | None = None
    other_quote: str = ""


# --- what became of a knowledge base -------------------------------------------------------------


class What(StrEnum):
    """What became of a statement from one state of a knowledge base to the next."""

    CHANGED = "changed"  # its words, and its heading perhaps
    REMOVED = "removed"
    RENAMED = "renamed"  # its heading: the same words under another one
    ADDED = "added"
    REDATED = "redated"  # the same words with another date

    @property
    def touches_answers(self) -> bool:
        """Whether an answer that quotes the statement has to be looked at again."""
        return self in (What.CHANGED, What.REMOVED, What.RENAMED)


@dataclass(frozen=True, slots=True)
class Change:
    """A statement before (None: added) and after (None: removed), and what changed, in words."""

    what: What
    old: Statement | None
    new: Statement | None
    words: tuple[str, ...] = ()

    @property
    def statement(self) -> Statement:
        """As it is now, or as it last was."""
        found = self.new or self.old
        assert found is not None
        return found


# --- questionnaire -----------------------------------------------------------------------------


class Kind(StrEnum):
    """How a question is answered in the file."""

    CHOICE = "choice"  # one of the values of a dropdown
    TEXT = "text"  # free text
    MARK = "mark"  # a mark in one of several columns
    SCORE = "score"  # a number on a scale


@dataclass(frozen=True, slots=True)
class Question:
    """One row to be answered. `parent` is the lead-in whose child this row is."""

    sheet: str | None
    row: int
    question_cell: str | None
    answer_cell: str | None
    comment_cell: str | None
    text: str
    section: str | None = None
    parent: str | None = None
    kind: Kind = Kind.TEXT
    options: tuple[str, ...] | None = None
    answer_cells: Mapping[str, str] | None = None
    prefilled: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered before, with what its answer and comment cells say.

    Where the answer is a mark, `answer` is the name of the marked column ("Yes").
    """

    question: Question
    answer: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A row with text that is no question, and what it is instead."""

    sheet: str | None
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What a customer's file asks. `doubts` are one-line remarks on a layout that is unsure."""

    name: str
    questions: tuple[Question, ...]
    others: tuple[Other, ...]
    doubts: tuple[str, ...] = ()


# --- evidence ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may answer a question, and how near it is in several ways.

    `scores` are named similarities (see `retrieval.index`); `sentences` are the statement's
    sentences with the cosine of each to the question.
    """

    statement: Statement
    scores: Mapping[str, float]
    sentences: tuple[tuple[str, float], ...]


# --- answers -----------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What the evidence says to the question. NONE: it does not answer it."""

    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    NA = "na"
    TEXT = "text"
    NONE = "none"


class Status(StrEnum):
    DRAFTED = "drafted"
    ABSTAINED = "abstained"
    PREFILLED = "prefilled"


class Band(StrEnum):
    """How a draft is best reviewed."""

    HIGH = "high"  # sure, nothing missing, nothing flagged: may be approved together with others
    REVIEW = "review"  # one by one


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote of a statement. `about`: whom it is about, where not the vendor."""

    statement: Statement
    quote: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reviewer should see before approving."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A suggested answer, or an abstention (verdict NONE) with its reason.

    `confidence` is the probability that a reviewer would let it stand; `band` goes by it, and is
    None for an abstention. `missing` names what the question asks for and the evidence does not
    say, `contradicted` which numbers, intervals and versions it gives otherwise, both in the
    question's own words.
    """

    question: Question
    status: Status
    verdict: Verdict = Verdict.NONE
    confidence: float = 0.0
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    band: Band | None = None

    @property
    def plain(self) -> bool:
        """Whether it answers in full, with nothing missing and nothing flagged."""
        return self.verdict is not Verdict.PARTIAL and not self.missing and not self.flags


@dataclass(frozen=True, slots=True)
class Expected:
    """Of drafts at or above `threshold`: how many were measured, which share of them needed
    correction, and the share that 95 of 100 such measurements would not exceed."""

    threshold: float
    drafts: int
    corrected: float
    at_most: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into the customer's file for one draft; None leaves a cell as it is."""

    draft: Draft
    option: str | None = None
    answer: str | None = None
    comment: str | None = None
    answer_cell: str | None = None
    comment_cell: str | None = None


@dataclass(frozen=True, slots=True)
class CellWrite:
    """One cell (in a CSV file: one field) to be written, as text or as a number.

    The value stands for itself: nothing that is written is ever a formula.
    """

    sheet: str | None
    cell: str
    value: str | float


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One line of the evidence sheet that `--citations sheet` adds."""

    sheet: str
    cell: str
    question: str
    quote: str
    source: str
    updated: str


@dataclass(frozen=True, slots=True)
class Parts:
    """How much of the package changed: parts (zip members) and cells."""

    changed: int
    total: int
    cells: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """The outcome of `fill`: what was drafted, and what became of the file.

    `expected` is what is known of drafts as sure as those of the high band; None where nothing
    was measured.
    """

    questionnaire: Questionnaire
    out: str
    knowledge: Knowledge
    model: str
    seconds: float
    parts: Parts
    entries: tuple[Entry, ...] = field(default_factory=tuple)
    expected: Expected | None = None
