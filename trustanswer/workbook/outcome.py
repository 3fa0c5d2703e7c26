"""What became of the writes asked for."""

from __future__ import annotations

from dataclasses import dataclass

from trustanswer.model import CellWrite, Parts


@dataclass(frozen=True, slots=True)
class Kept:
    """A write that was not made, because the cell must stay as it is."""

    write: CellWrite
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`written` names the cells that changed (of a merged range the first one)."""

    parts: Parts
    written: tuple[CellWrite, ...] = ()
    kept: tuple[Kept, ...] = ()
