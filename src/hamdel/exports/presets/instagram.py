"""Direct messages of Instagram and Messenger: "Download your information" in JSON, a thread's file or the whole zip.

``message_1.json`` has the newest messages, and in each file the newest is first. Both programs write UTF-8 bytes as if
they were Latin-1 letters, so each string is undone by itself after the JSON is parsed; strings that are right stay as
they are. The oldest exports have one ``messages.json`` with ``conversation`` lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, BinaryIO

from hamdel.base.decoding import decoded_file
from hamdel.errors import InputError
from hamdel.exports.chat_texts import chat_phrases, without_versions
from hamdel.exports.conversation import (
    Flat,
    Left,
    Lost,
    Part,
    Said,
    Side,
    Threads,
    mapping,
    messages_in,
    said_in,
)
from hamdel.exports.gathering import in_time
from hamdel.exports.mojibake import repaired
from hamdel.exports.objects import Values, json_document
from hamdel.exports.packed import TooMuchError
from hamdel.exports.preset import Member, Objects, Preset, Source
from hamdel.exports.questions import QuestionError
from hamdel.exports.rows import excerpt
from hamdel.exports.teams import choose_team, name_of

__all__ = ["PRESET"]

_WHOLE = ("participants.item.name", "participants.item")
_ORDER = re.compile(r"(.*?)(?:message_(\d+))?\.json")
_MEMBER = re.compile(
    r"(?:.*/)?messages/(?:inbox|archived_threads|message_requests|filtered_threads)/[^/]+/message_\d+\.json"
)
_MEDIA = (
    "photos",
    "videos",
    "audio_files",
    "gifs",
    "sticker",
    "files",
    "share",
    "media",
    "media_share_url",
    "story_share",
)


def _name(value: Any) -> str:
    text = mapping(value).get("name") if isinstance(value, dict) else value
    return repaired(text) if isinstance(text, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _fits(value: Mapping[str, Any]) -> str:
    people = value.get("participants")
    if not isinstance(people, list):
        return ""
    if isinstance(value.get("conversation"), list):
        return "participants, conversation"
    messages = [one for one in value.get("messages", []) if isinstance(one, dict)][:50]
    known = any("timestamp_ms" in one and "sender_name" in one for one in messages)
    return "participants, sender_name, timestamp_ms" if known else ""


def _read(values: Values, source: Source) -> Values:
    """Yield the rows of one file, or of threads one after another."""
    threads, decided = Threads(), dict[tuple[str, ...], frozenset[str]]()
    number = 0
    for place, value in values:
        if not isinstance(value, dict):
            number += 1
            yield place, value if isinstance(value, InputError) else InputError(f"isn't what {source.program} exports")
            continue
        for row in _thread(value, threads, decided, source):
            number += 1
            yield number, row


def _thread(
    value: Mapping[str, Any], threads: Threads, decided: dict[tuple[str, ...], frozenset[str]], source: Source
) -> Iterator[Any]:
    """Yield what the messages of a file are.

    Args:
        value: the file's object.
        threads: those that other files may go on with.
        decided: who answers in threads of the same people; None in it stands for all threads.
        source: the file.
    """
    people = tuple(_people(value))
    title = _name(value.get("title"))
    team = decided.get(()) or decided.get(people)
    if team is None:
        team = decided[people] = choose_team(people, [title], source)
    path = str(value.get("thread_path") or title)
    cells: Flat = {"thread id": path, "channel": "instagram"}
    try:
        messages = messages_in(value.get("messages", value.get("conversation")))
    except ValueError as error:
        yield InputError(str(error))
        return
    ordered = in_time(messages, "timestamp_ms" if "messages" in value else "created_at")
    for said in without_versions(said_in(ordered, lambda one: _said(one, team))):
        found = threads.take(path, said)
        yield (
            cells | found if isinstance(found, dict) else InputError(found.reason) if isinstance(found, Lost) else found
        )


def _people(value: Mapping[str, Any]) -> Iterator[str]:
    """The people of a thread; who left is in its messages only."""
    named = [name for one in _list(value.get("participants")) if (name := _name(one))]
    senders = dict.fromkeys(named)
    for one in _list(value.get("messages")) or _list(value.get("conversation")):
        sender = _name(mapping(one).get("sender_name") or mapping(one).get("sender"))
        if sender:
            senders.setdefault(sender)
    return iter(senders)


def _said(message: Mapping[str, Any], team: frozenset[str]) -> Said:
    sender = message.get("sender_name", message.get("sender"))
    if not isinstance(sender, str) or not sender:
        return Lost("a message without a sender_name")
    content = message.get("content", message.get("text"))
    if not isinstance(content, (str, type(None))):
        return Lost("a message whose content is no text")
    text = repaired(content or "")
    if (left := _instead(text, repaired(sender), message)) is not None:
        return left
    side = Side.AGENT if name_of(repaired(sender)) in team else Side.CUSTOMER
    return Part(side, text, message.get("timestamp_ms", message.get("created_at")), None, repaired(sender))


def _instead(text: str, sender: str, message: Mapping[str, Any]) -> Left | None:
    """What the program wrote in the account's language, as if it were content."""
    plain = text.strip().rstrip(".!").removeprefix(sender).strip()
    if "call_duration" in message or plain in chat_phrases("call"):
        return Left.CALL
    if message.get("is_unsent") is True or plain in chat_phrases("deleted"):
        return Left.DELETED
    if not plain:
        return Left.MEDIA if any(message.get(name) for name in _MEDIA) else None
    if plain.startswith("Reacted ") and plain.endswith("to your message"):
        return Left.SYSTEM
    if plain in chat_phrases("activity"):
        return Left.MEDIA if any(message.get(name) for name in _MEDIA) else Left.SYSTEM
    return None


