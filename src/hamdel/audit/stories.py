"""What happens over several messages of one person: coming back, promises that ran out, questions asked again.

When the customer wrote isn't exported by most programs; the time of the reply stands for it. Two messages are about
the same thing when they share two lemmas of their subjects, or have one and the same: what shares less is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

import polars as pl

from hamdel.audit.deeds import does
from hamdel.audit.loops import find_loops
from hamdel.audit.proportions import share
from hamdel.model.voice import Exchange, Lack, Story

__all__ = ["find_stories"]

_HOUR = 3_600_000  # milliseconds
_APART = 8 * _HOUR  # from which a message in the same thread is another contact
_LATER = 24 * _HOUR  # from which a message of ours that nobody asked for is no continuation
_SHOWN = 3
_AT_ONCE = 200_000  # rows in memory
_MOST_OF_ONE = 200  # messages of one person that are compared with each other


class _Turn(NamedTuple):
    """One row of a person: a message, if there is one, and the reply to it."""

    person: int
    row: int
    thread: int | None
    time: int | None
    subject: str
    asks: str
    wrote: bool
    answers: bool
    offers: bool
    thanks: bool
    bound: int | None


class _Tally:
    """Counts, and the rows of the first examples of each story.

    Args:
        last: when the last reply was sent: a promise that ends later can't be judged.
    """

    def __init__(self, last: int | None) -> None:
        self.last = last
        self.count = dict.fromkeys(_NEEDS, 0)
        self.of = dict.fromkeys(_NEEDS, 0)
        self.rows: dict[str, list[tuple[int, ...]]] = {name: [] for name in _NEEDS}

    def add(self, name: str, rows: tuple[int, ...] | None) -> None:
        """Count one that could be judged; ``rows`` tell it when it happened."""
        self.of[name] += 1
        if rows is not None:
            self.count[name] += 1
            self.rows[name].append(rows)


#: What has to be known for each story, in the order in which they are told.
_NEEDS: Mapping[str, tuple[Lack, ...]] = {
    "back": (Lack.MESSAGE, Lack.PERSON),
    "third": (Lack.MESSAGE, Lack.PERSON),
    "broken": (Lack.MESSAGE, Lack.PERSON, Lack.TIME),
    "again": (Lack.MESSAGE, Lack.PERSON),
    "loop": (Lack.PERSON,),
    "unasked": (Lack.MESSAGE, Lack.THREAD),
    "offers": (Lack.MESSAGE, Lack.THREAD),
}


def find_stories(replies: pl.LazyFrame) -> tuple[Story, ...]:
    """Return how often each thing happened, of what could be judged, and what the export doesn't tell.

    Args:
        replies: one row for each reply, sorted by ``row``.
    """
    lacks = _lacks(replies)
    known = _known(replies)
    rows, latest = known.select(pl.len(), pl.col("time").cast(pl.Int64).max()).collect(engine="streaming").row(0)
    tally = _Tally(latest)
    for _, own in groupby(_turns(known, 1 + rows // _AT_ONCE), key=lambda turn: turn.person):
        talk = list(own)
        for tell in (_returns, _promises, _questions, _unasked):
            tell(talk, tally)
    for row, before in find_loops(replies):
        tally.add("loop", None if before is None else (before, row))
    shown = {name: _spread(rows) for name, rows in tally.rows.items()}
    texts = _texts(replies, [row for some in shown.values() for rows in some for row in rows])
    stories = []
    for name, needs in _NEEDS.items():
        missing = tuple(one for one in needs if one in lacks)
        whole = share(0, 0) if missing else share(tally.count[name], tally.of[name])
        told = () if missing else tuple(_exchange(rows, texts) for rows in shown[name])
        stories.append(Story(name, whole, missing, told))
    return tuple(stories)


def _lacks(replies: pl.LazyFrame) -> frozenset[Lack]:
    """What no row tells."""
    told = replies.select(
        message=(pl.col("message") != "").any(),
        thread=(pl.col("thread") != "").any(),
        person=((pl.col("customer") != "") | (pl.col("thread") != "")).any(),
        time=pl.col("time").is_not_null().any(),
    ).collect(engine="streaming")
    return frozenset(lack for lack in Lack if not told[str(lack)][0])


def _known(replies: pl.LazyFrame) -> pl.LazyFrame:
    """The rows whose ``person`` is known."""
    person = pl.when(pl.col("customer") != "").then(pl.col("customer").hash()).when(pl.col("thread") != "")
    return replies.with_columns(person=person.then(pl.col("thread").hash(1))).filter(pl.col("person").is_not_null())


def _turns(known: pl.LazyFrame, parts: int) -> Iterator[_Turn]:
    """Yield the rows whose person is known, person by person and in the order of time, then of the input.

    Args:
        known: see `_known`.
        parts: in which they are read, so that a million rows aren't in memory at once; the order is the same.
    """
    columns = [
        pl.col("person"),
        pl.col("row"),
        pl.when(pl.col("thread") != "").then(pl.col("thread").hash()).alias("thread"),
        pl.col("time").cast(pl.Int64),
        pl.col("subject"),
        pl.col("asks"),
        (pl.col("message") != "").alias("wrote"),
        does("answer", "instruct", "refuse").alias("answers"),
        does("offer").alias("offers"),
        (pl.col("emotion") == "thanks").alias("thanks"),
        pl.col("bound"),
    ]
    for part in range(parts):
        width = pl.lit((1 << 64) // parts + 1, pl.UInt64) if parts > 1 else None  # a person is a hash of 64 bits
        own = known if width is None else known.filter(pl.col("person") // width == part)
        read = own.select(columns).collect(engine="streaming")
        yield from map(_Turn._make, read.sort("person", "time", "row", nulls_last=True).iter_rows())


def _same(one: str, other: str) -> bool:
    """Whether two subjects are one."""
    if not one or not other:
        return False
    mine, theirs = set(one.split(" ")), set(other.split(" "))
    return len(mine & theirs) >= 2 or (mine == theirs and len(mine) == 1)


def _contacts(talk: Sequence[_Turn]) -> Iterator[_Turn]:
    """The first message of each contact: a thread of its own, or some hours after what came before."""
    before: _Turn | None = None
    for turn in talk:
        if not turn.wrote or turn.thanks:
            continue
        threads = before is not None and turn.thread is not None and turn.thread != before.thread
        if before is None or threads or _gap(before, turn) >= _APART:
            yield turn
        before = turn


def _gap(before: _Turn, after: _Turn) -> int:
    return 0 if before.time is None or after.time is None else after.time - before.time


def _returns(talk: Sequence[_Turn], tally: _Tally) -> None:
    """A person who wrote about the same thing in another contact, and in a third."""
    contacts = [turn for turn in _contacts(talk) if turn.subject][:_MOST_OF_ONE]
    if not contacts:
        return
    longest: tuple[int, ...] = ()
    for i, first in enumerate(contacts):
        same = (first.row, *(turn.row for turn in contacts[i + 1 :] if _same(first.subject, turn.subject)))
        longest = max(longest, same, key=len)
    tally.add("back", longest[:2] if len(longest) > 1 else None)
    tally.add("third", longest[:3] if len(longest) > 2 else None)


def _promises(talk: Sequence[_Turn], tally: _Tally) -> None:
    """A promise whose time ran out, and the same complaint after it."""
    for i, turn in enumerate(talk):
        if turn.bound is None or turn.time is None or not turn.subject:
            continue
        end = turn.time + turn.bound * _HOUR
        if tally.last is None or end > tally.last:
            continue
        after = (
            later.row
            for later in talk[i + 1 : i + _MOST_OF_ONE]
            if later.time is not None and later.time > end and not later.thanks and _same(turn.subject, later.subject)
        )
        row = next(after, None)
        tally.add("broken", None if row is None else (turn.row, row))


def _questions(talk: Sequence[_Turn], tally: _Tally) -> None:
    """A question that wasn't answered, and the same one in the next message."""
    wrote = [turn for turn in talk if turn.wrote]
    for turn, following in zip_longest(wrote, wrote[1:]):
        if turn.asks:
            kinds = set(turn.asks.split(" "))
            again = following is not None and not turn.answers and not kinds.isdisjoint(following.asks.split(" "))
            same = again and following is not None and _same(turn.subject, following.subject)
            tally.add("again", (turn.row, following.row) if same and following else None)


