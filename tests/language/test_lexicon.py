"""The compiled lexicon: what it says of words and verbs, that it says what hazm says, and how its file is kept."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import marisa_trie
import pytest

from hamdel.errors import LexiconError
from hamdel.language import lexicon as lexicon_module
from hamdel.language import lexicon_compiling
from hamdel.language.fold import key
from hamdel.language.lexicon import Compiled, Lexicon, Reading, lexicon_name, pack

PERSONS = {"1s": "Sing 1", "2s": "Sing 2", "3s": "Sing 3", "1p": "Plur 1", "2p": "Plur 2", "3p": "Plur 3"}


def joined(text: str) -> str:
    return "".join(key(text).split())


def features(reading: Reading) -> dict[str, str]:
    return dict(feat.split("=") for feat in reading.feats.split("|") if feat)


def brief(reading: Reading) -> str:
    """Return a reading in short, for tables: ``گفتن 2s Ind Past Neg Coll``."""
    feats = features(reading)
    person = f"{feats.get('Person', '')}{feats.get('Number', '')[:1].lower()}"
    rest = [feats.get(name, "") for name in ("Mood", "Tense", "Aspect", "Polarity", "Style")]
    return " ".join(filter(None, [reading.lemma, person, *rest]))


FORMS = {
    # indicative present
    "می‌کنید": "کردن 2p Ind Pres",
    "می کنید": "کردن 2p Ind Pres",
    "ميكنيد": "کردن 2p Ind Pres",
    "نمی‌دانم": "دانستن 1s Ind Pres Neg",
    "می‌گویید": "گفتن 2p Ind Pres",
    "می‌فرمایید": "فرمودن 2p Ind Pres",
    "می‌فرماید": "فرمودن 3s Ind Pres",
    "می‌آید": "آمدن 3s Ind Pres",
    "میایند": "آمدن 3p Ind Pres",
    "نمی‌آیید": "آمدن 2p Ind Pres Neg",
    "می‌افتد": "افتادن 3s Ind Pres",
    "دارید": "داشتن 2p Ind Pres",
    "داری": "داشتن 2s Ind Pres",
    "نداریم": "داشتن 1p Ind Pres Neg",
    "می‌باشد": "بودن 3s Ind Pres",
    "می‌سپاریم": "سپردن 1p Ind Pres",
    # colloquial present
    "می‌تونین": "توانستن 2p Ind Pres Coll",
    "نمی‌تونم": "توانستن 1s Ind Pres Neg Coll",
    "می‌خوای": "خواستن 2s Ind Pres Coll",
    "میخواد": "خواستن 3s Ind Pres Coll",
    "می‌گی": "گفتن 2s Ind Pres Coll",
    "می‌گین": "گفتن 2p Ind Pres Coll",
    "نمیشه": "شدن 3s Ind Pres Neg Coll",
    "می‌کنه": "کردن 3s Ind Pres Coll",
    "می‌کنن": "کردن 3p Ind Pres Coll",
    "می‌فرستین": "فرستادن 2p Ind Pres Coll",
    "میاد": "آمدن 3s Ind Pres Coll",
    "نمیاد": "آمدن 3s Ind Pres Neg Coll",
    "نمیآید": "آمدن 3s Ind Pres Neg",
    "میارم": "آوردن 1s Ind Pres Coll",
    "می‌رسونیم": "رساندن 1p Ind Pres Coll",
    "میفته": "افتادن 3s Ind Pres Coll",
    "میندازه": "انداختن 3s Ind Pres Coll",
    "میذارید": "گذاشتن 2p Ind Pres Coll",
    "دارین": "داشتن 2p Ind Pres Coll",
    "میدونید": "دانستن 2p Ind Pres Coll",
    # subjunctive, which is also the plural imperative
    "بکنید": "کردن 2p Sub Pres",
    "کنید": "کردن 2p Sub Pres",
    "کنی": "کردن 2s Sub Pres",
    "باشید": "بودن 2p Sub Pres",
    "نکنید": "کردن 2p Sub Pres Neg",
    "بفرمائید": "فرمودن 2p Sub Pres",
    "بیایید": "آمدن 2p Sub Pres",
    "بیفتد": "افتادن 3s Sub Pres",
    "کنین": "کردن 2p Sub Pres Coll",
    "بدید": "دادن 2p Sub Pres Coll",
    "بیاین": "آمدن 2p Sub Pres Coll",
    "نذارید": "گذاشتن 2p Sub Pres Neg Coll",
    "بشه": "شدن 3s Sub Pres Coll",
    "بخواین": "خواستن 2p Sub Pres Coll",
    # singular imperative
    "بفرست": "فرستادن 2s Imp",
    "بکن": "کردن 2s Imp",
    "کن": "کردن 2s Imp",
    "باش": "بودن 2s Imp",
    "نکن": "کردن 2s Imp Neg",
    "برو": "رفتن 2s Imp",
    "بگو": "گفتن 2s Imp",
    "بیا": "آمدن 2s Imp",
    "بده": "دادن 2s Imp",
    "نیا": "آمدن 2s Imp Neg",
    "بذار": "گذاشتن 2s Imp Coll",
    "بیار": "آوردن 2s Imp Coll",
    "ننداز": "انداختن 2s Imp Neg Coll",
    # past
    "نگفتی": "گفتن 2s Ind Past Neg",
    "خواستی": "خواستن 2s Ind Past",
    "نیامدید": "آمدن 2p Ind Past Neg",
    "نیفتاد": "افتادن 3s Ind Past Neg",
    "می‌گفتید": "گفتن 2p Ind Past Imp",
    "نمی‌رفتند": "رفتن 3p Ind Past Imp Neg",
    "کردین": "کردن 2p Ind Past Coll",
    "اومدید": "آمدن 2p Ind Past Coll",
    "نیومد": "آمدن 3s Ind Past Neg Coll",
    "نمیومد": "آمدن 3s Ind Past Imp Neg Coll",
    "تونستین": "توانستن 2p Ind Past Coll",
    "نذاشتن": "گذاشتن 3p Ind Past Neg Coll",
    # perfect
    "رسیده‌اید": "رسیدن 2p Ind Past Perf",
    "شده ایم": "شدن 1p Ind Past Perf",
    "گفته‌ای": "گفتن 2s Ind Past Perf",
    "نکرده‌اند": "کردن 3p Ind Past Perf Neg",
    "شده‌است": "شدن 3s Ind Past Perf",
    "می‌کرده‌ام": "کردن 1s Ind Past Imp",
    "کرده‌این": "کردن 2p Ind Past Perf Coll",
    "مونده‌ام": "ماندن 1s Ind Past Perf Coll",
    # preverbs
    "برمی‌گردم": "برگشتن 1s Ind Pres",
    "بر می گردد": "برگشتن 3s Ind Pres",
    "برنمی‌گرده": "برگشتن 3s Ind Pres Neg Coll",
    "برنگشت": "برگشتن 3s Ind Past Neg",
    "برگرده": "برگشتن 3s Sub Pres Coll",
    "برمی‌گردونیم": "برگرداندن 1p Ind Pres Coll",
    "برمی‌داره": "برداشتن 3s Ind Pres Coll",
    "بردارید": "برداشتن 2p Sub Pres",
    "دربیار": "درآوردن 2s Imp Coll",
    "درنمیاد": "درآمدن 3s Ind Pres Neg Coll",
    "وایسا": "ایستادن 2s Imp Coll",
    "وایمیستید": "ایستادن 2p Ind Pres Coll",
    "ورداشتین": "برداشتن 2p Ind Past Coll",
    # copula and auxiliaries
    "هستید": "بودن 2p Ind Pres",
    "هستین": "بودن 2p Ind Pres Coll",
    "نیستی": "بودن 2s Ind Pres Neg",
    "است": "بودن 3s Ind Pres",
    "خواهید": "خواستن 2p Ind Fut",
    "نخواهد": "خواستن 3s Ind Fut Neg",
    # no person
    "می‌توان": "توانستن Ind Pres",
}


@pytest.mark.parametrize(("form", "expected"), FORMS.items())
def test_the_first_reading_of_a_verb_form(lexicon: Lexicon, form: str, expected: str) -> None:
    assert brief(lexicon.lookup(joined(form))[0]) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("کردن", ["کردن", "کردن 3p Ind Past Coll"]),
        ("شدید", ["شدن 2p Ind Past", "شدید"]),
        ("خرید", ["خرید", "خریدن 3s Ind Past", "خریدن 2p Sub Pres"]),
        ("بیاید", ["آمدن 3s Sub Pres", "آمدن 2p Sub Pres Coll"]),
        ("نخواهید", ["خواستن 2p Ind Fut Neg", "خواستن 2p Sub Pres Neg"]),
        ("کاری", ["کار", "کاشتن 2s Sub Pres"]),
        ("بازی", ["بازی", "باختن 2s Sub Pres"]),
        ("بدی", ["بدی", "دادن 2s Sub Pres Coll"]),
        ("گوشی", ["گوشی", "گوشیدن 2s Sub Pres Arch"]),
    ],
)
def test_homographs_keep_their_readings_in_order(lexicon: Lexicon, form: str, expected: list[str]) -> None:
    found = iter(brief(reading) for reading in lexicon.lookup(joined(form)))
    assert all(one in found for one in expected)  # consumes: the order matters


@pytest.mark.parametrize("word", ["مشتری", "خدمت", "سایت", "پیگیری", "خریداری", "شما", "باید", "شاید", "گرامی"])
def test_nouns_are_no_verbs_of_the_second_person(lexicon: Lexicon, word: str) -> None:
    assert not any(features(r).get("Person") == "2" for r in lexicon.lookup(joined(word)))


@pytest.mark.parametrize("garbage", ["می‌برگردم", "نبرگشت", "نآمد", "بافتید", "می‌گوم", "بتون", "درخواستی"])
def test_forms_that_no_one_writes_are_no_verbs(lexicon: Lexicon, garbage: str) -> None:
    assert "افتادن" not in {r.lemma for r in lexicon.lookup(joined(garbage))}
    assert garbage == "بافتید" or not any(r.pos == "VERB" for r in lexicon.lookup(joined(garbage)))


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("لطفا", Reading("ADV", "لطفاً", "")),
        ("لطفآ", Reading("ADV", "لطفاً", "")),
        ("لطفن", Reading("ADV", "لطفاً", "")),
        ("اگه", Reading("SCONJ", "اگر", "Style=Coll")),
        ("رو", Reading("ADP", "را", "Style=Coll")),
        ("تو", Reading("PRON", "تو", "")),
        ("باید", Reading("AUX", "باید", "")),
        ("خدمات", Reading("NOUN", "خدمات", "Number=Plur")),
        ("پیش فاکتور", Reading("NOUN", "پیش‌فاکتور", "")),
        ("یازع", Reading("X", "یازع", "")),
    ],
)
def test_words(lexicon: Lexicon, word: str, first: Reading) -> None:
    found = lexicon.lookup(joined(word))[0]
    assert (found.pos, found.lemma) == (first.pos, first.lemma)
    assert found.feats in (first.feats, "Style=Coll" if word == "لطفن" else first.feats)


def test_participles_are_verbs_and_adjectives(lexicon: Lexicon) -> None:
    readings = lexicon.lookup("نخوانده")
    assert Reading("VERB", "خواندن", "Polarity=Neg|Tense=Past|VerbForm=Part") in readings
    assert Reading("ADJ", "نخوانده", "Polarity=Neg") in readings


def test_unknown_keys_have_no_reading(lexicon: Lexicon) -> None:
    for unknown in ("قققق", "", " ", "\x1f", "می‌کنید", "a"):  # the last but one isn't a key
        assert lexicon.lookup(unknown) == ()
        assert unknown not in lexicon
    assert 3 not in lexicon


@pytest.mark.parametrize("odd", ["\0", "گفت\0", "گفت\0م", "\ud83d", "گفت\udc00", "گفت\xff", "😀", "گ" * 100_000])
def test_odd_keys_are_unknown(lexicon: Lexicon, odd: str) -> None:
    assert lexicon.lookup(odd) == ()
    assert odd not in lexicon


# --- what hazm says


@pytest.fixture(scope="module")
def hazm() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("hazm")


def test_every_word_of_hazm_is_known(lexicon: Lexicon, hazm: Any) -> None:
    keys = [joined(word) for word, _, _ in hazm.words_list() if joined(word)]
    assert len(keys) > 190_000
    assert [k for k in keys if k not in lexicon] == ["این\x9dقدر"]  # a non-joiner that was misread
    assert "اینقدر" in lexicon


VERBS = """
  باخت#باز بافت#باف بخشید#بخش برد#بر بست#بند بوسید#بوس پخت#پز پذیرفت#پذیر پرداخت#پرداز پرسید#پرس پرید#پر
  پسندید#پسند پوشید#پوش پیچید#پیچ ترسید#ترس توانست#توان جنگید#جنگ جوشید#جوش چرخید#چرخ چسبید#چسب چید#چین
  خرید#خر خندید#خند خواند#خوان خوابید#خواب خورد#خور داد#ده دانست#دان دزدید#دزد دوخت#دوز دوید#دو دید#بین
  راند#ران رساند#رسان رسید#رس رفت#رو ریخت#ریز زد#زن ساخت#ساز سنجید#سنج سوخت#سوز شد#شو شست#شوی شکست#شکن
  شمرد#شمار شناخت#شناس شنید#شنو طلبید#طلب فرستاد#فرست فرمود#فرمای فروخت#فروش فهمید#فهم کاشت#کار کرد#کن کشت#کش
  کشید#کش کوبید#کوب گذاشت#گذار گذشت#گذر گرداند#گردان گرفت#گیر گشت#گرد گفت#گوی لرزید#لرز ماند#مان مرد#میر
  نشست#نشین نوشت#نویس ورزید#ورز یافت#یاب خواست#خواه داشت#دار
