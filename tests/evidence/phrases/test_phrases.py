"""Fixed phrases and token patterns: the quick look before matching must never lose a match."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from hamdel.evidence.analysing import make_analyzer
from hamdel.evidence.phrases import PhraseIndex
from hamdel.evidence.phrases.needs import Needs, find_anchor
from hamdel.evidence.phrases.sequences import Sequences
from hamdel.language.analysis import Analyzer
from hamdel.language.fold import key
from hamdel.language.spacy_docs import DocMaker
from hamdel.model import Severity
from hamdel.phrasebank import Bilingual, CheckDef, PhraseGroup

WORDS = "سفارش شما ثبت شد نشد ارسال کردیم می‌کنید لطفاً فردا به دست می‌رسد خیلی ببخشید . ؟ ۱۲ کتاب‌هایتان نه".split()
PATTERNS = (
    [{"NORM": "ثبت"}, {"LEMMA": "شدن"}],
    [{"NORM": {"IN": ["سفارش", "ارسال"]}}, {"OP": "{0,2}"}, {"LEMMA": "شدن", "POS": {"NOT_IN": ["NOUN"]}}],
    [{"NORM": "شما", "OP": "?"}, {"NORM": "ثبت"}, {"POS": "VERB"}],
    [{"POS": "PUNCT", "OP": "+"}, {"NORM": "سفارش", "OP": "+"}, {"NORM": {"NOT_IN": ["شما"]}}],
    [{"NORM": {"NOT_IN": ["نه"]}, "OP": "{1,3}"}, {"LEMMA": {"IN": ["کردن", "رسیدن"]}}],
    [{"OP": "*"}, {"LEMMA": "کردن", "MORPH": {"IS_SUPERSET": ["Number=Plur", "Person=2"]}}, {"OP": "?"}, {"NORM": "."}],
    [{"NORM": "خیلی", "OP": "!"}, {"NORM": "ببخشید"}],
    [{"NORM": "فردا"}, {"OP": "{2}"}, {"POS": "VERB"}],
    [{"POS": {"NOT_IN": ["PUNCT"]}}, {"NORM": {"IN": ["به", "شما"]}}, {"LEMMA": {"NOT_IN": ["شدن"]}, "POS": "NOUN"}],
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return make_analyzer()


def keyed(pattern: list[dict[str, object]]) -> list[dict[str, object]]:
    def folded(value: object) -> object:
        if isinstance(value, str):
            return key(value)
        assert isinstance(value, dict)
        return {op: [key(word) for word in words] for op, words in value.items()}

    return [{a: folded(v) if a in ("NORM", "LEMMA") else v for a, v in token.items()} for token in pattern]


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_needs_are_met_wherever_spacy_finds_a_match(analyzer: Analyzer, pattern: list[dict[str, object]]) -> None:
    """Each match of spaCy's holds an anchor at which the needs are met and from which the match is in reach."""
    docs, chance, tokens = DocMaker(), random.Random(7), keyed(pattern)
    anchor = find_anchor(tuple(tokens))
    assert anchor is not None
    needs = Needs(tuple(tokens), anchor)
    matcher = Matcher(docs.vocab)
    matcher.add("p", [tokens])
    matched = refused = 0
    for _ in range(1500):
        analysis = analyzer(" ".join(chance.choices(WORDS, k=8)))
        met = [i for i in range(len(analysis.words)) if needs.met(analysis.words, i)]
        refused += not met
        for _, first, last in matcher(docs.make(analysis)):
            matched += 1
            assert any(first <= i < last and i - needs.before < first and last <= i + needs.after for i in met)
        if needs.enough:
            spans = {(i - needs.before + 1, i + needs.after) for i in met}
            assert spans == {(first, last) for _, first, last in matcher(docs.make(analysis))}
    assert matched
    assert refused


def test_needs_are_enough_only_without_anything_else() -> None:
    enough = []
    for pattern in map(keyed, PATTERNS):
        anchor = find_anchor(tuple(pattern))
        assert anchor is not None
        enough.append(Needs(tuple(pattern), anchor).enough)
    assert enough == [True, False, False, False, False, False, False, False, True]


@settings(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=8), st.lists(st.sampled_from(WORDS)))
def test_sequences_are_found_where_they_stand(analyzer: Analyzer, phrases: list[list[str]], spoken: list[str]) -> None:
    analysis = analyzer(" ".join(spoken))
    norms = [word.norm for word in analysis.words]
    sequences = Sequences()
    keys = [[key(word) for word in phrase] for phrase in phrases]
    for number, phrase in enumerate(keys):
        sequences.add(number, phrase)
    expected = {
        (number, at, at + len(phrase))
        for number, phrase in enumerate(keys)
        for at in range(len(norms))
        if norms[at : at + len(phrase)] == phrase
    }
    assert set(sequences.find(analysis.words)) == expected


def test_a_doc_of_some_tokens_has_their_text_and_attributes(analyzer: Analyzer) -> None:
    analysis = analyzer("سفارش شما  ثبت شد؛\nفردا «ارسال» می‌کنیم. 🌹")
    docs = DocMaker()
    whole = docs.make(analysis)
    bounds = range(len(analysis.words) + 1)
    for first, last in [*pairwise(bounds), (2, 7), (0, len(analysis.words))]:
        part = docs.make(analysis, first, last)
        assert part.text_with_ws == whole[first:last].text_with_ws
        assert [(t.norm, t.lemma, t.pos, str(t.morph)) for t in part] == [
            (t.norm, t.lemma, t.pos, str(t.morph)) for t in whole[first:last]
        ]


def test_one_doc_for_all_windows_finds_what_one_for_each_finds(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where patterns may match in many places, which is rare in a reply, all of them share a Doc of the whole text."""
    besides = [{"NORM": {"NOT_IN": ["هیچ"]}, "LENGTH": {"<": 99}, "OP": "?"}]  # makes each of them spaCy's to decide
    groups = tuple(PhraseGroup("kind", patterns=((*pattern, *besides),)) for pattern in PATTERNS)
    empty = Bilingual("", "")
    check = CheckDef("a/b", Severity.WARNING, "A", "phrase", (), (), empty, empty, empty, groups, path=Path("b.toml"))
    index, docs = PhraseIndex([check], lambda text: [word.norm for word in analyzer(text).words]), DocMaker()
    chance = random.Random(3)
    texts = [analyzer(" ".join(chance.choices(WORDS, k=length))) for length in (6, 12, 40, 120) for _ in range(40)]
    lengths: list[int] = []
    make = docs.make
    monkeypatch.setattr(docs, "make", lambda *of: lengths.append(len(of)) or make(*of))
    found = [index.find(text, docs) for text in texts]
    assert {1, 3} == {*lengths}  # both ways were gone
    monkeypatch.setattr("hamdel.evidence.phrases.index.sum", lambda _: 0, raising=False)  # never the whole text
    assert [index.find(text, docs) for text in texts] == found
    assert sum(map(len, found)) > 500