def _unasked(talk: Sequence[_Turn], tally: _Tally) -> None:
    """A message of ours that opens a conversation, or comes a day after the last one, and the customer said nothing."""
    before: dict[int, _Turn] = {}
    for turn in talk:
        if turn.thread is None:
            continue
        earlier = before.get(turn.thread)
        unasked = not turn.wrote and (earlier is None or _gap(earlier, turn) >= _LATER)
        tally.add("unasked", (turn.row,) if unasked else None)
        if unasked:
            tally.add("offers", (turn.row,) if turn.offers else None)
        before[turn.thread] = turn


def _spread(found: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Some examples, from the first to the last."""
    found = sorted(found)
    step = max(1, len(found) // _SHOWN)
    return found[::step][:_SHOWN]


def _texts(replies: pl.LazyFrame, rows: list[int]) -> dict[int, tuple[str, str]]:
    known = replies.select("row", "message", "reply").filter(pl.col("row").is_in(rows)).collect(engine="streaming")
    return {row: (message, reply) for row, message, reply in known.iter_rows()}


def _exchange(rows: tuple[int, ...], texts: Mapping[int, tuple[str, str]]) -> Exchange:
    lines = ((who, text) for row in rows for who, text in zip(("customer", "agent"), texts[row], strict=True))
    return Exchange(rows, tuple((who, text.strip()) for who, text in lines if text.strip()))
