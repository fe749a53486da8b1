"""What changes from customer to customer, in a reply's tokens: names, dates, counts and amounts become `SYMBOL`.

Numbers, links and codes are covered already when the tokens are read (`hamdel.masking.tokens`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.language.fold import key
from hamdel.language.sets import alternation, weekdays, word_set
from hamdel.masking.courtesy import DEAR, TITLES
from hamdel.masking.tokens import SYMBOL, Kind
from hamdel.phrasebank import load_words

__all__ = ["cover"]

_WORD, _COVERED, _MARK = int(Kind.WORD), int(Kind.COVERED), int(Kind.MARK)
_Rule = Callable[[list[str], list[int], int], None]

_DATES = word_set("times.changing") | weekdays()
_COUNTS = word_set("times.count", "times.hundreds", "times.large")
_LONGEST_COUNT = 24  # tokens; «نهصد و نود و نه میلیارد و … و نهصد و نود و نه» has as many
_UNITS = _SPANS = word_set("times.unit", "times.hour", "times.calendar", "times.weekday_stems")
_COUNTED = word_set("matters.money.currency", "matters.count.things", "times.large")
_UNITS = _COUNTED | _SPANS | {span + "ه" for span in _SPANS}
_MONEY = word_set("matters.money.currency", "matters.money.percent", "times.large")
_INTRODUCED = word_set("acts.address.introduced")
# Given names that are words, too: alone they say nothing about a person.
_ALSO_WORDS = word_set("people.given.also_words")
#: Opening quotation marks with their closing ones.
_QUOTES = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_LONGEST_QUOTE = 120  # tokens; a quotation mark that is never closed covers nothing
_FEWEST_QUOTED = 15  # words; who takes up a phrase of the customer has read the message
_AFTER_NAMES = word_set("acts.address.man", "acts.address.female")
_FAMILY = re.compile(rf"\w*(?:{alternation('people.surname.behind')})")


def cover(texts: list[str], kinds: list[int]) -> None:
    """Cover tokens in place.

    Args:
        texts: of the tokens, folded.
        kinds: of the tokens, values of `hamdel.masking.tokens.Kind`.
    """
    rules = _rules()
    for place in [place for place, text in enumerate(texts) if text in rules]:
        rule = rules.get(texts[place])
        if rule:  # else it is covered by now
            rule(texts, kinds, place)


@cache
def _rules() -> dict[str, _Rule]:
    """What to do at which word; later entries win."""
    return {
        **dict.fromkeys(_names("names"), _cover_name),
        **dict.fromkeys(_MONEY, _cover_money),
        **dict.fromkeys(_COUNTS, _cover_count),
        **dict.fromkeys(_DATES, _cover),
        **dict.fromkeys(TITLES | _AFTER_NAMES, _cover_title),
        **dict.fromkeys(DEAR, _cover_dear),
        **dict.fromkeys(_QUOTES, _cover_quotation),
        **dict.fromkeys(word_set("acts.address.introducing"), _cover_introduced),
        **dict.fromkeys(word_set("times.hour"), _cover_hour),
    }


@cache
def _names(which: str) -> frozenset[str]:
    """Keys of a list of names."""
    return frozenset(map(key, load_words(phrasebank_dir() / "lexicon" / f"{which}.txt")))


def _kind(kinds: list[int], place: int) -> int:
    """The kind of the token at ``place``; before the first and after the last one there is a mark."""
    return kinds[place] if 0 <= place < len(kinds) else _MARK


def _cover(texts: list[str], kinds: list[int], place: int) -> None:
    """«فردا», «شنبه», «مهر», «عصر»."""
    texts[place], kinds[place] = SYMBOL, _COVERED


def _cover_quotation(texts: list[str], kinds: list[int], place: int) -> None:
    """A whole message in quotation marks: the customer's words, which tell nothing about the reply."""
    closers = _QUOTES[texts[place]]
    words = 0
    for end in range(place + 1, min(len(texts), place + _LONGEST_QUOTE)):
        if kinds[end] < _MARK:
            words += 1
        elif texts[end][0] in closers:
            if words >= _FEWEST_QUOTED:
                inside = end - place - 1
                texts[place + 1 : end], kinds[place + 1 : end] = [SYMBOL] * inside, [_COVERED] * inside
            return


