"""How presets make rows of objects: each is a conversation, or a message of one of several that are mixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hamdel.errors import InputError
from hamdel.exports.conversation import ODD, Flat, Left, Lost, Said, Threads, line_of
from hamdel.exports.objects import Values
from hamdel.exports.preset import Read, Source

__all__ = ["each", "interleaved", "settled"]


def each(expand: Callable[[Mapping[str, Any]], Iterable[Flat | Left | Lost]]) -> Read:
    """Return what reads objects each of which is a conversation.

    Args:
        expand: yields what its messages are; it may raise what odd values make Python raise.
    """

    def read(values: Values, source: Source) -> Values:
        for number, value in values:
            if not isinstance(value, dict):
                yield number, _odd(value, source)
                continue
            try:
                rows = list(expand(value))
            except ODD as error:
                yield number, InputError(f"isn't what {source.program} exports: {line_of(error)}")
                continue
            yield from ((number, settled(row)) for row in rows or [Left.EMPTY])

    return read


def interleaved(take: Callable[[Mapping[str, Any]], tuple[str, Said, Flat]]) -> Read:
    """Return what reads objects each of which is a message, those of several conversations mixed.

    Args:
        take: returns the conversation of a message, what it is, and further cells of its row.
    """

    def read(values: Values, source: Source) -> Values:
        threads = Threads()
        for number, value in values:
            if not isinstance(value, dict):
                yield number, _odd(value, source)
                continue
            try:
                thread, said, cells = take(value)
            except ODD as error:
                yield number, InputError(f"isn't what {source.program} exports: {line_of(error)}")
                continue
            row = threads.take(thread, said)
            yield number, cells | row if isinstance(row, dict) else settled(row)

    return read


def _odd(value: Any, source: Source) -> InputError:
    """Return what is wrong with something that is no object; what was lost before knows its own reason."""
    return value if isinstance(value, InputError) else InputError(f"isn't what {source.program} exports")


def settled(row: Flat | Left | Lost) -> Any:
    """Return a value as tables take it: what is lost becomes an error among the rows."""
    return InputError(row.reason) if isinstance(row, Lost) else row
