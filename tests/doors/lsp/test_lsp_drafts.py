"""Which part of a buffer is the draft."""

from __future__ import annotations

import pytest

from hamdel.doors.lsp.drafts import find_draft, is_mail
from hamdel.language.parts import split

REPLY = "سلام، بررسی می‌کنم.\n"
QUOTED = "> سفارشم نرسیده.\n> نگرانم.\n>> پیگیری می‌کنیم.\n"
HEADER = "From: a@b.ir\nTo: c@d.ir\nSubject: =?utf-8?Q?=D8=B3?=\n =?utf-8?Q?=D9=84?=\n"
MESSAGE = "سفارشم نرسیده.\nنگرانم."


def drafted(text: str, language: str = "mail", uri: str = "untitled:1") -> str:
    return text[find_draft(text, language, uri).start :]


def parted(text: str) -> tuple[str, str]:
    parts = split(drafted(text))
    return parts.reply, parts.customer


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (REPLY, REPLY),
        (HEADER + "\n" + REPLY, REPLY),
        (HEADER + "--text follows this line--\n" + REPLY, REPLY),
        (REPLY + "-- \nسارا\nپشتیبانی", REPLY),
        (REPLY + "\nOn Tue, 3 Mar 2026, Mina wrote:\n" + QUOTED, REPLY + "\n"),
        (REPLY + "\nمینا در ۳ اسفند نوشت:\n\n" + QUOTED + "-- \nسارا", REPLY + "\n"),
        (HEADER + "\nOn Tue Mina wrote:\n" + QUOTED + "\n" + REPLY + "-- \nسارا", REPLY),
        ("", ""),
    ],
)
def test_mail(text: str, draft: str, end: str) -> None:
    reply, customer = parted(text.replace("\n", end))
    assert (reply.strip(), customer) == (draft.replace("\n", end).strip(), MESSAGE if QUOTED in text else "")


def test_the_rest_is_a_draft_as_it_is() -> None:
    for language in ("plaintext", "markdown"):
        assert drafted("Kind: regards\n" + QUOTED + REPLY, language) == "Kind: regards\n" + QUOTED + REPLY
    assert drafted("---\ntitle: x\n---\n" + REPLY, "markdown") == REPLY
    assert drafted("---\nسلام\n", "markdown") == "---\nسلام\n"
    assert drafted(REPLY + "-- \nسارا", "plaintext") == REPLY + "-- \nسارا"


def test_what_is_mail() -> None:
    assert is_mail(HEADER, "plaintext", "")
    assert is_mail("", "", "file:///tmp/x.EML")
    assert not is_mail("To: whom it may concern\n" + REPLY, "plaintext", "file:///tmp/x.txt")


def test_long_texts_take_no_time() -> None:
    for shape in ("A:", "A: b\n ", "\n> ", "x wrote", "-- ", "---\n", "X-" * 3, " \t"):
        text = shape * (200_000 // len(shape))
        for language in ("mail", "markdown"):
            find_draft(text, language)
