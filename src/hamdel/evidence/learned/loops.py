"""The loops of the learned reader that are compiled, where they are.

``HAMDEL_KERNEL=0`` uses numpy instead (`hamdel.evidence.learned.network`), as a machine without a C compiler does; both
give the same numbers but for rounding.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any, NamedTuple

from hamdel.base.native import compiled

__all__ = ["available", "functions"]


class _Functions(NamedTuple):
    learn: Any
    sentences: Any
    reply: Any
    layer: Any


@cache
def functions() -> Any:
    """Return the loops (`_Functions`); None where nothing is compiled."""
    pointer, size = ctypes.c_void_p, ctypes.c_int64
    signatures = {
        "hamdel_learn_word": [pointer, pointer, pointer, size, ctypes.c_char_p, size, size, ctypes.c_double],
        "hamdel_read_sentences": [pointer, pointer, pointer, pointer, size, pointer],
        "hamdel_read_reply": [*[pointer] * 5, size, size, pointer, size, pointer],
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
    return functions() is not None
