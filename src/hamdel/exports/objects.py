"""JSON values one after another: JSON Lines, and documents that hold a long list, which are never read as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.util import find_spec
from typing import Any, TextIO

from hamdel.base.text_files import json_value
from hamdel.errors import InputError

__all__ = ["CHAT", "Values", "json_document", "json_lines"]

#: Numbered values, from 1; an `InputError` among them stands for what can't be read.
Values = Iterator[tuple[int, Any]]
#: The key under which a message of Telegram carries its chat (name, type and id).
CHAT = "hamdel.chat"

#: Where exports keep their list of tickets, conversations or messages, as ijson writes it.
_LISTS = frozenset(
    "item tickets.item conversations.item messages.item data.item results.item payload.item data.payload.item".split()
)
#: Where Telegram keeps messages (an export of one chat, and of all chats) and what it says of their chat.
_CHATS = {"messages.item": "", "chats.list.item.messages.item": "chats.list.item."}
_CHAT_KEYS = ("name", "type", "id")
_CHAT_TYPES = ("chat", "group", "channel", "supergroup", "saved_messages")
_SCALARS = frozenset(("string", "number"))
_BEGINS = frozenset(("start_map", "start_array", "null", "boolean", *_SCALARS))
_DEEPEST = 100  # levels of nesting; exports have ten
_PIECE = 1 << 11  # bytes that ijson takes at a time: it makes a name for each level in them before we see the first
_LARGEST = 1_000_000  # parts of one value
_LONGEST = 1 << 26  # characters in a line
_SURROGATE = "\udcff"  # stands for broken bytes; see hamdel.base.decoding


def json_lines(file: TextIO) -> Values:
    """Yield the value of each line that isn't empty; its number is the line's.

    Args:
        file: at its beginning.
    """
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST), ""), 1):
        if line.isspace():
            continue
        if len(line) >= _LONGEST:
            yield number, InputError(f"a line of more than {_LONGEST:,} characters; what follows isn't read")
            return
        try:
            yield number, json_value(line, "")
        except InputError as error:
            yield number, InputError(str(error).removeprefix(": "))


def json_document(file: TextIO, lists: Collection[str] = (), whole: Collection[str] = ()) -> Values:
    """Yield what the long list of a document holds, wherever the usual exports have it, one value at a time.

    A document without such a list is one value, and so is each of several documents in one file. Of a document that
    breaks off, what stands before is still read.

    Args:
        file: at its beginning.
        lists: further places of a list, as ijson writes them.
        whole: keys before a list that tell a document which is one value all the same.

    Raises:
        InputError: ijson is missing.
    """
    if find_spec("ijson") is None:
        raise InputError("JSON documents need ijson; pip install 'hamdel[audit]', or export JSON Lines")
    import ijson

    number = 0
    try:
        for number, value in enumerate(_values(_parsed(file), _LISTS.union(lists), {"id", *whole}), 1):
            yield number, value
    except (_TooLarge, ijson.JSONError, UnicodeError) as error:
        reason = " ".join(str(error).split())[:80]
        kind = "" if isinstance(error, _TooLarge) else "broken JSON: "
        yield number + 1, InputError(f"{kind}{reason}; what follows can't be read, export it again")


class _TooLarge(Exception):  # noqa: N818 - never leaves this module: it becomes an InputError
    """A value that would take more memory than any export's."""


def _parsed(file: TextIO) -> Iterator[tuple[str, str, Any]]:
    """Yield ijson's events.

    Raises:
        _TooLarge: values are nested too deeply.
    """
    import ijson

    events = ijson.parse(_Utf8(file), use_float=True, multiple_values=True, buf_size=_PIECE)
    depth = 0
    for one in events:
        event = one[1]
        if event.startswith("start_"):
            depth += 1
            if depth > _DEEPEST:
                raise _TooLarge(f"nested more than {_DEEPEST} levels deep")
        elif event.startswith("end_"):
            depth -= 1
        yield one


class _Utf8:
    """A text file as the UTF-8 that ijson reads."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        return self._file.read(size).replace(_SURROGATE, "\ufffd").encode("utf-8", "replace")


def _values(events: Iterator[tuple[str, str, Any]], lists: frozenset[str], whole: set[str]) -> Iterator[Any]:
    """Build the items of the list that a document has, or the document when it has none."""
    from ijson.common import ObjectBuilder

    root, head, listed = ObjectBuilder(), dict[str, Any](), False
    parts = 0
    for prefix, event, value in events:
        parts += not listed
        if parts > _LARGEST:
            raise _TooLarge(f"a value of more than {_LARGEST:,} parts, and no list that is known")
        if event in _BEGINS and _is_item(prefix, head, lists, whole):
            listed = True
            yield _with_chat(_built(events, event, value), prefix, head)
        elif not prefix and event in ("end_map", "end_array"):
            root.event(event, value)
            if not listed and event == "end_map":
                yield root.value
            root, head, listed, parts = ObjectBuilder(), {}, False, 0
        else:
            if not listed:
                root.event(event, value)
            if event in _SCALARS:
                head[prefix] = value


def _is_item(prefix: str, head: dict[str, Any], lists: frozenset[str], whole: set[str]) -> bool:
    """Whether a value is one of the list; ``head`` is what stood before it."""
    if prefix in _CHATS and _is_chat(head.get(f"{_CHATS[prefix]}type")):
        return True
    return prefix in lists and whole.isdisjoint(head)  # what has an id is itself a ticket


def _is_chat(kind: Any) -> bool:
    return isinstance(kind, str) and kind.endswith(_CHAT_TYPES)


def _with_chat(value: Any, prefix: str, head: dict[str, Any]) -> Any:
    """A message of Telegram that knows its chat; other values as they are."""
    start = _CHATS.get(prefix)
    if start is None or not isinstance(value, dict) or not _is_chat(head.get(f"{start}type")):
        return value
    return {**value, CHAT: {name: head.get(start + name) for name in _CHAT_KEYS}}


def _built(events: Iterator[tuple[str, str, Any]], event: str, value: Any) -> Any:
    """The value that begins with an event, built to its end."""
    from ijson.common import ObjectBuilder

    if not event.startswith("start_"):
        return value
    builder, depth, parts = ObjectBuilder(), 1, 0
    builder.event(event, value)
    while depth:
        parts += 1
        if parts > _LARGEST:
            raise _TooLarge(f"a value of more than {_LARGEST:,} parts")
        _, event, value = next(events)
        builder.event(event, value)
        depth += event.startswith("start_") - event.startswith("end_")
    return builder.value
