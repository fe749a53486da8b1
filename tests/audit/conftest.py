"""Exports of a small team, and audits of them in this process."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from audit_runs import HEADER, Audit, WriteExport, rows

from hamdel.audit import blocks, examine
from hamdel.audit.block_workers import Done
from hamdel.audit.examine import Rules
from hamdel.audit.folder import Folder
from hamdel.audit.run import Order, make_tables, open_folder
from hamdel.checker import Checker
from hamdel.exports import Columns
from hamdel.exports.columns import ALL_ROLES
from hamdel.settings.config import Config

_checker = lru_cache(Checker)  # loading it takes longer than a test's replies


@pytest.fixture
def export(tmp_path: Path) -> WriteExport:
    def write(count: int = 40, broken: int = 0) -> Path:
        path = tmp_path / "export.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for number, row in enumerate(rows(count)):
                writer.writerow([*row[:5], "دیروز", *row[6:]] if broken and number % broken == 0 else row)
        return path

    return write


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Make the tables of an audit in blocks of ten rows."""
    monkeypatch.setattr(blocks, "_ROWS", 10)
    monkeypatch.setattr(examine, "Checker", _checker)

    def make(
        *files: Path,
        out: Path | None = None,
        columns: Columns | None = None,
        keep: bool = False,
        resume: bool = False,
        force: bool = False,
        progress: Callable[[Done], None] = lambda _: None,
        **order: object,
    ) -> Folder:
        wanted = columns or Columns(roles=ALL_ROLES, outcomes=("paid",))
        what = replace(Order(files, wanted, Rules(Config(), wanted.outcomes, keep)), **order)  # type: ignore[arg-type]
        folder, finished = open_folder(what, out or tmp_path / "out", resume=resume, force=force)
        if not finished:
            make_tables(what, folder, progress)
            folder.place()
        return folder

    return make
