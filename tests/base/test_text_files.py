"""Drafts from disk: encodings, what isn't text, and past replies."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from hamdel.base.text_files import decode, read_lines, read_past, read_stdin, read_text
from hamdel.errors import InputError

PERSIAN = "سلام، وقت بخیر. سفارش شما ۱۲۳۴۵ فردا می‌رسد.\r\nممنون 🌹"
ARABIC_KEYBOARD = "سلام پگاه، چطوري؟ ژيلا مي\u200cآيد. کي گفت 123"  # what Windows-1256 can hold


@pytest.mark.parametrize("text", ["", "a", "تو", PERSIAN, "hello there\n", "salam, khoobi?", "😀 سلام", " \n\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_come_back_unchanged(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize(("bom", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_both_byte_orders(bom: bytes, encoding: str) -> None:
    assert decode(bom + PERSIAN.encode(encoding), "x") == PERSIAN


@pytest.mark.parametrize("text", [ARABIC_KEYBOARD, "گلچين", "پچ", "تو بايد صبر كني", "It’s سلام"])
def test_windows_1256(text: str) -> None:
    assert decode(text.encode("cp1256"), "x") == text


@pytest.mark.parametrize("text", ["سلام\0دنیا", "\0", "hi\0", "\0" * 64, "سلام\0", "a\0\0b", "\x06سلام"])
def test_nul_bytes_are_kept(text: str) -> None:
    assert decode(text.encode(), "x") == text


def test_nul_at_every_second_byte_is_utf16() -> None:
    assert decode(b"h\0i\0", "x") == decode(b"\0h\0i", "x") == "hi"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image; save the reply as a text file"),
        (b"PK\x03\x04\x14\0", "is a zip archive or an Office document"),
        (b"%PDF-1.7", "is a PDF file"),
        (bytes(range(128, 256)) * 9, "not text, or in an unknown encoding; save it as UTF-8"),
        (bytes(range(256)), "not text"),
        ("déjà vu à l'été".encode("latin-1"), "not text, or in an unknown encoding"),
        (PERSIAN.encode()[:-1], "broken UTF-8 at byte"),
        (PERSIAN.encode()[:2] + b"\xff" + PERSIAN.encode(), "broken UTF-8 at byte 2"),
        (b"\xff\xfe\x41", "broken UTF-16-LE at byte 0"),
    ],
)
def test_what_is_not_text_says_so(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^x.txt: {message}"):
        decode(data, "x.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-16-le"])
def test_ten_megabytes_are_taken(encoding: str) -> None:
    line = f"{ARABIC_KEYBOARD}\n".encode(encoding)
    data = line * (10_000_000 // len(line))
    assert len(decode(data, "x")) > 4_000_000


def test_missing_file_directory_and_impossible_names(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "gone.txt", "no such file; check the name"),
        (tmp_path, "is a folder; name one text file"),
        (tmp_path / ("x" * 5000), "can't be read"),
        (Path("a\0b"), "can't be read"),
    ):
        with pytest.raises(InputError, match=message) as caught:
            read_text(path)
        assert "\n" not in str(caught.value)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)  # chmod doesn't stop root
    with pytest.raises(InputError, match="permission denied; check its rights"):
        read_text(path)
    with pytest.raises(InputError, match="permission denied; check its rights"):
        list(read_lines(str(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_lines_are_numbered(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes("یک\r\n\nسه\u2028\n".encode(encoding))
    lines = [(number, line) for number, line in read_lines(str(path)) if line]
    assert lines == [(1, "یک"), (3, "سه\u2028")]


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"1\n2\n\xff\n4\n")
    lines = read_lines(str(path))
    assert [next(lines), next(lines)] == [(1, "1"), (2, "2")]
    with pytest.raises(InputError, match=r"x\.jsonl:3: isn't UTF-8; save the file as UTF-8"):
        next(lines)


def test_lines_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("الف\nب".encode()), "ascii"))
    assert list(read_lines("-")) == [(1, "الف"), (2, "ب")]
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        list(read_lines("-"))


def test_stdin_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PERSIAN.encode("utf-16")), "ascii"))
    assert read_stdin() == PERSIAN
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        read_stdin()


def test_past_replies_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "past.txt"
    path.write_bytes("سلام.\r\n\r\n  \nدومی\u2028همان\rسومی\n".encode())
    assert read_past(path) == ("سلام.", "دومی\u2028همان", "سومی")


def test_past_replies_in_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "past.JSONL"
    path.write_text('{"reply": "یک"}\n\n"دو"\n{"text": "سه", "id": 3}\n{"draft": "چهار"}\n', "utf-8-sig")
    assert read_past(path) == ("یک", "دو", "سه", "چهار")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"reply": ', "broken JSON: Expecting value; one value a line is needed"),
        ("not json", "broken JSON"),
        ("[" * 100_000, "broken JSON: maximum recursion"),
        ("1" * 10_000, "broken JSON: Exceeds the limit"),
        ("[]", "needs a text, or an object"),
        ("3", "needs a text"),
        ('{"message": "x"}', 'with a text as "reply", "text" or "draft"'),
        ('{"reply": 3}', "needs a text"),
    ],
)
def test_past_line_that_is_broken_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "past.jsonl"
    path.write_text(f'"سلام"\n{line}\n', "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_past(path)
    assert str(caught.value).startswith(f"{path}:2: ")


def test_past_that_is_a_directory_or_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_past(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read_past(tmp_path / "past.jsonl")
