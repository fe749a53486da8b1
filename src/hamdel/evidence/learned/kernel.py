"""The loops of the learned reader that are worth compiling, behind numpy's arrays.

``HAMDEL_KERNEL=0`` uses numpy instead (`hamdel.evidence.learned.network`), as a machine without a C compiler does; both
give the same numbers but for rounding.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.base.native import compiled

__all__ = ["FeatureTable", "Seen", "Sentences", "read_layers", "read_sentences"]

_Floats = npt.NDArray[np.float32]
_BITS = 16


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


class FeatureTable:
    """A model's features that are more than letters, as the kernel reads them.

    Args:
        arrays: the model's.
        squares: of each feature's rarity, letters first.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]], squares: npt.NDArray[np.float64]) -> None:
        first, hashes, vectors = len(arrays["grams"]), arrays["phrases"], arrays["vectors"]
        heads = np.arange((1 << _BITS) + 1, dtype=np.uint64) << _BITS
        steps = np.searchsorted(hashes, heads).astype(np.uint32)
        rows = np.ascontiguousarray(arrays["rows"][first:])
        rarity = squares[first:].astype(np.float32)
        self._kept = hashes, steps, rows, rarity, vectors, arrays["scale"]  # the kernel holds but their addresses
        places = [array.ctypes.data for array in self._kept]
        self.record = _Features(places[0], len(hashes), *places[1:], vectors.shape[1])
        self.size = int(vectors.shape[1])


class Sentences(NamedTuple):
    """Some sentences' words side by side, an opening and a closing mark around each sentence.

    Attributes:
        lemmas, shapes: hashes, one a word or mark.
        traits: 1 for what carries content, plus 2 for what is inflected.
        letters: the row of ``known`` of each word, -1 for marks.
        ends: where each sentence ends.
        known: sums of letters' vectors, a row for each word form.
        squares: of their rarity.
    """

    lemmas: npt.NDArray[np.uint32]
    shapes: npt.NDArray[np.uint32]
    traits: npt.NDArray[np.uint8]
    letters: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    known: _Floats
    squares: _Floats


@cache
def _reader() -> Callable[..., Any] | None:
    function = compiled("hamdel_read_sentences")
    if function is not None:
        pointer = ctypes.c_void_p
        function.argtypes = [*[pointer] * 8, ctypes.c_int64, pointer, pointer]
        function.restype = None
    return function  # type: ignore[no-any-return]


@cache
def _layers() -> Callable[..., Any] | None:
    function = compiled("hamdel_read_layers")
    if function is not None:
        pointer, size = ctypes.c_void_p, ctypes.c_int64
        function.argtypes = [pointer, size, pointer, pointer, *[size] * 7, *[pointer] * 7]
        function.restype = None
    return function  # type: ignore[no-any-return]


def read_sentences(table: FeatureTable, sentences: Sentences) -> _Floats | None:
    """Return the vectors of sentences, one a row; None where nothing is compiled."""
    function = _reader()
    if function is None:
        return None
    out = np.zeros((len(sentences.ends), table.size), np.float32)
    scratch = np.empty(table.size, np.float32)
    arrays = (array.ctypes.data for array in (*sentences[:4], sentences.known, sentences.squares, sentences.ends))
    function(ctypes.addressof(table.record), *arrays, len(sentences.ends), scratch.ctypes.data, out.ctypes.data)
    return out


class Seen(NamedTuple):
    """What a network sees of some sentences.

    Attributes:
        own: the sentences' vectors (n, size of all networks).
        part: which of their numbers the network sees.
        message: the numbers of the message's vector that it sees; None without a message.
        facts: plain facts (n, f).
        alone: each sentence is a reply of its own.
    """

    own: _Floats
    part: slice
    message: _Floats | None
    facts: _Floats
    alone: bool


def read_layers(seen: Seen, layers: tuple[_Floats, ...], out: _Floats) -> bool:
    """Add a network's outputs to ``out``; return whether anything is compiled.

    Args:
        seen: what it sees.
        layers: its weights: hidden, bias, out, bias, direct.
        out: the sums so far (n, labels to tell).
    """
    own, part, message, facts, alone = seen
    function = _layers()
    if function is None:
        return False
    hidden, _, outward, _, _ = layers
    size = part.stop - part.start
    scratch = np.empty(size * 7 + facts.shape[1] + hidden.shape[1], np.float32)
    function(
        own.ctypes.data + 4 * part.start,
        own.shape[1],
        message.ctypes.data if message is not None else None,
        facts.ctypes.data,
        len(own),
        size,
        facts.shape[1],
        hidden.shape[1],
        outward.shape[1],
        out.shape[1],
        alone,
        *(layer.ctypes.data for layer in layers),
        scratch.ctypes.data,
        out.ctypes.data,
    )
    return True
