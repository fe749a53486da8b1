"""The text of an HTML message, as its reader saw it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["html_text"]

_BLOCKS = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 ul ol table section article header footer hr".split())
_HIDDEN = frozenset("script style head title blockquote".split())  # a quoted mail isn't what was written now
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")
_LOOKS_MARKED = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(_SPACES.sub(" ", data.replace("\n", " ")))


def html_text(html: str) -> str:
    """Return the text of HTML: a line for each block, entities resolved, quoted mails and scripts left out.

    Args:
        html: a message's body; text without any markup comes back as it is.
    """
    if not _LOOKS_MARKED.search(html):
        return html
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _LINES.sub("\n", "".join(reader.pieces).replace("\u00a0", " ")).strip()
