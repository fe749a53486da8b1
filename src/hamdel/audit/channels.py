"""What an export calls a channel, as one of those that checks tell apart."""

from __future__ import annotations

from functools import lru_cache

from hamdel.language.fold import key
from hamdel.language.sets import entries
from hamdel.model import Channel

__all__ = ["channel_of"]

_ORDER = (Channel.SOCIAL, Channel.EMAIL, Channel.CHAT)  # the first that fits decides
_KNOWN = [(channel, tuple(map(key, entries(f"exports.channels.{channel.value}")))) for channel in _ORDER]


@lru_cache(maxsize=1024)
def channel_of(name: str) -> Channel | None:
    """Return the channel that a name stands for; None when it can't be told.

    Args:
        name: in the export's words.
    """
    folded = key(name)
    return next((channel for channel, parts in _KNOWN if any(part in folded for part in parts)), None)
