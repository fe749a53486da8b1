"""Lines that mailers and helpdesks put into a text: headers, attributions, the signature's delimiter.

Sources: RFC 3676 (``-- ``, section 4.3), and what Gmail, Outlook, Thunderbird, Apple Mail and
Zendesk write in English and Persian. The words are in ``phrasebanks/lexicon/quoting.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from hamdel.language.fold import key
from hamdel.language.mailer_words import bare, quoting_words
from hamdel.language.quoted import may_quote, quote_depth

__all__ = ["Lines", "header_end", "mail_header"]

_BLANK = "[\\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*+"

_NEWLINE = r"(?:\r\n|\r|\n)"
_HEADER = re.compile(
    rf"\A(?:[A-Z][\w-]{{1,30}}:[^\r\n]*(?:{_NEWLINE}[ \t]+[^\r\n]+)*+{_NEWLINE})++"
    rf"(?:--text follows this line--[ \t]*)?(?:{_NEWLINE}|\Z)?"
)
_HEADER_SIGN = re.compile(r"^(?:From|To|Subject):", re.MULTILINE)
_SENT = re.compile(r"^Sent:", re.MULTILINE)  # Outlook's header of the mail that is answered

_LONGEST = 400  # code points of a line that says who wrote what
_SHORT = 60  # … of one that parts two mails
_LAST = 12  # … among which its last colon stands: there may be marks of direction after it
_RULERS = "-_=*#~—–─━"
_MOST_FIELDS = 12  # lines of a header inside a text
_FEW_FIELDS = 2
_RULE = re.compile(r"[-_=*—–─━\s]{5,}")
_FIELD = re.compile(rf"{_BLANK}[*_]*+([^\W\d_][\w \u200c-]{{0,24}}?)[*_]*+\s*+[:：]")
_SIGNATURE_LINES = 6
_SIGNATURE_WORDS = 8
_STOPS = ".!?؟؛…"
_DATE = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}")
_FIGURES = re.compile(r"\d[:/]\d|\d{4}")


def header_end(text: str) -> int:
    """Return where the fields end that a mail's buffer begins with, in code points; 0 when there are none."""
    header = _HEADER.match(text)
    return header.end() if header else 0


def mail_header(text: str) -> int:
    """Return where a mail's own header ends that any text begins with, in code points; 0 when there is none.

    It has ``From``, ``To`` and ``Subject``, or two of them. Outlook's ``Sent`` stands above the mail that is answered.
    """
    header = _HEADER.match(text)
    own = header and len(set(_HEADER_SIGN.findall(header[0]))) > 1 and not _SENT.search(header[0])
    return header.end() if header and own else 0