def _cover_name(texts: list[str], kinds: list[int], place: int) -> None:
    """«مینا», «مینا کریمی», «امید کریمی»; «امید» alone is a word."""
    following = texts[place + 1] if _kind(kinds, place + 1) == _WORD else ""
    family = following in _names("surnames") or bool(_FAMILY.fullmatch(following))
    if family:
        _cover(texts, kinds, place + 1)
        if _kind(kinds, place + 2) == _WORD and _FAMILY.fullmatch(texts[place + 2]):  # «سلیمانی فر»
            _cover(texts, kinds, place + 2)
    if family or texts[place] not in _ALSO_WORDS:
        _cover(texts, kinds, place)


def _cover_title(texts: list[str], kinds: list[int], place: int) -> None:
    """«خانم کریمی», «سرکار خانم دکتر پریسا فروتن», «آقای علی رضایی،», «سارا خانم»."""
    if texts[place] in _AFTER_NAMES and _is_covered_name(texts, kinds, place - 1):
        _cover(texts, kinds, place)
        return
    at = place
    while _kind(kinds, at) == _WORD and texts[at] in TITLES:
        _cover(texts, kinds, at)
        at += 1
    if at == place or _kind(kinds, at) != _WORD:
        return
    given = texts[at] in _names("names")
    _cover(texts, kinds, at)
    for following in range(at + 1, at + 4):
        if _kind(kinds, following) != _WORD:
            return
        if not _is_name(texts[following]) and not (following == at + 1 and _ends_name(texts, kinds, following, given)):
            return
        _cover(texts, kinds, following)


def _is_covered_name(texts: list[str], kinds: list[int], place: int) -> bool:
    """Whether the word before was a name; numbers are covered as well, but «۵ خانم» is rare."""
    return _kind(kinds, place) == _COVERED and texts[place] == SYMBOL


def _is_name(word: str) -> bool:
    return word in _names("names") or word in _names("surnames") or bool(_FAMILY.fullmatch(word))


def _ends_name(texts: list[str], kinds: list[int], place: int, given: bool) -> bool:
    """Whether an unknown word is a family name: behind a given one, or before «،» or «عزیز»."""
    ends = _kind(kinds, place + 1) >= _MARK or texts[place + 1] in DEAR
    return ends or given


def _cover_dear(texts: list[str], kinds: list[int], place: int) -> None:
    """«مینا جان»."""
    if _kind(kinds, place - 1) < _MARK:
        _cover(texts, kinds, place)
        _cover(texts, kinds, place - 1)


def _cover_introduced(texts: list[str], kinds: list[int], place: int) -> None:
    """«سارا هستم از پشتیبانی»."""
    if _kind(kinds, place - 1) == _WORD and _kind(kinds, place + 1) < _MARK and texts[place + 1] in _INTRODUCED:
        _cover(texts, kinds, place - 1)


def _cover_count(texts: list[str], kinds: list[int], place: int) -> None:
    """«سه» in «سه روز», «بیست و سه» in «بیست و سه هزار تومان»; «هزار» after a number."""
    last = place
    while last < place + _LONGEST_COUNT and _kind(kinds, last + 2) == _WORD:
        if texts[last + 1] != "و" or texts[last + 2] not in _COUNTS:
            break
        last += 2
    if _kind(kinds, last + 1) < _MARK and texts[last + 1] in _UNITS:
        for covered in range(place, last + 1):
            _cover(texts, kinds, covered)
    elif texts[place] in _MONEY:
        _cover_money(texts, kinds, place)


def _cover_money(texts: list[str], kinds: list[int], place: int) -> None:
    """«تومان» after a number."""
    if _kind(kinds, place - 1) == _COVERED:
        _cover(texts, kinds, place)


def _cover_hour(texts: list[str], kinds: list[int], place: int) -> None:
    """«ساعت» before a number."""
    if _kind(kinds, place + 1) == _COVERED:
        _cover(texts, kinds, place)
