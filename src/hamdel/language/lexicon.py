"""What hazm knows of words and verbs, compiled once and memory-mapped afterwards.

Importing hazm takes seconds, so it is asked once, by :mod:`hamdel.language.lexicon_compiling`; the answer is one file
in the user's cache directory: a marisa trie (key -> readings), the table of tags, and a footer to tell a damaged
file by.
Source: architecture, decision 5.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import IO, Final, cast

import marisa_trie

from hamdel.base.atomic import write_atomically
from hamdel.base.resources import cache_dir, phrasebank_dir
from hamdel.base.slow_work import slow_work
from hamdel.errors import LexiconError
from hamdel.language.lexicon_packing import FIRST_PART, SEPARATOR, TAG_BASE, Compiled, pack

__all__ = ["Compiled", "Lexicon", "Reading", "lexicon_name", "pack"]

#: Raised when the layout of the file changes.
FORMAT: Final = 2
_FOOTER: Final = struct.Struct("<8sQII")  # magic, sizes of trie and tags, checksum
_MAGIC: Final = b"hamdel\x00\x01"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a token.

    Attributes:
        pos: UD part of speech; ``X`` for the words that hazm lists without one.
        lemma: the infinitive of a verb, or else the word as a dictionary has it.
        feats: UD FEATS, sorted (``"Mood=Sub|Number=Plur|Person=2|Tense=Pres|VerbForm=Fin"``), or ``""``.
            ``Style=Coll`` marks colloquial spellings and endings, ``Style=Arch`` verbs out of use, whose
            forms are often everyday nouns («گوشی»).
    """

    pos: str
    lemma: str
    feats: str


class Lexicon:
    """Readings by key; thread-safe, and cheap to open once compiled."""

    def __init__(self, compiled: Compiled) -> None:
        self._trie = compiled.trie
        self._tags = compiled.tags

    @classmethod
    def open(cls, cache: Path | None = None, *, on_build: Callable[[], None] | None = None) -> Lexicon:
        """Return the lexicon, compiling it first when it is missing, damaged or another version's.

        Args:
            cache: directory of the compiled file; the user's cache directory by default.
            on_build: called before compiling, which takes a few seconds.

        Raises:
            LexiconError: hazm isn't installed or its data can't be read.
        """
        path = (cache or cache_dir()) / lexicon_name()
        stored = _read(path)
        if stored is None:
            if on_build is not None:
                on_build()
            with slow_work() as told:
                # Not imported above, for it takes hazm along.
                stored = cast(Compiled, import_module("hamdel.language.lexicon_compiling").compile_lexicon(told))
            _store(stored, path)
        return cls(stored)

    @classmethod
    def is_compiled(cls, cache: Path | None = None) -> bool:
        """Tell whether the file is there and whole, so that `open` need not compile it.

        Raises:
            LexiconError: hazm isn't installed.
        """
        return _read((cache or cache_dir()) / lexicon_name()) is not None

    def lookup(self, key: str) -> tuple[Reading, ...]:
        """Return the readings of a token's key (see :func:`hamdel.language.fold.key`), the likeliest first.

        Unknown keys have none. Callers cache: a lookup decodes its readings anew.
        """
        # marisa fails on lone surrogates and misreads NUL; no key has either, or any other control character.
        values = self._trie.get(key) if key.isprintable() else None
        if not values:
            return ()
        return tuple(self._reading(packed, key) for packed in values[0].decode().split(SEPARATOR))

    def opens_compound(self, key: str) -> bool:
        """Tell whether ``key`` is the first of the two parts of a known compound («دانش» of «دانش‌آموز»)."""
        return key.isprintable() and FIRST_PART + key in self._trie

    def __contains__(self, key: object) -> bool:
        """Tell whether the key is known at all."""
        return isinstance(key, str) and key.isprintable() and key in self._trie

    def _reading(self, packed: str, key: str) -> Reading:
        pos, feats = self._tags[ord(packed[0]) - TAG_BASE]
        return Reading(pos, packed[1:] or key, feats)


def lexicon_name() -> str:
    """Return a name that changes with hazm, marisa and everything of ours that the content depends on."""
    try:
        hazm, marisa = _version("hazm"), _version("marisa-trie")
    except metadata.PackageNotFoundError as error:
        raise LexiconError(
            f"{error.name} isn't installed, and the lexicon needs it: run «pip install hamdel» again"
        ) from None
    digest = hashlib.blake2b(digest_size=6)
    for path in _ingredients():
        digest.update(path.read_bytes() if path.is_file() else b"")
    return f"lexicon-{FORMAT}-hazm{hazm}-marisa{marisa}-{digest.hexdigest()}.trie"


def _version(package: str) -> str:
    """Return a package's version without the e-mail parser that ``metadata.version`` takes 15 ms to import."""
    distribution = metadata.distribution(package)
    found = re.search(r"^Version: *(\S+)", distribution.read_text("METADATA") or "", re.MULTILINE)
    return found[1] if found else distribution.version


def _ingredients() -> list[Path]:
    """Return our own files that decide what the lexicon holds."""
    here = Path(__file__)
    return [
        *(phrasebank_dir() / "lexicon" / name for name in ("verbs.toml", "words.toml")),
        *(here.with_name(name) for name in ("fold.py", "lexicon_compiling.py", "stems.py", "verbs.py")),
    ]


def _read(path: Path) -> Compiled | None:
    """Map the file into memory; ``None`` when it is missing, unreadable or damaged."""
    try:
        with path.open("rb") as file:
            tags = _checked_tags(file)
        trie = marisa_trie.BytesTrie().mmap(str(path))
    except (OSError, ValueError, struct.error, RuntimeError):  # marisa's errors are RuntimeErrors
        return None
    return Compiled(trie, tags)


def _checked_tags(file: IO[bytes]) -> tuple[tuple[str, str], ...]:
    """Return the table of tags; raises ``ValueError`` when the file isn't, to the last bit, as it was written."""
    data = file.read()
    magic, trie_size, tags_size, checksum = _FOOTER.unpack_from(data, len(data) - _FOOTER.size)
    if magic != _MAGIC or len(data) != trie_size + tags_size + _FOOTER.size:
        raise ValueError("not a lexicon, or cut short")
    if zlib.crc32(memoryview(data)[: -_FOOTER.size]) != checksum:
        raise ValueError("damaged")
    tags = data[trie_size : trie_size + tags_size].decode()
    return tuple(_split_tag(line) for line in tags.split("\n"))


def _split_tag(line: str) -> tuple[str, str]:
    pos, _, feats = line.partition("\t")
    return pos, feats


def _store(compiled: Compiled, path: Path) -> None:
    """Write the file in one step; a directory that can't be written isn't an error, only slower next time."""
    with suppress(OSError):
        write_atomically(path, _packed(compiled))


def _packed(compiled: Compiled) -> bytes:
    trie: bytes = compiled.trie.tobytes()
    tags = "\n".join("\t".join(tag) for tag in compiled.tags).encode()
    return trie + tags + _FOOTER.pack(_MAGIC, len(trie), len(tags), zlib.crc32(tags, zlib.crc32(trie)))
