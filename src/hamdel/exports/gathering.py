"""Messages that stand side by side, put together into conversations, with the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hamdel.exports.dates import parse_time
from hamdel.exports.objects import Values

__all__ = ["gathered", "in_time"]

_MOST = 50_000  # messages of one conversation that are held at once


def gathered(values: Values, key: Callable[[Mapping[str, Any]], Any]) -> Values:
    """Yield as one conversation what stands side by side and belongs together; other values as they are.

    Args:
        values: messages, or whole conversations, with their numbers.
        key: what messages of one conversation share; None for what isn't a single message.

    Yields:
        Objects with the messages as "messages", and the number of the first.
    """
    group: list[Any] = []
    first, last = 0, None
    for number, value in values:
        own = key(value) if isinstance(value, dict) else None
        if group and (own is None or own != last or len(group) >= _MOST):
            yield first, {"messages": group}
            group = []
        if own is None:
            yield number, value
        else:
            first = first if group else number
            group.append(value)
        last = own
    if group:
        yield first, {"messages": group}


def in_time(messages: list[Any], field: str) -> list[Any]:
    """Return messages with the oldest first, whatever order the export has.

    Args:
        messages: of one conversation.
        field: that holds the time of each.
    """
    times = [_seconds(one.get(field)) if isinstance(one, dict) else None for one in messages]
    known = [time for time in times if time is not None]
    if known == sorted(known):
        return messages
    last = known[0]
    order = []
    for number, time in enumerate(times):  # one without a time stays behind the one before it
        last = last if time is None else time
        order.append((last, number))
    if known == sorted(known, reverse=True):  # newest first, those of one second too
        order = [(time, -number) for time, number in order]
    return [messages[abs(number)] for _, number in sorted(order)]


def _seconds(value: Any) -> float | None:
    if isinstance(value, (int, float)):
        return float(value)
    return parse_time(value) if isinstance(value, str) else None
