"""JSON-RPC 2.0 (https://www.jsonrpc.org/specification), one message a line: what comes in, and what goes out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NoReturn

from hamdel.identifiers import mask_identifiers
from hamdel.render.text.json_text import line

__all__ = [
    "Call",
    "Code",
    "Id",
    "Refusal",
    "encode",
    "error_answer",
    "id_in",
    "is_id",
    "parse",
    "read_call",
    "result_answer",
]

Id = str | int | float | None


class Code(IntEnum):
    """What an error is about; those from -32600 to -32700 are JSON-RPC's, -328.. the Language Server Protocol's."""

    PARSE = -32700
    INVALID_REQUEST = -32600
    UNKNOWN_METHOD = -32601
    INVALID_PARAMS = -32602
    INTERNAL = -32603
    FAILED = -32000  # settings, archive or a template; the message is a line for people
    TOO_LONG = -32001  # a message, or a text in it
    TOO_LATE = -32002  # a text costs more work than one may that others wait for
    CANCELLED = -32800
    OVERTAKEN = -32801  # a newer check of the same document came


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """A message that gets an error for an answer."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One request or notification.

    Attributes:
        method: its name.
        params: by name.
        id: what the answer repeats.
        wants_answer: False for a notification.
    """

    method: str
    params: Mapping[str, Any]
    id: Id = None
    wants_answer: bool = True


def parse(text: bytes) -> Any:
    """Read a line as JSON.

    Raises:
        Refusal: it isn't JSON in UTF-8.
    """
    try:
        return json.loads(text.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Refusal(Code.PARSE, f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise Refusal(Code.PARSE, f"not JSON: {error.msg} at character {error.pos}") from None
    except ValueError as error:  # NaN, or a number with thousands of digits
        raise Refusal(Code.PARSE, f"not JSON: {error}"[:200]) from None
    except RecursionError:
        raise Refusal(Code.PARSE, "nested too deeply") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def read_call(value: Any) -> Call:
    """Return the request or notification that a JSON value is.

    Raises:
        Refusal: it is neither.
    """
    if not isinstance(value, dict):
        raise Refusal(Code.INVALID_REQUEST, "a message is an object, or a list of objects")
    if value.get("jsonrpc") != "2.0":
        raise Refusal(Code.INVALID_REQUEST, 'a message says "jsonrpc": "2.0"')
    id_, method, params = value.get("id"), value.get("method"), value.get("params", {})
    if not is_id(id_):
        raise Refusal(Code.INVALID_REQUEST, "an id is a text, a finite number or null")
    if not isinstance(method, str):
        raise Refusal(Code.INVALID_REQUEST, "method is missing, or no text")
    if params is None:
        params = {}
    if not isinstance(params, dict):
        raise Refusal(Code.INVALID_PARAMS, "params are given by name, in an object")
    return Call(method, params, id_, "id" in value)


def is_id(value: object) -> bool:
    """Whether something may be a message's id."""
    if isinstance(value, float):
        return math.isfinite(value)  # 1e999 is JSON, but its value can't be told back
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


def id_in(value: Any) -> Id:
    """Return the id of what may be no proper message; None when it has none that can be repeated."""
    id_ = value.get("id") if isinstance(value, dict) else None
    return id_ if is_id(id_) else None


def result_answer(id_: Id, result: Any) -> dict[str, Any]:
    """Return the answer to a request that went well."""
    return {"jsonrpc": "2.0", "id": id_, "result": result}


def error_answer(id_: Id, code: Code, message: str) -> dict[str, Any]:
    """Return the answer to a request that didn't, or to what is no request; what it quotes is masked."""
    return {"jsonrpc": "2.0", "id": id_, "error": {"code": int(code), "message": mask_identifiers(message)}}


def encode(answer: Any) -> bytes:
    """Return an answer as a line: UTF-8, lone surrogates escaped."""
    return line(answer).encode("utf-8")
