"""A file of many masked texts, laid out for searching; derived from the record and made anew when it is damaged.

One file holds, each behind the other and each with a checksum: the texts of one length after those of another, one byte
a character; how many there are of each length; their signatures and ids; and the same of their sentences, which are
places in those texts. It is mapped into memory, so that opening it takes no time and processes share it.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.archive.alphabet import BLANKS, compared_bytes
from hamdel.archive.signatures import NARROW, WIDE, signatures
from hamdel.base.atomic import writing_atomically
from hamdel.base.files import open_regular
from hamdel.errors import ArchiveError
from hamdel.masking.mask import sentence_spans

__all__ = ["SHORTEST_SENTENCE", "Replies", "Segment", "Sentences", "build", "coded_sentences", "open_segment"]

_MAGIC = b"hamdel segment 1\n"
_HEAD = struct.Struct("<II")  # length and checksum of the description that follows
_LENGTH = struct.Struct("<I")
_ALIGN = 64
_CHUNK = 1 << 16  # texts whose signatures are computed at once
#: Characters; shorter sentences are formulas that anybody may repeat.
SHORTEST_SENTENCE = 20
_SENTENCE_END = bytes(BLANKS[1:2])

_Array = npt.NDArray[Any]


class Replies(NamedTuple):
    """Whole replies, those of one length side by side; a `hamdel.archive.scan.Shelf`."""

    first: npt.NDArray[np.uint32]
    base: npt.NDArray[np.uint64]
    signatures: npt.NDArray[np.uint8]
    texts: npt.NDArray[np.uint8]
    ids: npt.NDArray[np.uint32]
    width: int = WIDE
    places: None = None

    def place(self, row: int, length: int) -> int:
        """Return where a row's text starts."""
        return int(self.base[length]) + (row - int(self.first[length])) * length

    def row_at(self, place: int) -> int:
        """Return the row whose text holds a place of ``texts``."""
        length = bisect_right(self.base, place) - 1
        return int(self.first[length]) + (place - int(self.base[length])) // max(1, length)


class Sentences(NamedTuple):
    """Distinct sentences of replies, by length; a `hamdel.archive.scan.Shelf`."""

    first: npt.NDArray[np.uint32]
    places: npt.NDArray[np.uint32]
    signatures: npt.NDArray[np.uint8]
    texts: npt.NDArray[np.uint8]
    width: int = NARROW
    base: None = None

    def place(self, row: int, length: int) -> int:
        """Return where a row's text starts."""
        return int(self.places[row])


