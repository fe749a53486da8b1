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
from hamdel.render.text.wide import cell_width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def a_plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMDEL_BIDI", "off")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize(
    ("lang", "words"), [(Lang.FA, ("واژه‌ها", "حدود", "ثانیه")), (Lang.EN, ("words", "about", " s"))]
)
def test_a_terminal_shows_a_bar_that_goes_again(
    monkeypatch: pytest.MonkeyPatch, lang: Lang, words: tuple[str, ...]
) -> None:
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr(module, "_EVERY", 0.01)
    with building(lang) as told:
        assert told
        time.sleep(0.05)
        told(0.5)
        time.sleep(0.05)
    lines = stderr.getvalue().split("\r")
    assert all(word in lines[1] for word in words)
    assert lines[1].count("█") < 3
    assert lines[-3].count("█") >= 10
    assert not lines[-1]
    assert lines[-2].isspace()
    assert len(lines[-2]) >= cell_width(lines[-3])


@pytest.mark.parametrize(
    ("share", "elapsed", "left"),
    [(0.0, 0.0, 5.0), (0.0, 1.0, 4.0), (0.0, 3.2, 6.8), (0.5, 4.0, 4.0), (0.25, 1.0, 2.125), (0.99, 9.0, 1.0)],
)
def test_the_time_that_is_left(share: float, elapsed: float, left: float) -> None:
    assert module._whole(share, elapsed) - elapsed == pytest.approx(left)


def test_the_bar_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr(module, "_EVERY", 0.01)
    monkeypatch.setattr(module, "_EXPECTED", 0.05)
    with building(Lang.EN) as told:
        assert told
        for share in (0.0, 0.3, 0.32, 0.6, 0.61, 0.9):
            told(share)
            time.sleep(0.03)
    full = [line.count("█") for line in stderr.getvalue().split("\r") if "words" in line]
    assert full == sorted(full)


def test_a_pipe_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr("sys.stderr", stderr)
    with building(Lang.FA) as told:
        assert told is None
    assert not stderr.getvalue()


def test_every_command_shows_it_in_the_language_of_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    settings(None, True, lang=Lang.EN)
    monkeypatch.setattr("sys.stderr", stderr)
    with slow_work():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert "preparing the words" in stderr.getvalue()


def test_an_error_ends_the_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    shown_by(lambda: building(Lang.FA))
    monkeypatch.setattr("sys.stderr", stderr)
    with pytest.raises(ValueError, match="hazm"), slow_work():
        raise ValueError("hazm")
    assert stderr.getvalue().endswith("\r")
    assert gc.isenabled()
