"""What a spreadsheet does to texts that it opens."""

from __future__ import annotations

import re

__all__ = ["BLANK", "DISARMED", "FORMULA", "safe_cell"]

#: Where a spreadsheet may begin to read a formula: at the start of a text, and behind what separates cells or rows
#: where the list separator isn't a comma (a Persian Windows has «;»), for quotes inside a line count for nothing there.
#: White space, invisible marks and quotes before it don't help. The syntax is Python's and that of Rust's ``regex``.
#: Source: OWASP, "CSV Injection"; full-width and small signs are what East Asian spreadsheets take for them.
FORMULA = (
    "(^|[;\\t\\r\\n\\x0b\\x0c\\x{85}\\x{2028}\\x{2029}])"
    '([ "\\x{a0}\\x{ad}\\x{1680}\\x{2000}-\\x{200f}\\x{202a}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*)'
    "([-=+@＝＋－＠﹢﹣﹦﹫])"
)
#: What takes its place: an apostrophe before it, as a person would type it.
DISARMED = "${1}'${2}${3}"
#: Some drop white space that a text begins with and look at it again.
BLANK = "^([\t\r\n])"

_FORMULA = re.compile(re.sub(r"\\x\{(\w+)\}", lambda code: f"\\u{code[1]:0>4}", FORMULA))
_BLANK = re.compile(BLANK)


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, wherever it parts cells."""
    return _BLANK.sub(r"'\1", _FORMULA.sub(r"\1'\2\3", text))
