"""The OpenAPI 3.1 document, made of the very descriptions that requests are read by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import hamdel
from hamdel.doors.http.audit_methods import AUDIT_METHODS, SUFFIXES, UPLOADED
from hamdel.doors.http.practice import EXERCISE
from hamdel.doors.http.problems import phrase
from hamdel.doors.requests import METHODS, Method
from hamdel.doors.requests.params import Param
from hamdel.model import Lang
from hamdel.render.report import edits_json, json_report

__all__ = ["body_schema", "document"]

_SCHEMAS = {json_report.SCHEMA: "report", edits_json.FIX_SCHEMA: "fix", edits_json.IMPROVEMENT_SCHEMA: "improvement"}
_READ = {"report": json_report.schema, "fix": edits_json.fix_schema, "improvement": edits_json.improvement_schema}
_OF_SCHEMAS = ("$schema", "$id", "$defs")
_ERRORS = (400, 401, 403, 408, 409, 413, 415, 421, 422, 429, 500)
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "kind", "where", "fa", "en"],
    "properties": {
        "type": {"type": "string", "description": "`urn:hamdel:problem:` and the kind."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A line for people, in the language that was asked for."},
        "kind": {"type": "string"},
        "where": {"type": "string", "description": "The parameter; empty when it is about none."},
        "fa": {"type": "string"},
        "en": {"type": "string"},
    },
}
_SESSION = {
    "type": "object",
    "required": [
        *("name", "version", "user", "role", "methods", "archive", "labels", "audit", "lang"),
        *("preparing", "practice"),
    ],
    "properties": {
        "name": {"const": "hamdel"},
        "version": {"type": "string"},
        "user": {"type": "string", "description": "Empty for the only user of a server without a users file."},
        "role": {"enum": ["agent", "lead"]},
        "methods": {"type": "array", "items": {"type": "string"}},
        "archive": {"type": "boolean", "description": "Whether replies that are sent can be added to an archive."},
        "labels": {"type": "boolean"},
        "audit": {"type": "boolean", "description": "Whether this user may audit here."},
        "lang": {"type": ["string", "null"]},
        "practice": {"type": "boolean", "description": "Whether `/api/practice` has messages of the team's own."},
        "preparing": {"type": "boolean", "description": "Whether checks wait until the words are ready."},
        "limits": {"type": "object"},
    },
}
_LABELS = {
    "type": "object",
    "required": ["labels"],
    "properties": {"labels": {"type": "array", "items": {"type": "object"}}},
}
_PRACTICE = {
    "type": "object",
    "required": ["exercises"],
    "properties": {"exercises": {"type": "array", "items": EXERCISE}},
}
_LIVE = """A WebSocket for checks while somebody types. The first message is `{"token": …}`, with `"lang"` if one likes;
the answer is `{"ready": true, …}` with what `/api/session` returns. Then messages are `{"id": …, "method": …, "params":
{…}}` and answers `{"id": …, "result": …}`, `{"id": …, "error": problem}` or, when a newer message with the same method
and `document` came before it was done, `{"id": …, "superseded": true}`."""
_ABOUT = (
    "What `hamdel serve` answers. All requests need `Authorization: Bearer` with the token that the server printed, or "
    "in a team one's own. An `Origin`, which browsers send, must be the server's own: `Origin: http://127.0.0.1:8765`."
)


@cache
def document() -> Mapping[str, Any]:
    """Return the document."""
    paths = {f"/api/{method.name}": {"post": _operation(method)} for method in METHODS.values()}
    paths["/api/session"] = {"post": _post("session", "Who one is, and what there is.", _closed(), _SESSION)}
    paths["/api/practice"] = {"post": _post("practice", "Messages to practise on, masked.", _closed(), _PRACTICE)}
    paths["/api/labels"] = {"post": _post("labels", "All labels; for leads.", _closed(), _LABELS)}
    paths |= {f"/api/{method.name}": {"post": _operation(method)} for method in AUDIT_METHODS.values()}
    paths["/api/audit/upload"] = {"post": _upload()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "hamdel", "version": hamdel.__version__, "description": f"{_ABOUT}\n\n`/api/live`: {_LIVE}"},
        "paths": paths,
        "components": {
            "schemas": {"problem": _PROBLEM, **_shared_schemas()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(method: Method) -> dict[str, Any]:
    result = {"$ref": f"#/components/schemas/{_SCHEMAS[method.returns]}"} if method.returns else method.result
    return _post(method.name, f"{method.fa}\n\n{method.en}", body_schema(method.params), result)


def _upload() -> dict[str, Any]:
    """The one request whose body is no JSON."""
    operation = _post("audit/upload", "Upload an export to audit; for leads.", {}, UPLOADED)
    pattern = rf"^.*\.({'|'.join(suffix[1:] for suffix in SUFFIXES)})$"
    name = {"name": "name", "in": "query", "required": True, "schema": {"type": "string", "pattern": pattern}}
    body = {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
    return {**operation, "parameters": [name], "requestBody": body}


def _post(name: str, about: str, body: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    errors = {str(code): {"description": phrase(code), "content": problem} for code in _ERRORS}
    return {
        "operationId": name.replace("/", "_"),
        "description": about,
        "parameters": [
            {"name": "lang", "in": "query", "schema": {"enum": list(Lang)}, "description": "The settings' by default."},
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": dict(body)}}},
        "responses": {
            "200": {"description": "Done.", "content": {"application/json": {"schema": dict(result)}}},
            **errors,
        },
    }


def _closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def body_schema(params: Sequence[Param]) -> dict[str, Any]:
    """Return the schema of a request's body; null stands for what isn't given."""
    properties = {param.name: dict(param.schema) if param.needed else _nullable(param.schema) for param in params}
    needed = [param.name for param in params if param.needed]
    return {**_closed(**properties), **({"required": needed} if needed else {})}


def _nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **values}


def _shared_schemas() -> dict[str, Any]:
    """The published schemas; what one of them defines has its name before it here."""
    found: dict[str, Any] = {}
    for name, read in _READ.items():
        schema = read()
        text = json.dumps({key: value for key, value in schema.items() if key not in _OF_SCHEMAS})
        found[name] = json.loads(_referring(text, name))
        for part, inner in schema.get("$defs", {}).items():
            found[f"{name}.{part}"] = json.loads(_referring(json.dumps(inner), name))
    return found


def _referring(text: str, name: str) -> str:
    own = text.replace('"#/$defs/', f'"#/components/schemas/{name}.')
    for schema, other in _SCHEMAS.items():
        own = own.replace(f'"$ref": "{schema}"', f'"$ref": "#/components/schemas/{other}"')
    return own
