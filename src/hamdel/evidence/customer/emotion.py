"""Which emotion the customer says."""

from __future__ import annotations

from collections.abc import Iterable

from hamdel.evidence.phrases import PhraseHit
from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.words import Word
from hamdel.model import Emotion

__all__ = ["NEGATIVE", "read_emotion"]

#: When several are said, the one that needs an answer first wins.
_ORDER = (Emotion.ANGER, Emotion.WORRY, Emotion.DISAPPOINTMENT, Emotion.CONFUSION, Emotion.THANKS)
_CONTACTS = word_set("matters.contact.words")
_TIMES = word_set("times.repeated") | frozenset(map(str, range(2, 101)))
_LEST = word_set("matters.saying.lest")
_CARRIERS = word_set("grammar.verb.state")
#: Emotions that call for an acknowledgement.
NEGATIVE = frozenset((Emotion.ANGER, Emotion.WORRY, Emotion.DISAPPOINTMENT))


_CONDITIONS = word_set("grammar.clause.if")


def _denied(message: Analysis, hit: PhraseHit) -> bool:
    """«ناراحت نیستم», «نگرانی ندارم»: the verb that carries the emotion is negative; «می‌ترسم نرسه» is another case."""
    words = message.words
    last = message.clause(hit.first)[1]
    if words[hit.first].norm in _LEST and hit.first != message.clause(hit.first)[0]:
        return True  # «گریه نکنه» is no «نکنه …»
    first = message.clause(hit.first)[0]
    if any(word.norm in _CONDITIONS for word in words[first : hit.first]):
        return True  # «اگه پشیمون شدم»
    for i in range(hit.last, min(last, hit.last + 3)):
        if words[i].predicate:
            others = words[i].person == 2  # «ناراحت می‌شید؟» asks after somebody else's
            return (words[i].negative or others) and words[i].lemma in _CARRIERS
    return False


def read_emotion(message: Analysis, hits: Iterable[PhraseHit]) -> tuple[Emotion, tuple[str, ...]]:
    """Return the emotion and the words that say it.

    Args:
        message: the customer's message.
        hits: finds of the emotion phrasebank.
    """
    said: dict[Emotion, list[str]] = {}
    for hit in hits:
        emotion = Emotion(hit.group.kind)
        if emotion in NEGATIVE and _denied(message, hit):
            continue
        start, end = message.span(hit.first, hit.last)
        said.setdefault(emotion, []).append(message.text[start:end])
    for emotion in _ORDER:
        if emotion in said:
            return emotion, tuple(said[emotion])
    return _implied(message)


def _implied(message: Analysis) -> tuple[Emotion, tuple[str, ...]]:
    """Return disappointment where nobody names it: a failure with «!», or the third time that something was tried."""
    last_failure = max((i for i, word in enumerate(message.words) if _fails(word)), default=-1)
    for first, last in message.sentences:
        words = message.words[first:last]
        shouts = any(word.norm.startswith("!") for word in words)
        tried = any(_repeats(message, i, in_vain=last_failure >= i) for i in range(first, last))
        if tried or (shouts and any(map(_fails, words))):
            start, end = message.span(first, last)
            return Emotion.DISAPPOINTMENT, (message.text[start:end],)
    return Emotion.NEUTRAL, ()


def _fails(word: Word) -> bool:
    """«نمی‌رسه», «جواب ندادید»: somebody else's negative verb."""
    return word.predicate and word.negative and word.person != 1


def _repeats(message: Analysis, i: int, in_vain: bool) -> bool:
    """«سه بار تماس گرفتم», «چندین بار نصب و حذف کردم»: a count of times, and the customer is who did it."""
    words = message.words
    if words[i].norm != "بار" or not i or words[i - 1].norm not in _TIMES:
        return False
    rest = words[i : message.sentence(i)[1]]
    tried = any(word.person == 1 and "Tense=Past" in word.feats for word in rest)
    return tried and (in_vain or any(word.lemma in _CONTACTS for word in rest))
