"""Search is exact: what an archive finds, and every score, is what rapidfuzz says of each text in turn."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from hamdel.archive import scan
from hamdel.archive.alphabet import decode, encode, encode_query, is_odd, text_key
from hamdel.archive.archive import Archive
from hamdel.archive.segment import SHORTEST_SENTENCE, build, open_segment
from hamdel.archive.segment_making import merge_segments
from hamdel.archive.writing import Sent
from hamdel.masking.mask import SENTENCE, compared, mask_layout

CUTOFFS = (80, 85, 90, 95, 100)
LAYOUTS = ("no files", "one file", "files and a rest")

_WORDS = (
    "سفارش شما با پست ارسال شد و کد رهگیری پیامک میشود لطفا منتظر بمانید همکاران بررسی کردند نتیجه را اطلاع میدهیم "
    "پرداختی به حساب برمیگردد اگر مشکلی بود تماس بگیرید کالای معیوب تعویض خواهد پوزش میخواهیم انبار درخواست "
    "پیگیری واحد مالی فاکتور رسمی ضمانت گوشی سیمکارت بسته کارت هدیه تخفیف اعتبار اشتراک فعال نصب دستگاه برنامه خطا صفحه"
).split()
_ODD_WORDS = ("中国", "ελλάδα", "日本", "हिन्दी")
_ACCENTED = ("café", "größe", "москва", "niño")


class Generator:
    """Raw replies that are near copies of each other; the same ones each time."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.templates = [self.unrelated() for _ in range(12)]

    def sentence(self) -> str:
        return " ".join(self.random.choices(_WORDS, k=self.random.randint(3, 14)))

    def unrelated(self) -> str:
        return ". ".join(self.sentence() for _ in range(self.random.randint(1, 6)))

    def edited(self, text: str) -> str:
        """2 to 20 % of the characters are another one, gone, or doubled."""
        chars = list(text)
        for _ in range(max(1, int(len(text) * self.random.uniform(0.02, 0.20)))):
            place = self.random.randrange(len(chars))
            chars[place] = self.random.choice((self.random.choice("ابپتثدرسشمنوی "), "", chars[place] * 2))
        return "".join(chars)

    def reordered(self, text: str) -> str:
        parts = text.split(". ")
        self.random.shuffle(parts)
        return ". ".join(parts)

    def part(self, text: str) -> str:
        size = int(len(text) * self.random.uniform(0.5, 0.95))
        start = self.random.randrange(len(text) - size + 1)
        return text[start : start + size]

    def with_word(self, text: str, words: tuple[str, ...]) -> str:
        parts = text.split(" ")
        parts.insert(self.random.randrange(len(parts) + 1), self.random.choice(words))
        return " ".join(parts)

    def one(self) -> str:
        text = self.random.choice(self.templates)
        kind = self.random.choices(range(7), (50, 10, 15, 12, 5, 4, 4))[0]
        if kind == 5:
            return self.with_word(self.edited(text), _ODD_WORDS)
        if kind == 6:
            return self.with_word(self.edited(text), _ACCENTED)
        makers = (
            self.edited,
            self.reordered,
            self.part,
            lambda _: self.unrelated(),
            lambda _: self.random.choice(_WORDS),
        )
        return makers[kind](text)

    def long(self, size: int) -> str:
        """A text of this very size, which masking leaves alone."""
        text = ""
        while len(text) < size:
            text += self.random.choice(_WORDS) + " "
        return text[: size - 1].rstrip().ljust(size, "ن")


def _special(generator: Generator) -> list[str]:
    """Very short ones, those at the borders of 64-bit words and of the kernel, and those of one letter."""
    sizes = (1, 2, 3, 19, 20, 21, 63, 64, 65, 127, 128, 129, 2047, 8191, 8192, 8193, 20_500)
    long = [generator.long(size) for size in sizes]
    copies = [generator.edited(text) for text in long if len(text) > 10]
    letters = ["ب" * size for size in (1, 2, 30, 64, 65, 254, 255, 256, 300, 330, 9000, 9500)]
    return [*long, *copies, *letters, "ب" * 200 + " " + "ت" * 100, long[-1][:-400]]


@pytest.fixture(scope="module")
def layouts() -> list[str]:
    """Some 1,500 masked texts, each one once."""
    generator = Generator(1)
    raw = _special(generator) + [generator.one() for _ in range(1650)]
    distinct = {compared(layout): layout for layout in map(mask_layout, raw) if layout}
    chosen = list(distinct.values())
    generator.random.shuffle(chosen)
    assert len(chosen) > 1400
    assert sum(is_odd(encode(layout)) for layout in chosen) > 20
    assert max(map(len, chosen)) > 20_000
    return chosen


