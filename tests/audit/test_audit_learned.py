"""What a team taught is part of what an audit depends on: one with another file can't go on, nor be merged."""

from __future__ import annotations

from pathlib import Path

from hamdel.audit.manifest import rules_settings
from hamdel.evidence.learned.team_file import model_digest, read_learned, write_learned
from hamdel.model.learned import Learned, Lesson
from hamdel.settings.config import Config


def test_the_file_s_digest_is_among_the_settings(tmp_path: Path) -> None:
    plain = rules_settings(Config())
    assert "learned" not in plain
    assert "setting learned" not in plain
    path = tmp_path / "hamdel.learned.json"
    write_learned(path, Learned(model_digest(), {"respect/blame": Lesson(offset=-0.5)}, ()))
    before = rules_settings(Config(learned=path))
    assert before == {**plain, "learned": read_learned(path)[1]}
    write_learned(path, Learned(model_digest(), {"respect/blame": Lesson(offset=-0.6)}, ()))
    assert rules_settings(Config(learned=path))["learned"] != before["learned"]


def test_a_file_that_isn_t_used_isn_t_among_them(tmp_path: Path) -> None:
    """Of another model: what is judged is judged as shipped, and goes on so when somebody learns anew."""
    path = tmp_path / "hamdel.learned.json"
    write_learned(path, Learned("another", {"respect/blame": Lesson(offset=-0.5)}, ()))
    assert rules_settings(Config(learned=path)) == rules_settings(Config())
