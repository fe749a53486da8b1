"""What a spreadsheet does to texts that it opens."""

from __future__ import annotations

__all__ = ["FORMULA_STARTS"]

#: A text that begins like this is taken for a formula, or white space is dropped and it is looked at again.
#: Source: OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
