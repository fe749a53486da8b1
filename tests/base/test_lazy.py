"""A value that is worked out once, as functools does it, without the lock of Python 3.11."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from hamdel.base import lazy


@pytest.mark.parametrize("lazily", [lazy.cached_property, functools.cached_property])
def test_it_is_worked_out_once_for_each_object(lazily: Any) -> None:
    asked: list[object] = []

    class Thing:
        @lazily  # type: ignore[untyped-decorator]  # either of the two
        def value(self) -> int:
            """What it is worth."""
            asked.append(self)
            return len(asked)

    one, other = Thing(), Thing()
    assert (one.value, one.value, other.value, one.value) == (1, 1, 2, 1)
    assert asked == [one, other]
    assert one.__dict__ == {"value": 1}
    del one.__dict__["value"]
    assert one.value == 3
    assert Thing.value.__doc__ == "What it is worth."


def test_what_fails_is_asked_again() -> None:
    class Thing:
        tries = 0

        @lazy.cached_property
        def value(self) -> int:
            self.tries += 1
            if self.tries == 1:
                raise KeyError("not yet")
            return self.tries

    thing = Thing()
    with pytest.raises(KeyError, match="not yet"):
        _ = thing.value
    assert thing.value == 2
