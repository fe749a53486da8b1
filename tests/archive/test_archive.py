"""What an archive remembers, counts and forgets, and what is never on disk."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import pytest

import hamdel.archive.archive as archive_module
from hamdel.archive import importing, segment_making
from hamdel.archive.alphabet import decode, encode, is_odd, text_key
from hamdel.archive.archive import Archive
from hamdel.archive.importing import Imported, import_rows
from hamdel.archive.record import BLOCK, Record, unpack
from hamdel.archive.schema import RECORD
from hamdel.archive.segment_making import merge_segments
from hamdel.archive.writing import Sent
from hamdel.errors import ArchiveError
from hamdel.exports import Rejected, Row
from hamdel.masking.mask import compared, mask, mask_layout
from hamdel.model.history import Uses

REPLY = "مبلغ به حساب شما برگشت و رسید آن پیامک شد."
OTHER = "کالای معیوب را با هزینهٔ خودمان تعویض می‌کنیم."
THIRD = "زمان نصب دستگاه را همکار فنی با شما هماهنگ می‌کند."


def strange_words() -> Iterator[str]:
    """Words that stand in no other text, and that no other bytes look like."""
    yield from map("".join, permutations("ژغظضچگحث", 7))


def replies(count: int) -> list[str]:
    """So many different texts with one strange word each."""
    return [f"درخواست {word} بررسی شد و نتیجه همین بود" for word in islice(strange_words(), count)]


@cache
def body_of(reply: str) -> bytes:
    return encode(mask_layout(reply))


def store(archive: Archive, raw: Sequence[str], **columns: Any) -> None:
    """Add many replies in one transaction, without the care that `Archive.add` takes of search files."""
    bodies = map(body_of, raw)
    archive.writer.store([Sent(text_key(body), body, **columns) for body in bodies])


def uses(archive: Archive, reply: str, customer: str = "") -> Uses:
    (match,) = archive.search(reply, 100)
    text = archive.record.text_id(text_key(encode(match.layout)))
    assert text is not None
    return archive.record.uses(text, archive.record.digest("customer", customer))


def contents(archive: Archive) -> dict[str, Uses]:
    """All that is remembered."""
    bodies = (*archive.record.bodies(1, archive.record.last_id()), *archive.record.odd())
    return {decode(body): archive.record.uses(text) for text, body in bodies}


def files(folder: Path) -> bytes:
    """Everything that is on disk, blocks also as they are when they are unpacked."""
    data = b"\0".join(path.read_bytes() for path in sorted(folder.iterdir()))
    connection = sqlite3.connect(folder / RECORD)
    blocks = connection.execute("SELECT data FROM blocks").fetchall()
    connection.close()
    return b"\0".join((data, *(zlib.decompress(block) for (block,) in blocks)))


def forms(word: str) -> list[bytes]:
    """How a word may be written in a file."""
    return [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), encode(word)]


def on_disk(folder: Path, *words: str) -> list[str]:
    """Which of these words are in the files in any form."""
    data = files(folder)
    return [word for word in words if any(form in data for form in forms(word))]


# What counts once and what counts again


def test_the_very_same_reply_counts_once(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        assert archive.add(REPLY, customer="۱۲", agent="سارا", channel="chat", time=500)
        assert not archive.add(REPLY, customer="۱۲", agent="سارا", channel="chat", time=500)
        assert not archive.add("سلام، وقت بخیر. در خدمتم.", customer="۱۲")
        assert uses(archive, REPLY, "۱۲") == Uses(1, 500, 500, 1, 1)


def test_each_other_column_makes_another_use(folder: Path) -> None:
    same = {"customer": "12", "agent": "سارا", "channel": "chat", "time": 500}
    with Archive(folder, write=True) as archive:
        for change in ({}, {"customer": "13"}, {"agent": "رضا"}, {"channel": "email"}, {"time": 400}, {"time": 900}):
            assert archive.add(REPLY, **{**same, **change})
        assert uses(archive, REPLY, "12") == Uses(6, 400, 900, 2, 5)
        assert uses(archive, REPLY) == Uses(6, 400, 900, 2, 0)


def test_an_unknown_time_is_neither_first_nor_last(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        for time in (900, 0, 400):
            archive.add(REPLY, time=time)
        assert uses(archive, REPLY) == Uses(3, 400, 900, 1)


def test_the_clock_may_go_backwards(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        for time, reply in ((900, REPLY), (500, OTHER), (700, THIRD), (100, REPLY)):
            archive.add(reply, agent="سارا", time=time)
        assert archive.view(agent="سارا").latest(9) == [mask_layout(one) for one in (REPLY, OTHER, THIRD, REPLY)]
        assert uses(archive, REPLY) == Uses(2, 100, 900, 1)


def test_texts_are_equal_when_they_are_after_masking(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        archive.add("سلام مینا جان، سفارش ۵۵۰۱ رسید. فاکتور هم هست", time=1)
        archive.add("درود، سفارش 7712 رسيد، فاکتور هم هست!", time=2)
        assert [match.uses.count for match in archive.search("سفارش ۱۲ رسید فاکتور هم هست", 100)] == [2]


def test_odd_texts_are_equal_when_they_are_after_masking(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        archive.add("نام چینی آن 中国 است. فاکتور هم هست", time=1)
        archive.add("نام چینی آن 中国 است، فاکتور هم هست", time=2)
        assert [match.uses.count for match in archive.search("نام چینی آن 中国 است فاکتور هم هست", 100)] == [2]


FULL = [Row(reply, "سارا", f"c{n}", 1000 + n, "chat") for n, reply in enumerate([REPLY, OTHER, REPLY, THIRD])]


def test_an_import_may_be_repeated(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        rows = [*FULL, Row("سلام، وقت بخیر"), Rejected("5", "no reply")]
        done = import_rows(archive, rows)
        assert done == Imported(rows=5, new=4, known=0, courtesy=1, rejected=1, reasons=[Rejected("5", "no reply")])
        before = contents(archive)
        assert (again := import_rows(archive, [*rows, FULL[0]])).new == 0
        assert (again.rows, again.known, again.courtesy) == (6, 5, 1)
        assert contents(archive) == before
        assert uses(archive, REPLY, "c0") == Uses(2, 1000, 1002, 1, 1)


@pytest.mark.parametrize(
    "row", [Row(REPLY), Row(REPLY, "سارا"), Row(REPLY, customer="12"), Row(REPLY, "سارا", "", 900, "chat")]
)
def test_rows_that_nothing_tells_apart_are_counted_by_file(folder: Path, row: Row) -> None:
    other = Row(OTHER, row.agent, row.customer, row.time, row.channel)
    with Archive(folder, write=True) as archive:
        counts = [import_rows(archive, rows).new for rows in ([row, other, row, row], [row] * 5, [row] * 2, [other])]
        assert counts == [4, 2, 0, 0]
        assert (uses(archive, REPLY).count, uses(archive, OTHER).count) == (5, 1)


def test_files_may_overlap(folder: Path) -> None:
    rows = [Row(reply, f"agent {n % 3}", f"c{n % 7}", 1000 + n) for n, reply in enumerate(replies(40) * 2)]
    with Archive(folder, write=True) as archive, Archive(folder.with_name("whole"), write=True) as whole:
        assert import_rows(archive, rows[:50]).new == 50
        assert import_rows(archive, rows[30:]).new == 30
        import_rows(whole, rows)
        assert contents(archive) == contents(whole)


class _StoppedError(Exception):
    pass


def _stopping(rows: list[Row], after: int) -> Iterator[Row]:
    yield from rows[:after]
    raise _StoppedError


@pytest.mark.parametrize("after", [0, 7, 20, 43])
def test_a_stopped_import_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.setattr(importing, "_BATCH", 10)
    monkeypatch.setattr(importing, "_FEW", 1000)
    rows = [Row(reply, customer=f"c{n % 5}") for n, reply in enumerate(replies(30) * 2)]
    with Archive(folder, write=True) as archive, Archive(folder.with_name("whole"), write=True) as whole:
        with pytest.raises(_StoppedError):
            import_rows(archive, _stopping(rows, after))
        assert len(contents(archive)) == min(30, after // 10 * 10)
        done = import_rows(archive, rows)
        assert (done.rows, done.known) == (60, after // 10 * 10)
        import_rows(whole, rows)
        assert contents(archive) == contents(whole)


def test_many_rows_are_masked_by_other_processes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_BATCH", 15)
    monkeypatch.setattr(importing, "_FEW", 1)
    rows = [Row(reply, "سارا", "c1", 1 + n) for n, reply in enumerate(replies(100))]
    with Archive(folder, write=True) as archive:
        assert import_rows(archive, rows).new == 100
        assert archive.view().latest(100) == [mask_layout(row.reply) for row in rows[-50:]]
        assert contents(archive) == {mask_layout(row.reply): Uses(1, row.time, row.time, 1) for row in rows}


# What is never on disk

SECRETS = {
    "کارت": ("6037-9911-2345-6786", "6037991123456786", "۶۰۳۷۹۹۱۱۲۳۴۵۶۷۸۶"),
    "کد ملی": ("0084575948", "۰۰۸۴۵۷۵۹۴۸"),
    "تلفن": ("09351234567", "۰۹۳۵۱۲۳۴۵۶۷", "0935 123 45 67"),
    "ایمیل": ("mina.karimi@example.ir",),
}
MORE_SECRETS = ("0012345678", "9123456789", "مینا@نمونه.ایران")
PARTS = ("karimi", "9351234567", "۹۳۵۱۲۳۴۵۶۷", "نمونه")


def test_personal_data_is_never_on_disk(folder: Path) -> None:
    secrets = [secret for several in SECRETS.values() for secret in several]
    with Archive(folder, write=True) as archive:
        for kind, several in (*SECRETS.items(), ("نشان", MORE_SECRETS)):
            for n, secret in enumerate(several):
                reply = f"{kind} شما را با {secret} یادداشت ژرفکاوانه کردیم، مهلت {n} روز است"
                name = f"agent{n} {secret}" if secret in secrets else ""
                assert archive.add(reply, customer=secret, agent=name, channel=name)
                assert import_rows(archive, [Row(reply, name, secret, 5, name)]).new == 1
        _nothing_secret(folder, *secrets, *MORE_SECRETS, *PARTS)
        store(archive, replies(2 * BLOCK))
        archive.compact()
        _nothing_secret(folder, *secrets, *MORE_SECRETS, *PARTS)
    _nothing_secret(folder, *secrets, *MORE_SECRETS, *PARTS)


def _nothing_secret(folder: Path, *secrets: str) -> None:
    assert on_disk(folder, "ژرفکاوانه", "agent0") == ["ژرفکاوانه", "agent0"]
    assert on_disk(folder, *secrets) == []


@pytest.mark.parametrize("secret", ["9123456789", "مینا@نمونه.ایران"])
def test_what_a_reply_may_not_hold_an_agents_name_may_not_either(folder: Path, secret: str) -> None:
    with Archive(folder, write=True) as archive:
        archive.add(REPLY, agent=f"سارا {secret}", channel=f"گفتگو {secret}")
    assert on_disk(folder, secret) == []


def test_customers_are_digests_with_a_salt(folder: Path) -> None:
    with Archive(folder, write=True) as one, Archive(folder.with_name("other"), write=True) as other:
        assert one.record.digest("customer", "مشتری ژرفنگر") != other.record.digest("customer", "مشتری ژرفنگر")
        assert one.record.digest("customer", "ژ") != one.record.digest("agent", "ژ")
        one.add(REPLY, customer="مشتری ژرفنگر", agent="کارشناس ژرفکاو")
        assert one.view(customer="مشتری ژرفنگر").nearest(mask(REPLY), 80) is None
    assert on_disk(folder, "ژرفنگر", "ژرفکاو") == ["ژرفکاو"]


# Forgetting

_COLUMNS = [  # customer, agent, time
    ("c1", "سارا", 100), ("c1", "رضا", 200), ("c2", "سارا", 300), ("c2", "", 400), ("", "سارا", 500), ("c3", "رضا", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    "chosen",
    [
        {"customer": "c1"}, {"agent": "سارا"}, {"before": 300}, {"customer": "c1", "agent": "سارا"},
        {"customer": "c2", "before": 400}, {"agent": "سارا", "before": 301}, {"customer": "nobody"}, {"before": 1},
        {"customer": "c1", "agent": "رضا", "before": 201}, {"customer": "c2", "agent": "رضا"},
    ],
)  # fmt: skip
def test_forgets_for_good(folder: Path, chosen: dict[str, Any]) -> None:
    """What is forgotten was in rows, blocks, search files and odd texts; what others use, too, stays."""
    own = replies(6 * (BLOCK // 2 + 20))
    half = 6 * (BLOCK // 2)
    shared = [REPLY, OTHER, THIRD, "نوشتهٔ همگان 中国"]
    words = [reply.split()[1] for reply in own]
    odd = [f"{char}本語文字" for char in "日中國山川水"]
    gone = [_is_chosen(column, chosen) for column in _COLUMNS]
    forgotten = [word for n, word in enumerate((*words, *odd)) if gone[n % 6]]
    kept = [word for n, word in enumerate((*words, *odd)) if not gone[n % 6]]
    with Archive(folder, write=True) as archive:
        for part in (own[:half], own[half:]):
            for n, (customer, agent, time) in enumerate(_COLUMNS):
                texts = [*part[n::6], *shared, f"نوشتهٔ {odd[n]}"]
                store(archive, texts, customer=customer, agent=agent, time=time)
            if part == own[:half]:
                merge_segments(archive.record)
        before = contents(archive)
        assert all(
            archive.record.one(f"SELECT count(*) FROM {table}")[0] for table in ("fresh", "blocks", "odd", "segments")
        )
        assert on_disk(folder, *words[::7], *odd) == [*words[::7], *odd]

        count = archive.forget(**chosen)

        after = contents(archive)
        assert count == sum(use.count for use in before.values()) - sum(use.count for use in after.values())
        assert count == len(forgotten) + sum(gone) * len(shared)
        assert on_disk(folder, *forgotten) == []
        assert on_disk(folder, *kept[::7]) == kept[::7]
        times = [time for (_, _, time), out in zip(_COLUMNS, gone, strict=True) if not out]
        known = [time for time in times if time]
        for reply in shared:
            use = after[mask_layout(reply)]
            assert (use.count, use.first, use.last) == (len(times), min(known), max(known))
        for n in (*range(6), *range(half, half + 6)):
            assert bool(archive.search(own[n], 100)) is not gone[n % 6]
        _agrees_with_itself(archive)
    with Archive(folder) as archive:
        assert contents(archive) == after


def _is_chosen(column: tuple[str, str, int], chosen: dict[str, Any]) -> bool:
    customer, agent, time = column
    tests = {"customer": customer == chosen.get("customer"), "agent": agent == chosen.get("agent")}
    tests["before"] = 0 < time < chosen.get("before", 0)
    return all(tests[name] for name in chosen)


def _agrees_with_itself(archive: Archive) -> None:
    """Each text has a use and a body, and each use a text."""
    one = archive.record.one
    assert one("PRAGMA integrity_check")[0] == "ok"
    assert one("SELECT count(*) FROM uses WHERE text NOT IN (SELECT id FROM texts)")[0] == 0
    assert one("SELECT count(*) FROM texts WHERE id NOT IN (SELECT text FROM uses)")[0] == 0
    assert one("SELECT count(*) FROM recent WHERE text NOT IN (SELECT id FROM texts)")[0] == 0
    bodies = dict((*archive.record.bodies(1, archive.record.last_id()), *archive.record.odd()))
    assert {row[0]: row[1] for row in archive.record.all("SELECT id, digest FROM texts")} == {
        text: text_key(body) for text, body in bodies.items()
    }
    assert all(archive.record.body(text) == body for text, body in bodies.items())


def test_nothing_chosen_forgets_nothing(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        archive.add(REPLY)
        assert archive.forget() == 0
        assert archive.search(REPLY, 100)


def test_what_was_forgotten_may_come_again(folder: Path) -> None:
    with Archive(folder, write=True) as archive, Archive(folder, write=True) as other:
        for one in (archive, other):
            one.add(REPLY, customer="c1", agent="سارا", time=5)
        assert archive.forget(customer="c1") == 1
        assert other.search(REPLY, 100) == []
        assert other.add(REPLY, customer="c1", agent="سارا", time=5)
        assert uses(archive, REPLY, "c1") == Uses(1, 5, 5, 1, 1)
        _agrees_with_itself(archive)


def test_a_killed_forget_is_completed_by_the_next(folder: Path) -> None:
    """The record has forgotten, but the search file wasn't deleted any more."""
    word = next(strange_words())
    with Archive(folder, write=True) as archive:
        store(archive, [*replies(1), OTHER], customer="c1")
        merge_segments(archive.record)
        archive.writer.forget(customer="c1")
        assert on_disk(folder, word) == [word]
        archive.forget(customer="c1")
        assert on_disk(folder, word) == []


