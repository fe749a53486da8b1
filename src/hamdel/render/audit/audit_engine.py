"""What `hamdel audit --engine spark` shows when it begins."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.model import Lang
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["spark_begins"]

_TEXTS = {
    Lang.FA: {"on": "Spark روی {master}", "here": "Spark روی همین رایانه ({master})؛ برای خوشه: {option}"},
    Lang.EN: {"on": "Spark on {master}", "here": "Spark on this machine ({master}); for a cluster: {option}"},
}


def spark_begins(master: str, lang: Lang, *, given: bool) -> Iterator[Line]:
    """Yield where Spark runs.

    Args:
        master: Spark's master URL.
        lang: the language.
        given: whether somebody named it.
    """
    text = _TEXTS[lang]["on" if given else "here"]
    yield isolated(Piece(text.format(master=ltr(visible(master)), option=ltr("--master URL")), Role.QUIET))
