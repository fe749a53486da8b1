"""«تو» forms to «شما» forms: کنی to کنید, بفرست to بفرستید, بهت to بهتون, شماره‌ات to شماره‌تون."""

from __future__ import annotations

import re
from collections.abc import Callable

from hamdel.checks.mixing import IMPERATIVE, VERB
from hamdel.language.lexicon import Reading
from hamdel.language.plural import plural_form

__all__ = ["polite_form"]

_WHOLE = {
    "تو": ("شما", "شما"),
    "ترا": ("شما را", "شما رو"),
    "تورو": ("شما را", "شما رو"),
    "خودتی": ("خودتان هستید", "خودتونید"),
    "بهت": ("به شما", "بهتون"),
    "ازت": ("از شما", "ازتون"),
    "باهات": ("با شما", "باهاتون"),
    "برات": ("برایتان", "براتون"),
    "واست": ("برایتان", "واستون"),
    "پیشت": ("پیش شما", "پیشتون"),
}
_LETTERS = str.maketrans("يىك", "ییک")
_CLITIC = re.compile("[\u200c ]?ا?ت(م|ه|و|)$")
#: What may be glued to the clitic: «هم», «است», «را».
_GLUED = {"": ("", ""), "م": (" هم", " هم"), "ه": (" است", "ه"), "و": (" را", " رو")}


def polite_form(
    form: str, norm: str, kind: str, formal: bool, lookup: Callable[[str], tuple[Reading, ...]]
) -> str | None:
    """Return what to write instead of a «تو» form; None when nobody can tell.

    Args:
        form: as it stands in the draft.
        norm: its matching key.
        kind: ``pronoun``, ``verb``, ``imperative`` or ``clitic``.
        formal: formal («خودتان») or colloquial («خودتون») wording.
        lookup: the lexicon's readings of a matching key.
    """
    if norm in _WHOLE:
        return _WHOLE[norm][0 if formal else 1]
    if kind in (VERB, IMPERATIVE):
        return plural_form(form, lookup, formal=formal)
    found = _CLITIC.search(form.translate(_LETTERS))
    if not found:
        return None
    stem = form.translate(_LETTERS)[: found.start()]
    joiner = "\u200c" if stem.endswith("ه") and kind == "clitic" else ""
    return stem + joiner + ("تان" if formal else "تون") + _GLUED[found[1]][0 if formal else 1]
