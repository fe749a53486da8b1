"""What has to be asked before an export can be read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from hamdel.errors import InputError

__all__ = ["Asked", "QuestionError"]


class Asked(StrEnum):
    """What an export may leave open; each but the last is a field of `hamdel.exports.columns.Columns`."""

    TEAM = "team"
    DATE_ORDER = "date_order"
    PRESET = "preset"
    COLUMN = "column"


class QuestionError(InputError):
    """Something has to be asked before an export can be read.

    Args:
        told: one line that names the option.
        asked: what is open.
        choices: the answers that are possible; none where anything is.
        column: that is asked about; its answers are roles, or that it has none of them.
    """

    def __init__(self, told: str, asked: Asked, choices: Sequence[str] = (), column: str = "") -> None:
        super().__init__(told)
        self.asked = asked
        self.column = column
        self.choices = tuple(choices)
