"""Clusters of near copies equal those of a comparison of all pairs."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from itertools import combinations

import polars as pl
import pytest
from audit_frames import START, replies
from rapidfuzz import fuzz

from hamdel.archive import minhash
from hamdel.audit.clusters import CUTOFF, Limits, find_clusters
from hamdel.audit.variants import Spelled, raw_sentence, variants_of
from hamdel.masking.mask import mask, sentence_spans

TEMPLATES = [
    "سلام {name} عزیز، سفارش {order} شما امروز از انبار فرستاده شد و فردا به دستتان می‌رسد.",
    "مبلغ {order} تومان تا پایان امروز به حساب شما برمی‌گردد. اگر نیامد همین‌جا خبر بدهید.",
    "برای تغییر نشانی به بخش حساب کاربری بروید و نشانی تازه را ثبت کنید. {extra}",
]
EXTRA = ["کار چند دقیقه طول می‌کشد.", "پس از ثبت، پیک نشانی تازه را می‌بیند.", "ممنون."]


def many(count: int = 120) -> list[dict[str, object]]:
    chance = random.Random(8)
    rows = []
    for number in range(count):
        text = chance.choice(TEMPLATES).format(
            name=chance.choice(("سارا", "رضا")), order=chance.randrange(10**5, 10**6), extra=chance.choice(EXTRA)
        )
        if chance.random() < 0.4:
            words = text.split()
            words[chance.randrange(len(words))] = chance.choice(("واقعاً", "دوباره", "لطفاً"))
            text = " ".join(words)
        rows.append(
            {"reply": text, "agent": chance.choice("الف ب پ".split()), "time": START + datetime.timedelta(number)}
        )
    return rows


def brute_force(texts: list[str]) -> set[frozenset[int]]:
    """The clusters of two and more, from all pairs of texts that are long enough."""
    known = [row for row, text in enumerate(texts) if len(text) >= 20]
    group = {row: {row} for row in known}
    for one, other in combinations(known, 2):
        if fuzz.ratio(texts[one], texts[other]) >= CUTOFF and group[one] is not group[other]:
            group[one] |= group[other]
            for row in group[other]:
                group[row] = group[one]
    return {frozenset(some) for some in group.values() if len(some) > 1}


def test_clusters_of_replies_are_those_of_all_pairs() -> None:
    rows = many()
    found, copied = find_clusters(replies(rows), Limits(workers=2))
    expected = brute_force([mask(str(row["reply"])) for row in rows])
    assert sorted(one.size for one in found.replies) == sorted(map(len, expected))
    assert copied.to_list() == sorted(row for some in expected for row in some)
    assert (found.copies.count, found.copies.of) == (len(copied), len(rows))
    assert found.found[0] == len(expected) > 1


def test_sentences_that_different_replies_share() -> None:
    shared = "لطفاً تصویر رسید پرداخت را همین‌جا بفرستید"
    rows = [
        {"reply": f"{shared}. {other}", "agent": agent}
        for agent, other in (
            ("الف", "سفارش فردا صبح به دست شما می‌رسد و پیک پیش از آمدن زنگ می‌زند."),
            ("ب", "برای بازگشت پول به شمارهٔ شبا نیاز داریم و تا شنبه واریز می‌شود."),
            ("ب", "گارانتی این گوشی دو سال است و از تاریخ خرید آغاز می‌شود."),
        )
    ]
    found, copied = find_clusters(replies(rows), Limits())
    assert copied.is_empty()
    assert found.replies == ()
    (one,) = found.sentences
    assert (one.sentence, one.size, one.agents, one.text) == (True, 3, ("الف", "ب"), shared)


def test_a_sentence_of_copied_replies_is_not_told_twice() -> None:
    rows = [{"reply": "سفارش شما امروز از انبار فرستاده شد. فردا تا عصر به دستتان می‌رسد."}] * 4
    found, _ = find_clusters(replies(rows), Limits())
    assert [one.size for one in found.replies] == [4]
    assert found.sentences == ()


def test_a_cluster_says_who_when_and_what_differs() -> None:
    usual = "سفارش {} شما امروز از انبار فرستاده شد و فردا به دستتان می‌رسد"
    rows = [{"reply": usual.format(number), "agent": "رضا", "time": START} for number in (101, 102)]
    other = usual.format(103).replace("فردا", "شنبه شب").replace("انبار", "انبار ما")
    rows.append({"reply": other, "agent": "سارا", "time": START + datetime.timedelta(9)})
    (one,) = find_clusters(replies(rows), Limits())[0].replies
    assert (one.size, one.texts, one.agents, one.text) == (3, 2, ("رضا", "سارا"), usual.format(101))
    assert (one.first, one.last) == (datetime.date(2024, 3, 20), datetime.date(2024, 3, 29))
    (variant,) = one.variants
    assert variant.size == 1
    assert ("new", "ما") in variant.pieces
    usual_words = " ".join(text for kind, text in variant.pieces if kind != "new")
    assert usual_words == "سفارش … شما … از انبار فرستاده شد و … به دستتان می‌رسد"


def test_only_the_most_frequent_texts_are_compared_when_there_are_too_many() -> None:
    often = "سفارش شما امروز از انبار فرستاده شد و به زودی می‌رسد"
    rows = [{"reply": f"این جملهٔ یکتای شمارهٔ {'ابپت'[number]} است که هیچ جای دیگر نیست"} for number in range(4)]
    rows += [{"reply": often}] * 3
    found, copied = find_clusters(replies(rows), Limits(texts=1))
    assert (found.distinct[0], found.compared[0]) == (5, 1)
    assert copied.to_list() == [4, 5, 6]


def test_texts_beyond_the_limit_are_compared_approximately_and_told_apart() -> None:
    """What is found beyond the limit is near for certain, and leaves what was all compared as it was."""
    rows = many(300)
    every, _ = find_clusters(replies(rows), Limits())
    assert every.approximate == (None, None)
    few, copied = find_clusters(replies(rows), Limits(texts=20))
    less, same = find_clusters(replies(rows), Limits(texts=20, likely=0))
    assert replace(few, approximate=()) == replace(less, approximate=()) and copied.to_list() == same.to_list()
    whole, sentences = few.approximate
    assert whole and sentences
    assert (whole.distinct, whole.compared) == (every.distinct[0] - 20, every.distinct[0] - 20)
    assert sum(one.size for one in whole.largest) > 0.9 * sum(one.size for one in every.replies)
    assert whole.copies.count <= whole.copies.of and whole.copies.rate and whole.copies.rate > 0.9
    assert whole.found == len(whole.largest)
    part, _ = find_clusters(replies(rows), Limits(texts=20, likely=10))
    assert part.approximate[0] and part.approximate[0].compared == 10
    assert part.approximate[0].distinct == every.distinct[0] - 20


def test_approximate_clusters_do_not_depend_on_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = replies(many(200))
    first, _ = find_clusters(frame, Limits(texts=15))
    monkeypatch.setattr(minhash, "_kernel", lambda: None)
    monkeypatch.setattr(minhash, "_TEXTS", 7)
    assert find_clusters(frame, Limits(texts=15, workers=3))[0] == first


def test_nothing_and_short_texts_have_no_clusters() -> None:
    for rows in ([{"reply": "سلام"}] * 5, [{"reply": "باشه"}] * 5):
        found, copied = find_clusters(replies(rows), Limits())
        assert (found.replies, found.sentences, found.copies.of) == ((), (), 0)
        assert copied.is_empty()


@pytest.mark.parametrize("letters", ["你好世界" * 8, "👍🏻" * 20, "\ud800سفارش شما امروز فرستاده شد"])
def test_odd_texts_are_texts_too(letters: str) -> None:
    layout = "سفارش شما امروز از انبار 你好 فرستاده شد"
    frame = replies([{"reply": "x", "layout": layout}] * 2 + [{"reply": letters.encode("utf-8", "replace").decode()}])
    assert find_clusters(frame, Limits())[0].replies[0].size == 2


def test_sentences_are_found_again_in_the_reply() -> None:
    reply = "سلام سارا جان. سفارش ۱۲۳۴۵ شما فردا تا ساعت ۱۸ می‌رسد! ممنون."
    layout = replies([{"reply": reply}]).collect()["layout"][0]
    start, end = next(sentence_spans(layout, "\n"))
    assert raw_sentence(reply, layout[start:end]) == "سفارش ۱۲۳۴۵ شما فردا تا ساعت ۱۸ می‌رسد"
    assert raw_sentence(reply, "چیز # دیگر") == "چیز … دیگر"


def test_variants_are_told_most_frequent_first() -> None:
    first, *others = [Spelled(text, text, size) for size, text in ((9, "کتاب را بده"), (5, "کتاب را"), (2, "را بده"))]
    told = variants_of(first, [*others, *others])
    assert [one.size for one in told] == [5, 2, 5]
    assert told[0].pieces == (("same", "کتاب را"), ("old", "بده"))


def test_the_order_of_workers_does_not_matter() -> None:
    frame = replies(many(300))
    assert find_clusters(frame, Limits(workers=1))[0] == find_clusters(frame, Limits(workers=3))[0]
    assert isinstance(frame, pl.LazyFrame)


def test_clusters_of_one_reply_always_come_in_one_order() -> None:
    sentences = [
        "کتاب را امروز از انبار برای شما فرستادیم و فردا می‌رسد",
        "گارانتی یخچال دو سال است و از روز خرید آغاز می‌شود",
        "برای بازگشت پول تصویر رسید پرداخت را همین‌جا بفرستید",
        "پیک پیش از آمدن به شماره‌ای که ثبت کرده‌اید زنگ می‌زند",
    ]
    rows = [{"reply": ". ".join(sentences)}]
    rows += [{"reply": f"{one}. {letter * 9} سخن دیگری هم هست"} for one, letter in zip(sentences, "ابپت", strict=True)]
    found = {tuple(one.text for one in find_clusters(replies(rows), Limits())[0].sentences) for _ in range(12)}
    (order,) = found
    assert sorted(order) == sorted(sentences)
