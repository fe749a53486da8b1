"""Exports that attack (archives that unpack to too much, entities, values without an end), and what is asked."""

from __future__ import annotations

import json
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from hamdel.errors import InputError
from hamdel.exports import Columns, Rejected, Row, open_table, packed
from hamdel.exports.columns import ALL_ROLES
from hamdel.exports.mojibake import repaired
from hamdel.exports.presets import all_presets
from hamdel.exports.sql_dump import load_dump
from hamdel.exports.xml_records import xml_records

ALL = Columns(roles=ALL_ROLES)
CHAT = "".join(
    f"۲۰۲۴/۵/۱۲،\u200f ۹:{n % 60:02} - {'مینا' if n % 2 else 'فروشگاه'}: پیام شمارهٔ {n} می‌رسد\n" for n in range(40)
)
HEAD = '<?xml version="1.0"?>'


def rows(path: Path, columns: Columns = ALL) -> list[Row | Rejected]:
    with open_table(path, columns) as table:
        return list(table)


def archive(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", **{"_chat.txt": CHAT.encode() + b"\n" * (1 << 24)})
    with pytest.raises(InputError, match="more than 200 times its size"):
        rows(path, replace(ALL, team=("فروشگاه",)))


def test_an_archive_of_many_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 5_000)
    path = archive(tmp_path / "x.zip", **{f"{n}/_chat.txt": CHAT for n in range(9)})
    with pytest.raises(InputError, match="unpacks to more than 5,000 bytes"):
        rows(path, replace(ALL, team=("فروشگاه",)))


