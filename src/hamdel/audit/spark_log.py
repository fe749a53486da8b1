"""What Spark says: its log in lines that hold no texts, and why it failed in one."""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from hamdel.identifiers import mask_identifiers

__all__ = ["LOG", "Said", "reason_of"]

_LOGGED = "Spark "  # begins each line of the log
_LINES = 200  # that are kept of what the JVM says besides
_REASON = 300  # characters
#: Settings of the JVM's log. What Spark tells of is a line each, without stack traces, in which texts could
#: stand.
LOG = """\
status = off
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.alwaysWriteExceptions = false
appender.stderr.layout.pattern = Spark %p: %m{nolookups}%n
logger.hadoop.name = org.apache.hadoop.util.NativeCodeLoader
logger.hadoop.level = error
logger.utils.name = org.apache.spark.util.Utils
logger.utils.level = error
logger.env.name = org.apache.spark.SparkEnv
logger.env.level = error
logger.tasks.name = org.apache.spark.scheduler.TaskSetManager
logger.tasks.level = error
"""


class Said:
    """What the JVM says: its log goes on to people, the rest is kept for when it can't start.

    Args:
        shown: whether anything goes on.
    """

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._lines: deque[str] = deque(maxlen=_LINES)

    @contextmanager
    def listening(self) -> Iterator[int]:
        """Yield a file descriptor for a process that is started meanwhile; it is read until that process ends."""
        read, write = os.pipe()
        Thread(target=self._listen, args=(read,), daemon=True).start()
        try:
            yield write
        finally:
            os.close(write)

    def _listen(self, read: int) -> None:
        with open(read, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.startswith(_LOGGED):
                    if self._shown:
                        sys.stderr.write(line)
                else:
                    self._lines.append(line)

    def why(self, error: Exception) -> str:
        """Why Spark didn't start: in the JVM's own words when it has ended."""
        found = next((line for line in self._lines if re.search(r"Exception|Error|error:|JAVA_HOME", line)), "")
        return _short(found) if found and "JAVA_GATEWAY" in str(error) else reason_of(error)


def reason_of(error: BaseException) -> str:
    """Return why something failed in Spark, in one line: neither stack traces nor what anybody wrote.

    Args:
        error: as pyspark raises it.
    """
    java = getattr(error, "java_exception", None)
    text = str(error)
    if java is not None:
        with suppress(Exception):
            text = str(java.getMessage() or java)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    known = next((line for line in lines if re.search(r"MISMATCH|Job aborted|PySparkRuntimeError", line)), None)
    return _short(known or (lines[0] if lines else type(error).__name__))


def _short(text: str) -> str:
    return mask_identifiers(" ".join(text.split()))[:_REASON]
