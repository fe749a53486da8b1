"""Which hosts and origins may ask, decided before anything else.

A page elsewhere can reach a server on this machine: by DNS rebinding, where its own name leads here and all is of one
origin, or by requests across origins whose answers it doesn't see. The first is stopped by the names in ``Host``, the
second by ``Origin``, which browsers send with every POST and WebSocket; that there are no CORS headers stops neither.
A program that is no browser needs none beside its token; see `hamdel.doors.http.guard`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from hamdel.errors import ConfigError

__all__ = ["Names", "allowed_names", "in_address", "is_loopback", "plain_host"]

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_DEFAULT_PORTS = (80, 443)
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?")
_PORT = re.compile(r":([1-9]\d{0,4})\Z", re.ASCII)
_JOINERS = re.compile("[\u200c\u200d]")


@dataclass(frozen=True, slots=True)
class Names:
    """What this server is called.

    Attributes:
        hosts: values of ``Host``, lower case.
        origins: values of ``Origin``.
    """

    hosts: frozenset[str]
    origins: frozenset[str]


def plain_host(host: str) -> str:
    """Return an address or a name as browsers write it: lower case, IPv6 in its short form, without brackets."""
    name = host.lower().strip("[]")
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    name = plain_host(host)
    return name == "localhost" or _is(name, "is_loopback")


def _is(name: str, what: str) -> bool:
    try:
        return bool(getattr(ipaddress.ip_address(name), what))
    except ValueError:
        return False


def in_address(host: str) -> str:
    """Return a plain host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def allowed_names(host: str, port: int, public: Iterable[str] = ()) -> Names:
    """Return what a server may be called.

    Args:
        host: the address that it listens at.
        port: and the port.
        public: what a proxy in front of it is called, with a port where that isn't the usual one.

    Raises:
        ConfigError: it listens everywhere and nobody said what it is called; or a name is none.
    """
    own, public = plain_host(host), list(public)
    everywhere = not own or _is(own, "is_unspecified")
    if everywhere and not public:
        raise ConfigError(f"--host {host or '::'} needs --public-host NAME: what browsers call this server")
    names = [] if everywhere else [in_address(own)]
    names += _LOOPBACK if everywhere or is_loopback(own) else ()
    hosts = {f"{name}:{port}" for name in names}
    if port in _DEFAULT_PORTS:
        hosts |= set(names)
    origins = {f"http://{name}" for name in hosts}
    for name in map(_public, public):
        hosts |= {name} if _PORT.search(name) else {name, *(f"{name}:{usual}" for usual in _DEFAULT_PORTS)}
        origins |= {f"https://{name}", f"http://{name}"}
    return Names(frozenset(hosts), frozenset(origins))


def _public(given: str) -> str:
    """Return a public name as browsers write it: in ASCII, without the usual port.

    Raises:
        ConfigError: it is none.
    """
    port = _PORT.search(given) if given.count(":") == 1 or "]" in given else None
    name = plain_host(given[: port.start()] if port else given).removesuffix(".")
    try:
        if _JOINERS.search(name):
            raise UnicodeError  # Python's own rules leave them out, browsers' don't
        name = name if _is(name, "version") else name.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not _is(name, "version") and not _NAME.fullmatch(name):
        raise ConfigError(f'--public-host "{given}" must be a name such as hamdel.example.ir, or with a port')
    if port is None or int(port[1]) in _DEFAULT_PORTS:
        return in_address(name)
    return f"{in_address(name)}:{port[1]}"
