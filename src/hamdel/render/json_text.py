"""JSON that people can read and UTF-8 can hold."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["dumps", "line"]

_SURROGATES = re.compile("[\ud800-\udfff]")


def dumps(value: Any) -> str:
    """Readable JSON: Persian as it is, lone surrogates escaped (UTF-8 can't hold them)."""
    return _escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def line(value: Any) -> str:
    """The same on one line."""
    return _escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) + "\n"


def _escaped(text: str) -> str:
    return _SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
