"""How fast `hamdel serve` answers: when it starts, when one agent types, and when fifty do.

    python benchmarks/serve.py [--agents 50] [--seconds 20]

Prints rows for RESULTS.md. An agent types a reply, five characters a second, and the page sends the draft as it is
three times a second, as it does while somebody types without a pause; a newer draft supersedes an older one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from hamdel.doors.http.people import Role, add_user

COMMAND = [sys.executable, "-m", "hamdel"]
CASES = Path(__file__).parents[1] / "tests" / "cases" / "cases.jsonl"
EACH = 1 / 3  # seconds between drafts that a page sends
SPEED = 5  # characters a second


@contextmanager
def serving(users: int) -> Iterator[tuple[str, list[str], int]]:
    """Start a server for so many users; yield its address, their tokens and its process's id."""
    with tempfile.TemporaryDirectory() as folder:
        team = Path(folder, "users.json")
        tokens = [add_user(team, f"agent {number}", Role.AGENT) for number in range(users)]
        command = [*COMMAND, "serve", "--port", "0", "--no-config", "--users", str(team)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            try:
                assert process.stdout is not None
                found = re.search(r"(http://[^/]+)/", process.stdout.readline())
                assert found
                yield found[1], tokens, process.pid
            finally:
                process.terminate()


def talks() -> list[dict[str, Any]]:
    """Drafts with their customer's messages."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    return [{"draft": one["draft"], "customer": one.get("customer", "")} for one in cases if len(one["draft"]) > 60]


async def join(address: str, token: str) -> Any:
    live = await connect(f"{address.replace('http', 'ws')}/api/live", origin=address, compression=None, proxy=None)
    await live.send(json.dumps({"token": token}))
    assert json.loads(await live.recv())["ready"]
    return live


class Agent:
    """Somebody who types one reply after the other."""

    def __init__(self, number: int, talk: list[dict[str, Any]]) -> None:
        self.random = random.Random(number)
        self.talks = talk
        self.waits: list[float] = []
        self.superseded = 0
        self._sent: dict[int, float] = {}
        self._id = 0

    async def work(self, live: Any, until: float) -> None:
        reading = asyncio.create_task(self._read(live))
        await asyncio.sleep(self.random.random() * EACH)
        while time.perf_counter() < until:
            await self._type(live, self.random.choice(self.talks), until)
        await asyncio.sleep(1)
        reading.cancel()
        await live.close()

    async def _type(self, live: Any, talk: dict[str, Any], until: float) -> None:
        typed = 10.0
        while typed < len(talk["draft"]) and time.perf_counter() < until:
            self._id += 1
            params = {**talk, "draft": talk["draft"][: int(typed)], "document": "draft"}
            self._sent[self._id] = time.perf_counter()
            await live.send(json.dumps({"id": self._id, "method": "check", "params": params}))
            await asyncio.sleep(EACH * self.random.uniform(0.7, 1.3))
            typed += SPEED * EACH

    async def _read(self, live: Any) -> None:
        async for text in live:
            now = time.perf_counter()
            answer = json.loads(text)
            if "result" in answer:
                self.waits.append(now - self._sent.pop(answer["id"]))
            elif "superseded" in answer:
                self.superseded += 1
            else:
                raise AssertionError(answer)


def cpu(pid: int) -> float:
    """Seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    """MB of memory that a process has now."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) // 1024


async def typing(agents: int, seconds: float) -> None:
    """Let agents type at once."""
    talk = talks()
    with serving(agents) as (address, tokens, pid):
        lives = [await join(address, token) for token in tokens]
        people = [Agent(number, talk) for number in range(agents)]
        begun, had = time.perf_counter(), cpu(pid)
        await asyncio.gather(*(one.work(live, begun + seconds) for one, live in zip(people, lives, strict=True)))
        waits = sorted(wait for one in people for wait in one.waits)
        superseded = sum(one.superseded for one in people)
        share = (cpu(pid) - had) / (time.perf_counter() - begun)
        _row(f"{agents} agents typing at once", waits, f"{len(waits) / seconds:.0f}/s, {superseded} superseded")
        print(f"| server: {share:.0%} of a processor, {memory(pid)} MB | | | | |")


def _row(name: str, waits: list[float], note: str) -> None:
    at = [1000 * waits[min(len(waits) - 1, int(len(waits) * q))] for q in (0.5, 0.95, 0.99)]
    print(f"| {name} | {at[0]:.1f} ms | {at[1]:.1f} ms | {at[2]:.1f} ms | {note} |")


def starting(times: int) -> None:
    """Compare the time to a first answer with that of `hamdel check`."""
    draft = talks()[0]["draft"]
    served, checked = [], []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(
            [*COMMAND, "check", "--no-config", "--format", "json"],
            input=draft.encode(),
            capture_output=True,
            check=False,
        )
        checked.append(time.perf_counter() - begun)
        begun = time.perf_counter()  # with the 10 ms for the users file
        with serving(1) as (address, tokens, _):
            headers = {"Origin": address, "Authorization": f"Bearer {tokens[0]}", "Content-Type": "application/json"}
            request = urllib.request.Request(f"{address}/api/check", json.dumps({"draft": draft}).encode(), headers)
            urllib.request.urlopen(request).read()
            served.append(time.perf_counter() - begun)
    ours, theirs = statistics.median(served), statistics.median(checked)
    print(f"| start to first answer | {ours:.3f} s | check: {theirs:.3f} s | {ours / theirs:.2f} × | {times} pairs |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--starts", type=int, default=11)
    chosen = parser.parse_args()
    starting(chosen.starts)
    asyncio.run(typing(1, chosen.seconds))
    asyncio.run(typing(chosen.agents, chosen.seconds))


if __name__ == "__main__":
    main()
