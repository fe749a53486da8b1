"""Advice on packages for the way in which hamdel was installed: pip doesn't reach an environment that pipx made."""

from __future__ import annotations

import re
import sys
from pathlib import Path

__all__ = ["as_installed"]

_EXTRA = re.compile(r"pip install '(hamdel\[\w+\])'")
_AGAIN = re.compile(r"pip install (?:--[\w-]+ )+hamdel(?![\w\[-])")
#: What pipx writes into each environment that it makes. Source: pipx's ``pipx_metadata_file.py``.
_MADE_BY_PIPX = "pipx_metadata.json"


def as_installed(advice: str) -> str:
    """Return a line with its ``pip install`` commands as they work here.

    Args:
        advice: a line in any language; returned as it is where pip installed hamdel.
    """
    if "pip install" not in advice or not (Path(sys.prefix) / _MADE_BY_PIPX).is_file():
        return advice
    # Double quotes, for cmd.exe knows no others, and Windows is where pipx is advised most.
    return _AGAIN.sub("pipx reinstall hamdel", _EXTRA.sub(r'pipx runpip hamdel install "\1"', advice))
