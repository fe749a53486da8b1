"""«تو» forms to «شما» forms: کنی to کنید, بفرست to بفرستید, بهت to بهتون."""

from __future__ import annotations

import re

__all__ = ["polite_form"]

_WHOLE = {
    "تو": ("شما", "شما"),
    "تورو": ("شما را", "شما رو"),
    "خودتی": ("خودتان هستید", "خودتونید"),
    "برو": ("بروید", "برید"),
    "نرو": ("نروید", "نرید"),
    "بگو": ("بگویید", "بگید"),
    "نگو": ("نگویید", "نگید"),
    "بده": ("بدهید", "بدید"),
    "نده": ("ندهید", "ندید"),
    "بیا": ("بیایید", "بیاید"),
    "نیا": ("نیایید", "نیاید"),
    "شو": ("شوید", "شید"),
    "بشو": ("بشوید", "بشید"),
    "نشو": ("نشوید", "نشید"),
}
_LETTERS = str.maketrans("يىك", "ییک")
_OBJECT = re.compile("^(.+ی)(شون|ش|م)$")
#: Commands whose stem ends in ش, which is no «ـش» of an object.
_ENDING_IN_SH = ("باش", "کش", "پوش", "فروش", "خش", "نوش", "کوش", "تراش", "پاش", "جوش")
_POSSESSIVE = re.compile("[\u200c ]?ا?ت$")


def _verb(form: str) -> str:
    """Return the 2pl form of a regular 2sg form («می تونی» to «می تونید», «نگرفتیش» to «نگرفتیدش»)."""
    if form.endswith("ی"):
        return form + "د"
    with_object = _OBJECT.match(form)
    return f"{with_object[1]}د{with_object[2]}" if with_object else form


def _command(form: str) -> str:
    """Return the 2pl form of a command («بفرست» to «بفرستید», «بفرستش» to «بفرستیدش»)."""
    if form.endswith("ش") and not form.endswith(_ENDING_IN_SH):
        return form[:-1] + "یدش"
    return form + "ید"


def polite_form(form: str, norm: str, kind: str, formal: bool) -> str:
    """Return what to write instead of a «تو» form.

    Args:
        form: as it stands in the draft.
        norm: its matching key.
        kind: ``pronoun``, ``verb``, ``imperative`` or ``clitic``.
        formal: formal («خودتان») or colloquial («خودتون») wording.
    """
    form = form.translate(_LETTERS)
    if norm in _WHOLE:
        return _WHOLE[norm][0 if formal else 1]
    if kind == "verb":
        return _verb(form)
    if kind == "imperative":
        return _command(form)
    if not norm.endswith("ت"):
        return form
    stem = _POSSESSIVE.sub("", form)
    joiner = "\u200c" if stem.endswith("ه") and kind == "clitic" else ""
    return stem + joiner + ("تان" if formal else "تون")
