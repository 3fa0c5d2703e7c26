"""The operations of the API, as its page describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API, with the fields of its body."""

    method: str
    path: str
    summary: str
    fields: list[tuple[str, str, bool, str]]  # name, type, required, meaning


def routes(spec: Mapping[str, Any]) -> list[Route]:
    """The operations of an OpenAPI document, in its order."""
    return [
        Route(method.upper(), path, told["summary"], _fields(told, spec))
        for path, methods in spec["paths"].items()
        for method, told in methods.items()
    ]


def _fields(told: Mapping[str, Any], spec: Mapping[str, Any]) -> list[tuple[str, str, bool, str]]:
    content = told.get("requestBody", {}).get("content", {})
    schema = next((c["schema"] for c in content.values()), None)
    if schema is None:
        return []
    found = _resolved(schema, spec)
    required = found.get("required", [])
    return [
        (name, _type(field, spec), name in required, field.get("description", ""))
        for name, field in found.get("properties", {}).items()
    ]


def _resolved(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return found


def _type(field: Mapping[str, Any], spec: Mapping[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(each, spec) for each in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {_type(field['items'], spec)}"
    if "$ref" in field:
        return "{" + ", ".join(_resolved(field, spec)["properties"]) + "}"
    return str(field.get("format") or field.get("type", "any"))
