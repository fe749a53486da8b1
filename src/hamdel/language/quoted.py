"""Which lines quote somebody else: the one rule, for drafts, mails, exports and what is read of them.

A quoted line begins with ``>`` (RFC 3676, section 4.5), as often as it was quoted, or with ``|`` and white space.
"""

from __future__ import annotations

import re

__all__ = ["as_quoted", "dequoted", "may_quote", "quote_depth", "quoted_lines"]

_BLANK = "[\\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*+"
_MARK = r"(?:[>＞](?![:;=][-'’]?[()\[\]DPp/|]|[._]+<)|&gt;)"  # no «>:(» and no «>_<»
_QUOTED = re.compile(rf"{_BLANK}((?:{_MARK}{_BLANK})++)|{_BLANK}\|[ \t]++[^|\s][^|]*+\Z")
_ONE = re.compile(rf"{_BLANK}(?:{_MARK}|\|)[ \t]?")
_MARKS = re.compile(_MARK)


def may_quote(text: str) -> bool:
    """Tell whether a text has any of the signs that quote a line; most have none."""
    return ">" in text or "|" in text or "＞" in text or "&gt;" in text


def quote_depth(line: str) -> int:
    """Return how many times a line is quoted; 0 for one that isn't.

    Args:
        line: without its line break. Marks of direction and white space may stand before and between its signs.

    >>> quote_depth("\\u200f> > سلام"), quote_depth("| سلام"), quote_depth("تنظیمات > حساب")
    (2, 1, 0)
    """
    found = _QUOTED.match(line)
    if not found:
        return 0
    return len(_MARKS.findall(found[1])) if found[1] else 1


def quoted_lines(text: str) -> list[tuple[int, int]]:
    """Return the code-point ranges of quoted lines, line breaks aside."""
    if not may_quote(text):
        return []
    found = []
    place = 0
    for whole in text.splitlines(keepends=True):
        line = whole.rstrip("\r\n")
        if quote_depth(line):
            found.append((place, place + len(line)))
        place += len(whole)
    return found


def as_quoted(line: str) -> str:
    """Return a line as one that is quoted."""
    return f"> {line}"


def dequoted(line: str, depth: int) -> str:
    """Return a quoted line without its first ``depth`` signs."""
    place = 0
    for _ in range(depth):
        mark = _ONE.match(line, place)
        place = mark.end() if mark else place
    return line[place:]
