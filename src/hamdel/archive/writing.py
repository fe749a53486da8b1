"""Writing the record: what was sent goes in, what is to be forgotten goes out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from hamdel.archive.alphabet import is_odd
from hamdel.archive.record import BLOCK, Record, pack, unpack
from hamdel.archive.schema import explained, transaction
from hamdel.identifiers import mask_identifiers

__all__ = ["Sent", "Writer"]

_RECENT = 50  # texts of each agent that repetition/opener can ask for
_FEW_DIGITS = 6  # «کارشناس ۱۲» stays, a phone number doesn't
_ADDRESS = re.compile(r"(\w)[^\s@]*@\S+")
_REMEMBERED = 500_000  # ids of texts; more would take memory that grows with the archive
_LABEL = 80  # characters of an agent's or channel's name that are kept

_ADD_USE = (
    "INSERT INTO uses VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count "
    "WHERE excluded.count > count"
)
_PRUNE = (
    "DELETE FROM recent WHERE agent = :agent AND (time, text) < "
    "(SELECT time, text FROM recent WHERE agent = :agent ORDER BY time DESC, text DESC LIMIT 1 OFFSET :kept)"
)
_ALL_RECENT = (
    "INSERT INTO recent SELECT agent, time, text FROM (SELECT agent, time, text, "
    "row_number() OVER (PARTITION BY agent ORDER BY time DESC, text DESC) AS place "
    "FROM (SELECT DISTINCT agent, time, text FROM uses)) WHERE place <= ?"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A masked reply that was sent.

    Attributes:
        key: `hamdel.archive.alphabet.text_key` of the body.
        body: the coded layout.
        customer: the customer's id; empty when unknown.
        time: seconds since 1970; 0 when unknown.
        agent: the agent's name; empty when unknown.
        channel: where it was sent; empty when unknown.
        count: the how-manieth of its file it is, when nothing else tells it from others; 1 otherwise.
    """

    key: int
    body: bytes
    customer: str = ""
    time: int = 0
    agent: str = ""
    channel: str = ""
    count: int = 1


def _label(name: str) -> str:
    """An agent's or a channel's name as it is shown: without numbers that tell who it is, and without addresses."""
    hidden = _ADDRESS.sub(r"\1***@***", mask_identifiers(name))
    if sum(char.isdigit() for char in hidden) >= _FEW_DIGITS:
        hidden = "".join("*" if char.isdigit() else char for char in hidden)
    return hidden[:_LABEL].encode("utf-8", "replace").decode()


