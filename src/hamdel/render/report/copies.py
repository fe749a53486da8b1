"""What a draft repeats: how alike, how often sent before, what is copied and what is its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hamdel.model import Lang
from hamdel.model.history import Copy
from hamdel.render.text.bidi import visible
from hamdel.render.text.dates import period
from hamdel.render.text.figures import percent, whole
from hamdel.render.text.paragraph import wrapped
from hamdel.render.text.pieces import Line, Role

__all__ = ["copy_lines", "to_dict"]

_TEXTS = {
    Lang.FA: {
        "likeness": "شباهت {score} با پاسخی که {n} بار فرستاده شده است{when}",
        "once": "شباهت {score} با پاسخی که یک بار فرستاده شده است{when}",
        "when": " ({period})",
        "copied": "رونوشت: {parts}",
        "own": "از خود این پاسخ ({share} واژه‌ها): {parts}",
        "nothing": "واژه‌ای که فقط از این پاسخ باشد ندارد.",
        "quoted": "«{text}»",
        "between": " … ",
    },
    Lang.EN: {
        "likeness": "{score} like a reply that was sent {n} times{when}",
        "once": "{score} like a reply that was sent once{when}",
        "when": " ({period})",
        "copied": "Copied: {parts}",
        "own": "Its own ({share} of the words): {parts}",
        "nothing": "No word is its own.",
        "quoted": "“{text}”",
        "between": " … ",
    },
}
_LONGEST = 160  # characters of what is copied or own that are shown


def copy_lines(copy: Copy, draft: str, lang: Lang, width: int | None) -> Iterator[Line]:
    """Yield what is known about a copy, in a few quiet lines.

    Args:
        copy: what to show.
        draft: the raw draft that its spans point into.
        lang: the language.
        width: of the terminal; None for a pipe.
    """
    texts = _TEXTS[lang]
    if copy.count:
        when = texts["when"].format(period=period(copy.first, copy.last, lang)) if copy.last else ""
        score = percent(copy.score / 100, lang)
        likeness = texts["once" if copy.count == 1 else "likeness"]
        yield from wrapped(likeness.format(score=score, n=whole(copy.count, lang), when=when), width, Role.QUIET)
    if copy.copied:
        yield from wrapped(texts["copied"].format(parts=_parts(copy.copied, draft, texts)), width, Role.QUIET)
    if not copy.own:
        yield from wrapped(texts["nothing"], width, Role.QUIET)
        return
    own = texts["own"].format(share=percent(copy.own_share, lang), parts=_parts(copy.own, draft, texts))
    yield from wrapped(own, width, Role.QUIET)


def _parts(spans: Iterable[tuple[int, int]], draft: str, texts: dict[str, str]) -> str:
    joined = texts["between"].join(visible(draft[start:end]) for start, end in spans)
    short = joined if len(joined) <= _LONGEST else joined[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return texts["quoted"].format(text=short)


def to_dict(copy: Copy | None) -> dict[str, object] | None:
    """Return a copy as plain values, for JSON."""
    if copy is None:
        return None
    return {
        "score": copy.score,
        "reply": copy.reply,
        "count": copy.count,
        "first": copy.first or None,
        "last": copy.last or None,
        "same_customer": copy.same_customer,
        "copied": [{"start": start, "end": end} for start, end in copy.copied],
        "own": [{"start": start, "end": end} for start, end in copy.own],
        "own_share": copy.own_share,
    }
