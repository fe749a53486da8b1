"""When something happens, read by one grammar: «فردا ساعت ۱۰», «تا آخر هفته», «۴۸ ساعت کاری», «۵شنبه عصر».

Each token gets a letter for what it does in a time (the words are data: ``phrasebanks/lexicon/times.toml``), and a
regular expression over these letters is the grammar. Its repetitions are bounded, so that time grows linearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import entries, table, weekdays
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["Bound", "Time", "asks_when", "is_unit", "times_in"]


class Bound(StrEnum):
    """How much a time says."""

    EXACT = "exact"  # «فردا», «تا دو روز کاری», «آخر هفته»
    VAGUE = "vague"  # «چند روز آینده», «همین روزها»
    PAST = "past"  # «دیروز», «دو روز پیش»


class Time(NamedTuple):
    """One time: the tokens ``first`` to ``last`` (exclusive) of an analysis, without a preposition before it.

    ``names_day`` tells «شنبه», «۲۵ آذر» and «آخر هفته» from «دو ساعت»; ``clock`` tells «ساعت ۱۰».
    ``named`` are the tokens that say when by themselves: «فردا», «آذر», «عصر», «۱۰:۳۰».
    """

    first: int
    last: int
    bound: Bound
    names_day: bool
    clock: bool
    named: tuple[int, ...]


#: Letters by the names of the sets; what is in no set is «x», a mark «.», a comma «,», a hyphen «-».
_LETTERS = {
    "day": "d", "past_day": "D", "month": "m", "part": "p", "night": "z", "weekday": "w", "hour": "h", "unit": "u",
    "calendar": "U", "plural_unit": "q", "half": "H", "count": "c", "few": "f", "and": "v", "until": "i", "next": "l",
    "last": "b", "this": "t", "edge": "e", "at": "r", "from": "R", "working": "o", "time_of_work": "O", "wish": "g",
    "near_wish": "G", "ordinal_endings": "j", "holiday": "F", "payday": "B",
}  # fmt: skip
_UNITS = "uUhH"
_COUNT = r"[ncC](?:[-vi]?[ncC]){0,4}j?"
_NO_WISH = r"(?![xwpz]{0,2}g|G)"
#: Further letters: n digits, C an ordinal («پنجم»), k «۱۰:۳۰», a «۱۴۰۴/۹/۲۵», M «آذرماه»,
#: y «۹/۲۵», which is a day only after «تا» and «تاریخ».
_GRAMMAR = re.compile(
    rf"""
    (?=[DncCuUhwftqkaymMFdeHpz]) (?:  # what a time starts with: most words are none of these
    (?P<past> D | {_COUNT}[{_UNITS}]b(?!R) | [uUhw]b(?!R) | f[{_UNITS}q]b(?!R) )
  | (?P<vague> f[{_UNITS}q]l? | tf?q l? | ql )
  | (?P<clock> h(?:k|[nc](?:v[cH])?)[pz]? | [nck]p{_NO_WISH} | k | (?<=i)n(?=[.,$pz]) | (?<=[dw]i)n(?!o?[{_UNITS}]) )
  | (?P<day> d | (?:[nc]-?)?w(?:l(?!R))?{_NO_WISH} | a | (?<=[irR])y | {_COUNT}[mM] | (?<=[ire])m | (?<=i)C
      | (?<=[ireRlb])F | eB | [Uu]m | mU | M
      | et?[Uud]l?{_NO_WISH} | e[Oh]o | [tU]U{_NO_WISH} | [uU]o?l{_NO_WISH} | (?<=[irR])un )
  | (?P<span> {_COUNT}[{_UNITS}](?:vc)?o?l? | [nc]z | H | hl )
  | (?P<part> p{_NO_WISH} | (?<=[itedwnkpz])z{_NO_WISH} ) )
    """,
    re.VERBOSE,
)
_NAMED = frozenset("dDwmMpzkay")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")
_DATE = re.compile(
    r"(?:1[34]|20)\d\d([/.-])(?:0?\d|1[0-2])\1(?:[0-2]?\d|3[01])|\d\d/(?:0?\d|1[0-2])/(?:[0-2]?\d|3[01])"
    r"|(?:[0-2]?\d|3[01])/(?:0?\d|1[0-2])/(?:1[34]|20)\d\d"
)
_DAY_OF_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])")
_MARKS = {"-": "-", "–": "-", "—": "-", "،": ",", ",": ","}
_Atom = tuple[int, int, str]  # a match of the grammar: its place among the letters, the alternative
_FORMS = 4_000  # word forms that are remembered


@cache
def _sets() -> Mapping[str, tuple[str, ...]]:
    """The matching keys of ``times.toml``, by the name of the set."""
    return {name: tuple(map(key, entries(f"times.{name}"))) for name in table("times")}


@cache
def _listed() -> Mapping[str, str]:
    """Letters by matching key."""
    sets = _sets()
    letters = {word: letter for name, letter in _LETTERS.items() for word in sets.get(name, ())}
    letters |= dict.fromkeys(weekdays(), "w")
    return letters | {month + "ماه": "M" for month in sets["month"]}


@cache
def _inflected() -> re.Pattern[str]:
    """«هفته‌ای», «دوساعته», «پنجم», «شنبه‌ست», «جمعه‌شب»: a listed word with an ending, glued to its count or its part."""
    sets = _sets()
    timed = "|".join(sorted((word for word, letter in _listed().items() if letter in "dwuUhM"), key=len, reverse=True))
    count, ends = "|".join(sets["count"]), "|".join((*sets["endings"], *sets["part"], *sets["night"]))
    ordinals = "|".join(sets["ordinal_endings"])
    glued = rf"(?P<glued>(?:{count})(?={timed}))?"
    return re.compile(rf"{glued}(?P<timed>{timed})(?:{ends})?|(?P<count>{count})(?:{ordinals})")


@lru_cache(_FORMS)
def _letter(norm: str, lemma: str) -> str:
    """Return the letter of a Persian word without its context."""
    known = _listed().get(norm)
    if known:
        return known
    found = _inflected().fullmatch(norm)
    if found is None:
        return _listed().get(lemma, "x")
    if found["count"]:
        return "C"
    return "H" if found["glued"] else _listed()[found["timed"]]  # «دوساعته» is a span by itself


def _number(norm: str) -> str:
    if _CLOCK.fullmatch(norm):
        return "k"
    if _DATE.fullmatch(norm):
        return "a"
    return "y" if _DAY_OF_YEAR.fullmatch(norm) else "n"


@lru_cache(_FORMS)
def _read(word: Word) -> str:
    """Return the letter of a token; none of white space, but that a line's end is a mark."""
    if word.kind is Kind.SPACE:
        return "." if word.norm == "\n" else ""
    if word.kind is Kind.NUMBER:
        return _number(word.norm)
    if word.kind is not Kind.WORD:
        return _MARKS.get(word.norm, ".")
    letter = _letter(word.norm, word.lemma)
    if letter in _UNITS and "Number=Plur" in word.feats and _letter(word.lemma, "") in _UNITS:
        return "q"
    return "x" if word.possessor in (2, -2) and letter in "dpzUu" else letter  # «صبحتون بخیر»


