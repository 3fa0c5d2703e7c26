"""Which statements a run may use: by tags (product, region) and by visibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trustanswer.errors import InputError
from trustanswer.model import Knowledge, Statement

LEVELS = ("public", "nda", "internal")
VISIBILITY = "visibility"
UNKNOWN = "unknown"  # the level of a page whose own cannot be read: above all others


@dataclass(frozen=True, slots=True)
class Scope:
    """The default uses everything. `tags` are (key, value); `visibility` is one of LEVELS."""

    tags: tuple[tuple[str, str], ...] = ()
    visibility: str | None = None


EVERYTHING = Scope()


def scope_of(tags: Sequence[str], visibility: str | None) -> Scope:
    """The scope that `--tag KEY=VALUE ...` and `--visibility LEVEL` name. Raises InputError."""
    pairs = [_pair(tag) for tag in tags]
    level = visibility.casefold() if visibility is not None else None
    if level is not None and level not in LEVELS:
        raise InputError(f"--visibility {visibility}: choose one of {', '.join(LEVELS)}")
    return Scope(tuple(pairs), level)


def in_scope(knowledge: Knowledge, scope: Scope) -> Knowledge:
    """The knowledge without the statements that the scope does not allow."""
    return replace(
        knowledge, statements=tuple(s for s in knowledge.statements if _allowed(s, scope))
    )


def _pair(tag: str) -> tuple[str, str]:
    key, equals, value = tag.partition("=")
    if not (key.strip() and equals and value.strip()):
        raise InputError(f"--tag {tag}: write it as KEY=VALUE, for example product=crm")
    return key.strip().casefold(), value.strip().casefold()


def _allowed(statement: Statement, scope: Scope) -> bool:
    """A statement without a tag of some key holds for every value of it, and is public."""
    has = [(key.casefold(), value.casefold()) for key, value in statement.tags]
    for key in {key for key, _ in scope.tags}:
        mine = {value for name, value in has if name == key}
        if mine and not mine & {value for name, value in scope.tags if name == key}:
            return False
    return scope.visibility is None or _level(has) <= LEVELS.index(scope.visibility)


def _level(tags: Sequence[tuple[str, str]]) -> int:
    """The strictest level named; a level that is not known counts as the strictest of all."""
    named = [value for key, value in tags if key == VISIBILITY]
    return max((LEVELS.index(v) if v in LEVELS else len(LEVELS) for v in named), default=0)
