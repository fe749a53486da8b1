"""A conversation as rows: one for each reply of an agent, with what the customer had written before it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from hamdel.exports.markup import html_text

__all__ = [
    "ODD",
    "Flat",
    "Left",
    "Lost",
    "Part",
    "Said",
    "Side",
    "Threads",
    "line_of",
    "mapping",
    "messages_in",
    "rows_of",
    "said_in",
    "seen",
    "sequence",
]

#: A row in the making: cells by names that `hamdel.exports.columns.guess` knows.
Flat = dict[str, Any]

_SAID = 50  # messages of a customer that one reply is shown to answer; nobody writes more in one go
_OPEN = 20_000  # conversations that are open side by side where an export mixes them


#: What odd values make Python raise.
ODD = (TypeError, ValueError, AttributeError, KeyError, IndexError, OverflowError, RecursionError)


class Side(Enum):
    CUSTOMER = "customer"
    AGENT = "agent"


class Left(StrEnum):
    """Why something in an export is no reply, though nothing is wrong with it; counted, and shown to the user."""

    CUSTOMER = "customer"
    SYSTEM = "system"
    MEDIA = "media"
    DELETED = "deleted"
    EDITED = "edited"
    CALL = "call"
    NOTE = "note"
    BOT = "bot"
    DRAFT = "draft"
    EMPTY = "empty"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Lost:
    """A message that can't be used, with its reason in one line."""

    reason: str


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


#: What an export's message is found to be.
Said = Part | Left | Lost


class _Thread:
    """What has been said in a conversation since the last reply.

    The customer's message is what they wrote last before a reply: all they sent since the reply before, for people send
    one thought in three messages. Further messages of the agent answer the same.
    """

    __slots__ = ("_answered", "_said", "_turn")

    def __init__(self) -> None:
        self._said: deque[str] = deque(maxlen=_SAID)
        self._turn, self._answered = 0, False

    def take(self, said: Said) -> Flat | Left | Lost:
        """Return a row for a reply, and for anything else what it is instead."""
        if not isinstance(said, Part):
            return said
        if not said.text.strip():
            return Left.EMPTY
        if said.side is Side.CUSTOMER:
            if self._answered:
                self._said.clear()
            self._said.append(said.text)
            self._answered = False
            return Left.CUSTOMER
        self._turn, self._answered = self._turn + 1, True
        return {
            "reply": said.text,
            "agent": said.author,
            "time": said.time,
            "id": said.id,
            "turn": self._turn,
            "customer message": "\n".join(self._said),
        }


class Threads:
    """Conversations whose messages come one between another's, as the events of a day do.

    The longest untouched is forgotten when many are open; its next reply then has no customer's message.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[str, _Thread] = OrderedDict()

    def take(self, thread: str, said: Said) -> Flat | Left | Lost:
        """Return what a message of a conversation is; see `rows_of`.

        Args:
            thread: tells the conversation from others.
            said: the message.
        """
        one = self._open.get(thread)
        if one is None:
            one = self._open[thread] = _Thread()
            if len(self._open) > _OPEN:
                self._open.popitem(last=False)
        self._open.move_to_end(thread)
        return one.take(said)


def rows_of(parts: Iterable[Said], whole: Mapping[str, Any], **known: Any) -> Iterator[Flat | Left | Lost]:
    """Yield a row for each reply of a conversation with what holds for the whole of it; for others what they are.

    Args:
        parts: in the order of time.
        whole: the conversation; its own texts and numbers can be named as columns too.
        known: further cells, with a space for an underscore in their names.
    """
    own = {name: value for name, value in whole.items() if isinstance(value, (str, int, float))}
    common = own | {name.replace("_", " "): value for name, value in known.items()}
    thread = _Thread()
    for part in parts:
        found = thread.take(part)
        yield common | found if isinstance(found, dict) else found


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object of an export; an empty one for anything else, for fields may be null."""
    return value if isinstance(value, dict) else {}


def messages_in(value: Any) -> list[Any]:
    """Return the list of messages that an export has in a field.

    Returns:
        Nothing for a field that is missing or null. What isn't an object stays in the list, for whoever reads it is to
        say that it is lost.

    Raises:
        ValueError: there is something else in the place of the list.
    """
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise ValueError(f"a list of messages is needed, there is {type(value).__name__}")
    return value


def said_in(messages: Iterable[Any], read: Callable[[dict[str, Any]], Said]) -> Iterator[Said]:
    """Yield what each message is; one that is odder than any export's is lost alone.

    Args:
        messages: as an export has them.
        read: says what a message is; it may raise what odd values make Python raise.
    """
    for message in messages:
        if not isinstance(message, dict):
            yield Lost("a message that is no object")
            continue
        try:
            yield read(message)
        except ODD as error:
            yield Lost(f"an odd message: {line_of(error)}")


def line_of(error: Exception) -> str:
    """Return what an error says, in one line."""
    return " ".join(str(error).split())[:80] or type(error).__name__


def sequence(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list that isn't of messages; none for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def seen(side: Side, body: object) -> str:
    """Return the text of a body that may be HTML.

    What a customer quotes are the agent's words, and nothing tells them from the customer's, so they are left out.

    Args:
        side: who wrote it.
        body: as exported; only texts and numbers are read.

    Raises:
        ValueError: it is a list or an object.
    """
    if isinstance(body, (dict, list)):
        raise ValueError("a text is needed, there is something else")
    return html_text("" if body is None else str(body), quoted=side is Side.AGENT)
