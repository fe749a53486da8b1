"""clarity/ignored-detail: asking again for what the customer gave, or passing over the day that they need it for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer import Details
from hamdel.identifiers import find_identifiers
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef

__all__ = ["IgnoredDetail"]

_MODEL = re.compile(r"(?<![\w@.])(?:[A-Za-z]+[ -]?\d+\w*|\d+[A-Za-z]\w*)(?![\w.])")
_DEADLINE = word_set("grammar.particle.deadline")
_SECURITY = word_set("matters.safety.checks")
_REACH = 6
_LONGEST = 6  # tokens of a date


class IgnoredDetail:
    """Finds requests for what is known; the check's groups are named for it: order, name, model, city, phone.

    Args:
        check: the definition; its options list cities and words that ask (``asking``).
    """

    def __init__(self, check: CheckDef) -> None:
        self._check = check
        self._asking = frozenset(map(key, check.words("asking")))
        self._cities = frozenset(map(key, check.words("cities")))
        self._known: dict[str, Callable[[Case], bool]] = {
            "order": lambda case: len(case.context.details.orders) == 1,
            "name": lambda case: bool(case.context.details.names),
            "model": lambda case: bool(_MODEL.search(case.context.message)),
            "city": self._knows_city,
            "phone": lambda case: any(i.kind == "mobile" for i in find_identifiers(case.context.message)),
        }

    def __call__(self, case: Case) -> Iterator[Hit]:
        again = list(self._asked_again(case))
        yield from again
        if not again and self._misses_deadline(case):
            yield Hit(kind="deadline", severity=Severity.SUGGESTION, evidence=case.context.details.dates)

    def _asked_again(self, case: Case) -> Iterator[Hit]:
        if not _SECURITY.isdisjoint(case.said_norms):
            return
        for hit in case.phrases(self._check):
            known = self._known.get(hit.group.kind)
            last = self._asks_until(case, hit.last)
            if known and known(case) and last:
                yield Hit(hit.first, last, hit.group.kind, hit.group.severity)

    def _asks_until(self, case: Case, i: int) -> int:
        """Return the end of the request that token ``i`` stands in; 0 when nothing is asked."""
        end = case.draft.sentence(i - 1)[1]
        words = case.draft.words
        for j in range(i, min(end, i + _REACH)):
            word = words[j]
            if word.asks:
                return j
            if word.norm in self._asking or (word.lemma in self._asking and word.person == 2):
                return j + 1
        return 0

    def _knows_city(self, case: Case) -> bool:
        norms = (n for n in case.context.norms)
        return any(n in self._cities or n.removesuffix("م") in self._cities for n in norms)

    def _misses_deadline(self, case: Case) -> bool:
        """The customer named the day that something is needed by; the draft names a time, but no day at all."""
        details: Details = case.context.details
        if not details.dates or not case.said_words or not case.times:
            return False
        if not self._needs_by(case.context.norms, {"".join(key(date).split()) for date in details.dates}):
            return False
        return not any(time.names_day for time in case.times)

    @staticmethod
    def _needs_by(norms: tuple[str, ...], dates: set[str]) -> bool:
        said = [n for n in norms if not n.isspace()]
        starts = (at for i, n in enumerate(said) if n in _DEADLINE for at in range(i + 1, i + 4))
        return any("".join(said[at : at + _LONGEST]).startswith(tuple(dates)) for at in starts)
