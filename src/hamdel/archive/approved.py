"""Templates that a team has approved: using them is policy, not copying."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hamdel.base.text_files import read_text
from hamdel.errors import InputError

if TYPE_CHECKING:
    from hamdel.archive.tail import Tail

__all__ = ["Approved"]

_SLOT = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}|\[[^\[\]\n]{1,40}\]|<[^<>\n]{1,40}>|_{3,}|\.{4,}|…{2,}")
_ENDINGS = frozenset((".txt", ".md", ".text"))


class Approved:
    """Approved templates, read when the first draft is compared.

    Args:
        places: files with one template each, and folders with such files. In a template, ``{name}``, ``[نام]``,
            ``<name>`` and ``____`` stand for anything.
    """

    def __init__(self, places: Iterable[Path]) -> None:
        self._places = tuple(places)

    @cached_property
    def _tail(self) -> Tail:
        from hamdel.archive.alphabet import encode  # here, for most teams have no templates
        from hamdel.archive.tail import Tail
        from hamdel.masking.mask import mask_layout

        tail = Tail()
        files = [file for place in self._places for file in _files(place)]
        for number, file in enumerate(files):
            layout = mask_layout(_SLOT.sub("0", read_text(file)))
            if layout:
                tail.add(number, encode(layout))
        return tail

    def has_text(self, masked: str, cutoff: float) -> bool:
        """Return whether a template scores at least ``cutoff``.

        Raises:
            InputError: a template can't be read.
        """
        return bool(self._places) and bool(self._tail.texts(masked, cutoff))

    def has_sentence(self, masked: str, cutoff: float) -> bool:
        """Return whether a sentence of a template scores at least ``cutoff``; see `has_text`."""
        return bool(self._places) and bool(self._tail.sentences(masked, cutoff))


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    try:
        named = (path for path in place.rglob("*") if path.suffix.lower() in _ENDINGS)
        return sorted(path for path in named if not path.is_dir())
    except OSError as error:
        raise InputError(f"{place}: approved templates can't be read: {error.strerror or error}") from error
