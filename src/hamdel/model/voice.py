"""What customers write about and how conversations go, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hamdel.model.measures import Share, Trend

__all__ = ["Deed", "Exchange", "Lack", "Story", "Topic", "Voice"]


class Lack(StrEnum):
    """What an export has to tell before something can be counted."""

    MESSAGE = "message"
    PERSON = "person"  # the customer's id, or the thread
    THREAD = "thread"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that replies should do where it is called for.

    Attributes:
        name: ``feel``, ``own``, ``bound`` or ``answer``.
        share: of the replies where it is called for.
        agents: the same by agent.
    """

    name: str
    share: Share
    agents: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """What some messages are about.

    Attributes:
        words: the customers' commonest words for it, in their order.
        share: of the messages; each message is counted for one topic.
        upset: the share of these messages in which anger, worry or disappointment is.
        emotion: the commonest of these; empty when there is none.
        trend: None when there are too few periods with enough messages.
        examples: messages, personal data masked.
    """

    words: tuple[str, ...]
    share: Share
    upset: Share
    emotion: str = ""
    trend: Trend | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A piece of a conversation: pairs of who speaks (``customer``, ``agent``) and the masked text, in order."""

    rows: tuple[int, ...]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Something that happens over several messages.

    Attributes:
        name: ``back``, ``third``, ``broken``, ``again``, ``loop``, ``unasked`` or ``offers``.
        share: how often, of what could be judged.
        lacks: what the export doesn't tell; nothing was counted then.
        examples: some of them.
    """

    name: str
    share: Share
    lacks: tuple[Lack, ...] = ()
    examples: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """What customers write about, and how often they have to write again.

    Attributes:
        messages: how many there are that were read with a reply.
        topics: the most frequent first.
        stories: what could be counted and what couldn't.
    """

    messages: int = 0
    topics: tuple[Topic, ...] = ()
    stories: tuple[Story, ...] = ()
