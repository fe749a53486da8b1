"""The tables of an audit, put together from the shares of its blocks in the order of the input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import polars as pl

from hamdel.base.atomic import writing_atomically
from hamdel.base.formula_injection import BLANK, DISARMED, FORMULA

__all__ = ["Shares", "assemble", "safe_for_excel"]

_ROW_GROUP = 50_000
_BOM = b"\xef\xbb\xbf"  # tells Excel that a CSV file is UTF-8


class Shares(Protocol):
    """Where the shares of blocks are; see `hamdel.audit.folder.Shards`."""

    def replies(self, number: int) -> Path:
        """The file with a block's replies."""

    def findings(self, number: int) -> Path:
        """The file with a block's findings."""

    def rejected(self, number: int) -> Path:
        """The file with a block's rejected rows, if there are any."""

    def done(self) -> set[int]:
        """The numbers of finished blocks."""


def assemble(shards: Shares, folder: Path) -> None:
    """Write ``replies.parquet``, ``findings.parquet``, ``findings.csv`` and ``rejected.jsonl``.

    Args:
        shards: of all blocks.
        folder: where to.

    Raises:
        OSError: it can't be written.
    """
    numbers = sorted(shards.done())
    _join([shards.replies(number) for number in numbers], folder / "replies.parquet")
    _join([shards.findings(number) for number in numbers], folder / "findings.parquet")
    _write_csv(shards, numbers, folder / "findings.csv")
    with writing_atomically(folder / "rejected.jsonl") as file:
        for number in numbers:
            path = shards.rejected(number)
            if path.is_file():
                file.write(path.read_bytes())


def _join(paths: list[Path], path: Path) -> None:
    """One Parquet file of many, in their order, a part at a time."""
    frame = pl.scan_parquet(paths, glob=False, hive_partitioning=False)
    frame.sink_parquet(path, row_group_size=_ROW_GROUP, maintain_order=True)


def _write_csv(shards: Shares, numbers: list[int], path: Path) -> None:
    """Findings with the id, agent, channel and time of their reply."""
    with writing_atomically(path) as file:
        file.write(_BOM)
        for place, frame in enumerate(_findings(shards, numbers)):
            file.write(frame.write_csv(include_header=not place, line_terminator="\r\n").encode())


def _findings(shards: Shares, numbers: list[int]) -> Iterator[pl.DataFrame]:
    for number in numbers:
        of = pl.read_parquet(shards.replies(number), columns=["row", "id", "agent", "channel", "time"])
        found = pl.read_parquet(shards.findings(number))
        yield safe_for_excel(found.join(of, on="row", how="left", maintain_order="left"))


def safe_for_excel(frame: pl.DataFrame) -> pl.DataFrame:
    """Put an apostrophe before texts that a spreadsheet would run as a formula.

    Args:
        frame: to be written as CSV.
    """
    text = pl.col(pl.String)
    return frame.with_columns(text.str.replace_all(FORMULA, DISARMED).str.replace(BLANK, "'${1}"))