@pytest.fixture(scope="module")
def queries(layouts: list[str]) -> list[str]:
    """Masked texts of every sort: stored ones, near ones, parts, others, odd ones."""
    generator = Generator(2)
    chosen = generator.random.sample([layout for layout in layouts if len(layout) > 10], 14)
    long = [layout for layout in layouts if len(layout) > 8000]
    near = [generator.edited(text) for text in (*chosen[3:7], long[0], long[-1])]
    other = [
        generator.unrelated(),
        generator.with_word(chosen[0], _ODD_WORDS),
        "ب" * 310,
        "ب" * 8193,
        "ب",
        "پ",
        "中国 日本",
    ]
    parts = [part for text in chosen[11:] for part in text.split(SENTENCE)[:2]]
    raw = [
        *chosen[:3],
        *near,
        *map(generator.part, chosen[7:9]),
        *map(generator.reordered, chosen[9:11]),
        *other,
        *parts,
    ]
    raw += [
        "ز" * 20,
        generator.with_word(generator.edited(chosen[1]), _ACCENTED),
        generator.long(64),
        generator.long(8193),
    ]
    return [masked for text in raw if (masked := compared(mask_layout(text)))]


Scores = dict[str, float]
Expected = dict[tuple[str, int], Scores]


@pytest.fixture(scope="module")
def expected_texts(layouts: list[str], queries: list[str]) -> Expected:
    """What brute force says."""
    return _brute_force(queries, [compared(layout) for layout in layouts])


@pytest.fixture(scope="module")
def expected_sentences(layouts: list[str], queries: list[str]) -> Expected:
    """The same of sentences."""
    parts = (part for layout in layouts for part in layout.split(SENTENCE))
    return _brute_force(queries, list({compared(part) for part in parts if len(part) >= SHORTEST_SENTENCE}))


def _brute_force(queries: list[str], texts: list[str]) -> Expected:
    answers: Expected = {}
    for query in queries:
        near = [text for text in texts if fuzz.ratio(query, text, score_cutoff=min(CUTOFFS) - 1)]
        for cutoff in CUTOFFS:
            scores = ((text, fuzz.ratio(query, text, score_cutoff=cutoff)) for text in near)
            answers[query, cutoff] = {text: score for text, score in scores if score}
    return answers


@pytest.fixture(scope="module", params=LAYOUTS)
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, layouts: list[str]
) -> Iterator[Archive]:
    """All texts, laid out in one way or another."""
    with Archive(tmp_path_factory.mktemp("archive"), write=True) as made:
        if request.param == "no files":
            _store(made, layouts)
        elif request.param == "one file":
            _store(made, layouts)
            made.compact()
        else:
            for start, end in ((0, 900), (900, 1100), (1100, 1140), (1140, 1145)):
                _store(made, layouts[start:end])
                merge_segments(made.record)
            _store(made, layouts[1145:])
        made.index.refresh()
        held = {"no files": 0, "one file": 1, "files and a rest": 4}
        assert len(made.record.segments()) == held[request.param]
        yield made


def _store(archive: Archive, layouts: list[str]) -> None:
    bodies = map(encode, layouts)
    assert archive.writer.store([Sent(text_key(body), body, "customer", 1) for body in bodies]) == len(layouts)


@pytest.fixture(scope="module")
def texts(archive: Archive) -> dict[int, str]:
    """The masked texts by their ids."""
    bodies = (*archive.record.bodies(1, archive.record.last_id()), *archive.record.odd())
    return {text: compared(decode(body)) for text, body in bodies}


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_texts_equal_brute_force(
    archive: Archive, texts: dict[int, str], queries: list[str], expected_texts: Expected, cutoff: int
) -> None:
    for query in queries:
        expected = expected_texts[query, cutoff]
        hits = archive.index.texts(query, cutoff)
        assert sorted((texts[hit.text], hit.score) for hit in hits) == sorted(expected.items())
        best = archive.index.texts(query, cutoff, best=True)
        assert sorted((texts[hit.text], hit.score) for hit in best) == sorted(_best(expected).items())


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_sentences_equal_brute_force(
    archive: Archive, texts: dict[int, str], queries: list[str], expected_sentences: Expected, cutoff: int
) -> None:
    for query in queries:
        expected = expected_sentences[query, cutoff]
        hits = archive.index.sentences(query, cutoff)
        assert sorted((hit.sentence, hit.score) for hit in hits) == sorted(expected.items())
        assert all(hit.sentence in texts[hit.text] for hit in hits)
        best = archive.index.sentences(query, cutoff, best=True)
        assert sorted((hit.sentence, hit.score) for hit in best) == sorted(_best(expected).items())


def _best(scores: Scores) -> Scores:
    return {text: score for text, score in scores.items() if score == max(scores.values())}


def test_the_queries_ask_for_something(expected_texts: Expected, expected_sentences: Expected) -> None:
    """The two tests above would say nothing if there were few hits, or many at one cutoff only."""
    for expected in (expected_texts, expected_sentences):
        hits = [sum(len(scores) for (_, asked), scores in expected.items() if asked == cutoff) for cutoff in CUTOFFS]
        assert sorted(hits, reverse=True) == hits
        assert hits[0] > 2 * hits[-1] > 4
        assert any(not scores for scores in expected.values())


