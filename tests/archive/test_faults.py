"""Whatever happens, no reply that was stored is lost, and what went wrong is said in one line."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice, permutations
from pathlib import Path

import pytest

from hamdel.archive import importing
from hamdel.archive.alphabet import decode
from hamdel.archive.archive import Archive
from hamdel.archive.importing import import_rows
from hamdel.archive.schema import RECORD
from hamdel.archive.segment import Segment, open_segment
from hamdel.archive.segment_making import merge_segments
from hamdel.errors import ArchiveError
from hamdel.exports import Row
from hamdel.masking.mask import mask
from hamdel.model.history import Uses

REPLIES = [
    f"درخواست {word} را بررسی کردیم. نتیجه این است که {word} تا پایان کار با خود ماست"
    for word in map("".join, islice(permutations("ابپتثجچحخد", 6), 3000, 150_000, 490))
]
ROWS = [Row(reply, f"agent {n % 3}", f"c{n % 5}", n + 1) for n, reply in enumerate(REPLIES)]
NEW = "این پاسخ پس از آن همه نوشته شد"


def fill(folder: Path, count: int = len(ROWS), *, compact: bool = True) -> None:
    with Archive(folder, write=True) as archive:
        import_rows(archive, ROWS[:count])
        if compact:
            archive.compact()


def contents(archive: Archive) -> dict[str, Uses]:
    bodies = (*archive.record.bodies(1, archive.record.last_id()), *archive.record.odd())
    return {decode(body): archive.record.uses(text) for text, body in bodies}


def is_whole(archive: Archive, count: int = len(ROWS), step: int = 1) -> bool:
    """Whether the first replies are found, as replies and by their sentences, and SQLite is content."""
    found = [[match.uses.count for match in archive.search(reply, 100)] for reply in REPLIES[:count:step]]
    sentences = [len(hits) for reply in REPLIES[: count : 5 * step] for _, hits in archive.search_sentences(reply, 100)]
    sound = archive.record.one("PRAGMA integrity_check")[0] == "ok"
    return sound and found == [[1]] * len(found) and sentences == [1] * len(sentences)


# What isn't an archive, or a newer one


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_schema(folder: Path, write: bool) -> None:
    fill(folder, 5)
    with sqlite3.connect(folder / RECORD) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = (folder / RECORD).read_bytes()
    with pytest.raises(ArchiveError, match=r"written by a newer hamdel \(schema 2, this one knows 1\); update hamdel"):
        Archive(folder, write=write)
    assert (folder / RECORD).read_bytes() == before


def _random(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(9000))


def _words(path: Path) -> None:
    path.write_text("این بایگانی نیست", encoding="utf-8")


def _other(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE texts(digest INTEGER PRIMARY KEY, id INTEGER NOT NULL)")
    connection.close()


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("make", [_random, _words, _other])
def test_no_archive(folder: Path, make: Callable[[Path], None], write: bool) -> None:
    folder.mkdir()
    make(folder / RECORD)
    before = (folder / RECORD).read_bytes()
    with pytest.raises(ArchiveError, match="isn't an archive of hamdel"):
        Archive(folder, write=write)
    assert (folder / RECORD).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [RECORD]


def test_nothing_there(folder: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no archive here; `hamdel archive import` or `add` makes one"):
        Archive(folder)
    assert not folder.exists()


@pytest.mark.parametrize("write", [False, True])
def test_an_empty_file_is_no_archive_yet(folder: Path, write: bool) -> None:
    """SQLite leaves one behind when it is killed at its first step."""
    folder.mkdir()
    (folder / RECORD).touch()
    if write:
        with Archive(folder, write=True) as archive:
            assert archive.add(NEW)
    else:
        with pytest.raises(ArchiveError, match="isn't an archive of hamdel"):
            Archive(folder)


@pytest.mark.parametrize("write", [False, True])
def test_the_folder_is_a_file(folder: Path, write: bool) -> None:
    folder.write_text("x")
    with pytest.raises(ArchiveError, match=f"{folder.name[:5]}.*is a file, and an archive is a folder"):
        Archive(folder, write=write)
    assert folder.read_text() == "x"


# Rights


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that somebody without rights can reach; root becomes nobody, for whom rights count."""
    top = Path(tempfile.mkdtemp(prefix="بایگانی "))
    top.chmod(0o755)
    folder = top / "archive"
    fill(folder, 50)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        if not os.access(folder, os.R_OK, effective_ids=True):  # pragma: no cover
            pytest.skip("the folder for temporary files is out of others' reach")
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(top)


