"""Which part of a buffer an editor wants checked.

What is quoted in it and the signature are told apart by the check itself (`hamdel.language.parts`). In a mail buffer
there is a header besides, which may have any field, and in Markdown a front matter may come first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hamdel.language.mail import header_end, mail_header

__all__ = ["Draft", "find_draft", "is_mail"]

_MAIL_LANGUAGES = frozenset(("mail", "eml", "email", "message", "mu4e-compose", "rfc822"))
_MARKDOWN_LANGUAGES = frozenset(("markdown", "md"))
_NEWLINE = r"(?:\r\n|\r|\n)"
_FRONT_MATTER = re.compile(rf"\A---[ \t]*{_NEWLINE}.*?{_NEWLINE}(?:---|\.\.\.)[ \t]*(?:{_NEWLINE}|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is checked of a buffer: ``text[start:]``.

    Attributes:
        start: code points in the buffer.
        mail: whether the buffer is a mail.
    """

    start: int
    mail: bool = False


def is_mail(text: str, language: str, uri: str) -> bool:
    """Whether a buffer is a mail: the editor or its name says so, or it begins with a mail's header."""
    if language.lower() in _MAIL_LANGUAGES or uri.lower().endswith((".eml", ".mail")):
        return True
    return mail_header(text) > 0


def find_draft(text: str, language: str = "", uri: str = "") -> Draft:
    """Tell the draft from what stands before it in a buffer.

    Args:
        text: the whole buffer.
        language: the editor's name for its kind.
        uri: its name.
    """
    if is_mail(text, language, uri):
        return Draft(header_end(text), mail=True)
    front = _FRONT_MATTER.match(text) if language.lower() in _MARKDOWN_LANGUAGES else None
    return Draft(front.end() if front else 0)
