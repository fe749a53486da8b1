"""GitHub's annotations (workflow commands), and the job's summary in Markdown.

GitHub shows ten annotations of a kind for a step and drops the rest without a word (actions/toolkit,
``docs/problem-matchers.md``), so the worst ten are named here and the others are told.
"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.model import Finding, Lang, Severity
from hamdel.model.files import Outcome
from hamdel.render.files.listing import sums
from hamdel.render.files.places import Spot, located
from hamdel.render.text.bidi import visible

__all__ = ["render", "summary"]

_MOST = 10
_ROWS = 200  # of the summary, which may have a mebibyte
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_CELL = str.maketrans({"|": "\\|", "<": "&lt;", "&": "&amp;", "\r": " ", "\n": " ", "`": "'", "[": "\\[", "]": "\\]"})
_Row = tuple[str, Finding, Spot]


def render(outcome: Outcome, lang: Lang) -> str:
    """Return the worst ten findings as workflow commands, and a line that says how many more there are.

    Args:
        outcome: of the run; personal data is masked, for logs are public.
        lang: of the sums.
    """
    found = _worst(outcome)
    more = len(found) - _MOST
    rest = f"and {more} more: see the job's summary\n" if more > 0 else ""
    return "".join(map(_command, found[:_MOST])) + rest + f"hamdel: {sums(outcome, lang)}\n"


def summary(outcome: Outcome, lang: Lang) -> str:
    """Return the job's summary: the sums and a table of findings, worst first.

    Args:
        outcome: of the run.
        lang: of the sums.
    """
    found = _worst(outcome)
    rows = [
        f"| {_COMMANDS[finding.severity]} | {_cell(file)}:{spot.line} | {finding.check} | {_cell(finding.message)} |\n"
        for file, finding, spot in found[:_ROWS]
    ]
    table = "|  | file | check | message |\n|---|---|---|---|\n" + "".join(rows) if rows else ""
    more = f"\n… {len(found) - _ROWS}\n" if len(found) > _ROWS else ""
    return f"### hamdel\n\n{sums(outcome, lang)}\n\n{table}{more}"


def _worst(outcome: Outcome) -> list[_Row]:
    return sorted(_rows(outcome), key=lambda row: row[1].severity.rank)


def _rows(outcome: Outcome) -> Iterator[_Row]:
    for one in outcome.checked:
        for finding, spot in located(one):
            yield one.text.file, finding, spot


def _command(row: _Row) -> str:
    file, finding, spot = row
    values = {"file": file, "line": spot.line, "endLine": spot.end_line, "title": finding.check}
    if spot.column is not None and spot.line == spot.end_line:
        values |= {"col": spot.column, "endColumn": spot.end_column}
    properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in values.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{visible(finding.message.translate(_DATA))}\n"


def _cell(text: str) -> str:
    return visible(text).translate(_CELL)
