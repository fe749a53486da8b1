"""Which part of a buffer is the draft, and what the customer wrote.

Leading ``>`` lines are the customer's message everywhere; the check knows them. In a mail buffer there are also a
header, a line that says who wrote what is quoted, the quotation (of which lines with more than one ``>`` are older
mails, so not the customer's), and the signature after ``-- `` (RFC 3676, section 4.3). In Markdown a front matter may
come first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Draft", "find_draft", "is_mail"]

_MAIL_LANGUAGES = frozenset(("mail", "eml", "email", "message", "mu4e-compose", "rfc822"))
_MARKDOWN_LANGUAGES = frozenset(("markdown", "md"))
_NEWLINE = r"(?:\r\n|\r|\n)"
_FIELD = r"(?:From|To|Cc|Bcc|Subject|Date|Reply-To|In-Reply-To|References|Message-ID|Fcc|X-[\w-]+|[A-Z][\w-]{1,30})"
_HEADER = re.compile(
    rf"\A(?:{_FIELD}:[^\r\n]*(?:{_NEWLINE}[ \t]+[^\r\n]+)*{_NEWLINE})+"
    rf"(?:--text follows this line--[ \t]*)?(?:{_NEWLINE}|\Z)?"
)
_HEADER_SIGN = re.compile(r"^(?:From|To|Subject):", re.MULTILINE)
_FRONT_MATTER = re.compile(rf"\A---[ \t]*{_NEWLINE}.*?{_NEWLINE}(?:---|\.\.\.)[ \t]*(?:{_NEWLINE}|\Z)", re.DOTALL)
_SIGNATURE = re.compile(rf"(?:\A|(?<=[\r\n]))-- ?(?:{_NEWLINE}|\Z)")
_BLANK = r"[ \t\u200e\u200f]*"
_QUOTED = re.compile(r"(?:\A|(?<=[\r\n]))[ \t\u200e\u200f]*>[^\r\n]*")
_ATTRIBUTION = re.compile(
    rf"(?:\A|(?<=[\r\n]))[^\r\n>]*(?:wrote|writes|نوشت|نوشته است|نوشته بود|می‌نویسد){_BLANK}:{_BLANK}"
    rf"(?={_NEWLINE}(?:[ \t]*{_NEWLINE})?{_BLANK}>)"
)
_MARKS = re.compile(r"[ \t\u200e\u200f]*(>(?:[ \t]?>)*)[ \t]?")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is checked of a buffer: ``text[start:end]``.

    Attributes:
        start, end: code points in the buffer.
        customer: the customer's message where the check wouldn't find it by itself; else empty.
        mail: whether the buffer is a mail.
    """

    start: int
    end: int
    customer: str = ""
    mail: bool = False


def is_mail(text: str, language: str, uri: str) -> bool:
    """Whether a buffer is a mail: the editor or its name says so, or it begins with a mail's header."""
    if language.lower() in _MAIL_LANGUAGES or uri.lower().endswith((".eml", ".mail")):
        return True
    header = _HEADER.match(text)
    return bool(header and len(set(_HEADER_SIGN.findall(header[0]))) > 1)


def find_draft(text: str, language: str = "", uri: str = "") -> Draft:
    """Tell the draft from the rest of a buffer.

    Args:
        text: the whole buffer.
        language: the editor's name for its kind.
        uri: its name.
    """
    if is_mail(text, language, uri):
        return _in_mail(text)
    front = _FRONT_MATTER.match(text) if language.lower() in _MARKDOWN_LANGUAGES else None
    return Draft(front.end() if front else 0, len(text))


def _in_mail(text: str) -> Draft:
    header = _HEADER.match(text)
    start = header.end() if header else 0
    signature = _SIGNATURE.search(text, start)
    end = signature.start() if signature else len(text)
    return _without_attribution(text, start, end)


def _without_attribution(text: str, start: int, end: int) -> Draft:
    """Leave out «On … wrote:»: what comes before it is the draft, or what follows the quotation below it."""
    customer = _quoted(text, start, len(text))
    line = _ATTRIBUTION.search(text, start, end)
    if line is None:
        return Draft(start, end, customer, mail=True)
    if not text[start : line.start()].strip():
        return Draft(line.end(), end, customer, mail=True)
    return Draft(start, line.start(), customer, mail=True)


def _quoted(text: str, start: int, end: int) -> str:
    """The lines with one ``>``, without it; deeper ones are what was written before."""
    lines = []
    for line in _QUOTED.finditer(text, start, end):
        marks = _MARKS.match(line[0])
        if marks and marks[1].count(">") == 1:
            lines.append(line[0][marks.end() :])
    return "\n".join(lines).strip()
