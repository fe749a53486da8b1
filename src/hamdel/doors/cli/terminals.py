"""Which terminals show Persian so that it can be read, by what they say of themselves in the environment.

Source: seen in each of them (VTE 0.70, Konsole 22.12, mlterm 3.9, xterm 379, kitty 0.26); for Windows, its terminal's
own issue 17904.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

__all__ = ["Reading", "reads_persian"]


class Reading(Enum):
    """How a terminal shows a Persian line."""

    RIGHT = "right"
    REVERSED = "reversed"  # or its words from left to right
    UNKNOWN = "unknown"


_RIGHT = {"VTE_VERSION": "VTE", "KONSOLE_VERSION": "Konsole", "MLTERM": "mlterm"}
_REVERSED = {
    "WT_SESSION": "Windows Terminal",
    "KITTY_WINDOW_ID": "kitty",
    "ALACRITTY_WINDOW_ID": "Alacritty",
    "XTERM_VERSION": "xterm",
}


def reads_persian(env: Mapping[str, str], platform: str) -> tuple[str, Reading]:
    """Return a terminal's name, and how it shows Persian.

    Args:
        env: the environment.
        platform: as `sys.platform` has it.
    """
    for known, reading in ((_REVERSED, Reading.REVERSED), (_RIGHT, Reading.RIGHT)):
        for variable, name in known.items():
            if env.get(variable):
                return name, reading
    term = env.get("TERM", "")
    if platform == "win32":
        return "Windows", Reading.REVERSED
    return term or "?", Reading.REVERSED if term == "linux" else Reading.UNKNOWN
