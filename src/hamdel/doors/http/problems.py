"""What goes wrong, as RFC 9457 has it (``application/problem+json``), in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response

from hamdel.doors.requests import Problem, RequestError
from hamdel.doors.requests.errors import refused
from hamdel.model import Lang
from hamdel.render.text.json_text import line

__all__ = [
    "PROBLEM_TYPE", "STATUS", "Refused", "asked_language", "language", "phrase", "problem_of", "problem_response",
]  # fmt: skip

PROBLEM_TYPE = "application/problem+json"
STATUS = {
    Problem.UNKNOWN_METHOD: HTTPStatus.NOT_FOUND,
    Problem.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.TOO_LONG: HTTPStatus.UNPROCESSABLE_ENTITY,  # one text; the whole is 413
    Problem.TOO_LATE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.FAILED: HTTPStatus.CONFLICT,
}
#: Names of statuses as RFC 9110 has them; Python has them since 3.13.
_RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}


def phrase(status: int) -> str:
    """Return a status' name, the same on each Python."""
    return _RENAMED.get(status) or HTTPStatus(status).phrase


_TEXTS: Mapping[str, tuple[HTTPStatus, str, str]] = {
    "wrong-host": (
        HTTPStatus.MISDIRECTED_REQUEST,
        "این سرور به این نام پاسخ نمی‌دهد؛ نشانی‌ای را که هنگام شروع نوشته شد باز کنید",
        "this server doesn't answer to that name; open the address that was printed at its start",
    ),
    "wrong-origin": (
        HTTPStatus.FORBIDDEN,
        "درخواست از صفحهٔ دیگری آمده است، یا نه می‌گوید از کجا (سرآیند Origin) و نه رمزی دارد",
        "the request comes from another page, or has neither an origin (the header Origin) nor a token",
    ),
    "no-token": (
        HTTPStatus.UNAUTHORIZED,
        "رمز این سرور لازم است؛ نشانی کامل را از همان‌جا که سرور شروع شد باز کنید، یا رمز خودتان را بنویسید",
        "a token is needed; open the whole address that was printed at the start, or enter your own",
    ),
    "not-yours": (HTTPStatus.FORBIDDEN, "این کار با سرپرست است", "only a lead may do this"),
    "not-found": (HTTPStatus.NOT_FOUND, "چنین نشانی‌ای نیست", "there is nothing at this address"),
    "wrong-method": (HTTPStatus.METHOD_NOT_ALLOWED, "این نشانی این فعل را نمی‌پذیرد", "not with this verb"),
    "not-json": (HTTPStatus.BAD_REQUEST, "بدنهٔ درخواست JSON نیست", "the body isn't JSON in UTF-8"),
    "not-object": (HTTPStatus.BAD_REQUEST, "بدنهٔ درخواست باید شیء JSON باشد", "the body must be a JSON object"),
    "wrong-type": (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "بدنهٔ درخواست باید application/json باشد",
        "the body must be application/json",
    ),
    "wrong-type-of-export": (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "فایل باید application/octet-stream باشد",
        "an export must be application/octet-stream",
    ),
    "too-large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "درخواست خیلی بزرگ است", "the request is too large"),
    "too-slow": (HTTPStatus.REQUEST_TIMEOUT, "درخواست خیلی کند رسید", "the request came too slowly"),
    "too-many": (
        HTTPStatus.TOO_MANY_REQUESTS,
        "درخواست‌ها خیلی پشت سر هم است؛ کمی صبر کنید",
        "too many requests; wait a little",
    ),
    "no-archive": (
        HTTPStatus.CONFLICT,
        "بایگانی‌ای برای نوشتن تعیین نشده است؛ سرور را با --archive شروع کنید",
        "no archive to add to was chosen; start the server with --archive",
    ),
    "busy": (
        HTTPStatus.CONFLICT,
        "بررسی دیگری در جریان است؛ صبر کنید تا تمام شود",
        "another audit is running; wait until it is done",
    ),
    "no-audit": (
        HTTPStatus.CONFLICT,
        "این‌جا بسته‌های لازم برای بررسی پاسخ‌ها نیست: pip install 'hamdel[audit]'",
        "the packages that an audit needs aren't here: pip install 'hamdel[audit]'",
    ),
    "internal": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "خطایی در خود همدل پیش آمد؛ لطفاً گزارشش کنید",
        "an error of hamdel's own; please report it",
    ),
}


class Refused(Exception):  # noqa: N818 - an answer, not a fault of ours
    """A request that gets a problem for an answer.

    Args:
        what: which one; the name of its text.
        headers: what the answer says besides.
    """

    def __init__(self, what: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class _Told:
    kind: str
    status: HTTPStatus
    fa: str
    en: str
    where: str = ""


def _told(error: Refused | RequestError) -> _Told:
    if isinstance(error, RequestError):
        return _Told(error.kind.value, STATUS[error.kind], error.message_fa, error.message_en, error.where)
    status, fa, en = _TEXTS[error.what]
    return _Told(error.what, status, fa, en)


def problem_of(error: Refused | RequestError, lang: Lang) -> dict[str, Any]:
    """Return an error as a problem: ``detail`` in one language, and the line in both."""
    told = _told(error)
    return {
        "type": f"urn:hamdel:problem:{told.kind}",
        "title": phrase(told.status),
        "status": told.status.value,
        "detail": told.fa if lang is Lang.FA else told.en,
        "kind": told.kind,
        "where": told.where,
        "fa": told.fa,
        "en": told.en,
    }


def problem_response(error: Refused | RequestError, lang: Lang) -> Response:
    """Return the response that tells an error."""
    headers = dict(error.headers) if isinstance(error, Refused) else {}
    return Response(
        line(problem_of(error, lang)),
        _told(error).status,
        {**headers, "Content-Language": lang.value},
        PROBLEM_TYPE,
    )


def asked_language(query: QueryParams) -> Lang | None:
    """Return the language that an address asks for (``?lang=en``); None when it doesn't.

    Raises:
        RequestError: it asks for one that we don't have, or for several.
    """
    asked = query.getlist("lang")
    if not asked:
        return None
    if len(asked) > 1 or asked[0] not in list(Lang):
        raise refused("wrong", where="lang", name="lang", kind_fa="fa یا en", kind_en="fa or en")
    return Lang(asked[0])


def language(headers: Headers, query: QueryParams) -> Lang:
    """Return the language to tell errors in: the address's, else the first of ``Accept-Language`` that we have."""
    asked = query.get("lang", "")
    return Lang(asked) if asked in list(Lang) else _accepted(headers.get("accept-language", "").split(","))


def _accepted(choices: Iterable[str]) -> Lang:
    weighed = []
    for place, choice in enumerate(choices):
        tag, _, weight = choice.partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in list(Lang):
            weighed.append((-_weight(weight), place, name))
    return Lang(min(weighed)[2]) if weighed else Lang.FA


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
