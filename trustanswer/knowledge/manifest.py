"""knowledge.toml: what a knowledge base says of itself, and its folders of what is in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trustanswer.errors import KnowledgeError
from trustanswer.knowledge.scope import LEVELS, VISIBILITY
from trustanswer.knowledge.tags import PROVIDER, Tags, tags_of
from trustanswer.model import About

NAME = "knowledge.toml"
_OF_THE_WHOLE = ("title", "owner", "review_months", "names")
_OF_A_FOLDER = ("tags", VISIBILITY, PROVIDER)
_EXAMPLES = {
    "title": '"Acme Trust Center"',
    "owner": '"Security team"',
    "review_months": "12",
    "names": '["Acme", "Acme Cloud"]',
    "tags": '{ product = "crm", region = ["eu", "us"] }',
    VISIBILITY: '"nda", or public or internal',
    PROVIDER: '"Amazon Web Services"',
}


def read_about(folder: Path) -> About:
    """What the knowledge.toml of a knowledge base says of the whole. Raises KnowledgeError."""
    fields = _fields(folder, (*_OF_THE_WHOLE, *_OF_A_FOLDER))
    return About(
        title=fields.get("title"),
        owner=fields.get("owner"),
        review_months=fields.get("review_months"),
        names=tuple(fields.get("names", ())),
    )


def folder_tags(root: Path, folder: Path) -> Tags:
    """The tags that hold for a folder of a knowledge base. Raises KnowledgeError.

    What it says itself goes before what the folders around it say, key by key.
    """
    around = () if folder == root else folder_tags(root, folder.parent)
    known = _OF_A_FOLDER if folder != root else (*_OF_THE_WHOLE, *_OF_A_FOLDER)
    return nearer(tags_of(_fields(folder, known)), around)


def nearer(own: Tags, around: Tags) -> Tags:
    """Tags with those from around them whose keys they do not name themselves."""
    named = {key.casefold() for key, _ in own}
    return (*own, *((key, value) for key, value in around if key.casefold() not in named))


def _fields(folder: Path, known: tuple[str, ...]) -> Mapping[str, Any]:
    file = folder / NAME
    if not file.is_file():
        return {}
    try:
        fields = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{file} cannot be read: {error}") from error
    for key, value in fields.items():
        if key not in known:
            wrong = f"{key!r} is not known here; it may have {', '.join(known)}"
            raise KnowledgeError(f"{file}: {wrong}")
        if not _fits(key, value):
            raise KnowledgeError(f"{file}: write {key} = {_EXAMPLES[key]}")
    return fields


def _fits(key: str, value: object) -> bool:
    if key == "review_months":
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 120
    if key == "names":
        return _words(value)
    if key == "tags":
        pairs = value.items() if isinstance(value, dict) else [("", 0)]
        return all(isinstance(v, str) or _words(v) for _, v in pairs)
    if key == VISIBILITY:
        return isinstance(value, str) and value.strip().casefold() in LEVELS
    return isinstance(value, str) and bool(re.search(r"\w", value))


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
