"""What a ``hamdel: ignore[…]`` comment silences: findings on its line, or on the next when it stands alone."""

from __future__ import annotations

from collections import defaultdict

from hamdel.language.zones import IGNORE
from hamdel.model import Anchor, Finding

__all__ = ["not_ignored"]


def not_ignored(text: str, findings: list[Finding]) -> list[Finding]:
    """Return the findings of a draft that no comment in it silences."""
    if "hamdel:" not in text:
        return findings
    silenced: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in IGNORE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        if not any(c.isalnum() for c in IGNORE.sub("", text[start:end])):
            following = text.find("\n", end + 1)
            end = len(text) if following < 0 else following
        for name in (match[1] or "*").split(","):
            silenced[name.strip()].append((start, end))
    return [f for f in findings if not _is_silenced(f, silenced)]


def _is_silenced(finding: Finding, silenced: dict[str, list[tuple[int, int]]]) -> bool:
    if finding.anchor is Anchor.DOCUMENT:
        return finding.check in silenced
    places = silenced.get(finding.check, []) + silenced.get("*", [])
    return any(start <= finding.start < end for start, end in places)
