"""How often somebody may ask."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Buckets"]

_MOST = 10_000  # whose buckets are remembered


@dataclass(slots=True)
class Buckets:
    """A token bucket for each of those who ask.

    Args:
        rate: requests a second, for as long as one likes.
        burst: requests at once.
        clock: tells the time in seconds.
    """

    rate: float
    burst: float
    clock: Callable[[], float] = time.monotonic
    _filled: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, who: str) -> bool:
        """Take one request from somebody's bucket; return whether it had one."""
        now = self.clock()
        left, seen = self._filled.get(who, (self.burst, now))
        left = min(self.burst, left + (now - seen) * self.rate)
        if who not in self._filled and len(self._filled) >= _MOST:
            self._forget(now)
        self._filled[who] = (left - 1 if left >= 1 else left, now)
        return left >= 1

    def _forget(self, now: float) -> None:
        """Forget those whose buckets are full again; all of them when that is nobody."""
        full = now - self.burst / self.rate
        kept = {who: state for who, state in self._filled.items() if state[1] > full}
        self._filled = kept if len(kept) < _MOST else {}
