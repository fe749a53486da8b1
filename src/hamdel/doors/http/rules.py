"""Which hosts and origins may ask, decided before anything else.

A page elsewhere can reach a server on this machine: by DNS rebinding, where its own name leads here and all is of one
origin, or by requests across origins whose answers it doesn't see. The first is stopped by the names in ``Host``, the
second by ``Origin``, which browsers send with every POST and WebSocket; that there are no CORS headers stops neither.
A program that is no browser needs none beside its token; see `hamdel.doors.http.guard`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from hamdel.errors import ConfigError

__all__ = ["Names", "allowed_names", "is_loopback"]

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("0.0.0.0", "::", "")
_DEFAULT_PORTS = {80: "http", 443: "https"}


@dataclass(frozen=True, slots=True)
class Names:
    """What this server is called.

    Attributes:
        hosts: values of ``Host``, lower case.
        origins: values of ``Origin``.
    """

    hosts: frozenset[str]
    origins: frozenset[str]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_names(host: str, port: int, public: Iterable[str] = ()) -> Names:
    """Return what a server may be called.

    Args:
        host: the address that it listens at.
        port: and the port.
        public: what a proxy in front of it is called, with a port where that isn't the usual one.

    Raises:
        ConfigError: it listens everywhere and nobody said what it is called; or a name is none.
    """
    names = list(_LOOPBACK) if is_loopback(host) or host in _EVERYWHERE else [f"[{host}]" if ":" in host else host]
    hosts = {f"{name}:{port}" for name in names}
    if port in _DEFAULT_PORTS:
        hosts |= set(names)
    origins = {f"http://{name}" for name in hosts}
    public = [name.lower() for name in public]
    if host in _EVERYWHERE and not public:
        raise ConfigError(f"--host {host or '::'} needs --public-host NAME: what browsers call this server")
    for name in public:
        if not name or any(character in name for character in "/@*? "):
            raise ConfigError(f'--public-host "{name}" must be a name such as hamdel.example.ir, or with a port')
        hosts.add(name)
        origins |= {f"https://{name}", f"http://{name}"}
    return Names(frozenset(hosts), frozenset(origins))
