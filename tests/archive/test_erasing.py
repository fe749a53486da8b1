"""What was forgotten goes from all files, whatever happens meanwhile; `verify` finds each flipped byte."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from test_faults import NEW, REPLIES, ROWS, fill, run

from hamdel.archive import archive as archive_module
from hamdel.archive import erasing, patience, segment_making
from hamdel.archive.alphabet import encode
from hamdel.archive.archive import Archive
from hamdel.archive.importing import import_rows
from hamdel.archive.overview import problems
from hamdel.archive.schema import RECORD
from hamdel.archive.segment_making import merge_segments
from hamdel.errors import ArchiveError
from hamdel.masking.mask import mask_layout

WORDS = [reply.split()[1] for reply in REPLIES]
GONE = [word for word, row in zip(WORDS, ROWS, strict=True) if row.customer == "c1"][:60]
KEPT = [row.reply for row in ROWS[:300] if row.customer != "c1"][::7]


def on_disk(folder: Path, words: list[str]) -> list[str]:
    data = b"\n".join(path.read_bytes() for path in folder.iterdir())
    return [word for word in words if word.encode() in data or encode(mask_layout(word)) in data]


def keeps_the_others(folder: Path) -> bool:
    with Archive(folder, finish=False) as archive:
        return all(len(archive.search(reply, 100)) == 1 for reply in KEPT)


def found(folder: Path) -> list[str]:
    with Archive(folder, finish=False) as archive:
        return list(problems(archive.record))


class _Killed(BaseException):
    pass


def _die(*_: object, **__: object) -> None:
    raise _Killed


def killed(folder: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
    """Forget a customer in an archive, and end without any clean-up when a function is called."""
    archive = Archive(folder, write=True)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, _die)
        with pytest.raises(_Killed):
            archive.forget(customer="c1")
        sqlite3.Connection.close(archive.record.sql)


@pytest.fixture
def filled(folder: Path) -> Path:
    with Archive(folder, write=True) as archive:
        import_rows(archive, ROWS[:200])
        archive.writer.settle()
        import_rows(archive, ROWS[200:300])
    assert on_disk(folder, GONE) == GONE
    return folder


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("name", ["leftovers", "remove", "_checkpoint", "tidy"])
def test_whoever_opens_next_finishes(filled: Path, monkeypatch: pytest.MonkeyPatch, name: str, write: bool) -> None:
    killed(filled, monkeypatch, erasing, name)
    lines = found(filled)
    assert any("forgotten replies aren't wiped" in line and "`hamdel archive compact`" in line for line in lines)
    if name in ("leftovers", "remove"):
        assert on_disk(filled, GONE) == GONE
        assert any("segment-" in line and "left over" in line for line in lines)
    with Archive(filled, write=write) as archive:
        assert archive.search(REPLIES[0], 100)
    assert on_disk(filled, GONE) == []
    assert keeps_the_others(filled)
    assert found(filled) == []


@pytest.mark.parametrize("name", ["leftovers", "tidy"])
def test_compact_finishes(filled: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    killed(filled, monkeypatch, erasing, name)
    with Archive(filled, write=True, finish=False) as archive:
        archive.compact()
    assert on_disk(filled, GONE) == []
    assert found(filled) == []


def test_nothing_is_wiped_before_the_commit(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(filled) as archive:
        before = [len(archive.search(reply, 100)) for reply in REPLIES[:300:7]]
    archive = Archive(filled, write=True)
    with monkeypatch.context() as patch:
        patch.setattr(type(archive.writer), "_remove_texts", _die)
        with pytest.raises(_Killed):
            archive.forget(customer="c1")
    archive.close()
    with Archive(filled, write=True) as archive:
        assert [len(archive.search(reply, 100)) for reply in REPLIES[:300:7]] == before
    assert found(filled) == []


def test_a_file_that_was_made_of_older_texts(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process read the texts, another forgot some and cleaned up, and the first was killed behind its file."""
    real = segment_making.build

    def build(path: Path, texts: object) -> None:
        texts = list(texts)  # type: ignore[call-overload]
        monkeypatch.undo()
        with Archive(filled, write=True) as other:
            other.forget(customer="c1")
        real(path, texts)
        raise _Killed

    monkeypatch.setattr(segment_making, "build", build)
    archive = Archive(filled, write=True)
    archive.add(NEW)
    with pytest.raises(_Killed):
        merge_segments(archive.record, whole=True)
    sqlite3.Connection.close(archive.record.sql)
    assert on_disk(filled, GONE) == GONE
    assert any("segment-" in line for line in found(filled))
    with Archive(filled):
        assert on_disk(filled, GONE) == []
    assert found(filled) == []


