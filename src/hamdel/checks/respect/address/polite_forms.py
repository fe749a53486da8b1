"""«تو» forms to «شما» forms: کنی to کنید, بفرست to بفرستید, بهت to بهتون, شماره‌ات to شماره‌تون.

What stands before the ending stays as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from hamdel.checks.respect.address.mixing import COPULA, IMPERATIVE, VERB
from hamdel.checks.respect.address.possession import Possession
from hamdel.language.endings import silent_he
from hamdel.language.lexicon import Reading
from hamdel.language.plural_verbs import cut_letters, plural_form
from hamdel.language.sets import entries, table, word_set

__all__ = ["polite_form", "possessed_form"]

_WHOLE: Mapping[str, Sequence[str]] = table("familiar.polite")
#: How what is glued to the clitic goes on: «را» and «هم»; «ـه» is «است», and «ـم» after an adjective «هستم».
_TOO = " هم"
_OBJECT = [f" {mark}" for mark in entries("grammar.particle.object")]
_KEEP = word_set("familiar.form.keep")
_JOINED = "\u200c "
_GLIDE = re.compile(f"[{_JOINED}]ا(ت[ومه]?)$")
_PRONOUN = re.compile("ت([ومه]?)$")


def polite_form(
    form: str, norm: str, kind: str, formal: bool, lookup: Callable[[str], tuple[Reading, ...]]
) -> str | None:
    """Return what to write instead of a «تو» form that is no possessed noun; None when nobody can tell.

    Args:
        form: as it stands in the draft.
        norm: its matching key.
        kind: ``pronoun``, ``verb``, ``imperative`` or ``copula``.
        formal: formal («خودتان») or colloquial («خودتون») wording.
        lookup: the lexicon's readings of a matching key.
    """
    if norm in _WHOLE:
        return _WHOLE[norm][0 if formal else 1]
    if norm in _KEEP:
        return f"{form}ید"
    if kind in (VERB, IMPERATIVE):
        return plural_form(form, lookup, formal=formal)
    if kind == COPULA:
        return f"{form}د"
    glide = _GLIDE.search(form)
    found = _PRONOUN.search(norm)
    if not found:
        return None
    body = cut_letters(form, len(found[0]) + bool(glide))
    glued = {"": "", "و": _OBJECT[not formal], "م": _TOO, "ه": " است" if formal else "ه"}[found[1]]
    return body + _joiner(body, norm[: found.start()]) + _yours(formal) + glued


def possessed_form(form: str, found: Possession, *, formal: bool) -> str | None:
    """Return «حسابتون» for «حسابت»; None when nobody can tell where the noun ends, or what is glued to it.

    Args:
        form: as it stands in the draft.
        found: how it is read.
        formal: «حسابتان» rather than «حسابتون».
    """
    letters = found.ending
    if _GLIDE.search(form):
        letters = 2 + len(found.tail)
    elif not letters and re.search(f"[{_JOINED}]هات.?$", form):
        letters = 1 + len(found.tail)
    if not letters or (formal and found.tail == "م"):
        return None
    body = cut_letters(form, letters)
    glide = "ی" if formal and body[-1] in "او" and found.ending == 1 + len(found.tail) else ""
    # «ـتونم» is "yours, too" and "I am yours" as «ـتم» is.
    glued = {"": "", "و": _OBJECT[not formal], "م": "م", "ه": " است" if formal else "ه"}[found.tail]
    return body + _joiner(body, found.base) + glide + _yours(formal) + glued


def _yours(formal: bool) -> str:
    return "تان" if formal else "تون"


def _joiner(body: str, base: str) -> str:
    """A non-joiner after a silent «ه», unless something stands there already."""
    return "\u200c" if silent_he(base) and body[-1] not in _JOINED else ""
