"""Verb forms with person, number, tense, mood and polarity.

Formal forms come from hazm's ``Conjugation``, method by method, for the place in the list that a method
returns is the person. Colloquial forms («می‌تونین», «بذار», «برنمی‌گرده») are generated from the stems in
``phrasebanks/lexicon/verbs.toml`` with the same prefixes, for hazm's lemmatizer returns them («کنین», «بدید», «برو»)
as they are. Negation is a prefix («نـ», «نمی», «مـ»), so a negated form is one of its own.

Conventions beyond UD: the bare present and the present with «بـ» are ``Mood=Sub`` (their second persons also
serve as imperatives), «کرده‌ام» is ``Aspect=Perf|Tense=Past``, and verbs or imperatives out of use are
``Style=Arch``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from hamdel.language.stems import Verb

__all__ = ["Form", "copula_forms", "verb_forms"]

_Endings = tuple[tuple[int, str], ...]

_MI: Final = "می\u200c"
_NEMI: Final = "نمی\u200c"
_PERSONS: Final = tuple(f"Number={n}|Person={p}" for n in ("Sing", "Plur") for p in (1, 2, 3))
_THIRD: Final = 2
_VOWELS: Final = ("ا", "آ")
_PARTICIPLE: Final = 3  # its place among the seven forms of hazm's present perfect


class Form(NamedTuple):
    """A form with its analysis; a ``weak`` one is likelier to be a noun when hazm knows such a noun."""

    text: str
    pos: str
    lemma: str
    feats: str
    weak: bool = False


class _Row(NamedTuple):
    """A tense: hazm's method, the prefix and features of its forms, and a part of speech other than VERB."""

    method: str
    prefix: str
    feats: str
    pos: str = ""


_NEGATIVE: Final = "Polarity=Neg"
_SPOKEN: Final = "Style=Coll"
_ARCHAIC: Final = "Style=Arch"
_PAST: Final = "Mood=Ind|Tense=Past|VerbForm=Fin"
_PERFECT: Final = "Aspect=Perf|" + _PAST
_IMPERFECT: Final = "Aspect=Imp|" + _PAST
_PRESENT: Final = "Mood=Ind|Tense=Pres|VerbForm=Fin"
_SUBJUNCTIVE: Final = "Mood=Sub|Tense=Pres|VerbForm=Fin"
_FUTURE: Final = "Mood=Ind|Tense=Fut|VerbForm=Fin"
_IMPERATIVE: Final = "Mood=Imp|Number=Sing|Person=2|VerbForm=Fin"
_INFINITIVE: Final = "VerbForm=Inf"
_PARTICIPLE_FEATS: Final = "Tense=Past|VerbForm=Part"

_PAST_ROWS: Final = (
    _Row("perfective_past", "", _PAST),
    _Row("negative_perfective_past", "ن", f"{_PAST}|{_NEGATIVE}"),
    _Row("imperfective_past", _MI, _IMPERFECT),
    _Row("negative_imperfective_past", _NEMI, f"{_IMPERFECT}|{_NEGATIVE}"),
)
_PERFECT_ROWS: Final = (
    _Row("present_perfect", "", _PERFECT),
    _Row("negative_present_perfect", "ن", f"{_PERFECT}|{_NEGATIVE}"),
    _Row("imperfective_present_perfect", _MI, _IMPERFECT),
    _Row("negative_imperfective_present_perfect", _NEMI, f"{_IMPERFECT}|{_NEGATIVE}"),
)
_BARE: Final = _Row("perfective_present", "", _SUBJUNCTIVE)
_NEGATIVE_BARE: Final = _Row("negative_perfective_present", "ن", f"{_SUBJUNCTIVE}|{_NEGATIVE}")
_PRESENT_ROWS: Final = (
    _BARE,
    _NEGATIVE_BARE,
    _Row("subjunctive_perfective_present", "ب", _SUBJUNCTIVE),
    _Row("imperfective_present", _MI, _PRESENT),
    _Row("negative_imperfective_present", _NEMI, f"{_PRESENT}|{_NEGATIVE}"),
)
# «خواهید گفت» is a future; «نخواهید» is one too, or else "if you don't want".
_FUTURE_ROWS: Final = (
    _BARE._replace(feats=_FUTURE, pos="AUX"),
    _NEGATIVE_BARE._replace(feats=f"{_FUTURE}|{_NEGATIVE}", pos="AUX"),
    *_PRESENT_ROWS[1:],
)
_INDICATIVE_ROWS: Final = (
    _BARE._replace(feats=_PRESENT),
    _NEGATIVE_BARE._replace(feats=f"{_PRESENT}|{_NEGATIVE}"),
    *_PRESENT_ROWS[2:],
)

