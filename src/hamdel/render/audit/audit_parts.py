"""What `hamdel audit --part` shows when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hamdel.model import Lang
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["part_done"]

_TEXTS = {
    Lang.FA: {
        "done": "بخش {part} آماده است: {path}",
        "merge": "وقتی همهٔ بخش‌ها آماده شد: {command}",
    },
    Lang.EN: {
        "done": "Part {part} is ready: {path}",
        "merge": "When all parts are: {command}",
    },
}


def part_done(path: Path, part: str, lang: Lang) -> Iterator[Line]:
    """Yield where a part is and how parts become one audit.

    Args:
        path: its folder.
        part: as ``3/20``.
        lang: the language.
    """
    texts = _TEXTS[lang]
    yield isolated(Piece(texts["done"].format(part=ltr(part), path=ltr(visible(str(path))))))
    yield isolated(Piece(texts["merge"].format(command=ltr("hamdel audit merge FOLDER… --out FOLDER")), Role.QUIET))
