"""``hamdel check --html``: the findings in a browser, in a file that only its owner can read."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import pytest
from cli_running import FakeChecker, Run

from hamdel.doors.cli.opened_page import open_page
from hamdel.model import Lang, Severity
from hamdel.render.report.html import render
from hamdel.render.text.pieces import Piece, Role


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What a browser was asked to open."""
    found: list[str] = []
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(webbrowser, "open", lambda address: not found.append(address))
    return found


def test_the_findings_are_opened(run: Run, checker: FakeChecker, opened: list[str], tmp_path: Path) -> None:
    checker.severities = (Severity.WARNING,)
    done = run("check", "--html", stdin="سلام")
    assert done.exit_code == 1
    (path,) = (tmp_path / "cache/pages").glob("*.html")
    assert opened == [path.as_uri()]
    assert done.stdout == f"{path}\n"
    page = path.read_text("utf-8")
    assert 'dir="rtl"' in page
    assert "هشدار" in page
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_page_before_is_removed(opened: list[str], tmp_path: Path) -> None:
    first, _ = open_page("a")
    second, _ = open_page("b")
    assert not first.exists()
    assert second.read_text("utf-8") == "b"
    assert len(opened) == 2


def test_without_a_browser_the_page_is_named(
    run: Run, checker: FakeChecker, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    done = run("check", "--html", stdin="سلام")
    assert "no browser could be started" in done.stderr
    assert done.exit_code == 0


def test_a_page_and_a_format_exclude_each_other(run: Run, checker: FakeChecker, opened: list[str]) -> None:
    done = run("check", "--html", "--format", "json", stdin="سلام")
    assert done.exit_code == 2
    assert not opened


def test_nothing_of_a_draft_is_read_as_html() -> None:
    page = render([(Piece("<script>a&b</script>"), Piece('"<i>', Role.MARK))], Lang.EN)
    assert "<script>" not in page
    assert "&lt;script&gt;a&amp;b" in page
    assert '<span class="mark">&quot;&lt;i&gt;</span>' in page
    assert 'dir="ltr"' in page


def test_a_page_that_cannot_be_written_is_told(
    run: Run, checker: FakeChecker, opened: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path / "file"))
    done = run("check", "--html", stdin="سلام")
    assert done.exit_code == 2
    assert "can't be written" in done.stderr
