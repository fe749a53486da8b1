"""Persian grammar for slots: a word that somebody else wrote gets the ending that its last letter asks for.

Source: دستور خط فارسی (Academy of Persian Language and Literature), on the ezafe and on «است» after vowels. A word is
never changed, only what follows it; what isn't a Persian word (a number, Latin letters, a placeholder) gets endings
as separate words.
"""

from __future__ import annotations

import datetime
import re

from hamdel.base.calendars import IRAN, jalali_text
from hamdel.base.digits import persian_digits
from hamdel.exports.dates import parse_time
from hamdel.language.endings import silent_he
from hamdel.language.sets import entries, word_set

__all__ = ["copula", "ezafe", "jalali", "object_marked", "quoted", "yours"]

_ZWNJ = "\u200c"
_HAMZA_ABOVE = "\u0654"
_LETTER = re.compile(r"[\u0621-\u064a\u066e-\u06d3]\Z")
#: «و» that is a consonant or part of a diphthong, where no «ی» joins.
_CONSONANT_VAV = re.compile(r"ا\u200c?و\Z")
_CONSONANT = word_set("grammar.spelling.consonant_vav")
_DATE_ONLY = re.compile(r"[0-9۰-۹٠-٩]{4}([-/.])[0-9۰-۹٠-٩]{1,2}\1[0-9۰-۹٠-٩]{1,2}\Z")


def ezafe(text: str) -> str:
    """Return ``text`` ready for what belongs to it: «بسته» → «بستهٔ», «کالا» → «کالای», «گوشی» stays.

    An ezafe that is there isn't doubled, and one that isn't written isn't added.

    >>> [ezafe(word) for word in ("بسته", "پتو", "گوشی", "فروشگاه", "سفارش")]
    ['بستهٔ', 'پتوی', 'گوشی', 'فروشگاه', 'سفارش']
    """
    last = _last_word(text)
    if silent_he(last):
        return text + _HAMZA_ABOVE
    if last.endswith("ا") or _vowel_vav(last):
        return text + "ی"
    return text


def object_marked(text: str, formal: bool) -> str:
    """Return ``text`` as the object of a verb: with «را», or the colloquial «رو»; not doubled.

    >>> object_marked("سفارش ۵۴۸۲۱", formal=False)
    'سفارش ۵۴۸۲۱ رو'
    """
    if _last_word(text) in entries("grammar.particle.object"):
        return text
    return f"{text} {'را' if formal else 'رو'}"


def copula(text: str, formal: bool) -> str:
    """Return ``text`` with «است» as its last letter wants it.

    >>> [copula("فردا", True), copula("ساعت ۵", True), copula("شنبه", False), copula("آماده", True)]
    ['فرداست', 'ساعت ۵ است', 'شنبه‌ست', 'آماده است']
    """
    last = _last_word(text)
    if not _LETTER.search(last):
        return f"{text} {'است' if formal else 'هست'}"
    if last.endswith("ا"):
        return text + "ست"
    if formal:
        return text + " است"
    if silent_he(last):
        return f"{text}{_ZWNJ}ست"
    return text + ("ئه" if _vowel_vav(last) else "ه")


def yours(text: str, formal: bool) -> str:
    """Return what belongs to the customer: «سفارش شما», or the colloquial «سفارشتون».

    >>> [yours("بسته", True), yours("بسته", False), yours("کالا", False), yours("سفارش ۵", False)]
    ['بستهٔ شما', 'بسته‌تون', 'کالاتون', 'سفارش ۵ شما']
    """
    last = _last_word(text)
    if formal or not _LETTER.search(last):
        return f"{ezafe(text)} شما"
    return text + (f"{_ZWNJ}تون" if silent_he(last) else "تون")


def quoted(text: str) -> str:
    """Return somebody's words in «», with no such quotes inside.

    >>> quoted(" کالای «سالم» نرسید. ")
    '«کالای سالم نرسید»'
    """
    return f"«{text.translate({ord('«'): None, ord('»'): None}).strip(' .،؛')}»"


def jalali(value: object) -> str:
    """Return a day of any calendar in words («۲۳ اردیبهشت ۱۴۰۳»); what is no date keeps its words.

    Args:
        value: a `datetime.date`, a numeric date with the year first (one before 1500 is Jalali), or any text.
    """
    if isinstance(value, datetime.datetime | datetime.date):
        return jalali_text(value.toordinal())
    text = str(value)
    seconds = parse_time(text) if _DATE_ONLY.match(text.strip()) else None
    if seconds is None:
        return persian_digits(text)
    return jalali_text(datetime.datetime.fromtimestamp(seconds, IRAN).toordinal())


def _last_word(text: str) -> str:
    return text.rpartition(" ")[2]


def _vowel_vav(word: str) -> bool:
    return word.endswith("و") and len(word) > 1 and not _CONSONANT_VAV.search(word) and word not in _CONSONANT
