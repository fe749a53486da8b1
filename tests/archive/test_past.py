"""The nearest earlier reply: copies score 85 and more, others less, and the answer is brute force's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from hamdel.archive.aligned import copied_parts, shares
from hamdel.archive.archive import Archive
from hamdel.archive.past import InMemoryReplies, PastReplies
from hamdel.masking.mask import mask, mask_layout, mask_with_offsets

ORDER = (
    "سلام مینا جان، وقت بخیر. سفارش شمارهٔ ۵۵۰۱ شما فردا تحویل پست می‌شود و سه روز کاری بعد به دستتان می‌رسد. "
    "اگر سؤالی بود در خدمتیم."
)


@pytest.mark.parametrize(
    ("past", "draft"),
    [
        (ORDER, ORDER.replace("مینا", "رضا").replace("۵۵۰۱", "۷۷۱۲").replace("سه", "دو")),
        (
            "سفارش شما به‌دلیل تأخیر پست هنوز نرسیده و پیگیری کردیم",
            "سفارش شما به دليل تاخير پست هنوز نرسيده و پيگيري كرديم",
        ),
        (
            "سلام نگار عزیز، کد تخفیف شما با شمارهٔ ۱۲۳۴ تا جمعه اعتبار دارد",
            "سلام کاوه عزیز، کد تخفیف شما با شمارهٔ 9981 تا جمعه اعتبار دارد",
        ),
        (
            "مبلغ شما طی ۷۲ ساعت به حساب برمی‌گردد و پیامک می‌آید",
            "مبلغ شما طی ۷۲ ساعت به حساب برمیگردد و پیامک می آید",
        ),
        ("بابت برخورد همکارم متأسفم و موضوع را به مدیر گزارش دادم",) * 2,
        ("امکان تمدید مهلت وجود ندارد و تصمیم نهایی است",) * 2,
    ],
)
def test_copies_are_found(past: str, draft: str) -> None:
    match = InMemoryReplies(["پیام دیگری که ربطی ندارد و بلند است", past]).nearest(mask(draft), 85)
    assert match is not None
    assert match.score >= 85
    assert match.layout == mask_layout(past)
    copied, own, share = divided(draft, past)
    assert sum(map(len, copied)) > len(draft) / 3
    assert (own, share) == ([], 0)


@pytest.mark.parametrize(
    ("past", "draft"),
    [
        ("برای فاکتور کد اقتصادی را بفرستید", "کیک تولد پسرتون رو دیدم؛ فاکتورش رو امروز می‌فرستم"),
        ("سلام، وقت بخیر. آدرس عوض شد", "سلام، وقت بخیر. زمان نصب فردا ساعت ۹ است"),
        (
            "سلام. بابت دیر رسیدن کیک شما عذر می‌خواهم، مبلغ فردا برمی‌گردد",
            "لباس عروسی پنجشنبه‌تون رو با پیک فوری عوض می‌کنیم؛ چهارشنبه ۱۸ می‌رسه",
        ),
        (
            "سلام، ممنون که با ما در ارتباط هستید. آدرس شما تغییر کرد.",
            "سلام، ممنون که با ما در ارتباط هستید. کد تخفیف شما تا دیروز معتبر بود؛ یک کد تازه ساختم: SPRING20.",
        ),
        (
            "سلام، وقت بخیر. برای دریافت فاکتور رسمی، کد اقتصادی شرکت را بفرستید.",
            "سلام، وقت بخیر. روی «فراموشی رمز» بزنید، شمارهٔ همراه را وارد کنید و کدی را که می‌آید بنویسید.",
        ),
    ],
)
def test_others_are_not(past: str, draft: str) -> None:
    assert InMemoryReplies([past]).nearest(mask(draft), 85) is None


def divided(draft: str, past: str) -> tuple[list[str], list[str], float]:
    masked = mask_with_offsets(draft)
    parts = shares(draft, masked, copied_parts(masked.text, mask(past)))
    return [draft[a:b] for a, b in parts.copied], [draft[a:b] for a, b in parts.own], parts.own_share


def test_a_draft_is_divided_into_copied_and_own() -> None:
    draft = "سلام سارا جان 😊 کیک تولدتون رو دیدم. مبلغ شما طی ۷۲ ساعت به حساب برمی گردد."
    copied, own, share = divided(draft, "مبلغ شما طی 24 ساعت به حساب برمیگردد")
    assert copied == ["مبلغ شما طی ۷۲ ساعت به حساب برمی گردد"]
    assert own == ["کیک تولدتون رو دیدم"]
    assert share == pytest.approx(4 / 12)


def test_nothing_to_compare() -> None:
    replies = InMemoryReplies(["سلام", "", "در خدمتم"])
    assert replies.nearest("", 1) is None
    assert replies.nearest("سفارش شما رسید", 1) is None
    assert InMemoryReplies([]).nearest("سفارش شما رسید", 1) is None


def test_first_of_equals_wins_and_uses_are_counted() -> None:
    match = InMemoryReplies(["سفارش ۱ رسید. بله", "سفارش ۲ رسید، بله"]).nearest(mask("سفارش ۳ رسید بله"), 85)
    assert match is not None
    assert (match.layout, match.score, match.uses.count) == ("سفارش # رسید\nبله", 100, 2)


def test_replies_to_the_same_customer_are_others_to_nobody() -> None:
    text = "امکان تمدید مهلت وجود ندارد و تصمیم نهایی است"
    same = InMemoryReplies([text], same_customer=True)
    assert same.nearest(text, 70) is None
    match = same.nearest_to_customer(text, 70)
    assert match is not None
    assert match.uses.to_customer == 1
    assert InMemoryReplies([text]).nearest_to_customer(text, 70) is None


_WORDS = st.lists(st.sampled_from("سفارش شما رسید نرسید فردا ۱۲ بررسی کد را بفرستید لطفاً مبلغ".split()), max_size=8)
_REPLIES = st.lists(_WORDS.map(" ".join), max_size=8)


@given(_REPLIES, _WORDS.map(" ".join), st.integers(1, 100))
@settings(max_examples=200, deadline=None)
def test_equals_brute_force(replies: list[str], draft: str, cutoff: int) -> None:
    past: PastReplies = InMemoryReplies(replies)
    masked = mask(draft)
    match = past.nearest(masked, cutoff)
    scores = [fuzz.ratio(masked, mask(reply)) if masked and mask(reply) else -1.0 for reply in replies]
    best = max(scores, default=-1.0)
    if best < cutoff:
        assert match is None
    else:
        assert match is not None
        assert (match.score, match.layout) == (best, mask_layout(replies[scores.index(best)]))


@pytest.mark.parametrize(("count", "expected"), [(0, []), (2, ["ب", "پ"]), (9, ["الف", "ب", "پ"])])
def test_the_latest_replies_are_in_order(count: int, expected: list[str]) -> None:
    assert InMemoryReplies(("الف", "سلام", "ب", "پ")).latest(count) == expected


def test_the_latest_replies_are_read_again_when_somebody_writes(folder: Path) -> None:
    """They are remembered between checks; another process adds, and another forgets."""
    replies = [f"سفارش شما با پیک {name} می‌رسد و خبرش را می‌نویسم." for name in ("تندرو", "آبی", "سبز")]
    with Archive(folder, write=True) as writer, Archive(folder) as reader:
        writer.add(replies[0], agent="سارا", time=1)
        view = reader.view(agent="سارا")
        assert len(view.latest(10)) == 1
        assert view.latest(10) is view.latest(10)
        writer.add(replies[1], agent="سارا", time=2)
        writer.add(replies[2], agent="رضا", time=3)
        assert [("تندرو" in one, "آبی" in one) for one in view.latest(10)] == [(True, False), (False, True)]
        assert len(view.latest(1)) == 1
        assert len(reader.view().latest(10)) == 3
        writer.forget(before=2)
        assert len(view.latest(10)) == 1
