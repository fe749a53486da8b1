"""WhatsApp as phones of each language write it: digits, order, marks and halves of the day; as text and as zip."""

from __future__ import annotations

import datetime
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from test_damaged import damaged, outcome
from test_samples import ALL

from hamdel.exports import Row, open_table

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
RLM, LRM, NARROW = "\u200f", "\u200e", "\u202f"
#: Before noon, after midnight, at noon, and late.
TIMES = [datetime.datetime(2024, 5, day, hour, minute, 11) for day, hour, minute in
         ((12, 9, 5), (13, 0, 30), (14, 12, 40), (25, 23, 59))]  # fmt: skip

Moment = Callable[[datetime.datetime, bool], str]


def clock(time: datetime.datetime, seconds: bool, *, wide: bool = False) -> str:
    hour = f"{time.hour:02}" if wide else str(time.hour)
    return f"{hour}:{time:%M}" + (f":{time:%S}" if seconds else "")


def halved(time: datetime.datetime, seconds: bool, am: str, pm: str, *, before: str = "", after: str = "") -> str:
    text = f"{time.hour % 12 or 12}:{time:%M}" + (f":{time:%S}" if seconds else "")
    half = pm if time.hour >= 12 else am
    return f"{half}{before}{text}" if not after else f"{text}{after}{half}"


def day(time: datetime.datetime, pattern: str) -> str:
    values = {"Y": str(time.year), "y": f"{time:%y}", "M": str(time.month), "d": str(time.day), "O": f"{time:%m}",
              "D": f"{time:%d}"}  # fmt: skip
    return "".join(values.get(char, char) for char in pattern)


def made(pattern: str, comma: str, am: str = "", pm: str = "", *, before: str = "", after: str = "") -> Moment:
    def write(time: datetime.datetime, seconds: bool) -> str:
        if not am:
            return f"{day(time, pattern)}{comma}{clock(time, seconds, wide='D' in pattern)}"
        return f"{day(time, pattern)}{comma}{halved(time, seconds, am, pm, before=before, after=after)}"

    return write


PHONES: dict[str, tuple[Moment, str, dict[int, str]]] = {
    "fa": (made("Y/M/d", f"،{RLM} "), "گپ واتساپ با {}", PERSIAN),
    "fa-12h": (made("Y/M/d", f"،{RLM} ", "ق.ظ.", "ب.ظ.", after=" "), "گپ واتساپ با {}", PERSIAN),
    "fa-latin": (made("Y/M/d", ", "), "WhatsApp Chat with {}", {}),
    "ar": (made(f"d{RLM}/M{RLM}/Y", "، ", "ص", "م", after=" "), "محادثة واتساب مع {}", ARABIC),
    "ar-24h": (made(f"d{RLM}/M{RLM}/Y", "، "), "محادثة واتساب مع {}", ARABIC),
    "ckb": (made("Y-O-D", " ", "ب.ن", "د.ن", after=" "), "WhatsApp - {}", ARABIC),
    "ckb-24h": (made("Y-O-D", " "), "WhatsApp - {}", ARABIC),
    "en": (made("M/d/y", ", ", "AM", "PM", after=NARROW), "WhatsApp Chat with {}", {}),
    "en-24h": (made("M/d/y", ", "), "WhatsApp Chat with {}", {}),
    "en-GB": (made("D/O/Y", ", "), "WhatsApp Chat with {}", {}),
    "en-GB-12h": (made("D/O/Y", ", ", "am", "pm", after=NARROW), "WhatsApp Chat with {}", {}),
    "de": (made("D.O.y", ", "), "WhatsApp Chat mit {}", {}),
    "az": (made("D.O.y", ", "), "WhatsApp Chat with {}", {}),
    "tr": (made("D.O.Y", " "), "{} ile WhatsApp Sohbeti", {}),
    "tr-12h": (made("d.O.Y", " ", "ÖÖ", "ÖS", before=" "), "{} ile WhatsApp Sohbeti", {}),
    "ku": (made("D.O.Y", " "), "WhatsApp - {}", {}),
    "ku-12h": (made("D.O.Y", " ", "BN", "PN", after=" "), "WhatsApp - {}", {}),
    "ko": (made("y. M. d.", " ", "오전", "오후", before=" "), "{}님과의 WhatsApp 대화", {}),
    "ko-long-year": (made("Y. M. d.", " ", "오전", "오후", before=" "), "{}님과의 WhatsApp 대화", {}),
    "ko-24h": (made("y. M. d.", " "), "{}님과의 WhatsApp 대화", {}),
    "ko-words": (made("Y년 M월 d일", " ", "오전", "오후", before=" "), "{}님과의 WhatsApp 대화", {}),
    "zh": (made("Y/M/d", " "), "与{}的 WhatsApp 聊天", {}),
    "zh-12h": (made("Y/M/d", " ", "上午", "下午"), "与{}的 WhatsApp 聊天", {}),
    "zh-TW": (made("Y/M/d", " ", "上午", "下午"), "與{}的 WhatsApp 對話", {}),
    "zh-HK": (made("d/M/Y", " ", "上午", "下午"), "與{}的 WhatsApp 對話", {}),
    "zh-words": (made("Y年M月d日", " ", "上午", "下午"), "与{}的 WhatsApp 聊天", {}),
    "ja": (made("Y/O/D", " "), "WhatsApp - {}", {}),
    "ja-12h": (made("Y/O/D", " ", "午前", "午後"), "WhatsApp - {}", {}),
}  # fmt: skip
NOTICES = {
    "fa": "پیام‌ها و تماس‌ها سرتاسر رمزگذاری شده‌اند.",
    "ko": "메시지와 통화는 종단간 암호화되어 있습니다.",
    "zh": "消息和通话已进行端到端加密。",
    "en": "Messages and calls are end-to-end encrypted.",
}