def test_a_file_that_is_being_made_stays(filled: Path) -> None:
    """Opening the archive takes nothing from somebody who is writing a search file."""
    with Archive(filled, write=True) as archive:
        archive.forget(customer="c1")
        now = archive.record.forgotten()
    path = filled / f".{erasing.new_name(1, 9, now)}.0a1b2c3d"
    path.write_bytes(b"half")
    for write in (True, False):
        with Archive(filled, write=write):
            assert path.exists()
    os.utime(path, (1, 1))
    assert any(path.name in line for line in found(filled))
    with Archive(filled, write=True):
        assert not path.exists()


def test_archives_of_before_are_cleaned_up(filled: Path) -> None:
    """An earlier version left search files behind, and nothing was written down."""
    old = filled / "segment-1-300-0a1b2c3d.bin"
    shutil.copy(next(filled.glob("segment-*.bin")), old)
    with Archive(filled, write=True) as archive:
        archive.writer.forget(customer="c1")
        archive.record.sql.execute("DELETE FROM meta WHERE key = 'erased'")
    with Archive(filled):
        assert not old.exists()
    assert on_disk(filled, GONE) == []


_FULL = """
import errno, resource, signal, sys
from pathlib import Path
from hamdel.archive.archive import Archive
from hamdel.errors import ArchiveError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
archive = Archive(folder, write=True)
real = archive.writer.forget
def forget(**chosen):
    count = real(**chosen)
    size = (folder / "replies.sqlite-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    return count
archive.writer.forget = forget
try:
    archive.forget(customer="c1")
except ArchiveError as error:
    print(error)
"""


def test_a_full_disk_is_no_secret(filled: Path) -> None:
    said = run(_FULL, filled)
    assert "60 replies are forgotten, but their texts aren't wiped from all files yet" in said
    assert "untouched" not in said
    assert "`hamdel archive compact`" in said
    with Archive(filled):
        assert on_disk(filled, GONE) == []
    assert found(filled) == []


_STEPS = """
import os, signal, sys
from pathlib import Path
from hamdel.archive.patience import PatientConnection
from hamdel.archive.archive import Archive

folder, last, steps = Path(sys.argv[1]), int(sys.argv[2]), 0
def step():
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
real = PatientConnection.execute
def execute(self, *query):
    step()
    return real(self, *query)
def heard(event, values):
    if event in ("open", "os.remove", "os.rename") and str(folder) in str(values[0]):
        step()
archive = Archive(folder, write=True)
PatientConnection.execute = execute
sys.addaudithook(heard)
archive.forget(customer="c1")
archive.close()
print(steps)
"""


@pytest.mark.slow
def test_killed_at_each_step(filled: Path, tmp_path: Path) -> None:
    """benchmarks/forget_faults.py does it at other moments, and with compact, merge and import."""
    whole = tmp_path / "whole"
    shutil.copytree(filled, whole)
    steps = int(run(_STEPS, filled, "0"))
    assert on_disk(filled, GONE) == []
    halfway = 0
    for last in range(1, steps + 1, 2):
        folder = tmp_path / f"{last}"
        shutil.copytree(whole, folder)
        done = subprocess.run([sys.executable, "-X", "utf8", "-c", _STEPS, str(folder), str(last)], check=False)
        assert done.returncode != 0
        with Archive(folder, finish=False) as archive:
            halfway += not erasing.is_erased(archive.record)
        with Archive(folder, write=True) as archive:
            gone = archive.writer.count(customer="c1") == 0
        assert on_disk(folder, GONE) == ([] if gone else GONE)
        assert keeps_the_others(folder)
        assert found(folder) == []
        shutil.rmtree(folder)
    assert halfway > 5