class Writer:
    """Writes a record that was opened for writing."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._sql = record.sql
        self._known: dict[int, int] = {}
        self._agents: dict[str, int] = {}
        self._channels: dict[str, int] = {"": 0}
        self._version = -1

    def store(self, batch: Sequence[Sent]) -> int:
        """Add replies in one transaction; return how many weren't there yet.

        Raises:
            ArchiveError: nothing of the batch is stored.
        """
        with explained(self._record.path):
            try:
                with transaction(self._sql):
                    self._forget_what_changed()
                    return self._store(batch)
            except BaseException:
                self._version = -1  # what was remembered is rolled back
                raise

    def _forget_what_changed(self) -> None:
        """Other processes may have forgotten texts that we know."""
        version = self._record.version
        if version != self._version or len(self._known) > _REMEMBERED:
            self._known.clear()
            self._agents.clear()
            self._channels = {"": 0}
            self._version = version

    def _store(self, batch: Sequence[Sent]) -> int:
        ids = self._text_ids(batch)
        uses = [
            (text, self._record.digest("customer", one.customer), one.time, self._agent(one.agent),
             self._channel(one.channel), one.count)
            for text, one in zip(ids, batch, strict=True)
        ]  # fmt: skip
        before = self._sql.total_changes
        self._sql.executemany(_ADD_USE, uses)
        added = self._sql.total_changes - before
        self._note_recent((agent, time, text) for text, _, time, agent, _, _ in uses)
        return added

    def _text_ids(self, batch: Iterable[Sent]) -> list[int]:
        """The ids of texts; those that are new get one."""
        following = first = self._record.last_id() + 1
        ids: list[int] = []
        new: list[tuple[int, bytes]] = []
        for one in batch:
            text = self._known.get(one.key) or self._record.text_id(one.key)
            if text is None:
                text = following
                following += 1
                new.append((text, one.body))
                self._sql.execute("INSERT INTO texts VALUES (?, ?)", (one.key, text))
            self._known[one.key] = text
            ids.append(text)
        if following > first:
            self._sql.execute("UPDATE meta SET value = ? WHERE key = 'next'", (following,))
            self._keep(new)
        return ids

    def _keep(self, bodies: list[tuple[int, bytes]]) -> None:
        """Store the bodies of new texts; when many are fresh, the oldest go into blocks.

        So ids in blocks ascend from block to block, and fresh ones are higher than all of them.
        """
        self._sql.executemany("INSERT INTO odd VALUES (?, ?)", [one for one in bodies if is_odd(one[1])])
        plain = [one for one in bodies if not is_odd(one[1])]
        count = self._record.one("SELECT count(*) FROM fresh")[0]
        if count + len(plain) < 2 * BLOCK:
            self._sql.executemany("INSERT INTO fresh VALUES (?, ?)", plain)
            return
        bodies = self._take_fresh() + plain
        full = len(bodies) - len(bodies) % BLOCK
        self._write_blocks(bodies[:full])
        self._sql.executemany("INSERT INTO fresh VALUES (?, ?)", bodies[full:])

    def _take_fresh(self) -> list[tuple[int, bytes]]:
        bodies = self._sql.execute("SELECT id, body FROM fresh ORDER BY id").fetchall()
        self._sql.execute("DELETE FROM fresh")
        return bodies

    def _write_blocks(self, bodies: list[tuple[int, bytes]]) -> None:
        for at in range(0, len(bodies), BLOCK):
            block = bodies[at : at + BLOCK]
            self._sql.execute("INSERT INTO blocks VALUES (?, ?)", (block[-1][0], pack(block)))

    def _agent(self, name: str) -> int:
        if not name:
            return 0
        if name not in self._agents:
            digest = self._record.digest("agent", name)
            label = _label(name)
            self._sql.execute("INSERT OR IGNORE INTO agents(digest, label) VALUES (?, ?)", (digest, label))
            self._agents[name] = self._record.one("SELECT id FROM agents WHERE digest = ?", digest)[0]
        return self._agents[name]

    def _channel(self, name: str) -> int:
        if name not in self._channels:
            label = _label(name)
            self._sql.execute("INSERT OR IGNORE INTO channels(name) VALUES (?)", (label,))
            self._channels[name] = self._record.one("SELECT id FROM channels WHERE name = ?", label)[0]
        return self._channels[name]

    def _note_recent(self, uses: Iterable[tuple[int, int, int]]) -> None:
        of_agent: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for use in uses:
            of_agent[use[0]].append(use)
        for agent, sent in of_agent.items():
            self._sql.executemany("INSERT OR IGNORE INTO recent VALUES (?, ?, ?)", nlargest(_RECENT, sent))
            self._sql.execute(_PRUNE, {"agent": agent, "kept": _RECENT - 1})

    def count(self, *, customer: str = "", agent: str = "", before: int = 0) -> int:
        """Return how many uses `forget` would remove."""
        where, values = self._chosen(customer, agent, before)
        return self._record.one(f"SELECT coalesce(sum(count), 0) FROM uses WHERE {where}", *values)[0]

    def _chosen(self, customer: str, agent: str, before: int) -> tuple[str, tuple[int, ...]]:
        """A condition of SQL and its values; what isn't given doesn't matter."""
        tests = {
            "customer = ? AND customer <> 0": self._record.digest("customer", customer),
            "agent = (SELECT id FROM agents WHERE digest = ?)": self._record.digest("agent", agent),
            "time > 0 AND time < ?": before,
        }
        given = {test: value for test, value in tests.items() if value}
        return " AND ".join(given) or "FALSE", tuple(given.values())

    def forget(self, *, customer: str = "", agent: str = "", before: int = 0) -> int:
        """Remove uses, and the texts that nobody uses any more, in one transaction.

        Also note that their bytes must go from all files, which `hamdel.archive.erasing.erase` does.

        Args:
            customer: all that this customer got …
            agent: … or this agent sent …
            before: … or that was sent before this time, in seconds since 1970; of several, those that meet all.

        Returns:
            How many uses are gone.

        Raises:
            ArchiveError: nothing is forgotten.
        """
        where, values = self._chosen(customer, agent, before)
        with explained(self._record.path), transaction(self._sql):
            self._version = -1
            count = self.count(customer=customer, agent=agent, before=before)
            self._sql.execute("CREATE TEMP TABLE gone(id INTEGER PRIMARY KEY)")
            self._sql.execute(f"INSERT INTO gone SELECT DISTINCT text FROM uses WHERE {where}", values)
            self._sql.execute(f"DELETE FROM uses WHERE {where}", values)
            self._sql.execute("DELETE FROM gone WHERE EXISTS (SELECT 1 FROM uses WHERE text = gone.id)")
            self._remove_texts()
            self._sql.execute("DROP TABLE gone")
            self._sql.execute("UPDATE meta SET value = value + 1 WHERE key = 'forgotten'")
            self._sql.execute("DELETE FROM recent")
            self._sql.execute(_ALL_RECENT, (_RECENT,))
            self._sql.execute("DELETE FROM agents WHERE id NOT IN (SELECT agent FROM uses)")
        return count

    def _remove_texts(self) -> None:
        """Remove the texts whose ids are in the table ``gone``; search files that hold one are no longer listed."""
        self._sql.execute("DELETE FROM texts WHERE id IN (SELECT id FROM gone)")
        for table in ("fresh", "odd"):
            self._sql.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM gone)")
        gone = {row[0] for row in self._sql.execute("SELECT id FROM gone")}
        for last, data in self._sql.execute("SELECT last, data FROM blocks").fetchall():
            bodies = list(unpack(data))
            kept = [one for one in bodies if one[0] not in gone]
            if len(kept) < len(bodies):
                self._sql.execute("DELETE FROM blocks WHERE last = ?", (last,))
                self._write_blocks(kept)
        self._sql.execute("DELETE FROM segments WHERE EXISTS (SELECT 1 FROM gone WHERE id BETWEEN first AND last)")

    def settle(self) -> None:
        """Move the bodies of fresh texts into blocks.

        Raises:
            ArchiveError: nothing is moved.
        """
        with explained(self._record.path), transaction(self._sql):
            self._write_blocks(self._take_fresh())
