"""A cache that costs time at worst, never a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamdel.base.disk_cache import DiskCache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_keeps_values_between_runs() -> None:
    first = DiskCache("x")
    first.put("می‌کنید", ["میکنید"])
    first.save()
    assert DiskCache("x").get("می‌کنید") == ["میکنید"]
    assert DiskCache("y").get("می‌کنید") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_file_is_an_empty_one(folder: Path, content: bytes) -> None:
    (folder / "x-1.json").write_bytes(content)
    cache = DiskCache("x")
    assert cache.get("a") is None
    cache.put("a", 1)
    cache.save()
    assert DiskCache("x").get("a") == 1


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(folder / "file" / "below"))
    cache = DiskCache("x")
    cache.put("a", 1)
    cache.save()
    assert cache.get("a") == 1


def test_what_nobody_asks_for_goes() -> None:
    old = DiskCache("x")
    for i in range(10):
        old.put(str(i), i)
    old.save()
    new = DiskCache("x")
    new.get("3")
    new.put("new", 1)
    new.save()
    left = DiskCache("x")
    assert [left.get(name) for name in ("3", "new", "5")] == [3, 1, None]
