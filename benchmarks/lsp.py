"""`hamdel lsp`: from a change to its diagnostics, and from the start to the first ones.

- Latency: drafts of 300 characters are typed into, one change at a time (part of a word, then the rest), with an
  archive of 100,000 replies; measured is the time from writing ``didChange`` to reading ``publishDiagnostics`` of that
  version, less the pause of 150 ms that the server waits for typing to stop. Every draft has other numbers.
- Start: from starting the process to the first diagnostics of a document that is opened at once; the baseline is
  ``python -c "import spacy"``, timed in turns with it.
- Garbage: random messages, well-formed and not; each request must get an answer, and the server must still check a
  draft at the end.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from archive import make_corpus
from common import CUSTOMER, DRAFT, SHARED, cpu_seconds, existing, machine, row

from hamdel.archive.archive import Archive

PAUSE = 0.15
P50, P99, START = 0.015, 0.040, 2.0
LSP = [sys.executable, "-c", "from hamdel.doors.cli import main; main()", "lsp"]
BASELINE = [sys.executable, "-c", "import spacy"]
URI = "untitled:reply"
METHODS = ("textDocument/hover", "textDocument/codeAction", "textDocument/didOpen", "textDocument/didChange", "x", 5)


class Client:
    """A process and the messages to and from it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen([*LSP, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._folder = folder
        self._number = 0

    def raw(self, body: bytes) -> None:
        """Write a message."""
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def read(self) -> Any:
        """Read a message."""
        assert self.process.stdout
        size = 0
        while (header := self.process.stdout.readline()) not in (b"\r\n", b""):
            if header.startswith(b"Content-Length"):
                size = int(header.split(b":")[1])
        if not size:
            sys.exit(f"the server has ended with {self.process.wait()}")
        return json.loads(self.process.stdout.read(size))

    def note(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self.raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request; return its answer."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params or None}
        self.raw(json.dumps(message).encode())
        while (answer := self.read()).get("id") != self._number:
            pass
        return answer

    def begin(self) -> None:
        """Initialize."""
        self.ask("initialize", processId=None, rootUri=self._folder.as_uri(), capabilities={})
        self.note("initialized")

    def open(self, text: str, version: int = 1) -> None:
        """Open the document."""
        self.note(
            "textDocument/didOpen",
            textDocument={"uri": URI, "languageId": "plaintext", "version": version, "text": text},
        )

    def change(self, version: int, *changes: Any) -> None:
        """Change the document."""
        self.note("textDocument/didChange", textDocument={"uri": URI, "version": version}, contentChanges=list(changes))

    def diagnosed(self, version: int) -> Any:
        """Wait for the diagnostics of a version."""
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["version"] == version:
                return message["params"]["diagnostics"]

    def close(self) -> None:
        """End the server."""
        self.ask("shutdown")
        self.note("exit")
        self.process.wait()


def fill(folder: Path, count: int, tool: Path) -> None:
    """Make an archive of the corpus that the archive's own benchmark uses."""
    from hamdel.archive.importing import import_rows
    from hamdel.exports import Row

    corpus = make_corpus(existing(tool), folder.parent, count)
    with corpus.open(encoding="utf-8") as lines, Archive(folder, write=True) as archive:
        import_rows(
            archive,
            (Row(line.rstrip("\n"), f"agent {n % 20}", "", 1_700_000_000 + n, "chat") for n, line in enumerate(lines)),
        )


def drafts() -> Iterator[tuple[str, str]]:
    """Yield customers' lines and drafts of 300 characters, each with numbers of its own."""
    for order in itertools.count(10_000):
        body = DRAFT.format(order=order) + " " + DRAFT.format(order=order * 7)
        yield f"> {CUSTOMER.format(order=order)}\n\n", body[:300]


def latency(folder: Path, archive: Path, count: int) -> None:
    """Measure changes; the server starts with the archive."""
    client = Client(folder, "--archive", str(archive))
    client.begin()
    client.open("سلام")
    client.diagnosed(1)
    times, busy = [], []
    for version, (customer, draft) in enumerate(itertools.islice(drafts(), count + 20), 2):
        used, start = cpu_seconds(client.process.pid), time.perf_counter()
        client.change(2 * version, {"text": f"{customer}{draft} تو باید صبر ک"})
        line = f"{draft} تو باید صبر ک"
        end = {"line": 2, "character": len(line)}
        client.change(2 * version + 1, {"range": {"start": end, "end": end}, "text": "نی."})
        found = client.diagnosed(2 * version + 1)
        times.append(time.perf_counter() - start - PAUSE)
        busy.append(cpu_seconds(client.process.pid) - used)
        assert any(one["code"] == "respect/tu-form" for one in found)
    client.close()
    p50, p99 = percentiles(times[20:])
    busy50, busy99 = percentiles(busy[20:])
    note = "" if p50 <= P50 and p99 <= P99 else "OVER THE LIMIT: "
    row(
        f"{note}lsp: change to diagnostics, less the pause of 150 ms",
        f"p50 {1e3 * p50:.1f} ms, p99 {1e3 * p99:.1f} ms (limits {1e3 * P50:.0f}, {1e3 * P99:.0f})",
        f"the server computes for {1e3 * busy50:.1f} ms, p99 {1e3 * busy99:.1f} ms; {count} drafts, {archive.name}",
    )


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile."""
    return statistics.median(times), sorted(times)[int(len(times) * 0.99)]


def first(folder: Path, text: str) -> float:
    """Return the seconds from the start to the first diagnostics."""
    start = time.perf_counter()
    client = Client(folder, "--no-archive")
    client.begin()
    client.open(text)
    client.diagnosed(1)
    seconds = time.perf_counter() - start
    client.close()
    return seconds


def baseline() -> float:
    """Return the seconds that importing spaCy takes."""
    start = time.perf_counter()
    subprocess.run(BASELINE, check=True)
    return time.perf_counter() - start


def start_up(folder: Path, rounds: int) -> None:
    """Time the start against the baseline before and after it."""
    text = "".join(next(drafts()))
    first(folder, text), baseline()
    ratios, seconds = [], []
    for _ in range(rounds):
        before, took, after = baseline(), first(folder, text), baseline()
        ratios.append(2 * took / (before + after))
        seconds.append(took)
    ratio = statistics.median(ratios)
    row(
        f"{'' if ratio <= START else 'OVER THE LIMIT: '}lsp: start to first diagnostics",
        f"{ratio:.2f} × `import spacy` (limit {START:.0f})",
        f"{statistics.median(seconds):.2f} s, {rounds} rounds",
    )


def value(chance: random.Random, depth: int = 0) -> Any:
    """Return random JSON."""
    simple = [None, True, -1, 5, "سلام", "\ud800😀", URI, {"uri": URI}, {"line": 0, "character": 3}, 2**40]
    if depth > 2 or chance.random() < 0.6:
        return chance.choice(simple)
    names = ("textDocument", "position", "range", "context", "start", "end", "text", "version", "diagnostics")
    if chance.random() < 0.3:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return {name: value(chance, depth + 1) for name in chance.sample(names, chance.randint(0, 5))}


def garbage(folder: Path, count: int) -> None:
    """Send random messages; see that each that needs an answer gets one."""
    chance = random.Random(5)
    client = Client(folder, "--no-archive")
    client.begin()
    answered = 0
    for number in range(count):
        message = {"jsonrpc": "2.0", "id": f"g{number}", "method": chance.choice(METHODS), "params": value(chance)}
        body = json.dumps(message).encode()
        if chance.random() < 0.3:
            body = chance.choice([chance.randbytes(chance.randint(1, 60)), body[: chance.randint(1, len(body) - 1)]])
        client.raw(body)
        while "method" in (answer := client.read()):  # diagnostics, messages
            pass
        answered += "error" in answer or "result" in answer
    client.open("سلام. تو باید صبر کنی.", 77)
    found = client.diagnosed(77)
    client.close()
    row(
        f"lsp: {count:,} random and malformed messages",
        f"{answered:,} answers, no crash",
        f"{len(found)} diagnostics of a draft afterwards",
    )


def main() -> None:
    """Measure and print rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--archive", type=Path, help="use this one instead of making one of 100,000 replies")
    parser.add_argument("--tool", type=Path, default=SHARED / "tools" / "make_corpus.py", help="makes the replies")
    parser.add_argument("--replies", type=int, default=100_000)
    parser.add_argument("--drafts", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--messages", type=int, default=10_000)
    arguments = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start_up(folder, arguments.rounds)
        archive = arguments.archive or folder / f"archive-{arguments.replies}"
        if not arguments.archive:
            fill(archive, arguments.replies, arguments.tool)
        latency(folder, archive.absolute(), arguments.drafts)
        garbage(folder, arguments.messages)


if __name__ == "__main__":
    main()
