"""Lines of bytes from a pipe, none longer than agreed, however many bytes come without a line end."""

from __future__ import annotations

import io
from collections.abc import Iterator

__all__ = ["read_lines"]

_CHUNK = 1 << 16


def read_lines(source: io.RawIOBase, longest: int) -> Iterator[bytes | None]:
    """Yield each line, without its end, as soon as it is there; None for one that is too long.

    Args:
        source: read without a buffer, so that what is there comes at once.
        longest: bytes in a line, its end not counted.
    """
    held: list[bytes] = []  # the beginning of a line
    size = 0
    while chunk := source.read(_CHUNK):
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            whole = b"".join([*held, line]) if size <= longest else b""
            yield whole if size + len(line) <= longest else None
            held, size = [], 0
        size += len(rest)
        held = [*held, rest] if size <= longest else []
    if size:
        yield b"".join(held) if size <= longest else None