def test_a_search_is_of_the_masked_text(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        archive.add("سلام مینا جان، سفارش ۵۵۰۱ فردا با پیک می‌رسد. فاکتور رسمی را هم برایتان می‌فرستیم.", time=1)
        archive.add("کد تخفیف شما تا جمعه اعتبار دارد.", time=1)
        (match,) = archive.search("درود، سفارش ۷۷۱۲ شنبه با پیک میرسد! فاکتور رسمی را هم برایتان می فرستیم", 100)
        assert match.layout == "سفارش # با پیک میرسد\nفاکتور رسمی را هم برایتان میفرستیم"
        (found,) = archive.search_sentences("مبلغ برگشت. فاکتور رسمی را هم برایتان میفرستیم", 90)
        assert found[0] == "فاکتور رسمی را هم برایتان میفرستیم"
        assert [(hit.score, hit.sentence) for hit in found[1]] == [(100, found[0])]
        assert archive.search("سلام، وقت بخیر", 80) == []


_LETTERS = st.sampled_from(("ا", "اب", "ابپ ", "ا\nب، "))
_SHORT = _LETTERS.flatmap(lambda letters: st.text(letters, min_size=1, max_size=24))
_LONG = st.builds(
    lambda part, size: (part * 400)[:size], _SHORT, st.sampled_from((31, 32, 33, 63, 64, 65, 128, 129, 270))
)
_TEXTS = st.lists(_SHORT | _LONG, max_size=14, unique_by=compared)
_CUTOFFS = st.integers(1, 100) | st.sampled_from((80, 90, 100)) | st.floats(0.5, 100)
_FILES = count()


@given(_TEXTS, _SHORT | _LONG, _CUTOFFS)
@settings(max_examples=100)
def test_find_equals_brute_force(
    tmp_path_factory: pytest.TempPathFactory, kernel: str, texts: list[str], query: str, cutoff: float
) -> None:
    assert scan.has_kernel() == (kernel == "compiled")
    path = tmp_path_factory.getbasetemp() / f"segment-{next(_FILES)}.bin"
    build(path, enumerate(map(encode, texts)))
    segment = open_segment(path)
    query = compared(query)
    asked = scan.Query(encode_query(query))

    wanted = _scores(query, [compared(text) for text in texts], cutoff)
    replies = segment.replies
    found = {decode(scan.text_of(replies, hit.row, hit.length)): hit.score for hit in scan.find(asked, replies, cutoff)}
    assert found == wanted
    assert [compared(texts[key]) for key in replies.ids] == sorted(map(compared, texts), key=len)
    best = {hit.score for hit in scan.find(asked, replies, cutoff, best=True)}
    assert best == set(_best(wanted).values())

    parts = {compared(part) for text in texts for part in text.split(SENTENCE) if len(part) >= SHORTEST_SENTENCE}
    shelf = segment.sentences
    hits = scan.find(asked, shelf, cutoff)
    assert {decode(scan.text_of(shelf, hit.row, hit.length)): hit.score for hit in hits} == _scores(
        query, parts, cutoff
    )
    assert len(hits) == len({hit.row for hit in hits})
    assert segment.damaged() is None


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("files", [1, 2])
def test_all_that_are_best_are_kept_wherever_they_are(folder: Path, files: int) -> None:
    """As in the next test: the one in the first file is the cutoff for what comes later."""
    near = ["ا" * 25 + "ب" * 5, "ا" * 30 + "ب" * 12]
    with Archive(folder, write=True) as archive:
        _store(archive, [near[0], *(letter * 40 for letter in "پتثجچحخد")])
        merge_segments(archive.record)
        _store(archive, near[1:])
        if files == 2:
            merge_segments(archive.record)
        assert len(archive.record.segments()) == files
        for hits in (archive.index.texts("ا" * 30, 80, best=True), archive.index.sentences("ا" * 30, 80, best=True)):
            assert sorted((hit.text, round(hit.score, 3)) for hit in hits) == [(1, 83.333), (10, 83.333)]


def test_find_keeps_all_that_are_best(tmp_path: Path, kernel: str) -> None:
    """rapidfuzz scores both 83.33…, but gives neither when this very score is the cutoff."""
    assert scan.has_kernel() == (kernel == "compiled")
    texts = ["ا" * 15 + "ب", "ا" * 20 + "ب" * 8]
    build(tmp_path / "segment.bin", enumerate(map(encode, texts)))
    replies = open_segment(tmp_path / "segment.bin").replies
    hits = scan.find(scan.Query(encode_query("ا" * 20)), replies, 80, best=True)
    assert {int(replies.ids[hit.row]) for hit in hits} == {0, 1}


def _scores(query: str, texts: list[str] | set[str], cutoff: float) -> Scores:
    scores = ((text, fuzz.ratio(query, text, score_cutoff=cutoff)) for text in texts)
    return {text: score for text, score in scores if score}
