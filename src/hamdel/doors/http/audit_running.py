"""One audit that runs: a process of its own, followed to its end by a thread."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

__all__ = ["Audit", "State"]

_COMMAND = (sys.executable, "-m", "hamdel.doors.http.audit_worker")
_NOT_OURS = (ValueError, LookupError, TypeError)  # of a line that our process wouldn't write
_ENDED = "the audit's process ended before it was done"


class State(StrEnum):
    """How an audit is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Audit:
    """One audit.

    Attributes:
        out: its folder.
        export: what it reads.
        size: bytes of the export.
        address: of its page, which nobody can guess.
        state: how it is.
        position: bytes of the export that were read.
        rows: those in them.
        message: why it failed; empty when it didn't.
        question: what has to be asked before it can be done.
    """

    out: Path
    export: Path
    size: int
    address: str = field(default_factory=lambda: f"/report/{secrets.token_urlsafe(24)}")
    state: State = State.RUNNING
    position: int = 0
    rows: int = 0
    message: str = ""
    question: Mapping[str, Any] | None = None
    _process: subprocess.Popen[str] | None = None
    _thread: threading.Thread | None = None

    def start(self, order: Mapping[str, Any]) -> None:
        """Start the process.

        Args:
            order: see `hamdel.doors.http.audit_worker`.

        Raises:
            OSError: it can't be started.
        """
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(_COMMAND, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        self._thread = threading.Thread(target=self._follow, args=(self._process, json.dumps(order)), daemon=True)
        self._thread.start()

    def end(self, state: State = State.CANCELLED) -> None:
        """End the process if it runs, and wait until it is gone."""
        if self.state is State.RUNNING:
            self.state = state
        if self._process and self._thread:
            self._process.kill()
            self._thread.join()

    def _follow(self, process: subprocess.Popen[str], order: str) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError), process:  # it may end at any moment
            with suppress(OSError, *_NOT_OURS):
                process.stdin.write(f"{order}\n")
                process.stdin.flush()  # and is left open: that it ends tells the process that we have ended
                for line in process.stdout:
                    self._note(json.loads(line))
            process.kill()
        if self.state is State.RUNNING:
            self.state, self.message = State.FAILED, _ENDED
        if self.state is not State.DONE:
            shutil.rmtree(self.out, ignore_errors=True)

    def _note(self, said: Mapping[str, Any]) -> None:
        if self.state is not State.RUNNING:
            return
        if "done" in said:
            self.state = State.DONE
        elif "failed" in said:
            self.state, self.message, self.question = State.FAILED, said["failed"], said.get("question")
        else:
            self.position, self.rows = said["position"], said["rows"]

    @property
    def total(self) -> int:
        """How many rows there are, as far as one can tell by what was read."""
        if self.state is State.DONE or not self.position:
            return self.rows
        return max(self.rows, self.rows * self.size // self.position)
