"""Which part of a text is the reply."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest

import hamdel
from hamdel.language.parts import GAP, reply_of, split
from hamdel.language.quoted import quoted_lines

REPLY = "سلام، سفارش شما فردا تا ساعت ۱۸ می‌رسد.\nبا احترام، سارا"
ASKED = "سفارشم کی می‌رسه؟\nخیلی نگرانم."
QUOTED = "> سفارشم کی می‌رسه؟\n> خیلی نگرانم."
OUTLOOK = "From: Ali <ali@example.com>\nSent: Monday, 3 March 2026 10:12\nTo: support@example.ir\nSubject: سفارش"
PERSIAN = "از: علی رضایی\nتاریخ: ۱۲ آذر ۱۴۰۴\nموضوع: سفارش"
GMAIL = "در تاریخ چهارشنبه ۳ دسامبر ۲۰۲۵ ساعت ۱۰:۳۲ علی رضایی <ali@example.com> نوشت:"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTED}\n\n{REPLY}",
        f"{QUOTED}\n{REPLY}",
        f"{REPLY}\n\n{QUOTED}\n",
        f"> سفارشم کی می‌رسه؟\n\n{REPLY}\n\n> خیلی نگرانم.",
        f"\u200f> سفارشم کی می‌رسه؟\n\u202b >خیلی نگرانم.\n\n{REPLY}",
        f">> سفارشم کی می‌رسه؟\n>> خیلی نگرانم.\n{REPLY}",
        f"> > سفارشم کی می‌رسه؟\n> > خیلی نگرانم.\n{REPLY}",
        f"{QUOTED}\n>> سلام، بفرمایید.\n\n{REPLY}",
        f"{QUOTED}\n> در تاریخ ۱ آذر پشتیبانی نوشت:\n>> سلام، بفرمایید.\n\n{REPLY}",
        f"&gt; سفارشم کی می‌رسه؟\n&gt; خیلی نگرانم.\n\n{REPLY}",
        f"| سفارشم کی می‌رسه؟\n| خیلی نگرانم.\n\n{REPLY}",
        f"علی نوشت:\n{QUOTED}\n\n{REPLY}",
        f"نوشته بودید:\n{QUOTED}\n\n{REPLY}",
        f"{GMAIL}\n\n{QUOTED}\n\n{REPLY}",
        f"{REPLY}\n\n{GMAIL}\n{QUOTED}\n",
        f"{REPLY}\n\n{GMAIL}\n{ASKED}\n",
        f"{REPLY}\n\n{GMAIL}\n{ASKED}\n\n{GMAIL}\nسلام، بفرمایید.",
        f"{REPLY}\n\n{GMAIL.replace(' نوشت:', chr(10) + 'نوشت:')}\n\n{ASKED}",
        f"{REPLY}\n\nOn Tue, 3 Mar 2026 at 10:00, Mina <mina@example.com>\nwrote:\n{QUOTED}",
        f"{REPLY}\n\nOn Tue, 3 Mar 2026 at 10:00, Mina wrote:\n{ASKED}",
        f"{REPLY}\n\n-----Original Message-----\n{OUTLOOK}\n\n{ASKED}",
        f"{REPLY}\n\n-----Original Message-----\n\n{ASKED}",
        f"{REPLY}\n\n________________________________\n{OUTLOOK}\n\n{ASKED}",
        f"{REPLY}\n\n{OUTLOOK}\n\n{ASKED}\n\n{OUTLOOK}\n\nسلام",
        f"{REPLY}\n\n---------- Forwarded message ---------\n{OUTLOOK}\n\n{ASKED}",
        f"{REPLY}\n\n-----پیام اصلی-----\n{PERSIAN}\n\n{ASKED}",
        f"{REPLY}\n\nپیام اصلی\n{ASKED}",
        f"{REPLY}\n\n{PERSIAN}\n\n{ASKED}",
        f"{REPLY}\n\n*از:* علی <ali@example.com>\n*ارسال‌شده:* شنبه ۱۲ آذر\n*به:* پشتیبانی\n*موضوع:* سفارش\n\n{ASKED}",
        f"{REPLY}\n\n-- \nسارا کریمی\n۰۲۱۱۲۳۴۵۶۷۸\n\n{GMAIL}\n{QUOTED}",
        f"{QUOTED}\n\n{REPLY}\n\n--\nسارا کریمی\nپشتیبانی",
        f"From: s@e.ir\nTo: a@e.com\nSubject: =?utf-8?Q?=D8=B3?=\n =?utf-8?Q?=D9=84?=\n\n{QUOTED}\n\n{REPLY}",
        f"{REPLY}\n\nSent from my iPhone\n\n{QUOTED}",
        f"{REPLY}\n\n> On 7 Dec 2025, at 14:20, Mina <mina@example.com> wrote:\n> \n{QUOTED}",
        f"{REPLY}\n\nعلی رضایی در تاریخ ۱۴۰۴/۰۹/۱۲ ساعت ۱۰:۲۰ نوشت:\n{ASKED}",
        f"{REPLY}\n\nLe mar. 3 déc. 2024 à 10:12, Reza <r@example.com> a écrit :\n{ASKED}",
        f"{REPLY}\n\nEl mar, 3 dic 2024 a las 10:12, Reza (<r@example.com>) escribió:\n{ASKED}",
        f"{REPLY}\n\n3 Ara 2024 Sal, 10:12 tarihinde Reza <r@example.com> şunu yazdı:\n{ASKED}",
        f"{REPLY}\n\nفي ٣ ديسمبر ٢٠٢٤ ١٠:١٢ كتب:\n{ASKED}",
        f"{REPLY}\n\n##- Please type your reply above this line -##\n\n{ASKED}",
    ],
)
def test_the_reply_and_the_message(text: str, end: str) -> None:
    parts = split(text.replace("\n", end))
    assert parts.reply.replace(end, "\n") == REPLY
    assert parts.customer == ASKED
    (piece,) = parts.pieces
    assert parts.text[slice(*piece)] == parts.reply


def test_pieces_between_quoted_lines() -> None:
    text = "> کی می‌رسه؟\nفردا.\n\n> با پیک؟\nبله، با پیک.\n"
    parts = split(text)
    assert parts.reply == f"فردا.{GAP}بله، با پیک."
    assert parts.customer == "کی می‌رسه؟\nبا پیک؟"
    assert [text[slice(*piece)] for piece in parts.pieces] == ["فردا.", "بله، با پیک."]
    start = parts.reply.index("پیک")
    assert text[slice(*parts.span(start, start + 3))] == "پیک"
    assert [text[slice(*span)] for span in parts.spans(0, len(parts.reply))] == ["فردا.", "بله، با پیک."]
    assert parts.span(0, len(parts.reply)) == parts.pieces[0]
    assert not parts.is_inside(0, len(parts.reply))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        REPLY,
        "وقتی a > b باشد،\nاز تنظیمات > حساب > رمز عبور عوضش کنید.",
        "سلام 😊\n>:( نباشید\n>_<",
        "| پلن | قیمت |\n| ماهانه | ۵۰ |",
        "سارا | پشتیبانی\nفردا می‌رسد.",
        "مشخصات بلیت شما:\nاز: تهران\nبه: مشهد\nتاریخ: ۱۲ آذر\nساعت: ۱۰:۳۰",
        "موضوع: مرجوعی\nتاریخ: ۱۲ آذر\nنتیجه: تأیید شد.",
        "همکارم برای شما نوشت:\nلطفاً مدارک را بفرستید.",
        "سلام\n--\nسفارش شما فردا تا ساعت ۱۸ با پیک به دستتان می‌رسد.\nاگر دیر شد خبر بدهید.",
        "-- \nسارا",
        "مراحل:\n-- ورود\n-- پرداخت",
        "در پیام اصلی شما نوشته شده بود: فردا.\nبررسی شد.",
        "----------\nسلام\n----------",
        "در ۳ روز آینده:\nبسته می‌رسد.",
        "در ۳ مرحله برایتان نوشته:\n۱. ورود\n۲. پرداخت",
        "همکارم در تاریخ ۱۲ آذر برای شما نوشت:\nلطفاً مدارک را بفرستید.",
        "فرستنده: انبار مرکزی\nگیرنده: علی رضایی\nتاریخ ارسال: ۱۲ آذر\nعنوان: کفش",
        "برای پیگیری:\nاز: a@example.ir\nبه: b@example.com\nایمیل بفرستید.",
        "یادداشت: از فردا\nبه: ساعت ۱۰",
    ],
)
def test_all_of_it_is_the_reply(text: str) -> None:
    parts = split(text)
    assert (parts.reply, parts.customer, parts.whole) == (text, "", True)


def test_a_helpdesks_line_above_the_reply() -> None:
    assert reply_of(f"##- لطفاً پاسخ خود را بالای این خط بنویسید -##\n\n{REPLY}") == REPLY


@pytest.mark.parametrize("text", [QUOTED, f"{GMAIL}\n{QUOTED}\n", f"{GMAIL}\n\n{ASKED}", f"{OUTLOOK}\n\n{ASKED}"])
def test_nothing_but_quotes(text: str) -> None:
    parts = split(text)
    assert (parts.reply, parts.customer, parts.quotes_only) == ("", ASKED, True)
    assert len(parts.pieces) == 1


def test_the_signature_is_known() -> None:
    assert split(f"{REPLY}\n-- \nسارا\nپشتیبانی\n").signature == "سارا\nپشتیبانی"


def test_the_customers_signature_stays() -> None:
    assert split(f"> نرسیده\n> -- \n> علی\n{REPLY}").customer == "نرسیده\nعلی"


def test_reply_of_a_reply() -> None:
    for text in (f"{QUOTED}\n{REPLY}", f"{REPLY}\n{GMAIL}\n{QUOTED}", REPLY):
        assert reply_of(reply_of(text)) == REPLY


def test_quoted_lines() -> None:
    text = f"{QUOTED}\nسلام\r\n\u200f> نقل\r\n"
    assert [text[slice(*span)] for span in quoted_lines(text)] == [*QUOTED.split("\n"), "\u200f> نقل"]


@pytest.mark.parametrize(
    "unit",
    ["\n> ", "\n>", "> ", "&gt;", "\n| a", "\n--", "\n-- ", "A: b\n", "A: b\n ", "\nx wrote:", "\nFrom: a@b", "\nOn 1",
     "\n-----", "\nپیام اصلی", "\nنوشت:", " ", "\n", "\u200f", "\nدر ۱ ", "\nاز: ", ":", "*", "\n> سلام\nبله"],
)  # fmt: skip
def test_long_texts_take_no_time(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    begin = process_time()
    split(text)
    quoted_lines(text)
    assert process_time() - begin < 1


def test_one_module_knows_the_signs_of_a_quoted_line() -> None:
    folder = Path(hamdel.__file__).parent
    signs = re.compile(r"""&gt;|＞|(?<!reply_of\()(?<!_asked\()(?<!write\()"> |startswith\(["']>""")
    found = {path.name for path in folder.rglob("*.py") if signs.search(path.read_text(encoding="utf-8"))}
    assert found == {"quoted.py"}
