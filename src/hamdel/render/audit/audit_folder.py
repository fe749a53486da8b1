"""What an audit leaves behind: the page, the tables and the summary, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hamdel.base.atomic import make_private, write_atomically
from hamdel.model import Lang
from hamdel.model.agent_pages import AgentPage
from hamdel.model.audit import Summary
from hamdel.model.audit_schema import SUMMARY
from hamdel.render.audit import agent_page, audit_json, audit_page
from hamdel.render.audit.audit_tables import agents_csv, clusters_csv

__all__ = ["remove_agent_pages", "write_agent_pages", "write_results"]

_PAGES = "agent-[0-9][0-9][0-9]*.html"


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


def write_agent_pages(out: Path, pages: Sequence[AgentPage], lang: Lang) -> tuple[Path, ...]:
    """Write a page for each agent, which nobody else may read.

    Args:
        out: the audit's folder.
        pages: one an agent.
        lang: of the texts in them.

    Returns:
        The files, in the order of the pages.

    Raises:
        OSError: the folder can't be written.
    """
    files = tuple(out / agent_page.file_name(page, number) for number, page in enumerate(pages, 1))
    for path, page in zip(files, pages, strict=True):
        write_atomically(path, agent_page.render(page, lang).encode("utf-8", "replace"))
        make_private(path)
    return files


def remove_agent_pages(out: Path) -> None:
    """Remove the pages of an earlier audit, whose agents may be others.

    Raises:
        OSError: the folder can't be written.
    """
    for path in out.glob(_PAGES):
        path.unlink(missing_ok=True)
