"""Chat events of Divar that an integrator's program has stored, one JSON object after another.

Who sells is taken for the team, unless ``--team BUYER`` says otherwise.
Source: the event of a chat message in Divar's Kenar documentation; times are microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, mapping
from hamdel.exports.expanding import interleaved
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source

__all__ = ["PRESET"]

_TYPES = frozenset(("IMAGE", "FILE", "VOICE", "LOCATION", "VIDEO", "CONTACT"))


def _event(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The event, which a webhook's body may wrap."""
    if "conversation" in value:
        return value
    inner = (mapping(one) for one in value.values())
    return next((one for one in inner if "conversation" in one and "sender" in one), value)


def _fits(value: Mapping[str, Any]) -> str:
    event = _event(value)
    conversation, sender = mapping(event.get("conversation")), mapping(event.get("sender"))
    known = "side" in sender and ("post_token" in conversation or conversation.get("type") == "POST")
    return "conversation, post_token, sender" if known else ""


def _read(values: Values, source: Source) -> Values:
    team = {one.strip().upper() for one in source.wanted.team} or {"SELLER"}

    def take(value: Mapping[str, Any]) -> tuple[str, Said, Flat]:
        event = _event(value)
        thread = mapping(event.get("conversation")).get("id")
        if not isinstance(thread, (str, int)):
            raise ValueError("an event without a conversation")
        return str(thread), _said(event, team), {"thread id": thread, "channel": "divar chat"}

    return interleaved(take)(values, source)


def _said(event: Mapping[str, Any], team: set[str]) -> Said:
    sender = mapping(event.get("sender"))
    kind, side = str(event.get("type")).upper(), str(sender.get("side") or "").upper()
    if str(sender.get("type")).upper() == "BOT":
        return Left.BOT
    if kind in _TYPES:
        return Left.MEDIA
    if kind != "TEXT":
        return Left.SYSTEM
    text = event.get("text")
    if not side or not isinstance(text, (str, type(None))):
        return Lost("an event without a sender's side, or whose text is none")
    who = Side.AGENT if side in team else Side.CUSTOMER
    return Part(who, text or "", event.get("sent_at"), event.get("id"), side.lower())


PRESET = Preset(
    name="divar",
    title="Divar",
    reads="chat events that a program has stored (JSON Lines); the seller answers unless `--team BUYER` says "
    "otherwise; no bots, pictures or places",
    follows="Divar's Kenar documentation",
    reads_fa="رویدادهای چت که برنامه‌ای نگه داشته است (JSON Lines)؛ فروشنده پاسخ می‌دهد مگر `--team BUYER` "
    "بگویید؛ بی ربات، عکس و مکان",
    follows_fa="مستند کنار دیوار",
    objects=Objects(_fits, _read),
)
