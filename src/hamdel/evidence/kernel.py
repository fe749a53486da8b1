"""The loops of the learned reader that are worth compiling, behind numpy's arrays.

``HAMDEL_KERNEL=0`` uses numpy instead (`hamdel.evidence.learned`), as a machine without a C compiler does; both give
the same numbers but for rounding.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.facts import FACTS
from hamdel.evidence.features import CLOSE, OPEN, Traits
from hamdel.native import compiled

__all__ = ["WORDS", "Features", "Networks", "Said", "WordTable", "available", "facts_of", "logits_of", "vectors_of"]

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


class _Networks(ctypes.Structure):
    """``Networks`` of ``_kernel.c``."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("networks", "size", "hidden", "labels", "told")),
        ("layers", ctypes.c_void_p),
    )


class _Functions(NamedTuple):
    learn: Any
    sentences: Any
    facts: Any
    layers: Any
    layer: Any


@cache
def _functions() -> Any:
    """Return the loops (`_Functions`); None where nothing is compiled."""
    pointer, size = ctypes.c_void_p, ctypes.c_int64
    signatures = {
        "hamdel_learn_word": [pointer, pointer, pointer, size, ctypes.c_char_p, size, size, ctypes.c_double],
        "hamdel_read_sentences": [pointer, pointer, pointer, pointer, size, pointer],
        "hamdel_read_facts": [pointer, pointer, pointer, size, pointer, size, size, pointer],
        "hamdel_read_layers": [pointer, pointer, pointer, pointer, size, size, pointer],
        "hamdel_pass_layer": [pointer, size, size, size, pointer, pointer, pointer, pointer, pointer],
    }
    functions = [compiled(name) for name in signatures]
    if None in functions:
        return None
    for function, arguments in zip(functions, signatures.values(), strict=True):
        function.argtypes, function.restype = arguments, ctypes.c_int
    return _Functions(*functions)


def available() -> bool:
    """Tell whether the loops are compiled."""
    return _functions() is not None


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
            _functions().learn(*places, row, form, len(form), word.spelled, self._unknown)
            self._rows[word] = row
            return row


class Networks:
    """A model's networks, as the kernel reads them.

    Args:
        layers: of each: hidden, bias, out, bias, direct.
        told: how many labels are asked for, the first ones.
    """

    def __init__(self, layers: Sequence[tuple[_Floats, ...]], told: int) -> None:
        self._kept = [np.ascontiguousarray(one) for network in layers for one in network]
        self._places = (ctypes.c_void_p * len(self._kept))(*(one.ctypes.data for one in self._kept))
        hidden, _, out, _, direct = layers[0]
        sizes = len(layers), len(direct), hidden.shape[1], out.shape[1], told
        self._record = _Networks(*sizes, ctypes.addressof(self._places))
        self.address = ctypes.addressof(self._record)
        self.told = told


class Layer:
    """One hidden layer, as the kernel reads it.

    Args:
        layers: hidden, bias, out, bias.
    """

    def __init__(self, *layers: _Floats) -> None:
        self._kept = [np.ascontiguousarray(one) for one in layers]
        self._sizes = *layers[0].shape, layers[2].shape[1]
        self._places = [one.ctypes.data for one in self._kept]

    def __call__(self, inputs: _Floats) -> _Floats:
        """Return the outputs for one row of inputs."""
        out = np.empty(self._sizes[-1], np.float32)
        _checked(_functions().layer(inputs.ctypes.data, *self._sizes, *self._places, out.ctypes.data))
        return out


def vectors_of(phrases: Features, said: Said, count: int) -> _Floats:
    """Return the vectors of the first ``count`` sentences, one a row."""
    out = np.empty((count, phrases.size), np.float32)
    places = phrases.address, said.words.address, said.rows.buffer_info()[0], said.ends.buffer_info()[0]
    _checked(_functions().sentences(*places, count, out.ctypes.data))
    return out


def facts_of(said: Said, count: int, *, alone: bool) -> _Floats:
    """Return the plain facts of sentences, one row each: see `hamdel.evidence.facts`.

    Args:
        said: the sentences, and behind them the customer's message, if it is known.
        count: how many sentences there are.
        alone: each sentence is a reply of its own.
    """
    out = np.empty((count, FACTS), np.float32)
    rows, ends = said.rows.buffer_info()[0], said.ends.buffer_info()[0]
    first = said.ends[count - 1]
    theirs = rows + first * said.rows.itemsize, len(said.rows) - first
    _checked(_functions().facts(said.words.address, rows, ends, count, *theirs, alone, out.ctypes.data))
    return out


def logits_of(networks: Networks, own: _Floats, message: _Floats | None, facts: _Floats, *, alone: bool) -> _Floats:
    """Return the networks' mean logits of sentences, one row each.

    Args:
        networks: asked.
        own: the sentences' vectors.
        message: the message's vector; None when the message isn't known.
        facts: of each sentence.
        alone: each sentence is a reply of its own.
    """
    out = np.empty((len(own), networks.told), np.float32)
    theirs = None if message is None else message.ctypes.data
    places = networks.address, own.ctypes.data, theirs, facts.ctypes.data
    _checked(_functions().layers(*places, len(own), alone, out.ctypes.data))
    return out


def _checked(done: int) -> None:
    if not done:
        raise MemoryError("no memory for the reader's sums")
