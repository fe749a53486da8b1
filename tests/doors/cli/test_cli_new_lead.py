"""From a phone's and Instagram's exports to a report, by somebody who knows no option."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from cli_running import Run

from hamdel.doors.cli.exits import ExitCode

pytest.importorskip("polars")
RLM = "\u200f"
SHOP, CUSTOMER = "بوتیک ماه", "نرگس مشتری 🌸"
CHAT = f"""۲۰۲۵/۱۱/۳،{RLM} ۱۰:۱۲ - پیام‌ها و تماس‌ها سرتاسر رمزگذاری شده‌اند. بیشتر بدانید.
۲۰۲۵/۱۱/۳،{RLM} ۱۰:۱۲ - {CUSTOMER}: مانتو کد ۲۱۴ موجوده؟
۲۰۲۵/۱۱/۳،{RLM} ۱۰:۲۰ - {SHOP}: سلام عزیزم بله موجوده
شماره کارت: 6037-9912-3456-7893
۲۰۲۵/۱۱/۳،{RLM} ۱۰:۲۱ - {SHOP}: <رسانه حذف شد>
"""
GROUP = f"""13/11/2025, 9:12 am - {SHOP} created group "عمده"
13/11/2025, 9:13 am - رضا عمده: سلام ۲۰ تا کد ۲۱۴
13/11/2025, 9:14 am - {SHOP}: چشم، ثبت شد
13/11/2025, 9:15 am - سمیه عمده: منم ۱۰ تا
"""


def moji(text: str) -> str:
    return text.encode().decode("latin-1")


@pytest.fixture
def phone(run: Run) -> list[str]:
    """Files as a phone shares them."""
    files = {f"گپ واتساپ با {CUSTOMER}.txt": CHAT, "WhatsApp Chat with عمده.txt": GROUP}
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    with zipfile.ZipFile("instagram-mah.zip", "w") as archive:
        for number, customer in enumerate(("Narges ♡", "ali.kzm")):
            said = [(SHOP, "سلام، هزینهٔ ارسال با خودته"), (customer, "ارسال دارید؟")]
            thread = {
                "participants": [{"name": moji(customer)}, {"name": moji(SHOP)}],
                "messages": [
                    {"sender_name": moji(who), "timestamp_ms": 1762150000000 - place, "content": moji(text)}
                    for place, (who, text) in enumerate(said)
                ],
                "title": moji(customer),
            }
            archive.writestr(
                f"your_instagram_activity/messages/inbox/t{number}/message_1.json", json.dumps(thread)
            )
    return [*files, "instagram-mah.zip"]


def test_a_report_without_any_option(run: Run, phone: list[str]) -> None:
    done = run("audit", *phone)
    assert done.exit_code == 0, done.output
    assert done.output.count(f"پاسخ‌دهنده: \u2068«{SHOP}»") + done.output.count(f"پاسخ‌دهنده: «{SHOP}»") == 3
    assert "در فایل‌های دیگر پاسخ داده" in done.output
    assert "customer message" not in done.output  # names of our own, which no file has
    report = Path("hamdel-audit/report.html").read_text("utf-8")
    assert "6037" not in report
    assert run("audit", phone[0]).exit_code == 0
    assert Path("hamdel-audit-2/report.html").is_file()


def test_a_group_alone_asks(run: Run, phone: list[str]) -> None:
    done = run("audit", phone[1])
    assert (done.exit_code, "--team NAME" in done.output) == (ExitCode.FAILED, True)
    assert not Path("hamdel-audit").exists()


@pytest.mark.parametrize("name", ["message_1.html", "messages.html", "instagram.zip"])
def test_pages_to_be_read_are_told_from_exports(run: Run, name: str) -> None:
    if name.endswith(".zip"):
        with zipfile.ZipFile(name, "w") as archive:
            archive.writestr("your_instagram_activity/messages/inbox/x/message_1.html", "<html></html>")
    else:
        Path(name).write_text("<html></html>", "utf-8")
    done = run("audit", name)
    assert done.exit_code == ExitCode.FAILED
    assert "choose JSON" in done.output
