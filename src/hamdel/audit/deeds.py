"""How many replies do what is called for: see the feeling, own the fault, name a bound, answer."""

from __future__ import annotations

import polars as pl

from hamdel.audit.counts import Counted
from hamdel.audit.proportions import share
from hamdel.model import Status
from hamdel.model.evidence import EMOTIONS, NEGATIVES
from hamdel.model.voice import Deed

__all__ = ["DEEDS", "EVASIVE", "deeds_of", "does", "upset"]

#: Faults beside which an apology owns nothing.
EVASIVE = ("blame", "deflection", "internal-excuse", "non-apology", "apology-no-ownership")


def does(*acts: str) -> pl.Expr:
    """Return whether a reply does one of some acts."""
    done = pl.col("acts").str.split(" ")
    return pl.any_horizontal(done.list.contains(act) for act in acts)


def upset() -> pl.Expr:
    """Return whether a message says anger, worry or disappointment."""
    return pl.col("emotion").is_in([str(one) for one in EMOTIONS[:NEGATIVES]])


#: By name: where it is called for, and what does it.
DEEDS = {
    "feel": (upset() & (pl.col("message") != ""), does("feel")),
    "own": (pl.col("problem"), does("sorry") & ~does(*EVASIVE)),
    "bound": (does("commit"), pl.col("bound").is_not_null()),
    "answer": (pl.col("asks") != "", does("answer", "instruct", "done", "refuse")),
}


def deeds_of(replies: pl.LazyFrame, counted: Counted) -> tuple[Deed, ...]:
    """Return each deed's share of the replies where it is called for, in all and by agent.

    Args:
        replies: one row for each reply.
        counted: what was counted of them.
    """
    known = replies.filter(pl.col("status") == Status.CHECKED)
    found = []
    for name, (called, done) in DEEDS.items():
        counts = (
            known.filter(called).group_by("agent").agg(done.sum().alias("count"), pl.len().alias("of")).sort("agent")
        ).collect(engine="streaming")
        agents = {agent: share(count, of) for agent, count, of in counts.iter_rows()}
        whole = share(int(counts["count"].sum()), int(counts["of"].sum()))
        found.append(Deed(name, whole, {agent: agents.get(agent, share(0, 0)) for agent in counted.sizes("agent")}))
    return tuple(found)
