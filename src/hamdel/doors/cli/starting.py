"""The files that `hamdel init` writes: settings, and one worked example of each thing that a team may own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hamdel.base.resources import template_dir
from hamdel.errors import InputError
from hamdel.model import Audience, Channel
from hamdel.settings.keys import Address
from hamdel.settings.trust import is_within_reach

__all__ = ["Choices", "require_archive", "require_signature", "starting_files", "write_files"]

_SETTINGS = "hamdel.toml"
_CLOSING = "wording/replies/_closing.j2"
_FILES = (
    _SETTINGS,
    "checks/house/nameless.toml",
    "wording/replies/lost-key.j2",
    _CLOSING,
    "approved/thanks.txt",
)
_ADDRESS = {Address.SHOMA: "شما", Address.TU: "تو"}
_NO_ARCHIVE = '# archive = "archive"  # بایگانی پاسخ‌های پیشین؛ بی این خط، بایگانی خودتان در این دستگاه'
_LONGEST = 100  # characters of a signature
_STEERS = frozenset('"\\{}')  # would end the text of a template, or a setting


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers.

    Attributes:
        address: how customers are spoken to.
        channel: where replies are sent.
        audience: who reads them.
        signature: at the end of e-mails; empty for the agent's name.
        archive: the archive's folder, as the settings name it; empty for the user's own.
    """

    address: Address = Address.SHOMA
    channel: Channel = Channel.CHAT
    audience: Audience = Audience.CONSUMER
    signature: str = ""
    archive: str = ""


def require_signature(text: str) -> str:
    """Return a signature without white space around it.

    Raises:
        InputError: it can't stand in a template.
    """
    text = text.strip()
    if len(text) > _LONGEST or not _is_one_line(text) or _STEERS & set(text):
        raise InputError(f"a signature is one line of at most {_LONGEST} characters, without quotation marks or braces")
    return text


def _is_one_line(text: str) -> bool:
    """Whether a text is a line with nothing that steers a terminal; non-joiners aren't printable to Python."""
    return all(char.isprintable() or char in "\u200c\u200d" for char in text)


def require_archive(name: str, folder: Path) -> str:
    """Return the name of an archive's folder as the settings may have it.

    Args:
        name: as it was given, relative to ``folder``.
        folder: of the settings.

    Raises:
        InputError: settings there mayn't name it.
    """
    name = name.strip()
    if not name:
        return ""
    bad = not _is_one_line(name) or _STEERS & set(name)
    if bad or not is_within_reach(folder / Path(name).expanduser(), folder / _SETTINGS):
        raise InputError(f"the archive must be in {folder} or in your home, and {name[:80]!r} isn't")
    return name


def starting_files(choices: Choices) -> Mapping[str, str]:
    """Return what to write, by its place in the folder of the settings."""
    values = {
        "address": _ADDRESS[choices.address],
        "channel": choices.channel.value,
        "audience": choices.audience.value,
        "archive": f'archive = "{choices.archive}"' if choices.archive else _NO_ARCHIVE,
        "signature": choices.signature,
    }
    wanted = [name for name in _FILES if name != _CLOSING or choices.signature]
    return {name: _filled(name, values) for name in wanted}


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = (template_dir() / "start" / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def write_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files in the place of those that are there. They are a team's: others may read them.

    Returns:
        Their paths.

    Raises:
        OSError: one can't be written.
    """
    paths = {folder / name: text for name, text in files.items()}
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return list(paths)
