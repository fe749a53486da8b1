"""An audit in parts, each of which another process or machine examines, and how the parts become one again.

Every part reads the whole input, so that rows are numbered, agents anonymised and digests keyed as in one run; it
examines every n-th block only. A finished part is an output folder with ``part.json`` and the shares of its blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any

from hamdel.audit.blocks import Block
from hamdel.audit.folder import PART, Folder, Shards
from hamdel.audit.manifest import Manifest
from hamdel.base.atomic import write_atomically
from hamdel.errors import AuditError, InputError

__all__ = ["Joined", "Own", "Part", "finish", "join_parts", "parse_part"]

SCHEMA = "hamdel/audit-part/1"
_PART = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_MAGIC = b"PAR1"  # the last bytes of a Parquet file


@dataclass(frozen=True, slots=True)
class Part:
    """A share of an audit's blocks.

    Attributes:
        number: from 1.
        of: how many parts there are.
    """

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def holds(self, block: int) -> bool:
        """Whether a block is in this part, by its number; neighbours go to different ones, which evens them out."""
        return block % self.of == self.number - 1


def parse_part(text: str) -> Part:
    """Read a part, as ``3/20``.

    Raises:
        InputError: it is none.
    """
    found = _PART.fullmatch(text.strip())
    part = Part(int(found[1]), int(found[2])) if found else Part(0, 0)
    if not 1 <= part.number <= part.of:
        raise InputError(f'--part "{text}": write i/n, such as 3/20 for the third of twenty parts')
    return part


class Own:
    """The blocks of a part, of all that are read.

    Args:
        blocks: of the whole input.
        part: None for all of them.

    Attributes:
        read: how many blocks were read so far, of whatever part.
        rows: how many rows are in them, those that can't be used too.
    """

    def __init__(self, blocks: Iterable[Block], part: Part | None) -> None:
        self._blocks = blocks
        self._part = part
        self.read = self.rows = 0

    def __iter__(self) -> Iterator[Block]:
        for block in self._blocks:
            self.read += 1
            self.rows += len(block)
            if self._part is None or self._part.holds(block.number):
                yield block


def finish(folder: Folder, part: Part, own: Own) -> None:
    """Mark a part as finished.

    Args:
        folder: with the shares of all its blocks.
        part: which one it is.
        own: its blocks, all of which are read.

    Raises:
        OSError: it can't be written.
    """
    value = {"schema": SCHEMA, "part": part.number, "of": part.of, "blocks": own.read, "rows": own.rows}
    write_atomically(folder.path / PART, (json.dumps(value) + "\n").encode())


@dataclass(frozen=True, slots=True)
class Joined:
    """The shares of all blocks, wherever they are; to the tables the same as one run's `Shards`.

    Attributes:
        shards: of each part, in order.
        blocks: how many there are.
        rows: how many are in them.
    """

    shards: Sequence[Shards]
    blocks: int
    rows: int

    def _of(self, number: int) -> Shards:
        return self.shards[number % len(self.shards)]

    def replies(self, number: int) -> Path:
        """The file with a block's replies."""
        return self._of(number).replies(number)

    def findings(self, number: int) -> Path:
        """The file with a block's findings."""
        return self._of(number).findings(number)

    def rejected(self, number: int) -> Path:
        """The file with a block's rejected rows, if there are any."""
        return self._of(number).rejected(number)

    def done(self) -> set[int]:
        """The numbers of all blocks."""
        return set(range(self.blocks))


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    part: Part
    blocks: int
    rows: int
    manifest: Manifest


def join_parts(folders: Sequence[Path]) -> tuple[Joined, Manifest]:
    """Return the shares of all parts, and what a run of the whole would have noted of itself.

    Args:
        folders: of the parts, in any order.

    Raises:
        AuditError: one isn't a finished part, one is missing or there twice, or they aren't parts of the same audit.
    """
    found = sorted(map(_read, folders), key=lambda one: one.part.number)
    first = found[0]
    for other in found[1:]:
        changes = _placeless(other.manifest).changes(_placeless(first.manifest))
        if changes:
            raise AuditError(f"{first.path} and {other.path} aren't parts of one audit: {'; '.join(changes)}")
        if (first.part.of, first.blocks, first.rows) != (other.part.of, other.blocks, other.rows):
            raise AuditError(
                f"{first.path} is part {first.part} of {first.blocks} blocks, "
                f"{other.path} part {other.part} of {other.blocks}: make them anew with the same number of parts"
            )
    for one, other in pairwise(found):
        if one.part == other.part:
            raise AuditError(f"{one.path} and {other.path} are both part {one.part}; name each part once")
    missing = sorted(set(range(1, first.part.of + 1)) - {one.part.number for one in found})
    if missing:
        raise AuditError(f"part {missing[0]}/{first.part.of} is missing; name the folders of all {first.part.of} parts")
    joined = Joined([Shards.below(one.path) for one in found], first.blocks, first.rows)
    for one in found:
        _check_whole(one, joined)
    return joined, replace(first.manifest, settings=_whole(first.manifest))


def _read(path: Path) -> _Found:
    """Read what a part's folder says of itself.

    Raises:
        AuditError: it isn't one, or it isn't finished.
    """
    mark, manifest = path / PART, Shards.below(path).path.with_name("manifest.json")
    if not mark.is_file() or not manifest.is_file():
        hint = "hamdel audit with --part makes one, --resume goes on with it; copy its folder whole, .run too"
        raise AuditError(f"{path}: isn't a finished part of an audit; {hint}")
    try:
        value: dict[str, Any] = json.loads(mark.read_bytes())
        if value["schema"] != SCHEMA:
            raise ValueError("another version")
        part, blocks, rows = Part(value["part"], value["of"]), int(value["blocks"]), int(value["rows"])
        if not 1 <= part.number <= part.of:
            raise ValueError("no part has this number")
    except (ValueError, TypeError, KeyError) as error:
        raise AuditError(f"{mark}: isn't what an audit wrote: {error}; make this part anew with --force") from error
    told = Manifest.decode(manifest.read_bytes(), str(manifest))
    if told.settings.get("part") != str(part):
        raise AuditError(f"{mark}: belongs to another part than {manifest}; make this part anew with --force")
    return _Found(path, part, blocks, rows, told)


def _whole(manifest: Manifest) -> dict[str, Any]:
    """The settings without the part."""
    return {name: value for name, value in manifest.settings.items() if name != "part"}


def _placeless(manifest: Manifest) -> Manifest:
    """What must be the same in all parts: a shared folder may have another path on each machine."""
    names = [one | {"name": PurePath(one["name"].replace("\\", "/")).name} for one in manifest.input]
    return Manifest(manifest.version, names, _whole(manifest))


def _check_whole(one: _Found, joined: Joined) -> None:
    """Look whether a part has the shares of all its blocks to their ends.

    Raises:
        AuditError: one is missing or cut off.
    """
    for number in range(one.part.number - 1, joined.blocks, one.part.of):
        for path in (joined.replies(number), joined.findings(number)):
            if not _ends_well(path):
                raise AuditError(
                    f"{path}: is missing or cut off; copy part {one.part} once more, or make it anew with --force"
                )


def _ends_well(path: Path) -> bool:
    """Whether a Parquet file is there to its end."""
    try:
        with path.open("rb") as file:
            file.seek(-len(_MAGIC), 2)
            return file.read() == _MAGIC
    except OSError:
        return False
