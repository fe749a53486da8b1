"""The learned reader's one file: features with their vectors, the layers, thresholds; mapped into memory, not read.

Layout: the header (`hamdel.evidence.learned.header`: a place for each array, and plain values), then the arrays, each
at a multiple of 64 bytes. Vectors are one byte a number with a scale for each feature. The header names the digest of
the modules that make the features, and of the corpus: a model that doesn't fit isn't used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hamdel.errors import ModelError
from hamdel.evidence.learned.header import ALIGN, MAGIC, read_header

__all__ = ["Model", "features_digest", "write_model"]

_SOURCES = ("traits", "features", "facts")


def features_digest() -> str:
    """Return a digest of the modules that make features; another one makes other features."""
    digest = hashlib.blake2b(digest_size=8)
    for name in _SOURCES:
        source = Path(__file__).with_name(f"{name}.py").read_bytes()
        digest.update(source.replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _padded(size: int) -> int:
    return -(-size // ALIGN) * ALIGN


def write_model(path: Path, arrays: Mapping[str, npt.NDArray[Any]], values: Mapping[str, Any]) -> None:
    """Write a model.

    Args:
        path: of the file.
        arrays: by name, in the order in which they are written.
        values: plain values of the header.
    """
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = {"at": at, "dtype": array.dtype.str, "shape": array.shape}
        at += _padded(array.nbytes)
    header = json.dumps({"arrays": places, **values}, ensure_ascii=False, sort_keys=True).encode()
    start = _padded(len(MAGIC) + 4 + len(header))
    whole = path.with_suffix(".tmp")  # a reader may have the old one mapped
    with whole.open("wb") as file:
        file.write((MAGIC + len(header).to_bytes(4, "little") + header).ljust(start, b"\0"))
        for array in arrays.values():
            raw = np.ascontiguousarray(array).tobytes()
            file.write(raw.ljust(_padded(len(raw)), b"\0"))
    whole.replace(path)


class Model:
    """A model's file, open.

    Args:
        path: of the file.

    Attributes:
        arrays: by name; they are views of the file.
        values: the plain values of its header.

    Raises:
        ModelError: there is no such file, or it is damaged, or was made for other features.
    """

    def __init__(self, path: Path) -> None:
        header, start = read_header(path)
        try:
            raw = np.asarray(np.memmap(path, np.uint8, "r"))  # a plain array: each step on a memmap costs more
            self.arrays = {name: self._array(raw, start, place) for name, place in header.pop("arrays").items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: the reader's model can't be used: {error}; reinstall hamdel") from None
        self.values: dict[str, Any] = header
        if header.get("features") != features_digest():
            raise ModelError(f"{path}: the reader's model was made for other features; reinstall hamdel")

    @staticmethod
    def _array(raw: npt.NDArray[np.uint8], start: int, place: dict[str, Any]) -> npt.NDArray[Any]:
        dtype = np.dtype(place["dtype"])
        first = start + place["at"]
        size = int(np.prod(place["shape"])) * dtype.itemsize
        if first + size > len(raw):
            raise ValueError("it is cut off")
        return raw[first : first + size].view(dtype).reshape(place["shape"])
