"""Is anything that was forgotten left on disk, or anything else lost, when a process is killed?

    python benchmarks/forget_faults.py [kills]

Each time another process works with an archive of 600 replies: it forgets customers, and between that it imports,
merges or compacts. It names each statement that it gives to SQLite and each file that it opens, renames or removes
before it does so, and is killed (``kill -9``) within three milliseconds after one of them: the windows between a commit
and the clean-up are aimed at, and what is in the midst of a statement, too. Then the archive is opened once, and

- no byte of a forgotten reply may be in any of its files, in UTF-8, UTF-16, the one-byte alphabet or compressed;
- every other reply must be found, with the same uses, and `hamdel archive verify` must find nothing.

Ends with 1 when one of them isn't so.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from common import machine, row

ACTIONS = ("forget", "compact", "merge", "import")
CUSTOMERS, EACH = 30, 20
FORGOTTEN = 6  # customers
LATER = 3.0  # milliseconds
_LETTERS = "ابپتثجچحخدرزسشصضطظعغفقکگلمنوهی"
_WINDOWS = re.compile(r"COMMIT|VACUUM|checkpoint|remove|rename|erased|segments|segment-|sums")


def main() -> None:
    """Print a row for RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--work", nargs=2, metavar=("ACTION", "FOLDER"), help=argparse.SUPPRESS)  # its own child
    options = parser.parse_args()
    if options.work:
        work(options.work[0], Path(options.work[1]))
        return
    sys.exit(1 if kill_many(options.kills, random.Random(options.seed)) else 0)


