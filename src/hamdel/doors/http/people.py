"""Who may ask: whoever has the token of this start, or in a team each by a token of their own."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from hamdel.base.atomic import make_folder, write_atomically
from hamdel.base.files import read_regular
from hamdel.base.folder_lock import in_turn
from hamdel.errors import ConfigError
from hamdel.render.text.json_text import dumps

__all__ = ["Door", "OneUser", "Person", "Role", "Team", "User", "add_user", "new_token", "read_users", "remove_user"]

_SCHEMA = "hamdel/users/1"
_NAME = re.compile(r"[^\W_](?:[\w .\-]|\u200c(?=[^\W_])){0,63}")  # «حاجی‌زاده» has a ZWNJ
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Role(StrEnum):
    """What somebody may do."""

    AGENT = "agent"  # check, improve, send
    LEAD = "lead"  # that, audit, and see what others object to


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks.

    Attributes:
        name: empty for the only user of a server without a users file.
        role: what they may do.
        agent: what they are called in the archive; empty to believe what a request says.
    """

    name: str
    role: Role
    agent: str = ""


class Door(Protocol):
    """Tells who somebody is."""

    def person(self, token: str) -> Person | None:
        """Return whose token it is; None when nobody's."""


def new_token() -> str:
    """Return 256 random bits as text for an address or a header."""
    return secrets.token_urlsafe(32)


def _digest(token: str) -> str:
    """What is stored of a token.

    A slow hash, such as scrypt, protects what people think up. A token has 256 random bits, which nobody guesses, and
    is looked at with each request, where a slow one would cost 50 ms.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class OneUser:
    """One user, who may do everything, and has the token of this start.

    Args:
        token: the token.
    """

    def __init__(self, token: str) -> None:
        self._digest = _digest(token)
        self._person = Person("", Role.LEAD)

    def person(self, token: str) -> Person | None:
        """See `Door.person`."""
        return self._person if hmac.compare_digest(_digest(token), self._digest) else None


@dataclass(frozen=True, slots=True)
class User:
    """One entry of a users file.

    Attributes:
        role: what they may do.
        token: the digest of their token.
        agent: what they are called in the archive.
    """

    role: Role
    token: str
    agent: str


def read_users(path: Path) -> dict[str, User]:
    """Return the users by name.

    Raises:
        ConfigError: the file can't be read or used.
    """
    try:
        data = json.loads(read_regular(path).decode("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"{path}: {reason}; `hamdel serve add-user` makes it") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not JSON: {error}") from None
    users = data.get("users") if isinstance(data, dict) and data.get("schema") == _SCHEMA else None
    if not isinstance(users, dict):
        raise ConfigError(f'{path}: no users file; `hamdel serve add-user` makes one, whose "schema" is "{_SCHEMA}"')
    return {name: _user(path, name, entry) for name, entry in users.items()}


def _user(path: Path, name: str, entry: Any) -> User:
    fields = entry if isinstance(entry, dict) else {}
    role, token, agent = fields.get("role"), fields.get("token_sha256"), fields.get("agent", name)
    if role not in list(Role) or not isinstance(agent, str):
        raise ConfigError(f'{path}: user "{name}" needs a role, one of {", ".join(Role)}')
    if not isinstance(token, str) or not _DIGEST.fullmatch(token):
        raise ConfigError(f'{path}: user "{name}" needs a token_sha256; remove-user and add-user again')
    return User(Role(role), token, agent)


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Let nobody else change a users file meanwhile: who is added by two at once must both be in it.

    Raises:
        ConfigError: its folder can't be used.
    """
    try:
        folder = path.resolve().parent
        make_folder(folder)
        with in_turn(folder):
            yield
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from None


def _write(path: Path, users: Mapping[str, User]) -> None:
    entries = {name: {"role": u.role.value, "token_sha256": u.token, "agent": u.agent} for name, u in users.items()}
    # Where a link leads: else it would be a file of its own from now on.
    write_atomically(path.resolve(), dumps({"schema": _SCHEMA, "users": entries}).encode("utf-8"))


def add_user(path: Path, name: str, role: Role, agent: str = "") -> str:
    """Add a user and return the token, which is stored nowhere; the file is made when there is none.

    Raises:
        ConfigError: there is such a user already, the name can't be used, or the file can't be read or written.
    """
    if not _NAME.fullmatch(name):
        raise ConfigError("a user's name has letters, digits, spaces, dots and hyphens, 64 at most")
    with _changing(path):
        users = read_users(path) if path.exists() else {}
        if name in users:
            raise ConfigError(f'{path}: there is a user "{name}"; remove-user first, to give them a new token')
        token = new_token()
        _write(path, {**users, name: User(role, _digest(token), agent or name)})
        return token


def remove_user(path: Path, name: str) -> None:
    """Remove a user; a server that is running takes their token no more.

    Raises:
        ConfigError: there is no such user, or the file can't be read or written.
    """
    read_users(path)  # no folder is made for a file that isn't there
    with _changing(path):
        users = read_users(path)
        if name not in users:
            raise ConfigError(f'{path}: there is no user "{name}"; there are {", ".join(users) or "none"}')
        _write(path, {other: user for other, user in users.items() if other != name})


@dataclass(slots=True)
class Team:
    """The users of a file, which is read again when it has changed.

    Args:
        path: the users file.

    Raises:
        ConfigError: it can't be used.
    """

    path: Path
    _stamp: tuple[int, int, int] | None = None
    _people: list[tuple[str, Person]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._read()

    def person(self, token: str) -> Person | None:
        """See `Door.person`; nobody is known while the file is broken, for who was removed must stay out."""
        try:
            self._read()
        except ConfigError:
            self._stamp, self._people = None, []
        digest, found = _digest(token), None
        for known, person in self._people:  # all of them, so that the time says nothing
            if hmac.compare_digest(digest, known):
                found = person
        return found

    def _read(self) -> None:
        stamp = _stamp(self.path)
        if stamp is None or stamp != self._stamp:
            users = read_users(self.path)
            self._people = [(user.token, Person(name, user.role, user.agent)) for name, user in users.items()]
            self._stamp = stamp


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for with each request, and faster
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
