"""One audit that runs: a process of its own, followed to its end."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

__all__ = ["Audit", "State"]


class State(StrEnum):
    """How an audit is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(eq=False)
class Audit:
    """One audit."""

    out: Path
    size: int
    address: str = field(default_factory=lambda: f"/report/{secrets.token_urlsafe(24)}")
    state: State = State.RUNNING
    position: int = 0
    rows: int = 0
    message: str = ""
    task: asyncio.Task[None] | None = None

    async def run(self, order: Mapping[str, Any]) -> None:
        """Run an audit in a process of its own and follow it to its end."""
        command = (sys.executable, "-m", "hamdel.doors.http.audit_worker")
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            async for line in process.stdout:
                self._follow(json.loads(line))
            await process.wait()
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            if self.state is State.RUNNING:
                self.state, self.message = State.FAILED, "the audit's process ended before it was done"

    def _follow(self, said: Mapping[str, Any]) -> None:
        if "done" in said:
            self.state = State.DONE
        elif "failed" in said:
            self.state, self.message = State.FAILED, said["failed"]
        else:
            self.position, self.rows = said["position"], said["rows"]
