"""What each method does. All of them run in one thread, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import hamdel
from hamdel.base.deadline import require_short, within
from hamdel.checks.explained import explain
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.stdio.messages import Code, Refusal
from hamdel.doors.stdio.params import TALK, Reader, Taken, boolean, number, path, settings, take, text
from hamdel.errors import ArchiveError, ConfigError, HamdelError, InputError, TooLateError, TooLongError
from hamdel.render import archive as archive_render
from hamdel.render.check.check_json import explained_to_dict
from hamdel.render.report import edits_json, json_report
from hamdel.settings.keys import choice_of

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.checker import Checker

__all__ = ["LONGEST", "PROTOCOL", "Methods"]

PROTOCOL = "hamdel/stdio/1"
#: Bytes in a line that is read; a longer one is skipped and answered with an error.
LONGEST = 16 * 1024 * 1024
_SETTINGS = ("audience", "channel", "address", "lang")
_INITIALIZE: dict[str, Reader] = {"folder": path, "config": path, "archive": path, "settings": settings}
_TALK_ONLY = ("document", "show_personal_data")


@dataclass
class Methods:
    """The methods of `hamdel stdio`.

    Args:
        keeper: keeps checkers and archives.
        place: where the settings come from, unless `initialize` says otherwise.
        show_personal: mask nothing unless a request asks for it.
        log: takes lines for people.
    """

    keeper: Keeper
    place: Place
    show_personal: bool
    log: Callable[[str], None]
    _problem: str = ""

    def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Do what a request asks for, and return its result.

        Raises:
            Refusal: the method is unknown, its parameters are wrong, or it can't be done.
        """
        known = _METHODS.get(method)
        if known is None:
            raise Refusal(Code.UNKNOWN_METHOD, f'no method is called "{method[:80]}"; initialize lists them')
        try:
            return known(self, params)
        except TooLongError as error:
            raise Refusal(Code.TOO_LONG, str(error)) from error
        except TooLateError as error:
            raise Refusal(Code.TOO_LATE, str(error)) from error
        except InputError as error:
            raise Refusal(Code.INVALID_PARAMS, str(error)) from error
        except HamdelError as error:
            raise Refusal(Code.FAILED, str(error)) from error

    def initialize(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Take over where settings come from; load everything for the first check."""
        given = take(params, _INITIALIZE)
        place = self.place
        if "folder" in given:
            place = replace(place, folder=given["folder"])
        if "config" in given:
            place = replace(place, file=given["config"])
        if "archive" in given:
            place = replace(place, archive=given["archive"], no_archive=False)
        if "settings" in given:
            place = replace(place, options=_options(place, given["settings"]))
        source = self._checker(place).config.source
        self.place = place
        return {
            "protocol": PROTOCOL,
            "name": "hamdel",
            "version": hamdel.__version__,
            "schemas": [json_report.SCHEMA, edits_json.FIX_SCHEMA, edits_json.IMPROVEMENT_SCHEMA],
            "capabilities": {
                "methods": [*_METHODS, "cancel"],
                "batches": True,
                "max_message_bytes": LONGEST,
                "offsets": ["code points", "utf-16"],
            },
            "config": str(source) if source else None,
        }

    def check(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Check a draft."""
        given = take(params, TALK, "draft")
        checker = self._checker()
        with _bounded(given):
            report = checker.check(**_about(given))
        return json_report.to_dict(report, show_personal=self._shows(given))

    def fix(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Apply the safe edits of a draft."""
        given = take(params, {**TALK, "offered": boolean}, "draft")
        checker = self._checker()
        with _bounded(given):
            fixed = checker.fix(**_about(given))
        return edits_json.fixed_to_dict(fixed, show_personal=self._shows(given))

    def improve(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Write a better draft."""
        given = take(params, {**TALK, "situation": text}, "draft")
        checker = self._checker()
        with _bounded(given):
            improved = checker.improve(**_about(given))
        return edits_json.improved_to_dict(improved, show_personal=self._shows(given))

    def explain(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Tell everything about a check."""
        given = take(params, {"check": text}, "check")
        checker = self._checker()
        known = explain(given["check"], checker.config, checker.checks)
        return explained_to_dict(known.check, known.level, known.sources, known.measured, known.told)

    def add(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Remember a reply that was sent."""
        kinds = {"reply": text, "customer_id": text, "agent": text, "channel": text, "time": number(0, 2**40)}
        given = take(params, kinds, "reply")
        require_short("reply", given["reply"])
        archive = self.keeper.archive(self.place, self._checker().config, write=True)
        assert archive is not None  # one that is to be written is made
        if "customer_id" in given:
            given["customer"] = given.pop("customer_id")
        return {"added": archive.add(given.pop("reply"), **given)}

    def search(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Find near copies of a text among earlier replies."""
        kinds = {"text": text, "at": number(50, 100, whole=False), "limit": number(1, 1000), "sentences": boolean}
        given = take(params, kinds, "text")
        archive = self._searched()
        search = archive.sentence_matches if given.get("sentences") else archive.search
        with _bounded(given):
            found = search(given["text"], float(given.get("at", 85)))[: given.get("limit", 10)]
        return {"matches": [archive_render.to_dict(match) for match in found]}

    def shutdown(self, params: Mapping[str, Any]) -> None:
        """Nothing more will be asked; the process ends after the answer."""
        take(params, {})

    def _searched(self) -> Archive:
        """The archive, which must be there.

        Raises:
            ArchiveError: there is none.
        """
        archive = self.keeper.archive(self.place, self._checker().config)
        if archive is None:
            raise ArchiveError("there is no archive yet; archive/add or `hamdel archive import` makes one")
        return archive

    def _checker(self, place: Place | None = None) -> Checker:
        """The checker; what is wrong with changed settings is logged once, and the last good ones stay."""
        place = place or self.place
        checker = self.keeper.checker(place)
        problem = self.keeper.problem(place)
        if problem and problem != self._problem:
            self.log(f"{problem}\nthe settings from before stay in force")
        self._problem = problem
        return checker

    def _shows(self, given: Taken) -> bool:
        shows: bool = given.get("show_personal_data", self.show_personal)
        return shows


_METHODS: dict[str, Callable[[Methods, Mapping[str, Any]], Any]] = {
    "initialize": Methods.initialize,
    "check": Methods.check,
    "fix": Methods.fix,
    "improve": Methods.improve,
    "explain": Methods.explain,
    "archive/add": Methods.add,
    "archive/search": Methods.search,
    "shutdown": Methods.shutdown,
}


def _about(given: Taken) -> Taken:
    """What the checker is told of a conversation."""
    return {name: value for name, value in given.items() if name not in _TALK_ONLY}


@contextmanager
def _bounded(given: Taken) -> Iterator[None]:
    """Let nobody wait long for what is done with the texts of one request.

    Raises:
        TooLongError: a text is too long.
        TooLateError: they cost too much work.
    """
    for name, value in given.items():
        for text_ in value if isinstance(value, tuple) else (value,):
            if isinstance(text_, str):
                require_short(name, text_)
    with within():
        yield


def _options(place: Place, given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Settings that a program gives, after those of the command line.

    Raises:
        ConfigError: one is unknown or can't have its value.
    """
    for name in given:
        if name not in _SETTINGS:
            raise ConfigError(f'settings: no setting is called "{name[:80]}"; there are {", ".join(_SETTINGS)}')
    chosen = {name: choice_of(name, value, f"settings.{name}") for name, value in given.items() if value is not None}
    return tuple({**dict(place.options), **chosen}.items())
