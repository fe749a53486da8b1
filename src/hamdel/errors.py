"""Everything that hamdel raises on purpose.

::

    HamdelError                 one clear line: what, where, what to do
    ├── InputError              a draft, customer message or past-replies file can't be read
    │   ├── TooLongError        a text is longer than a door takes that stays open for others
    │   └── TooLateError        a text costs more work than such a door gives it
    ├── ConfigError             hamdel.toml, [tool.hamdel] or an environment variable is wrong
    ├── PhrasebankError         a check's TOML file is wrong (file, line and key are named)
    ├── TemplateError           a suggestion template is wrong (file and line are named)
    ├── LexiconError            hazm's data can't be found or compiled
    ├── ModelError              the learned reader's file can't be used
    ├── ArchiveError            the archive of past replies can't be read or written
    └── AuditError              an audit's folder can't be used or written

Findings are values, never exceptions.
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "AuditError",
    "ConfigError",
    "HamdelError",
    "InputError",
    "LexiconError",
    "ModelError",
    "PhrasebankError",
    "TemplateError",
    "TooLateError",
    "TooLongError",
]


class HamdelError(Exception):
    """Base of all errors that a user can cause; ``str(error)`` is one line to show as it is."""


class InputError(HamdelError):
    """A text to be checked is missing or unreadable."""


class TooLongError(InputError):
    """A text is longer than a door takes that stays open for others."""


class TooLateError(InputError):
    """A text costs more work than a door gives it that stays open for others."""


class ConfigError(HamdelError):
    """A setting is unknown or has a value that can't be used."""


class PhrasebankError(HamdelError):
    """A check's definition is wrong; the message starts with ``file:line``."""


class TemplateError(HamdelError):
    """A suggestion template can't be compiled or rendered."""


class LexiconError(HamdelError):
    """The compiled lexicon can neither be read nor be built."""


class ModelError(HamdelError):
    """The learned reader's model is missing, damaged or of another version."""


class ArchiveError(HamdelError):
    """The archive can't be opened, read or written; what was stored before is untouched."""


class AuditError(HamdelError):
    """The folder of an audit can't be used or written; what was done before is kept."""