def _rights(folder: Path, of_folder: int, of_files: int) -> None:
    user = os.geteuid()
    if user == 65534:
        os.seteuid(0)
    for path in folder.iterdir():
        path.chmod(of_files)
    folder.chmod(of_folder)
    os.seteuid(user)


@pytest.mark.parametrize(("of_folder", "of_files"), [(0o555, 0o444), (0o555, 0o666), (0o777, 0o444)])
def test_what_may_only_be_read(place: Path, of_folder: int, of_files: int) -> None:
    _rights(place, of_folder, of_files)
    before = (place / RECORD).read_bytes()
    with Archive(place) as archive:
        assert is_whole(archive, 50)
        with pytest.raises(ArchiveError, match=r"may only be read|can't be opened"):
            archive.add(NEW)
    refused = r"(may only be read|can't be opened); check its rights and those of its"
    with pytest.raises(ArchiveError, match=refused), Archive(place, write=True) as archive:
        archive.add(NEW)
    assert (place / RECORD).read_bytes() == before


def test_what_may_not_be_read(place: Path) -> None:
    _rights(place, 0o755, 0o000)
    for write in (False, True):
        with pytest.raises(ArchiveError, match="can't be opened; check its rights"):
            Archive(place, write=write)


def test_a_folder_that_cant_be_made(place: Path) -> None:
    _rights(place, 0o555, 0o444)
    with pytest.raises(ArchiveError, match="can't be written: Permission denied"):
        Archive(place / "new", write=True)


def test_search_files_that_cant_be_read_are_done_without(place: Path) -> None:
    _rights(place, 0o755, 0o444)
    if os.geteuid() == 65534:
        os.seteuid(0)
    for path in place.glob("*.bin"):
        path.chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)
    with Archive(place) as archive:
        archive.index.refresh()
        assert archive.index.gaps() == [(1, 50)]
        assert is_whole(archive, 50)


@pytest.mark.parametrize("with_index", [True, False])
def test_a_log_that_may_only_be_read(tmp_path: Path, place: Path, with_index: bool) -> None:
    """A copy of an archive that was in use: the latest replies are in SQLite's log only."""
    user = os.geteuid()
    os.seteuid(os.getuid())
    with Archive(place, write=True) as archive:
        archive.add(NEW)
        for path in place.iterdir():
            if with_index or not path.name.endswith("-shm"):
                shutil.copy(path, tmp_path / path.name)
    for path in place.iterdir():
        path.unlink()
    for path in tmp_path.iterdir():
        shutil.move(path, place / path.name)
    os.seteuid(user)
    _rights(place, 0o555, 0o444)
    if with_index:
        with Archive(place) as archive:
            assert is_whole(archive, 50)
            assert len(archive.search(NEW, 100)) == 1
    else:  # SQLite would have to write the index anew; it mustn't leave the log out
        with pytest.raises(ArchiveError, match="can't be opened; check its rights and those of its folder"):
            Archive(place)


# Search files that are damaged


def _segment(folder: Path) -> Path:
    (path,) = folder.glob("segment-*.bin")
    return path


def _cut(size: float) -> Callable[[Path], None]:
    """Leave so many bytes, or this share of them."""

    def cut(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(size * len(data)) if isinstance(size, float) else size])

    return cut


