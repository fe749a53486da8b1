"""clarity/too-long-for-channel: a reply longer than the place takes that it is sent to.

Source: the limits are data in the check's file. A place that cuts or refuses what is longer makes a warning; where a
long reply is only read badly it is a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.base.nearest import nearest
from hamdel.errors import ConfigError
from hamdel.evidence.case import Case, Hit
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef

__all__ = ["ChannelLimits"]


class ChannelLimits:
    """Compares a draft's length with what its channel takes.

    Args:
        check: its options ``places`` name limits that cut, ``channels`` what is read to its end; both in characters.
        limit: the settings' own: characters, or a place's name; empty to go by the channel.

    Raises:
        ConfigError: there is no such place.
    """

    def __init__(self, check: CheckDef, limit: int | str = "") -> None:
        self._channels = dict(check.options.get("channels", {}))
        places = dict(check.options.get("places", {}))
        if isinstance(limit, str) and limit and limit not in places:
            hint = nearest(limit, list(places)) or f"; known places are {', '.join(places)}"
            raise ConfigError(f'limit: no place is called "{limit}"{hint}, or give a number of characters')
        self._cut = limit if isinstance(limit, int) else places.get(limit, 0)

    def __call__(self, case: Case) -> Iterator[Hit]:
        most = self._cut or self._channels.get(case.conversation.channel, 0)
        length = _units(case.draft.text.strip()) if most else 0
        if length > most:
            yield Hit(
                kind="cut" if self._cut else "long",
                severity=Severity.WARNING if self._cut else Severity.SUGGESTION,
                evidence=(str(length), str(most)),
                slots=(("over", str(length - most)), ("limit", str(most))),
            )


def _units(text: str) -> int:
    """Return how many characters shops and phones count: UTF-16 units, of which most emoji take two."""
    return len(text.replace("\r\n", "\n").encode("utf-16-le", "surrogatepass")) // 2
