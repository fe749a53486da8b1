"""What customers write about: messages put together by the things and events that they name.

A topic is the most frequent lemma that is left, with the lemma that most often stands beside it; each message is
counted for the first topic that it fits. Only counts decide, and equal ones by the alphabet, so that no order matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from hamdel.audit.counts import Counted
from hamdel.audit.deeds import upset
from hamdel.audit.proportions import adjusted, share
from hamdel.audit.trends import trend_over
from hamdel.checker import Checker
from hamdel.model.voice import Topic

__all__ = ["find_topics"]

_MOST = 12
_FEWEST = 5  # messages: what fewer write about may be one person's own story
_LEAST = 0.01  # of the messages
_BESIDE = 0.25  # of a lemma's messages: how many have the second one
_NAMED_BY = 60  # messages that are read for the words of a name
_SHOWN = 3
_DRAWN = 12


@dataclass(frozen=True)
class _Found:
    """A topic's lemmas and its rows, in order."""

    lemmas: tuple[str, ...]
    rows: pl.Series


def find_topics(replies: pl.LazyFrame, counted: Counted, checker: Checker, seed: int) -> tuple[Topic, ...]:
    """Return what the messages are about, the most frequent first.

    Args:
        replies: one row for each reply, sorted by ``row``.
        counted: what was counted of them.
        checker: reads some messages again, for the words that name a topic.
        seed: of the examples.
    """
    messages = counted.replies.filter("message").select("row", "start")
    if messages.is_empty():
        return ()
    found = _found(_lemmas(replies, messages), max(_FEWEST, round(_LEAST * len(messages))))
    teller = _Teller(replies, messages, checker, seed)
    topics = [teller.topic(one) for one in found]
    ps = adjusted([one.trend.change.p if one.trend else None for one in topics])
    return tuple(
        replace(one, trend=replace(one.trend, change=replace(one.trend.change, p=p)) if one.trend else None)
        for one, p in zip(topics, ps, strict=True)
    )


def _lemmas(replies: pl.LazyFrame, messages: pl.DataFrame) -> pl.DataFrame:
    """Each ``row`` with each ``lemma`` of its message."""
    subjects = replies.filter(pl.col("subject") != "").select("row", lemma=pl.col("subject").str.split(" "))
    known = subjects.join(messages.lazy().select("row"), on="row", how="semi").explode("lemma")
    return known.with_columns(pl.col("lemma").cast(pl.Categorical)).collect(engine="streaming")


def _found(left: pl.DataFrame, least: int) -> Iterator[_Found]:
    """Take the most frequent lemma, and what stands beside it, and go on with the messages that are left."""
    frequent = left.filter(pl.len().over("lemma") >= least)
    for _ in range(_MOST):
        first = _commonest(frequent)
        if first is None or first[1] < least:
            return
        rows = frequent.filter(pl.col("lemma") == first[0])["row"]
        beside = frequent.filter((pl.col("lemma") != first[0]) & pl.col("row").is_in(rows.implode()))
        second = _commonest(beside)
        lemmas: tuple[str, ...] = (first[0],)
        if second is not None and second[1] >= max(least, _BESIDE * len(rows)):
            rows = beside.filter(pl.col("lemma") == second[0])["row"]
            lemmas = (first[0], second[0])
        yield _Found(lemmas, rows.sort())
        frequent = frequent.filter(~pl.col("row").is_in(rows.implode()))


def _commonest(lemmas: pl.DataFrame) -> tuple[str, int] | None:
    counts = lemmas.group_by("lemma").len().with_columns(pl.col("lemma").cast(pl.String))
    top = counts.sort(["len", "lemma"], descending=[True, False]).head(1)
    return None if top.is_empty() else top.row(0)


class _Teller:
    """Tells what is known of a topic.

    Args:
        replies: one row for each reply.
        messages: the ``row`` and ``start`` of each that came with a message.
        checker: reads some messages again.
        seed: of the examples.
    """

    def __init__(self, replies: pl.LazyFrame, messages: pl.DataFrame, checker: Checker, seed: int) -> None:
        self._replies, self._messages = replies, messages
        self._checker, self._seed = checker, seed
        self._periods = _sizes(messages)

    def topic(self, found: _Found) -> Topic:
        """Return a topic."""
        own = self._messages.filter(pl.col("row").is_in(found.rows.implode()))
        counts = _sizes(own)
        felt = (
            self._replies.filter(pl.col("row").is_in(found.rows.implode()) & upset())
            .group_by("emotion")
            .len()
            .sort(["len", "emotion"], descending=[True, False])
            .collect(engine="streaming")
        )
        return Topic(
            words=self._name(found),
            share=share(len(own), len(self._messages)),
            upset=share(int(felt["len"].sum()), len(own)),
            emotion=felt["emotion"][0] if len(felt) else "",
            trend=trend_over({start: share(counts.get(start, 0), of) for start, of in self._periods.items()}),
            examples=self._examples(found.rows),
        )

    def _texts(self, rows: Sequence[int]) -> dict[int, str]:
        known = self._replies.select("row", "message").filter(pl.col("row").is_in(rows))
        return dict(known.collect(engine="streaming").iter_rows())

    def _name(self, found: _Found) -> tuple[str, ...]:
        """The commonest form of each lemma, the one first that more often comes first."""
        forms: dict[str, Counter[str]] = {lemma: Counter() for lemma in found.lemmas}
        leading: Counter[str] = Counter()
        texts = self._texts(found.rows.head(_NAMED_BY).to_list())
        for row in sorted(texts):
            seen = [(lemma, form) for lemma, form in self._checker.read_customer(texts[row]).subject if lemma in forms]
            leading.update(lemma for lemma, _ in seen[:1])
            for lemma, form in dict(reversed(seen)).items():
                forms[lemma][form] += 1
        ordered = sorted(found.lemmas, key=lambda lemma: -leading[lemma])
        return tuple(_commonest_form(forms[lemma]) or lemma for lemma in ordered)

    def _examples(self, rows: pl.Series) -> tuple[str, ...]:
        """Some messages that differ."""
        places = np.random.default_rng(self._seed).permutation(len(rows))[:_DRAWN].tolist()
        drawn = [rows[place] for place in places]
        texts = self._texts(drawn)
        return tuple(dict.fromkeys(texts[row].strip() for row in drawn))[:_SHOWN]


def _commonest_form(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form), default="")


def _sizes(rows: pl.DataFrame) -> Mapping[date, int]:
    known = rows.filter(pl.col("start").is_not_null()).group_by("start").len().sort("start")
    return dict(known.iter_rows())
