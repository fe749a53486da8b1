"""Methods with their parameters, which several doors share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hamdel.doors.requests import Method
from hamdel.doors.requests.params import Param
from hamdel.model.fields import CONVERSATION
from tools.reference.markdown import code, table

__all__ = ["holds", "section"]


def section(method: Method, name: str) -> str:
    """Return what a method takes and returns.

    Args:
        method: the method.
        name: what its heading calls it.
    """
    returned = f"`{method.returns}`" if method.returns else code(*method.result.get("properties", ()))
    rows = [_row(param) for param in method.params]
    takes = table(("parameter", "holds", "meaning"), rows) if rows else "It takes no parameters.\n"
    return f"## `{name}`\n\n{method.en} {method.fa}.\n\n{takes}\nReturns: {returned}.\n"


def _row(param: Param) -> Sequence[str]:
    about = CONVERSATION[param.name].en if param.name in CONVERSATION else ""
    return (f"**`{param.name}`**" if param.needed else f"`{param.name}`", holds(param.schema), about)


def holds(schema: Mapping[str, Any]) -> str:
    """What a JSON Schema of one value allows, in a few words."""
    if "enum" in schema:
        return code(*(one for one in schema["enum"] if one is not None))
    if "anyOf" in schema:
        return ", ".join(holds(one) for one in schema["anyOf"] if one.get("type") != "null")
    kind = str(schema.get("type", "any"))
    low, high = schema.get("minimum"), schema.get("maximum")
    bounds = f", {low} to {high}" if high is not None else f", from {low}" if low is not None else ""
    longest = f", at most {schema['maxLength']:,} characters" if "maxLength" in schema else ""
    return f"{kind}{bounds}{longest}"
