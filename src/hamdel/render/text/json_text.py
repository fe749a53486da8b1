"""JSON that people can read and UTF-8 can hold."""

from __future__ import annotations

import json
import math
import re
from typing import Any

__all__ = ["dumps", "line"]

# What UTF-8 can't hold, and what would steer a terminal: the C1 controls, and overrides, embeddings, isolates.
_ESCAPED = re.compile("[\ud800-\udfff\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def dumps(value: Any) -> str:
    """Readable JSON: Persian as it is; lone surrogates (UTF-8 can't hold them) and invisible controls escaped.

    A number that is none (NaN, infinity) is null, for JSON has no other way to say it.
    """
    return _text(value, indent=2)


def line(value: Any) -> str:
    """The same on one line."""
    return _text(value, separators=(",", ":"))


def _text(value: Any, **style: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, **style)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, allow_nan=False, **style)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, list | tuple) else value
