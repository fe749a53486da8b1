"""Servers to talk to: one that checks, and one whose work a test holds up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stdio_client import Held, Open, Talk

from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.stdio.methods import Methods


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def talk_to() -> Iterator[Open]:
    """Open a talk that is closed after the test."""
    talks: list[Talk] = []

    def open_(methods: Any, **limits: int) -> Talk:
        talks.append(Talk(methods, **limits))
        return talks[-1]

    yield open_
    for talk in talks:
        talk.close()


@pytest.fixture(scope="module")
def keeper() -> Iterator[Keeper]:
    kept = Keeper(pause=0)
    yield kept
    kept.close()


@pytest.fixture
def logged() -> list[str]:
    return []


@pytest.fixture
def talk(talk_to: Open, keeper: Keeper, tmp_path: Path, logged: list[str]) -> Talk:
    """A server that really checks, with its settings in the test's folder."""
    place = Place(tmp_path, archive=tmp_path / "archive")

    return talk_to(Methods(keeper, place, False, logged.append))
