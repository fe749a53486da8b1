"""`hamdel init`: by questions and by flags, what it writes works, and nothing is replaced unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_running import Run

from hamdel.doors.cli import asking
from hamdel.model import Audience, Channel
from hamdel.settings.config import load_config
from hamdel.settings.keys import Address

FILES = ["approved/thanks.txt", "checks/house/nameless.toml", "hamdel.toml", "wording/replies/lost-key.j2"]
CLOSING = "wording/replies/_closing.j2"


def there() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there and answers."""
    monkeypatch.setattr(asking, "is_answered_by_somebody", lambda: True)


def test_without_a_terminal_defaults_are_written_and_work(run: Run) -> None:
    made = run("init")
    assert made.exit_code == 0, made.stderr
    assert there() == FILES
    config = load_config(start=Path(), env={})
    assert (config.address, config.channel, config.audience) == (Address.SHOMA, Channel.CHAT, Audience.CONSUMER)
    assert config.archive is None
    assert [path.name for path in config.approved] == ["approved"]
    assert run("checks", "--test").exit_code == 0
    improved = run("improve", "--situation", "lost-key", "--customer", "کلید دوچرخه‌ام گم شده")
    assert "کلید تازه" in improved.stdout


def test_each_flag_is_in_what_it_writes(run: Run, tmp_path: Path) -> None:
    flags = ("--address", "تو", "--channel", "email", "--audience", "business", "--archive", "past")
    made = run("init", "team", *flags, "--signature", " پشتیبانی پیک‌یار ")
    assert made.exit_code == 0, made.stderr
    config = load_config(start=tmp_path / "team", env={})
    assert (config.address, config.channel, config.audience) == (Address.TU, Channel.EMAIL, Audience.BUSINESS)
    assert config.archive == tmp_path / "team/past"
    assert '"پشتیبانی پیک‌یار"' in Path("team", CLOSING).read_text(encoding="utf-8")
    improved = run("improve", "--situation", "late-delivery", "--config", "team/hamdel.toml", "--format", "draft")
    assert improved.stdout.rstrip().endswith("پشتیبانی پیک‌یار")


def test_five_questions_in_persian_by_number_name_and_enter(run: Run, terminal: None) -> None:
    made = run("init", stdin="۲\nemail\n\nپیک‌یار\narchive\n")
    assert made.exit_code == 0, made.stderr
    assert all(f"{n} از ۵" in made.stdout for n in "۱۲۳۴۵")
    config = load_config(start=Path(), env={})
    assert (config.address, config.channel, config.audience) == (Address.TU, Channel.EMAIL, Audience.CONSUMER)
    assert "پیک‌یار" in Path(CLOSING).read_text(encoding="utf-8")
    assert config.archive == Path.cwd() / "archive"


def test_only_what_no_flag_says_is_asked(run: Run, terminal: None) -> None:
    made = run("init", "--address", "shoma", "--channel", "chat", "--signature", "", "--lang", "en", stdin="2\n\n")
    assert made.exit_code == 0, made.stderr
    assert "3 of 5" in made.stdout
    assert "1 of 5" not in made.stdout
    assert load_config(start=Path(), env={}).audience is Audience.BUSINESS
    assert there() == FILES


def test_a_wrong_answer_is_asked_again_and_no_answer_writes_nothing(run: Run, terminal: None) -> None:
    again = run("init", "--channel", "chat", "--audience", "consumer", stdin="۳\nشماا\n1\n\n\n")
    assert again.exit_code == 0, again.stderr
    assert again.stderr.count("یکی از شماره‌ها") == 2
    for stdin in ("", "1\n1\n", "9\n9\n9\n"):
        Path("x").mkdir(exist_ok=True)
        assert run("init", "x", stdin=stdin).exit_code == 2
        assert not list(Path("x").iterdir())


def test_yes_asks_nothing(run: Run, terminal: None) -> None:
    assert run("init", "--yes", stdin="").exit_code == 0


def test_what_is_there_stays_unless_force_says_otherwise(run: Run) -> None:
    Path("hamdel.toml").write_text('lang = "en"\n', encoding="utf-8")
    refused = run("init")
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    assert "hamdel.toml" in refused.stderr
    assert there() == ["hamdel.toml"]
    assert run("init", "--force").exit_code == 0
    assert "شما" in Path("hamdel.toml").read_text(encoding="utf-8")
    assert run("init").exit_code == 0  # nothing differs, so nothing is lost


@pytest.mark.parametrize(("answer", "kept"), [("خ", True), ("", True), ("ب", False), ("بله", False), ("y", False)])
def test_a_person_is_asked_before_a_file_is_replaced(run: Run, terminal: None, answer: str, kept: bool) -> None:
    Path("hamdel.toml").write_text('lang = "en"\n', encoding="utf-8")
    made = run("init", stdin=f"\n\n\n\n\n{answer}\n")
    assert made.exit_code == 0, made.stderr
    assert there() == FILES
    assert (Path("hamdel.toml").read_text(encoding="utf-8") == 'lang = "en"\n') is kept


@pytest.mark.parametrize(
    "args",
    [
        ("--address", "شوما"),
        ("--signature", 'a"b'),
        ("--signature", "{{ 7 }}"),
        ("--signature", "a\nb"),
        ("--signature", "x" * 101),
        ("--archive", "/etc/past"),
        ("--archive", '"\nlang = "en'),
    ],
)
def test_what_cannot_be_written_is_one_line(run: Run, args: tuple[str, ...]) -> None:
    result = run("init", *args)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not there()


def test_a_folder_that_is_a_file_is_one_line(run: Run) -> None:
    Path("file").write_text("")
    result = run("init", "file")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
