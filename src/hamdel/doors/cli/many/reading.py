"""One file to its texts: a text or a mail is one, a file of macros holds several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hamdel.base.files import open_regular
from hamdel.base.text_files import decode, open_errors, read_stdin
from hamdel.doors.cli.conversation import STDIN
from hamdel.doors.cli.many.finding import MACROS, Found
from hamdel.doors.cli.many.mail import mail_text
from hamdel.errors import InputError
from hamdel.model.files import Text

__all__ = ["read_mail", "read_texts"]

_MAIL = ".eml"
_MOST = 1 << 20  # bytes of a reply; what is longer is a log, or a book
_MOST_MAIL = 1 << 25  # attachments included
_MOST_MACROS = 1 << 23


def read_texts(found: Found, fields: tuple[str, ...]) -> Iterator[Text]:
    """Yield the texts of a file.

    Args:
        found: the file.
        fields: where the texts of macros stand: columns, keys, or keys below keys with dots between them.

    Raises:
        InputError: it can't be read, is too large, or is a file of macros and no field is given or found.
    """
    if found.name == STDIN:
        yield Text(STDIN, read_stdin())
        return
    ending = Path(found.name).suffix.lower()
    if ending not in MACROS:
        if ending == _MAIL:
            yield read_mail(found.name)
        else:
            yield Text(found.name, decode(_bytes(found.name, _MOST, "a reply"), found.name))
        return
    if not fields:
        raise InputError(f"{found.name}: holds several texts; say with --field which column or key they stand in")
    from hamdel.doors.cli.many.macros import macros  # here, for most files hold one text

    raw = decode(_bytes(found.name, _MOST_MACROS, "a file of macros"), found.name)
    yield from macros(found, raw, fields)


def read_mail(name: str) -> Text:
    """Return a mail's text.

    Raises:
        InputError: it can't be read, or is too large.
    """
    return mail_text(name, _bytes(name, _MOST_MAIL, "a mail"))


def _bytes(name: str, most: int, what: str) -> bytes:
    """Read a regular file that isn't longer than ``most`` bytes."""
    path = Path(name)
    with open_errors(path), open_regular(path, given=True) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise InputError(f"{name}: is larger than {most >> 20} MiB, so hardly {what}; see hamdel audit")
    return data
