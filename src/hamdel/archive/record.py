"""Reading the record: bodies of texts, who used them and when; see schema.py for what is where."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from hamdel.archive.patience import WAIT
from hamdel.archive.record_checksums import note_sums
from hamdel.archive.schema import RECORD, connect, explained
from hamdel.language.fold import key
from hamdel.model.history import Uses

__all__ = ["BLOCK", "Record", "SegmentRow", "pack", "unpack"]

#: Bodies in a block; more compress a little better and take longer to get at one.
BLOCK = 256
_COUNT = struct.Struct("<I")
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9\d{9})")
# One statement sees one moment: another process may move bodies from one table to the other.
_BODIES = """
SELECT NULL, data FROM blocks
WHERE last BETWEEN :first AND coalesce((SELECT min(last) FROM blocks WHERE last >= :last), :last)
UNION ALL SELECT id, body FROM fresh WHERE id BETWEEN :first AND :last
"""


def pack(bodies: list[tuple[int, bytes]]) -> bytes:
    """Return many bodies and their ids as one compressed block."""
    numbers = [len(bodies), *(text for text, _ in bodies), *(len(body) for _, body in bodies)]
    return zlib.compress(struct.pack(f"<{len(numbers)}I", *numbers) + b"".join(body for _, body in bodies), 6)


def unpack(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield id and body of each text of a block.

    Raises:
        zlib.error, struct.error: it is damaged.
    """
    data = zlib.decompress(block)
    (count,) = _COUNT.unpack_from(data)
    numbers = struct.unpack_from(f"<{2 * count}I", data, _COUNT.size)
    place = _COUNT.size * (2 * count + 1)
    for text, length in zip(numbers[:count], numbers[count:], strict=True):
        yield text, data[place : place + length]
        place += length


