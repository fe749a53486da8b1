"""Compile the lexicon: hazm's words and verbs, and what ``phrasebanks/lexicon/*.toml`` adds to them.

The only module that imports hazm. Source: architecture, decisions 5 and 6.
"""

from __future__ import annotations

import tomllib
import warnings
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

import marisa_trie

from hamdel.base.resources import phrasebank_dir
from hamdel.base.slow_work import Told, nobody
from hamdel.errors import LexiconError
from hamdel.language.fold import JOINERS, key, split_key
from hamdel.language.lexicon_packing import FIRST_PART, Compiled, pack
from hamdel.language.stems import Verb, assemble
from hamdel.language.verbs import Form, copula_forms, verb_forms

__all__ = ["compile_lexicon"]

# How much of the time is over when hazm is read, its forms are collected, numbered and split into parts; measured.
_READ, _COLLECTED, _NUMBERED, _SPLIT = 0.32, 0.62, 0.82, 0.93
_ENTRIES: Final = 302_000  # forms that hazm 0.10 and 0.12 lead to; only how far it is depends on it
_OFTEN: Final = 5_000  # forms

# Classes of readings, the likeliest first; see _Entry.
_FIRST, _VERB, _WORD, _WEAK_VERB, _SPOKEN_WORD, _ARCHAIC, _UNTAGGED = range(7)

_TANVIN: Final = "\u064b"
_MISREAD_JOINER: Final = "\x9d"  # Windows-1256's non-joiner, read as Latin-1, in one of hazm's words

# hazm's tags; those left out (RES, V) say nothing that another source doesn't.
_POS: Final = {
    "N": "NOUN", "PL": "NOUN", "CL": "NOUN", "PR": "NOUN",
    "AJ": "ADJ", "AJC": "ADJ", "COMP": "ADJ", "ZVR": "ADJ",
    "ADV": "ADV", "NUM": "NUM", "PRO": "PRON", "P": "ADP", "POSTP": "ADP", "CONJ": "SCONJ", "DET": "DET",
    "INT": "INTJ", "PS": "INTJ", "NIN": "INTJ",
}  # fmt: skip
# Verb readings that give way to «کار» with an ending in «کاری».
_DOUBTFUL: Final = {_WEAK_VERB, _ARCHAIC, _UNTAGGED}
_NOUN_ENDINGS: Final = {"ی": "", "م": "Number[psor]=Sing|Person[psor]=1"}
# Classes that a word belongs to alone: «شما» is no noun, whatever hazm says.
_SOLE: Final = {"PRON", "CCONJ", "SCONJ", "AUX", "DET"}


class _Entry(NamedTuple):
    """A reading under a key; a key's entries sort by class, then place (rank of a verb, rarity of a word)."""

    key: str
    order: tuple[int, int]
    pos: str
    lemma: str
    feats: str


class _Sources(NamedTuple):
    """What hazm and we know, as read."""

    words: list[tuple[str, int, tuple[str, ...]]]
    spoken_words: list[str]
    our_words: dict[str, dict[str, str]]
    verbs: list[Verb]
    conjugation: Any
    copula: dict[str, Any]


def compile_lexicon(told: Told = nobody) -> Compiled:
    """Return the lexicon, made from hazm; takes a few seconds.

    Args:
        told: is told now and then which share of it is done.

    Raises:
        LexiconError: hazm or its data can't be loaded.
    """
    sources = _sources()
    told(_READ)
    readings: dict[str, list[_Entry]] = defaultdict(list)
    for number, entry in enumerate(_entries(sources)):
        readings[entry.key].append(entry)
        if not number % _OFTEN:
            told(min(_READ + number / _ENTRIES * (_COLLECTED - _READ), _COLLECTED))
    for entry in list(_inflected_nouns(readings)):
        readings[entry.key].append(entry)
    told(_COLLECTED)
    tags: dict[tuple[str, str], int] = {}
    items = [(k, pack(_numbered(entries, tags), k)) for k, entries in readings.items()]
    told(_NUMBERED)
    firsts = sorted({first for entries in readings.values() for entry in entries for first in _first_part(entry)})
    items += [(FIRST_PART + first, b"") for first in firsts]
    told(_SPLIT)
    return Compiled(marisa_trie.BytesTrie(items), tuple(tags))


def _sources() -> _Sources:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # hazm's and its dependencies' own, at import
            utils = import_module("hazm.utils")
            conjugation = import_module("hazm.lemmatizer").Conjugation()
        spoken_verbs = utils.informal_verbs.read_text(encoding="utf-8").splitlines()
        our_verbs = _table("verbs.toml")
        return _Sources(
            words=[(word.replace(_MISREAD_JOINER, "\u200c"), *rest) for word, *rest in utils.words_list()],
            spoken_words=utils.informal_words.read_text(encoding="utf-8").splitlines(),
            our_words=_table("words.toml"),
            verbs=assemble(utils.verbs_list(), spoken_verbs, our_verbs),
            conjugation=conjugation,
            copula=our_verbs["copula"],
        )
    except (ImportError, OSError, AttributeError, RuntimeError, ValueError) as error:
        raise LexiconError(f"the lexicon can't be compiled, reinstall hamdel and hazm: {error}") from error


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((phrasebank_dir() / "lexicon" / name).read_text(encoding="utf-8"))


def _entries(sources: _Sources) -> Iterator[_Entry]:
    for form in copula_forms(sources.copula):
        yield _verb_entry(form, 0)
    for verb in sources.verbs:
        for form in verb_forms(verb, sources.conjugation):
            yield _verb_entry(form, verb.rank)
    yield from _word_entries(sources)


