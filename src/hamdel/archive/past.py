"""What a check may ask about earlier replies.

`PastReplies` is what a check sees: `InMemoryReplies` compares with every reply of a list, an archive's
`hamdel.archive.archive.View` with few, and both give the same answers; the verdict is
rapidfuzz's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from hamdel.archive.tail import Tail, best_of
from hamdel.base.deadline import look
from hamdel.language.parts import reply_of
from hamdel.masking.mask import compared, mask_layout
from hamdel.model.history import Match, Uses

__all__ = ["InMemoryReplies", "PastReplies"]


class PastReplies(Protocol):
    """Earlier replies to compare a draft with; masked texts are those of `hamdel.masking.mask`."""

    def nearest(self, masked: str, cutoff: float) -> Match | None:
        """Return the reply to somebody else with the highest score of at least ``cutoff``; the first of several.

        Args:
            masked: the masked draft.
            cutoff: 0 to 100.
        """

    def nearest_to_customer(self, masked: str, cutoff: float) -> Match | None:
        """Return the reply to this customer that is nearest; None also when nobody knows who the customer is."""

    def has_sentence(self, masked: str, cutoff: float) -> bool:
        """Return whether a reply to somebody else has a sentence that scores at least ``cutoff``."""

    def latest(self, count: int) -> Sequence[str]:
        """Return the layouts of the agent's last ``count`` replies, oldest first; fewer when there are fewer."""


class InMemoryReplies:
    """Earlier replies in a list; when they were sent nobody knows. For some 100,000 replies.

    Args:
        replies: raw, oldest first.
        same_customer: they went to the customer who gets the draft; otherwise to others.
    """

    def __init__(self, replies: Sequence[str], *, same_customer: bool = False) -> None:
        self._replies = replies
        self._same_customer = same_customer

    @cached_property
    def _layouts(self) -> list[str]:
        """The layouts of those that say more than courtesy."""
        layouts = []
        for reply in self._replies:
            look()
            if layout := mask_layout(reply_of(reply)):
                layouts.append(layout)
        return layouts

    @cached_property
    def _tail(self) -> Tail:
        from hamdel.archive.alphabet import encode

        tail = Tail()
        first: dict[str, int] = {}
        for place, layout in enumerate(self._layouts):
            look()
            if first.setdefault(compared(layout), place) == place:
                tail.add(place, encode(layout))
        return tail

    def nearest(self, masked: str, cutoff: float) -> Match | None:
        """Return the nearest reply; see `PastReplies.nearest`."""
        return None if self._same_customer else self._nearest(masked, cutoff)

    def nearest_to_customer(self, masked: str, cutoff: float) -> Match | None:
        """Return the nearest reply to this customer; see `PastReplies.nearest_to_customer`."""
        return self._nearest(masked, cutoff) if self._same_customer else None

    def _nearest(self, masked: str, cutoff: float) -> Match | None:
        hits = best_of(self._tail.texts(masked, cutoff)) if masked else []
        if not hits:
            return None
        layout = self._layouts[hits[0].text]
        count = Counter(map(compared, self._layouts))[compared(layout)]
        return Match(hits[0].score, layout, Uses(count, 0, 0, 0, count if self._same_customer else 0))

    def has_sentence(self, masked: str, cutoff: float) -> bool:
        """Return whether there is such a sentence; see `PastReplies.has_sentence`."""
        return not self._same_customer and bool(self._tail.sentences(masked, cutoff))

    def latest(self, count: int) -> Sequence[str]:
        """Return the last replies; see `PastReplies.latest`."""
        return self._layouts[-count:] if count > 0 else []