def _body_in(block: bytes, text: int) -> bytes | None:
    """Return the body of one text of a block; see `unpack`."""
    data = zlib.decompress(block)
    (count,) = _COUNT.unpack_from(data)
    numbers = struct.unpack_from(f"<{2 * count}I", data, _COUNT.size)
    if text not in numbers[:count]:
        return None
    row = numbers.index(text)
    start = _COUNT.size * (2 * count + 1) + sum(numbers[count : count + row])
    return data[start : start + numbers[count + row]]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A search file and the ids of the texts that it was made of, both inclusive."""

    name: str
    first: int
    last: int


def _identity(name: str) -> str:
    """One spelling for an id or a name."""
    folded = " ".join(key(name).split())
    mobile = _MOBILE.fullmatch(re.sub(r"[\s().\-]", "", folded))
    return f"0{mobile[1]}" if mobile else folded


class Record:
    """The record of an archive.

    Args:
        folder: the archive's.
        write: whether it will be written.
        patience: seconds to wait while another process writes.

    Raises:
        ArchiveError: it can't be opened.
    """

    def __init__(self, folder: Path, *, write: bool = False, patience: float = WAIT) -> None:
        self.folder = folder.absolute()  # search files are opened later, perhaps from another working directory
        self.path = folder / RECORD
        self.writable = write
        self.sql = connect(folder, write=write, patience=patience)
        self._salt = b""

    def close(self) -> None:
        """Close the file; who was writing notes its checksums."""
        if self.writable:
            note_sums(self.sql, self.path)
        self.sql.close()

    def all(self, query: str, *values: object) -> list[tuple[int, ...]]:
        """Return all rows of a query.

        Raises:
            ArchiveError: the record can't be read.
        """
        with explained(self.path):
            return self.sql.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> tuple[int, ...]:
        """Return the first row of a query that has one; see `all`."""
        return self.all(query, *values)[0]

    @property
    def version(self) -> int:
        """Changes when another connection has written."""
        return self.one("PRAGMA data_version")[0]

    def digest(self, kind: str, name: str) -> int:
        """Return the digest of a customer's id or an agent's name; 0 for an empty one.

        However it is typed: digits, letters and white space are folded, and mobile numbers have one form.
        The salt keeps digests of two archives apart; it is no secret to somebody who has the archive, so a phone number
        as a customer's id can be found out by trying all.
        """
        name = _identity(name)
        if not name:
            return 0
        if not self._salt:
            with explained(self.path):
                self._salt = self.sql.execute("SELECT value FROM meta WHERE key = 'salt'").fetchone()[0]
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8, key=self._salt, person=kind.encode())
        return int.from_bytes(digest.digest(), "big") >> 1 or 1

    def text_id(self, key: int) -> int | None:
        """Return the id of the text with a digest; None when there is none.

        Called for each of millions of rows, inside a transaction that explains errors.
        """
        found = self.sql.execute("SELECT id FROM texts WHERE digest = ?", (key,)).fetchone()
        return int(found[0]) if found else None

    def body(self, text: int) -> bytes | None:
        """Return a text's body; None when it is gone."""
        with explained(self.path):
            for table in ("fresh", "odd"):
                row = self.sql.execute(f"SELECT body FROM {table} WHERE id = ?", (text,)).fetchone()
                if row:
                    return bytes(row[0])
            row = self.sql.execute("SELECT data FROM blocks WHERE last >= ? ORDER BY last LIMIT 1", (text,)).fetchone()
            return _body_in(row[0], text) if row else None

    def bodies(self, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """Yield id and body of the texts from one id to another, both inclusive, odd ones aside."""
        with explained(self.path):
            for text, data in self.sql.execute(_BODIES, {"first": first, "last": last}):
                if text is None:
                    yield from ((key, body) for key, body in unpack(data) if first <= key <= last)
                else:
                    yield text, data

    def odd(self) -> list[tuple[int, bytes]]:
        """Return id and body of the texts that no segment holds."""
        with explained(self.path):
            return self.sql.execute("SELECT id, body FROM odd").fetchall()

    def last_id(self) -> int:
        """Return the highest id that was ever given; 0 before the first."""
        return self.one("SELECT value - 1 FROM meta WHERE key = 'next'")[0]

    def forgotten(self) -> int:
        """Return how often something was forgotten."""
        return self.one("SELECT value FROM meta WHERE key = 'forgotten'")[0]

    def erased(self) -> int:
        """Return of how many of these times nothing is left in any file."""
        return self.one("SELECT coalesce(max(value), 0) FROM meta WHERE key = 'erased'")[0]

    def segments(self) -> list[SegmentRow]:
        """Return the search files, by the texts in them."""
        with explained(self.path):
            rows = self.sql.execute("SELECT name, first, last FROM segments ORDER BY first").fetchall()
        return [SegmentRow(*row) for row in rows]

    def uses(self, text: int, customer: int = 0) -> Uses:
        """Return how often a text was sent, and to a customer (a digest) in particular."""
        row = self.one(
            "SELECT total(count), coalesce(min(nullif(time, 0)), 0), max(time), count(DISTINCT agent), "
            "total(CASE WHEN customer = ? AND customer <> 0 THEN count END) FROM uses WHERE text = ?",
            customer,
            text,
        )
        return Uses(int(row[0]), row[1], row[2] or 0, row[3], int(row[4]))

    def only_to(self, customer: int) -> set[int]:
        """Return the texts that nobody else than a customer (a digest) got."""
        return {
            row[0]
            for row in self.all(
                "SELECT DISTINCT text FROM uses AS mine WHERE customer = ? AND customer <> 0 AND NOT EXISTS "
                "(SELECT 1 FROM uses WHERE text = mine.text AND customer <> mine.customer)",
                customer,
            )
        }

    def texts_to(self, customer: int) -> list[int]:
        """Return the texts that a customer (a digest) got."""
        return [
            row[0]
            for row in self.all(
                "SELECT DISTINCT text FROM uses WHERE customer = ? AND customer <> 0 ORDER BY text", customer
            )
        ]

    def latest(self, count: int, agent: int | None) -> list[int]:
        """Return the texts that an agent (a digest), or anybody, sent last, oldest first."""
        chosen = "" if agent is None else "WHERE agent = (SELECT id FROM agents WHERE digest = ?)"
        values: Iterable[object] = (count,) if agent is None else (agent, count)
        rows = self.all(f"SELECT text FROM recent {chosen} ORDER BY time DESC, text DESC LIMIT ?", *values)
        return [row[0] for row in rows][::-1]