# Colloquial endings as (person, ending): those that differ from the formal ones, and all, for spoken stems.
_PAST_ENDINGS: Final[_Endings] = ((4, "ین"), (5, "ن"))
_PERFECT_ENDINGS: Final[_Endings] = ((0, "ه‌م"), (2, "ه‌ست"), (4, "ه‌این"), (4, "ه‌ین"), (5, "ه‌ان"), (5, "ه‌ن"))
_PRESENT_ENDINGS: Final[_Endings] = ((2, "ه"), (4, "ین"), (5, "ن"))
_FULL_PAST_ENDINGS: Final[_Endings] = (*enumerate(("م", "ی", "", "یم", "ید", "ند")), *_PAST_ENDINGS)
_FULL_PERFECT_ENDINGS: Final[_Endings] = (
    *enumerate(("ه‌ام", "ه‌ای", "ه است", "ه‌ایم", "ه‌اید", "ه‌اند")),
    *_PERFECT_ENDINGS,
)
_FULL_PRESENT_ENDINGS: Final[_Endings] = ((0, "م"), (1, "ی"), (3, "یم"), (4, "ید"), (4, "ین"), (5, "ن"))


def verb_forms(verb: Verb, conjugation: Any) -> Iterator[Form]:
    """Yield every one-token form of a verb; passives and tenses of several tokens are left out.

    Args:
        verb: the stems.
        conjugation: an instance of hazm's ``Conjugation``.
    """
    yield from _formal_forms(verb, conjugation)
    if not verb.archaic:
        yield from _spoken_pasts(verb)
        yield from _spoken_presents(verb)
        yield from _imperatives(verb, verb.spoken_imperatives, _SPOKEN)


def copula_forms(copula: dict[str, Any]) -> Iterator[Form]:
    """Yield the present of بودن from its table in verbs.toml: «هستم», «نیستین», «است», «‌اید»."""
    for stem in (*copula["stems"], *copula["negative"]):
        feats = f"{_PRESENT}|{_NEGATIVE}" if stem in copula["negative"] else _PRESENT
        for person, ending in _FULL_PAST_ENDINGS:
            style = _SPOKEN if (person, ending) in _PAST_ENDINGS else ""
            yield Form(stem + ending, "AUX", "بودن", _feats(feats, _PERSONS[person], style))
    for person, text in enumerate(copula["enclitics"]):
        yield Form(text, "AUX", "بودن", _feats(_PRESENT, _PERSONS[person]), weak=person != _THIRD)
    for text in copula["third"]:
        yield Form(text, "AUX", "بودن", _feats(_PRESENT, _PERSONS[_THIRD], _SPOKEN), weak=True)


