"""Words as the kernel knows them: a row of numbers each, learned when they first come."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned import loops
from hamdel.evidence.learned.features import CLOSE, OPEN
from hamdel.evidence.learned.traits import Traits

__all__ = ["WORDS", "Features", "Said", "WordTable"]

_Floats = npt.NDArray[np.float32]
_BITS = 16
#: How many words are kept; then they are forgotten.
WORDS = 12_000
_START, _END = 0, 1  # the rows of a sentence's marks


class _Features(ctypes.Structure):
    """``Features`` of ``_kernel.c``."""

    _fields_ = (
        ("hashes", ctypes.c_void_p),
        ("count", ctypes.c_int64),
        ("steps", ctypes.c_void_p),
        ("rows", ctypes.c_void_p),
        ("squares", ctypes.c_void_p),
        ("vectors", ctypes.c_void_p),
        ("scale", ctypes.c_void_p),
        ("size", ctypes.c_int64),
    )


class _Words(ctypes.Structure):
    """``Words`` of ``_kernel.c``."""

    _fields_ = tuple(
        (name, ctypes.c_void_p) for name in ("lemmas", "shapes", "traits", "letters", "letter_squares", "rarity")
    )


class Features:
    """Some of a model's features, as the kernel reads them.

    Args:
        hashes: sorted.
        rows: which row of the vectors each has.
        squares: of each one's rarity.
        vectors, scale: the rows, and what each is multiplied with.
    """

    def __init__(
        self,
        hashes: npt.NDArray[np.uint32],
        rows: npt.NDArray[np.uint16],
        squares: npt.NDArray[np.float64],
        vectors: npt.NDArray[np.int8],
        scale: _Floats,
    ) -> None:
        heads = np.arange((1 << _BITS) + 1, dtype=np.uint64) << _BITS
        steps = np.searchsorted(hashes, heads).astype(np.uint32)
        self._kept = hashes, steps, np.ascontiguousarray(rows), np.ascontiguousarray(squares), vectors, scale
        places = [one.ctypes.data for one in self._kept]  # the kernel holds but their addresses
        self._record = _Features(places[0], len(hashes), *places[1:], vectors.shape[1])
        self.address = ctypes.addressof(self._record)
        self.size = int(vectors.shape[1])


class Said(NamedTuple):
    """Sentences as rows of a `WordTable`, marks among them.

    Attributes:
        words: the table.
        rows: of all sentences, side by side.
        ends: where each sentence ends.
    """

    words: WordTable
    rows: array[int]
    ends: array[int]


class WordTable:
    """What the kernel knows of words; when it is full, a new one has to be made.

    Args:
        letters, phrases: the model's features.
        unknown: the square of the rarity of a lemma that isn't among them.
        room: for so many words.
    """

    def __init__(self, letters: Features, phrases: Features, unknown: float, room: int = WORDS) -> None:
        self._letters, self._phrases, self._unknown = letters, phrases, unknown
        room += 2
        self._arrays = (
            np.zeros(room, np.uint32),
            np.zeros(room, np.uint32),
            np.zeros(room, np.uint8),
            np.zeros((room, letters.size), np.float32),
            np.zeros(room, np.float32),
            np.zeros(room, np.float64),
        )
        for marks in self._arrays[:2]:
            marks[[_START, _END]] = OPEN, CLOSE
        self._record = _Words(*(one.ctypes.data for one in self._arrays))
        self.address = ctypes.addressof(self._record)
        self._rows: dict[Traits, int] = {}
        self._room = room
        self._writing = Lock()

    def said(self, sentences: Iterable[Sequence[Traits]]) -> Said | None:
        """Return sentences as rows; None when there is no room for a word that is new."""
        rows: list[int] = []
        ends: list[int] = []
        for words in sentences:
            found = list(map(self._rows.get, words))
            if None in found:
                if len(self._rows) + len(words) + 2 > self._room:
                    return None
                found = [self._row(word) if row is None else row for word, row in zip(words, found, strict=True)]
            rows += (_START, *found, _END)  # type: ignore[arg-type]
            ends.append(len(rows))
        return Said(self, array("i", rows), array("q", ends))

    def _row(self, word: Traits) -> int:
        with self._writing:  # the kernel works without Python's lock
            if word in self._rows:
                return self._rows[word]
            row = len(self._rows) + 2
            lemmas, shapes, traits = self._arrays[:3]
            lemmas[row], shapes[row] = word.lemma, word.shape
            traits[row] = word.content + 2 * word.inflected
            places = self._letters.address, self._phrases.address, self.address
            form = (f" {word.form} " if word.spelled else word.form).encode("utf-8", "surrogatepass")
            loops.functions().learn(*places, row, form, len(form), word.spelled, self._unknown)
            self._rows[word] = row
            return row
