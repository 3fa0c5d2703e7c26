"""Front matter: what a Markdown page says of itself, and what a slip of the pen in it comes to.

Whoever writes a visibility means to keep something back. Where it cannot be read, the page is kept
back from every visibility that is asked for, and the slip is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import takewhile
from typing import Any

import yaml

from trustanswer.knowledge.scope import LEVELS, UNKNOWN, VISIBILITY
from trustanswer.knowledge.tags import PROVIDER, Tags, tags_of

TITLE = "title"
DATE_KEYS = (
    *("last_updated", "lastupdated", "last-updated", "updated", "lastmod", "date"),
    *("last_reviewed", "last-reviewed", "reviewed"),
)
_KNOWN = (TITLE, *DATE_KEYS, "tags", VISIBILITY, PROVIDER)
_NEAR = 0.8  # one letter wrong, missing or too many; "subtitle" is not near to "title"
_BLOCK = re.compile(r"\s*---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKS = "\n\t -+"  # what may stand before front matter that was not closed, or is Hugo's TOML
_LONGEST = 80  # characters of such a line: more are a sentence, and slow to match
_LINE = re.compile(r"""["']?([\w-]+)["']?\s*([:=]|\s)[\s\["']*(\w*)\W*""")

_KEPT_BACK: Tags = ((VISIBILITY, UNKNOWN),)
_UNTIL = "until that is corrected, the page is kept back from every --visibility"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Its fields, the rest of the page on its own lines, and what could not be read as meant."""

    body: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tags: Tags = ()
    slips: tuple[str, ...] = ()


def front_matter(content: str) -> FrontMatter:
    """What stands between "---" lines at the start of a page, in small letters its keys."""
    match = _BLOCK.match(content)
    if not match:
        return _none(content)
    body = "\n" * content.count("\n", 0, match.end()) + content[match.end() :]
    try:
        fields = yaml.load(match[1] or "", Loader=yaml.BaseLoader)  # nosec B506: it makes strings
    except (yaml.YAMLError, RecursionError):
        wrong = f"the front matter is not YAML; its title and date were not read; {_UNTIL}"
        return FrontMatter(body, tags=_KEPT_BACK, slips=(wrong,))
    if isinstance(fields, dict):
        return _stated({str(key).strip().lower(): value for key, value in fields.items()}, body)
    return _none(content) if fields else FrontMatter(body)


def _stated(fields: Mapping[str, Any], body: str) -> FrontMatter:
    meant = {key: near for key in fields if (near := _meant(key))}
    slips = [*_misspelt(meant), *_no_level(fields)]
    hidden = VISIBILITY in meant.values() or any(_no_level(fields))
    tags = tags_of(fields)
    return FrontMatter(body, fields, (*tags, *_KEPT_BACK) if hidden else tags, tuple(slips))


def _misspelt(meant: Mapping[str, str]) -> Iterator[str]:
    for key, near in meant.items():
        until = f"; {_UNTIL}" if near == VISIBILITY else ""
        yield f'"{key}" in the front matter is not known; write "{near}" if that is meant{until}'


def _no_level(fields: Mapping[str, Any]) -> Iterator[str]:
    if VISIBILITY not in fields:
        return
    stated = fields[VISIBILITY]
    if not isinstance(stated, str) or stated.strip().casefold() not in LEVELS:
        yield f"the visibility in the front matter is none of {', '.join(LEVELS)}; {_UNTIL}"


def _meant(key: str) -> str | None:
    """The known key that an unknown one is near to."""
    if key in _KNOWN:
        return None
    if VISIBILITY in key:
        return VISIBILITY
    return next(iter(get_close_matches(key, _KNOWN, 1, _NEAR)), None)


def _none(content: str) -> FrontMatter:
    """A page without front matter, or with lines that were meant to be that."""
    lines = takewhile(str.strip, content.lstrip(_MARKS).splitlines())
    for line in map(str.strip, lines):
        if _means_visibility(line):
            wrong = (
                f'"{line}" is not in front matter; write it as "{VISIBILITY}: {LEVELS[1]}" '
                f'between two lines "---"; {_UNTIL}'
            )
            return FrontMatter(content, tags=_KEPT_BACK, slips=(wrong,))
    return FrontMatter(content)


def _means_visibility(line: str) -> bool:
    """Whether it is "visibility" or near to it, with a level or at least a colon; no sentence."""
    match = _LINE.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None or (match[2].isspace() and match[3].lower() not in LEVELS):
        return False
    key = match[1].lower()
    return key == VISIBILITY or _meant(key) == VISIBILITY