def _formal_forms(verb: Verb, conjugation: Any) -> Iterator[Form]:
    style = _ARCHAIC if verb.archaic else ""
    for past in verb.pasts:
        for row in _PAST_ROWS:
            yield from _persons(verb, row, enumerate(_rests(conjugation, row, past)), style)
        for row in _PERFECT_ROWS:
            rests = _rests(conjugation, row, past)
            participle = rests.pop(_PARTICIPLE)
            yield from _persons(verb, row, enumerate(rests), style)
            if row.prefix in (_MI, _NEMI):  # without a prefix it is most often no finite verb
                yield from _persons(verb, row, [(_THIRD, participle)], style)
        yield from _nominals(verb, past, style)
    for present in verb.presents:
        for row in _present_rows(verb):
            yield from _persons(verb, row, enumerate(_rests(conjugation, row, present)), style)
    yield from _imperatives(verb, verb.imperatives, style)
    yield from _impersonals(verb)


def _rests(conjugation: Any, row: _Row, stem: str) -> list[str]:
    """Return hazm's forms of a tense without the prefix, which Persian spelling may change."""
    return [form.removeprefix(row.prefix) for form in getattr(conjugation, row.method)(stem)]


def _present_rows(verb: Verb) -> tuple[_Row, ...]:
    if "future" in verb.traits:
        return _FUTURE_ROWS
    return _INDICATIVE_ROWS if "indicative" in verb.traits else _PRESENT_ROWS


def _spoken_pasts(verb: Verb) -> Iterator[Form]:
    for past in verb.pasts:
        yield from _spoken_past(verb, past, _PAST_ENDINGS, _PERFECT_ENDINGS)
    for past in verb.spoken_pasts:
        yield from _spoken_past(verb, past, _FULL_PAST_ENDINGS, _FULL_PERFECT_ENDINGS)
        yield from _nominals(verb, past, _SPOKEN)


def _spoken_past(verb: Verb, stem: str, past: _Endings, perfect: _Endings) -> Iterator[Form]:
    for rows, endings in ((_PAST_ROWS, past), (_PERFECT_ROWS, perfect)):
        for row in rows:
            yield from _persons(verb, row, _glued(stem, endings), _SPOKEN)


def _spoken_presents(verb: Verb) -> Iterator[Form]:
    rows = _INDICATIVE_ROWS if "indicative" in verb.traits else _PRESENT_ROWS
    worn_down = any(len(stem) == 1 for stem in verb.spoken_presents)
    formal = _mixed_endings if worn_down else _formal_stem_endings
    for stems, endings, bare in (
        (verb.presents, formal, bool(verb.preverb) or "light" in verb.traits),
        (verb.spoken_presents, _spoken_stem_endings, bool(verb.preverb) or verb.spoken_bare),
    ):
        for stem in stems:
            for row in rows if bare else rows[1:]:
                yield from _persons(verb, row, _glued(stem, endings(stem)), _SPOKEN)


def _mixed_endings(_: str) -> _Endings:
    """Colloquial endings of a formal stem that has a worn-down one beside it: «می‌شوین», not «می‌شون»."""
    return ((4, "ین"),)


def _formal_stem_endings(stem: str) -> _Endings:
    """Colloquial endings that a formal stem can take: «کنه» and «کنن», but «فرمایین» only."""
    if stem.endswith("ی"):
        return ((4, "ین"),)
    return _PRESENT_ENDINGS[1:] if stem.endswith("ه") else _PRESENT_ENDINGS


def _spoken_stem_endings(stem: str) -> _Endings:
    """All endings of a spoken stem: «میخواد» after a vowel, else «میتونه»; «میتونند» beside «میتونن»."""
    if stem.endswith(("ا", "آ")):
        return (*_FULL_PRESENT_ENDINGS, (_THIRD, "د"))
    plural: _Endings = ((5, "ند"),) if len(stem) > 1 else ()
    return (*_FULL_PRESENT_ENDINGS, (_THIRD, "ه"), *plural)


def _glued(stem: str, endings: _Endings) -> list[tuple[int, str]]:
    return [(person, stem + ending) for person, ending in endings]


