"""Audits one after another: their order, what changed for sure, what became of advice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hamdel.audit.trail import read_trail
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.render.audit.trail_page import render, shown


def rate(count: int, of: int = 400) -> dict[str, Any]:
    return {"count": count, "of": of}


def write(folder: Path, first: str | None, blame: int, feel: int | None = None) -> Path:
    """The summary of an audit, so far as a trend reads it."""
    checks = [{"check": "respect/blame", "title": "سرزنش", "severity": "warning", **rate(blame)}]
    checks += [{"check": "respect/threat", "title": "تهدید", "severity": "error", **rate(9 if blame % 2 else 10)}]
    checks += [{"check": "repetition/looping", "title": "دوباره", "severity": "warning", **rate(0, 0)}]
    summary: dict[str, Any] = {
        "schema": "hamdel/audit/1", "version": "0.1.0", "time": {"first": first}, "replies": {"checked": 400},
        "checks": checks, "scores": {}, "advice": [{"kind": "check", "check": "respect/blame"}],
    }  # fmt: skip
    if feel is not None:
        summary |= {"deeds": [{"deed": "feel", **rate(feel)}], "voice": {"stories": [{"story": "back", **rate(feel)}]}}
    folder.mkdir()
    (folder / "summary.json").write_text(json.dumps(summary), "utf-8")
    return folder


def test_audits_are_told_in_the_order_of_their_time(tmp_path: Path) -> None:
    later, earlier = write(tmp_path / "a", "2026-02-01", 20, 200), write(tmp_path / "b", "2026-01-01", 121)
    trail = read_trail([later, earlier], Lang.FA)
    assert [one.folder for one in trail.months] == ["b", "a"]
    first, *others = trail.series
    assert first.name == "سرزنش"
    assert [one.count if one else None for one in first.shares] == [121, 20]
    assert (first.change.value or 0) < -0.2
    assert not first.change.chance
    assert [one.name for one in others] == ["تهدید"]  # nothing of one audit alone, or of what nobody could judge
    assert others[0].change.chance
    (advised,) = trail.advised
    assert (advised.month, advised.before.count, advised.after.count) == (0, 121, 20)


def test_deeds_and_stories_are_followed_too(tmp_path: Path) -> None:
    trail = read_trail([write(tmp_path / f"{n}", f"2026-0{n}-01", 20, 100 * n) for n in (1, 2, 3)], Lang.FA)
    kinds = {(one.kind, one.name): [share.count for share in one.shares if share] for one in trail.series}
    assert kinds["deed", "feel"] == kinds["story", "back"] == [100, 200, 300]


@pytest.mark.parametrize("lang", list(Lang))
def test_it_is_shown_and_drawn(tmp_path: Path, lang: Lang) -> None:
    trail = read_trail([write(tmp_path / "a", "2026-01-01", 121, 5), write(tmp_path / "b", None, 20, 9)], lang)
    page = render(trail)
    assert page.count("<polyline") == len(trail.series) == 4
    assert "http" not in page.replace("http-equiv", "")
    lines = ["".join(piece.text for piece in line) for line in shown(trail, tmp_path / "x.html")]
    assert any("سرزنش" in line for line in lines)
    assert "x.html" in lines[-1]


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    one = write(tmp_path / "a", "2026-01-01", 1)
    with pytest.raises(InputError, match="two audits at least"):
        read_trail([one], Lang.FA)
    with pytest.raises(InputError, match="there is no such file"):
        read_trail([one, tmp_path / "none"], Lang.FA)
    other = write(tmp_path / "b", "2026-01-01", 1)
    summary = json.loads((other / "summary.json").read_text("utf-8"))
    (other / "summary.json").write_text(json.dumps(summary | {"advice": 3}), "utf-8")
    with pytest.raises(InputError, match="one isn't what hamdel wrote"):
        read_trail([other, one], Lang.FA)
