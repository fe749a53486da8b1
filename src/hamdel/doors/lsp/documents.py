"""Open documents, and offsets in them as editors count: lines end at CR, LF or both, columns in the agreed units.

pygls has documents too, but cuts lines with `str.splitlines`: at U+2028, form feeds and other places where the
protocol sees none, so that columns and edits would go astray.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from lsprotocol import types

from hamdel.render.text.positions import Positions

__all__ = ["Document"]

_UTF8, _UTF32 = types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf32


@dataclass(frozen=True)
class Document:
    """One version of an open document.

    Attributes:
        uri: as the editor names it.
        text: raw.
        version: the editor's number.
        language: the editor's name for its kind, such as ``markdown`` or ``mail``.
        encoding: the units of columns.
    """

    uri: str
    text: str
    version: int
    language: str = ""
    encoding: str = types.PositionEncodingKind.Utf16

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.text)

    @property
    def line_end(self) -> str:
        """What ends its lines."""
        return next((end for end in ("\r\n", "\n", "\r") if end in self.text), "\n")

    def position(self, offset: int) -> types.Position:
        """Return where a code point is."""
        line, column = self._positions.line_column(offset)
        start = offset - column + 1
        if self.encoding == _UTF32:
            units = column - 1
        elif self.encoding == _UTF8:
            units = len(_utf8(self.text[start:offset]))
        else:
            units = self._positions.utf16(offset) - self._positions.utf16(start)
        return types.Position(line - 1, units)

    def range(self, start: int, end: int) -> types.Range:
        """Return where a stretch of code points is."""
        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """Return the code point at a position; the nearest one for a position that doesn't exist."""
        if position.line >= self._positions.lines:
            return len(self.text)
        start = self._positions.line_start(position.line + 1)
        _, end = self._positions.line_bounds(start)
        end = start + len(self.text[start:end].rstrip("\r\n"))
        if self.encoding == _UTF32:
            offset = start + position.character
        elif self.encoding == _UTF8:
            offset = start + _characters(_utf8(self.text[start:end])[: position.character])
        else:
            offset = self._positions.from_utf16(self._positions.utf16(start) + position.character)
        return max(start, min(offset, end))

    def span(self, place: types.Range) -> tuple[int, int]:
        """Return the code points of a range, the smaller first."""
        first, second = self.offset(place.start), self.offset(place.end)
        return min(first, second), max(first, second)

    def changed(self, changes: Iterable[types.TextDocumentContentChangeEvent], version: int) -> Document:
        """Return the document after some changes, each of which counts positions after those before it."""
        document = self
        for change in changes:
            text = change.text
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = document.span(change.range)
                text = document.text[:start] + text + document.text[end:]
            document = replace(document, text=text, version=version)
        return document


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _characters(data: bytes) -> int:
    """How many characters UTF-8 holds, but for a last one that is cut: bytes that begin one aren't 10xxxxxx."""
    whole = sum(byte & 0xC0 != 0x80 for byte in data)
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return whole - 1
    return whole
