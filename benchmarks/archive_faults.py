"""Is anything lost when a process is killed while it imports, adds or compacts?

    python benchmarks/archive_faults.py [kills]

Each time another process stores replies and says how many are stored, and is killed (``kill -9``) at a random moment of
its work: a third of the times while it imports, while it adds one by one, and while it adds and compacts. Then the
archive must open by itself, SQLite must find it sound, every reply that was stored must be found, some also by their
sentences, and doing the work again must lead to what an undisturbed process leaves. Ends with 1 when anything is lost.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, permutations
from pathlib import Path
from typing import TYPE_CHECKING

from common import machine, row

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.exports import Row
    from hamdel.model.history import Uses

ACTIONS = ("import", "add", "compact")
REPLIES = 1200
UNSETTLED, BATCH = 150, 40  # small ones: search files and transactions are made all the time
COMPACT = 60  # replies between two times


def main() -> None:
    """Print a row for RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument(
        "--work", nargs=2, metavar=("ACTION", "FOLDER"), help=argparse.SUPPRESS
    )  # this script's own child
    options = parser.parse_args()
    if options.work:
        work(options.work[0], Path(options.work[1]))
        return
    lost = kill_many(options.kills, random.Random(options.seed))
    sys.exit(1 if lost else 0)


def texts() -> list[str]:
    """So many different replies of two sentences; one in thirty has characters without a code."""
    words = map("".join, islice(permutations("ابپتثجچحخد", 6), 3000, 151_000, 148_000 // REPLIES))
    made = [f"درخواست {word} را بررسی کردیم. نتیجه این است که {word} تا پایان کار با خود ماست" for word in words]
    return [f"{text}، 中文" if n % 30 == 7 else text for n, text in enumerate(made[:REPLIES])]


def rows() -> list[Row]:
    """The same with columns."""
    from hamdel.exports import Row

    return [Row(text, f"agent {n % 3}", f"customer {n % 50}", n + 1) for n, text in enumerate(texts())]


def work(action: str, folder: Path) -> None:
    """Store all replies; what is printed is how many are stored."""
    from hamdel.archive import archive as archive_module
    from hamdel.archive import importing
    from hamdel.archive.archive import Archive

    archive_module._UNSETTLED = UNSETTLED
    importing._BATCH, importing._FEW = BATCH, REPLIES  # one process: its helpers would outlive it
    print(0, flush=True)
    with Archive(folder, write=True) as archive:
        if action == "import":
            importing.import_rows(archive, rows(), lambda done: print(done.rows, flush=True))
            archive.compact()
        else:
            for n, one in enumerate(rows(), 1):
                archive.add(one.reply, customer=one.customer, agent=one.agent, time=one.time)
                print(n, flush=True)
                if action == "compact" and n % COMPACT == 0:
                    archive.compact()


@dataclass(frozen=True)
class Result:
    """How far a killed process came, and what is wrong after it."""

    stored: int
    wrong: str = ""


def kill_many(count: int, moments: random.Random) -> int:
    """Kill so many processes; return after how many of them something was wrong."""
    with tempfile.TemporaryDirectory(prefix="hamdel-faults-") as top:
        lasting, expected = undisturbed(Path(top))
        results: list[tuple[str, Result]] = []
        for n in range(count):
            action = ACTIONS[n % len(ACTIONS)]
            folder, stored = killed(action, Path(top), lasting, moments)
            result = Result(stored, examined(folder, stored, expected))
            results.append((action, result))
            if result.wrong:
                print(f"{n}: {action}, {stored} stored: {result.wrong}", file=sys.stderr)
    wrong = sum(bool(result.wrong) for _, result in results)
    kinds = Counter(action for action, _ in results)
    before = sum(not result.stored for _, result in results)
    behind = sum(result.stored == REPLIES for _, result in results)
    stored = sum(result.stored for _, result in results)
    row(
        f"kill -9 at {count} random moments ({', '.join(f'{kinds[action]} {action}' for action in ACTIONS)})",
        f"{wrong} with a loss",
        f"{stored:,} stored replies looked for; {count - before - behind} of the kills between the first and the last, "
        f"{before} before, {behind} behind",
        machine(),
    )
    return wrong


def undisturbed(top: Path) -> tuple[dict[str, float], dict[str, Uses]]:
    """How long each action takes once it has started, and what all of them leave."""
    from hamdel.archive.archive import Archive

    lasting = {}
    left: list[dict[str, Uses]] = []
    for action in ACTIONS:
        child = _start(action, top / action)
        start = time.perf_counter()
        said = _said(child)
        lasting[action] = time.perf_counter() - start
        assert said[-1] == REPLIES
        with Archive(top / action) as archive:
            left.append(_contents(archive))
    assert len(left[0]) == REPLIES
    assert left[0] == left[1] == left[2]
    return lasting, left[0]


def _start(action: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process, and wait until it begins to work."""
    command = [sys.executable, "-X", "utf8", __file__, "--work", action, str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"0\n"
    return child


def _said(child: subprocess.Popen[bytes]) -> list[int]:
    with child:
        assert child.stdout is not None
        lines = child.stdout.read().split(b"\n")
    return [0, *map(int, lines[:-1])]  # the last line may be cut


def killed(action: str, top: Path, lasting: dict[str, float], moments: random.Random) -> tuple[Path, int]:
    """Kill a process at a random moment of its work; return its folder and how many replies it said to have stored.

    One that had ended before doesn't count: the machine is faster now than it was when the work was measured.
    """
    while True:
        folder = Path(tempfile.mkdtemp(dir=top)) / "archive"
        child = _start(action, folder)
        time.sleep(moments.uniform(0, lasting[action]))
        child.kill()
        stored = _said(child)[-1]
        if child.returncode == -signal.SIGKILL:
            return folder, stored
        assert child.returncode == 0
        lasting[action] *= 0.95


def examined(folder: Path, stored: int, expected: dict[str, Uses]) -> str:
    """Say what is wrong with an archive, or nothing."""
    from hamdel.errors import ArchiveError

    try:
        return next(_faults(folder, stored, expected), "")
    except ArchiveError as error:
        return str(error)


def _faults(folder: Path, stored: int, expected: dict[str, Uses]) -> Iterator[str]:
    from hamdel.archive import archive as archive_module
    from hamdel.archive.archive import Archive
    from hamdel.archive.importing import import_rows

    archive_module._UNSETTLED = UNSETTLED
    told = texts()[:stored]
    if told:
        with Archive(folder) as archive:
            if missing := _missing(archive, told[-50:]):
                yield f"a reader misses {missing}"
    with Archive(folder, write=True) as archive:
        if (sound := archive.record.one("PRAGMA integrity_check")[0]) != "ok":
            yield f"SQLite: {sound}"
        if missing := _missing(archive, told):
            yield f"a writer misses {missing}"
        if any(expected.get(text) != uses for text, uses in _contents(archive).items()):
            yield "it counts something else"
        import_rows(archive, rows())
        archive.compact()
        if _contents(archive) != expected or _missing(archive, texts()[::7]):
            yield "doing it again doesn't lead to the same"


def _missing(archive: Archive, replies: list[str]) -> int:
    """How many replies aren't found, as texts or, every fifth, by their sentences."""
    missing = 0
    for n, reply in enumerate(replies):
        whole = len(archive.search(reply, 100)) == 1
        sentences = n % 5 or all(hits for _, hits in archive.search_sentences(reply, 100))
        missing += not (whole and sentences)
    return missing


def _contents(archive: Archive) -> dict[str, Uses]:
    from hamdel.archive.alphabet import decode

    bodies = (*archive.record.bodies(1, archive.record.last_id()), *archive.record.odd())
    return {decode(body): archive.record.uses(text) for text, body in bodies}


if __name__ == "__main__":
    main()
