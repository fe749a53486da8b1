"""How readings are packed into a trie: a tag as one private-use character, and the lemma where it isn't the key.

The same trie has the first parts of compounds («دانش» of «دانش‌آموز»), under a character that no key has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import marisa_trie

__all__ = ["FIRST_PART", "SEPARATOR", "TAG_BASE", "Compiled", "pack"]

#: The first tag's code point; private use, so that no tag can be a separator or a letter.
TAG_BASE: Final = 0xE000
SEPARATOR: Final = "\x1f"
#: Before the first part of a compound.
FIRST_PART: Final = "\x01"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A lexicon in memory: the trie of packed readings, and the tags (part of speech, features) they refer to."""

    trie: marisa_trie.BytesTrie
    tags: tuple[tuple[str, str], ...]


def pack(readings: list[tuple[int, str]], key: str) -> bytes:
    """Return the stored form of a key's readings, given as pairs of tag number and lemma."""
    return SEPARATOR.join(chr(TAG_BASE + tag) + ("" if lemma == key else lemma) for tag, lemma in readings).encode()
