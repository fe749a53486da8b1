"""Native messaging's frames as lines, so that the server of `hamdel stdio` reads and writes them.

A frame is four bytes that say its length, in the machine's own byte order, and as many bytes of JSON in UTF-8
(https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/Native_messaging).
"""

from __future__ import annotations

import io
import json
import struct
import threading
from typing import Any

from hamdel.doors.stdio.messages import Code, encode, error_answer

__all__ = ["LONGEST_ANSWER", "FrameSource", "FrameTarget"]

#: Bytes in a message to the browser; it ends the conversation after a longer one.
LONGEST_ANSWER = 1024 * 1024
_LENGTH = struct.Struct("=I")


class FrameSource(io.RawIOBase):
    """Frames as lines, each as soon as it is there.

    Args:
        pipe: what the browser writes to, without a buffer.
    """

    def __init__(self, pipe: io.RawIOBase) -> None:
        self._pipe = pipe
        self._left = 0  # bytes of the frame that is being read

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return some bytes of the present frame, and a line end after its last; nothing at the end.

        A frame is handed on in pieces, so that one of four gigabytes is never held.
        """
        if not self._left:
            head = self._exactly(_LENGTH.size)
            if len(head) < _LENGTH.size:
                return b""
            (self._left,) = _LENGTH.unpack(head)
            if not self._left:
                return b"\n"
        data = self._pipe.read(min(self._left, size) if size > 0 else self._left)
        if not data:
            return b""
        self._left -= len(data)
        # JSON has no raw line end inside of a text, so one between its members may be any white space.
        return data.replace(b"\n", b" ") + (b"" if self._left else b"\n")

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size and (more := self._pipe.read(size - len(data))):
            data += more
        return data


class FrameTarget(io.RawIOBase):
    """Lines as frames.

    Args:
        pipe: what the browser reads from, without a buffer.
    """

    def __init__(self, pipe: io.RawIOBase) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()  # a frame is written in pieces, and not by one thread alone

    def writable(self) -> bool:
        return True

    def write(self, line: Any) -> int:
        """Send a whole answer; one that is too long for a browser becomes an error.

        Raises:
            OSError: nobody reads any more.
        """
        data = bytes(line).rstrip(b"\n")
        if len(data) > LONGEST_ANSWER:
            data = encode(_too_long(data)).rstrip(b"\n")
        view = memoryview(_LENGTH.pack(len(data)) + data)
        with self._lock:
            while view:
                view = view[self._pipe.write(view) :]
        return len(line)


def _too_long(data: bytes) -> dict[str, Any]:
    answer = json.loads(data)
    id_ = answer.get("id") if isinstance(answer, dict) else None  # a batch has none of its own
    return error_answer(id_, Code.TOO_LONG, f"the answer has more than {LONGEST_ANSWER} bytes; ask about less")
