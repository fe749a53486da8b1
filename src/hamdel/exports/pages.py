"""Exports as pages to be read, which Instagram, Messenger and Telegram make where nobody chooses another format."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hamdel.errors import InputError

__all__ = ["refuse_pages"]

_PAGE = re.compile(r".+\.html?", re.IGNORECASE)


def refuse_pages(name: str, files: Iterable[str]) -> None:
    """Say what to do about an export that is pages.

    Args:
        name: of the export, as errors show it.
        files: the names of its files.

    Raises:
        InputError: there are pages among them.
    """
    if any(map(_PAGE.fullmatch, files)):
        raise InputError(
            f"{name}: this is a page to be read; export once more, and choose JSON where the program asks for the "
            "format (Instagram, Telegram and Messenger do)"
        )
