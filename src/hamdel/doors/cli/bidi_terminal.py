"""Which terminal this is, and what it does with text from right to left.

What somebody set (``--bidi``, ``HAMDEL_BIDI``) wins; then the environment; then the terminal itself is asked, for at
most 150 ms. A terminal that nobody knows gets what one that orders words itself gets.

Sources: "BiDi in Terminal Emulators" (Egmont Koblinger) for mode 2501; DECRQM (VT510); XTVERSION (xterm).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from time import monotonic
from typing import TextIO

from hamdel.errors import ConfigError
from hamdel.render.text.directed import Way

__all__ = ["VARIABLE", "Bidi", "choose", "chosen", "turned", "way"]

VARIABLE = "HAMDEL_BIDI"
_PATIENCE = 0.15  # seconds
_ASK = b"\x1b[?2501$p\x1b[8$p\x1b[>q\x1b[c"  # the last is what every terminal answers
_END = re.compile(rb"\x1b\[\?[\d;]*c")
_MOST = 4096  # bytes of an answer
_TURN, _RETURN = "\x1b[?2501h", "\x1b[?2501l"


class Bidi(StrEnum):
    AUTO = "auto"
    TERMINAL = "terminal"
    VISUAL = "visual"
    OFF = "off"


#: What names of programs mean, as they stand in the environment or in a terminal's answer; the first that fits.
_NAMES = (
    ("mintty", Way.TURNED),
    ("vte", Way.TURNED),
    ("kitty", Way.WORDS),
    ("konsole", Way.ISOLATED),
    ("mlterm", Way.BARE),
    ("apple_terminal", Way.ISOLATED),
    ("xterm(", Way.CELLS),
    ("alacritty", Way.CELLS),
    ("foot", Way.CELLS),
    ("ghostty", Way.CELLS),
    ("wezterm", Way.CELLS),
    ("vscode", Way.CELLS),
    ("windows terminal", Way.CELLS),
)
#: Variables by which terminals are known, and whose they are.
_VARIABLES = (
    ("KONSOLE_VERSION", "konsole"),
    ("VTE_VERSION", "vte"),
    ("KITTY_WINDOW_ID", "kitty"),
    ("MLTERM", "mlterm"),
    ("ALACRITTY_WINDOW_ID", "alacritty"),
    ("XTERM_VERSION", "xterm("),
)
#: Asked last, for what is started in Windows Terminal has it, too: another terminal of WSL's, mintty, an editor's.
_INHERITED = (("WT_SESSION", "windows terminal"),)
_asked_for: list[Bidi] = []


def choose(value: Bidi | None) -> None:
    """Note what the command line says; it wins over the environment."""
    _asked_for[:] = [value] if value else []


def chosen(env: Mapping[str, str] | None = None) -> Bidi:
    """What somebody set.

    Raises:
        ConfigError: the variable has a value that doesn't exist.
    """
    if _asked_for:
        return _asked_for[0]
    value = (os.environ if env is None else env).get(VARIABLE, "").strip().lower()
    try:
        return Bidi(value) if value else Bidi.AUTO
    except ValueError as error:
        raise ConfigError(f'{VARIABLE}: "{value}" is not one of {", ".join(Bidi)}') from error


def way(env: Mapping[str, str] | None = None) -> Way:
    """How lines are to reach this terminal.

    Args:
        env: the environment; ``os.environ`` by default.

    Raises:
        ConfigError: ``HAMDEL_BIDI`` has a value that doesn't exist.
    """
    env = os.environ if env is None else env
    wanted = chosen(env)
    if wanted is Bidi.OFF or (wanted is Bidi.AUTO and env.get("TERM") == "dumb"):
        return Way.PLAIN
    if wanted is Bidi.VISUAL:
        return Way.CELLS
    known = _known(env)
    if wanted is Bidi.TERMINAL:
        return known if known in (Way.TURNED, Way.BARE) else Way.ISOLATED
    return known or Way.ISOLATED


def _known(env: Mapping[str, str]) -> Way | None:
    """The way of the terminal, from the environment where that tells, else from its own answer."""
    if "TMUX" in env:
        outside = _named(_outside_tmux()) or _from_variables(env, (*_VARIABLES, *_INHERITED))
        return Way.ISOLATED if outside is Way.TURNED else outside  # tmux keeps what asks it to turn to itself
    by_name = _named(f"{env.get('TERM_PROGRAM', '')} {env.get('TERM', '')}")
    if env.get("TERM") == "linux":
        return Way.CELLS
    found = _from_variables(env) or by_name or _from_variables(env, _INHERITED)
    found = found or (Way.CELLS if sys.platform == "win32" else None)  # conhost, and what draws as it does
    return found or _from_answer(_answer())


def _named(text: str) -> Way | None:
    low = text.lower()
    return next((kind for name, kind in _NAMES if name in low), None)


def _from_variables(env: Mapping[str, str], known: Sequence[tuple[str, str]] = _VARIABLES) -> Way | None:
    return next((_named(name) for variable, name in known if env.get(variable)), None)


def _outside_tmux() -> str:
    """What tmux knows of the terminal around it; nothing when it doesn't say."""
    import subprocess  # here, for only tmux needs it

    with suppress(OSError, subprocess.SubprocessError):
        asked = ["tmux", "display-message", "-p", "#{client_termtype} #{client_termname}"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        return done.stdout
    return ""


def _from_answer(answer: bytes) -> Way | None:
    """What a terminal says of itself: its name, or that it knows the modes of text from right to left."""
    name = re.search(rb"\x1bP>\|([^\x1b]*)", answer)
    if name and (found := _named(name[1].decode("ascii", "replace"))):
        return found
    if re.search(rb"\x1b\[\?2501;[1-4]\$y", answer):
        return Way.TURNED
    return Way.ISOLATED if re.search(rb"\x1b\[8;[1-4]\$y", answer) else None


def _answer() -> bytes:
    """Ask the terminal; what it says comes by the terminal itself, for standard input may be a draft."""
    try:
        import termios
        import tty
    except ImportError:  # Windows, where nothing needs to be asked
        return b""
    try:
        place = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return b""
    try:
        before = termios.tcgetattr(place)
        try:
            tty.setcbreak(place, termios.TCSANOW)
            os.write(place, _ASK)
            return _read(place)
        finally:
            termios.tcsetattr(place, termios.TCSADRAIN, before)
    except (OSError, termios.error):  # it went away, or we are in the background
        return b""
    finally:
        os.close(place)


def _read(place: int) -> bytes:
    """Read until the end mark, or until patience ends."""
    import select

    answer, until = b"", monotonic() + _PATIENCE
    while not _END.search(answer) and len(answer) < _MOST:
        left = until - monotonic()
        if left <= 0 or not select.select([place], [], [], left)[0]:
            break
        answer += os.read(place, _MOST)
    return answer


@contextmanager
def turned(kind: Way, stream: TextIO | None = None) -> Iterator[None]:
    """Have the terminal turn lines while something is printed; whatever happens, it is turned back.

    Args:
        kind: of the terminal.
        stream: that leads to it; standard output by default.
    """
    stream = stream or sys.stdout
    if kind is not Way.TURNED:
        yield
        return
    stream.write(_TURN)
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            stream.write(_RETURN)
            stream.flush()
