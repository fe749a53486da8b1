"""Files read as text piece by piece: the same encodings as for drafts, and broken bytes that don't stop the reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamdel.base.decoding import decode, decoded_file, is_broken
from hamdel.errors import InputError

PERSIAN = "سلام، سفارش شما فردا می‌رسد 🌹\r\nممنون\rخدانگهدار\n"
ARABIC_KEYBOARD = "سلام پگاه، چطوري؟ ژيلا مي\u200cآيد.\n"


def text_of(path: Path) -> str:
    with path.open("rb") as file, decoded_file(file, "x") as text:
        return text.read()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    "text", ["", "a,b\n", PERSIAN, PERSIAN * 3_000, "a" * 200_000 + PERSIAN, "🌹" * 40_000], ids=len
)
def test_unicode_comes_back_with_its_line_ends(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(text.encode(encoding))
    assert text_of(path) == text == decode(path.read_bytes(), "x")


@pytest.mark.parametrize("before", [0, 65_535, 200_000])
def test_windows_1256_is_told_wherever_its_first_letter_is(tmp_path: Path, before: int) -> None:
    path = tmp_path / "x"
    path.write_bytes(("a" * before + ARABIC_KEYBOARD * 9).encode("cp1256"))
    assert text_of(path) == "a" * before + ARABIC_KEYBOARD * 9


@pytest.mark.parametrize("cut", range(4))
def test_letter_at_the_end_of_the_sample_is_no_damage(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "x"
    path.write_bytes(("a" * (65_536 - cut) + "🌹" * 9).encode())
    assert not is_broken(text_of(path))


@pytest.mark.parametrize(
    ("data", "broken"),
    [
        (PERSIAN.encode() + b"\xff\n" + PERSIAN.encode(), "\udcff\n"),
        (PERSIAN.encode("utf-16") + b"\x00\xd8a\0", "\udcffa"),
        (PERSIAN.encode("utf-16") + b"a", "\udcff"),
    ],
    ids=["utf-8", "lone surrogate", "half a character"],
)
def test_broken_bytes_are_marked_and_the_rest_is_read(tmp_path: Path, data: bytes, broken: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    text = text_of(path)
    assert text.startswith(PERSIAN + broken)
    assert is_broken(text)
    assert not is_broken(text.replace("\udcff", ""))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PAR1\x15\0", "is a Parquet file; export it as CSV in UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1", "is an old Office document; export it as CSV in UTF-8"),
        ("déjà vu à l'été".encode("latin-1"), "not text, or in an unknown encoding; save it as UTF-8"),
    ],
)
def test_what_is_no_text_says_so(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"^x: {message}"):
        text_of(path)
