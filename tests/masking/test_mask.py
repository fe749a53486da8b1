"""Masking: copies of a template become equal, own words stay, offsets lead back to the raw text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel.masking.mask import SYMBOL, compared, mask, mask_layout, mask_opening, mask_with_offsets, own_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سلام مینا جان، سفارش ۵۵۰۱ فردا می‌رسد.", "سلام رضا جان، سفارش 7712 شنبه می‌رسد."),
        ("سلام، وقت بخیر. آدرس شما عوض شد.", "با سلام و احترام\nآدرس شما عوض شد\nبا احترام، بهروز نادری"),
        ("درود بر شما آقای رضایی، فاکتور صادر شد", "سلام خانم نگار احمدی عزیز، فاکتور صادر شد"),
        ("پیام خانم کریمی، به انبار رسید", "پیام آقای علی رضایی، به انبار رسید"),
        ("نوبت نصب ۱۴۰۴/۰۵/۱۲ ساعت ۱۰:۳۰ است", "نوبت نصب ۳ خرداد ساعت ۹ است"),
        ("مبلغ ۱۲۵٬۰۰۰ تومان برگشت", "مبلغ 90 هزار ریال برگشت"),
        ("کد SPRING20 را بزنید", "کد YALDA1404 را بزنید"),
        ("لینک: https://a.ir/x?y=1 را ببینید", "لینک www.example.com/help را ببینید"),
        ("به کارت 6037-9911-2345-6786 واریز شد", "به کارت ۶۲۱۹۸۶۱۰۱۲۳۴۵۶۷۸ واریز شد"),
        ("به mina@example.ir فرستادم", "به docs@site.com فرستادم"),
        ("سه روز کاری بعد می‌رسد", "۵ روز کاری بعد می‌رسد"),
        ("بیست و سه روز کاری بعد می‌رسد", "۵ روز کاری بعد می‌رسد"),
        ("مبلغ یک میلیون و دویست هزار تومان برگشت", "مبلغ ۱۲۰۰۰۰۰ ریال برگشت"),
        ("به نام مینا کریمی ثبت شد", "به نام رضا پورعلیزاده ثبت شد"),
        ("با بهار رضایی صحبت شد", "با علی صحبت شد"),
        ("بسته را سرکار خانم دکتر پریسا فروتن تحویل گرفتند", "بسته را جناب مهندس بهزاد سلیمانی فر تحویل گرفتند"),
        ("آقای سید محمدرضا حسینی نژاد امضا کرد", "خانم زهرا صادقی امضا کرد"),
        ("بررسي مي‌شود و اطلاع مي دهيم", "بررسی میشود و اطلاع می‌دهیم"),
        ("کتاب ها رسید", "کتاب‌ها رسید"),
        ("فاکتور صادر شد. اگر سؤالی بود در خدمتیم.", "فاکتور صادر شد. موفق باشید"),
        ("فاکتور صادر شد. هر سؤالی داشتید همین‌جا بپرسید 🌹", "فاکتور صادر شد! با تشکر، سارا کریمی - پشتیبانی"),
    ],
)
def test_template_copies_are_equal(one: str, other: str) -> None:
    assert mask(one) == mask(other)
    assert mask(one)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("", ""),
        ("سلام، وقت بخیر", ""),
        ("سلام. در خدمتم.", ""),
        ("🌹🌹", ""),
        ("سفارش  رسید!!", "سفارش رسید"),
        ("سلامت باشید و سفارش رسید", "سلامت باشید و سفارش رسید"),
        ("PDF را دانلود کنید", "pdf را دانلود کنید"),
        ("با شما تماس می‌گیریم", "با شما تماس میگیریم"),
        ("در خدمت شما نیست که", "در خدمت شما نیست که"),
        ("تا ۳ تا ۵", f"تا {SYMBOL} تا {SYMBOL}"),
        ("امید داریم بهار خوبی در پیش باشد", "امید داریم بهار خوبی در پیش باشد"),
        ("دو سفارش دارید", "دو سفارش دارید"),
        ("آقا این درست نیست", "آقا این درست نیست"),
    ],
)
def test_keeps_what_is_said(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_counts_own_words() -> None:
    assert own_words(mask("سلام مینا جان، سفارش ۵۵۰۱ فردا می رسد. در خدمتم.")) == 2
    assert own_words(mask("سلام")) == 0


_BITS = st.sampled_from(
    "سلام |درود، |خانم |کریمی |عزیز |جان، |وقت بخیر. |سفارش |۵۵۰۱ |12:30 |فردا |می |می‌شود |ها |سه |روز |تومان |"
    "https://a.ir |a@b.ir |[نام] |{{x}} |. |\n|، |🌹|در خدمتم|با احترام، |ﷲ |كتاب |PDF,|هستم |از |\u200f|و |".split("|")
)
_TEXTS = st.lists(_BITS, max_size=20).map("".join) | st.text(max_size=40)


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_offsets_lead_back(text: str) -> None:
    masked = mask_with_offsets(text)
    assert masked.text == mask(text)
    assert masked.layout == mask_layout(text)
    assert compared(masked.layout) == masked.text
    assert len(masked.starts) == len(masked.ends) == len(masked.text)
    assert all(0 <= start < end <= len(text) for start, end in _words(masked.text, masked.starts, masked.ends))
    assert list(masked.starts) == sorted(masked.starts)


def _words(text: str, starts: tuple[int, ...], ends: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(start, end) for char, start, end in zip(text, starts, ends, strict=True) if char != " "]


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_masked_text_is_plain(text: str) -> None:
    masked = mask(text)
    assert masked == " ".join(masked.split())
    assert not any(char.isdigit() for char in masked if char.isascii())
    assert f"{SYMBOL} {SYMBOL}" not in masked


def test_an_opening_keeps_thanks_and_loses_the_greeting() -> None:
    assert mask_opening("سلام مینا جان، ممنون از پیامتون.") == mask_opening("درود. ممنون از پیامتون 🌹")
    assert mask_opening("سلام مینا جان، وقت بخیر.") == ""


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("سلام. بله، سفارش ۵۵۰۱ رسید! فاکتور هم هست.", "بله،سفارش # رسید\nفاکتور هم هست"),
        ("کد ۱۲۳۴. مبلغ ۵۰۰۰، بقیه فردا", "کد #\nمبلغ #،بقیه #"),
        ("بسته رسید\nفاکتور هم هست", "بسته رسید\nفاکتور هم هست"),
        ("سفارش ۱۲. ۱۳ رسید", "سفارش # رسید"),
        ("لینک https://a.ir/x. بعد بزنید", "لینک #\nبعد بزنید"),
    ],
)
def test_a_layout_knows_sentences_and_clauses(text: str, layout: str) -> None:
    assert mask_layout(text) == layout


@pytest.mark.parametrize(
    "secret",
    [
        "6037-9911-2345-6786", "۶۰۳۷ ۹۹۱۱ ۲۳۴۵ ۶۷۸۶", "۰۹۱۲۳۴۵۶۷۸۹", "0912 345 67 89", "+98(912)3456789", "٠٠١٢٣٤٥٦٧٨",
        "IR۸۲۰۵۴۰۱۰۲۶۸۰۰۲۰۸۱۷۹۰۹۰۰۲", "mina.karimi@example.ir", "مینا@نمونه.ایران", "ایمیل:mina@example.ir،", "@mina_k",
        "(mina@example.ir)",
    ],
)  # fmt: skip
def test_nothing_that_identifies_a_person_remains(secret: str) -> None:
    masked = mask(f"برای پیگیری به {secret} پیام دادیم و منتظر پاسخ هستیم")
    assert SYMBOL in masked
    assert not re.search("[a-z0-9]|مینا|نمونه|ایران", masked)


def test_what_the_customer_is_quoted_with_is_covered() -> None:
    reply = "نوشتید {}؛ مبلغ امروز به کارت شما برگشت."
    message = "سفارشم سه روزه که نرسیده، هر بار هم زنگ می‌زنم کسی جواب نمی‌ده و خیلی نگرانم که"
    asked, other = reply.format(f"«{message}»"), reply.format(f'"پولم رو پس بدید، خسته شدم. {message}"')
    assert mask(asked) == mask(other)
    assert "نگرانم" not in mask(asked)
    assert own_words(mask(asked)) == own_words(mask(reply.format("")))
    taken_up = "نوشتید «سفارشم سه روزه نرسیده و نگرانم»."
    for kept in ("روی «فراموشی رمز عبور» بزنید.", f"نوشتید «{message}", '"سلام', taken_up):
        assert mask(kept) == mask(kept.translate(dict.fromkeys(map(ord, '«»"'), " ")))
