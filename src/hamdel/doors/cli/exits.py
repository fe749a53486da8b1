"""What hamdel's exit codes mean."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """0 and 1 are verdicts, everything else says that there is none."""

    CLEAN = 0
    FINDINGS = 1  # at or above --fail-on
    FAILED = 2  # could not run: input, settings or usage
    INTERRUPTED = 130  # Ctrl-C, as shells have it: 128 + SIGINT
    BROKEN_PIPE = 141  # the reader went away: 128 + SIGPIPE
