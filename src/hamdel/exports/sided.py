"""Tables with a row for each message of both sides: whose it is stands in a column, or only the user knows.

A customer's message is no reply: it is left out, and shown beside the reply that answers it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice, pairwise

from hamdel.exports.columns import Columns
from hamdel.exports.contents import LOOKED_AT, Written, are_sides, only_theirs, side_of
from hamdel.exports.conversation import Left, Part, Side, Threads
from hamdel.exports.headers import says_reply, whose_of
from hamdel.exports.preset import Source
from hamdel.exports.rows import Rejected, Row
from hamdel.exports.table import Table
from hamdel.exports.teams import choose_team, name_of

__all__ = ["with_sides"]

_MAY_TELL = ("anybody", "sides")


@dataclass
class _Talk:
    """Makes replies of the messages of both sides.

    Attributes:
        side: tells which side a row is from.
        shown: how many cells at a row's end were read for that alone.
        backwards: the newest messages come first, so what a reply answers isn't known yet.
    """

    side: Callable[[Row], Written]
    shown: int
    backwards: bool
    threads: Threads = field(default_factory=Threads)

    def replies(self, items: Iterable[Row | Rejected], left_out: Counter[Left]) -> Iterator[Row | Rejected]:
        """Yield the replies, and what can't be used; the rest is counted."""
        for item in items:
            if isinstance(item, Rejected):
                yield item
                continue
            side = self.side(item)
            if side is Written.NEITHER:
                left_out[Left.SYSTEM] += 1
                continue
            who = Side.AGENT if side is Written.OURS else Side.CUSTOMER
            found = self.threads.take(item.thread or item.customer, Part(who, item.reply))
            if isinstance(found, dict):
                yield self._reply(item, str(found["customer message"]), int(found["turn"]))
            elif isinstance(found, Left):
                left_out[found] += 1

    def _reply(self, row: Row, message: str, turn: int) -> Row:
        agent = "" if self.shown and side_of(row.agent) else row.agent
        row = replace(row, agent=agent, shown=row.shown[: len(row.shown) - self.shown])
        return row if self.backwards else replace(row, message=message, turn=row.turn or turn)


def with_sides(table: Table, wanted: Columns, name: str, again: Callable[[Columns], Table]) -> Table:
    """Return a table of replies alone, if its rows are messages of both sides; the same one if they aren't.

    Args:
        table: just opened.
        wanted: what the user said.
        name: of the file, for errors.
        again: opens it with other columns.

    Raises:
        QuestionError: its rows may be anybody's, and only the user knows who answers.
    """
    if table.told.preset is not None or "message" in table.columns or "reply" not in table.columns:
        return table
    taken = {column for role, column in table.columns.items() if role != "agent"}
    telling = tuple(one for one in table.header if whose_of(one) in _MAY_TELL and one not in taken)
    if not telling and not wanted.team:
        return table
    closer = replace(wanted, shown=(*wanted.shown, *telling))
    try:
        with again(closer) as probe:
            rows = [row for row in islice(probe, LOOKED_AT) if isinstance(row, Row)]
        for place, column in enumerate(telling, -len(telling)):
            cells = {row.shown[place] for row in rows} - {""}
            if are_sides(cells) or (only_theirs(cells) and not says_reply(table.columns["reply"])):
                table.close()
                return _talking(again(closer), rows, len(telling), column, partial(_side, place))
        team = _team(table, rows, wanted, name)
    except BaseException:
        table.close()
        raise
    if team:
        return _talking(table, rows, 0, table.columns["agent"], partial(_named, team))
    agents = {row.agent for row in rows} - {""}
    if agents and {side_of(agent) for agent in agents} == {Written.OURS}:
        table.talk = _ours
    return table


def _ours(items: Iterable[Row | Rejected], left_out: Counter[Left]) -> Iterator[Row | Rejected]:
    """Yield all but the messages of others, which may begin where nobody has looked."""
    for item in items:
        side = side_of(item.agent) if isinstance(item, Row) else None
        if side is Written.THEIRS:
            left_out[Left.CUSTOMER] += 1
        elif side is Written.NEITHER:
            left_out[Left.SYSTEM] += 1
        else:
            yield item


def _talking(table: Table, rows: list[Row], shown: int, column: str, side: Callable[[Row], Written]) -> Table:
    times = [row.time for row in rows if row.time]
    later = sum(one < other for one, other in pairwise(times))
    earlier = sum(one > other for one, other in pairwise(times))
    table.talk = _Talk(side, shown, earlier > later).replies
    table.told.notes[:] = [note for note in table.told.notes if note[1] != column]
    table.told.notes.append(("sides", column))
    return table


def _side(place: int, row: Row) -> Written:
    """Which side a row's cell names; nobody's message is no reply."""
    return side_of(row.shown[place]) or Written.NEITHER


def _named(team: frozenset[str], row: Row) -> Written:
    """Which side somebody is on by name."""
    return Written.OURS if name_of(row.agent) in team else Written.THEIRS


def _team(table: Table, rows: list[Row], wanted: Columns, name: str) -> frozenset[str]:
    """Who answers, by `name_of`; empty where all rows are replies.

    Raises:
        QuestionError: nothing tells whether they are.
    """
    people = [agent for agent, _ in Counter(row.agent for row in rows if row.agent).most_common()]
    agent, reply = table.columns.get("agent", ""), table.columns["reply"]
    anybody = whose_of(agent) == "anybody" and not says_reply(reply) and "customer" not in table.columns
    open_ = anybody and wanted.agent is None and wanted.reply is None and len(people) > 1
    if agent and (open_ or wanted.team):
        return choose_team(people, (), Source(name, wanted))
    return frozenset()
