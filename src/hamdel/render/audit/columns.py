"""Which column of an export was taken for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hamdel.model import Lang
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["columns"]

_TEXTS = {
    Lang.FA: {
        "missing": "این ستون‌ها پیدا نشد: {columns} (با {options} نامشان را بدهید)",
        "preset": "خروجی {name} شناخته شد.",
        "reply": "پاسخ",
        "agent": "کارشناس",
        "customer": "شناسهٔ مشتری",
        "time": "زمان",
        "channel": "کانال",
        "message": "پیام مشتری",
        "id": "شناسه",
        "thread": "گفتگو",
        "turn": "نوبت",
        "csat": "رضایت",
        "outcome": "پیامد",
        "comma": "، ",
    },
    Lang.EN: {
        "missing": "No column for {columns} (name them with {options})",
        "preset": "An export of {name}.",
        "reply": "reply",
        "agent": "agent",
        "customer": "customer id",
        "time": "time",
        "channel": "channel",
        "message": "customer's message",
        "id": "id",
        "thread": "thread",
        "turn": "turn",
        "csat": "CSAT",
        "outcome": "outcome",
        "comma": ", ",
    },
}


def columns(
    chosen: Mapping[str, str], wanted: Mapping[str, str], lang: Lang, preset: str | None = None
) -> Iterator[Line]:
    """Yield which program exported a table, which column was taken for what, and for what there is none.

    Args:
        chosen: the column's name for each role that has one.
        wanted: the option for each role whose absence is worth a word.
        lang: the language.
        preset: the program, when it is known; what it doesn't export needn't be missed.
    """
    texts = _TEXTS[lang]
    taken = [Piece(f"{texts[role.partition(':')[0]]} ← {_isolated_text(column)}") for role, column in chosen.items()]
    if preset:
        yield isolated(Piece(texts["preset"].format(name=ltr(preset))))
    pieces = [piece for one in taken for piece in (Piece(texts["comma"]), one)]
    yield isolated(*pieces[1:])
    missing = [role for role in wanted if role not in chosen and not preset]
    if missing:
        names = texts["comma"].join(texts[role] for role in missing)
        options = ltr(" ".join(f"--{wanted[role]}" for role in missing))
        yield isolated(Piece(texts["missing"].format(columns=names, options=options), Role.QUIET))


def _isolated_text(text: str) -> str:
    """A foreign text inside a line, with a direction of its own."""
    return "".join(piece.text for piece in isolated(Piece(f"«{visible(text)}»")))
