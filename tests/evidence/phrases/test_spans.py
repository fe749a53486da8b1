"""Token patterns that hamdel decides itself match where spaCy's Matcher would, and the others are left to it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.matcher import Matcher

from hamdel.base.resources import phrasebank_dir
from hamdel.errors import PhrasebankError
from hamdel.evidence.analysing import make_analyzer
from hamdel.evidence.phrases import PhraseIndex
from hamdel.evidence.phrases.pattern_tokens import TokenTest
from hamdel.evidence.phrases.spans import longest, spans
from hamdel.language.analysis import Analysis, Analyzer
from hamdel.language.fold import key
from hamdel.language.spacy_docs import DocMaker
from hamdel.model import Severity
from hamdel.phrasebank import Bilingual, CheckDef, PhraseGroup, load_checks, load_groups

CASES = Path(__file__).parents[2] / "cases"
WORDS = "سفارش شما ثبت شد نشد ارسال کردیم می‌کنید لطفاً فردا به دست می‌رسد خیلی ببخشید . ؟ ۱۲ کتاب‌هایتان نه 🌹".split()
OPS = ("{1}", "{1}", "{1}", "?", "+", "*", "{2}", "{0,3}", "{1,2}", "{,2}", "{2,}")
ASKED = (
    {"NORM": key("ثبت")},
    {"NORM": {"IN": [key("سفارش"), key("شما"), key("ارسال")]}},
    {"NORM": {"NOT_IN": [".", key("نه")]}},
    {"LEMMA": {"IN": [key("شدن"), key("کردن")]}, "MORPH": {"IS_SUPERSET": ["Person=3"]}},
    {"LEMMA": key("کردن"), "MORPH": {"IS_SUPERSET": ["Number=Plur", "Person=2"]}},
    {"POS": {"NOT_IN": ["PUNCT", "SPACE", "VERB"]}},
    {"POS": "NUM"},
    {"POS": {"IN": ["NOUN", "SYM"]}, "LEMMA": {"NOT_IN": [key("کتاب")]}},
    {"TEXT": {"REGEX": "^[^منه]"}},
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return make_analyzer()


def texts_of(analysis: Analysis) -> list[str]:
    return [analysis.text[start:end] for start, end in zip(analysis.starts, analysis.ends, strict=True)]


def check_with(*patterns: list[dict[str, object]]) -> CheckDef:
    groups = (PhraseGroup("kind", patterns=tuple(tuple(pattern) for pattern in patterns)),)
    empty = Bilingual("", "")
    return CheckDef("a/b", Severity.WARNING, "A", "phrase", (), (), empty, empty, empty, groups, path=Path("b.toml"))


def index_of(analyzer: Analyzer, *checks: CheckDef) -> PhraseIndex:
    return PhraseIndex(checks, lambda text: [word.norm for word in analyzer(text).words])


@pytest.mark.parametrize("seed", range(8))
def test_random_patterns_match_where_spacy_finds_them(analyzer: Analyzer, seed: int) -> None:
    chance, docs, found = random.Random(seed), DocMaker(), 0
    texts = [analyzer(" ".join(chance.choices(WORDS, k=chance.randint(1, 12)))) for _ in range(60)]
    for _ in range(40):
        tokens = [{**chance.choice(ASKED), "OP": chance.choice(OPS)} for _ in range(chance.randint(1, 4))]
        tokens = [{"OP": token["OP"]} if chance.random() < 0.2 else token for token in tokens]
        tests = [TokenTest(token) for token in tokens]
        assert all(test.whole for test in tests)
        every, greedy = Matcher(docs.vocab), Matcher(docs.vocab)
        every.add("p", [tokens])
        greedy.add("p", [tokens], greedy="LONGEST")
        for analysis in texts:
            mine = list(spans(tests, tuple(zip(analysis.words, texts_of(analysis), strict=True))))
            doc = docs.make(analysis)
            assert set(mine) == {(first, last) for _, first, last in every(doc)}, tokens
            assert set(longest(mine)) == {(first, last) for _, first, last in greedy(doc)}, tokens
            found += len(mine)
    assert found > 500


def our_checks() -> list[CheckDef]:
    emotions = CheckDef(
        "lexicon/emotions", Severity.SUGGESTION, "C", "phrase", (), (), *[Bilingual("", "")] * 3,
        load_groups(phrasebank_dir() / "lexicon" / "emotions.toml"), path=Path("emotions.toml"),
    )  # fmt: skip
    return [*load_checks().values(), emotions]


def our_texts() -> Iterator[str]:
    for check in load_checks().values():
        for example in (*check.examples.fire, *check.examples.silent):
            yield from (example.draft, example.customer)
    for path in CASES.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield from (case.get("draft", ""), case.get("customer") or "")


def test_our_patterns_match_where_spacy_finds_them(analyzer: Analyzer) -> None:
    """Around each anchor in all examples and cases, whether or not the rest of a pattern is near."""
    index, docs, tried, matched = index_of(analyzer, *our_checks()), DocMaker(), 0, 0
    for text in dict.fromkeys(filter(None, our_texts())):
        analysis = analyzer(text)
        typed, doc = texts_of(analysis), docs.make(analysis)
        for token, filed in index._anchored(analysis.words):
            first, last = filed.window(token)
            theirs = {(start, end) for _, start, end in filed.compile(docs)(doc[first:last])}
            assert set(filed.spans(analysis.words[first:last], typed[first:last])) == theirs
            tried, matched = tried + 1, matched + bool(theirs)
    assert tried > 5000
    assert matched > 500


def test_spacy_is_needed_for_none_of_our_patterns(analyzer: Analyzer) -> None:
    filed = index_of(analyzer, *our_checks())._filed.values()
    assert [one.check.id for one in filed if not one.decided] == []


@pytest.mark.parametrize(
    "token",
    [
        {"NORM": "نه", "OP": "!"},
        {"LOWER": "ok"},
        {"IS_PUNCT": True},
        {"NORM": {"REGEX": "ه$"}},
        {"NORM": {"FUZZY": "سفارش"}},
        {"TEXT": "نه"},
        {"TEXT": {"REGEX": {"IN": ["ه$"]}}},
        {"TEXT": {"REGEX": "ه$", "NOT_IN": ["نه"]}},
        {"MORPH": "Person=2"},
        {"MORPH": {"NOT_IN": ["Person=2"]}},
        {"MORPH": {"IS_SUPERSET": ["PronType=Int,Rel"]}},
        {"MORPH": {"IS_SUPERSET": []}},
        {"POS": {"IS_SUPERSET": ["NOUN"]}},
        {"NORM": {}},
        {"NORM": {"IN": "نه"}},
        {"NORM": {"IN": []}},
    ],
    ids=str,
)
def test_what_else_a_pattern_asks_is_spacys(token: dict[str, object]) -> None:
    assert not TokenTest(token).whole


def test_a_teams_pattern_may_ask_for_more(analyzer: Analyzer) -> None:
    check = check_with([{"NORM": "سفارش"}, {"LENGTH": {">=": 4}, "OP": "+"}])
    analysis = analyzer("سفارش کتاب‌هایتان ارسال شد")
    assert [(hit.first, hit.last) for hit in index_of(analyzer, check).find(analysis, DocMaker())] == [(0, 3)]


def test_what_spacy_refuses_is_told_when_a_pattern_is_compiled(analyzer: Analyzer) -> None:
    index = index_of(analyzer, check_with([{"NORM": "سفارش"}, {"LENGTH": {"about": 4}}]))
    index.compile(DocMaker(), ())
    with pytest.raises(PhrasebankError, match=r"b\.toml: a/b: spaCy refuses a pattern"):
        index.compile(DocMaker(), {"a/b"})


def test_each_token_of_a_window_is_asked_once(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ways there are to share a text among the tokens of a pattern."""
    asked = []
    matches = TokenTest.matches
    monkeypatch.setattr(TokenTest, "matches", lambda *of: asked.append(of) or matches(*of))
    tests = [TokenTest({"NORM": {"NOT_IN": ["."]}, "OP": "*"}) for _ in range(6)] + [TokenTest({"NORM": "ثبت"})]
    words = analyzer("ثبت " * 100).words
    assert len(list(spans(tests, [(word, "ثبت") for word in words]))) == 100 * 101 // 2
    assert len(asked) == 7 * 100
