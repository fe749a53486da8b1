"""clarity/too-long-for-channel: what the settings say of the place, and by how much a reply is too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.errors import ConfigError
from hamdel.model import Finding, Lang, Severity
from hamdel.settings.config import Config, load_config

CHECK = "clarity/too-long-for-channel"
STEP = "یک بار از برنامه خارج شوید و دوباره وارد شوید تا فهرست تازه شود. "  # 65 characters


def found(config: Config, draft: str, channel: str = "chat") -> list[Finding]:
    return [one for one in Checker(config).check(draft, channel=channel).findings if one.check == CHECK]


def test_a_place_that_cuts_is_a_warning_that_says_by_how_much() -> None:
    draft = STEP * 6
    (finding,) = found(Config(limit="google-play", lang=Lang.EN), draft)
    assert (finding.kind, finding.severity) == ("cut", Severity.WARNING)
    assert finding.evidence == (str(len(draft.strip())), "350")
    assert f"is {len(draft.strip()) - 350} characters over the 350" in finding.message
    (persian,) = found(Config(limit="google-play"), draft)
    assert "بیش از ۳۵۰ نویسه" in persian.message
    assert not found(Config(limit="google-play"), STEP * 5)
    assert not found(Config(), draft)


def test_a_number_of_ones_own() -> None:
    assert found(Config(limit=70), STEP * 2)
    assert not found(Config(limit=70), STEP)


def test_a_long_public_reply_is_a_suggestion() -> None:
    (finding,) = found(Config(), STEP * 9, "social")
    assert (finding.kind, finding.severity) == ("long", Severity.SUGGESTION)
    assert not found(Config(), STEP * 9)
    assert not found(Config(), STEP * 40, "email")


def test_phones_count_most_emoji_twice() -> None:
    assert not found(Config(limit=70), "آ" * 68 + "🌹")
    assert found(Config(limit=70), "آ" * 69 + "🌹")


def test_an_unknown_place_is_named() -> None:
    with pytest.raises(ConfigError, match='no place is called "gogle-play"; did you mean "google-play"'):
        Checker(Config(limit="gogle-play"))


@pytest.mark.parametrize("value", ["0", "-3", "true", '""', "3.5", "[350]"])
def test_a_limit_is_a_number_or_a_name(tmp_path: Path, value: str) -> None:
    file = tmp_path / "hamdel.toml"
    file.write_text(f"limit = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="limit must be a number of characters"):
        load_config(file, env={})