_NOTE = ("times", 0)


def times_in(text: Analysis) -> list[Time]:
    """Return the times of a text in order; those side by side («فردا، ساعت ۱۰») are one.

    Args:
        text: any text, read.
    """
    known: list[Time] | None = text.notes.get(_NOTE)
    if known is None:  # each edit that is offered asks for its draft's times again
        read = list(map(_read, text.words))
        tokens = range(len(read)) if all(read) else [i for i, letter in enumerate(read) if letter]
        known = text.notes[_NOTE] = list(_merged("".join(read) + "$", tokens))
    return known


def _merged(letters: str, tokens: Sequence[int]) -> Iterator[Time]:
    """Join what stands side by side, but for a comma or «تا»."""
    run: list[_Atom] = []
    for match in _GRAMMAR.finditer(letters):
        atom = match.start(), match.end(), str(match.lastgroup)
        if run and letters[run[-1][1] : atom[0]] not in ("", "i", ",", ",i"):
            yield _time(run, letters, tokens)
            run = []
        run.append(atom)
    if run:
        yield _time(run, letters, tokens)


def _time(run: list[_Atom], letters: str, tokens: Sequence[int]) -> Time:
    kinds = {kind for _, _, kind in run}
    exact = kinds - {"past", "vague"}
    bound = Bound.EXACT if exact - {"part"} or exact == kinds else Bound.PAST if "past" in kinds else Bound.VAGUE
    places = range(run[0][0], run[-1][1])
    named = tuple(tokens[i] for i in places if letters[i] in _NAMED)
    names_day = "day" in kinds or "D" in letters[places[0] : places[-1] + 1]
    return Time(tokens[places[0]], tokens[places[-1]] + 1, bound, names_day, "clock" in kinds, named)


def is_unit(norm: str) -> bool:
    """Tell whether a matching key is a unit of time: «روز», «ساعته»."""
    return _letter(norm, norm) in _UNITS


def asks_when(norm: str) -> bool:
    """Tell whether «چه» before a matching key asks for a time: «روزی», «ساعتی»."""
    return norm in _sets()["asked"]