def _flip(place: int) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[place] ^= 0x10
        path.write_bytes(data)

    return flip


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink, _cut(0), _cut(5), _cut(20), _cut(60), _cut(500), _cut(0.5), _cut(-1),
        _flip(3), _flip(18), _flip(22), _flip(200), _random,
    ],
)  # fmt: skip
def test_a_damaged_search_file(folder: Path, damage: Callable[[Path], None]) -> None:
    fill(folder)
    path = _segment(folder)
    damage(path)
    with pytest.raises(ArchiveError, match="a damaged search file"):
        open_segment(path)
    with Archive(folder) as archive:
        assert is_whole(archive, step=7)
        assert archive.index.gaps() == [(1, len(ROWS))]
    with Archive(folder, write=True) as archive:
        assert archive.add(NEW)
        assert is_whole(archive, step=7)
        archive.compact()
        assert is_whole(archive, step=7)
        assert archive.index.gaps() == []
        assert len(archive.search(NEW, 100)) == 1
    assert _segment(folder) != path
    assert open_segment(_segment(folder)).damaged() is None


def test_a_damaged_search_file_is_made_anew_though_nothing_is_new(folder: Path) -> None:
    fill(folder)
    path = _segment(folder)
    path.unlink()
    with Archive(folder, write=True) as archive:
        archive.compact()
        assert archive.index.gaps() == [(1, len(ROWS))]  # as it was last looked at
        archive.index.refresh()
        assert archive.index.gaps() == []
    assert open_segment(_segment(folder)).damaged() is None


