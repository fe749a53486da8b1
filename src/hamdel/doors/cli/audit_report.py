"""What comes after the examination of an audit: summary and page, the verdict, the sample."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hamdel.archive.join import near_groups
from hamdel.audit.agent_pages import agent_pages
from hamdel.audit.clusters import Grouping, Limits
from hamdel.audit.compare import compared
from hamdel.audit.folder import Folder, write_errors
from hamdel.audit.gate import exceeded
from hamdel.audit.request import Wishes
from hamdel.audit.run import read_tables
from hamdel.audit.sample import draw, write_sample
from hamdel.audit.summary import Settings, summarise
from hamdel.doors.cli.screen import open_screen
from hamdel.errors import InputError
from hamdel.exports.reasons import OTHER, counted
from hamdel.model import Lang
from hamdel.render.audit.audit_folder import remove_agent_pages, write_agent_pages, write_results
from hamdel.render.audit.audit_screen import shown

__all__ = ["conclude"]


def conclude(folder: Folder, wishes: Wishes, *, finished: bool, grouping: Grouping | None = None) -> bool:
    """Write what the tables tell, put everything into its place and show it.

    Args:
        folder: with the tables: in ``result``, or in their places when it is finished.
        wishes: what is asked for besides.
        finished: the folder needs nothing any more.
        grouping: what compares texts; None for this machine.

    Returns:
        Whether a limit was passed.

    Raises:
        AuditError: the folder can't be written.
        InputError: no row could be used, or the sample can't be written.
    """
    tables = read_tables(folder.path if finished else folder.result)
    if not tables.replies.head(1).collect().height:
        if not finished:
            folder.place()
        raise InputError(f"no row could be used; {folder.path / 'rejected.jsonl'} says why")
    limits = Limits(grouping=grouping or near_groups) if wishes.clusters else None
    summary = summarise(tables.replies, tables.findings, Settings(wishes.checker, limits, rank_agents=wishes.ranked))
    if wishes.earlier:
        summary = replace(summary, comparison=compared(wishes.earlier, summary))
    pages = agent_pages(summary, tables.replies, tables.findings, wishes.checker) if wishes.agent_pages else ()
    if not finished:
        with write_errors(folder.path):
            write_results(folder.result, summary)
            remove_agent_pages(folder.path)
        folder.place()
    with write_errors(folder.path):
        write_agent_pages(folder.path, pages, summary.lang)
    if wishes.sample:
        path, size = wishes.sample
        write_sample(path, draw(read_tables(folder.path).replies, size))
    passed = exceeded(wishes.limits, summary)
    open_screen().show(shown(summary, passed, folder.path, _rejected(folder.path, summary.lang)))
    return bool(passed)


def _rejected(path: Path, lang: Lang) -> dict[str, int]:
    """How many rows of the input couldn't be used, by the words that count them."""
    with (path / "rejected.jsonl").open("rb") as file:
        codes = Counter(json.loads(line).get("code", OTHER) for line in file)
    return {counted(code, lang): count for code, count in codes.most_common()}
