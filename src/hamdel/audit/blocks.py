"""The rows of an audit in blocks, each of which is examined and stored as a whole.

What must be known across blocks is settled here, in the order of the input, so that it is the same however many workers
there are and whether the run was interrupted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from hamdel.errors import InputError
from hamdel.exports import Columns, Rejected, Row, Table, open_table
from hamdel.exports.questions import Asked, QuestionError
from hamdel.exports.rows import excerpt
from hamdel.exports.teams import name_of

__all__ = ["Block", "Reader", "digest_key"]

_ROWS = 500  # of a block; half a second's work
_CHARACTERS = 1 << 20  # of a block
_LONGEST = 100_000  # characters of a reply or message; people don't write more, exports without quotation marks do
_LOOKED_AT = 2000  # rows of another file in which somebody may answer
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(slots=True)
class Block:
    """Rows that are examined together.

    Attributes:
        number: from 0.
        rows: each with its place in the input, from 0.
        rejected: the same for rows that can't be used.
        position: bytes of the input that were read when it was full.
    """

    number: int
    rows: list[tuple[int, Row]] = field(default_factory=list)
    rejected: list[tuple[int, Rejected]] = field(default_factory=list)
    position: int = 0

    def __len__(self) -> int:
        return len(self.rows) + len(self.rejected)


class Reader:
    """Reads the input of an audit, once.

    Args:
        files: exports, one after another.
        columns: which column holds what.
        anonymous: write «کارشناس ۱», «کارشناس ۲» … for the agents, in the order of their first reply.
        opened: called with each file when its columns are known.

    Attributes:
        size: of all files, in bytes.
        unanswered: rows that nobody replied to.
    """

    def __init__(
        self,
        files: Sequence[Path],
        columns: Columns,
        *,
        anonymous: bool = False,
        opened: Callable[[Path, Table], None] | None = None,
    ) -> None:
        self._files = files
        self._columns = columns
        self._agents: dict[str, str] | None = {} if anonymous else None
        self._opened = opened
        self.size = sum(path.stat().st_size for path in files if path.is_file())
        self.unanswered = 0

    def __iter__(self) -> Iterator[Block]:
        """Yield blocks, which end at the same rows in every run.

        Raises:
            InputError: a file can't be read.
        """
        block, characters = Block(0), 0
        for row, (item, position) in enumerate(self._items()):
            if isinstance(item, Row):
                block.rows.append((row, self._named(item)))
                characters += len(item.reply) + len(item.message)
            else:
                block.rejected.append((row, item))
            block.position = position
            if len(block) >= _ROWS or characters >= _CHARACTERS:
                yield block
                block, characters = Block(block.number + 1), 0
        if len(block):
            yield block

    def _items(self) -> Iterator[tuple[Row | Rejected, int]]:
        before = 0
        for path in self._files:
            with self._open(path) as table:
                if self._opened:
                    self._opened(path, table)
                for number, item in enumerate(table, 1):
                    if isinstance(item, Rejected) and item.unanswered:
                        self.unanswered += 1
                    else:
                        yield _bounded(item, path, number), before + table.position
                before += table.size

    def _open(self, path: Path) -> Table:
        """A file's table; who answers in it may be told by who answers in the other files."""
        try:
            return open_table(path, self._columns)
        except QuestionError as error:
            team = self._team_elsewhere(path, error.choices) if error.asked is Asked.TEAM else ()
            if not team:
                raise
        table = open_table(path, replace(self._columns, team=team))
        table.told.notes.append(("team_elsewhere", ", ".join(map(excerpt, team))))
        return table

    def _team_elsewhere(self, path: Path, people: Sequence[str]) -> tuple[str, ...]:
        """Those of a chat's people who answer in other files, unless all of them do."""
        found: set[str] = set()
        for other in (one for one in self._files if one != path):
            with suppress(InputError), open_table(other, self._columns) as table:
                found.update(row.agent for row in islice(table, _LOOKED_AT) if isinstance(row, Row))
        known = {name_of(agent) for agent in found if agent}
        team = tuple(one for one in people if name_of(one) in known)
        return team if len(team) < len(people) else ()

    def _named(self, row: Row) -> Row:
        """The row with its agent's name replaced, if that is wanted."""
        if self._agents is None or not row.agent:
            return row
        number = str(len(self._agents) + 1).translate(_DIGITS)
        return replace(row, agent=self._agents.setdefault(row.agent, f"کارشناس {number}"))


def _bounded(item: Row | Rejected, path: Path, number: int) -> Row | Rejected:
    """Reject a row whose texts are too long to be a reply and a message."""
    if isinstance(item, Rejected):
        return item
    longest = max(len(item.reply), len(item.message))
    if longest <= _LONGEST:
        return item
    hint = "is a quotation mark missing in the export?"
    return Rejected(f"{path}, row {number}", f"a text of {longest:,} characters; {_LONGEST:,} are read at most; {hint}")


def digest_key(block: Block) -> bytes:
    """Return the key of the digests of customers and threads: the first rows' texts and ids.

    Who has the tables alone can't try out phone numbers as they could with a digest that needs no key; the same input
    gives the same digests all the same, in any format.

    Args:
        block: the first one.
    """
    digest = hashlib.blake2b(digest_size=32)
    for _, row in block.rows:
        for text in (row.customer, row.thread, row.id, row.message, row.reply):
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.digest()