"""


@pytest.mark.parametrize("root", VERBS.split())
def test_single_token_forms_of_hazm_have_its_root(lexicon: Lexicon, hazm: Any, root: str) -> None:
    """hazm's spelling is Persian's where no prefix meets a vowel, so these are verbs without one."""
    assert root in hazm.utils.verbs_list()
    forms = {form for form in hazm.Conjugation().get_all(root) if " " not in form}
    lemma = root.partition("#")[0] + "ن"
    assert len(forms) > 60
    assert [f for f in forms if lemma not in {r.lemma for r in lexicon.lookup(joined(f))}] == []


# --- the file


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Compiled:
    """Make compiling cheap."""
    items = [(k, pack([(0, "گفتن"), (1, k)], k)) for k in ("گفت", "گفتم", *(f"واژه{i}" for i in range(5000)))]
    compiled = Compiled(marisa_trie.BytesTrie(items), (("VERB", "Person=3"), ("NOUN", "")))
    monkeypatch.setattr(lexicon_compiling, "compile_lexicon", lambda told: compiled)
    return compiled


@pytest.fixture
def opened(small: Compiled, tmp_path: Path) -> Iterator[Callable[[], bool]]:
    """Open the lexicon in a directory of its own; tells whether it had to be compiled."""

    def open_it() -> bool:
        built: list[bool] = []
        lexicon = Lexicon.open(tmp_path / "cache", on_build=lambda: built.append(True))
        assert lexicon.lookup("گفت") == (Reading("VERB", "گفتن", "Person=3"), Reading("NOUN", "گفت", ""))
        return bool(built)

    yield open_it
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]  # no temporary file is left


def the_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "cache").iterdir()
    return path


def test_is_compiled_once(opened: Callable[[], bool]) -> None:
    assert [opened(), opened(), opened()] == [True, False, False]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def cut_by_one(data: bytes) -> bytes:
    return data[:-1]


def lengthened(data: bytes) -> bytes:
    return data + b"\0"


def emptied(_: bytes) -> bytes:
    return b""


def zeroed(data: bytes) -> bytes:
    return bytes(len(data))


def a_hole(data: bytes) -> bytes:
    half = len(data) // 2
    return data[:half] + bytes(4096) + data[half + 4096 :]


def another_header(data: bytes) -> bytes:
    return b"nonsense" + data[8:]


@pytest.mark.parametrize("damage", [cut, cut_by_one, lengthened, emptied, zeroed, a_hole, another_header])
def test_a_damaged_file_is_compiled_anew(
    opened: Callable[[], bool], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    assert opened()
    path = the_file(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert [opened(), opened()] == [True, False]


def test_what_marisa_rejects_is_compiled_anew(opened: Callable[[], bool], tmp_path: Path, small: Compiled) -> None:
    class NoTrie:
        def tobytes(self) -> bytes:
            return b"no trie" * 1000

    assert opened()
    path = the_file(tmp_path)
    lexicon_module._store(Compiled(NoTrie(), small.tags), path)
    assert path.read_bytes().startswith(b"no trie")
    assert [opened(), opened()] == [True, False]


@pytest.mark.parametrize("package", ["hazm", "marisa-trie"])
def test_another_versions_file_is_left_alone(
    opened: Callable[[], bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    assert opened()
    before = the_file(tmp_path)
    real = lexicon_module._version
    monkeypatch.setattr(lexicon_module, "_version", lambda name: "9.9" if name == package else real(name))
    assert [opened(), opened()] == [True, False]
    assert len(list(before.parent.iterdir())) == 2
    assert before.is_file()


@pytest.mark.parametrize("package", ["hazm", "marisa-trie"])
def test_versions_are_those_of_the_metadata(package: str) -> None:
    assert lexicon_module._version(package) == metadata.version(package)


def test_our_own_data_are_part_of_the_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = lexicon_module.lexicon_name()
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "verbs.toml").write_text("common = ''", "utf-8")
    monkeypatch.setattr(lexicon_module, "phrasebank_dir", lambda: tmp_path)
    assert lexicon_module.lexicon_name() != before


def test_a_directory_that_cannot_be_written_costs_only_time(small: Compiled, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no directory")
    for directory in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/cache")):
        lexicon = Lexicon.open(directory)
        assert lexicon.lookup("گفت")
    assert (tmp_path / "file").read_text() == "no directory"


def test_a_full_disk_leaves_nothing_behind(small: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert Lexicon.open(tmp_path / "cache").lookup("گفت")
    assert list((tmp_path / "cache").iterdir()) == []


def test_without_hazm_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> Any:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(LexiconError, match="hazm isn't installed") as caught:
        Lexicon.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_broken_hazm_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(name: str) -> Any:
        raise ImportError(f"No module named {name}")

    monkeypatch.setattr(lexicon_compiling, "import_module", broken)
    with pytest.raises(LexiconError, match="reinstall hamdel and hazm"):
        Lexicon.open(tmp_path)


RACER = """
import sys, marisa_trie
from pathlib import Path
from hamdel.language import lexicon_compiling
from hamdel.language.lexicon import Compiled, Lexicon, lexicon_name, pack
items = [(f"w{i}", pack([(0, "x")], f"w{i}")) for i in range(3000)]
lexicon_compiling.compile_lexicon = lambda told: Compiled(marisa_trie.BytesTrie(items), (("X", ""),))
cache = Path(sys.argv[1])
for _ in range(40):
    assert Lexicon.open(cache).lookup("w1")[0].lemma == "x"
    (cache / lexicon_name()).unlink(missing_ok=True)
Lexicon.open(cache)
"""


def test_two_processes_at_once(tmp_path: Path) -> None:
    racers = [
        subprocess.Popen([sys.executable, "-c", RACER, str(tmp_path)], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [racer.communicate(timeout=60)[1] for racer in racers] == ["", ""]
    assert [racer.returncode for racer in racers] == [0, 0]
    assert [path.suffix for path in tmp_path.iterdir()] == [".trie"]


def test_opening_a_compiled_lexicon_imports_neither_hazm_nor_numpy(lexicon: Lexicon, lexicon_cache: Path) -> None:
    code = (
        "import sys; from hamdel.language.lexicon import Lexicon; "
        "lexicon = Lexicon.open(); assert lexicon.lookup('گفت'); "
        "assert not {'hazm', 'numpy', 'nltk', 'hamdel.language.lexicon_compiling'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_file_is_small(lexicon: Lexicon, lexicon_cache: Path) -> None:
    path = lexicon_cache / lexicon_name()  # a kept cache may hold older ones too
    assert path.stat().st_size < 12_000_000
