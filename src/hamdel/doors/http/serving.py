"""A server from its options: a socket, an application, and the loop that serves it."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
from asyncio import CancelledError
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from hamdel.doors.http.app import make_app
from hamdel.doors.http.assets import read_assets
from hamdel.doors.http.audit_room import sweep
from hamdel.doors.http.audits import Audits
from hamdel.doors.http.desk import Desk
from hamdel.doors.http.guard import LARGEST
from hamdel.doors.http.lanes import Lanes
from hamdel.doors.http.patience import Impatient
from hamdel.doors.http.people import OneUser, Team, new_token
from hamdel.doors.http.practice import read_exercises
from hamdel.doors.http.rules import allowed_names, in_address, plain_host
from hamdel.doors.keeper import Place
from hamdel.doors.requests import LabelFile
from hamdel.errors import HamdelError

__all__ = ["USUAL_PORT", "Options", "run"]

USUAL_PORT = 8765
_GRACE = 2  # seconds that open connections get at the end
#: Seconds after which a thread that checks lets the one that listens go on; Python's own 5 ms is felt.
_SWITCH = 0.001


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve.

    Attributes:
        place: where the settings come from.
        host: the address to listen at.
        port: the port; None for the usual one, or another one when that is taken.
        users: the team's users; None for one user with a token of this start.
        public: what a proxy in front of the server is called.
        proxy: the proxy's address, whose word is taken for who asks; empty for none.
        labels: where findings are noted that people object to.
        show_personal: mask nothing unless a request asks for it.
        practice: a file with messages to practise on; None for those of the page.
    """

    place: Place
    host: str
    port: int | None
    users: Path | None
    public: Sequence[str]
    proxy: str
    labels: Path
    show_personal: bool
    practice: Path | None = None


def run(options: Options, log: Callable[[str], None], started: Callable[[str], None]) -> None:
    """Serve until somebody stops it.

    Args:
        options: how.
        log: takes lines for people.
        started: takes the address to open, once the server listens there.

    Raises:
        HamdelError: the address can't be had, the options don't go together, or a file can't be used.
    """
    exercises = read_exercises(options.practice) if options.practice else []
    labels = LabelFile(options.labels)
    lanes = Lanes(options.place, labels, log, show_personal=options.show_personal)
    lanes.warm_up()
    _end_in_order()
    try:
        _serve(options, lanes, labels, started, exercises)
    finally:
        lanes.close()


def _serve(
    options: Options,
    lanes: Lanes,
    labels: LabelFile,
    started: Callable[[str], None],
    exercises: Sequence[Mapping[str, str]],
) -> None:
    token = "" if options.users else new_token()
    door = Team(options.users) if options.users else OneUser(token)
    lang = dict(options.place.options).get("lang")
    sweep()
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    audits = Audits(options.place)
    desk = Desk(lanes, door, options.place.archive is not None, labels, audits, lang, exercises)
    sys.setswitchinterval(_SWITCH)
    # uvicorn's last word, when all is closed, is a KeyboardInterrupt.
    with _listen(options.host, options.port) as listening, ExitStack() as closing, suppress(KeyboardInterrupt):
        port = listening.getsockname()[1]
        app = make_app(desk, allowed_names(options.host, port, options.public), read_assets())
        address = f"http://{_shown(options.host)}:{port}/"
        told = f"{address}#t={token}" if token else address
        closing.callback(audits.close)
        _Server(uvicorn.Config(app, **_settings(options)), lambda: started(told)).run([listening])


def _end_in_order() -> None:
    """See that whatever ends us leaves nothing behind: a service's manager, or a terminal that is closed.

    uvicorn takes SIGTERM, and when all connections are closed raises it again.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    hung_up = getattr(signal, "SIGHUP", None)  # not on Windows
    if hung_up and signal.getsignal(hung_up) is not signal.SIG_IGN:  # as nohup has it
        signal.signal(hung_up, lambda *_: signal.raise_signal(signal.SIGTERM))


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out that what was under way at the end was given up."""
    return not (record.exc_info and isinstance(record.exc_info[1], CancelledError))


def _settings(options: Options) -> dict[str, Any]:
    return {
        "log_config": None,
        "log_level": logging.WARNING,
        "access_log": False,  # addresses have nothing personal, but who asked when isn't for a log either
        "server_header": False,
        "proxy_headers": bool(options.proxy),
        "forwarded_allow_ips": options.proxy or None,
        "http": Impatient,
        "ws": "websockets-sansio",
        "ws_max_size": LARGEST,
        "ws_per_message_deflate": False,  # costs more time than it saves on one machine
        "timeout_graceful_shutdown": _GRACE,
        "lifespan": "off",
    }


def _shown(host: str) -> str:
    own = plain_host(host)
    return "127.0.0.1" if own == "localhost" else in_address(own)


class _Server(uvicorn.Server):
    """A server that tells its address when it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()


def _listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens.

    Raises:
        HamdelError: the address can't be had.
    """
    try:
        try:
            return _bound(plain_host(host), USUAL_PORT if port is None else port)
        except OSError as error:
            if port is not None or error.errno != errno.EADDRINUSE:
                raise
            return _bound(plain_host(host), 0)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)  # without the address that Python adds
        raise HamdelError(f"{host}:{USUAL_PORT if port is None else port}: {reason.lower()}") from None


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)
