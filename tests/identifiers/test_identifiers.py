"""Identifiers: the catalogue's examples, spellings, what must stay silent, and what masking must guarantee."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers import find_identifiers, mask_identifiers

CARD = "6037991123456786"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "kind", "matched"),
    [
        (f"به کارت {CARD} واریز شد.", "card", CARD),
        ("کارت ۶۰۳۷-۹۹۱۱-۲۳۴۵-۶۷۸۶ شما", "card", "۶۰۳۷-۹۹۱۱-۲۳۴۵-۶۷۸۶"),
        ("کارت 6037 9911 2345 6786.", "card", "6037 9911 2345 6786"),
        ("کارت 60\u200f37\u200e-9911-2345-6786", "card", "60\u200f37\u200e-9911-2345-6786"),
        ("کارت 6037\u200c9911\u200c2345\u200c6786", "card", "6037\u200c9911\u200c2345\u200c6786"),
        ("کارت ۶۰۳۷ـ۹۹۱۱ـ۲۳۴۵ـ۶۷۸۶", "card", "۶۰۳۷ـ۹۹۱۱ـ۲۳۴۵ـ۶۷۸۶"),
        ("کارت 6037.9911.2345.6786", "card", "6037.9911.2345.6786"),
        (f"سفارش 54821 به کارت{CARD}برگشت", "card", CARD),
        (f"سفارش 12 {CARD}", "card", CARD),
        ("کد ملی ۰۰۸۴۵۷۵۹۴۸ تأیید شد.", "national_id", "۰۰۸۴۵۷۵۹۴۸"),
        ("كد ملّي شما 0084575948 است", "national_id", "0084575948"),
        ("کدملی‌تون ۰۰۸-۴۵۷۵۹۴-۸ ثبت شد", "national_id", "۰۰۸-۴۵۷۵۹۴-۸"),
        ("۰۰۸۴۵۷۵۹۴۸ کد ملی شماست", "national_id", "۰۰۸۴۵۷۵۹۴۸"),
        ("۰۰۸۴۵۷۵۹۴۸ تأیید شد", "national_id", "۰۰۸۴۵۷۵۹۴۸"),
        ("با شمارهٔ 09121234567 تماس می‌گیریم.", "mobile", "09121234567"),
        ("٠٩١٢١٢٣٤٥٦٧ را ثبت کردم.", "mobile", "٠٩١٢١٢٣٤٥٦٧"),
        ("همراه ۰۹۱۲ ۱۲۳ ۴۵ ۶۷", "mobile", "۰۹۱۲ ۱۲۳ ۴۵ ۶۷"),
        ("همراه ۰۹۱۲/۱۲۳۴۵۶۷", "mobile", "۰۹۱۲/۱۲۳۴۵۶۷"),
        ("همراه +98 (912) 123-4567", "mobile", "+98 (912) 123-4567"),
        ("همراه 00989121234567", "mobile", "00989121234567"),
        ("همراه 989121234567", "mobile", "989121234567"),
        ("شبا IR062960000000100324200001 ثبت شد.", "iban", "IR062960000000100324200001"),
        ("IR06 2960 0000 0010 0324 2000 01", "iban", "IR06 2960 0000 0010 0324 2000 01"),
        ("شماره شبا: ۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱", "iban", "۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱"),
        ("062960000000100324200001IR", "iban", "062960000000100324200001IR"),
        ("به mina.k+1@mail.example.com فرستادم", "email", "mina.k+1@mail.example.com"),
        ("رمز شما 48213 است.", "secret", "48213"),
        ("کد یک‌بارمصرف شما: 1234", "secret", "1234"),
        ("كد يكبار مصرف ١٢٣٤٥", "secret", "١٢٣٤٥"),
        ("کد تأیید: 123 456", "secret", "123 456"),
        ("رمز عبور جدیدتون Parsa@1404 هست.", "secret", "Parsa@1404"),
        ("پسورد: hunter2", "secret", "hunter2"),
        ("رمز ورود به پنل: ۱۲۳۴۵", "secret", "۱۲۳۴۵"),
        ("رمز شما به 48213 تغییر کرد", "secret", "48213"),
        ("Your password is a1b2c3", "secret", "a1b2c3"),
    ],
)
def test_finds(text: str, kind: str, matched: str) -> None:
    assert found(text) == [(kind, matched)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "کارت ۶۰۳۷-****-****-۶۷۸۹",
        "رمز کارت 6037-****-6789",
        "کد رهگیری ۲۱۴۵۶۰۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷",
        "سفارش ۵۴۸۲۱۰۹۳۲۱ آماده است.",
        "سفارش ۰۰۸۴۵۷۵۹۴۸ آماده است.",
        "کد ملی شما تأیید شد و سفارش ۰۰۸۴۵۷۵۹۴۸ آماده است.",
        "حساب بانک ملی 0084575948",
        "با ۰۲۱-۸۸۸۸۸۸۸۸ داخلی ۲۲۲ تماس بگیرید.",
        "مبلغ ۱۲۵۰۰۰۰۰۰۰ ریال",
        "شماره‌ای که به ۴۵۶۷ ختم می‌شود",
        "شماره را به شکل 09xxxxxxxxx وارد کنید.",
        "مثل 09123456789 یا 09120000000",
        "کارت 6037991123456780",  # wrong check digit
        "شماره 4539578763621486",  # Luhn-valid, but no Iranian issuer
        "کد ملی 0084575947",  # wrong check digit
        "ORD09121234567",
        "رمز را به ۱۲۳۴۵ پیامک کنید",
        "رمز عبور باید ۸ تا ۱۲ کاراکتر باشد",
        "رمز شما ۱۴۰۴/۰۵/۱۲ عوض شد",
        "کد تأیید ۶ رقمی پیامک می‌شود",
        "کد تخفیف SPRING20 تا فردا معتبر است",
        "رمزگشایی 12345",
        "تلفن ۱۵۷۵ یا ۰۲۱۸۸۸۸۸۸۸۸",
        "۱۴۰۴/۰۵/۱۲ ساعت ۱۰:۳۰ تا ۱۱:۴۵",
        "نشانی example.ir و @support",
    ],
)
def test_stays_silent(text: str) -> None:
    assert found(text) == []


def test_finds_several_by_place() -> None:
    text = f"کارت {CARD}، همراه 09121234567 - 09351234567 و رمز 4821"
    assert [kind for kind, _ in found(text)] == ["card", "mobile", "mobile", "secret"]


def test_every_issuer_is_known() -> None:
    lines = (phrasebank_dir() / "lexicon" / "card_prefixes.txt").read_text(encoding="utf-8").splitlines()
    prefixes = [line.split()[0] for line in lines if not line.startswith("#")]
    assert len(prefixes) > 45
    assert prefixes == sorted(set(prefixes))
    assert all(len(prefix) == 6 and prefix.isdigit() for prefix in prefixes)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"کارت {CARD}", "کارت ************6786"),
        ("کارت ۶۰۳۷-۹۹۱۱-۲۳۴۵-۶۷۸۶", "کارت ****-****-****-۶۷۸۶"),
        ("+98 912 123 4567", "+** *** *** 4567"),
        ("IR062960000000100324200001", "IR********************0001"),
        ("mina@example.ir", "m***@e******.ir"),
        ("رمز شما 48213 است.", "رمز شما ***** است."),
        ("4539578763621486", "************1486"),  # stricter than finding: any issuer
        ("کد ملی 0084575947", "کد ملی ******5947"),  # stricter: a wrong check digit
        ("مثل 09123456789", "مثل *******6789"),
        ("سفارش ۵۴۸۲۱ و مبلغ ۱۲۵۰۰۰۰۰۰۰ ریال", "سفارش ۵۴۸۲۱ و مبلغ ۱۲۵۰۰۰۰۰۰۰ ریال"),
    ],
)
def test_masks(text: str, masked: str) -> None:
    assert mask_identifiers(text) == masked


_BITS = st.sampled_from(
    [
        *"0123456789۰۱۲۳٤٥٦",
        *" -./_*+@\u200c\u200e\u200f",
        CARD,
        "6037 9911 2345 6786",
        "09121234567",
        "+98912",
        "1234567",
        "0084575948",
        "کد ملی ",
        "سفارش ",
        "رمز شما ",
        "کد تأیید: ",
        "IR062960000000100324200001",
        "شبا ",
        "mina@example.ir",
        "a1b2",
        "سلام، ",
        "\n",
        "4539578763621486",
    ]
)
_TEXTS = st.lists(_BITS, max_size=25).map("".join) | st.text(max_size=60)


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_masking_keeps_the_length_and_covers_everything(text: str) -> None:
    masked = mask_identifiers(text)
    assert len(masked) == len(text)
    assert find_identifiers(masked) == []
    assert mask_identifiers(masked) == masked


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_spans_are_in_order_and_inside(text: str) -> None:
    last = 0
    for one in find_identifiers(text):
        assert last <= one.start < one.end <= len(text)
        assert mask_identifiers(text)[one.start : one.end] != text[one.start : one.end]
        last = one.end
