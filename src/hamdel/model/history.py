"""What is known about replies that were sent, all frozen."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AgentCount", "ArchiveStats", "Copy", "Match", "Uses"]


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a text was sent.

    Attributes:
        count: how often.
        first, last: when, in seconds since 1970; 0 when unknown.
        agents: how many agents sent it.
        to_customer: how often to the customer in question.
    """

    count: int
    first: int
    last: int
    agents: int
    to_customer: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier reply that a text is near to.

    Attributes:
        score: 0 to 100, ``rapidfuzz.fuzz.ratio`` of the masked texts.
        layout: the earlier reply's `hamdel.masking.mask.mask_layout`.
        uses: how often it was sent, and when.
    """

    score: float
    layout: str
    uses: Uses

    @property
    def text(self) -> str:
        """The earlier reply, masked, to be shown: ``#`` stands for names, numbers, dates and links."""
        return self.layout.replace("\n", ". ").replace("،", "، ")


@dataclass(frozen=True, slots=True)
class Copy:
    """What ``repetition/near-copy`` and ``repetition/looping`` know about the earlier reply that a draft repeats.

    Attributes:
        score: how alike the two are, 0 to 100: ``rapidfuzz.fuzz.ratio`` of the masked texts.
        reply: the earlier reply, as `Match.text`; empty when the draft is put together from several.
        count: how often it was sent (to this customer, if that is what is wrong); 0 when unknown.
        first, last: when it was sent first and last, in seconds since 1970; 0 when unknown.
        same_customer: it went to the customer who gets the draft.
        copied: ``(start, end)`` of what is copied, in code points of the draft.
        own: the same of what is new in the draft.
        own_share: the share of new words, 0 to 1.
    """

    score: float
    reply: str
    count: int
    first: int
    last: int
    same_customer: bool
    copied: tuple[tuple[int, int], ...]
    own: tuple[tuple[int, int], ...]
    own_share: float


@dataclass(frozen=True, slots=True)
class AgentCount:
    """How many replies an agent sent."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """What an archive holds.

    Attributes:
        folder: where it is.
        replies: how many were sent.
        texts: how many different masked texts they are.
        customers: how many customers got them.
        first, last: when, in seconds since 1970; 0 when unknown.
        undated: how many have no time.
        size: bytes on disk.
        agents: how many each agent sent, masked names, most first; those without a name aside.
        most_used: the texts that were sent most often.
    """

    folder: str
    replies: int
    texts: int
    customers: int
    first: int
    last: int
    undated: int
    size: int
    agents: tuple[AgentCount, ...]
    most_used: tuple[Match, ...]
