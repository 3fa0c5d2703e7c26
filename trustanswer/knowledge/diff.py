"""What became of the statements of a knowledge base from one state of it to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from trustanswer.model import Change, Statement, What

SIMILAR = 0.5  # share of words in common from which a statement is the other one rewritten
_SHOWN = 12  # words of a stretch that are shown; of a longer one its beginning and end

Pairs = list[tuple[Statement, Statement]]


def diff(old: Sequence[Statement], new: Sequence[Statement]) -> tuple[Change, ...]:
    """Every statement that was changed, removed, renamed, added or given another date.

    Statements are told by heading and words, so that moving one to another place or file is no
    change. In the order of the new documents, then what was removed.
    """
    gone, come = list(old), list(new)
    same = _paired(gone, come, lambda s: (s.path, s.text))
    changes = [
        Change(What.REDATED, a, b, (_dates(a, b),)) for a, b in same if a.updated != b.updated
    ]
    changes += [_changed(a, b) for a, b in _paired(gone, come, lambda s: s.path)]
    changes += [_renamed(a, b) for a, b in _paired(gone, come, lambda s: s.text)]
    changes += [_changed(a, b) for a, b in _rewritten(gone, come)]
    changes += [Change(What.ADDED, None, s) for s in come]
    places = {id(s): place for place, s in enumerate([*new, *old])}
    return tuple(
        sorted(
            [*changes, *(Change(What.REMOVED, s, None) for s in gone)],
            key=lambda c: places[id(c.statement)],
        )
    )


def _paired(
    gone: list[Statement], come: list[Statement], key: Callable[[Statement], Hashable]
) -> Pairs:
    """Takes out of both lists the statements that agree in `key`, as pairs in their order."""
    waiting: dict[Hashable, list[Statement]] = defaultdict(list)
    for statement in come:
        waiting[key(statement)].append(statement)
    pairs = []
    for statement in list(gone):
        if found := waiting[key(statement)]:
            pairs.append((statement, found.pop(0)))
    _take_out(pairs, gone, come)
    return pairs


def _rewritten(gone: list[Statement], come: list[Statement]) -> Pairs:
    """Of the statements that agree in nothing, those that share most of their words."""
    shares = sorted(
        ((_share(a, b), i, j) for i, a in enumerate(gone) for j, b in enumerate(come)),
        key=lambda found: (-found[0], *found[1:]),
    )
    pairs: Pairs = []
    taken: set[int] = set()
    for share, i, j in shares:
        a, b = gone[i], come[j]
        if share >= SIMILAR and not taken & {id(a), id(b)}:
            taken |= {id(a), id(b)}
            pairs.append((a, b))
    _take_out(pairs, gone, come)
    return pairs


def _share(one: Statement, other: Statement) -> float:
    matcher = SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0.0


def _take_out(pairs: Pairs, gone: list[Statement], come: list[Statement]) -> None:
    taken = {id(s) for pair in pairs for s in pair}
    gone[:] = [s for s in gone if id(s) not in taken]
    come[:] = [s for s in come if id(s) not in taken]


def _changed(old: Statement, new: Statement) -> Change:
    words = [*_heading(old, new), *differences(old.text, new.text)]
    return Change(What.CHANGED, old, new, tuple(words))


def _renamed(old: Statement, new: Statement) -> Change:
    return Change(What.RENAMED, old, new, tuple(_heading(old, new)))


def _heading(old: Statement, new: Statement) -> list[str]:
    return [] if old.path == new.path else [f"heading “{old.title}” became “{new.title}”"]


def _dates(old: Statement, new: Statement) -> str:
    return f"date {old.updated or 'none'} became {new.updated or 'none'}"


def differences(old: str, new: str) -> Iterator[str]:
    """What differs between two texts, stretch by stretch, in words."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        left, right = _quoted(before[a:b]), _quoted(after[c:d])
        if kind == "replace":
            yield f"{left} became {right}"
        elif kind == "delete":
            yield f"left out: {left}"
        elif kind == "insert":
            yield f"new: {right}"


def _quoted(words: Sequence[str]) -> str:
    half = _SHOWN // 2
    few = words if len(words) <= _SHOWN else [*words[:half], "…", *words[-half:]]
    return f"“{' '.join(few)}”"