def chat(language: str, form: str) -> str:
    write, _, digits = PHONES[language]
    notice = NOTICES.get(language[:2], NOTICES["en"])
    lines: list[tuple[datetime.datetime, str, str]] = [(TIMES[0], "", notice)]
    for number, time in enumerate(TIMES):
        reply = f"سلام، {number} در راه است\nفردا می‌رسد: ۱۰:۳۰"
        lines += [(time, "مینا رضایی", f"سفارش {number} نرسیده"), (time, "فروشگاه نور", reply)]
    told = ((write(time, form == "ios").translate(digits), name, text) for time, name, text in lines)
    if form == "android":
        return "".join(f"{moment} - {f'{name}: ' if name else ''}{text}\n" for moment, name, text in told)
    marked = ((moment, name or "مینا رضایی", "" if name else LRM, text) for moment, name, text in told)
    return "".join(f"{mark}[{moment}] {name}: {mark}{text}\r\n" for moment, name, mark, text in marked)


def written(folder: Path, language: str, form: str, packed: bool) -> Path:
    name = PHONES[language][1].format("مینا رضایی")
    inner = f"{name}.txt" if form == "android" else "_chat.txt"
    text = chat(language, form)
    if not packed:
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8", newline="")
        return path
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inner, text)
        archive.writestr("IMG-20240512-WA0001.jpg", b"\xff\xd8")
    return path


@pytest.mark.parametrize("packed", [False, True], ids=["txt", "zip"])
@pytest.mark.parametrize("form", ["android", "ios"])
@pytest.mark.parametrize("language", PHONES)
def test_a_phone(tmp_path: Path, language: str, form: str, packed: bool) -> None:
    with open_table(written(tmp_path, language, form, packed), ALL) as table:
        rows = list(table)
    assert table.preset == "whatsapp"
    assert all(isinstance(row, Row) for row in rows)
    assert [(row.message, row.agent) for row in rows if isinstance(row, Row)] == [
        (f"سفارش {number} نرسیده", "فروشگاه نور") for number in range(len(TIMES))
    ]
    seconds = form == "ios"
    zone = datetime.timezone(datetime.timedelta(hours=3.5))
    expected = [int(time.replace(second=time.second * seconds, tzinfo=zone).timestamp()) for time in TIMES]
    assert [row.time for row in rows if isinstance(row, Row)] == expected
    assert {str(why): count for why, count in table.left_out.items()} == {"system": 1, "customer": len(TIMES)}


@pytest.mark.parametrize("count", [6, pytest.param(4000 // len(PHONES) + 1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("language", PHONES)
def test_damaged_chats_of_a_phone(tmp_path: Path, language: str, count: int) -> None:
    dice = random.Random(language)
    for number in range(count):
        path = written(tmp_path, language, ("android", "ios")[number % 2], number % 3 == 0)
        path.write_bytes(damaged(path.read_bytes(), dice))
        outcome(path, {"team": ["فروشگاه نور"]} if number % 4 else {})


def test_a_team_may_be_named_in_any_language(tmp_path: Path) -> None:
    path = written(tmp_path, "ko", "android", False)
    with open_table(path, replace(ALL, team=("مینا رضایی",))) as table:
        assert {row.agent for row in table if isinstance(row, Row)} == {"مینا رضایی"}