def test_forgetting_says_so_when_the_log_is_held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that never ends keeps SQLite from emptying the log, in which the forgotten text still stands."""
    word = next(strange_words())
    with Archive(folder, write=True) as archive, Archive(folder) as reader:
        archive.record.sql.execute("PRAGMA busy_timeout = 50")
        store(archive, replies(1), customer="c1")
        reader.record.sql.execute("BEGIN")
        reader.record.last_id()
        with pytest.raises(ArchiveError, match=r"1 replies are forgotten, but .*replies\.sqlite-wal: .* in use"):
            archive.forget(customer="c1")
        assert archive.search(replies(1)[0], 100) == []
        reader.record.sql.execute("ROLLBACK")
        archive.compact()
        assert on_disk(folder, word) == []


# Agents and customers


def test_the_latest_replies(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        raw = replies(130)
        for n, reply in enumerate(raw):
            archive.add(reply, agent=("سارا", "رضا", "")[n % 3 if n < 120 else 2], time=1000 + n)
        layouts = list(map(mask_layout, raw))
        of_sara = layouts[0:120:3]
        assert archive.view(agent="سارا").latest(3) == of_sara[-3:]
        assert archive.view(agent="سارا").latest(500) == of_sara
        assert archive.view(agent="nobody").latest(3) == []
        assert archive.view().latest(4) == layouts[-4:]
        assert archive.view().latest(0) == []
        archive.forget(agent="رضا")
        assert archive.view(agent="سارا").latest(500) == of_sara
        assert archive.view(agent="رضا").latest(500) == []
        archive.forget(before=1119)
        assert archive.view().latest(500) == layouts[119:]


def test_only_fifty_of_each_agent_are_kept_at_hand(folder: Path) -> None:
    raw = replies(120)
    layouts = list(map(mask_layout, raw))
    with Archive(folder, write=True) as archive:
        rows = [Row(reply, "سارا", "c", 1000 + n) for n, reply in enumerate(raw)]
        import_rows(archive, [*rows[60:], *rows[:60]])
        assert archive.view(agent="سارا").latest(500) == layouts[-50:]
        archive.forget(before=1080)
        assert archive.view(agent="سارا").latest(500) == layouts[-40:]


def test_the_nearest_reply_to_somebody_else(folder: Path) -> None:
    near = REPLY.replace("پیامک", "ایمیل")
    with Archive(folder, write=True) as archive:
        archive.add(REPLY, customer="c1", time=1)
        archive.add(near, customer="c2", time=2)
        archive.add(OTHER, customer="c1", time=3)
        archive.add(OTHER, customer="c2", time=4)
        archive.add(THIRD, time=5)
        masked = mask(REPLY)
        for customer, expected in (("c1", near), ("c2", REPLY), ("", REPLY), ("c3", REPLY)):
            match = archive.view(customer=customer).nearest(masked, 80)
            assert match is not None
            assert (match.layout, match.score == 100) == (mask_layout(expected), expected == REPLY)
        assert archive.view(customer="c1").nearest(masked, 99) is None
        assert archive.view(customer="c1").nearest("", 80) is None
        match = archive.view(customer="c1").nearest(mask(OTHER), 100)
        assert match is not None
        assert match.uses == Uses(2, 3, 4, 1, 1)
        assert archive.view(customer="c1").nearest(mask(THIRD), 100) is not None


def test_the_nearest_reply_to_this_customer(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        archive.add(REPLY, customer="c1", time=1)
        archive.add(REPLY, customer="c2", time=2)
        archive.add(OTHER, customer="c2", time=3)
        match = archive.view(customer="c1").nearest_to_customer(mask(REPLY.replace("پیامک", "ایمیل")), 80)
        assert match is not None
        assert (match.layout, match.uses) == (mask_layout(REPLY), Uses(2, 1, 2, 1, 1))
        assert archive.view(customer="c1").nearest_to_customer(mask(OTHER), 80) is None
        assert archive.view(customer="c3").nearest_to_customer(mask(REPLY), 80) is None
        assert archive.view().nearest_to_customer(mask(REPLY), 80) is None


SENTENCE = "این جمله در پاسخ‌های بسیاری هست"


def test_a_sentence_to_somebody_else(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        archive.add(f"{SENTENCE}. {REPLY}", customer="c1")
        assert archive.view(customer="c2").has_sentence(mask(SENTENCE), 90)
        assert archive.view().has_sentence(mask(SENTENCE), 90)
        assert not archive.view(customer="c1").has_sentence(mask(SENTENCE), 90)
        assert not archive.view().has_sentence(mask(THIRD), 90)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(SENTENCE, marks=pytest.mark.xfail(strict=True, reason="only one reply of each sentence is known")),
        SENTENCE.replace("بسیاری", "بسیار"),
    ],
)
def test_a_sentence_to_somebody_else_and_to_this_customer(folder: Path, other: str) -> None:
    with Archive(folder, write=True) as archive:
        archive.add(f"{SENTENCE}. {REPLY}", customer="c1")
        archive.add(f"{other}. {OTHER}", customer="c2")
        assert archive.view(customer="c1").has_sentence(mask(SENTENCE), 90)


# Files and several connections


def test_compacting_keeps_everything(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        for part in range(0, 900, 300):
            store(archive, replies(900)[part : part + 300], customer=f"c{part}", agent="سارا", time=part)
            merge_segments(archive.record)
        store(archive, ["نام چینی آن 中国 است", *replies(920)[900:]], time=7)
        before, latest = contents(archive), archive.view(agent="سارا").latest(50)
        for _ in range(2):
            archive.compact()
            assert contents(archive) == before
            assert archive.view(agent="سارا").latest(50) == latest
            assert archive.record.one("SELECT count(*) FROM fresh")[0] == 0
            names = {path.name for path in folder.iterdir()}
            assert names == {RECORD, f"{RECORD}-wal", f"{RECORD}-shm", *(row.name for row in archive.record.segments())}
            assert len(archive.record.segments()) == 1
            assert len(archive.search(replies(900)[444], 100)) == 1
        _agrees_with_itself(archive)


def test_old_leftovers_are_removed(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        store(archive, replies(10))
        merge_segments(archive.record)
        (listed,) = (folder / row.name for row in archive.record.segments())
        old, new = folder / ".segment-1-9-0.bin.abc", folder / "segment-1-9-1.bin"
        for path in (old, new):
            path.write_bytes(b"left behind")
        for path in (old, listed):
            os.utime(path, (1, 1))
        archive.compact()
        assert (old.exists(), new.exists(), listed.exists()) == (False, True, True)


def test_a_reader_sees_what_others_do(folder: Path) -> None:
    with Archive(folder, write=True) as writer, Archive(folder) as reader:
        assert reader.search(REPLY, 80) == []
        writer.add(REPLY, customer="c1")
        assert len(reader.search(REPLY, 80)) == 1
        import_rows(writer, [Row(OTHER, "سارا", "c2", 5), Row("نام چینی آن 中国 است", "سارا", "c3", 5)])
        assert len(reader.search(OTHER, 80)) == len(reader.search("نام چینی آن 中国 است", 80)) == 1
        assert [len(hits) for _, hits in reader.search_sentences(OTHER, 80)] == [1]
        writer.compact()
        assert [len(reader.search(one, 80)) for one in (REPLY, OTHER)] == [1, 1]
        writer.forget(customer="c1")
        assert [len(reader.search(one, 80)) for one in (REPLY, OTHER)] == [0, 1]
        assert [row.name for row in reader.record.segments()] == [path.name for path in folder.glob("*.bin")]
        writer.add(THIRD)
        writer.compact()
        assert [len(reader.search(one, 80)) for one in (REPLY, OTHER, THIRD)] == [0, 1, 1]


def test_reading_bodies_while_they_are_moved(folder: Path) -> None:
    """What is asked in two statements may have moved from the second one's table to the first one's."""
    raw = replies(2 * BLOCK + 40)
    with Archive(folder, write=True) as writer:
        store(writer, raw)
        reader = Record(folder)
        bodies = reader.bodies(1, len(raw))
        read = [next(bodies)]
        writer.writer.settle()
        read += bodies
        assert sorted(decode(body) for _, body in read) == sorted(map(mask_layout, raw))
        reader.close()


@pytest.mark.parametrize("meanwhile", ["add", "settle", "forget", "forget in the record", "merge"])
def test_others_write_while_a_file_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str) -> None:
    raw = replies(2 * BLOCK + 40)
    real = segment_making.build
    todo = [meanwhile]

    def build(path: Path, texts: Any) -> None:
        texts = list(texts)
        if todo:
            todo.pop()
            with Archive(folder, write=True) as other:
                actions: dict[str, Any] = {
                    "add": lambda: other.add(REPLY),
                    "settle": other.writer.settle,
                    "forget": lambda: other.forget(customer="c1"),
                    "forget in the record": lambda: other.writer.forget(customer="c1"),
                    "merge": lambda: merge_segments(other.record),
                }
                actions[meanwhile]()
        real(path, texts)

    monkeypatch.setattr(segment_making, "build", build)
    with Archive(folder, write=True) as archive:
        store(archive, raw[:9], customer="c1")
        store(archive, raw[9:])
        merge_segments(archive.record)
        (row,) = archive.record.segments()
        assert [path.name for path in folder.glob("*segment-*")] == [row.name]
        forgotten = meanwhile.startswith("forget")
        assert [bool(archive.search(one, 100)) for one in raw] == [not (forgotten and n < 9) for n in range(len(raw))]
        assert bool(archive.search(REPLY, 100)) is (meanwhile == "add")
        words = [one.split()[1] for one in raw[:9]]
        data = b"".join(path.read_bytes() for path in folder.glob("*segment*"))
        assert [word for word in words if encode(word) in data] == ([] if forgotten else words)


@pytest.mark.parametrize("step", [1, 255, 256, 257, 512, 1300])
def test_bodies_at_the_borders_of_blocks(folder: Path, step: int) -> None:
    raw = replies(1300)
    bodies = list(map(body_of, raw))
    with Archive(folder, write=True) as archive:
        for at in range(0, len(raw), step):
            store(archive, raw[at : at + step])
        expected = list(enumerate(bodies, 1))
        record = archive.record
        borders = [1, 2, *(n * BLOCK + at for n in (1, 2, 3, 4, 5) for at in (-1, 0, 1)), 1299, 1300]
        assert list(record.bodies(1, 1300)) == expected
        for first in borders:
            for last in borders:
                assert list(record.bodies(first, last)) == expected[first - 1 : last]
        assert [record.body(text) for text in range(1302)] == [None, *bodies, None]
        counts = [len(list(unpack(data))) for (data,) in record.sql.execute("SELECT data FROM blocks")]
        assert set(counts) == {BLOCK}
        assert record.one("SELECT count(*) FROM fresh")[0] < 2 * BLOCK


@pytest.mark.parametrize("extra", [0, 1, 2])
def test_search_files_are_made_when_much_has_none(folder: Path, extra: int) -> None:
    unsettled = archive_module._UNSETTLED
    raw = replies(unsettled)
    with Archive(folder, write=True) as archive:
        store(archive, raw[: unsettled - 2])
        for reply in (raw[unsettled - 2], REPLY, OTHER)[: extra + 1]:
            archive.add(reply)
        rows = [(row.first, row.last) for row in archive.record.segments()]
        assert rows == ([] if extra == 0 else [(1, unsettled)])
        for reply in (raw[0], raw[unsettled - 2], *(REPLY, OTHER)[:extra]):
            assert len(archive.search(reply, 100)) == 1


def test_opening_makes_search_files_that_are_missing(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        store(archive, replies(archive_module._UNSETTLED))
        assert archive.record.segments() == []
    Archive(folder, write=True).close()
    with Archive(folder) as archive:
        assert len(archive.record.segments()) == 1
        assert len(archive.search(replies(7)[6], 100)) == 1


def test_there_are_few_search_files(folder: Path) -> None:
    raw = replies(1000)
    with Archive(folder, write=True) as archive:
        for at in range(0, 1000, 10):
            store(archive, raw[at : at + 10])
            merge_segments(archive.record)
            rows = archive.record.segments()
            assert len(rows) < 6
            assert [row.first for row in rows] == [1, *(row.last + 1 for row in rows[:-1])]
            assert rows[-1].last == at + 10
        assert all(len(archive.search(reply, 100)) == 1 for reply in raw[::50])


def test_opening_again_changes_nothing(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        for reply in replies(5):
            archive.add(reply, customer="c1", agent="سارا", time=5)
        before = contents(archive)
        archive.compact()
    seen = _contents_of_files(folder)
    assert any(name.endswith(".bin") for name in seen)
    for write in (True, False, True):
        with Archive(folder, write=write) as archive:
            assert contents(archive) == before
        assert _contents_of_files(folder) == seen


def _contents_of_files(folder: Path) -> dict[str, bytes]:
    """Of all but those in which SQLite keeps who reads what."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-shm", "-wal"))}


