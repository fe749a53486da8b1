"""The methods: their names, their parameters, and what they return; what they do is in `requests`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hamdel.base.deadline import LONGEST
from hamdel.doors.requests.params import Param, boolean, choice, conversation, number, text

__all__ = ["METHODS", "NOT_ABOUT_IT", "VERDICTS", "Method"]

#: Parameters that say nothing of the conversation: which document it is, and whether to mask.
NOT_ABOUT_IT = ("document", "show_personal_data")

#: «این درست نیست»: a finding is wrong, the first and usual one; «این هم ایراد دارد»: nothing was found where it should.
VERDICTS = ("wrong", "missed")

_NOTE = 2000  # characters of what people say about a finding


@dataclass(frozen=True, slots=True)
class Method:
    """One method.

    Attributes:
        name: what it is called.
        params: what it takes.
        fa, en: what it does, in a line for people.
        returns: the schema of its result, as ``hamdel/report/1``; empty when it has none of its own.
        changes: whether something is different afterwards: the archive, a file.
        result: what is sure of a result without a schema of its own, in JSON Schema.
    """

    name: str
    params: tuple[Param, ...]
    fa: str
    en: str
    returns: str = ""
    changes: bool = False
    result: Mapping[str, Any] = field(default_factory=dict)

    def takes(self, name: str) -> bool:
        """Whether it has a parameter of this name."""
        return any(param.name == name for param in self.params)


def _result(**properties: str) -> dict[str, Any]:
    """The schema of an object with these members, each of a type."""
    typed = {name: {"type": kind} for name, kind in properties.items()}
    return {"type": "object", "required": list(properties), "properties": typed}


_TALK = (*conversation(), text("document"), boolean("show_personal_data"))
_SENT = (
    text("reply").must(),
    *conversation("customer_id", "agent"),
    text("channel"),  # any name, as in the archive
    number("time", 0, 2**40),
)
_SEARCHED = (
    text("text").must(),
    number("at", 50, 100, whole=False),
    number("limit", 1, 1000),
    boolean("sentences"),
)
_OBJECTED = (
    *conversation("draft", "customer", "past", "audience", "channel", "turn", "customer_id", "agent", "same_customer"),
    text("check").must(),
    number("start", 0, LONGEST),
    number("end", 0, LONGEST),
    choice("verdict", VERDICTS),
    text("note", longest=_NOTE),
)
_ALL = (
    Method("check", _TALK, "پیش‌نویس را بررسی می‌کند", "Check a draft.", "hamdel/report/1"),
    Method(
        "fix",
        (*_TALK, boolean("offered")),
        "اصلاح‌های امن را انجام می‌دهد",
        "Apply the safe edits of a draft.",
        "hamdel/fix/1",
    ),
    Method(
        "improve",
        (*_TALK, text("situation")),
        "پاسخی بهتر می‌نویسد",
        "Write a better draft.",
        "hamdel/improvement/1",
    ),
    Method(
        "acts",
        _TALK,
        "می‌گوید هر جملهٔ پاسخ برای مشتری چه می‌کند",
        "Tell what each sentence of a draft does for the customer.",
        result=_result(sentences="array"),
    ),
    Method(
        "faults",
        (
            *conversation(),
            text("document"),
            number("start", 0, LONGEST),
            number("end", 0, LONGEST),
        ),
        "ایرادهایی که بخشی از پیش‌نویس شاید دارد، محتمل‌ترین اول",
        "List the faults that words of a draft may have, likeliest first.",
        result=_result(faults="array"),
    ),
    Method(
        "explain",
        (text("check").must(),),
        "همه‌چیز را دربارهٔ یک بررسی می‌گوید",
        "Tell everything about a check.",
        result=_result(id="string", severity="string", title="object", message="object", why="object", sources="array"),
    ),
    Method(
        "checks",
        (),
        "همهٔ بررسی‌ها و شدتشان",
        "List all checks with their severity in force.",
        result=_result(checks="array"),
    ),
    Method(
        "skeletons",
        (),
        "موقعیت‌هایی که برایشان چارچوب پاسخ هست",
        "List the situations that have a skeleton.",
        result=_result(skeletons="array"),
    ),
    Method(
        "archive/add",
        _SENT,
        "پاسخی را که فرستاده شد به یاد می‌سپارد",
        "Remember a reply that was sent.",
        changes=True,
        result=_result(added="boolean"),
    ),
    Method(
        "archive/search",
        _SEARCHED,
        "پاسخ‌های همانند را می‌یابد",
        "Find near copies of a text among earlier replies.",
        result=_result(matches="array"),
    ),
    Method(
        "label",
        _OBJECTED,
        "«این درست نیست» یا «این هم ایراد دارد»: برای ارزیابی و یادگیری، با پوشاندن دادهٔ شخصی، یادداشت می‌کند",
        "Note, masked, for `hamdel evaluate` and `hamdel learn`, that a finding isn't right, or that one is missing.",
        changes=True,
        result=_result(labelled="boolean"),
    ),
)
#: All methods by name.
METHODS: Mapping[str, Method] = {method.name: method for method in _ALL}
