"""From exported files to the tables of an audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import polars as pl

from hamdel.audit.block_workers import Done, Engine, Processes, examine_all
from hamdel.audit.blocks import Reader, digest_key
from hamdel.audit.examine import Rules
from hamdel.audit.folder import Folder, write_errors
from hamdel.audit.manifest import make_manifest
from hamdel.audit.parts import Own, Part, finish
from hamdel.audit.tables import assemble
from hamdel.errors import HamdelError, InputError
from hamdel.exports import Columns, Table

__all__ = ["Order", "Tables", "make_tables", "open_folder", "read_tables"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be examined, and how.

    Attributes:
        files: exports, one after another.
        columns: which column holds what.
        rules: how replies are examined; the key of the digests is found in the input.
        anonymous: replace agents' names.
        workers: processes.
        part: the blocks that are examined; None for all.
        engine: where they are examined; None for processes of this machine.
    """

    files: Sequence[Path]
    columns: Columns
    rules: Rules
    anonymous: bool = False
    workers: int = 1
    part: Part | None = None
    engine: Engine | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The finished tables, read when they are asked for; see `hamdel.audit.frames`."""

    replies: pl.LazyFrame
    findings: pl.LazyFrame


def open_folder(order: Order, path: Path, *, resume: bool, force: bool) -> tuple[Folder, bool]:
    """Open the output folder of an order.

    Returns:
        The folder, and whether the order is finished in it; see `Folder.open`.

    Raises:
        AuditError: it can't be used.
        InputError: a file of the input can't be read.
    """
    part = str(order.part) if order.part else ""
    manifest = make_manifest(order.files, order.columns, order.rules, anonymous=order.anonymous, part=part)
    folder = Folder(path, manifest)
    return folder, folder.open(resume=resume, force=force)


def make_tables(
    order: Order, folder: Folder, progress: Callable[[Done], None], opened: Callable[[Path, Table], None] | None = None
) -> None:
    """Examine what isn't examined yet, and put the tables together in ``folder.result``; a part is only marked.

    Args:
        order: what to do.
        folder: open.
        progress: called when a block is done.
        opened: called with each file when its columns are known.

    Raises:
        AuditError: the folder can't be written, or a worker died.
        InputError: a file can't be read, or there are no rows.
        KeyboardInterrupt: somebody pressed Ctrl-C; what was done is kept.
    """
    try:
        own = _examine(order, folder, progress, opened)
        with write_errors(folder.path):
            if order.part:
                finish(folder, order.part, own)
                folder.leave()
            else:
                assemble(folder.shards, folder.result)
    except HamdelError:
        folder.abandon()
        raise
    except BaseException:
        folder.leave()
        raise


def _examine(
    order: Order, folder: Folder, progress: Callable[[Done], None], opened: Callable[[Path, Table], None] | None
) -> Own:
    """Examine what isn't examined yet, and return the blocks, all of which are read then."""
    reader = Reader(order.files, order.columns, anonymous=order.anonymous, opened=opened)
    blocks = iter(reader)
    first = next(blocks, None)
    if first is None:
        raise InputError(f"{', '.join(map(str, order.files))}: no replies in it")
    rules = replace(order.rules, key=digest_key(first))
    own = Own(chain([first], blocks), order.part)
    examine_all(iter(own), rules, folder, order.engine or Processes(order.workers), progress)
    return own


def read_tables(path: Path) -> Tables:
    """Return the tables in a folder.

    Args:
        path: the output folder, or ``result`` of one in the making.
    """
    return Tables(*(pl.scan_parquet(path / f"{name}.parquet", glob=False) for name in ("replies", "findings")))