def coded_sentences(coded: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a coded layout are that are long enough to be compared."""
    return sentence_spans(coded, _SENTENCE_END, SHORTEST_SENTENCE)


def build(path: Path, texts: Iterable[tuple[int, bytes]]) -> None:
    """Write a segment.

    Args:
        path: the file, which appears in full or not at all.
        texts: id and coded layout of each, none odd or empty.

    Raises:
        OSError: it can't be written.
    """
    kept = sorted(texts, key=lambda one: len(one[1]))
    lengths = np.fromiter((len(coded) for _, coded in kept), np.int64, len(kept))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    text = b"".join(compared_bytes(coded) for _, coded in kept)
    joined = np.frombuffer(text, np.uint8)
    first = _first_rows(lengths)
    places, sentence_lengths = _sentences(kept, starts.tolist(), text)
    arrays: dict[str, _Array] = {
        "first": first,
        "base": starts[first].astype(np.uint64),
        "signatures": _signatures(joined, starts),
        "ids": np.fromiter((key for key, _ in kept), np.uint32, len(kept)),
        "sentence_first": _first_rows(sentence_lengths),
        "sentence_places": places,
        "sentence_signatures": _sentence_signatures(joined, places, sentence_lengths),
        "texts": joined,
    }
    _write(path, arrays)


def _first_rows(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """The first row of each length from 0 on, of ascending lengths; behind the last one their number."""
    longest = int(lengths[-1]) if len(lengths) else 0
    return np.searchsorted(lengths, np.arange(longest + 2)).astype(np.uint32)


def _signatures(joined: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    rows = [np.empty((0, WIDE), np.uint8)]
    for at in range(0, len(starts) - 1, _CHUNK):
        part = starts[at : at + _CHUNK + 1]
        rows.append(signatures(joined[part[0] : part[-1]], np.diff(part), WIDE))
    return np.concatenate(rows)


def _sentences(
    kept: list[tuple[int, bytes]], starts: list[int], joined: bytes
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """The first place of each distinct sentence, and its length, by length."""
    known: dict[bytes, int] = {}
    for (_, coded), start in zip(kept, starts, strict=False):
        for a, b in coded_sentences(coded):
            known.setdefault(joined[start + a : start + b], start + a)
    lengths = np.fromiter(map(len, known), np.int64, len(known))
    places = np.fromiter(known.values(), np.uint32, len(known))
    order = np.argsort(lengths, kind="stable")
    return places[order], lengths[order]


def _sentence_signatures(
    joined: npt.NDArray[np.uint8], places: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint8]:
    rows = [np.empty((0, NARROW), np.uint8)]
    for at in range(0, len(places), _CHUNK):
        long = lengths[at : at + _CHUNK]
        offsets = np.cumsum(long) - long
        inside = np.arange(int(long.sum())) - np.repeat(offsets, long)
        rows.append(
            signatures(joined[inside + np.repeat(places[at : at + _CHUNK].astype(np.int64), long)], long, NARROW)
        )
    return np.concatenate(rows)


def _checksum(array: _Array) -> int:
    return zlib.crc32(np.ascontiguousarray(array).data)


def _write(path: Path, arrays: dict[str, _Array]) -> None:
    place = 0
    described = []
    for name, array in arrays.items():
        place += -place % _ALIGN
        described.append([name, array.dtype.str, list(array.shape), place, _checksum(array)])
        place += array.nbytes
    text = json.dumps({"arrays": described, "size": place}).encode()
    with writing_atomically(path) as file:
        file.write(_MAGIC + _HEAD.pack(len(text), zlib.crc32(text)) + text)
        file.write(b"\0" * (-file.tell() % _ALIGN))
        for array in arrays.values():
            file.write(b"\0" * (-file.tell() % _ALIGN))
            file.write(np.ascontiguousarray(array).data)


@dataclass(frozen=True)
class Segment:
    """An open segment.

    Attributes:
        path: the file.
    """

    path: Path
    _map: mmap.mmap
    _arrays: dict[str, tuple[_Array, int]]

    @cached_property
    def replies(self) -> Replies:
        """The whole replies."""
        first, base, counts, texts, ids = map(self._array, ("first", "base", "signatures", "texts", "ids"))
        return Replies(first, base, counts, texts, ids)

    @cached_property
    def sentences(self) -> Sentences:
        """Their sentences.

        Raises:
            ArchiveError: they aren't where the file says.
        """
        self.verify("sentence_places")
        first, places, counts = map(self._array, ("sentence_first", "sentence_places", "sentence_signatures"))
        return Sentences(first, places, counts, self._array("texts"))

    def _array(self, name: str) -> _Array:
        return self._arrays[name][0]

    def verify(self, *names: str) -> None:
        """Check arrays that say where others' rows are: if they were wrong, any memory would be read.

        Raises:
            ArchiveError: one isn't what was written.
        """
        for name in names:
            array, checksum = self._arrays[name]
            if _checksum(array) != checksum:
                raise ArchiveError(f"{self.path}: a damaged search file ({name}); run `hamdel archive compact`")

    def damaged(self) -> str | None:
        """Return the name of an array that isn't what was written, or where else a byte is; None when all is sound."""
        for name, (array, checksum) in self._arrays.items():
            if _checksum(array) != checksum:
                return name
        return None if self._is_blank_between() else "between its parts"

    def _is_blank_between(self) -> bool:
        """Whether there are only NULs between the description and the arrays, and nothing behind the last."""
        with memoryview(self._map) as data:
            size: int
            (size,) = _LENGTH.unpack_from(data, len(_MAGIC))
            place = len(_MAGIC) + _HEAD.size + size
            for array, _ in self._arrays.values():
                start = place + -place % _ALIGN
                if any(data[place:start]):
                    return False
                place = start + array.nbytes
            return bool(place == data.nbytes)


def open_segment(path: Path) -> Segment:
    """Map a segment into memory.

    Raises:
        ArchiveError: it is missing, cut short, or no segment.
    """
    try:
        with open_regular(path) as file:
            head = file.read(len(_MAGIC) + _HEAD.size)
            size, checksum = _HEAD.unpack(head[len(_MAGIC) :])
            text = file.read(size)
            if not head.startswith(_MAGIC) or zlib.crc32(text) != checksum:
                raise ValueError("not a segment")
            described = json.loads(text)
            start = file.tell() + -file.tell() % _ALIGN
            if os.fstat(file.fileno()).st_size < start + described["size"]:
                raise ValueError("cut short")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError, struct.error) as error:
        raise ArchiveError(f"{path}: a damaged search file ({error})") from error
    arrays = {
        name: (_mapped(mapped, kind, shape, start + place), crc)
        for name, kind, shape, place, crc in described["arrays"]
    }
    segment = Segment(path, mapped, arrays)
    segment.verify("first", "base", "sentence_first")
    return segment


def _mapped(mapped: mmap.mmap, kind: str, shape: list[int], place: int) -> _Array:
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.empty(shape, np.dtype(kind))
    return np.frombuffer(mapped, np.dtype(kind), count, place).reshape(shape)
