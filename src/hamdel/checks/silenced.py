"""What a ``hamdel: ignore[…]`` comment silences: findings on its line, or on the next when it stands alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from operator import itemgetter

from hamdel.language.zones import IGNORE
from hamdel.model import Anchor, Finding

__all__ = ["not_ignored"]


def not_ignored(text: str, findings: list[Finding]) -> list[Finding]:
    """Return the findings of a draft that no comment in it silences."""
    if "hamdel:" not in text:
        return findings
    silenced = _silenced(text)
    return [f for f in findings if not _is_silenced(f, silenced)]


def _silenced(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return by name of a check («*» for all) where comments silence it: ranges in order, none touching another."""
    silenced: dict[str, list[tuple[int, int]]] = defaultdict(list)
    start = line_end = end = -1
    for match in IGNORE.finditer(text):
        if match.start() >= line_end:  # one line may have thousands of comments, and is looked at once
            start, line_end, end = _reach(text, match)
        for name in dict.fromkeys(map(str.strip, (match[1] or "*").split(","))):
            places = silenced[name]
            if places and start <= places[-1][1]:
                places[-1] = places[-1][0], max(end, places[-1][1])
            else:
                places.append((start, end))
    return silenced


def _reach(text: str, comment: re.Match[str]) -> tuple[int, int, int]:
    """Return start and end of a comment's line, and how far it reaches: one alone on its line silences the next."""
    start = text.rfind("\n", 0, comment.start()) + 1
    end = text.find("\n", comment.end())
    end = len(text) if end < 0 else end
    if any(c.isalnum() for c in IGNORE.sub("", text[start:end])):
        return start, end, end
    following = text.find("\n", end + 1)
    return start, end, len(text) if following < 0 else following


def _is_silenced(finding: Finding, silenced: dict[str, list[tuple[int, int]]]) -> bool:
    if finding.anchor is Anchor.DOCUMENT:
        return finding.check in silenced
    return any(_holds(silenced.get(name, []), finding.start) for name in (finding.check, "*"))


def _holds(places: list[tuple[int, int]], offset: int) -> bool:
    before = bisect_right(places, offset, key=itemgetter(0)) - 1
    return before >= 0 and offset < places[before][1]
