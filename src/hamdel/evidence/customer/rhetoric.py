"""Questions that ask for nothing: «این چه وضعشه؟», «چند بار باید پیگیری کنم؟», «مگه نگفتید امروز؟»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from hamdel.language.fold import key
from hamdel.language.sets import entries, word_set
from hamdel.language.words import Word

__all__ = ["asks_who", "is_rhetorical"]

_SHOUTED = 2  # question marks in a row from which «من تحویل نگرفتم؟؟؟» protests


@cache
def _named(name: str) -> frozenset[str]:
    return frozenset(map(key, entries(f"rhetorical.{name}")))


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Return what finds one of a list's phrases in a line of matching keys; non-joiners count as spaces or nothing."""
    listed = entries(f"rhetorical.{name}")
    spaced = sorted({key(phrase.replace("\u200c", " ")).replace(" ", " ?") for phrase in listed}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")


def is_rhetorical(words: Sequence[Word], marks: str) -> bool:
    """Tell whether a sentence with the shape of a question is a complaint.

    Args:
        words: the sentence.
        marks: its question and exclamation marks.
    """
    if "!" in marks:
        return True
    norms = [word.norm for word in words]
    said = frozenset(norms)
    if "چرا" in said and said & _named("neglect"):
        return True
    if any(norm in _named("reproaches") and after != "اینکه" for norm, after in _pairs(norms)):
        return True
    line = " ".join(norms)
    if _phrases("exclamations").search(line) or _counts_in_vain(words, line):
        return True
    return _protests(words, norms) or _recalls(words)


def _recalls(words: Sequence[Word]) -> bool:
    """«من کی درخواست دادم», «چند ساله مشترکم»: what one did, or for how long, is nothing that others know better."""
    for word, after in pairwise(words):
        if word.norm == "چند" and after.norm in _named("spans"):
            return not any(other.asks for other in words)
        if word.norm == "کی" and any(other.person == 1 and "Tense=Past" in other.feats for other in words):
            return True
    return False


def _counts_in_vain(words: Iterable[Word], line: str) -> bool:
    """«چند بار باید زنگ بزنم؟»; «چند بار زنگ زدم» as well, which asks nothing."""
    if not _phrases("counts").search(line):
        return False
    words = list(words)
    mine = any(word.person == 1 and word.finite for word in words)
    tried = any(word.norm in _named("efforts") or word.lemma in _named("efforts") for word in words)
    return mine and tried and not any(word.lemma == "توانستن" for word in words)


def _protests(words: Sequence[Word], norms: Sequence[str]) -> bool:
    """«من تحویل نگرفتم؟؟؟»: nobody asks others what they did themselves, in several marks."""
    marks = sum(norm.count("؟") + norm.count("?") for norm in norms)
    mine = any(word.person == 1 and "Tense=Past" in word.feats for word in words)
    return marks > _SHOUTED and mine


def asks_who(words: Sequence[Word]) -> bool:
    """Tell «کی گرفته؟», «به کی بدم؟» from «کی می‌رسه؟»."""
    for i, word in enumerate(words):
        if word.norm != "کی":
            continue
        after = words[i + 1] if i + 1 < len(words) else None
        if i and words[i - 1].norm in _named("who_before"):
            return True
        if after is None:
            continue
        if after.norm in _named("who_after") or (_is_deed(after) and not _has_subject(words[:i])):
            return True
    return False


def _is_deed(word: Word) -> bool:
    """«گرفته», «برداشت»: done already, by somebody."""
    past = word.predicate and "Tense=Past" in word.feats and word.person in (0, 3)
    return past and word.lemma not in word_set("grammar.verb.happening")


def _has_subject(words: Sequence[Word]) -> bool:
    """A noun before «کی» that may be what happened: «بسته کی رسیده؟»."""
    return any(word.pos in ("NOUN", "PRON") for word in words)


def _pairs(norms: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip(norms, [*norms[1:], ""], strict=True)
