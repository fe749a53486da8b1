"""A page for the browser, in a file that only its owner can read; the next one takes its place."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from contextlib import suppress
from pathlib import Path

from hamdel.base.resources import cache_dir
from hamdel.errors import InputError

__all__ = ["open_page"]

_FOLDER = "pages"


def open_page(page: str) -> tuple[Path, bool]:
    """Write a page (mode 0600, in hamdel's cache folder), remove the one before, and open it.

    The browser reads the file after this process has ended, so it can't be removed at once.

    Returns:
        the file, and whether a browser could be started.

    Raises:
        InputError: it can't be written.
    """
    folder = cache_dir() / _FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for earlier in folder.glob("check-*.html"):
            with suppress(OSError):
                earlier.unlink()
        place, name = tempfile.mkstemp(prefix="check-", suffix=".html", dir=folder)  # mkstemp gives 0600
        with os.fdopen(place, "w", encoding="utf-8", errors="replace") as file:
            file.write(page)
    except OSError as error:
        raise InputError(f"{folder}: can't be written: {(error.strerror or str(error)).lower()}") from error
    path = Path(name)
    try:
        return path, webbrowser.open(path.as_uri())
    except webbrowser.Error:
        return path, False
