"""Write what the documentation says of the code from the code itself.

``python -m tools.reference`` writes what is stale; a test says when something is. A page may have words of its own:
only what stands between ``<!-- generated: NAME … -->`` and ``<!-- /generated -->`` is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tools.reference import checks, commands, formats, http, lsp, mcp, reader, scores, settings, stdio

__all__ = ["FOLDER", "PARTS", "Part", "current", "stale", "write"]

FOLDER = Path(__file__).parents[2] / "docs"


class Part(NamedTuple):
    """A part of a page that is generated."""

    page: str
    make: Callable[[], str]


#: The generated parts by name.
PARTS: Mapping[str, Part] = {
    "checks": Part("reference/checks.md", checks.page),
    "commands": Part("reference/commands.md", commands.page),
    "formats": Part("reference/formats.md", formats.page),
    "http": Part("reference/http.md", http.page),
    "lsp": Part("reference/lsp.md", lsp.page),
    "mcp": Part("reference/mcp.md", mcp.page),
    "reader": Part("how-it-decides.md", reader.table),
    "scores": Part("how-it-decides.md", scores.table),
    "settings": Part("reference/settings.md", settings.page),
    "stdio": Part("reference/stdio.md", stdio.page),
}


def current(name: str) -> tuple[str, str]:
    """Return the page of a part as it is, and as it should be.

    Raises:
        ValueError: the page has no place for the part.
    """
    part = PARTS[name]
    text = (FOLDER / part.page).read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- generated: {name}\b[^\n]*-->\n)(.*?)(?=<!-- /generated -->)", re.DOTALL)
    body = re.sub(r"\n{3,}", "\n\n", f"\n{part.make().strip()}\n\n")
    new, places = place.subn(lambda found: found[1] + body, text)
    if places != 1:
        raise ValueError(f"docs/{part.page}: needs one <!-- generated: {name} --> … <!-- /generated -->")
    return text, new


def stale(name: str) -> bool:
    """Whether a part isn't what the code says."""
    old, new = current(name)
    return old != new


def write(name: str) -> None:
    """Write a part anew."""
    (FOLDER / PARTS[name].page).write_text(current(name)[1], encoding="utf-8", newline="\n")
