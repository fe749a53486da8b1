"""The threads that work: one for what people wait for while typing, one for long texts, one for what is written.

A check is Python's own work, so that more threads would answer no faster; but nobody should wait for somebody else's
long mail, or for an archive that another process writes.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Timer
from typing import Any, TypeVar

from hamdel.base.slow_work import slow_work
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests import METHODS, LabelFile, Requests
from hamdel.errors import LexiconError
from hamdel.model import Lang
from hamdel.render.text.json_text import line

__all__ = ["Lanes"]

_LONG = 5_000  # characters that make a text a long one; a check of so many takes some 50 ms
_LATER = 1.5  # seconds after which nobody waits for the start any more
_WARMER = "سلام، تو باید صبر کنی."
_COMPILING = (sys.executable, "-P", "-c", "from hamdel.language.lexicon import Lexicon; Lexicon.open()")
_T = TypeVar("_T")


class Lanes:
    """Answers requests in threads of their own.

    Args:
        place: where the settings come from.
        labels: where findings are noted that people object to.
        log: takes lines for people.
        show_personal: mask nothing unless a request asks for it.
    """

    def __init__(
        self, place: Place, labels: LabelFile | None, log: Callable[[str], None], *, show_personal: bool = False
    ) -> None:
        self._place = place
        self._labels = labels
        self._log = log
        self._show_personal = show_personal
        self._quick, self._slow, self._archive = Keeper(), Keeper(), Keeper()
        self._made: dict[tuple[bool, Lang | None], Requests] = {}
        self._later = Timer(_LATER, self._warmer)
        self._later.daemon = True
        self._compiling: subprocess.Popen[bytes] | None = None
        #: Whether the first check has to wait until the word lists are compiled.
        self.preparing = False
        self._threads = {name: ThreadPoolExecutor(1, f"hamdel-{name}") for name in ("quick", "slow", "writing")}

    def warm_up(self) -> None:
        """Begin to load what any check needs, and a little later what only some need."""
        requests = self._requests(False, None)
        self.preparing = _must_compile()
        if self.preparing:
            self._threads["quick"].submit(self._compile)
        self._threads["quick"].submit(requests.settings_file)
        if self.preparing:
            self._warmer()  # at once, for somebody will wait for it
        else:
            self._later.start()

    def _compile(self) -> None:
        """Compile the word lists in a process of its own: here it would hold up whatever the page asks for meanwhile.

        Should that fail, the first check compiles them, or says what is wrong.
        """
        with suppress(OSError), slow_work():
            quiet = subprocess.DEVNULL
            self._compiling = subprocess.Popen(_COMPILING, stdin=quiet, stdout=quiet, stderr=quiet)
            self._compiling.wait()

    def _warmer(self) -> None:
        with suppress(RuntimeError):  # the server has ended
            checked = self._threads["quick"].submit(
                self._requests(False, None).answer, "check", {"draft": _WARMER}
            )
            checked.add_done_callback(self._prepared)

    def _prepared(self, _: Future[Any]) -> None:
        self.preparing = False

    async def answer(self, method: str, params: Mapping[str, Any], lang: Lang | None) -> str:
        """Do what a request asks for; nothing is begun any more once whoever waits is cancelled.

        Args:
            method: its name.
            params: its parameters, as JSON has them.
            lang: the language to answer in; the settings' when None.

        Returns:
            The result in JSON.

        Raises:
            RequestError: it can't be done.
        """
        long = _size(params) > _LONG
        known = METHODS.get(method)
        lane = "writing" if known and known.changes else "slow" if long else "quick"
        requests = self._requests(long, lang)
        return await self.run(lane, lambda: line(requests.answer(method, params)))

    async def run(self, lane: str, work: Callable[[], _T]) -> _T:
        """Do some work in a lane's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads[lane], work)

    def close(self) -> None:
        """End all threads, and close the archives."""
        self._later.cancel()
        for thread in self._threads.values():
            thread.shutdown(wait=False, cancel_futures=True)
        if self._compiling:  # now that no check will do it instead; what it writes is put in its place when it is whole
            self._compiling.kill()
        for thread in self._threads.values():
            thread.shutdown()
        for keeper in (self._quick, self._slow, self._archive):
            keeper.close()

    def _requests(self, long: bool, lang: Lang | None) -> Requests:
        made = self._made.get((long, lang))
        if made is None:
            options = {**dict(self._place.options), **({"lang": lang} if lang else {})}
            place = replace(self._place, options=tuple(options.items()))
            keeper = self._slow if long else self._quick
            made = Requests(keeper, place, self._show_personal, self._log, self._labels, self._archive)
            self._made[long, lang] = made
        return made


def _must_compile() -> bool:
    """Whether the lexicon isn't there yet."""
    from hamdel.language.lexicon import Lexicon  # here, for the server answers before it is imported

    try:
        return not Lexicon.is_compiled()
    except LexiconError:
        return False  # the first check says what is wrong


def _size(params: Mapping[str, Any]) -> int:
    """Characters in the texts of a request."""
    texts = [one for value in params.values() for one in (value if isinstance(value, list) else (value,))]
    return sum(len(text) for text in texts if isinstance(text, str))