def _verb_entry(form: Form, rank: int | None) -> _Entry:
    group = _ARCHAIC if "Style=Arch" in form.feats else _WEAK_VERB if form.weak else _VERB
    return _Entry(_joined_key(form.text), (group, rank or 0), form.pos, form.lemma, form.feats)


def _numbered(entries: list[_Entry], tags: dict[tuple[str, str], int]) -> list[tuple[int, str]]:
    """Return the distinct readings of a key, the likeliest first, as (number of the tag, lemma)."""
    ordered = sorted(entries, key=lambda entry: entry.order) if len(entries) > 1 else entries
    if ordered[0].pos == "X":
        ordered = ordered[:1]
    distinct = dict.fromkeys(e[2:] for e in ordered if e is ordered[0] or e.pos != "X")
    return [
        (tags.setdefault((pos, feats), len(tags)), lemma)
        for pos, lemma, feats in distinct
        if not ("Style=" in feats and (pos, lemma, _unstyled(feats)) in distinct)
    ]


def _inflected_nouns(readings: Mapping[str, list[_Entry]]) -> Iterator[_Entry]:
    """Yield «کاری» and «کارم» as forms of «کار», where a bare or archaic verb form is all that is known of them."""
    for form, entries in readings.items():
        feats = _NOUN_ENDINGS.get(form[-1])
        if feats is None or len(form) < 3 or not all(entry.order[0] in _DOUBTFUL for entry in entries):
            continue
        stem = next((e for e in readings.get(form[:-1], ()) if e.order[0] == _WORD), None)
        if stem and stem.pos in ("NOUN", "ADJ") and any(entry.pos == "VERB" for entry in entries):
            yield _Entry(form, (_WORD, 0), stem.pos, stem.lemma, feats)


def _first_part(entry: _Entry) -> Iterator[str]:
    """Yield the first of a compound's two parts."""
    parts = split_key(entry.lemma)
    if len(parts) == 2 and "".join(parts) == entry.key:
        yield parts[0]


def _unstyled(feats: str) -> str:
    return "|".join(feat for feat in feats.split("|") if not feat.startswith("Style="))


def _joined_key(text: str) -> str:
    """Return the key of a token, which holds no space."""
    joined = key(text)
    return joined if joined.isalnum() else "".join(joined.split())


def _word_entries(sources: _Sources) -> Iterator[_Entry]:
    first = dict(_our_entries(sources.our_words["first"], _FIRST))
    yield from first.values()
    yield from (entry for _, entry in _our_entries(sources.our_words["open"], _WORD))
    tags = {word: tags for word, _, tags in sources.words}
    for entry in _hazm_entries(sources.words, tags):
        if entry.key and (entry.key not in first or first[entry.key].pos not in _SOLE):
            yield entry
    yield from _spoken_entries(sources.spoken_words, tags, first)


def _our_entries(table: dict[str, str], group: int) -> Iterator[tuple[str, _Entry]]:
    for pos, words in table.items():
        for word in words.split():
            yield _joined_key(word), _Entry(_joined_key(word), (group, 0), pos, word, "")


def _hazm_entries(words: list[tuple[str, int, tuple[str, ...]]], known: Container[str]) -> Iterator[_Entry]:
    keys = [_joined_key(word) for word, _, _ in words]
    taken = set(keys)
    for word_key, (word, count, tags) in zip(keys, words, strict=True):
        if word + _TANVIN in known:
            continue  # «لطفا» has the lemma «لطفاً»
        yield from _readings(word_key, word, tags, -count)
        for variant in _tanvin_variants(word):
            if variant not in taken:
                yield from _readings(variant, word, tags, -count)


def _tanvin_variants(word: str) -> list[str]:
    """Return the keys of the usual misspellings of «لطفاً»: «لطفن» and «لطفآ»."""
    if not word.endswith("ا" + _TANVIN):
        return []
    stem = _joined_key(word[:-2])
    return [stem + "ن", stem + "آ"]


def _readings(word_key: str, word: str, tags: tuple[str, ...], place: int, style: str = "") -> Iterator[_Entry]:
    """Yield the readings of one word of hazm's, one for each part of speech."""
    lemma = word.strip(JOINERS + " ")
    known = dict.fromkeys(_POS[tag] for tag in tags if tag in _POS)
    if not known:
        yield _Entry(word_key, (_UNTAGGED, place), "X", lemma, style)
    for pos in known:
        number = "Number=Plur" if pos == "NOUN" and "PL" in tags else ""
        feats = "|".join(filter(None, (number, style)))
        yield _Entry(word_key, (_SPOKEN_WORD if style else _WORD, place), pos, lemma, feats)


def _spoken_entries(
    lines: Iterable[str], tags: dict[str, tuple[str, ...]], first: dict[str, _Entry]
) -> Iterator[_Entry]:
    """Yield the readings of hazm's colloquial words under the written word: «اگه» is «اگر»."""
    for line in lines:
        spoken, _, written = line.strip().partition(" ")
        written = written.strip(JOINERS + " ")
        spoken_key, written_key = _joined_key(spoken), _joined_key(written)
        if spoken_key == written_key:
            continue
        if written_key in first:
            entry = first[written_key]
            yield entry._replace(key=spoken_key, order=(_FIRST, 1), feats="Style=Coll")
        elif written in tags and spoken_key not in first:
            yield from _readings(spoken_key, written, tags[written], 0, "Style=Coll")
