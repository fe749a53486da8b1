"""From «تو» to «شما»: the second person plural of a singular verb form, in the spelling of the draft.

The plural of nearly every form is the singular and a «د» («کنی»: «کنید»). Commands have none of their own: theirs is
the subjunctive's, whose stem may differ («بگو»: «بگویید», colloquial «بگید»), so candidates are made and the lexicon
says which of them is a plural of the same verb. Whole words only: «کنی» is how «کنید» and «کنین» begin, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.sets import entries

__all__ = ["cut_letters", "plural_form", "with_ending"]

_Lookup = Callable[[str], tuple[Reading, ...]]

_SINGULAR = ("Number=Sing", "Person=2")
_PLURAL = ("Number=Plur", "Person=2")
#: Pronouns of an object that a verb takes along («نگرفتیش», «بفرستشون»), longest first.
_OBJECTS = entries("grammar.ending.objects")
#: How a command's plural may be made, as (letters cut, ending): as in speech, and as in writing.
#: In Python, for the order and the letters that are cut are a rule, not a list of words.
_PLURAL_ENDINGS = (
    ((1, "ید"), (0, "ید"), (0, "یید")),
    ((0, "یید"), (0, "ید"), (1, "ید")),
)


def plural_form(raw: str, lookup: _Lookup, *, formal: bool) -> str | None:
    """Return the second person plural of a verb form, or None when it isn't known to be a singular one.

    Args:
        raw: the form as it is typed; its spelling is kept («می تونی»: «می تونید»).
        lookup: the readings of a matching key, the likeliest first.
        formal: «بروید» rather than «برید», where both are in use.
    """
    form = key(raw).replace(" ", "")
    for stem, tail in _parts(form):
        singular = next((reading for reading in lookup(stem) if _has(reading, *_SINGULAR)), None)
        if singular is not None:
            change = _change(stem, singular, lookup, formal)
            return _respell(raw, tail, *change) if change else None
    return None


def _parts(form: str) -> Iterator[tuple[str, str]]:
    """Yield the form itself, then what is left of it when an object is taken off."""
    yield form, ""
    for tail in _OBJECTS:
        if form.endswith(tail) and len(form) > len(tail) + 1:
            yield form[: -len(tail)], tail


def _has(reading: Reading, *feats: str) -> bool:
    have = reading.feats.split("|")
    return all(feat in have for feat in feats)


def _change(stem: str, singular: Reading, lookup: _Lookup, formal: bool) -> tuple[int, str] | None:
    """Return how many letters of a singular form go, and what comes instead."""
    if "Mood=Imp" not in singular.feats:
        return (1, "ید") if stem.endswith("ی") else None
    for cut, ending in _PLURAL_ENDINGS[formal]:
        candidate = stem[: len(stem) - cut] + ending
        if any(reading.lemma == singular.lemma and _is_plural(reading, singular) for reading in lookup(candidate)):
            return cut, ending
    return None


def _is_plural(reading: Reading, singular: Reading) -> bool:
    """Whether a reading is the plural of a command: a subjunctive of the same polarity."""
    same = ("Polarity=Neg" in reading.feats) == ("Polarity=Neg" in singular.feats)
    return same and "Mood=Sub" in reading.feats and _has(reading, *_PLURAL)


def _respell(raw: str, tail: str, cut: int, ending: str) -> str:
    """Return ``raw`` with a new ending before the object, if it has one; what is typed before both stays."""
    body, rest = _split(raw, len(tail))
    return with_ending(body, cut, ending) + rest


def with_ending(raw: str, cut: int, ending: str) -> str:
    """Return ``raw`` without its last ``cut`` letters (and what is invisible after them), with ``ending`` instead."""
    return _split(raw, cut)[0] + ending


def cut_letters(raw: str, letters: int) -> str:
    """Return ``raw`` without its last ``letters`` letters; marks and joiners count as none."""
    at = len(raw)
    while letters and at:
        at -= 1
        letters -= len(key(raw[at]).strip())
    return raw[:at]


def _split(raw: str, letters: int) -> tuple[str, str]:
    """Cut ``raw`` before its last ``letters`` letters, and drop what is invisible at the cut."""
    body = cut_letters(raw, letters)
    rest = raw[len(body) :]
    while body and not key(body[-1]):
        body = body[:-1]
    return body, rest
