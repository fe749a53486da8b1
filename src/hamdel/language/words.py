"""One `Word` per word form, made once and then remembered: what every later stage asks of a token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hamdel.language.bounded_cache import Memory
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.morphology import Dictionary, analyse
from hamdel.language.sets import entries
from hamdel.language.tokenizer import Kind

__all__ = ["Word", "Words"]


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What is known of a token without its context.

    Attributes:
        kind: of the token.
        norm: its matching key, spelling variants unified and stretched letters («چراااا») single.
        readings: all of them; the first is the likeliest.
        lemma, pos, feats: of the first reading (lemma as a matching key; ``norm`` for unknown words).
        person: 1, 2 or 3 for a finite verb, else 0.
        plural: of a finite verb's subject.
        negative: of a verb.
        finite: whether the first reading is a finite verb.
        predicate: whether it can close a clause: a finite verb, or a participle («نرسیده» for «نرسیده است»).
        familiar: whether some reading addresses one familiar person («می‌کنی», «بفرست»).
        doubtful: whether a familiar form may be a noun too («بدی», «خریدی»).
        asks: whether a question mark is in it, Persian or Latin.
        possessor: 1, 2 or 3 when a clitic is attached, negative for the plural («ـتون» is -2), else 0.
    """

    kind: Kind
    norm: str
    readings: tuple[Reading, ...]
    lemma: str
    pos: str
    feats: str
    person: int = 0
    plural: bool = False
    negative: bool = False
    finite: bool = False
    predicate: bool = False
    familiar: bool = False
    doubtful: bool = False
    possessor: int = 0
    asks: bool = False

    def reading(self, *feats: str) -> Reading | None:
        """Return the first reading that has all of ``feats`` (UD, such as ``Person=2``)."""
        for reading in self.readings:
            have = reading.feats.split("|")
            if all(feat in have for feat in feats):
                return reading
        return None


def _number_after(feats: str, name: str) -> int:
    at = feats.find(name)
    return int(feats[at + len(name)]) if at >= 0 else 0


def _make(kind: Kind, norm: str, readings: tuple[Reading, ...], doubtful: bool = False) -> Word:
    if not readings:
        return Word(kind, norm, (), norm, _POS.get(kind, "X"), "", asks="؟" in norm or "?" in norm)
    first = readings[0]
    feats = first.feats
    finite = "VerbForm=Fin" in feats
    possessor = _number_after(feats, "Person[psor]=")
    return Word(
        kind=kind,
        norm=norm,
        readings=readings,
        lemma=key(first.lemma),
        pos=first.pos,
        feats=feats,
        person=_number_after(feats, "Person=") if finite else 0,
        plural="Number=Plur" in feats,
        negative="Polarity=Neg" in feats,
        finite=finite,
        predicate=finite or (first.pos == "VERB" and "VerbForm=Part" in feats),
        familiar=any("Number=Sing|Person=2" in r.feats and "Style=Arch" not in r.feats for r in readings),
        doubtful=doubtful,
        possessor=-possessor if "Number[psor]=Plur" in feats else possessor,
    )


_POS = {Kind.PUNCT: "PUNCT", Kind.SPACE: "SPACE", Kind.NUMBER: "NUM", Kind.EMOJI: "SYM", Kind.URL: "X"}
_NOMINAL = frozenset(("NOUN", "ADJ", "ADV", "ADP", "PRON", "NUM", "DET"))
_STRETCHED = re.compile(r"(.)\1\1+")  # «چراااا»
_FORMS, _OTHERS = 3_000, 500  # in a generation; a thousand replies have three times as many


class Words:
    """Word forms by kind and key.

    Args:
        dictionary: hazm's knowledge.
        variants: spelling variant to standard key («بزودی» to «بهزودی»).
        remember: how many times the usual number of words is kept in memory.

    Attributes:
        lookup: the dictionary's own readings of a key, no ending taken off.
    """

    def __init__(self, dictionary: Dictionary, variants: Mapping[str, str], *, remember: int = 1) -> None:
        self._dictionary = dictionary
        self.lookup = dictionary.lookup
        self._variants = variants
        self._known = Memory[str, Word](_FORMS * remember)
        self._others = Memory[str, Word](_OTHERS * remember)

    def word(self, form: str) -> Word:
        """Return the `Word` of a Persian word's key."""
        found = self._known[form]
        if found is None:
            norm = self._variants.get(form, form)
            readings = analyse(norm, self._dictionary)
            if not readings and self.lookup(short := _STRETCHED.sub(r"\1", norm)):
                norm = self._variants.get(short, short)
                readings = analyse(norm, self._dictionary)
            found = _make(Kind.WORD, norm, readings, self._doubtful(norm, readings))
            self._known[form] = found
        return found

    def _doubtful(self, norm: str, readings: tuple[Reading, ...]) -> bool:
        """Tell whether a verb form is a noun too, or a noun with the ی of "a" («خریدی»)."""
        prefixed = norm.startswith(entries("grammar.ending.imperfective"))
        base = self._dictionary.lookup(norm[:-1]) if norm.endswith("ی") and not prefixed else ()
        return any(r.pos in _NOMINAL for r in (*readings, *base)) or any("Person=3" in r.feats for r in readings)

    def other(self, kind: Kind, form: str) -> Word:
        """Return the `Word` of a number, a Latin word, punctuation, white space or an address."""
        found = self._others[form]
        if found is None or found.kind is not kind:
            found = _make(kind, form, ())
            self._others[form] = found
        return found
