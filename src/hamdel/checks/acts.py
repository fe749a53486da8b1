"""The named sets of ``lexicon/acts.toml``: what greets, who is addressed, what joins clauses."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

from hamdel.language.fold import key
from hamdel.phrasebank import load_table
from hamdel.resources import phrasebank_dir

__all__ = ["act_phrases", "act_words", "greetings"]


@cache
def _table() -> dict[str, Any]:
    return load_table(phrasebank_dir() / "lexicon" / "acts.toml")


@cache
def act_words(group: str, *names: str) -> frozenset[str]:
    """Return the matching keys of one or more sets of words.

    Args:
        group: a table of the file («address»).
        names: its sets.

    Raises:
        PhrasebankError: the file can't be read.
    """
    return frozenset(key(word) for name in names for word in _table()[group][name].split())


@cache
def act_phrases(group: str, name: str) -> tuple[str, ...]:
    """Return a set of phrases as they are written."""
    return tuple(_table()[group][name])


@cache
def greetings() -> tuple[str, ...]:
    """Return all that greets: words, phrases, and every time of day with a wish («عصرتون بخیر»)."""
    table = _table()["greeting"]
    wished = product(table["days"].split(), table["whose"], table["wishes"])
    return (*table["words"].split(), *table["phrases"], *(f"{day}{whose} {wish}" for day, whose, wish in wished))
