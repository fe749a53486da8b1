"""Where the customer stands: finding out, comparing, buying, or after the sale, as in a buyer's journey."""

from __future__ import annotations

from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.model import Stage

__all__ = ["read_stage"]

_AFTER = word_set("matters.stage.after")
_DECISION = word_set("matters.stage.decision")
_CONSIDERATION = word_set("matters.stage.consideration")


def read_stage(message: Analysis, has_problem: bool) -> Stage:
    """Return the stage; a problem always means after the sale."""
    said = message.norms | message.lemmas
    if has_problem or said & _AFTER:
        return Stage.AFTER_SALE
    if said & _DECISION:
        return Stage.DECISION
    return Stage.CONSIDERATION if said & _CONSIDERATION else Stage.AWARENESS
