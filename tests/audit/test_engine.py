"""The tables of an audit: the same from every format, with any number of workers and after any interruption."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from audit_runs import HEADER, Audit, WriteExport, files_of, rows

from hamdel.audit import block_workers, folder, tables
from hamdel.audit.block_workers import Done
from hamdel.audit.blocks import Block
from hamdel.audit.channels import channel_of
from hamdel.audit.examine import Examiner, Rules, edges
from hamdel.audit.frames import FINDINGS, replies_schema
from hamdel.errors import AuditError, InputError
from hamdel.exports import Row
from hamdel.model import Channel
from hamdel.settings.config import Config


def read(out: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    return pl.read_parquet(out / "replies.parquet"), pl.read_parquet(out / "findings.parquet")


def test_what_the_tables_hold(audit: Audit, export: WriteExport) -> None:
    out = audit(export()).path
    replies, findings = read(out)
    assert dict(replies.schema) == replies_schema(["paid"])
    assert dict(findings.schema) == FINDINGS
    assert replies["row"].to_list() == list(range(40))
    second = replies.row(1, named=True)
    assert second["id"] == "r1"
    assert second["agent"] == "کارشناس الف"
    assert second["channel"] == "Email"
    assert second["time"].isoformat() == "2024-04-20T20:30:00+00:00"
    assert (second["csat"], second["outcome_paid"], second["turn"]) == (1.0, 1.0, None)
    assert (second["status"], second["emotion"]) == ("checked", "thanks")
    assert second["opening"] == "تو باید صبر کنی."
    assert second["closing"] == "در اسرع وقت بررسی می‌شود."
    assert second["errors"] == 2
    assert second["respect"] < replies["respect"][0]
    of_second = findings.filter(row=1)
    assert "respect/tu-form" in of_second["check"]
    for found in findings.iter_rows(named=True):
        text = replies["reply"][found["row"]]
        assert text[found["start"] : found["end"]] == found["matched"]
    assert replies["status"][6] == "nothing-to-check"
    assert replies["respect"][6] is None
    quoted = replies.row(4, named=True)
    assert quoted["opening"] == "فردا می‌رسد؛ از صبوری شما ممنونم."
    assert json.loads((out / "run.json").read_bytes())["settings"]["outcomes"] == ["paid"]


def test_personal_data_is_masked(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    path = export()
    out = audit(path).path
    text = pl.concat([frame.select(pl.col(pl.String)).unpivot() for frame in read(out)])["value"].str.join()[0]
    for secret in ("6037", "۶۰۳۷", "09121234567", "09123334455", "0912000"):
        assert secret not in text
        assert secret not in (out / "findings.csv").read_text("utf-8-sig")
    replies, _ = read(out)
    assert replies["customer"].n_unique() == 5
    assert set(replies["customer"].str.len_chars()) == {16}
    kept, _ = read(audit(path, out=tmp_path / "kept", keep=True).path)
    assert "۶۰۳۷۹۹۱۱۲۳۴۵۶۷۸۶" in kept["reply"][2]
    assert kept["reply"].str.len_chars().to_list() == replies["reply"].str.len_chars().to_list()


def test_agents_without_names(audit: Audit, export: WriteExport) -> None:
    replies, _ = read(audit(export(), anonymous=True).path)
    assert replies["agent"].to_list()[:4] == ["کارشناس ۱", "کارشناس ۲", "کارشناس ۲", "کارشناس ۱"]


def test_csv_for_excel(audit: Audit, export: WriteExport) -> None:
    data = (audit(export()).path / "findings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfrow,check,severity,kind,start,end,matched,anchor,id,agent,channel,time\r\n")
    for text in ("=1+1", "+1", "-1", "@x", "\tx", "\nx"):
        safe = tables.safe_for_excel(pl.DataFrame({"text": [text, f"x{text}", None]}))["text"].to_list()
        assert safe == [f"'{text}", f"x{text}", None]


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".xlsx", ".sqlite", ".json"])
def test_every_format_gives_the_same_tables(audit: Audit, export: WriteExport, tmp_path: Path, suffix: str) -> None:
    path = export()
    expected = files_of(audit(path, out=tmp_path / "expected").path)
    data = pl.DataFrame(rows(40), schema=HEADER, orient="row")
    other = tmp_path / f"other{suffix}"
    if suffix == ".sqlite":
        with sqlite3.connect(other) as base:
            base.execute(f"CREATE TABLE replies ({', '.join(HEADER)})")
            base.executemany(f"INSERT INTO replies VALUES ({', '.join('?' * len(HEADER))})", data.rows())
        base.close()
    else:
        write = {
            ".jsonl": data.write_ndjson,
            ".parquet": data.write_parquet,
            ".xlsx": data.write_excel,
            ".json": data.write_json,
        }
        write[suffix](other)
    assert files_of(audit(other, out=tmp_path / "other").path) == expected


def test_workers_make_the_same_tables(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    path = export(60, broken=7)
    one = files_of(audit(path, out=tmp_path / "one").path)
    assert files_of(audit(path, out=tmp_path / "two", workers=2).path) == one
    assert not [name for name in one if name.startswith(".")]


def test_several_files_and_mixed_encodings(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    first = export(10)
    second, third = tmp_path / "b.csv", tmp_path / "c.tsv"
    second.write_bytes(first.read_text("utf-8").encode("utf-16"))
    third.write_bytes("reply\tpaid\nسفارش شما فردا مي رسد\t1\n".replace("ی", "ي").encode("cp1256"))
    replies, _ = read(audit(first, second, third).path)
    assert replies["reply"].to_list()[:10] == replies["reply"].to_list()[10:20]
    assert replies["row"].to_list() == list(range(21))


def test_broken_rows_never_stop_a_run(audit: Audit, export: WriteExport) -> None:
    path = export(40, broken=10)
    out = audit(path).path
    replies, _ = read(out)
    assert len(replies) == 36
    rejected = [json.loads(line) for line in (out / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert [one["row"] for one in rejected] == [0, 10, 20, 30]
    assert rejected[1] == {"row": 10, "place": f"{path}:13", "code": "time", "reason": "زمان «دیروز» خوانده نشد"}
    assert set(replies["row"]) | {one["row"] for one in rejected} == set(range(40))


def test_a_reply_that_the_checker_fails_on_is_rejected(
    audit: Audit, export: WriteExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Examiner._check

    def check(self: Examiner, row: Any) -> Any:
        if row.id == "r3":
            raise RuntimeError("no\nluck with 09121234567")
        return real(self, row)

    monkeypatch.setattr(Examiner, "_check", check)
    out = audit(export()).path
    (rejected,) = map(json.loads, (out / "rejected.jsonl").read_text("utf-8").splitlines())
    assert rejected["row"] == 3
    assert rejected["code"] == "internal"
    assert rejected["reason"] == "خطای درونی؛ لطفاً گزارش کنید: RuntimeError: no luck with *******4567"
    assert len(read(out)[0]) == 39


def test_a_very_long_field_is_rejected(audit: Audit, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("reply,paid\nسلام,1\n" + "دراز " * 30_000 + ",1\nخدانگهدار,0\n", "utf-8")
    out = audit(path).path
    assert read(out)[0]["row"].to_list() == [0, 2]
    (rejected,) = map(json.loads, (out / "rejected.jsonl").read_text("utf-8").splitlines())
    assert rejected["code"] == "too-long"
    assert rejected["reason"].startswith("متنی با 150,000 نویسه؛ حداکثر 100,000 خوانده می‌شود")


def test_an_interrupted_run_goes_on(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    path = export(60, broken=9)
    expected = files_of(audit(path, out=tmp_path / "expected").path)

    def interrupt(done: Done) -> None:
        if done.rows >= 20:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        audit(path, out=out, progress=interrupt)
    assert {one.name for one in out.iterdir()} == {".run"}
    with pytest.raises(AuditError, match="holds an audit that was interrupted; --resume goes on, --force starts anew"):
        audit(path, out=out)
    fresh: list[Done] = []
    assert files_of(audit(path, out=out, resume=True, progress=fresh.append).path) == expected
    assert (fresh[-1].rows, fresh[-1].fresh) == (60, 40)
    assert files_of(audit(path, out=out, resume=True).path) == expected  # nothing is left to do


@pytest.mark.parametrize("moment", ["blocks", "result", "place"])
def test_killed_between_any_two_steps(
    audit: Audit, export: WriteExport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """What `kill -9` leaves behind: half a block, tables that aren't in their places, some that are."""
    path = export(30)
    expected = files_of(audit(path, out=tmp_path / "expected").path)
    out = tmp_path / "out"

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    if moment == "place":
        monkeypatch.setattr(folder.Folder, "_discard", die)
        shutil.rmtree(out, ignore_errors=True)
        monkeypatch.setattr(folder.Folder, "_start_anew", _begin)
    else:
        monkeypatch.setattr("hamdel.audit.run.assemble", die)
    with pytest.raises(KeyboardInterrupt):
        audit(path, out=out)
    monkeypatch.undo()
    if moment == "blocks":
        (out / ".run" / "blocks" / "0000001.replies.parquet").unlink()
        (out / ".run" / "blocks" / ".0000002.replies.parquet.12ab").write_bytes(b"half")
    (out / ".run" / "result").mkdir(exist_ok=True)
    (out / ".run" / "result" / ".findings.csv.12ab34cd").write_bytes(b"half")
    (out / ".run.json.12ab34cd").write_bytes(b"half")
    monkeypatch.setattr("hamdel.audit.blocks._ROWS", 10)
    assert files_of(audit(path, out=out, resume=True).path) == expected


