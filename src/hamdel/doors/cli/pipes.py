"""Standard output for a protocol alone: nothing else that prints can get into it."""

from __future__ import annotations

import io
import os
import sys

from hamdel.errors import InputError

__all__ = ["take_stdin", "take_stdout"]


def take_stdout() -> io.FileIO:
    """Return standard output for a protocol's own use; whatever else prints goes to standard error from now on."""
    sys.stdout.flush()
    ours = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # C libraries print too
    sys.stdout = sys.stderr
    return io.FileIO(ours, "wb")


def take_stdin() -> io.FileIO:
    """Return standard input for a protocol's own use; whatever else reads finds nothing.

    Raises:
        InputError: it is closed.
    """
    if sys.stdin is None:
        raise InputError("standard input is closed; another program has to start this one")
    ours = os.dup(sys.stdin.fileno())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    return io.FileIO(ours, "rb")
