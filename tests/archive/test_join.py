"""Groups of near copies equal those of a comparison of all pairs, compiled or not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from hamdel.archive import join
from hamdel.archive.join import near_groups

_WORDS = "سفارش شما فردا به دستتان می رسد و کد رهگیری آن پیامک شد مبلغ # تومان برگشت لطفا صبر کنید".split()
_SMALL = st.text("اب #x你好👍", min_size=1, max_size=14)


@pytest.fixture(params=["compiled", "numpy"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Once with the kernel and once without."""
    if request.param == "numpy":
        monkeypatch.setattr(join, "_kernel", lambda: None)
    elif join._kernel() is None:
        pytest.skip("no compiled kernel: hamdel was installed without a C compiler")
    yield request.param


def brute_force(texts: list[str], cutoff: float) -> list[int]:
    """The first place of each text's group, from all pairs."""
    group = list(range(len(texts)))
    for one, other in combinations(range(len(texts)), 2):
        if fuzz.ratio(texts[one], texts[other]) >= cutoff:
            old, new = sorted((group[one], group[other]), reverse=True)
            group = [new if place == old else place for place in group]
    return group


def varied(seed: int, count: int) -> list[str]:
    """Texts of which many are near each other, some at the very cutoff."""
    chance = random.Random(seed)
    bases = [" ".join(chance.choices(_WORDS, k=chance.randrange(3, 40))) for _ in range(count // 6)]
    texts = []
    for _ in range(count):
        letters = list(chance.choice(bases))
        for _ in range(int(len(letters) * chance.choice((0, 0.02, 0.05, 0.1, 0.2)))):
            letters[chance.randrange(len(letters))] = chance.choice("ابپ #你好x")
        texts.append("".join(letters))
    return list(dict.fromkeys(texts))


@pytest.mark.parametrize("cutoff", [70, 85, 90, 97.5, 100])
def test_groups_equal_those_of_all_pairs(either: str, cutoff: float) -> None:
    texts = varied(7, 400)
    groups = near_groups(texts, cutoff).tolist()
    assert groups == brute_force(texts, cutoff)
    assert cutoff in (97.5, 100) or 20 < len(set(groups)) < 350  # there is something to find


@pytest.mark.parametrize("seed", range(3))
def test_many_workers_find_the_same(either: str, seed: int) -> None:
    texts = varied(seed, 1500)
    assert near_groups(texts, 90, workers=4).tolist() == near_groups(texts, 90).tolist()


@settings(max_examples=60)
@given(
    st.lists(st.text("اب #x你好👍", min_size=1, max_size=14), max_size=12, unique=True), st.sampled_from([60, 75, 90])
)
def test_small_texts_of_any_letters(texts: list[str], cutoff: float) -> None:
    assert near_groups(texts, cutoff).tolist() == brute_force(texts, cutoff)


def test_texts_longer_than_the_kernel_takes(either: str) -> None:
    long = "سفارش شما رسید " * 800
    texts = ["کوتاه", long, long + "و تمام", long[:8192], long[:8191] + "x", long[:5000]]
    assert near_groups(texts, 90).tolist() == brute_force(texts, 90)


def test_a_chain_is_one_group(either: str) -> None:
    chain = ["ا" * size for size in (100, 115, 130, 150, 170)]
    assert near_groups(chain, 90).tolist() == [0] * 5
    assert fuzz.ratio(chain[0], chain[-1]) < 90


def test_nothing_gives_nothing() -> None:
    assert near_groups([], 90).tolist() == []


@given(st.text("ابپتx", min_size=1, max_size=60), st.text("ابپتx", min_size=1, max_size=60))
def test_the_arithmetic_of_the_kernel_is_that_of_rapidfuzz(one: str, other: str) -> None:
    assert fuzz.ratio(one, other) == (1.0 - Indel.distance(one, other) / (len(one) + len(other))) * 100.0
