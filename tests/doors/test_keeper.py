"""Checkers are made once for the same settings, and anew when something that they are made of changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hamdel.archive.archive import Archive
from hamdel.doors.keeper import Keeper, Place
from hamdel.errors import ArchiveError, ConfigError
from hamdel.model import Lang

CHECK = """
id = "brand/old-name"
severity = "warning"
precision = "A"
sources = ["house"]
title = {fa = "نام", en = "Name"}
message = {fa = "«{matched}» نام قدیمی است.", en = "“{matched}” is old."}
why = {fa = "چون.", en = "Because."}
[[phrases]]
text = ["PHRASE"]
[examples]
fire = ["⟦PHRASE⟧"]
"""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeper(clock: Clock) -> Iterator[Keeper]:
    kept = Keeper(clock=clock)
    yield kept
    kept.close()


def test_looks_at_the_disk_once_a_second(keeper: Keeper, clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "hamdel.toml"
    place = Place(tmp_path)
    first = keeper.checker(place)
    file.write_text('lang = "en"', encoding="utf-8")
    clock.now = 0.9
    assert keeper.checker(place) is first
    clock.now = 1.0
    second = keeper.checker(place)
    assert second.config.lang is Lang.EN
    file.unlink()
    keeper.look_again()
    assert keeper.checker(place) is first  # still warm


def test_equal_settings_share_a_checker(keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert keeper.checker(Place(tmp_path)) is keeper.checker(Place(tmp_path / "a"))
    assert keeper.checker(Place(tmp_path, options=(("lang", Lang.EN),))) is not keeper.checker(Place(tmp_path))


def test_changed_checks_are_read_again(keeper: Keeper, clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "ours" / "brand" / "old-name.toml"
    file.parent.mkdir(parents=True)
    (tmp_path / "hamdel.toml").write_text('phrasebanks = ["ours"]', encoding="utf-8")
    for number, phrase in enumerate(("پیک قدیم", "پیک تازه")):
        clock.now = number * 10
        file.write_text(CHECK.replace("PHRASE", phrase), encoding="utf-8")
        os.utime(file, (number, number))
        found = keeper.checker(Place(tmp_path)).check("سلام، پیک تازه می‌رسد.").findings
        assert any(finding.check == "brand/old-name" for finding in found) is (phrase == "پیک تازه")
    clock.now = 100
    file.write_text("broken", encoding="utf-8")
    assert keeper.checker(Place(tmp_path)).checks["brand/old-name"]
    assert "old-name.toml" in keeper.problem(Place(tmp_path))


def test_wrong_settings_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "hamdel.toml").write_text("lang = 5", encoding="utf-8")
    with pytest.raises(ConfigError):
        Keeper().checker(Place(tmp_path))
    lenient = Keeper(defaults=True)
    assert lenient.checker(Place(tmp_path)).config.lang is Lang.FA
    assert lenient.problem(Place(tmp_path)).endswith("lang can't be 5; use one of fa, en")


def test_no_more_than_a_few_are_kept(keeper: Keeper, tmp_path: Path) -> None:
    places = [Place(tmp_path, options=(("fail_on", name), ("turn", None))) for name in "abcdefghij"]
    for place in places:
        keeper.checker(place)
    assert len(keeper._checkers) == len(keeper._kept) == 8


def test_an_archive_that_comes_later_is_used(keeper: Keeper, tmp_path: Path) -> None:
    place = Place(tmp_path, archive=tmp_path / "archive")
    assert keeper.checker(place).archive is None
    with Archive(tmp_path / "archive", write=True) as archive:
        archive.add("سفارش شما فردا با پیک می‌رسد و خبرش را می‌نویسم.")
    assert keeper.checker(place).archive is not None
    assert keeper.checker(Place(tmp_path, archive=tmp_path / "archive", no_archive=True)).archive is None


def test_an_archive_that_was_replaced_is_opened_again(keeper: Keeper, tmp_path: Path) -> None:
    place = Place(tmp_path, archive=tmp_path / "archive")
    with Archive(tmp_path / "archive", write=True):
        pass
    first = keeper.checker(place).archive
    (tmp_path / "archive").rename(tmp_path / "old")
    assert keeper.checker(place).archive is None
    with Archive(tmp_path / "archive", write=True):
        pass
    assert keeper.checker(place).archive is not first


def test_writing_makes_one_unless_none_is_wanted(keeper: Keeper, tmp_path: Path) -> None:
    place = Place(tmp_path, archive=tmp_path / "archive")
    config = keeper.checker(place).config
    writer = keeper.archive(place, config, write=True)
    assert writer is not None
    assert keeper.archive(place, config, write=True) is writer
    with pytest.raises(ArchiveError, match="no archive is wanted"):
        keeper.archive(Place(tmp_path, no_archive=True), config, write=True)


def test_many_threads_get_right_answers(tmp_path: Path) -> None:
    """Each thread has its own settings, archive and draft, and another rewrites the settings all the while."""
    reply = "سفارش شما فردا با پیک می‌رسد و خبرش را همین‌جا برایتان می‌نویسم."
    with Archive(tmp_path / "archive", write=True) as archive:
        archive.add(reply)
    keeper = Keeper(pause=0)
    near = "repetition/near-copy"
    wrong: list[object] = []

    def ask(number: int) -> None:
        with_archive = number % 2 == 0
        lang = (Lang.FA, Lang.EN)[number // 2 % 2]
        folder = tmp_path / "archive" if with_archive else tmp_path / f"none-{number}"
        place = Place(tmp_path, options=(("lang", lang),), archive=folder)
        for turn in range(25):
            word = f"کالای شمارهٔ {number * 100 + turn} تو"
            with keeper.lend(place) as checker:
                report = checker.check(f"{reply} {word}" if turn % 2 else reply)
            checks = {finding.check for finding in report.findings}
            if (near in checks) is not with_archive or report.lang is not lang:
                wrong.append((number, turn, checks, report.lang))
            if ("respect/tu-form" in checks) is not bool(turn % 2):
                wrong.append((number, turn, checks))

    def change() -> None:
        for turn in range(20):
            (tmp_path / "hamdel.toml").write_text(f'allow = ["{turn % 3}"]', encoding="utf-8")
            keeper.look_again()

    with ThreadPoolExecutor(9) as pool:
        for done in [*(pool.submit(ask, number) for number in range(8)), pool.submit(change)]:
            done.result(timeout=120)
    keeper.close()
    assert wrong == []


def test_threads_add_to_one_archive(tmp_path: Path) -> None:
    place = Place(tmp_path, archive=tmp_path / "archive")
    keeper = Keeper()

    def add(number: int) -> None:
        for turn in range(10):
            with keeper.lend(place) as checker:
                config = checker.config
            with keeper.lend_archive(place, config) as archive:
                goods, colour = "الف" * (number + 1), "نیل" * (turn + 1)
                assert archive.add(f"کالای {goods} با رنگ {colour} شنبه به انبار تهران می‌رسد.")

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(add, number) for number in range(6)]:
            done.result(timeout=120)
    with keeper.lend(place) as checker:
        assert checker.archive is not None
        assert checker.archive.record.one("SELECT count(*) FROM texts") == (60,)
    keeper.close()
