"""As much of JSON Schema as our own schema uses; a keyword it doesn't know is an error, so it can't be fooled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}
_KEYWORDS = _ANNOTATIONS | {
    "$ref", "type", "enum", "const", "required", "properties", "additionalProperties", "items", "minimum", "maximum",
    "pattern", "oneOf",
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Yield what is wrong with a value, with the path to it."""
    if unknown := set(schema) - _KEYWORDS:
        yield f"{path}: the validator doesn't know {unknown}"
    if ref := schema.get("$ref"):
        yield from problems(value, root["$defs"][ref.removeprefix("#/$defs/")], root, path)
    if "oneOf" in schema and sum(not list(problems(value, one, root, path)) for one in schema["oneOf"]) != 1:
        yield f"{path}: doesn't fit just one alternative"
    if (kind := schema.get("type")) and (not isinstance(value, _TYPES[kind]) or isinstance(value, bool)):
        yield f"{path}: is no {kind}"
        return
    yield from _plain(value, schema, path)
    if isinstance(value, dict):
        yield from _object(value, schema, root, path)
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from problems(item, schema.get("items", {}), root, f"{path}[{number}]")


def _plain(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{path}: isn't {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} isn't one of {schema['enum']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{path}: {value} is too small"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{path}: {value} is too large"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} doesn't match {schema['pattern']}"


def _object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for key in schema.get("required", ()):
        if key not in value:
            yield f"{path}: has no {key}"
    for key, item in value.items():
        if key in known:
            yield from problems(item, known[key], root, f"{path}.{key}")
        elif schema.get("additionalProperties") is False:
            yield f"{path}: {key} is unknown"
