"""One line per finding, ``FILE:LINE:COL: severity: message [id]``, as editors and ``grep`` expect it.

Vim: ``set errorformat=%f:%l:%c:\\ %m``. Columns count code points from 1, as Emacs does; Vim's ``%c`` counts bytes, so
``editors/vim`` converts.
"""

from __future__ import annotations

from hamdel.model import Report
from hamdel.render.report.personal import masked
from hamdel.render.text.bidi import visible
from hamdel.render.text.positions import Positions

__all__ = ["render"]


def render(report: Report, name: str = "-", *, show_personal: bool = False) -> str:
    """All findings by place, each on a line of its own; an empty text for a clean draft.

    Args:
        report: what to write.
        name: the draft's file name; ``-`` for standard input.
        show_personal: leave card numbers, phones and the like unmasked.
    """
    shown = report if show_personal else masked(report)
    positions = Positions(shown.draft)
    lines = []
    for finding in sorted(shown.findings, key=lambda finding: (finding.start, finding.severity.rank)):
        line, column = positions.line_column(finding.start)
        message = visible(finding.message)
        lines.append(f"{visible(name)}:{line}:{column}: {finding.severity}: {message} [{finding.check}]\n")
    return "".join(lines)
