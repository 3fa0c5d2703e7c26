"""What is sent to the API."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


# The number of a question or a review, as far as a database counts.
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Seen(Body):
    """A question, and the revision of its answer that the person had before their eyes."""

    row: Number = Field(description="The question's number in the questionnaire, from 1.")
    seen: str = Field(description="`revision` of the answer as it was shown.", max_length=64)


Rows = Annotated[list[Seen], Field(min_length=1, max_length=20_000)]
Note = Annotated[str, Field(max_length=4_000)]


class Approval(Body):
    rows: Rows
    why: Note | None = None
    restrict: bool = Field(False, description="Keep the answers for this customer alone.")


class Rejection(Body):
    rows: Rows
    why: Note | None = None


class Assignment(Body):
    rows: Rows
    to: Annotated[str, Field(min_length=1, max_length=200)]


class Remark(Body):
    rows: Annotated[list[Number], Field(min_length=1, max_length=20_000)]
    text: Annotated[Note, Field(min_length=1)]


class Words(Seen):
    """A person's words; what is null stays as it is, what is empty is emptied."""

    option: str | None = None
    answer: str | None = Field(None, max_length=40_000)
    comment: str | None = Field(None, max_length=40_000)


class Wish(Body):
    allow_blank: bool = Field(False, description="Leave blank what has no answer.")
    allow_drafts: bool = Field(False, description="Write drafts that nobody approved, too.")
