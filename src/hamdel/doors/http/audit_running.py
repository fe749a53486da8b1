"""One audit that runs: a process of its own, followed to its end by a thread."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["Audit", "State"]

_COMMAND = (sys.executable, "-m", "hamdel.doors.http.audit_worker")
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')
_HEAD = 4096  # bytes in which a page's policy stands
_NOT_OURS = (ValueError, LookupError, TypeError)  # of a line that our process wouldn't write
_ENDED = "the audit's process ended before it was done"


def _address() -> str:
    """An address that nobody can guess."""
    return f"/report/{secrets.token_urlsafe(24)}"


def _policy(page: bytes) -> str:
    """The policy of a page of ours, which nothing may frame."""
    own = _POLICY.search(page[:_HEAD])
    policy = unescape(own[1].decode()) if own else "default-src 'none'"
    return f"sandbox allow-scripts; {policy}; frame-ancestors 'none'"


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
        agents: the names and files of agents' own pages, by addresses like its own.
    """

    out: Path
    export: Path
    size: int
    address: str = field(default_factory=_address)
    state: State = State.RUNNING
    position: int = 0
    rows: int = 0
    message: str = ""
    question: Mapping[str, Any] | None = None
    agents: dict[str, tuple[str, str]] = field(default_factory=dict)
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

    def page(self, address: str) -> tuple[bytes, dict[str, str]] | None:
        """Return the page at an address, and its headers: its own policy, in a sandbox that can ask us nothing.

        An agent's own page is saved, not shown: it is to be handed to that agent.

        Args:
            address: of the report, or of an agent's page.

        Returns:
            None where there is none.
        """
        files = {self.address: "report.html", **{one: file for one, (_, file) in self.agents.items()}}
        asked = address.encode()
        known = [one for one in files if secrets.compare_digest(one.encode(), asked)]
        if self.state is not State.DONE or not known:
            return None
        file = files[known[0]]
        page = (self.out / file).read_bytes()
        headers = {"Content-Security-Policy": _policy(page)}
        if known[0] in self.agents:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file)}"
        return page, headers

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
            self.agents = {_address(): (one["name"], Path(one["file"]).name) for one in said.get("agents", ())}
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
