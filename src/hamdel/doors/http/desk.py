"""What all requests share: who asks, how often, and who works for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import hamdel
from hamdel.doors.http.audit_methods import can_audit
from hamdel.doors.http.audits import LARGEST_EXPORT, Audits
from hamdel.doors.http.guard import LARGEST
from hamdel.doors.http.lanes import Lanes
from hamdel.doors.http.limits import Buckets
from hamdel.doors.http.people import Door, Person, Role
from hamdel.doors.http.problems import Refused
from hamdel.doors.requests import METHODS, LabelFile

__all__ = ["Desk"]

#: Requests a second for each person, and at once: as fast as anybody types, and a script that audits slows down.
_RATE, _BURST = 40.0, 120.0
_WRONG_RATE, _WRONG_BURST = 1.0, 20.0  # wrong tokens from an address


@dataclass
class Desk:
    """What all requests share.

    Attributes:
        lanes: do the work.
        door: tells who somebody is.
        may_add: whether replies that are sent may be added to the archive.
        labels: where findings are noted that people object to.
        audits: those from the page; None where there can't be any.
        lang: the language of the settings, if the command line chose one.
        practice: a team's own messages to practise on; none for those of the page.
    """

    lanes: Lanes
    door: Door
    may_add: bool = False
    labels: LabelFile | None = None
    audits: Audits | None = None
    lang: str | None = None
    practice: Sequence[Mapping[str, str]] = ()
    _asked: Buckets = field(default_factory=lambda: Buckets(_RATE, _BURST))
    _wrong: Buckets = field(default_factory=lambda: Buckets(_WRONG_RATE, _WRONG_BURST))

    def enter(self, token: str, address: str) -> Person:
        """Return who has a token.

        Raises:
            Refused: nobody; or too many wrong ones came from this address.
        """
        person = self.door.person(token) if token else None
        if person is None:
            if token and not self._wrong.take(address):
                raise Refused("too-many", {"Retry-After": "5"})
            raise Refused("no-token", {"WWW-Authenticate": 'Bearer realm="hamdel"'})
        return person

    def count(self, person: Person) -> None:
        """Count one request of somebody.

        Raises:
            Refused: it is one too many for now.
        """
        if not self._asked.take(person.name):
            raise Refused("too-many", {"Retry-After": "1"})

    def session(self, person: Person) -> dict[str, Any]:
        """Return what somebody may do here."""
        return {
            "name": "hamdel",
            "version": hamdel.__version__,
            "user": person.name,
            "role": person.role.value,
            "methods": list(METHODS),
            "archive": self.may_add,
            "labels": self.labels is not None,
            "audit": self.audits is not None and person.role is Role.LEAD and can_audit(),
            "lang": self.lang,
            "preparing": self.lanes.preparing,
            "practice": bool(self.practice),
            "limits": {"body_bytes": LARGEST, "export_bytes": LARGEST_EXPORT, "requests_per_second": _RATE},
        }

    async def answer(self, person: Person, method: str, params: Mapping[str, Any], lang: Any) -> str:
        """Do what somebody asks for, and return the result in JSON.

        Raises:
            Refused: they may not, or there is nothing to add to.
            RequestError: it can't be done.
        """
        if method == "archive/add" and not self.may_add:
            raise Refused("no-archive")
        known = METHODS.get(method)
        if person.agent and known and known.takes("agent"):
            params = {**params, "agent": person.agent}  # nobody speaks for somebody else
        return await self.lanes.answer(method, params, lang)
