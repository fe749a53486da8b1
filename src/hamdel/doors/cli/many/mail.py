"""A mail's own text: as it stands where it stands readable, and decoded where a mailer has packed it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from hamdel.base.text_files import decode
from hamdel.errors import InputError
from hamdel.model.files import Text
from hamdel.render.text.positions import Positions

__all__ = ["mail_text"]

# RFC 2045: what stands in a header that makes the bytes below it unreadable as they are.
_PACKED = re.compile(
    rb"^content-transfer-encoding:\s*(?:base64|quoted-printable)|^content-type:\s*(?:multipart/|text/html)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_END = re.compile(rb"\r?\n\r?\n")


def mail_text(name: str, data: bytes) -> Text:
    """Return a mail's text: the whole file, header included, unless its body is packed; then the body alone.

    Args:
        name: of the file.
        data: what it holds.

    Raises:
        InputError: it is no text, or its body can't be unpacked.
    """
    header = _HEADER_END.split(data, 1)[0]
    if not _PACKED.search(header):
        return Text(name, decode(data, name))
    body = _body(name, data)
    raw = data.decode("utf-8", "replace").replace("\r\n", "\n")
    at = raw.find(body.rstrip()) if body.strip() else -1
    if at < 0:
        return Text(name, body, column=None, flows=False)
    line, column = Positions(raw).line_column(at)
    return Text(name, body, line=line, column=column)


def _body(name: str, data: bytes) -> str:
    """The part that a reader sees: plain text before HTML."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)  # the policy makes no other
        part = message.get_body(("plain", "html"))
        content = None if part is None else str(part.get_content())
        kind = "" if part is None else part.get_content_type()
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:  # the package raises them all
        raise InputError(f"{name}: broken mail: {' '.join(str(error).split())[:80]}; save it again") from error
    if content is None:
        raise InputError(f"{name}: a mail without any text; save the text as a file")
    if kind == "text/html":
        from hamdel.exports.markup import html_text  # here, for its parser is seldom needed

        return html_text(content)
    return content.replace("\r\n", "\n")