# Checksums


@pytest.mark.parametrize("name", [RECORD, "segment-*.bin", "replies.sums"])
def test_each_flipped_byte_is_found(filled: Path, name: str) -> None:
    assert found(filled) == []
    (path, *_) = filled.glob(name)
    data, moments = path.read_bytes(), random.Random(1)
    edges = [0, 18, 25, 60, 95, 99, len(data) - 1]
    silent = []
    for place in (*(place for place in edges if place < len(data)), *(moments.randrange(len(data)) for _ in range(60))):
        path.write_bytes(data[:place] + bytes((data[place] ^ 1 << moments.randrange(8),)) + data[place + 1 :])
        try:
            if not found(filled):
                silent.append(place)
        except ArchiveError:
            pass
    assert silent == []
    path.write_bytes(data + b"\0")
    assert found(filled)
    path.write_bytes(data)
    assert found(filled) == []


def _add(archive: Archive) -> None:
    archive.add(NEW)


@pytest.mark.parametrize(
    "change",
    [_add, Archive.compact, lambda archive: archive.forget(customer="c2"), lambda archive: archive.writer.settle()],
)
def test_checksums_are_those_of_now(filled: Path, change: Callable[[Archive], object]) -> None:
    sums = filled / "replies.sums"
    before = sums.read_bytes()
    with Archive(filled, write=True) as archive, Archive(filled, write=True) as other:
        assert sums.read_bytes() == before
        change(archive)
        assert not sums.exists()
        assert found(filled) == []
        _add(other)
    assert sums.exists()
    assert sums.read_bytes() != before
    assert found(filled) == []


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("put", [_pipe, lambda path: path.symlink_to("/dev/zero")])
def test_something_else_in_place_of_checksums_is_named(filled: Path, put: Callable[[Path], object]) -> None:
    sums = filled / "replies.sums"
    sums.unlink()
    put(sums)
    assert any("replies.sums: isn't what was written" in one for one in found(filled))


def test_a_killed_writer_leaves_no_wrong_checksums(filled: Path) -> None:
    archive = Archive(filled, write=True)
    _add(archive)
    sqlite3.Connection.close(archive.record.sql)
    assert not (filled / "replies.sums").exists()
    assert found(filled) == []
    with Archive(filled, write=True):
        pass
    assert (filled / "replies.sums").exists()
    assert found(filled) == []


# A locked archive


@pytest.fixture
def lock(filled: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(filled / RECORD, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_locked_archive_is_waited_for_aloud(
    filled: Path, lock: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(patience, "_SILENT", 0.1)
    with Archive(filled, write=True) as archive:
        timer = threading.Timer(0.6, lock.execute, ["ROLLBACK"])
        timer.start()
        assert archive.add(NEW)
        timer.join()
    lock.close()
    assert [record.getMessage() for record in caplog.records] == [
        f"hamdel: {filled / RECORD}: another process is writing; waiting for it, a minute at most"
    ]


def test_a_locked_archive_is_given_up(
    filled: Path, lock: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(patience, "_SILENT", 0.1)
    monkeypatch.setattr(patience.PatientConnection, "patience", 0.4)
    monkeypatch.setattr(archive_module, "_UNSETTLED", 10**9)
    with Archive(filled, write=True) as archive:
        archive.record.sql.patience = 0.4  # type: ignore[attr-defined]
        with pytest.raises(ArchiveError, match="another process has been writing for a minute; try again"):
            archive.add(NEW)
    lock.close()
    assert len(caplog.records) == 1


def test_a_sound_archive_stays_as_it_is(folder: Path) -> None:
    fill(folder, 50)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-shm", "-wal"))}
    for write in (True, False):
        with Archive(folder, write=write) as archive:
            archive.search(REPLIES[0], 90)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-shm", "-wal"))}
    assert after == before
