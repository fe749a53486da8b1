"""A conversation as rows: one for each reply of an agent, with what the customer had written before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

__all__ = ["Flat", "Part", "Side", "mapping", "replies", "rows_of", "sequence"]

#: A row in the making: cells by names that `hamdel.exports.columns.guess` knows.
Flat = dict[str, Any]


class Side(Enum):
    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a conversation.

    Attributes:
        side: who wrote it.
        text: what.
        time: when, as the export writes it.
        id: of the message.
        author: the agent's name or id, or the customer's id.
    """

    side: Side
    text: str
    time: Any = None
    id: Any = None
    author: Any = None


def replies(parts: Iterable[Part]) -> Iterator[Flat]:
    """Yield a row for each reply.

    The customer's message is what they wrote last before it: all they sent since the reply before, for people send one
    thought in three messages. Further messages of the agent answer the same.

    Args:
        parts: in the order of time.
    """
    said: list[str] = []
    turn, answered = 0, False
    for part in parts:
        if not part.text.strip():
            continue
        if part.side is Side.CUSTOMER:
            said = [part.text] if answered else [*said, part.text]
            answered = False
            continue
        turn, answered = turn + 1, True
        yield {
            "reply": part.text,
            "agent": part.author,
            "time": part.time,
            "id": part.id,
            "turn": turn,
            "customer message": "\n".join(said),
        }


def rows_of(parts: Iterable[Part], whole: Mapping[str, Any], **known: Any) -> Iterator[Flat]:
    """Yield `replies` with what holds for the whole conversation.

    Args:
        parts: in the order of time.
        whole: the conversation; its own texts and numbers can be named as columns too.
        known: further cells, with a space for an underscore in their names.
    """
    own = {name: value for name, value in whole.items() if isinstance(value, (str, int, float))}
    common = own | {name.replace("_", " "): value for name, value in known.items()}
    for reply in replies(parts):
        yield common | reply


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object of an export; an empty one for anything else, for fields may be null."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list of an export; none for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
