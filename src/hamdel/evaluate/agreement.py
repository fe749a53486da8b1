"""How far two people agree who labelled the same replies, beyond chance: Cohen's kappa for each check.

Source: Cohen 1960. Two people who find nothing, or everything, in all replies have no kappa: nothing can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Agreement", "agreement", "kappa"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on one check.

    Attributes:
        check: its id; empty for all of them together.
        both: replies in which both found it.
        first, second: replies in which only one of them did.
        neither: replies in which nobody did.
    """

    check: str
    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None when neither of them ever differs from always the same answer."""
        return kappa(self.both, self.first, self.second, self.neither)


def agreement(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]], checks: Iterable[str]
) -> list[Agreement]:
    """Compare what two people found.

    Args:
        one: ids of the checks by reply; replies that only one of them labelled are left out.
        other: likewise.
        checks: those that both were asked about.

    Returns:
        One for each check that somebody found, in the order of ``checks``, and last one for all checks.
    """
    shared = sorted(one.keys() & other.keys())
    counted = []
    for check in checks:
        pairs = [(check in one[reply], check in other[reply]) for reply in shared]
        counts = [pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))]
        counted.append(Agreement(check, *counts))
    sums = (sum(getattr(each, name) for each in counted) for name in ("both", "first", "second", "neither"))
    return [*(each for each in counted if each.both + each.first + each.second), Agreement("", *sums)]


def kappa(both: int, first: int, second: int, neither: int) -> float | None:
    """Return Cohen's kappa of two yes/no judgements; None when chance alone would agree always."""
    total = both + first + second + neither
    if not total:
        return None
    chance = ((both + first) * (both + second) + (second + neither) * (first + neither)) / total**2
    return None if chance == 1 else ((both + neither) / total - chance) / (1 - chance)
