"""The named sets of words in ``phrasebanks/lexicon/*.toml``: what greets, joins clauses, counts, asks, refuses.

A name is ``file.table.set`` or ``file.set``. A set is words between spaces, or a list of phrases; ``@set`` in it takes
in another set, of the same table, or of any when it is named in full. So each thing is listed once, and what is made of
several things says of which. Nothing here knows what a set is for; comments in the files do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from hamdel.base.resources import phrasebank_dir
from hamdel.language.fold import key
from hamdel.phrasebank import load_table

__all__ = ["alternation", "daytimes", "entries", "greetings", "table", "weekdays", "word_set"]


@cache
def _file(name: str) -> Mapping[str, Any]:
    return load_table(phrasebank_dir() / "lexicon" / f"{name}.toml")


def table(name: str) -> Mapping[str, Any]:
    """Return a table of a file as it is written.

    Args:
        name: ``file`` or ``file.table``.

    Raises:
        PhrasebankError: the file can't be read.
        KeyError: it has no such table.
    """
    file, _, inside = name.partition(".")
    found = _file(file)
    for part in inside.split(".") if inside else ():
        found = found[part]
    return found


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return a set's words or phrases as they are written, in order, each once.

    Raises:
        PhrasebankError: the file can't be read.
        KeyError: there is no such set, or none of a name after «@».
    """
    return tuple(dict.fromkeys(_entries(name)))


def _entries(name: str) -> Iterator[str]:
    group, _, last = name.rpartition(".")
    value = table(group)[last]
    for entry in value.split() if isinstance(value, str) else value:
        if entry.startswith("@"):
            yield from entries(entry[1:] if "." in entry else f"{group}.{entry[1:]}")
        else:
            yield entry


@cache
def word_set(*names: str) -> frozenset[str]:
    """Return the matching keys of all words of one or more sets; a phrase gives each of its words.

    Args:
        names: of sets, in full («acts.address.titles»).

    Raises:
        PhrasebankError: a file can't be read.
        KeyError: there is no such set.
    """
    return frozenset(key(" ".join(entry for name in names for entry in entries(name))).split())


def alternation(*names: str) -> str:
    """Return a regular expression for one of the entries' keys, the longest first; it has no group of its own.

    Args:
        names: of sets, in full.
    """
    keys = {key(entry) for name in names for entry in entries(name)}
    return "|".join(map(re.escape, sorted(keys, key=lambda entry: (-len(entry), entry))))


@cache
def daytimes() -> frozenset[str]:
    """Return the keys of times of day with whose they are glued to them: «عصر», «عصرتون»."""
    glued = [whose for whose in entries("acts.greeting.whose") if " " not in whose]
    return frozenset(key(day + whose) for day in entries("acts.greeting.days") for whose in glued)


@cache
def weekdays() -> frozenset[str]:
    """Return the keys of the days of the week in all their spellings («سه‌شنبه», «سشنبه», «جمعه»)."""
    heads = ("", *entries("times.weekday_heads"))
    made = (key(head + stem) for stem in entries("times.weekday_stems") for head in heads)
    return word_set("times.weekday").union(made)


@cache
def greetings() -> tuple[str, ...]:
    """Return all that greets: words, phrases, and every time of day with a wish («عصرتون بخیر»)."""
    wished = product(*(entries(f"acts.greeting.{name}") for name in ("days", "whose", "wishes")))
    wishes = (f"{day}{whose} {wish}" for day, whose, wish in wished)
    return (*entries("acts.greeting.words"), *entries("acts.greeting.phrases"), *wishes)
