"""The compiled kernel: a plain C library behind ctypes, which `hatch_build.py` makes where there is a compiler."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

__all__ = ["compiled"]


def compiled(name: str) -> Any:
    """Return a compiled function of ``_kernel.c``; None when there is none, or ``HAMDEL_KERNEL=0`` forbids it."""
    path = Path(__file__).parents[1] / "_kernel.so"
    if os.environ.get("HAMDEL_KERNEL") == "0" or not path.exists():
        return None
    try:
        return getattr(ctypes.CDLL(str(path)), name)
    except (OSError, AttributeError):  # built for another machine, or by an older hamdel
        return None
