"""The first start says at a terminal that it compiles the lexicon, and nowhere else."""

from __future__ import annotations

import gc
import io
import time

import pytest

from hamdel.base.slow_work import shown_by, slow_work
from hamdel.doors.cli import building as module
from hamdel.doors.cli.building import building
from hamdel.doors.cli.options import settings
from hamdel.model import Lang


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("lang", "word"), [(Lang.FA, "واژه‌نامه"), (Lang.EN, "lexicon")])
def test_a_terminal_shows_a_line_that_goes_again(monkeypatch: pytest.MonkeyPatch, lang: Lang, word: str) -> None:
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr(module, "_EVERY", 0.01)
    with building(lang):
        time.sleep(0.05)
    lines = stderr.getvalue().split("\r")
    assert word in lines[1]
    assert len(lines) > 3
    assert not lines[-1]
    assert lines[-2].isspace()
    assert len(lines[-2]) >= len(lines[-3])


def test_a_pipe_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr("sys.stderr", stderr)
    with building(Lang.FA):
        pass
    assert not stderr.getvalue()


def test_every_command_shows_it_in_the_language_of_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    settings(None, True, lang=Lang.EN)
    monkeypatch.setattr("sys.stderr", stderr)
    with slow_work():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert "lexicon" in stderr.getvalue()


def test_an_error_ends_the_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    shown_by(lambda: building(Lang.FA))
    monkeypatch.setattr("sys.stderr", stderr)
    with pytest.raises(ValueError, match="hazm"), slow_work():
        raise ValueError("hazm")
    assert stderr.getvalue().endswith("\r")
    assert gc.isenabled()
