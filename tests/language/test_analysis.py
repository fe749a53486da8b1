"""The reader keeps the text: every offset is one of the raw text, in every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel.base.resources import phrasebank_dir
from hamdel.evidence.analysing import make_analyzer
from hamdel.language.analysis import Analysis, Analyzer
from hamdel.language.fold import key
from hamdel.language.joining import Joiner
from hamdel.language.lexicon import Lexicon
from hamdel.language.spacy_docs import DocMaker
from hamdel.language.tokenizer import Kind, may_span, scan
from hamdel.phrasebank import load_words

_ALPHABET = (
    'ابپتسشمنویه کگيكىةآأؤئ ِّٔ‌‍\u200b\u00ad\ufeff\u00a0\u200e\u2067٠١۲۳4.,،؛:؟?!…«»"()[]{}<>%@/_-\n\r\t\0😀👍🏽🇮🇷abXYZ`'
)
TEXTS = st.one_of(st.text(max_size=80), st.text(alphabet=_ALPHABET, max_size=80))


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return make_analyzer()


def norms(analysis: Analysis) -> list[str]:
    return [word.norm for word in analysis.words if word.kind is not Kind.SPACE]


@given(TEXTS)
def test_pieces_cover_the_text(text: str) -> None:
    pieces = scan(text)
    assert "".join(text[p.start : p.end] for p in pieces) == text
    assert all(p.start < p.end for p in pieces)


@settings(max_examples=300)
@given(text=TEXTS)
def test_doc_text_is_the_raw_text(analyzer: Analyzer, text: str) -> None:
    analysis = analyzer(text)
    doc = DocMaker().make(analysis)
    assert doc.text == text
    assert [(t.idx, t.idx + len(t)) for t in doc] == list(zip(analysis.starts, analysis.ends, strict=True))


@given(text=TEXTS)
def test_sentences_cover_all_tokens(analyzer: Analyzer, text: str) -> None:
    analysis = analyzer(text)
    flat = [i for first, last in analysis.sentences for i in range(first, last)]
    assert flat == list(range(len(analysis.words)))


@given(text=st.text(alphabet=[c for c in _ALPHABET if not may_span(c)], max_size=80))
def test_chunks_are_read_as_the_whole_text_is(analyzer: Analyzer, text: str) -> None:
    """Reading between spaces, which is quick, gives what one scan over the whole text gives."""
    whole = analyzer(text + " `x`")
    parts = analyzer(text + " .")
    assert parts.starts[:-1] == whole.starts[:-1]
    assert [w.norm for w in parts.words[:-1]] == [w.norm for w in whole.words[:-1]]


_APART = "می می‌ کنم ها به هیچ عنوان زودی بر گرد گرداند سلام، رسیده اید ام 12 . ی ؟".split()


@given(words=st.lists(st.sampled_from(_APART)))
def test_single_spaces_are_read_as_any_others(analyzer: Analyzer, words: list[str]) -> None:
    """A text of single spaces, which is quick to read, gives what the slow way does."""
    text = " ".join(words)
    quick, slow = analyzer(text), analyzer(text + " [x]")
    count = len(quick.words)
    assert quick.words == slow.words[:count]
    assert (quick.starts, quick.ends) == (slow.starts[:count], slow.ends[:count])
    assert norms(slow)[count:] == ["[x]"]


def test_text_without_a_stop_is_cut(analyzer: Analyzer) -> None:
    analysis = analyzer("سفارش شما ارسال شد و " * 400)
    lengths = [last - first for first, last in analysis.sentences]
    assert len(lengths) > 1
    assert max(lengths) == 300
    assert sum(lengths) == len(analysis.words)


def test_lone_surrogates_keep_offsets(analyzer: Analyzer) -> None:
    text = "سلام \ud83d دوست\udc00"
    analysis = analyzer(text)
    doc = DocMaker().make(analysis)
    assert doc.text == text.replace("\ud83d", "\ufffd").replace("\udc00", "\ufffd")


@pytest.mark.parametrize(
    "shapes",
    [
        ("می‌کنید", "می کنید", "میکنید", "ميكنيد", "می\u200bکنید", "می\u200c\u200cکنید", "می‌ کنید", "مــی‌کنید"),
        ("کتاب‌هایتان", "کتاب هایتان", "کتابهایتان", "كتاب‌هايتان"),
        ("رسیده‌اید", "رسیده اید", "رسيده‌ايد"),
        ("همان‌طور", "همان طور", "همانطور"),
        ("به‌زودی", "به زودی", "بزودی", "بهزودی", "بزودي"),
        ("عصبانی‌ام", "عصبانی ام", "عصبانیام"),
        ("سریع‌تر", "سریع تر", "سریعتر"),
        ("لطفاً", "لطفا", "لطفًا", "لطفن", "لطفآ"),
        ("متأسفانه", "متاسفانه", "مُتأسفانه"),
        ("برمی‌گردد", "بر می گردد", "برمیگردد"),
        ("بفرمایید", "بفرمائید", "بفرمائيد"),
        ("۱۲۳", "123", "١٢٣"),
    ],
)
def test_shapes_of_one_word_have_one_norm(analyzer: Analyzer, shapes: tuple[str, ...]) -> None:
    assert {tuple(norms(analyzer(shape))) for shape in shapes} == {tuple(norms(analyzer(shapes[0])))}
    assert len(norms(analyzer(shapes[0]))) == 1


@pytest.mark.parametrize("text", ["به نام خدا", "از این رو", "می", "تر و خشک", "در آمد و رفت", "ما نیز"])
def test_words_that_stay_apart(analyzer: Analyzer, text: str) -> None:
    assert len(norms(analyzer(text))) == len(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("سلام.خوبید؟ممنون", 3),
        ("سلام\nوقت بخیر\n\nبله", 3),
        ("۱) فرم را پر کنید ۲) ثبت را بزنید", 2),
        ("نسخهٔ ۲.۱ آمد", 1),
        ("ساعت ق.ظ. است", 1),
        ("«نمی‌شود.» این را گفت", 2),
        ("تمام شد؛ بررسی می‌کنم", 2),
        ("باشه... پس فردا", 2),
        ("https://example.com/a.b?c=1 را ببینید", 1),
    ],
)
def test_sentences(analyzer: Analyzer, text: str, count: int) -> None:
    assert len(analyzer(text).sentences) == count


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("گفت «تو نمی‌فهمی» و رفت", "تو"),
        ("> تو باید\nسلام", "تو"),
        ("نوشته بودید که تو نمی‌فهمی؛ متأسفم", "تو"),
        ("روی [تو] بزنید", "[تو]"),
        ("`تو` را ببینید", "`تو`"),
    ],
)
def test_silent_zones(analyzer: Analyzer, text: str, silent: str) -> None:
    analysis = analyzer(text)
    token = analysis.token_at(text.index(silent))
    assert analysis.silent[token]
    assert not all(analysis.silent)


def test_an_open_quote_does_not_silence_the_draft(analyzer: Analyzer) -> None:
    analysis = analyzer("گفت «تو باید صبر کنی")
    assert not any(analysis.silent)


@pytest.mark.parametrize(
    ("text", "lemma", "person"),
    [
        ("می‌تونین", "توانستن", 2),
        ("نمی‌خوام", "خواستن", 1),
        ("بفرستش", "فرستادن", 2),
        ("رسیده‌ایم", "رسیدن", 1),
        ("برنگشت", "برگشتن", 3),
        ("کردین", "کردن", 2),
    ],
)
def test_verbs(analyzer: Analyzer, text: str, lemma: str, person: int) -> None:
    (word,) = analyzer(text).words
    assert lemma in {reading.lemma for reading in word.readings}
    assert any(f"Person={person}" in reading.feats for reading in word.readings)


@pytest.mark.parametrize(
    ("text", "lemma", "possessor"),
    [("سفارشتون", "سفارش", -2), ("حسابتان", "حساب", -2), ("گوشی‌م", "گوشی", 1), ("آدرس‌هاتان", "آدرس", -2)],
)
def test_possessives(analyzer: Analyzer, text: str, lemma: str, possessor: int) -> None:
    (word,) = analyzer(text).words
    assert (word.lemma, word.possessor) == (lemma, possessor)


def test_what_neither_opens_nor_continues_is_never_joined(lexicon: Lexicon, analyzer: Analyzer) -> None:
    """Most pairs of words are dismissed at a look at each; that must not lose a join."""
    joiner = Joiner(lexicon, load_words(phrasebank_dir() / "lexicon" / "compounds.txt"))
    lefts = "دانش آموز می نمی کتاب به هیچ بر در باز سفارش رسیده عصبانی خرید پیش گفته خوش تازه بسته ز ه".split()
    rights = "آموز آموزان کنید ها های تر ام اید ش زودی عنوان می‌گردد آمدید وارد بندی شده کن خرید را".split()
    joined = [(a, b) for a in lefts for b in map(key, rights) if joiner(a, b)]
    assert len(joined) > 30
    assert all(joiner.opens(a) or joiner.continues(b) for a, b in joined)
    dismissed = [a for a in lefts if not joiner.opens(a)]
    assert {"آموز", "خرید", "عصبانی"} <= {*dismissed}
    assert lexicon.opens_compound("دانش")
    assert not lexicon.opens_compound("دانش\x00")
    assert not lexicon.lookup("\x01دانش")
