"""What `check`, `fix` and `improve` ask for alike: a draft, and what is known of the conversation around it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hamdel.base.files import is_there
from hamdel.base.text_files import read_past, read_stdin, read_text
from hamdel.doors.cli.options import ArchiveOption, SettingsOptions, archive_folder
from hamdel.doors.cli.screen import complain
from hamdel.errors import InputError
from hamdel.model import Audience, Channel, Severity
from hamdel.model.fields import CONVERSATION
from hamdel.settings.config import Config, FailOn

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.checker import About, Checker

__all__ = [
    "CLIPBOARD",
    "STDIN",
    "Asked",
    "ClipboardOption",
    "ConversationOptions",
    "FailOnOption",
    "FileArgument",
    "NoArchiveOption",
    "PersonalOption",
    "clipboard_draft",
    "draft_name",
    "is_failure",
]

STDIN = "-"
#: What a draft from the clipboard is called in place of a file.
CLIPBOARD = "clipboard"
_LOOKS_LIKE_PATH = re.compile(r"\S+\.(?:txt|md|text|eml|html?|csv|jsonl?|log|docx?)", re.IGNORECASE)


def _option(name: str, **more: Any) -> Any:
    """An option for a field of the conversation; it takes a file where another door takes a text, and says so."""
    field = CONVERSATION[name]
    return typer.Option(**{"metavar": field.metavar or None, "help": field.en, **more})


FileArgument = Annotated[
    str | None,
    typer.Argument(metavar="FILE|-", help="The draft; standard input by default.", show_default=False),
]
NoArchiveOption = Annotated[bool, typer.Option("--no-archive", help="Compare with no archive of past replies.")]
FailOnOption = Annotated[
    FailOn | None, typer.Option(help="Least severity that exits with 1; warning unless set otherwise.")
]
ClipboardOption = Annotated[
    bool, typer.Option("--clipboard", help="Take the draft from the clipboard, and put the better one there.")
]
PersonalOption = Annotated[
    bool, typer.Option("--show-personal-data", help="Don't mask card numbers, phones and the like.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft and what the options say of its conversation.

    Attributes:
        name: of the file; ``-`` for standard input, empty for none.
        draft: the text.
        about: the rest, as `hamdel.checker.Checker` takes it.
    """

    name: str
    draft: str
    about: About


@dataclass(frozen=True, slots=True)
class ConversationOptions:
    """What is known of the conversation around a draft; a group, see `hamdel.doors.cli.groups`."""

    customer: Annotated[
        str, _option("customer", help="The customer's message, or a file with it.", show_default=False)
    ] = ""
    past: Annotated[
        Path | None, _option("past", help="Earlier replies: .txt, one a line, or .jsonl.", show_default=False)
    ] = None
    audience: Annotated[Audience | None, _option("audience")] = None
    channel: Annotated[Channel | None, _option("channel")] = None
    turn: Annotated[int | None, _option("turn", min=1)] = None
    archive: ArchiveOption = None
    no_archive: NoArchiveOption = False
    customer_id: Annotated[str, _option("customer_id", show_default=False)] = ""
    agent: Annotated[str, _option("agent", show_default=False)] = ""

    def load(self, given: SettingsOptions, **options: Any) -> Config:
        """Load the settings, with the audience and the channel that are given.

        Raises:
            ConfigError: a settings file or an environment variable is wrong.
        """
        return given.load(audience=self.audience, channel=self.channel, **options)

    def asked(self, name: str | None, draft: str | None = None) -> Asked:
        """Read the draft of this name, empty without one, and what the options name.

        Args:
            name: of the draft's file; None for no draft.
            draft: its text, where that is known already.

        Raises:
            InputError: a file can't be read, or standard input is asked for twice.
        """
        message = _customer_message(self.customer, draft_from_stdin=name == STDIN)
        about: About = {
            "customer": message,
            "past": read_past(self.past) if self.past else (),
            "turn": self.turn,
            "customer_id": self.customer_id,
            "agent": self.agent,
        }
        if draft is None:
            draft = "" if name is None else _read_draft(name)
        return Asked(name or "", draft, about)

    @contextmanager
    def checker(self, config: Config) -> Iterator[Checker]:
        """A checker with the archive to compare with, if there is one; only one that an option names must be there.

        Raises:
            HamdelError: the archive isn't there or can't be opened, or the checker can't be made.
        """
        from hamdel.checker import Checker  # here, for --help doesn't need it

        with _opened_archive(self.archive, config, none=self.no_archive or self.past is not None) as opened:
            made = Checker(config, opened)
            if made.note:
                complain(made.note)
            yield made


def clipboard_draft(file: str | None) -> str:
    """The text that the clipboard holds, where it is asked for in place of a file.

    Raises:
        InputError: a file is named, too, or there is no clipboard.
    """
    from hamdel.doors.cli.clipboard import clipboard_text  # here, for hardly any run asks for it

    if file is not None:
        raise InputError("--clipboard takes the place of a file; leave one of them out")
    return clipboard_text()


def draft_name(file: str | None) -> str:
    """The file to read; standard input when none is named and somebody pipes something in.

    Raises:
        InputError: a person at a terminal has named no file.
    """
    if file is not None:
        return file
    if sys.stdin is not None and sys.stdin.isatty():
        raise InputError("no draft; name a file (hamdel check reply.txt) or pipe text in (… | hamdel check)")
    return STDIN


def _read_draft(name: str) -> str:
    """The draft's text.

    Raises:
        InputError: it can't be read.
    """
    return read_stdin() if name == STDIN else read_text(name)


def _customer_message(value: str, *, draft_from_stdin: bool) -> str:
    """The customer's message: what a file says, else the text itself.

    Raises:
        InputError: it looks like a file that isn't there, or standard input is asked for twice.
    """
    if value == STDIN:
        if draft_from_stdin:
            raise InputError("draft and customer can't both come from standard input; name a file for one")
        return read_stdin()
    # os.path, not pathlib: a long message is no error here, just no file
    if os.path.exists(value) or _LOOKS_LIKE_PATH.fullmatch(value):  # noqa: PTH110
        return read_text(value)
    return value


def _opened_archive(option: Path | None, config: Config, *, none: bool) -> AbstractContextManager[Archive | None]:
    """The archive to compare with, to be closed; only one that an option names must be there.

    Raises:
        ArchiveError: it isn't, or it can't be opened.
    """
    folder = archive_folder(option, config)
    if none or (option is None and not is_there(folder)):
        return nullcontext()
    from hamdel.archive.archive import Archive  # here, for many have none

    return Archive(folder)


def is_failure(worst: Severity | None, fail_on: FailOn) -> bool:
    """Whether the gravest finding is one that ``fail_on`` doesn't let pass."""
    if worst is None or fail_on is FailOn.NEVER:
        return False
    return worst.rank <= Severity(fail_on.value).rank
