"""What may be known of a conversation: each field once, for options, parameters, settings, case files and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from hamdel.model.choices import Audience, Channel

__all__ = ["CONVERSATION", "Field", "Holds"]


class Holds(Enum):
    """What a field holds."""

    TEXT = "text"
    TEXTS = "texts"
    CHOICE = "choice"
    COUNT = "count"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a `hamdel.model.Conversation`.

    Attributes:
        name: as in `Conversation`, in requests and, with hyphens, as an option.
        holds: what it holds; a count is 1 or more.
        fa, en: what it is, in a line for people.
        choices: its values, for a choice.
        metavar: what its value is called in the help of the command line.
        own_key: what it is called in a labelled case; its name when empty.
    """

    name: str
    holds: Holds
    fa: str
    en: str
    choices: type[StrEnum] | None = None
    metavar: str = ""
    own_key: str = ""

    @property
    def key(self) -> str:
        """Its name in a labelled case."""
        return self.own_key or self.name

    @property
    def camel(self) -> str:
        """Its name as settings of editors write names: ``customerId``."""
        first, *rest = self.name.split("_")
        return first + "".join(map(str.capitalize, rest))


_FIELDS = (
    Field("draft", Holds.TEXT, "پیش‌نویس پاسخ، همان‌طور که نوشته شده", "The agent's reply, raw.", metavar="FILE|-"),
    Field("customer", Holds.TEXT, "پیام مشتری", "The customer's message.", metavar="FILE|TEXT"),
    Field(
        "past",
        Holds.TEXTS,
        "پاسخ‌های پیشین برای مقایسه، به جای بایگانی",
        "Earlier replies to compare with, in place of the archive.",
        metavar="FILE",
        own_key="history",
    ),
    Field("audience", Holds.CHOICE, "خواننده کیست", "Who reads it; consumer unless set otherwise.", Audience),
    Field("channel", Holds.CHOICE, "از چه راهی فرستاده می‌شود", "Where it is sent; chat unless set otherwise.", Channel),
    Field("turn", Holds.COUNT, "چندمین پاسخ است: ۱ برای نخستین", "1 for a first reply, 2 … later.", metavar="N"),
    Field("customer_id", Holds.TEXT, "مشتری، چنان‌که در بایگانی است", "The customer, as in the archive.", metavar="ID"),
    Field("agent", Holds.TEXT, "پاسخ‌دهنده، چنان‌که در بایگانی است", "Who answers, as in the archive.", metavar="NAME"),
    Field(
        "same_customer",
        Holds.FLAG,
        "پاسخ‌های پیشین به همین مشتری بوده‌اند",
        "The earlier replies went to this customer.",
    ),
)
#: The fields by name, in the order in which people are told of them.
CONVERSATION: Mapping[str, Field] = {field.name: field for field in _FIELDS}
