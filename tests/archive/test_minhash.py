"""Near copies that are found approximately: none is wrong, hardly any is missing, and the kernel changes nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from hamdel.archive import minhash
from hamdel.archive.join import near_groups
from hamdel.archive.minhash import BANDS, Encoded, likely_groups

_WORDS = "سفارش شما فردا به دستتان می رسد و کد رهگیری آن پیامک شد مبلغ # تومان برگشت لطفا صبر کنید".split()
_NONE = np.empty(0, np.int64)


def varied(seed: int, count: int) -> list[str]:
    """Texts with few words changed, some with characters that have no code."""
    chance = random.Random(seed)
    bases = [" ".join(chance.choices(_WORDS, k=chance.randrange(8, 40))) for _ in range(count // 5)]
    texts = []
    for _ in range(count):
        words = chance.choice(bases).split()
        for _ in range(chance.randrange(3)):
            words[chance.randrange(len(words))] = chance.choice((*_WORDS, "你好", "x"))
        texts.append(" ".join(words))
    return list(dict.fromkeys(texts))


def test_no_pair_is_wrong_and_hardly_one_is_missing() -> None:
    texts = varied(3, 1200)
    found = likely_groups(Encoded.of([texts[:500], texts[500:]]), 90, _NONE)
    exact = near_groups(texts, 90)
    assert (exact[found] == exact).all()  # what is one group here is one there
    missed = len(set(found.tolist())) - len(set(exact.tolist()))
    assert 0 <= missed < 0.05 * (len(texts) - len(set(exact.tolist())))


def test_what_is_known_stays_known() -> None:
    """The first texts' groups are taken as they are: a chain goes on from them, and no pair of them is compared."""
    texts = varied(4, 300)
    known = near_groups(texts[:100], 90)
    found = likely_groups(Encoded.of([texts]), 90, known)
    assert (found[:100] <= known).all()
    assert (found[:100] == found[known]).all()
    assert len(set(found[100:].tolist()) & set(known.tolist())) > 10


def test_the_kernel_gives_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    if minhash._kernel() is None:
        pytest.skip("no compiled kernel: hamdel was installed without a C compiler")
    texts = [*varied(5, 300), "ا", "سلام", "سلام!", "سلامت", "你好", "ب" * 9000]
    encoded = Encoded.of([texts])
    compiled = minhash._band_keys(encoded)
    assert compiled.shape == (BANDS, len(texts))
    for at_once in (7, 1000):
        monkeypatch.setattr(minhash, "_kernel", lambda: None)
        monkeypatch.setattr(minhash, "_TEXTS", at_once)
        assert (minhash._band_keys(encoded) == compiled).all()


def test_the_keys_are_the_same_everywhere() -> None:
    """Seeds are constants: other machines, versions and runs find the same."""
    keys = minhash._band_keys(Encoded.of([["سفارش شما فردا می رسد"]]))
    assert keys[:3, 0].tolist() == [1539814708, 2560501323, 3420498609]


def test_thousands_with_one_template_cost_no_pairs_of_all() -> None:
    texts = [f"سفارش شما فردا به دستتان می رسد و کد رهگیری آن پیامک شد {a}{b}" for a in _WORDS for b in _WORDS]
    encoded = Encoded.of([texts])
    keys = np.zeros(len(texts), np.uint32)
    one, _ = minhash._candidates(keys, np.arange(len(texts)), 0)
    assert len(one) < 2 * len(texts)
    assert len(set(likely_groups(encoded, 90, _NONE).tolist())) == len(set(near_groups(texts, 90).tolist()))


def test_nothing_to_compare() -> None:
    assert likely_groups(Encoded.of([]), 90, _NONE).tolist() == []
    assert likely_groups(Encoded.of([["یک متن"]]), 90, _NONE).tolist() == [0]
