"""What is asked of an audit, as any door may ask it, and the order that it comes to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamdel.audit.compare import read_earlier
from hamdel.audit.examine import Rules
from hamdel.audit.gate import parse
from hamdel.audit.parts import parse_part
from hamdel.audit.run import Order
from hamdel.checker import Checker
from hamdel.exports import Columns
from hamdel.model.audit import Condition
from hamdel.settings.config import Config

__all__ = ["Request", "Wishes"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of an audit besides its tables.

    Attributes:
        checker: names checks and words examples.
        earlier: the summary of the audit to compare with; None for no comparison.
        limits: beyond which the audit fails.
        sample: where to write a sample, and of how many replies.
        clusters: look for near copies.
        ranked: put agents with the highest rates first.
        agent_pages: write a page for each agent's own use.
    """

    checker: Checker
    earlier: dict[str, Any] | None = None
    limits: tuple[Condition, ...] = ()
    sample: tuple[Path, int] | None = None
    clusters: bool = True
    ranked: bool = False
    agent_pages: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for, as it was said.

    Attributes:
        files: exports, one after another.
        columns: which column holds what.
        config: settings of the checks.
        keep_personal: mask nothing.
        anonymous: number agents instead of naming them.
        workers: processes; None for one a core.
        part: of the blocks, as ``3/20``; None for all.
        compare: the folder of an earlier audit.
        fail_on: conditions; see `hamdel.audit.gate.parse`.
        sample: where to write a sample, and of how many replies.
        clusters: look for near copies.
        ranked: put agents with the highest rates first.
        agent_pages: write a page for each agent's own use.
    """

    files: Sequence[Path]
    columns: Columns
    config: Config
    keep_personal: bool = False
    anonymous: bool = False
    workers: int | None = None
    part: str | None = None
    compare: Path | None = None
    fail_on: Sequence[str] = ()
    sample: tuple[Path, int] | None = None
    clusters: bool = True
    ranked: bool = False
    agent_pages: bool = False

    def order(self) -> Order:
        """Return what is to be examined, and how.

        Raises:
            InputError: there is no such part.
        """
        rules = Rules(self.config, self.columns.outcomes, self.keep_personal)
        part = parse_part(self.part) if self.part else None
        return Order(self.files, self.columns, rules, self.anonymous, self.workers or os.cpu_count() or 1, part)

    def wishes(self) -> Wishes:
        """Read what is asked for besides, before any work is done, so that a slip of the pen costs no hour.

        Raises:
            HamdelError: the settings can't be used, there is nothing to compare with, or a condition can't be read.
        """
        checker = Checker(self.config)
        limits = tuple(one for text in self.fail_on for one in parse(text, checker.checks))
        earlier = read_earlier(self.compare) if self.compare else None
        return Wishes(checker, earlier, limits, self.sample, self.clusters, self.ranked, self.agent_pages)
