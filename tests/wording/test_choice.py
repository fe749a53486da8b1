"""Which wording comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hamdel import Checker
from hamdel.masking.mask import mask_layout
from hamdel.wording.choice import least_used, unsaid

WORDINGS = (
    "تا فردا ساعت ۱۷ نتیجه را همین‌جا می‌نویسم.",
    "خودم پیگیری می‌کنم و به شما خبر می‌دهم.",
    "لطفاً تصویری از صفحه بفرستید تا بررسی کنم.",
)
SENT = "سلام رضا جان، وقتتون بخیر. تا شنبه ساعت ۱۲ نتیجه را همین‌جا می‌نویسم. روز خوش"


def test_what_was_sent_lately_comes_last() -> None:
    assert least_used(WORDINGS, [mask_layout(SENT)]) == (*WORDINGS[1:], WORDINGS[0])


def test_the_likest_comes_very_last() -> None:
    recent = [mask_layout(text) for text in (SENT, WORDINGS[1], WORDINGS[2].replace("صفحه", "رسید پرداخت"))]
    assert least_used(WORDINGS, recent)[0] == WORDINGS[2]


def test_order_stays_without_a_past_or_likeness() -> None:
    assert least_used(WORDINGS, ()) == WORDINGS
    assert least_used(WORDINGS, [mask_layout("قیمت این مدل هشت میلیون تومان است.")]) == WORDINGS


@given(st.lists(st.sampled_from((*WORDINGS, SENT, "", "سلام")), max_size=5))
def test_nothing_is_lost(recent: list[str]) -> None:
    chosen = least_used(WORDINGS, [mask_layout(text) for text in recent])
    assert sorted(chosen) == sorted(WORDINGS)
    assert chosen == least_used(WORDINGS, [mask_layout(text) for text in recent])


def test_what_the_draft_says_isnt_suggested() -> None:
    assert unsaid(WORDINGS, f"سلام. {WORDINGS[1].rstrip('.')}؛ ممنون") == (WORDINGS[0], WORDINGS[2])
    assert unsaid(WORDINGS, "سلام. خودم پيگيری مي‌كنم و به شما خبر می دهم.".replace("می دهم", "می‌دهم")) == (
        WORDINGS[0],
        WORDINGS[2],
    )
    assert unsaid(WORDINGS[:1], WORDINGS[0]) == WORDINGS[:1]
    assert unsaid(("است", "هست"), "آماده است") == ("است", "هست")


def test_two_days_dont_get_the_same_sentence(checker: Checker) -> None:
    draft, customer = "سلام، وقت بخیر. موضوع در دست بررسی است.", "نگرانم، بسته نرسیده"
    past: list[str] = []
    first = []
    for _ in range(3):
        found = checker.check(draft, customer=customer, past=past).findings
        (wording,) = (f.suggestions[0] for f in found if f.check == "empathy/no-feeling-ack")
        first.append(wording)
        past.append(f"سلام. {wording} بسته فردا ساعت ۱۷ می‌رسد.")
    assert len(set(first)) == 3
