"""Messages that stand side by side, put together into conversations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hamdel.exports.objects import Values

__all__ = ["gathered"]

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
