"""``hamdel check`` around the checker: input, options, exit codes, output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import FakeChecker, Run

from hamdel.doors.cli.check import Format
from hamdel.model import Audience, Channel, Finding, Lang, Report, Severity
from hamdel.settings.config import Address, FailOn

E, W, S = Severity.ERROR, Severity.WARNING, Severity.SUGGESTION


def test_draft_from_a_file_standard_input_and_a_dash(run: Run, checker: FakeChecker, tmp_path: Path) -> None:
    Path("reply.txt").write_text("از پرونده", "utf-8")
    assert run("check", "reply.txt").exit_code == 0
    assert checker.draft == "از پرونده"
    run("check", stdin="از لوله")
    assert checker.draft == "از لوله"
    run("check", "-", stdin="از خط تیره".encode("utf-16"))
    assert checker.draft == "از خط تیره"


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        ((), "warning", 0),
        ((S,), "warning", 0),
        ((W, S), "warning", 1),
        ((E,), "warning", 1),
        ((W,), "error", 0),
        ((E, W), "error", 1),
        ((E,), "never", 0),
        ((), "never", 0),
    ],
)
def test_exit_codes(run: Run, checker: FakeChecker, severities: tuple[Severity, ...], fail_on: str, code: int) -> None:
    checker.severities = severities
    for output in Format:
        assert run("check", "--fail-on", fail_on, "--format", output, stdin="x").exit_code == code


def test_warnings_fail_by_default(run: Run, checker: FakeChecker) -> None:
    checker.severities = (W,)
    assert run("check", stdin="x").exit_code == 1


def test_options_reach_the_checker(run: Run, checker: FakeChecker) -> None:
    Path("past.txt").write_text("یک\n\nدو\n", "utf-8")
    options = "--audience business --channel email --turn 2 --lang en --fail-on never --past past.txt --agent sara"
    result = run("check", *options.split(), "--customer", "سفارشم کجاست؟", "--customer-id", "c7", stdin="x")
    assert result.exit_code == 0
    assert checker.called == {
        "customer": "سفارشم کجاست؟",
        "past": ("یک", "دو"),
        "turn": 2,
        "customer_id": "c7",
        "agent": "sara",
    }
    config = checker.config
    assert (config.audience, config.channel, config.lang) == (Audience.BUSINESS, Channel.EMAIL, Lang.EN)
    assert config.fail_on is FailOn.NEVER


def test_settings_come_from_the_folder_and_the_environment(run: Run, checker: FakeChecker) -> None:
    Path("hamdel.toml").write_text('address = "تو"\nlang = "en"\nchannel = "email"', "utf-8")
    assert "Nothing to change" in run("check", stdin="x").stdout
    assert checker.config.address is Address.TU
    run("check", "--channel", "chat", stdin="x", env={"HAMDEL_LANG": "fa", "HAMDEL_CHANNEL": "social"})
    assert (checker.config.lang, checker.config.channel) == (Lang.FA, Channel.CHAT)
    run("check", "--no-config", stdin="x")
    assert checker.config.address is Address.SHOMA
    Path("other.toml").write_text('audience = "business"', "utf-8")
    run("check", "--config", "other.toml", stdin="x")
    assert (checker.config.audience, checker.config.lang) == (Audience.BUSINESS, Lang.FA)


def test_customer_is_read_from_a_file_that_exists(run: Run, checker: FakeChecker) -> None:
    Path("customer.txt").write_bytes("سلام، چطوري؟".encode("cp1256"))
    Path("message").write_text("بی‌پسوند", "utf-8")
    for value, message in (
        ("customer.txt", "سلام، چطوري؟"),
        ("message", "بی‌پسوند"),
        ("کجاست؟", "کجاست؟"),
        ("the file is called gone.txt", "the file is called gone.txt"),
        ("سلام " * 5000, "سلام " * 5000),
        ("", ""),
    ):
        assert run("check", "--customer", value, stdin="x").exit_code == 0
        assert checker.called["customer"] == message


def test_customer_from_standard_input_needs_another_draft(run: Run, checker: FakeChecker) -> None:
    Path("reply.txt").write_text("سلام", "utf-8")
    assert run("check", "reply.txt", "--customer", "-", stdin="پیام").exit_code == 0
    assert checker.called["customer"] == "پیام"
    result = run("check", "--customer", "-", stdin="پیام")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "can't both come from standard input" in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["gone.txt"], "gone.txt: no such file; check the name"),
        (["folder"], "folder: holds no file to check"),
        ([""], "is a folder"),
        (["image.txt"], "image.txt: is a PNG image; save the reply as a text file"),
        (["-", "--customer", "gone.txt"], "gone.txt: no such file"),
        (["-", "--customer", "./gone.md"], "gone.md: no such file"),
        (["-", "--customer", "folder"], "folder: is a folder"),
        (["-", "--past", "gone.jsonl"], "gone.jsonl: no such file"),
        (["-", "--past", "folder"], "folder: is a folder"),
        (["-", "--past", "broken.jsonl"], "broken.jsonl:2: broken JSON"),
        (["-", "--past", "image.txt"], "image.txt: is a PNG image"),
        (["-", "--config", "gone.toml"], "gone.toml: no such file"),
        (["-", "--config", "unknown.toml"], 'unknown.toml:1: unknown key "chanel"; did you mean "channel"?'),
        (["-", "--config", "broken.toml"], "broken.toml:1:8: broken TOML"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_2(
    run: Run, checker: FakeChecker, args: list[str], message: str
) -> None:
    Path("folder").mkdir()
    Path("image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    Path("broken.jsonl").write_text('"x"\n{', "utf-8")
    Path("unknown.toml").write_text("chanel = 1", "utf-8")
    Path("broken.toml").write_text("lang = = 1", "utf-8")
    result = run("check", *args, stdin="سلام")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("hamdel: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == (3 if "broken TOML" in message else 1)


@pytest.mark.parametrize(
    "args",
    [
        ["--turn", "0"],
        ["--turn", "x"],
        ["--format", "xml"],
        ["--lang", "de"],
        ["--fail-on", "suggestion"],
        ["--channel", "fax"],
        ["--gone"],
    ],
)
def test_wrong_usage_exits_with_2(run: Run, args: list[str]) -> None:
    result = run("check", *args, stdin="x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("hamdel: ")
    assert result.stderr.endswith("; see `hamdel check --help`\n")
    assert result.stderr.count("\n") == 1


def test_formats(run: Run, checker: FakeChecker) -> None:
    checker.severities = (W,)
    Path("reply.txt").write_text("سلام", "utf-8")
    assert json.loads(run("check", "--format", "json", stdin="x").stdout)["summary"]["warning"] == 1
    line = run("check", "reply.txt", "--format", "line").stdout
    assert line == "reply.txt:1:1: warning: پیام. [respect/blame]\n"
    assert run("check", "--format", "line", stdin="x").stdout.startswith("-:1:1: ")
    assert "هشدار" in run("check", stdin="x").stdout


def test_all_shows_suggestions(run: Run, checker: FakeChecker) -> None:
    checker.severities = (S,)
    assert "پیام." not in run("check", stdin="x").stdout
    assert "پیام." in run("check", "--all", stdin="x").stdout


def test_personal_data_only_on_request(run: Run, checker: FakeChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    card = "6037-9911-2345-6786"
    draft = f"کارت {card}"
    real = checker.check

    def check(text: str, **called: object) -> Report:
        real(text, **called)
        return Report(text, (Finding("respect/privacy-leak", E, 5, 24, card, card, sentence=(0, 24)),))

    monkeypatch.setattr(checker, "check", check)
    for output in Format:
        masked = run("check", "--format", output, stdin=draft).stdout
        assert card not in masked
        assert "****-****-****-6786" in masked
        shown = run("check", "--format", output, "--show-personal-data", stdin=draft).stdout
        assert (card in shown) is (output in (Format.TEXT, Format.JSON, Format.LINE))  # the others are uploaded


def test_colours_are_for_terminals_and_obey_no_color(run: Run, checker: FakeChecker) -> None:
    checker.severities = (W,)
    assert "\x1b[" not in run("check", stdin="x").stdout
    forced = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert "\x1b[1;35m" in run("check", stdin="x", env=forced, color=True).stdout
    plain = run("check", stdin="x", env={**forced, "NO_COLOR": "1"}, color=True).stdout
    assert "\x1b[" not in plain


def test_interrupt_and_closed_pipe_are_quiet(run: Run, checker: FakeChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(draft: str, **_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checker, "check", interrupt)
    result = run("check", stdin="x")
    assert (result.exit_code, result.stderr) == (130, "hamdel: stopped\n")

    def closed(draft: str, **_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(checker, "check", closed)
    result = run("check", stdin="x")
    assert (result.exit_code, result.stderr) == (141, "")
