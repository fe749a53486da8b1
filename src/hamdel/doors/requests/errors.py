"""What can be wrong with a request, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from hamdel.base.deadline import LONGEST, SECONDS
from hamdel.base.digits import persian_digits
from hamdel.doors.told import worded
from hamdel.errors import HamdelError, InputError, TooLateError, TooLongError
from hamdel.identifiers import mask_identifiers
from hamdel.model import Lang

__all__ = ["Problem", "RequestError", "refused", "translated"]


class Problem(StrEnum):
    """What an error is about; each door has its own code for it."""

    UNKNOWN_METHOD = "unknown-method"
    INVALID = "invalid"  # a parameter is unknown, missing or can't have its value
    TOO_LONG = "too-long"
    TOO_LATE = "too-late"  # a text costs more work than one may that others wait for
    FAILED = "failed"  # settings, archive or a template can't be used


class RequestError(Exception):
    """A request that can't be done.

    Args:
        kind: what is wrong.
        message_fa, message_en: a line for people; what is personal in it is covered.
        where: the parameter; empty when it is about none.
    """

    def __init__(self, kind: Problem, message_fa: str, message_en: str, where: str = "") -> None:
        super().__init__(mask_identifiers(message_en))
        self.kind = kind
        self.message_fa = mask_identifiers(message_fa)
        self.message_en = str(self)
        self.where = mask_identifiers(where)

    def message(self, lang: Lang) -> str:
        """Return the line in a language."""
        return self.message_fa if lang is Lang.FA else self.message_en


_TEXTS = {
    "unknown_method": (
        Problem.UNKNOWN_METHOD,
        "درخواستی به نام «{name}» نیست؛ این‌ها هست: {known}",
        'no method is called "{name}"; there are {known}',
    ),
    "unknown": (Problem.INVALID, "پارامتری به نام «{name}» نیست{hint_fa}", 'no parameter is called "{name}"{hint_en}'),
    "missing": (Problem.INVALID, "«{name}» نیامده است", "{name} is missing"),
    "wrong": (Problem.INVALID, "«{name}» باید {kind_fa} باشد", "{name} must be {kind_en}"),
    "too_long": (
        Problem.TOO_LONG,
        "«{name}» {size_fa} نویسه دارد؛ بیش از {most_fa} خوانده نمی‌شود: آن را در چند بخش بررسی کنید",
        "{name} has {size} characters; {most} are read at most: check it in parts",
    ),
    "no_archive": (
        Problem.FAILED,
        "هنوز بایگانی‌ای نیست؛ با archive/add یا `hamdel archive import` ساخته می‌شود",
        "there is no archive yet; archive/add or `hamdel archive import` makes one",
    ),
    "unknown_value": (Problem.INVALID, "چنین «{name}»ی نیست، یا دیگر نیست", "there is no such {name}, or not any more"),
    "no_labels": (
        Problem.FAILED,
        "این‌جا جایی برای نوشتن برچسب‌ها تعیین نشده است",
        "no file for labels was chosen here",
    ),
    "no_finding": (
        Problem.INVALID,
        "«{name}» در این پیش‌نویس چیزی نیافته است",
        "{name} finds nothing in this draft, or not there",
    ),
    "no_check": (Problem.INVALID, "بررسی‌ای به نام «{name}» نیست", 'no check is called "{name}"'),
    "no_words": (Problem.INVALID, "در این جای پیش‌نویس چیزی نوشته نشده است", "the draft has no words there"),
}


def refused(what: str, *, where: str = "", **values: str) -> RequestError:
    """Return an error by the name of its text, with ``values`` put in."""
    kind, fa, en = _TEXTS[what]
    return RequestError(kind, fa.format(**values), en.format(**values), where)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what hamdel raises on purpose into a `RequestError`.

    Raises:
        RequestError: something of it was raised.
    """
    try:
        yield
    except HamdelError as error:
        raise _of(error) from error


def _of(error: HamdelError) -> RequestError:
    told = str(error)
    if isinstance(error, TooLongError):
        most = persian_digits(f"{LONGEST:,}").replace(",", "٬")
        return RequestError(Problem.TOO_LONG, f"متن از {most} نویسه بلندتر است؛ آن را در چند بخش بررسی کنید", told)
    if isinstance(error, TooLateError):
        most = persian_digits(f"{SECONDS:g}")
        text = f"بررسی این متن بیش از {most} ثانیه کار می‌برد؛ آن را در چند بخش بررسی کنید"
        return RequestError(Problem.TOO_LATE, text, told)
    if isinstance(error, InputError):
        return RequestError(Problem.INVALID, f"درخواست درست نیست: {told}", told)
    return RequestError(Problem.FAILED, worded(told) or f"انجام نشد: {told}", told)
