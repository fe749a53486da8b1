"""`hamdel stdio`: checks through one pipe, what memory 100,000 of them leave behind, and 10,000 broken messages.

- Throughput: drafts of about 223 characters with customers' messages, one request after the other is answered; the
  baseline is `Checker.check` in this process on the same drafts, in turns.
- Soak: real forum answers with ever new numbers, names and words put in. The process's resident memory (Linux:
  ``/proc/<pid>/status``) is read after 1,000 checks and then every 5,000; the limit is 5 % more at the most.
- Garbage: random bytes, random JSON, and proper requests with a part broken. Each line that isn't a proper notification
  must get an answer, and the process must still check a draft at the end.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common import CUSTOMER, DRAFT, cpu_seconds, data_argument, existing, machine, median_ratio, read_jsonl, row

from hamdel import Checker

LEAST = 300
MOST_GROWTH = 1.05
LETTERS = "ابپتجچحخدرزژسشصطعغفقکگلمنوهی"
TURN = 100


class Pipe:
    """A `hamdel stdio` process."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-c", "from hamdel.doors.cli import main; main()", "stdio", "--no-config", *options]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0

    def send(self, line: bytes) -> None:
        """Write a line."""
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def read(self) -> Any:
        """Read an answer."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the process has ended with {self.process.wait()}")
        return json.loads(line)

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request and read its answer."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        answer = self.read()
        assert answer["id"] == self._number
        return answer["result"]

    def resident(self) -> float:
        """Return the memory that is resident, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        (kilobytes,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
        return int(kilobytes) / 1024

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        self.process.stdin.close()
        assert self.process.wait() == 0


def throughput(rounds: int) -> None:
    """Time checks through the pipe and in this process, in turns."""
    pipe, checker = Pipe("--no-archive"), Checker()
    numbers = itertools.count(10_000)
    piped, direct, busy = [], [], []
    for _ in range(rounds + 1):
        drafts = [(DRAFT.format(order=n), CUSTOMER.format(order=n)) for n in itertools.islice(numbers, TURN)]
        used, start = cpu_seconds(pipe.process.pid), time.perf_counter()
        for draft, customer in drafts:
            pipe.ask("check", draft=draft, customer=customer)
        middle = time.perf_counter()
        for draft, customer in drafts:
            checker.check(draft, customer=customer)
        piped.append((middle - start) / TURN)
        busy.append((cpu_seconds(pipe.process.pid) - used) / TURN)
        direct.append((time.perf_counter() - middle) / TURN)
    pipe.close()
    a_second = 1 / statistics.median(piped[1:])
    note = "" if a_second >= LEAST else "SHORT: "
    row(
        f"{note}stdio: checks through one pipe, one after the other",
        f"{a_second:.0f} a second (limit {LEAST}), {median_ratio(piped[1:], direct[1:]):.2f} × `Checker.check`",
        f"{1e3 * statistics.median(direct[1:]):.2f} ms in the process itself; the server computes for "
        f"{1e3 * statistics.median(busy[1:]):.2f} ms a check",
    )


def varying(path: Path) -> Iterator[tuple[str, str]]:
    """Yield drafts and messages without end: real ones, with a number, a name and a word that nobody has seen."""
    chance = random.Random(7)
    talks = [(comment["text"], talk["body"][:300]) for talk in read_jsonl(path) for comment in talk["comments"]]
    while True:
        chance.shuffle(talks)
        for draft, customer in talks:
            word, name = ("".join(chance.choices(LETTERS, k=chance.randint(3, 8))) for _ in range(2))
            number = chance.randrange(10**6, 10**7)
            yield f"سلام {name} جان، {draft} سفارش {number} {word} است.", f"{customer} {number}"


def soak(path: Path, checks: int) -> None:
    """Check many drafts in one process, and watch its memory."""
    pipe = Pipe("--no-archive")
    memory: list[float] = []
    start = time.perf_counter()
    for number, (draft, customer) in enumerate(itertools.islice(varying(path), checks), 1):
        pipe.ask("check", draft=draft, customer=customer, document="one")
        if number in (1000, checks) or number % 5000 == 0:
            memory.append(pipe.resident())
            print(f"  {number:>7} checks: {memory[-1]:.1f} MB, {time.perf_counter() - start:.0f} s", file=sys.stderr)
    pipe.close()
    growth = max(memory) / memory[0]
    note = "" if growth < MOST_GROWTH else "OVER THE LIMIT: "
    row(
        f"{note}stdio: memory over {checks:,} checks of varying drafts",
        f"{100 * (growth - 1):+.1f} % after the first 1,000 (limit 5 %)",
        f"{memory[0]:.1f} MB, at the most {max(memory):.1f} MB",
    )


def value(chance: random.Random, depth: int = 0) -> Any:
    """Return random JSON."""
    kinds = ["text", "number", None, True, "list", "object"] if depth < 3 else ["text", "number", None, True]
    kind = chance.choice(kinds)
    if kind == "text":
        return "".join(chance.choices("aسلام \u200c😀\ud800\x00\n\"'\\", k=chance.randint(0, 12)))
    if kind == "number":
        return chance.choice([0, -1, 1.5, 10**30, chance.random()])
    if kind == "list":
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    if kind == "object":
        return {str(value(chance, 3))[:8]: value(chance, depth + 1) for _ in range(chance.randint(0, 3))}
    return kind


METHODS = ("initialize", "check", "fix", "improve", "explain", "archive/search", "archive/add", "cancel", "x", 5)
NAMES = ("draft", "customer", "past", "turn", "check", "text", "at", "id", "folder", "settings", "reply", "document")


def garbage(chance: random.Random, number: int) -> bytes:
    """Return a line that is broken in one way or another, or a request with random parameters."""
    way = chance.random()
    if way < 0.2:
        return chance.randbytes(chance.randint(1, 200)).replace(b"\n", b"")
    if way < 0.4:
        return json.dumps(value(chance)).encode()
    params = {name: value(chance) for name in chance.sample(NAMES, chance.randint(0, 4))}
    message = {"jsonrpc": "2.0", "id": f"g{number}", "method": chance.choice(METHODS), "params": params}
    if way < 0.6:
        message.pop(chance.choice(["jsonrpc", "method", "params"]))
    line = json.dumps(message).encode()
    return line[: chance.randint(1, len(line))] if way < 0.7 else line


def expects_answer(line: bytes) -> bool:
    """Whether a line must be answered: all but white space, and notifications."""
    if not line.strip():
        return False
    try:
        read = json.loads(line.decode("utf-8-sig"))
    except ValueError:
        return True
    return not (isinstance(read, dict) and "id" not in read and isinstance(read.get("method"), str))


def broken_messages(count: int) -> None:
    """Send garbage, a line at a time, and see that each is answered."""
    chance = random.Random(11)
    pipe = Pipe("--no-archive")
    answered = lost = 0
    for number in range(count):
        line = garbage(chance, number)
        pipe.send(line)
        if expects_answer(line):
            answer = pipe.read()
            good = isinstance(answer, list) or "error" in answer or "result" in answer
            answered, lost = answered + good, lost + (not good)
    alive = pipe.ask("check", draft="سلام. تو باید صبر کنی.")["findings"]
    pipe.close()
    row(
        f"stdio: {count:,} random and malformed messages",
        f"{answered:,} answers to {answered + lost:,} lines that need one, no crash",
        f"{len(alive)} findings in the draft afterwards",
    )


def main() -> None:
    """Measure and print rows."""
    parser = data_argument((__doc__ or "").partition("\n")[0], "data/percqa_noids.jsonl")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--checks", type=int, default=100_000, help="of the soak")
    parser.add_argument("--messages", type=int, default=10_000, help="broken ones")
    arguments = parser.parse_args()
    print(machine())
    throughput(arguments.rounds)
    broken_messages(arguments.messages)
    soak(existing(arguments.data), arguments.checks)


if __name__ == "__main__":
    main()