def test_one_of_several_search_files_is_damaged(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        for first, last in ((0, 200), (200, 230), (230, 234)):
            import_rows(archive, ROWS[first:last])
        assert [row.last for row in archive.record.segments()] == [200, 230, 234]
        (folder / archive.record.segments()[1].name).write_bytes(b"hamdel")
    with Archive(folder, write=True) as archive:
        assert is_whole(archive, 234, step=9)
        import_rows(archive, ROWS)
        assert is_whole(archive, step=9)
        assert archive.index.gaps() == []


def _arrays(segment: Segment) -> dict[str, tuple[int, int]]:
    """Where each array lies in the file."""
    start = {name: array.ctypes.data for name, (array, _) in segment._arrays.items() if array.size}
    base = min(start.values())
    head = -(-segment.path.read_bytes().index(b"}", 21) // 64) * 64
    return {name: (head + place - base, segment._array(name).nbytes) for name, place in start.items()}


def test_flipped_bits_are_noticed(folder: Path) -> None:
    """Those that say where texts are are noticed at once, others when the archive is verified or compacted."""
    fill(folder)
    path = _segment(folder)
    sound = path.read_bytes()
    for name, (start, size) in _arrays(open_segment(path)).items():
        for place in (start, start + size // 2, start + size - 1):
            path.write_bytes(sound[:place] + bytes((sound[place] ^ 0x80,)) + sound[place + 1 :])
            if name in ("first", "base", "sentence_first"):
                with pytest.raises(ArchiveError, match=f"a damaged search file .{name}."):
                    open_segment(path)
                continue
            assert open_segment(path).damaged() == name
            if name == "sentence_places":
                with Archive(folder) as archive, pytest.raises(ArchiveError, match="run `hamdel archive compact`"):
                    archive.index.sentences(mask(REPLIES[0]), 80)
    with Archive(folder, write=True) as archive:
        archive.compact()
        assert is_whole(archive, step=7)
    assert _segment(folder) != path
    assert open_segment(_segment(folder)).damaged() is None


# A record that is damaged


def test_a_damaged_block_of_the_record(folder: Path) -> None:
    fill(folder)
    with sqlite3.connect(folder / RECORD) as connection:
        connection.execute("UPDATE blocks SET data = CAST(substr(data, 1, 50) || x'00' || substr(data, 52) AS BLOB)")
    connection.close()
    _segment(folder).unlink()
    for ask in (lambda archive: archive.search(REPLIES[0], 80), lambda archive: archive.record.body(3)):
        with Archive(folder) as archive, pytest.raises(ArchiveError, match="is damaged; restore it from a backup"):
            ask(archive)


def test_a_damaged_record(folder: Path) -> None:
    """Whichever page is overwritten, it is noticed, and said in one line."""
    fill(folder)
    whole = (folder / RECORD).read_bytes()
    noticed = 0
    for page in range(0, len(whole), 4096):
        (folder / RECORD).write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])
        for write in (False, True):
            try:
                with Archive(folder, write=write) as archive:
                    noticed += not is_whole(archive, step=20)
            except ArchiveError:
                noticed += 1
    assert noticed > len(whole) // 4096


# Full disks


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_BATCH", 20)
    monkeypatch.setattr(importing, "_FEW", 1000)
    fill(folder, 100)
    with Archive(folder, write=True) as archive:
        before = contents(archive)
        pages = archive.record.one("PRAGMA page_count")[0]
        archive.record.sql.execute(f"PRAGMA max_page_count = {pages + 4}")
        full = f"{RECORD}: the disk is full; what is stored is untouched, free some space"
        with pytest.raises(ArchiveError, match=full):
            import_rows(archive, ROWS)
        stored = contents(archive)
        assert 100 < len(stored) < len(ROWS)
        assert len(stored) % 20 == 0
        assert {text: stored[text] for text in before} == before
        with pytest.raises(ArchiveError, match=full):
            import_rows(archive, ROWS[::-1])
        archive.record.sql.execute("PRAGMA max_page_count = 1000000")
        import_rows(archive, ROWS)
        assert len(contents(archive)) == len(ROWS)
        assert is_whole(archive, step=5)


def run(code: str, folder: Path, *arguments: str) -> str:
    """Let another process do something; it gets the replies as lines, and must print nothing but its answer."""
    command = [sys.executable, "-X", "utf8", "-c", code, str(folder), *arguments]
    done = subprocess.run(
        command, input="\n".join(REPLIES), capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


_FULL = """
import resource, signal, sys
from pathlib import Path
from hamdel.archive.archive import Archive
from hamdel.archive.erasing import tidy
from hamdel.archive.segment_making import merge_segments
from hamdel.errors import ArchiveError
from hamdel.model.history import Uses

def room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def fails(*values, **named):
    try:
        action(*values, **named)
    except ArchiveError as error:
        return str(error)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, replies = Path(sys.argv[1]), sys.stdin.read().splitlines()
archive = Archive(folder, write=True)
"""
_FULL_LOG = """
action = archive.add
log = folder / "replies.sqlite-wal"
assert archive.add(replies[0], time=1)
room(log.stat().st_size + 1000)
errors = {fails(reply, time=1) for reply in replies[1:5]}
room(resource.RLIM_INFINITY)
for reply in replies[2:9]:
    assert archive.add(reply, time=1)
found = [len(archive.search(reply, 100)) for reply in replies[:9]]
print(*errors, found, sep="|")
"""
_FULL_FILE = """
action = lambda: merge_segments(archive.record, whole=True)
action()
archive.record.sql.execute("DELETE FROM segments")
tidy(archive.record)
size = next(folder.glob("*.bin")).stat().st_size
for path in folder.glob("*.bin"):
    path.unlink()
room(size - 100)
error = fails()
archive.add("این پاسخ تازه است و جا دارد", time=1)
left = [path.name for path in folder.glob("*segment*")]
found = {len(archive.search(reply, 100)) for reply in replies}
room(resource.RLIM_INFINITY)
action()
archive.index.refresh()
print(error, left, found, {len(archive.search(reply, 100)) for reply in replies}, archive.index.gaps(), sep="|")
"""


def test_a_disk_that_gets_full_at_the_end_of_a_transaction(folder: Path) -> None:
    """A reply that couldn't be stored is stored when it is added again: nothing remembers it half."""
    error, found = run(_FULL + _FULL_LOG, folder).strip().split("|")
    assert error.startswith(f"{folder / RECORD}: the disk ")
    assert "what is stored is untouched" in error
    assert found == str([1, 0, *[1] * 7])
    with Archive(folder) as archive:
        assert archive.record.one("SELECT count(*) FROM uses WHERE text NOT IN (SELECT id FROM texts)")[0] == 0


def test_a_disk_without_room_for_a_search_file(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        long = [Row(" ".join(reply for _ in range(15)), "", "c", 1) for reply in REPLIES]
        import_rows(archive, [*ROWS, *long])
        archive.compact()
    error, left, found, after, gaps = run(_FULL + _FULL_FILE, folder).strip().split("|")
    assert error.endswith("can't be written: File too large; what is stored is untouched")
    assert (left, found, after, gaps) == ("[]", "{1}", "{1}", "[]")


# Several processes

_WORK = """
import os, sys
from pathlib import Path
from hamdel.archive import archive as module, importing
from hamdel.archive.archive import Archive
from hamdel.exports import Row

folder, action, first, last = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
replies = sys.stdin.read().splitlines()[first:last]
module._UNSETTLED, importing._BATCH, importing._FEW = 40, 20, 1000
rows = [Row(reply, f"agent {n % 3}", f"c{n % 5}", n + 1) for n, reply in enumerate(replies, first)]

def say(number):
    os.write(1, b"%d\\n" % number)

say(0)
with Archive(folder, write=True) as archive:
    if action == "import":
        importing.import_rows(archive, rows, lambda done: say(done.rows))
    else:
        for n, row in enumerate(rows, 1):
            archive.add(row.reply, customer=row.customer, agent=row.agent, time=row.time)
            say(n)
            if action == "compact" and n % 9 == 0:
                archive.compact()
say(-1)
"""


def start(folder: Path, action: str, first: int = 0, last: int = len(ROWS)) -> subprocess.Popen[bytes]:
    """Let another process store some replies; it says how many are stored."""
    command = [sys.executable, "-X", "utf8", "-c", _WORK, str(folder), action, str(first), str(last)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write("\n".join(REPLIES).encode())
    child.stdin.close()
    return child


def said(child: subprocess.Popen[bytes]) -> list[int]:
    """Wait until a process has ended, and return the numbers that it has said."""
    with child:
        assert child.stdout is not None
        return [int(line) for line in child.stdout.read().splitlines()]


def test_several_writers_at_once(folder: Path) -> None:
    works = (("add", 0, 200), ("add", 80, 280), ("import", 0, len(ROWS)), ("compact", 0, 60))
    children = [start(folder, *work) for work in works]
    assert [said(child)[-1] for child in children] == [-1] * len(children)
    with Archive(folder, write=True) as archive, Archive(folder.with_name("calm"), write=True) as calm:
        import_rows(calm, ROWS)
        assert contents(archive) == contents(calm)
        assert is_whole(archive)
        archive.compact()
        assert is_whole(archive)


@pytest.mark.parametrize("action", ["import", "add", "compact"])
def test_killed_at_any_moment(tmp_path: Path, action: str) -> None:
    """benchmarks/archive_faults.py does it 200 times."""
    calm = tmp_path / "calm"
    with Archive(calm, write=True) as archive:
        import_rows(archive, ROWS)
        expected = contents(archive)
    for turn in range(4):
        folder = tmp_path / str(turn)
        child = start(folder, action)
        assert child.stdout is not None
        assert child.stdout.readline() == b"0\n"
        time.sleep(random.uniform(0, 0.2))
        child.kill()
        stored = max(said(child), default=0)
        with Archive(folder, write=True) as archive:
            assert archive.record.one("PRAGMA integrity_check")[0] == "ok"
            if stored > 0:
                assert is_whole(archive, stored, step=3)
            held = contents(archive)
            assert len(held) >= stored
            assert all(expected[layout] == use for layout, use in held.items())
            import_rows(archive, ROWS)
            assert contents(archive) == expected
            assert is_whole(archive, step=25)


def test_a_search_file_that_a_killed_process_was_writing(folder: Path) -> None:
    """It isn't in the way, and search doesn't look at it."""
    fill(folder, 60)
    (folder / ".segment-1-60-00000000.bin.1234").write_bytes(b"half")
    with Archive(folder, write=True) as archive:
        import_rows(archive, ROWS)
        merge_segments(archive.record, whole=True)
        assert is_whole(archive, step=9)
