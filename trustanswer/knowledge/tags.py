"""Tags and visibility of a document, as its front matter or its folder states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trustanswer.knowledge.scope import VISIBILITY

Tags = tuple[tuple[str, str], ...]
PROVIDER = "provider"  # whom a document speaks of, where that is not the vendor itself


def tags_of(fields: Mapping[str, Any]) -> Tags:
    """(key, value) pairs: `tags` (a key to a value or several), `visibility` and `provider`.

    A plain list of words, as site generators use it for their own ends, tags nothing.
    """
    stated = fields.get("tags")
    pairs = list(_pairs(stated)) if isinstance(stated, dict) else []
    for key in (VISIBILITY, PROVIDER):
        if isinstance(stated := fields.get(key), str) and stated.strip():
            pairs.append((key, stated.strip()))
    return tuple(pairs)


def _pairs(stated: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for key, values in stated.items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and value.strip():
                yield str(key).strip(), value.strip()
