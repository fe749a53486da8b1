"""What the cells of a column hold: ids, names, or what somebody wrote.

A header such as "customer" says whose a cell is and not what. Ids have figures and no spaces, names have few words and
come back, messages have words that no name has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.exports.headers import name_key
from hamdel.language.fold import key
from hamdel.language.sets import entries, word_set
from hamdel.phrasebank import load_words

__all__ = ["Content", "Look", "Written", "are_sides", "is_id", "look", "only_theirs", "side_of"]

LOOKED_AT = 500  # cells of a column
_READ = 300  # characters of a cell
_PHONE = re.compile(r"\+?\d[\d\s().-]{5,20}\d")
_HANDLE = re.compile(r"@?[a-z0-9]+(?:[._-]+[a-z0-9]+)+|@[a-z0-9]+|https?://\S+|[0-9a-f]{12,}", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN_NAME = re.compile(r"(?:[A-Z][A-Za-z'’-]*\.?)(?: [A-Z][A-Za-z'’-]*\.?){0,3}")
_LONGEST_NAME = 5  # words, a company's too
_SENTENCE = 7  # words from which no name is as long
_MOST, _FEW = 0.5, 0.1  # shares of cells
_SOME = 0.25
_ENOUGH = 20  # cells of which none is a sentence, though messages would have some
_OFTEN = 4  # times that each of a team's names stands in a column at least


class Content(StrEnum):
    """What a column holds."""

    NOTHING = "nothing"
    PEOPLE = "people"
    MESSAGES = "messages"
    UNSURE = "unsure"


class _Cell(StrEnum):
    ID = "id"
    PHONE = "phone"
    NAME = "name"
    MESSAGE = "message"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at some cells tells.

    Attributes:
        content: what they hold.
        read: cells that were read.
        filled: cells that aren't empty.
        distinct: different ones among them.
        phones: those that are phone numbers.
        ours: they say that our side wrote everything.
        sided: they tell which side wrote a message, and both sides are there.
    """

    content: Content
    read: int
    filled: int
    distinct: int
    phones: int
    ours: bool
    sided: bool

    @property
    def few(self) -> bool:
        """Whether few are named again and again, as a team's people are."""
        return self.filled >= 2 * _OFTEN and self.distinct * _OFTEN <= self.filled

    @property
    def many(self) -> bool:
        """Whether hardly anybody is named twice, as customers are."""
        return self.phones * 2 > self.filled or (self.filled >= 2 * _OFTEN and self.distinct * 3 > self.filled * 2)


def is_id(text: str) -> bool:
    """Tell whether a text can't be a name: it has a figure or an @, and no words.

    Args:
        text: of a cell, without spaces around it.
    """
    if _PHONE.fullmatch(text):
        return True
    return not any(char.isspace() for char in text) and any(char.isdecimal() or char == "@" for char in text)


def look(cells: Iterable[object]) -> Look:
    """Tell what a column holds.

    Args:
        cells: from its beginning; those beyond the first hundreds that hold something aren't read.
    """
    read, texts = 0, []
    for cell in cells:
        read += 1
        if text := _text(cell):
            texts.append(text)
        if len(texts) == LOOKED_AT:
            break
    counts = Counter(map(_kind, texts))
    different = set(texts)
    content, phones = _content(counts, texts), counts[_Cell.PHONE]
    return Look(content, read, len(texts), len(different), phones, _ours(different), are_sides(different))


class Written(StrEnum):
    """Which side wrote a message."""

    THEIRS = "their_side"
    OURS = "our_side"
    NEITHER = "neither_side"


@cache
def _sides() -> dict[str, Written]:
    return {name_key(name): side for side in Written for name in entries(f"exports.cells.{side}")}


def side_of(cell: str) -> Written | None:
    """Return which side a cell names; None when it is no word for a side."""
    return _sides().get(name_key(cell))


def _ours(cells: Collection[str]) -> bool:
    return bool(cells) and len(cells) <= len(_sides()) and {side_of(cell) for cell in cells} == {Written.OURS}


def are_sides(cells: Collection[str]) -> bool:
    """Tell whether cells say which side wrote messages, and both sides wrote some.

    Args:
        cells: different ones, none empty; those of a long column needn't be looked at.
    """
    found = {side_of(cell) for cell in cells} if len(cells) <= len(_sides()) else {None}
    return None not in found and {Written.THEIRS, Written.OURS} <= found


def only_theirs(cells: Collection[str]) -> bool:
    """Tell whether cells say that our side wrote nothing, as far as one has looked.

    Args:
        cells: different ones, none empty.
    """
    found = {side_of(cell) for cell in cells} if len(cells) <= len(_sides()) else {None}
    return Written.THEIRS in found and found <= {Written.THEIRS, Written.NEITHER}


def _content(counts: Counter[_Cell], texts: list[str]) -> Content:
    whole = len(texts)
    if not whole:
        return Content.NOTHING
    written = counts[_Cell.MESSAGE] / whole
    people = (counts[_Cell.ID] + counts[_Cell.PHONE] + counts[_Cell.NAME]) / whole
    if written >= _MOST or (written >= _SOME and people <= _FEW):
        return Content.MESSAGES
    if (people >= _MOST and written <= _FEW) or (people >= _SOME and not written):
        return Content.PEOPLE
    return Content.PEOPLE if whole >= _ENOUGH and written <= _FEW / 2 else Content.UNSURE


def _text(cell: object) -> str:
    """The beginning of a cell's text; lists and objects are none."""
    if cell is None or isinstance(cell, (bool, list, dict)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)[:_READ].strip()
    return "" if key(text) in _none() else text


@cache
def _none() -> frozenset[str]:
    """The matching keys of what stands where there is nothing."""
    return word_set("exports.scores.none")


def _kind(text: str) -> _Cell:
    """What one cell is, as far as it tells by itself; an emoji alone is whatever the others are."""
    plain = key(text)
    if _PHONE.fullmatch(plain):
        return _Cell.PHONE
    if is_id(plain) or _HANDLE.fullmatch(plain):
        return _Cell.ID
    words = _WORDS.findall(plain)
    if len(words) >= _SENTENCE or (words and any(mark in text for mark in entries("exports.cells.marks"))):
        return _Cell.MESSAGE
    if not word_set("exports.cells.message").isdisjoint(words):
        return _Cell.MESSAGE
    return _Cell.NAME if len(words) <= _LONGEST_NAME and _is_name(text, plain, words) else _Cell.WORDS


def _is_name(text: str, plain: str, words: list[str]) -> bool:
    if _LATIN_NAME.fullmatch(text) or (len(words) == 1 and plain.isascii()):
        return True
    if not _names().isdisjoint(words) or any(word.endswith(entries("people.surname.endings")) for word in words):
        return True
    numbered = any(char.isdecimal() for char in plain)
    return numbered and bool(words) and not word_set("exports.cells.whose").isdisjoint(words)


@cache
def _names() -> frozenset[str]:
    """The matching keys of what names are made of."""
    folder = phrasebank_dir() / "lexicon"
    listed = (load_words(folder / f"{name}.txt") for name in ("names", "surnames"))
    return word_set("exports.cells.name").union(*(map(key, names) for names in listed))