def test_an_empty_archive(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        for _ in range(2):
            assert archive.search(REPLY, 80) == []
            assert [hits for _, hits in archive.search_sentences(REPLY, 80)] == [[]]
            view = archive.view(customer="c1", agent="سارا")
            assert view.nearest(mask(REPLY), 80) is view.nearest_to_customer(mask(REPLY), 80) is None
            assert not view.has_sentence(mask(REPLY), 80)
            assert view.latest(5) == []
            assert archive.forget(customer="c1") == 0
            assert import_rows(archive, []) == Imported()
            archive.compact()
        archive.add("نام چینی آن 中国 است")
        archive.compact()
        assert len(archive.search("نام چینی آن 中国 است", 100)) == 1
        assert is_odd(archive.record.odd()[0][1])
        archive.forget(before=2**40)
        archive.compact()
        assert contents(archive) == {}


def test_a_relative_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    with Archive(Path(folder.name), write=True) as archive:
        archive.add(REPLY)
        archive.compact()
        assert len(archive.search(REPLY, 100)) == 1
    with Archive(Path(folder.name)) as archive:
        assert len(archive.search(REPLY, 100)) == 1
    assert (folder / RECORD).exists()


def test_a_search_while_something_is_forgotten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found a moment ago and isn't there any more is left out."""
    with Archive(folder, write=True) as archive:
        archive.add(REPLY, customer="c1")
        archive.add(REPLY.replace("پیامک", "ایمیل"), customer="c2")
        real = archive.index.texts

        def texts(*values: Any, **named: Any) -> Any:
            hits = real(*values, **named)
            with Archive(folder, write=True) as other:
                other.forget(customer="c1")
            return hits

        monkeypatch.setattr(archive.index, "texts", texts)
        (match,) = archive.search(REPLY, 80)
        assert compared(match.layout) == mask(REPLY.replace("پیامک", "ایمیل"))
