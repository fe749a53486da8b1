"""What every command around audits begins with: the packages that it needs, and what it says when it is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import typer

from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.screen import complain
from hamdel.errors import InputError

__all__ = ["interruptible", "require_packages"]

_NEEDED = ("polars", "ijson", "fastexcel")
_GO_ON = "stopped; what was done is kept: the same command with --resume goes on"


def require_packages() -> None:
    """Refuse to audit without the packages that it needs.

    Raises:
        InputError: one isn't there.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(f"an audit needs {' and '.join(missing)}; pip install 'hamdel[audit]'")


@contextmanager
def interruptible(hint: str = _GO_ON) -> Iterator[None]:
    """Say how to go on when somebody presses Ctrl-C.

    Args:
        hint: what is said.
    """
    try:
        yield
    except KeyboardInterrupt:
        complain(hint)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
