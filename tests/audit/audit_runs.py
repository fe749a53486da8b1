"""Exports of a small team: their rows, and what tests do with the folder that comes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hamdel.audit.folder import Folder

HEADER = [
    "id",
    "reply",
    "customer_message",
    "agent",
    "customer_id",
    "created_at",
    "channel",
    "csat",
    "ticket_id",
    "paid",
]
REPLIES = (
    "سلام، وقت بخیر. سفارش {n} فردا ساعت ۱۰ می‌رسد. ممنون از شکیبایی شما.",
    "تو باید صبر کنی. در اسرع وقت بررسی می‌شود.",
    "سلام سارا جان، اشتباه از شما بود که شمارهٔ کارت ۶۰۳۷۹۹۱۱۲۳۴۵۶۷۸۶ را وارد نکردید!",
    "=HYPERLINK را نزنید 🌹\u200c به 09121234567 زنگ بزنید.",
    "> کی می‌رسد؟\nفردا می‌رسد؛ از صبوری شما ممنونم.",
    "Hello, your order is on its way.",
    "🙂",
)
MESSAGES = ("سفارش {n} من سه روزه نرسیده، نگرانم! 09123334455", "ممنون", "")

WriteExport = Callable[..., Path]
Audit = Callable[..., Folder]


def rows(count: int) -> list[list[str]]:
    """The same rows every time, a tenth of them with a time that nobody can read when they are ``broken``."""
    return [
        [
            f"r{n}",
            REPLIES[n % len(REPLIES)].format(n=n),
            MESSAGES[n % len(MESSAGES)].format(n=n),
            f"کارشناس {'الف' if n % 3 else 'ب'}",
            f"0912000{n % 5:04}",
            f"1403/02/{n % 28 + 1:02}",
            ("چت", "Email", "Instagram", "")[n % 4],
            ("5", "۱", "", "bad")[n % 4],
            f"t{n // 3}",
            str(n % 2),
        ]
        for n in range(count)
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    """The tables of a folder, byte by byte."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "run.json"}
