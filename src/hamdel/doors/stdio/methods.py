"""The methods of `hamdel stdio`: hamdel's requests, and what only a pipe has: a beginning and an end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import hamdel
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests import METHODS, LabelFile, Problem, RequestError, Requests
from hamdel.doors.requests.errors import translated
from hamdel.doors.requests.params import path, record, take
from hamdel.doors.stdio.messages import Code, Refusal
from hamdel.errors import ConfigError
from hamdel.render.report import edits_json, json_report
from hamdel.settings.keys import OF_A_TALK, choice_of

__all__ = ["CHANGES", "LONGEST", "PROTOCOL", "Methods", "refusing"]

PROTOCOL = "hamdel/stdio/1"
#: Bytes in a line that is read; a longer one is skipped and answered with an error.
LONGEST = 16 * 1024 * 1024
_INITIALIZE = (path("folder"), path("config"), path("archive"), record("settings"))
#: Methods after which something is different.
CHANGES = ("initialize", "shutdown", *(name for name, method in METHODS.items() if method.changes))
_CODES = {
    Problem.UNKNOWN_METHOD: Code.UNKNOWN_METHOD,
    Problem.INVALID: Code.INVALID_PARAMS,
    Problem.TOO_LONG: Code.TOO_LONG,
    Problem.TOO_LATE: Code.TOO_LATE,
    Problem.FAILED: Code.FAILED,
}


def refusing(error: RequestError) -> Refusal:
    """Return an error as JSON-RPC has it."""
    return Refusal(_CODES[error.kind], error.message_en)


class Methods:
    """The methods of `hamdel stdio`.

    Args:
        keeper: keeps checkers and archives.
        place: where the settings come from, unless `initialize` says otherwise.
        show_personal: mask nothing unless a request asks for it.
        log: takes lines for people.
        labels: where findings are noted that people object to.
    """

    def __init__(
        self,
        keeper: Keeper,
        place: Place,
        show_personal: bool,
        log: Callable[[str], None],
        labels: LabelFile | None = None,
    ) -> None:
        self.keeper = keeper
        self._requests = Requests(keeper, place, show_personal, log, labels)

    def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Do what a request asks for, and return its result.

        Raises:
            Refusal: the method is unknown, its parameters are wrong, or it can't be done.
        """
        try:
            if method == "initialize":
                with translated():
                    return self._initialize(params)
            if method == "shutdown":
                take(params, ())
                return None
            return self._requests.answer(method, params)
        except RequestError as error:
            raise refusing(error) from error

    def _initialize(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Take over where settings come from; load everything for the first check."""
        given = take(params, _INITIALIZE)
        place = self._requests.place
        if "folder" in given:
            place = replace(place, folder=given["folder"])
        if "config" in given:
            place = replace(place, file=given["config"])
        if "archive" in given:
            place = replace(place, archive=given["archive"], no_archive=False)
        if "settings" in given:
            place = replace(place, options=_options(place, given["settings"]))
        source = self._requests.settings_file(place)
        self._requests.place = place
        return {
            "protocol": PROTOCOL,
            "name": "hamdel",
            "version": hamdel.__version__,
            "schemas": [json_report.SCHEMA, edits_json.FIX_SCHEMA, edits_json.IMPROVEMENT_SCHEMA],
            "capabilities": {
                "methods": ["initialize", *METHODS, "shutdown", "cancel"],
                "batches": True,
                "max_message_bytes": LONGEST,
                "offsets": ["code points", "utf-16"],
            },
            "config": source,
        }


def _options(place: Place, given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Settings that a program gives, after those of the command line.

    Raises:
        ConfigError: one is unknown or can't have its value.
    """
    for name in given:
        if name not in OF_A_TALK:
            raise ConfigError(f'settings: no setting is called "{name[:80]}"; there are {", ".join(OF_A_TALK)}')
    chosen = {name: choice_of(name, value, f"settings.{name}") for name, value in given.items() if value is not None}
    return tuple({**dict(place.options), **chosen}.items())