def _order(name: str) -> Any:
    """Threads one after another, of each the oldest file, which has the highest number, first."""
    found = _ORDER.fullmatch(name)
    return (found[1], -int(found[2] or 0)) if found else (name, 0)


def _read_members(names: Sequence[str], opened: Callable[[str], BinaryIO], source: Source) -> Values:
    """Yield the rows of all threads; the business is who takes part in all of them."""
    decided: dict[tuple[str, ...], frozenset[str]] = {}
    everybody = [people for people in _heads(names, opened) if people]
    common = set.intersection(*map(set, everybody)) if everybody else set()
    threads = {name.rpartition("/")[0] for name in names}
    if source.wanted.team:
        every = list(dict.fromkeys(one for people in everybody for one in people))
        decided[()] = choose_team(every, (), source)
    elif len(threads) > 1 and len(common) == 1:
        decided[()] = frozenset(map(name_of, common))
        source.notes.append(("team_everywhere", excerpt(next(iter(common)))))
    return _all_members(names, opened, decided, source)


def _all_members(
    names: Sequence[str],
    opened: Callable[[str], BinaryIO],
    decided: dict[tuple[str, ...], frozenset[str]],
    source: Source,
) -> Values:
    threads, number = Threads(), 0
    for name in names:
        inner = Source(name, source.wanted, source.program, source.notes, source.name)
        try:
            for value in _documents(name, opened):
                rows: Iterable[Any] = [value]
                if isinstance(value, dict):
                    rows = _thread({"thread_path": name.rpartition("/")[0], **value}, threads, decided, inner)
                for row in rows:
                    number += 1
                    yield number, row
        except (TooMuchError, QuestionError):
            raise
        except InputError as error:
            number += 1
            yield number, error


def _documents(name: str, opened: Callable[[str], BinaryIO]) -> Iterator[Any]:
    with decoded_file(opened(name), name) as text:
        for _, value in json_document(text, (), _WHOLE):
            known = isinstance(value, (dict, InputError))
            yield value if known else InputError("isn't what instagram exports")


def _heads(names: Sequence[str], opened: Callable[[str], BinaryIO]) -> Iterator[list[str]]:
    """The participants of each file, from its beginning."""
    start = 1 << 16
    for name in names:
        try:
            with decoded_file(opened(name), name) as text:
                head = text.read(start).partition('"messages"')[0].rstrip().rstrip(",")
                values = list(json_document(StringIO(head + "}"), (), _WHOLE))
        except TooMuchError:
            raise
        except InputError:
            continue
        first = values[0][1] if values else None
        yield [one for one in map(_name, _list(mapping(first).get("participants"))) if one]


PRESET = Preset(
    name="instagram",
    title="Instagram",
    reads="`message_1.json` and the whole zip of Instagram and Messenger, with their broken letters mended; `--team` "
    "says who answers where the thread's title doesn't; no likes, media or versions before an edit",
    follows="published exports",
    reads_fa="`message_1.json` و کل zip اینستاگرام و مسنجر، با حرف‌های درهم‌ریختهٔ تعمیرشده؛ اگر نام گفتگو نگوید "
    "چه کسی پاسخ می‌دهد، `--team` می‌گوید؛ بی پسندیدن، رسانه و نسخهٔ پیش از ویرایش",
    follows_fa="خروجی‌هایی که منتشر شده است",
    objects=Objects(_fits, _read, whole=_WHOLE),
    member=Member(_MEMBER, _order, _read_members),
)
