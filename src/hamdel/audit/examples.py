"""Real examples of each check, with what the customer may read into them and a better wording."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import polars as pl

from hamdel.audit.channels import channel_of
from hamdel.audit.counts import Counted
from hamdel.checker import Checker
from hamdel.model import Finding
from hamdel.model.audit import Example
from hamdel.model.policy import Need
from hamdel.wording.suggest import Suggester

__all__ = ["examples_in", "pick_examples"]

_SHOWN = 3
_DRAWN = 12  # from which those are taken whose texts differ
_WORDINGS = 2


class _Found(NamedTuple):
    """A finding with its reply."""

    row: int
    start: int
    end: int
    kind: str
    matched: str
    reply: str
    message: str
    channel: str
    turn: int | None


def pick_examples(
    replies: pl.LazyFrame, findings: pl.LazyFrame, counted: Counted, checker: Checker, seed: int
) -> dict[str, tuple[Example, ...]]:
    """Draw a few replies for each check and check them again, for an audit stores no suggestions.

    Args:
        replies: one row for each reply.
        findings: one row for each finding.
        counted: what was counted of them.
        checker: the one that found them, or one like it.
        seed: the same replies and seed give the same examples.
    """
    drawn = _drawn(findings, counted.found, seed)
    found = _with_texts(drawn, replies)
    distinct = found.unique(["check", "layout"], keep="first", maintain_order=True)
    again = _Again(checker)
    return {
        check: tuple(again.example(check, _Found(*row)) for row in part.select(_Found._fields).head(_SHOWN).iter_rows())
        for (check,), part in distinct.partition_by("check", as_dict=True, maintain_order=True).items()
    }


def examples_in(
    replies: pl.LazyFrame, findings: pl.LazyFrame, wanted: pl.DataFrame, checker: Checker
) -> dict[str, tuple[Example, ...]]:
    """Check some replies again, each for one check.

    Args:
        replies: one row for each reply.
        findings: one row for each finding.
        wanted: the ``row`` and ``check`` of each.
        checker: the one that found them, or one like it.
    """
    found = _with_texts(_first(findings.join(wanted.lazy(), on=["row", "check"]), "row"), replies)
    again = _Again(checker)
    return {
        check: tuple(again.example(check, _Found(*row)) for row in part.select(_Found._fields).iter_rows())
        for (check,), part in found.partition_by("check", as_dict=True, maintain_order=True).items()
    }


def _first(findings: pl.LazyFrame, order: str) -> pl.DataFrame:
    """The first finding of each reply and check."""
    return (
        findings.sort("check", order, "start", "end")
        .unique(["row", "check"], keep="first", maintain_order=True)
        .select("row", "check", "start", "end", "kind", "matched")
        .collect(engine="streaming")
    )


def _with_texts(found: pl.DataFrame, replies: pl.LazyFrame) -> pl.DataFrame:
    texts = replies.select("row", "reply", "message", "channel", "turn", "layout").filter(
        pl.col("row").is_in(found["row"].unique().implode())
    )
    return found.join(texts.collect(engine="streaming"), on="row", maintain_order="left")


def _drawn(findings: pl.LazyFrame, found: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Some findings of each check, each of another reply, in random order."""
    chance = np.random.default_rng(seed)
    parts = []
    for check in found["check"].unique().sort():
        rows = found.filter(pl.col("check") == check)["row"]
        places = chance.permutation(len(rows))[:_DRAWN]
        parts.append(
            rows[places.tolist()].to_frame().with_columns(pl.lit(check).alias("check")).with_row_index("place")
        )
    some = pl.concat(parts) if parts else pl.DataFrame(schema={"place": pl.UInt32, "row": pl.Int64, "check": pl.String})
    return _first(findings.join(some.lazy(), on=["row", "check"]), "place")


class _Again:
    """Checks replies anew.

    Args:
        checker: what checks.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._suggester = Suggester(checker.config.templates)

    def example(self, check: str, found: _Found) -> Example:
        """Return a finding with a message and wordings; where masking or missing replies hide it, with general ones."""
        same = next(self._findings(check, found), None)
        if same is not None:
            message, wordings = same.message, same.suggestions
        else:
            message = self._message(check, found)
            wordings = self._suggester.suggest(check, {"kind": found.kind, "matched": found.matched})
        better = tuple(islice((wording for wording in wordings if wording != found.matched), _WORDINGS))
        return Example(found.row, found.reply, found.start, found.end, message, better, self._asked(check, found))

    def _asked(self, check: str, found: _Found) -> str:
        """The customer's message, where one has to read it to see what a finding is about."""
        definition = self._checker.checks.get(check)
        relational = definition is not None and Need.MESSAGE in definition.policy.needs
        return found.message.strip() if relational or found.start == found.end else ""

    def _findings(self, check: str, found: _Found) -> Iterator[Finding]:
        channel = channel_of(found.channel) if found.channel else None
        report = self._checker.check(found.reply, customer=found.message, channel=channel, turn=found.turn)
        return (one for one in report.findings if one.check == check and one.start == found.start)

    def _message(self, check: str, found: _Found) -> str:
        definition = self._checker.checks.get(check)
        if definition is None:
            return ""
        lang = self._checker.config.lang
        text = definition.message_for(found.kind).pick(lang)
        if "{" in text.replace("{matched}", ""):  # what only the draft itself could fill
            text = definition.message.pick(lang)
        return text.replace("{matched}", found.matched)
