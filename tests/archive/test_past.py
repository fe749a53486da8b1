"""The nearest earlier reply: copies score 85 and more, others less, and the answer is brute force's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from hamdel.archive.mask import mask
from hamdel.archive.past import InMemoryReplies, PastReplies, copied_spans

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
    match = InMemoryReplies(["پیام دیگری که ربطی ندارد و بلند است", past]).nearest(draft, 85)
    assert match is not None
    assert match.score >= 85
    assert (match.index, match.text) == (1, past)
    assert sum(end - start for start, end in match.spans) > len(draft) / 3


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
    assert InMemoryReplies([past]).nearest(draft, 85) is None


def test_spans_lie_in_the_raw_draft() -> None:
    draft = "سلام سارا جان 😊 کیک تولدتون رو دیدم. مبلغ شما طی ۷۲ ساعت به حساب برمی گردد."
    spans = copied_spans(draft, mask("مبلغ شما طی 24 ساعت به حساب برمیگردد"))
    assert [draft[start:end] for start, end in spans] == ["مبلغ شما طی ۷۲ ساعت به حساب برمی گردد"]


def test_nothing_to_compare() -> None:
    replies = InMemoryReplies(["سلام", "", "در خدمتم"])
    assert replies.nearest("سلام، وقت بخیر", 0) is None
    assert replies.nearest("سفارش شما رسید", 1) is None
    assert InMemoryReplies([]).nearest("سفارش شما رسید", 0) is None


def test_first_of_equals_wins() -> None:
    match = InMemoryReplies(["سفارش ۱ رسید", "سفارش ۲ رسید"]).nearest("سفارش ۳ رسید", 85)
    assert match is not None
    assert (match.index, match.score) == (0, 100)


_WORDS = st.lists(st.sampled_from("سفارش شما رسید نرسید فردا ۱۲ بررسی کد را بفرستید لطفاً مبلغ".split()), max_size=8)
_REPLIES = st.lists(_WORDS.map(" ".join), max_size=8)


@given(_REPLIES, _WORDS.map(" ".join), st.integers(0, 100))
@settings(max_examples=200, deadline=None)
def test_equals_brute_force(replies: list[str], draft: str, cutoff: int) -> None:
    past: PastReplies = InMemoryReplies(replies)
    match = past.nearest(draft, cutoff)
    masked = mask(draft)
    scores = [fuzz.ratio(masked, mask(reply)) if masked and mask(reply) else -1.0 for reply in replies]
    best = max(scores, default=-1.0)
    if best < cutoff:
        assert match is None
    else:
        assert match is not None
        assert (match.score, match.index) == (best, scores.index(best))


@pytest.mark.parametrize(("count", "expected"), [(0, ()), (2, ("ب", "پ")), (9, ("الف", "ب", "پ"))])
def test_the_latest_replies_are_raw_and_in_order(count: int, expected: tuple[str, ...]) -> None:
    assert tuple(InMemoryReplies(("الف", "ب", "پ")).latest(count)) == expected
