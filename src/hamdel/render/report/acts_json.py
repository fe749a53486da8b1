"""What the sentences of a reply do, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hamdel.model import SentenceActs
from hamdel.render.text.positions import Positions

__all__ = ["to_dict"]


def to_dict(draft: str, sentences: Iterable[SentenceActs]) -> dict[str, Any]:
    """Return sentences by their places, in code points with UTF-16 units beside them, and the acts of each."""
    positions = Positions(draft)
    return {"sentences": [_sentence(one, positions) for one in sentences]}


def _sentence(one: SentenceActs, positions: Positions) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "utf16": {"start": positions.utf16(one.start), "end": positions.utf16(one.end)},
        "acts": [{"act": act, "score": round(score, 3)} for act, score in one.acts],
    }
