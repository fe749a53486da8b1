"""Checks as a Markdown table, for documentation that can't fall behind the code."""

from __future__ import annotations

from collections.abc import Iterable

from hamdel.phrasebank import CheckDef

__all__ = ["markdown"]


def markdown(checks: Iterable[CheckDef]) -> str:
    """Return a table with one row for each check: id, severity, titles.

    Args:
        checks: in the order of showing.
    """
    rows = ["| check | severity | what it looks at | به فارسی |", "|---|---|---|---|"]
    rows += [f"| `{c.id}` | {c.severity} | {_cell(c.title.en)} | {_cell(c.title.fa)} |" for c in checks]
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    """Escape what would end a cell."""
    return text.replace("|", "\\|").replace("\n", " ")