def _begin(one: folder.Folder) -> None:
    one.shards.path.mkdir(parents=True)
    (one.path / ".run" / "manifest.json").write_bytes(one._manifest.encode())


@pytest.mark.slow
def test_kill_9_and_resume(export: WriteExport, tmp_path: Path) -> None:
    path = export(1_200)
    command = [sys.executable, "-m", "hamdel", "audit", str(path), "--workers", "2", "--no-config", "--lang", "en"]
    out = tmp_path / "killed"
    with subprocess.Popen([*command, "--out", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        for _ in range(600):
            if list(out.glob(".run/blocks/*.replies.parquet")) or run.poll() is not None:
                break
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    assert {one.name for one in out.iterdir()} == {".run"}
    subprocess.run([*command, "--out", str(out), "--resume"], check=True, stdout=subprocess.DEVNULL)
    whole = tmp_path / "whole"
    subprocess.run([*command, "--out", str(whole), "--workers", "1"], check=True, stdout=subprocess.DEVNULL)
    assert files_of(out) == files_of(whole)


@pytest.mark.parametrize("what", ["input", "settings", "version", "name"])
def test_resume_notices_changes(
    audit: Audit, export: WriteExport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path = export(30)

    def interrupt(_: Done) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(path, progress=interrupt)
    message = {
        "input": rf"can't go on, for {path} has changed; --force starts anew, or name another folder",
        "settings": "can't go on, for another keep-personal-data;",
        "version": "can't go on, for hamdel was .* and is 99;",
        "name": "can't go on, for other input files;",
    }[what]
    if what == "input":
        export(31)
    if what == "version":
        monkeypatch.setattr("hamdel.__version__", "99")
    if what == "name":
        path = path.rename(tmp_path / "other.csv")
    with pytest.raises(AuditError, match=message):
        audit(path, resume=True, keep=what == "settings")
    assert len(read(audit(path, force=True, keep=what == "settings").path)[0]) in (30, 31)


def test_folders_that_are_in_use(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    path = export(10)
    other = tmp_path / "photos"
    other.mkdir()
    (other / "me.jpg").write_bytes(b"x")
    with pytest.raises(AuditError, match=r"holds other files, such as me\.jpg; name a new or empty folder"):
        audit(path, out=other)
    with pytest.raises(AuditError, match="nothing to go on with"):
        audit(path, out=other, resume=True)
    with pytest.raises(AuditError, match="is a file; --out names a folder"):
        audit(path, out=other / "me.jpg")
    done = audit(path)
    with pytest.raises(AuditError, match="holds an audit; --force replaces it, or name another folder"):
        audit(path)
    before = files_of(done.path)
    assert files_of(audit(path, force=True).path) == before
    assert (other / "me.jpg").read_bytes() == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="folders can't be locked")
def test_two_runs_in_one_folder(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    """The second one is told to wait, and the first one comes to its end."""
    path = export(30)
    out = tmp_path / "out"
    expected = files_of(audit(path, out=tmp_path / "expected").path)
    second: list[str] = []

    def intrude(_: Done) -> None:
        for options in ({}, {"resume": True}, {"force": True}):
            with pytest.raises(AuditError, match="another audit is at work there; wait for it") as error:
                audit(path, out=out, **options)
            second.append(str(error.value))

    assert files_of(audit(path, out=out, progress=intrude).path) == expected
    assert len(second) == 9
    assert files_of(audit(path, out=out, force=True).path) == expected


def test_a_full_disk_keeps_what_is_done(
    audit: Audit, export: WriteExport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(40)
    expected = files_of(audit(path, out=tmp_path / "expected").path)
    real, left = folder.write_atomically, 7

    def write(place: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")
        real(place, data)

    monkeypatch.setattr(folder, "write_atomically", write)
    with pytest.raises(AuditError, match=r"can't be written: No space left on device; .* go on with --resume"):
        audit(path)
    monkeypatch.setattr(folder, "write_atomically", real)
    done: list[Done] = []
    assert files_of(audit(path, resume=True, progress=done.append).path) == expected
    assert done[-1].fresh == 10


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(AuditError, match="permission denied; check its rights"):
        audit(export(10), out=locked / "out")


def test_a_folder_that_may_not_be_written(audit: Audit, export: WriteExport, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder, "write_atomically", write)
    with pytest.raises(AuditError, match="can't be written: permission denied; check its rights"):
        audit(export(10))


def test_input_without_replies(audit: Audit, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("reply,paid\n", "utf-8")
    with pytest.raises(InputError, match="no replies in it"):
        audit(path)
    path.write_text("wording\nx\n", "utf-8")
    with pytest.raises(InputError, match="can't tell which column holds the replies"):
        audit(path, force=True)


def test_a_worker_that_dies(audit: Audit, export: WriteExport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block_workers, "start_worker", os._exit)
    monkeypatch.setattr(block_workers, "worker_pool", lambda count, start, *_: _real_pool(count, os._exit, 1))
    with pytest.raises(AuditError, match="a worker ended unexpectedly"):
        audit(export(40), workers=2)


_real_pool = block_workers.worker_pool


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام. خوبید؟ بله!\nممنون", ("سلام.", "ممنون")),
        ("فقط ۲.۵ تومان در hamdel.ir", ("فقط ۲.۵ تومان در hamdel.ir",) * 2),
        ("  \n", ("", "")),
        ("آ" * 500, ("آ" * 200,) * 2),
    ],
)
def test_openings_and_closings(text: str, expected: tuple[str, str]) -> None:
    assert edges(text) == expected


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("Channel::WebWidget", Channel.CHAT),
        ("ايميل", Channel.EMAIL),
        ("پیام اینستاگرام", Channel.SOCIAL),
        ("google-play", Channel.SOCIAL),
        ("تلفن", None),
        ("", None),
    ],
)
def test_channels(name: str, channel: Channel | None) -> None:
    assert channel_of(name) is channel


def test_what_comes_again_is_what_it_was(audit: Audit, export: WriteExport, tmp_path: Path) -> None:
    """A reply that is remembered leaves what it leaves when it is read, whoever the customer is."""
    path = export(40)
    header, *lines = path.read_text("utf-8").splitlines(keepends=True)
    twice = tmp_path / "twice.csv"
    twice.write_text("".join([header, *lines, *lines]), "utf-8")
    replies, findings = read(audit(twice, out=tmp_path / "twice").path)
    first, second = replies[:40].drop("row"), replies[40:].drop("row")
    assert first.equals(second)
    again = findings.filter(pl.col("row") >= 40).with_columns(pl.col("row") - 40)
    assert again.equals(findings.filter(pl.col("row") < 40))
    once, _ = read(audit(path, out=tmp_path / "once").path)
    assert once.drop("row", "customer", "thread").equals(first.drop("customer", "thread"))


def test_an_agents_own_reply_is_asked_anew() -> None:
    """What a check may go by is part of what is remembered."""
    examiner = Examiner(Rules(Config()))
    row = Row("تو باید صبر کنی.", message="سفارشم نرسید")
    rows = [row, replace(row, channel="Instagram"), replace(row, turn=2), replace(row, message=""), row]
    one = examiner.examine(Block(0, list(enumerate(rows))))
    alone = [Examiner(Rules(Config())).examine(Block(0, [(n, row)])).findings for n, row in enumerate(rows)]
    assert one.findings.equals(pl.concat(alone))
