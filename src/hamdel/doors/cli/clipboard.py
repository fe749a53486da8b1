"""The clipboard, through the program that each desktop has for it; none of them is asked to be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from hamdel.base.decoding import decode
from hamdel.errors import InputError

__all__ = ["clipboard_text", "fill_clipboard"]

_PATIENCE = 10  # seconds; a clipboard whose owner hangs never answers
_POWERSHELL = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command")
_Programs = dict[str, tuple[tuple[str, ...], ...]]
#: Windows' console would take Persian for the letters of another code page, so UTF-8 goes both ways by hand.
_GET = (
    "$s = [Console]::OpenStandardOutput(); $b = [Text.Encoding]::UTF8.GetBytes((Get-Clipboard -Raw)); "
    "$s.Write($b, 0, $b.Length)"
)
_READERS: _Programs = {
    "wayland": (("wl-paste", "--no-newline", "--type", "text"),),
    "x11": (
        ("xclip", "-selection", "clipboard", "-out", "-target", "UTF8_STRING"),
        ("xsel", "--clipboard", "--output"),
    ),
    "mac": (("pbpaste",),),
    "windows": ((*_POWERSHELL, _GET),),
}
_WRITERS: _Programs = {
    "wayland": (("wl-copy", "--type", "text/plain;charset=utf-8"),),
    "x11": (("xclip", "-selection", "clipboard", "-in"), ("xsel", "--clipboard", "--input")),
    "mac": (("pbcopy",),),
    "windows": (("clip.exe",),),
}


def clipboard_text() -> str:
    """Return the text that the clipboard holds.

    Raises:
        InputError: there is no clipboard, or it holds no text.
    """
    command = _found(_READERS)
    done = _run(command)
    if done.returncode:
        raise InputError(f"the clipboard holds no text ({command[0]}); copy a reply first, or name a file")
    text = decode(done.stdout, "the clipboard")
    return text.replace("\r\n", "\n") if command[0] == _POWERSHELL[0] else text


def fill_clipboard(text: str) -> None:
    """Put a text into the clipboard.

    Args:
        text: the text.

    Raises:
        InputError: there is no clipboard, or it doesn't take the text.
    """
    command = _found(_WRITERS)
    wide = command[0] == "clip.exe"  # which takes UTF-16 with a mark, and bytes of the console's code page else
    if _run(command, text.encode("utf-16" if wide else "utf-8", "replace"), quiet=True).returncode:
        raise InputError(f"the clipboard doesn't take the text ({command[0]}); leave --clipboard out to see it")


def _found(commands: _Programs) -> tuple[str, ...]:
    """The first program that is there, in the order of what this desktop is."""
    for system in _systems():
        for command in commands[system]:
            if shutil.which(command[0]):
                return command
    raise InputError(
        "no clipboard here: it needs wl-clipboard (Wayland), xclip or xsel (X11), or macOS or Windows; "
        "name a file or pipe the text in"
    )


def _systems() -> list[str]:
    if sys.platform == "win32":
        return ["windows"]
    if sys.platform == "darwin":
        return ["mac"]
    desktops = [("wayland", "WAYLAND_DISPLAY"), ("x11", "DISPLAY")]
    there = [name for name, variable in desktops if os.environ.get(variable)]
    return [*there, "windows"]  # in WSL Windows' programs are there, too


def _run(command: tuple[str, ...], data: bytes = b"", *, quiet: bool = False) -> subprocess.CompletedProcess[bytes]:
    """Run a program.

    Args:
        command: it and its arguments.
        data: its input.
        quiet: drop its output; the writers on X11 go on in the background, with whatever they were given.
    """
    output = subprocess.DEVNULL if quiet else subprocess.PIPE
    try:
        return subprocess.run(
            command, input=data, stdout=output, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"{command[0]} can't reach the clipboard; name a file or pipe the text in") from error
