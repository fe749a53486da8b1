"""The HTTP API, from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.doors.http.audit_methods import AUDIT_METHODS
from hamdel.doors.http.openapi import document
from hamdel.doors.requests import METHODS
from tools.reference.markdown import code, table
from tools.reference.requests import section

__all__ = ["page"]


def page() -> str:
    """Return a section for each path, and what errors are."""
    known = {f"/api/{method.name}": method for method in (*METHODS.values(), *AUDIT_METHODS.values())}
    told = document()
    sections = [
        section(known[path], f"POST {path}") if path in known else _operation(path, paths["post"])
        for path, paths in told["paths"].items()
    ]
    errors = next(iter(told["paths"].values()))["post"]["responses"]
    return "\n".join([told["info"]["description"], "", *sections, *_errors(errors, told["components"]["schemas"])])


def _operation(path: str, operation: Mapping[str, Any]) -> str:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    query = [one["name"] for one in operation["parameters"] if one["name"] != "lang"]
    taken = f"In the address: {code(*query)}. The body is the file.\n\n" if query else ""
    returned = code(*answer.get("properties", ()))
    return f"## `POST {path}`\n\n{operation['description']}\n\n{taken}Returns: {returned}.\n"


def _errors(responses: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[str]:
    yield "## Errors\n"
    yield table(("status", "meaning"), ((code(code_), one["description"]) for code_, one in responses.items()))
    rows = ((code(name), one.get("description", "")) for name, one in schemas["problem"]["properties"].items())
    yield table(("member of an error", "meaning"), rows)
