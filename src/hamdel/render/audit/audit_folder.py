"""What an audit leaves behind: the page, the tables and the summary, each whole or not at all."""

from __future__ import annotations

from pathlib import Path

from hamdel.base.atomic import write_atomically
from hamdel.model.audit import Summary
from hamdel.model.audit_schema import SUMMARY
from hamdel.render.audit import audit_json, audit_page
from hamdel.render.audit.audit_tables import agents_csv, clusters_csv

__all__ = ["write_results"]


def write_results(out: Path, summary: Summary) -> tuple[Path, ...]:
    """Write ``agents.csv``, ``clusters.csv``, ``report.html`` and, last of all, ``summary.json``.

    Args:
        out: the folder, which is made when it is missing.
        summary: what was found.

    Returns:
        The files.

    Raises:
        OSError: the folder can't be written; each file that was there before is untouched or replaced as a whole.
    """
    files = {
        "agents.csv": agents_csv(summary),
        "clusters.csv": clusters_csv(summary),
        "report.html": audit_page.render(summary).encode("utf-8", "replace"),
        SUMMARY: audit_json.render(summary).encode(),
    }
    for name, data in files.items():
        write_atomically(out / name, data)
    return tuple(out / name for name in files)