def words() -> list[str]:
    """A word of each reply that stands in no other; the first of a customer's are odd: letters without a code."""
    moments = random.Random(5)
    made: list[str] = []
    while len(made) < CUSTOMERS * EACH:
        word = "".join(moments.choices(_LETTERS, k=9))
        made.append(f"{word}中文" if len(made) // CUSTOMERS == 0 else word)
    return made


def reply(word: str) -> str:
    """Return a reply with a word of its own in both sentences."""
    return f"درخواست {word} را بررسی کردیم. نتیجه این است که {word} تا پایان کار با خود ماست"


def customer(n: int) -> str:
    """Return whose the n-th reply is."""
    return f"c{n % CUSTOMERS}"


def fill(folder: Path) -> None:
    """Make the archive: rows, blocks, odd texts and several search files."""
    from hamdel.archive.archive import Archive
    from hamdel.archive.importing import import_rows

    with Archive(folder, write=True) as archive:
        all_rows = list(_rows(words()))
        for first, last in ((0, 400), (400, 500), (500, 600)):
            import_rows(archive, all_rows[first:last])
            if first == 0:
                archive.writer.settle()


def _rows(texts: list[str], first: int = 0) -> Iterator[Any]:
    from hamdel.exports import Row

    for n, word in enumerate(texts, first):
        yield Row(reply(word), f"agent {n % 3}", customer(n), n + 1)


def work(action: str, folder: Path) -> None:
    """Forget some customers, and do something else between that; name each step."""
    from hamdel.archive import archive as archive_module
    from hamdel.archive import importing
    from hamdel.archive.archive import Archive
    from hamdel.archive.segment_making import merge_segments

    archive_module._UNSETTLED = importing._BATCH = 15
    importing._FEW = 1000  # one process: its helpers would outlive it
    _name_steps(folder)
    with Archive(folder, write=True) as archive:
        for turn in range(FORGOTTEN):
            archive.forget(customer=customer(turn))
            more = list(_rows([f"{word}نو" for word in words()[100 * turn : 100 * turn + 20]], 100 * turn))
            more = [one for one in more if int(one.customer[1:]) >= FORGOTTEN]
            doing: dict[str, Callable[[], object]] = {
                "forget": lambda: None,
                "compact": archive.compact,
                "merge": lambda more=more: [
                    archive.add(one.reply, customer=one.customer, time=one.time) for one in more
                ] and merge_segments(archive.record, whole=True),
                "import": lambda more=more: importing.import_rows(archive, more),
            }  # fmt: skip
            doing[action]()


def _name_steps(folder: Path) -> None:
    from hamdel.archive.patience import PatientConnection

    def say(text: str) -> None:
        sys.stdout.write(" ".join(text.split())[:60] + "\n")
        sys.stdout.flush()

    real = PatientConnection.execute

    def execute(self: Any, *query: Any) -> Any:
        say(query[0])
        return real(self, *query)

    def heard(event: str, values: tuple[Any, ...]) -> None:
        if event in ("open", "os.remove", "os.rename") and str(folder) in str(values[0]):
            say(f"{event} {Path(str(values[0])).name}")

    PatientConnection.execute = execute  # type: ignore[method-assign]
    sys.addaudithook(heard)


def kill_many(count: int, moments: random.Random) -> int:
    """Kill so many processes; return after how many of them something was wrong."""
    wrong = 0
    kinds: Counter[str] = Counter()
    halfway = 0
    with tempfile.TemporaryDirectory(prefix="hamdel-faults-") as top:
        whole = Path(top) / "whole"
        fill(whole)
        assert _on_disk(whole, words()) == words()
        steps = {action: _steps(action, whole, Path(top)) for action in ACTIONS}
        for n in range(count):
            action = ACTIONS[n % len(ACTIONS)]
            folder = Path(top) / str(n)
            shutil.copytree(whole, folder)
            at = _aim(steps[action], moments)
            _kill(action, folder, at, moments.uniform(0, LATER) / 1000)
            halfway += _is_halfway(folder)
            faults = examined(folder)
            kinds[action] += 1
            if faults:
                wrong += 1
                print(f"{n}: {action}, step {at} ({steps[action][at]}): {faults}", file=sys.stderr)
            shutil.rmtree(folder)
    row(
        f"kill -9 at {count} moments ({', '.join(f'{kinds[action]} {action}' for action in ACTIONS)}), "
        f"aimed at {', '.join(f'{len(steps[action])} steps of {action}' for action in ACTIONS)}",
        f"{wrong} with something left or lost",
        f"{halfway} of them between the commit of a forget and the end of its clean-up",
        machine(),
    )
    return wrong


def _steps(action: str, whole: Path, top: Path) -> list[str]:
    folder = top / action
    shutil.copytree(whole, folder)
    done = subprocess.run(_command(action, folder), capture_output=True, encoding="utf-8", check=True)
    assert examined(folder) == ""
    return done.stdout.splitlines()


def _command(action: str, folder: Path) -> list[str]:
    return [sys.executable, "-X", "utf8", __file__, "--work", action, str(folder)]


def _aim(steps: list[str], moments: random.Random) -> int:
    """A step of those around commits and clean-ups, nearly always."""
    near = [n for n, step in enumerate(steps) if _WINDOWS.search(step)]
    return moments.choice(near) if moments.random() < 0.9 else moments.randrange(len(steps))


def _kill(action: str, folder: Path, at: int, later: float) -> None:
    """Kill a process so many seconds after it has named a step."""
    with subprocess.Popen(_command(action, folder), stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(at + 1):
            child.stdout.readline()
        time.sleep(later)
        child.send_signal(signal.SIGKILL)


def _is_halfway(folder: Path) -> bool:
    from hamdel.archive.archive import Archive
    from hamdel.archive.erasing import is_erased

    with Archive(folder, finish=False) as archive:
        return not is_erased(archive.record)


def examined(folder: Path) -> str:
    """Open an archive once, and say what is wrong with it then; nothing when all is well."""
    from hamdel.archive.archive import Archive
    from hamdel.archive.overview import problems

    with Archive(folder, write=True) as archive:
        gone = {n for n in range(CUSTOMERS) if not archive.writer.count(customer=f"c{n}")}
    left = _on_disk(folder, [word for n, word in enumerate(words()) if n % CUSTOMERS in gone])
    with Archive(folder) as archive:
        found = list(problems(archive.record))
        kept = [reply(word) for n, word in enumerate(words()) if n % CUSTOMERS not in gone]
        lost = sum([match.uses.count for match in archive.search(one, 100)] != [1] for one in kept)
    faults = {"left": left, "lost": lost, "problems": found, "forgotten unasked": [n for n in gone if n >= FORGOTTEN]}
    return ", ".join(f"{name}: {value}" for name, value in faults.items() if value)


def _on_disk(folder: Path, sought: list[str]) -> list[str]:
    """Which words stand in a file, however they are written there."""
    from hamdel.archive.alphabet import encode
    from hamdel.masking.mask import mask_layout

    data = b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))
    data += b"\n".join(_inflated(data))
    found = []
    for word in sought:
        own = word.removesuffix("中文")
        spellings = (own.encode(), own.encode("utf-16-le"), own.encode("utf-16-be"), encode(mask_layout(own)))
        if any(spelling in data for spelling in spellings):
            found.append(word)
    return found


def _inflated(data: bytes) -> Iterator[bytes]:
    """What is in the compressed blocks, those that nobody lists any more included, as far as it can be read."""
    for place in (match.start() for match in re.finditer(b"x\x9c", data)):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[place:])


if __name__ == "__main__":
    main()
