"""The parts of an audit made one: its tables, as one run would have written them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

import hamdel
from hamdel.audit.folder import Folder, write_errors
from hamdel.audit.manifest import Manifest, rules_settings
from hamdel.audit.parts import join_parts
from hamdel.audit.tables import assemble
from hamdel.errors import AuditError, InputError
from hamdel.settings.config import Config

__all__ = ["merge_tables"]


def merge_tables(parts: Sequence[Path], config: Config, out: Path, *, force: bool) -> Folder:
    """Put the tables of all parts together in ``folder.result``.

    Args:
        parts: their folders, in any order.
        config: settings that the page is written with, which must be those of the parts.
        out: the folder of the audit.
        force: replace the audit in it.

    Returns:
        The folder, open, to be concluded as any audit's.

    Raises:
        AuditError: they aren't all parts of one audit, this hamdel isn't theirs, or the folder can't be written.
        InputError: ``out`` is one of the parts.
    """
    if out.resolve() in {path.resolve() for path in parts}:
        raise InputError(f"{out}: is one of the parts; --out names another folder")
    joined, manifest = join_parts(parts)
    _refuse_strangers(manifest, config, parts[0])
    folder = Folder(out, manifest)
    folder.open(resume=False, force=force)
    try:
        with write_errors(folder.path):
            assemble(joined, folder.result)
            _refuse_losses(folder.result, joined.rows)
    except BaseException:
        folder.abandon()
        raise
    return folder


def _refuse_losses(result: Path, rows: int) -> None:
    """Count what came together: a file of rejected rows that wasn't copied is missed by nothing else.

    Raises:
        AuditError: some rows aren't there.
    """
    used = pl.scan_parquet(result / "replies.parquet", glob=False).select(pl.len()).collect().item()
    with (result / "rejected.jsonl").open("rb") as file:
        found = used + sum(1 for _ in file)
    if found != rows:
        raise AuditError(f"the parts have {found:,} of {rows:,} rows; copy their folders once more, whole")


def _refuse_strangers(manifest: Manifest, config: Config, part: Path) -> None:
    """Refuse parts that another hamdel made, or other settings.

    Raises:
        AuditError: they are.
    """
    here = Manifest(hamdel.__version__, manifest.input, manifest.settings | rules_settings(config))
    changes = here.changes(manifest)
    if changes:
        hint = "merge with the hamdel and the settings that the parts were made with"
        raise AuditError(f"{part}: can't be merged here, for {'; '.join(changes)}; {hint}")