def test_a_chat_in_an_archive_asks_too(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", **{"_chat.txt": CHAT, "notes.txt": "سلام"})
    with pytest.raises(InputError, match="say --team NAME"):
        rows(path)
    assert len(rows(path, replace(ALL, team=("مینا",)))) == 20


def test_members_that_lead_elsewhere_are_never_written(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", **{"../../_chat.txt": "no", "/_chat.txt": CHAT, "a/_chat.txt": CHAT})
    found = rows(path, replace(ALL, team=("فروشگاه",)))
    assert len([one for one in found if isinstance(one, Row)]) in (20, 40)
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("members", [{}, {"a.txt": "x"}, {"x.zip": "PK"}, {"_chat.txt": "no chat at all"}])
def test_archives_of_nothing_that_is_known(tmp_path: Path, members: dict[str, str]) -> None:
    with pytest.raises(InputError, match="no export that is known"):
        rows(archive(tmp_path / "x.zip", **members))


def test_only_the_members_that_are_needed_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", **{"_chat.txt": CHAT, "video.mp4": b"\0" * (1 << 22)})
    data = bytearray(path.read_bytes())
    at = data.index(b"video.mp4") + 20
    data[at : at + 50] = b"\xff" * 50
    path.write_bytes(bytes(data))
    assert len(rows(path, replace(ALL, team=("فروشگاه",)))) == 20


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://x.invalid/b"> %b;]>',
        '<!DOCTYPE a [<!ENTITY a0 "x"><!ENTITY a1 "&a0;&a0;&a0;">]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, start: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(
        f"{HEAD}{start}<helpdesk-tickets><helpdesk-ticket><id>&b;</id></helpdesk-ticket></helpdesk-tickets>"
    )
    with pytest.raises(InputError, match=r"no XML that is known|isn't what"):
        rows(path)
    ((_, error),) = xml_records(StringIO(path.read_text()), ["helpdesk-ticket"])
    assert "entities" in str(error)


def test_xml_without_an_end_is_bounded() -> None:
    class Endless:
        def read(self, size: int) -> str:
            return (
                "<helpdesk-ticket>"
                if not self.__dict__.setdefault("n", 0) and not self.__dict__.update(n=1)
                else "x" * size
            )

    found = list(xml_records(Endless(), ["helpdesk-ticket"]))  # type: ignore[arg-type]
    assert "more than 16,777,216 characters" in str(found[-1][1])


def test_a_dump_with_an_open_quotation_mark() -> None:
    dump = load_dump(StringIO("INSERT INTO `a` (`b`) VALUES ('x'),('y" + "z" * 100), {"a": {"b"}})
    assert dump.base.execute("SELECT count(*) FROM a").fetchone() in ((0,), (1,))
    assert "left open" in dump.lost[-1]
    dump.base.close()


@pytest.mark.parametrize(
    "text", ["/*" * 500_000, "'" * 999_999, "(" * 500_000, "INSERT INTO a VALUES " + "((" * 300_000, "`a" * 300_001]
)
def test_odd_dumps_take_no_time(text: str) -> None:
    start = time.perf_counter()
    load_dump(StringIO(text), {"a": {"b"}}).base.close()
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "line",
    [
        "12/05/2024, " * 80_000, "۲۰۲۴/۵/۱۲،\u200f " + " " * 900_000, "\u200f" * 300_000, "a: " * 300_000,
        "<" * 300_000, "(" * 300_000, "x" * 900_000, "[" * 300_000, "12/05/2024, 09:02 - " * 40_000,
    ],
)  # fmt: skip
def test_odd_chats_take_no_time(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(f"12/05/2024, 09:02 - Ali: {line}\n{line}\n13/05/2024, 09:02 - Shop: {line}\n", "utf-8")
    start = time.perf_counter()
    assert rows(path, replace(ALL, team=("Shop",)))
    repaired(line)
    assert time.perf_counter() - start < 10


def test_a_dump_is_never_run(tmp_path: Path) -> None:
    text = "ATTACH 'x'; DROP TABLE a; CREATE TABLE `a` (`b` text); INSERT INTO a SELECT load_file('/etc/passwd'); "
    dump = load_dump(StringIO(text + "INSERT INTO a VALUES (load_file('/etc/passwd'), 1);"), {"a": {"b"}})
    assert dump.base.execute("SELECT count(*) FROM a").fetchone() == (0,)
    dump.base.close()


def chats(count: int) -> Iterator[str]:
    for n in range(count):
        yield f"12/05/2024, {n // 60 % 24:02}:{n % 60:02} - {'Ali' if n % 2 else 'Shop'}: پیام شمارهٔ {n} می‌رسد\n"


def test_memory_does_not_grow_with_a_chat(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("".join(chats(20_000)), "utf-8")
    with open_table(path, replace(ALL, team=("Shop",), date_order="dmy")) as table:
        tracemalloc.start()
        assert sum(1 for _ in table) == 10_000
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1_300_000 < path.stat().st_size  # caches, and no more


def test_a_chat_asks_who_answers(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(CHAT.replace("مینا", "+98 912 123 4567"), "utf-8")
    with pytest.raises(InputError, match="say --team NAME") as raised:
        rows(path)
    assert "فروشگاه" in str(raised.value)
    assert "123 4567" not in str(raised.value)  # masked
    with pytest.raises(InputError, match="nobody in it is called"):
        rows(path, replace(ALL, team=("سارا",)))
    assert len(rows(path, replace(ALL, team=("فروشگاه‌",)))) == 20


@pytest.mark.parametrize(("order", "day"), [("dmy", "4 May"), ("mdy", "5 April")])
def test_a_chat_asks_for_the_order_of_days(tmp_path: Path, order: str, day: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("4/5/24, 09:02 - Ali: سلام\n4/5/24, 14:30 - Shop: در خدمتم\n", "utf-8")
    team = replace(ALL, team=("Shop",))
    with pytest.raises(InputError, match="--date-order"):
        rows(path, team)
    (row,) = rows(path, replace(team, date_order=order))
    assert isinstance(row, Row)
    assert row.time == {"4 May": 1_714_820_400, "5 April": 1_712_314_800}[day]


def test_a_table_asks_for_the_order_of_days(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("پاسخ,تاریخ\nیک,05/12/2024\nدو,06/12/2024\n", "utf-8")
    with pytest.raises(InputError, match="--date-order"):
        rows(path)
    path.write_text("پاسخ,تاریخ\nیک,05/12/2024\nدو,25/12/2024\n", "utf-8")
    found = rows(path)
    assert [one.time for one in found if isinstance(one, Row)] == [1_733_344_200, 1_735_072_200]


def test_a_plain_table_is_nobodys_export(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("پاسخ,تاریخ\nیک,2024-05-12\n", "utf-8")
    for name in all_presets():
        with pytest.raises(InputError, match=r"isn't what .* exports"):
            rows(path, replace(ALL, preset=name))
    with pytest.raises(InputError, match="did you mean"):
        rows(path, replace(ALL, preset="zendeks"))
    assert len(rows(path, replace(ALL, preset="none"))) == 1


def test_none_says_that_a_chat_is_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(CHAT, "utf-8")
    assert len(rows(path, replace(ALL, preset="none"))) == 40
    path.write_text("سلام، در خدمتم.\nفردا می‌رسد.\n12/5: قیمت\n", "utf-8")
    assert len(rows(path)) == 3


@pytest.mark.parametrize(
    "text",
    ["می‌رسد 🌹", "سلام", "café", "« نقل »", "plain", "", "ÄÖ", "یك\u200cنفر\u200f", "\u00a0", "Ù"],
)
def test_letters_are_mended_once(text: str) -> None:
    assert repaired(text.encode().decode("latin-1")) == text
    assert repaired(text) == text


def test_letters_cut_in_the_middle() -> None:
    broken = "سلام می".encode()[:-1].decode("latin-1")
    assert repaired(broken) == "سلام م"
    assert repaired(f"{'سلام'.encode().decode('latin-1')} (ویرایش شد)") == "سلام (ویرایش شد)"


def test_joiners_and_forms_stay_as_they_are(tmp_path: Path) -> None:
    text = "می‌رسد\u200c ﷼ ½ ﻼ é e\u0301 ①"
    path = tmp_path / "x.txt"
    path.write_text(f"۲۰۲۴/۵/۱۲،\u200f ۹:۰۱ - مینا: {text}\n۲۰۲۴/۵/۱۲،\u200f ۹:۰۲ - فروشگاه: {text}\n", "utf-8")
    (row,) = rows(path, replace(ALL, team=("فروشگاه",)))
    assert isinstance(row, Row)
    assert (row.reply, row.message) == (text, text)


def test_entities_of_html_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    cells = '"سلام&nbsp;مینا &amp; سینا","<p>کی</p><blockquote>پیش</blockquote>"\n"۲ < ۳ & ۴","<نام> & x"\n<br>,x\n'
    path.write_text(f"پاسخ,سوال کاربر\n{cells}", "utf-8")
    first, second, third = rows(path)
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.reply, first.message) == ("سلام مینا & سینا", "کی")
    assert (second.reply, second.message) == ("۲ < ۳ & ۴", "<نام> & x")
    assert isinstance(third, Rejected)


def test_whole_exports_of_two_programs_are_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    both = {"id": 1, "conversation_parts": [], "comments": [{"author_id": 1, "public": True, "body": "x"}]}
    path.write_text(json.dumps([both]), "utf-8")
    with pytest.raises(InputError, match="may be an export of intercom or zendesk; say which with --preset"):
        rows(path)


def test_a_workbook_asks_for_the_order_of_days(tmp_path: Path) -> None:
    import polars

    path = tmp_path / "x.parquet"
    polars.DataFrame({"پاسخ": ["یک", "دو"], "تاریخ": ["05/12/2024", "06/12/2024"]}).write_parquet(path)
    with pytest.raises(InputError, match="--date-order"):
        rows(path)
    found = rows(path, replace(ALL, date_order="mdy"))
    assert [one.time for one in found if isinstance(one, Row)] == [1_715_459_400, 1_718_137_800]