class Lines:
    """A text's lines, and what each of them begins.

    Args:
        text: any text.

    Attributes:
        spans: ``(start, end)`` of each line, line breaks aside, in code points.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self.spans: list[tuple[int, int]] = []
        place = 0
        for whole, line in zip(text.splitlines(keepends=True), self._lines, strict=True):
            self.spans.append((place, place + len(line)))
            place += len(whole)
        self.depths = list(map(quote_depth, self._lines)) if may_quote(text) else [0] * len(self._lines)
        self._fields: list[str | None] = [None] * len(self._lines)
        self._older: dict[int, tuple[int, bool]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> str:
        return self._lines[place]

    @cached_property
    def _following(self) -> list[int]:
        """For each line, and the end, the first line from there on that isn't blank."""
        found = [len(self._lines)] * (len(self._lines) + 1)
        for place in range(len(self._lines) - 1, -1, -1):
            found[place] = place if self._lines[place].strip() else found[place + 1]
        return found

    def leads_to_quote(self, place: int) -> bool:
        """Tell whether the first line from ``place`` on that isn't blank is quoted."""
        after = self._following[place]
        return after < len(self) and self.depths[after] > 0

    def older(self, place: int) -> tuple[int, bool]:
        """Return how many lines, from one on, only say that what follows is somebody else's; 0 when they don't.

        Returns:
            The number of lines, and whether they say so by themselves: if not, quoted lines must follow.
        """
        if place not in self._older:
            self._older[place] = self._read_older(place)
        return self._older[place]

    def _read_older(self, place: int) -> tuple[int, bool]:
        if len(self._lines[place]) > _LONGEST or not self._may_turn(place):
            return 0, False
        ruled = self._separator(place)
        if ruled:
            return ruled, True
        fields = self._header(place)
        if fields:
            return fields, True
        return self._attribution(place)

    def _may_turn(self, place: int) -> bool:
        """Tell a line that deserves a second look: it has a colon or is ruled, it is short, or it is cut before one."""
        line = self._lines[place]
        after = self._lines[place + 1] if place + 1 < len(self) else ""
        return ":" in line or "：" in line or len(line) < _SHORT or line[0] in _RULERS or self._ends_in_colon(after)

    @staticmethod
    def _ends_in_colon(line: str) -> bool:
        return ":" in line[-_LAST:] or "：" in line[-_LAST:]

    def _separator(self, place: int) -> int:
        """«-----Original Message-----», «پیام اصلی»; a rule counts above a header."""
        line = self._lines[place]
        named = (len(line) < _SHORT or line[0] in _RULERS) and bare(line) in quoting_words().separators
        if not named and not _RULE.fullmatch(line):
            return 0
        after = self._following[place + 1]
        fields = self._header(after) if after < len(self) else 0
        if fields:
            return after + fields - place
        return int(named)

    def _header(self, place: int) -> int:
        """The lines of an earlier mail's header: whose it is, and a subject, or an address among three fields.

        A traveller's «از: تهران», «به: مشهد», «تاریخ: …» have neither.
        """
        names: set[str] = set()
        addressed = False
        end = place
        while end < min(len(self), place + _MOST_FIELDS) and not self.depths[end]:
            name = self._field(end)
            if not name:
                break
            names.add(name)
            addressed |= "@" in self._lines[end]
            end += 1
        subject = "subject" in names and len(names) > 1
        real = "from" in names and (subject or (addressed and len(names) > _FEW_FIELDS))
        return end - place if real else 0

    def _field(self, place: int) -> str:
        """The name of the header's field that a line holds; empty when it holds none."""
        known = self._fields[place]
        if known is None:
            line = self._lines[place]
            field = _FIELD.match(line) if ":" in line or "：" in line else None
            known = self._fields[place] = quoting_words().fields.get(bare(field[1]), "") if field else ""
        return known

    def _attribution(self, place: int) -> tuple[int, bool]:
        """«در تاریخ … علی نوشت:» with a date or an address, on one line or two; «علی نوشت:» above quotes."""
        line = self._lines[place]
        if self._ends_in_writing(line):
            return 1, self._is_dated(line)
        if line.rstrip().endswith((":", "：")) and bare(line) in quoting_words().introduces:
            return 1, False
        follows = self._lines[place + 1] if place + 1 < len(self) and not self.depths[place + 1] else ""
        cut = self._ends_in_writing(follows) and not self._begins(follows, quoting_words().opens)
        if cut and self._is_dated(f"{line} {follows}"):
            return 2, True
        return 0, False

    @staticmethod
    def _ends_in_writing(line: str) -> bool:
        if len(line) > _LONGEST or not Lines._ends_in_colon(line):
            return False
        folded = " ".join(key(line.replace("\u200c", " ")).split())
        stem = folded.rstrip(" :*_")
        return stem != folded and any(stem == verb or stem.endswith(f" {verb}") for verb in quoting_words().writes)

    @staticmethod
    def _is_dated(line: str) -> bool:
        """«On Tue, 3 Mar …», «در تاریخ ۱۲ آذر …», «علی در ۱۴۰۴/۹/۱۲ …», «علی <ali@example.com> …»; not «در ۳ روز»."""
        if "@" in line or _DATE.search(line):
            return True
        if not Lines._begins(line, quoting_words().opens):
            return False
        named = Lines._begins(line, quoting_words().dated) and any(char.isdigit() for char in line)
        return named or bool(_FIGURES.search(line))

    @staticmethod
    def _begins(line: str, words: Iterable[str]) -> bool:
        return key(line).lstrip(" *_").startswith(tuple(f"{word} " for word in words))

    def is_reply_line(self, place: int) -> bool:
        """Tell «Please type your reply above this line»."""
        return bare(self._lines[place]) in quoting_words().reply_lines

    def signs(self, place: int) -> int:
        """Return how many lines delimit the signature that follows: 1 for ``-- `` and the like, else 0.

        Editors drop the space; then what follows has to look like a signature.
        """
        line = self._lines[place]
        if "--" not in line:
            return 0
        line = line.strip("\u200e\u200f")
        if line == "-- ":
            return 1
        return int(line.rstrip() == "--" and self._looks_like_signature(place + 1))

    def _looks_like_signature(self, place: int) -> bool:
        end = place
        while end < len(self) and not self.depths[end] and end - place <= _SIGNATURE_LINES:
            line = self._lines[end].strip()
            if len(line) > _LONGEST or len(line.split()) > _SIGNATURE_WORDS or line.endswith(tuple(_STOPS)):
                return False
            if line and self.older(end)[0]:
                break
            end += 1
        return end - place <= _SIGNATURE_LINES

    def is_device(self, place: int) -> bool:
        """Tell «Sent from my iPhone»."""
        line = self._lines[place]
        return len(line) < _SHORT and bare(line).startswith(quoting_words().devices)