def _persons(verb: Verb, row: _Row, rests: Iterable[tuple[int, str]], style: str) -> Iterator[Form]:
    """Yield the forms of one tense, given as (person, form without prefix)."""
    for person, rest in rests:
        if row.prefix == "ب" and not _takes_be(verb, rest):
            continue
        weak = "light" not in verb.traits and _is_weak(row, person)
        for text, spelled in _spellings(row.prefix, rest, style):
            feats = _feats(row.feats, _PERSONS[person], spelled)
            yield Form(verb.preverb + text, row.pos or verb.pos, verb.lemma, feats, weak)


def _takes_be(verb: Verb, stem: str) -> bool:
    """«دربیار» but «بردار»: after a preverb only stems in «آ» keep «بـ»."""
    return not verb.preverb or stem.startswith("آ")


def _is_weak(row: _Row, person: int) -> bool:
    return row.method == "perfective_present" or (row in _PAST_ROWS[:2] and person == _THIRD)


def _spellings(prefix: str, rest: str, style: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to join a prefix and the rest of a form, each with its style."""
    if not prefix or not rest.startswith(_VOWELS) or rest.startswith("ای"):
        yield prefix + rest, style
    elif prefix not in (_MI, _NEMI):
        yield prefix + ("یا" if rest[0] == "آ" else "ی") + rest[1:], style  # «بیاورید», «نیفتاد»
    elif rest[0] == "ا":
        yield prefix + rest, style
        yield prefix + rest[1:], style or _SPOKEN  # «میفته»
    else:
        if style != _SPOKEN or not rest.startswith("آی"):  # «می‌آید» isn't «میاید» of the second person
            yield prefix + rest, style
        yield prefix + "ا" + rest[1:], style  # many keyboards make «آ» hard to reach
        yield prefix + "یا" + rest[1:], style or _SPOKEN


def _nominals(verb: Verb, past: str, style: str) -> Iterator[Form]:
    """Yield the infinitive and the past participle, which is an adjective as well."""
    for prefix, polarity in (("", ""), ("ن", _NEGATIVE)):
        for text, _ in _spellings(prefix, past, style):
            stem = verb.preverb + text
            yield Form(stem + "ن", "VERB", verb.lemma, _feats(_INFINITIVE, polarity, style))
            yield Form(stem + "ه", "VERB", verb.lemma, _feats(_PARTICIPLE_FEATS, polarity, style))
            yield Form(stem + "ه", "ADJ", stem + "ه", _feats(polarity, style), weak=True)


def _impersonals(verb: Verb) -> Iterator[Form]:
    """Yield «می‌توان», «بتوان» and their negatives, which have no person."""
    if "impersonal" in verb.traits:
        for row in _PRESENT_ROWS[1:]:
            for stem in verb.presents:
                yield Form(row.prefix + stem, verb.pos, verb.lemma, _feats(row.feats))


def _imperatives(verb: Verb, stems: tuple[str, ...], style: str) -> Iterator[Form]:
    """Yield the imperatives of the second person singular; those of the plural are the subjunctive's."""
    for stem in () if "impersonal" in verb.traits else stems:
        if _takes_be(verb, stem):
            yield from _imperative(verb, "ب", stem, style)
        if verb.preverb or "bare imperative" in verb.traits:
            yield from _imperative(verb, "", stem, style)
        yield from _imperative(verb, "ن", stem, f"{_NEGATIVE}|{style}".strip("|"))
        if "light" in verb.traits and style != _SPOKEN:
            yield from _imperative(verb, "م", stem, f"{_NEGATIVE}|{_ARCHAIC}")


def _imperative(verb: Verb, prefix: str, stem: str, extra: str) -> Iterator[Form]:
    for text, _ in _spellings(prefix, stem, ""):
        weak = not prefix and "light" not in verb.traits
        yield Form(verb.preverb + text, verb.pos, verb.lemma, _feats(_IMPERATIVE, extra), weak)


@cache
def _feats(*groups: str) -> str:
    """Return features sorted, from groups of them."""
    return "|".join(sorted({feat for group in groups for feat in group.split("|") if feat}))
