"""The learned reader's networks as `hamdel.evidence.learned.loops` reads them, and what the loops give, as arrays."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned import loops
from hamdel.evidence.learned.facts import FACTS
from hamdel.evidence.learned.word_table import Features, Said

__all__ = ["Layer", "Networks", "read_reply", "vectors_of"]

_Floats = npt.NDArray[np.float32]


class _Networks(ctypes.Structure):
    """``Networks`` of ``_kernel.c``."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("networks", "size", "hidden", "labels", "told")),
        ("layers", ctypes.c_void_p),
    )


class Networks:
    """A model's networks, as the kernel reads them.

    Args:
        layers: of each: hidden, bias, out, bias, direct.
        told: how many labels are asked for, the first ones.
        phrases: the model's features that are more than letters.
    """

    def __init__(self, layers: Sequence[tuple[_Floats, ...]], told: int, phrases: Features) -> None:
        self._kept = [np.ascontiguousarray(one) for network in layers for one in network]
        self._places = (ctypes.c_void_p * len(self._kept))(*(one.ctypes.data for one in self._kept))
        hidden, _, out, _, direct = layers[0]
        sizes = len(layers), len(direct), hidden.shape[1], out.shape[1], told
        self._record = _Networks(*sizes, ctypes.addressof(self._places))
        self.address = ctypes.addressof(self._record)
        self.told, self.phrases = told, phrases


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
        _checked(loops.functions().layer(inputs.ctypes.data, *self._sizes, *self._places, out.ctypes.data))
        return out


def vectors_of(phrases: Features, said: Said, count: int) -> _Floats:
    """Return the vectors of the first ``count`` sentences, one a row."""
    out = np.empty((count, phrases.size), np.float32)
    places = phrases.address, said.words.address, said.rows.buffer_info()[0], said.ends.buffer_info()[0]
    _checked(loops.functions().sentences(*places, count, out.ctypes.data))
    return out


def read_reply(
    networks: Networks, said: Said, count: int, message: _Floats | None, *, alone: bool
) -> tuple[_Floats, _Floats]:
    """Return the networks' mean logits of sentences, one row each, and their plain facts; see `LearnedReader`.

    Args:
        networks: asked.
        said: the sentences, and behind them the customer's message, if it is known.
        count: how many sentences there are.
        message: the message's vector; None when the message isn't known.
        alone: each sentence is a reply of its own.
    """
    phrases, told = networks.phrases, networks.told
    out = np.empty(count * (told + FACTS + phrases.size), np.float32)
    theirs = None if message is None else message.ctypes.data
    rows, ends = said.rows.buffer_info(), said.ends.buffer_info()[0]
    places = phrases.address, said.words.address, networks.address, rows[0], ends
    _checked(loops.functions().reply(*places, count, rows[1], theirs, alone, out.ctypes.data))
    middle = count * told
    return out[:middle].reshape(count, told), out[middle : middle + count * FACTS].reshape(count, FACTS)


def _checked(done: int) -> None:
    if not done:
        raise MemoryError("no memory for the reader's sums")
