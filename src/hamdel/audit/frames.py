"""The two tables of an audit: the names and types of their columns."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

__all__ = ["FINDINGS", "OUTCOME", "REPLIES", "replies_schema"]

#: Begins the column of a further outcome.
OUTCOME = "outcome_"

_TIME = pl.Datetime("ms", "UTC")

#: One row for each reply that was read, by ``row``. Unknown texts are empty, unknown numbers and times null.
REPLIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,  # the place in the input, from 0; rejected rows count
    "id": pl.String,
    "agent": pl.String,
    "customer": pl.String,  # a digest
    "thread": pl.String,  # a digest
    "channel": pl.String,  # in the export's words
    "turn": pl.Int32,  # 1 for the first reply
    "time": _TIME,
    "csat": pl.Float64,
    "respect": pl.Float64,
    "empathy": pl.Float64,
    "originality": pl.Float64,
    "status": pl.String,
    "emotion": pl.String,
    "stage": pl.String,
    "register": pl.String,
    "problem": pl.Boolean,  # the message tells one
    "asks": pl.String,  # the kinds of its questions, between spaces
    "subject": pl.String,  # the lemmas of its things and events, between spaces
    "acts": pl.String,  # what the reply does, between spaces; see hamdel.model.Deeds
    "bound": pl.Int32,  # hours within which it promises something, at most
    "length": pl.Int32,  # code points
    "errors": pl.Int32,
    "warnings": pl.Int32,
    "suggestions": pl.Int32,
    "reply": pl.String,  # personal data masked, as long as the raw text
    "message": pl.String,  # the same
    "layout": pl.String,  # as near copies are compared: see hamdel.masking.mask.mask_layout
    "opening": pl.String,  # the first sentence, as written
    "closing": pl.String,  # the last one
}

#: One row for each finding, by ``row`` and as `hamdel.checker.Checker` orders them.
FINDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "check": pl.String,
    "severity": pl.String,
    "kind": pl.String,
    "start": pl.Int32,  # code points of ``reply``
    "end": pl.Int32,
    "matched": pl.String,  # personal data masked
    "anchor": pl.String,
}


def replies_schema(outcomes: Sequence[str]) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Return `REPLIES` with columns for further outcomes behind CSAT.

    Args:
        outcomes: as the user named them.
    """
    further = {OUTCOME + name: pl.Float64 for name in outcomes}
    place = list(REPLIES).index("csat") + 1
    items = list(REPLIES.items())
    return dict([*items[:place], *further.items(), *items[place:]])
