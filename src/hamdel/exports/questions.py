"""What has to be asked before an export can be read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from hamdel.errors import InputError

__all__ = ["Asked", "QuestionError"]


class Asked(StrEnum):
    """What an export may leave open; each is a field of `hamdel.exports.columns.Columns`."""

    TEAM = "team"
    DATE_ORDER = "date_order"
    PRESET = "preset"


class QuestionError(InputError):
    """Something has to be asked before an export can be read.

    Args:
        told: one line that names the option.
        asked: what is open.
        choices: the answers that are possible; none where anything is.
    """

    def __init__(self, told: str, asked: Asked, choices: Sequence[str] = ()) -> None:
        super().__init__(told)
        self.asked = asked
        self.choices = tuple(choices)
