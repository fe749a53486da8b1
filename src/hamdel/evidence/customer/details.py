"""The details that the customer gave: an answer should use them, never ask for them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers import Identifier, find_identifiers
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import alternation, entries, word_set
from hamdel.language.times import is_unit, times_in
from hamdel.language.tokenizer import Kind
from hamdel.phrasebank import load_words

__all__ = ["Details", "order_tokens", "read_details"]


@dataclass(frozen=True, slots=True)
class Details:
    """What was given, as written, in order, each once."""

    orders: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


_ORDER_CUES = word_set("matters.order.cues")
_MONEY = word_set("matters.money.amounts")
_UNITS = word_set("matters.count.units")
_HONORIFICS = word_set("acts.address.titles")
#: What people say they are besides their name.
_ROLES = word_set("acts.address.roles")
_NAMING = word_set("acts.address.naming")
_BEING = word_set("grammar.copula.i_am")
_BEING_ENDING = re.compile(rf"[\u200c ](?:{alternation('grammar.copula.glued')})$|(?<=ه)ست$")
_SHORTEST_ORDER = 4


def _near(analysis: Analysis, i: int, words: frozenset[str], reach: int = 3) -> bool:
    around = analysis.words[max(0, i - reach) : i]
    return any(word.norm in words or word.lemma in words for word in around)


def order_tokens(message: Analysis, *, named: bool = False) -> Iterator[int]:
    """Yield the tokens that are order, invoice or ticket numbers; ids, codes and phones of a person are none.

    Args:
        message: any text, read.
        named: only those that a word such as «سفارش» announces; else any long number may be one.
    """
    personal: list[Identifier] | None = None
    for i, word in enumerate(message.words):
        digits = word.norm
        if word.kind is not Kind.NUMBER or not digits.isdigit() or len(digits) < _SHORTEST_ORDER:
            continue
        after = message.next_word(i)
        unit = message.words[after].norm if after is not None else ""
        if unit in _MONEY or unit in _UNITS or is_unit(unit) or digits.startswith(("09", "989")) or len(digits) > 12:
            continue
        if not (_near(message, i, _ORDER_CUES) or (not named and len(digits) > _SHORTEST_ORDER)):
            continue
        if personal is None:  # few texts have such a number
            personal = find_identifiers(message.text, strict=True)
        if not any(one.start < message.ends[i] and message.starts[i] < one.end for one in personal):
            yield i


def _orders(message: Analysis) -> Iterator[str]:
    for i in order_tokens(message):
        yield _text(message, i, i + 1)


def _amounts(message: Analysis) -> Iterator[str]:
    for i, word in enumerate(message.words):
        last = i
        after = message.next_word(i) if word.kind is Kind.NUMBER else None
        while after is not None and message.words[after].norm in _MONEY:
            last, after = after, message.next_word(after)
        if last > i:
            yield message.text[message.starts[i] : message.ends[last]]


def _dates(message: Analysis) -> Iterator[str]:
    for time in times_in(message):
        if time.names_day:
            yield _text(message, time.first, time.last)


@cache
def _listed(name: str) -> frozenset[str]:
    """Return the keys of a word list."""
    return frozenset(map(key, load_words(phrasebank_dir() / "lexicon" / f"{name}.txt")))


def _text(message: Analysis, first: int, last: int) -> str:
    return message.text[message.starts[first] : message.ends[last - 1]]


def _is_name(message: Analysis, i: int) -> bool:
    """A given name, a word that nothing is known of, or one that looks like a surname («نوری», «صادقی»)."""
    word = message.words[i]
    if word.kind is not Kind.WORD or word.norm in _ROLES:
        return False
    return word.norm in _listed("names") or not word.readings or word.norm.endswith("ی")


def _name_before(message: Analysis, being: int) -> str:
    """Return the name that ends before «هستم», a title included («خانم کریمی»); empty when it is none."""
    first = being
    while first > 0 and message.words[first - 1].kind is Kind.WORD and being - first < 3:
        first -= 1
        if message.words[first].norm in _HONORIFICS:
            return _text(message, first, being)
    for start in range(max(first, being - 2), being):
        if message.words[start].norm in _listed("names"):
            return _text(message, start, being)
    alone = being - first == 1 and being > 0
    return _text(message, first, being) if alone and _is_name(message, first) else ""


def _name_with_being(message: Analysis, i: int) -> str:
    """Return the name in «کاوه‌ست», «رضایی‌ام», «مریم صادقی‌ام»; empty when the word is none."""
    if not message.words[i].norm.endswith(entries("grammar.copula.glued")):
        return ""
    raw = _text(message, i, i + 1)
    base = _BEING_ENDING.sub("", raw)
    if base == raw:
        return ""
    if i > message.clause(i)[0]:
        given = message.words[i - 1].norm in _listed("names")
        return f"{_text(message, i - 1, i)} {base}" if given else ""
    unknown = not message.words[i].readings
    return base if unknown or key(base) in _listed("names") else ""


def _name_after(message: Analysis, i: int) -> str:
    """Return the name after «اسمم»."""
    if i >= len(message.words):
        return ""
    base = _BEING_ENDING.sub("", _text(message, i, i + 1))
    return base if key(base) in _listed("names") or _is_name(message, i) else ""


def _names(message: Analysis) -> Iterator[str]:
    for i, word in enumerate(message.words):
        if word.kind is not Kind.WORD:
            continue
        if word.norm in _BEING and i:
            name = _name_before(message, i)
        elif word.lemma in _NAMING and word.possessor == 1:
            name = _name_after(message, i + 1)
        else:
            name = _name_with_being(message, i)
        if name:
            yield name


def _products(message: Analysis) -> Iterator[str]:
    known = _listed("products")
    for word in message.words:
        if word.kind is Kind.WORD and word.lemma in known:
            yield word.readings[0].lemma if word.readings else word.norm


def read_details(message: Analysis) -> Details:
    """Return what the customer gave."""
    return Details(*(tuple(dict.fromkeys(read(message))) for read in (_orders, _dates, _amounts, _names, _products)))
