"""What an export calls a channel, as one of those that checks tell apart."""

from __future__ import annotations

from functools import lru_cache

from hamdel.language.fold import key
from hamdel.model import Channel

__all__ = ["channel_of"]

# A part of the name is enough: "Channel::WebWidget", "Email (support@…)", «پیام اینستاگرام».
_PARTS = {
    Channel.SOCIAL: "social twitter instagram facebook comment review google-play توییتر اینستاگرام نظر شبکه اجتماعی",
    Channel.EMAIL: "email mail ایمیل رایانامه",
    Channel.CHAT: "chat widget telegram whatsapp messenger sms messag چت گفتگو تلگرام واتساپ پیامک بله ایتا",
}
_KNOWN = [(channel, tuple(map(key, parts.split()))) for channel, parts in _PARTS.items()]


@lru_cache(maxsize=1024)
def channel_of(name: str) -> Channel | None:
    """Return the channel that a name stands for; None when it can't be told.

    Args:
        name: in the export's words.
    """
    folded = key(name)
    return next((channel for channel, parts in _KNOWN if any(part in folded for part in parts)), None)
