"""A program on the other side of `hamdel stdio`: in this process, or of a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import hamdel
from hamdel.doors.stdio.server import Server

COMMAND = [sys.executable, "-c", "from hamdel.doors.cli import main; main()", "stdio"]
ENV = {
    **{name: value for name, value in os.environ.items() if not name.startswith("HAMDEL_")},
    "PYTHONPATH": os.pathsep.join([str(Path(hamdel.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),
}


def request(method: str, id_: Any = 1, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id_, "method": method, "params": params}


class Talk:
    """A server in a thread of this process, and the two pipes to it."""

    def __init__(self, methods: Any, **limits: int) -> None:
        ours, theirs = os.pipe(), os.pipe()
        self.ends = io.FileIO(ours[1], "wb")
        self.answers = io.BufferedReader(io.FileIO(theirs[0], "rb"))
        self.target = io.FileIO(theirs[1], "wb")
        self.source = io.FileIO(ours[0], "rb")
        self.server = Server(methods, self.source, self.target, **limits)
        self.thread = threading.Thread(target=self._run)
        self.error: BaseException | None = None
        self.thread.start()

    def _run(self) -> None:
        try:
            self.server.run()
        except BaseException as error:
            self.error = error
        finally:
            self.target.close()

    def send(self, message: Any) -> None:
        line = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.ends.write(line + b"\n")

    def read(self) -> Any:
        return json.loads(self.answers.readline())

    def ask(self, message: Any) -> Any:
        self.send(message)
        return self.read()

    def end(self) -> list[Any]:
        """End the input; return all further answers."""
        if not self.ends.closed:
            self.ends.close()
        rest = [json.loads(line) for line in self.answers]
        self.thread.join(60)
        assert not self.thread.is_alive()
        return rest

    def close(self) -> None:
        self.end()
        # One that is about to read would read from whatever has the descriptor next: another test's pipe.
        self.server._reader.join(60)
        assert not self.server._reader.is_alive()
        self.answers.close()
        self.source.close()


def run(lines: Sequence[bytes], *options: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Answer some lines in a process of its own."""
    return subprocess.run(
        [*COMMAND, *options],
        input=b"".join(line + b"\n" for line in lines),
        capture_output=True,
        cwd=cwd,
        env={**ENV, "HAMDEL_CACHE_DIR": os.environ["HAMDEL_CACHE_DIR"], **env},
        timeout=120,
        check=False,
    )


Open = Callable[..., Talk]


class Held:
    """Methods that wait until they are let go; they return what they were asked."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Semaphore(0)
        self.done: list[Any] = []

    def call(self, method: str, params: Mapping[str, Any]) -> Any:
        self.begun.release()
        assert self.go.acquire(timeout=60)
        self.done.append(dict(params))
        return dict(params)
