"""`functools.cached_property` without the lock that Python 3.11 takes: it costs more than most of what it guards.

Python 3.12 has dropped the lock. Two threads that ask at once may both work the value out, as they may there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

__all__ = ["cached_property"]

if not TYPE_CHECKING and sys.version_info < (3, 12):
    _Value = TypeVar("_Value")

    class cached_property(Generic[_Value]):  # noqa: N801 - it stands for the one of functools
        """A value that is worked out when it is first asked for, and then lies in the object's ``__dict__``.

        Args:
            work: a method that works it out.
        """

        def __init__(self, work: Callable[[Any], _Value]) -> None:
            self._work = work
            self._name = work.__name__
            self.__doc__ = work.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self._name = name

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._work(instance)
            return value
