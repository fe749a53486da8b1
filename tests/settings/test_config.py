"""Settings: precedence, search, and errors that name place, key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamdel.errors import ConfigError
from hamdel.model import Audience, Channel, Lang, Severity
from hamdel.settings.config import Address, Config, FailOn, load_config, validate_checks

KNOWN = ("respect/blame", "respect/tu-form", "empathy/non-apology", "typography/arabic-letters")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "hamdel.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(**options: object) -> Config:
    return load_config(env={}, options=options)


def error_of(folder: Path, text: str) -> str:
    write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load()
    return str(caught.value)


def test_defaults_without_any_file(folder: Path) -> None:
    config = load_config(start=folder, env={})
    assert (config.audience, config.channel, config.lang) == (Audience.CONSUMER, Channel.CHAT, Lang.FA)
    assert (config.address, config.fail_on, config.source) == (Address.SHOMA, FailOn.WARNING, None)


def test_every_key(folder: Path) -> None:
    (folder / "ours").mkdir()
    path = write(
        folder,
        """
        audience = "business"
        channel = "email"
        address = "تو"
        lang = "en"
        fail_on = "never"
        phrasebanks = ["ours"]
        templates = ["ours"]
        archive = "past"
        approved = ["ours"]
        allow = ["اوکی"]
        [checks]
        enable = ["respect", "empathy/*"]
        disable = ["respect/blame"]
        [severity]
        "respect/tu-form" = "suggestion"
        "empathy/non-apology" = "off"
        """,
    )
    config = load()
    assert config == Config(
        audience=Audience.BUSINESS,
        channel=Channel.EMAIL,
        address=Address.TU,
        lang=Lang.EN,
        fail_on=FailOn.NEVER,
        phrasebanks=(folder / "ours",),
        templates=(folder / "ours",),
        archive=folder / "past",
        approved=(folder / "ours",),
        allow=("اوکی",),
        enable=("respect", "empathy/*"),
        disable=("respect/blame",),
        severity={"respect/tu-form": Severity.SUGGESTION, "empathy/non-apology": None},
        source=path,
    )
    assert hash(config)


@pytest.mark.parametrize(("written", "address"), [("شما", "shoma"), ("shoma", "shoma"), ("تو", "tu"), ("tu", "tu")])
def test_address_has_two_spellings(folder: Path, written: str, address: str) -> None:
    write(folder, f'address = "{written}"')
    assert load().address == address


def test_options_beat_environment_beats_file_beats_defaults(folder: Path) -> None:
    write(folder, 'lang = "en"\naudience = "business"\nchannel = "email"')
    env = {"HAMDEL_AUDIENCE": "consumer", "HAMDEL_CHANNEL": "social", "HAMDEL_LANG": ""}
    config = load_config(env=env, options={"channel": Channel.CHAT, "lang": None})
    assert (config.lang, config.audience, config.channel) == (Lang.EN, Audience.CONSUMER, Channel.CHAT)


def test_all_five_environment_variables(folder: Path) -> None:
    env = {
        "HAMDEL_LANG": "en",
        "HAMDEL_AUDIENCE": "business",
        "HAMDEL_CHANNEL": "email",
        "HAMDEL_FAIL_ON": "error",
        "HAMDEL_ADDRESS": "تو",
    }
    config = load_config(env=env)
    assert config == Config(Audience.BUSINESS, Channel.EMAIL, Address.TU, lang=Lang.EN, fail_on=FailOn.ERROR)


def test_wrong_environment_value_names_the_variable(folder: Path) -> None:
    with pytest.raises(ConfigError, match='HAMDEL_LANG can\'t be "de"; use one of fa, en'):
        load_config(env={"HAMDEL_LANG": "de"})


def test_nearest_file_upwards_wins(folder: Path) -> None:
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    write(folder, 'lang = "en"')
    assert load_config(start=inner, env={}).lang is Lang.EN
    write(folder / "a", 'audience = "business"')
    found = load_config(start=inner, env={})
    assert (found.lang, found.audience) == (Lang.FA, Audience.BUSINESS)


def test_hamdel_toml_wins_over_pyproject_beside_it(folder: Path) -> None:
    write(folder, '[tool.hamdel]\nlang = "en"', "pyproject.toml")
    assert load().lang is Lang.EN
    write(folder, 'lang = "fa"')
    assert load().lang is Lang.FA


@pytest.mark.parametrize("foreign", ['[project]\nname = "x"', "broken [", "tool = 1"])
def test_foreign_pyproject_is_passed_over(folder: Path, foreign: str) -> None:
    inner = folder / "inner"
    inner.mkdir()
    write(folder, 'lang = "en"')
    write(inner, foreign, "pyproject.toml")
    assert load_config(start=inner, env={}).lang is Lang.EN


def test_named_file_stops_the_search(folder: Path) -> None:
    write(folder, 'lang = "en"')
    other = write(folder, 'channel = "email"', "other.toml")
    config = load_config(other, env={})
    assert (config.lang, config.channel) == (Lang.FA, Channel.EMAIL)
    assert load_config(search=False, env={}) == Config()


def test_folders_are_relative_to_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "ours").mkdir()
    write(folder, 'phrasebanks = ["ours"]')
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    assert load().phrasebanks == (folder / "ours",)
    assert load_config(Path("../hamdel.toml"), env={}).phrasebanks[0].samefile(folder / "ours")


def test_byte_order_mark_is_accepted(folder: Path) -> None:
    (folder / "hamdel.toml").write_bytes(b'\xef\xbb\xbflang = "en"\r\n')
    assert load().lang is Lang.EN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('lang = "fa"\naudiance = "x"', 'hamdel.toml:2: unknown key "audiance"; did you mean "audience"?'),
        ("zzzz = 1", 'hamdel.toml:1: unknown key "zzzz"; known keys are audience, channel,'),
        ("[checks]\n\nenabel = []", 'hamdel.toml:3: unknown key "enabel"; did you mean "enable"?'),
        ("# x\n[chekcs]\nenable=[]", 'hamdel.toml:2: unknown key "chekcs"; did you mean "checks"?'),
        ('\nlang = "farsi"', 'hamdel.toml:2: lang can\'t be "farsi"; use one of fa, en'),
        ("lang = 3", "hamdel.toml:1: lang can't be 3; use one of fa, en"),
        ('address = "you"', 'hamdel.toml:1: address can\'t be "you"; use one of شما, تو, shoma, tu'),
        ("allow = 'x'", 'hamdel.toml:1: allow must be a list of texts, like ["…"], not "x"'),
        ("allow = [1]", 'hamdel.toml:1: allow must be a list of texts, like ["…"], not [1]'),
        ("checks = 1", "hamdel.toml:1: checks must be a table, not 1"),
        ("checks.enable = 1", "hamdel.toml:1: enable must be a list of texts"),
        ("archive = 1", "hamdel.toml:1: archive must be a text, not 1"),
        ("approved = ['gone']", "hamdel.toml:1: approved: there is no gone"),
        ("phrasebanks = ['gone']", "hamdel.toml:1: phrasebanks: gone is not a folder"),
        (
            '[severity]\n"respect/blame" = "fatal"',
            'hamdel.toml:2: severity of "respect/blame" can\'t be "fatal"; use one of error, warning,',
        ),
        ("[severity]\n'respect/blame' = 1", 'hamdel.toml:2: severity of "respect/blame" can\'t be 1'),
        (f'lang = "{"x" * 99}"', f"lang can't be \"{'x' * 38}…"),
    ],
)
def test_wrong_settings_name_place_and_remedy(folder: Path, text: str, message: str) -> None:
    assert message in error_of(folder, text)


def test_key_in_pyproject_is_found_in_its_table(folder: Path) -> None:
    write(folder, '[tool.other]\nlang = "x"\n[tool.hamdel]\nchanel = "email"', "pyproject.toml")
    with pytest.raises(ConfigError, match=r'^pyproject.toml:4: unknown key "chanel"; did you mean "channel"'):
        load()


def test_broken_toml_is_shown_with_a_caret(folder: Path) -> None:
    lines = error_of(folder, 'lang = "fa"\nchannel = = 3\n').split("\n")
    assert lines[0].startswith("hamdel.toml:2:11: broken TOML: ")
    assert lines[1:] == ["    channel = = 3", "              ^"]


@pytest.mark.parametrize(
    ("text", "said"), [("a=" + "[" * 50_000, "nested too deeply"), ("a=" + "9" * 10_000, "a number of too many digits")]
)
def test_toml_too_deep_or_long_is_named(folder: Path, text: str, said: str) -> None:
    assert error_of(folder, text) == f"hamdel.toml: broken TOML: {said}"


def test_toml_that_ends_too_early_is_shown_too(folder: Path) -> None:
    lines = error_of(folder, 'allow = ["a",').split("\n")
    assert lines[0].startswith("hamdel.toml:1:")
    assert lines[1] == '    allow = ["a",'


def test_broken_pyproject_of_ours_is_an_error(folder: Path) -> None:
    write(folder, "[tool.hamdel]\nlang = ", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"^pyproject.toml:2:"):
        load()


def test_file_that_cannot_be_used(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"^gone\.toml: no such file"):
        load_config(folder / "gone.toml")
    with pytest.raises(ConfigError, match=r"is a directory"):
        load_config(folder)
    (folder / "hamdel.toml").write_bytes("lang = 'سلام'".encode("cp1256"))
    with pytest.raises(ConfigError, match=r"^hamdel\.toml: byte 8 is not UTF-8"):
        load()
    write(folder, "[project]", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"has no \[tool\.hamdel\] table"):
        load_config(folder / "pyproject.toml")
    write(folder, "a = " + "[" * 50_000)
    with pytest.raises(ConfigError):
        load()


@pytest.mark.parametrize(
    ("enable", "disable", "expected"),
    [
        ((), (), {"respect/blame", "respect/tu-form", "empathy/non-apology", "typography/arabic-letters"}),
        (("respect",), (), {"respect/blame", "respect/tu-form"}),
        (("respect/*",), ("respect/blame",), {"respect/tu-form"}),
        (("empathy/non-apology",), (), {"empathy/non-apology"}),
        ((), ("typography", "*/tu-*"), {"respect/blame", "empathy/non-apology"}),
        (("respect",), ("respect",), set()),
    ],
)
def test_enable_and_disable(enable: tuple[str, ...], disable: tuple[str, ...], expected: set[str]) -> None:
    config = Config(enable=enable, disable=disable)
    assert {check for check in KNOWN if config.severity_of(check, Severity.WARNING)} == expected


def test_severity_overrides() -> None:
    config = Config(severity={"respect/blame": Severity.ERROR, "respect/tu-form": None})
    assert config.severity_of("respect/blame", Severity.WARNING) is Severity.ERROR
    assert config.severity_of("respect/tu-form", Severity.ERROR) is None
    assert config.severity_of("empathy/non-apology", Severity.WARNING) is Severity.WARNING


def test_validate_accepts_what_exists() -> None:
    validate_checks(
        Config(enable=("respect", "*/non-*"), disable=("respect/blame",), severity={"respect/blame": None}),
        KNOWN,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[checks]\ndisable = [\n  "respect/blam",\n]',
            'hamdel.toml:3: no check is called "respect/blam"; did you mean "respect/blame"?',
        ),
        ('checks.enable = ["respct"]', 'hamdel.toml:1: no check is called "respct"; did you mean "respect"?'),
        ('checks.enable = ["zzz/*"]', "`hamdel checks` lists them all"),
        ("[severity]\n'respect' = 'off'", 'hamdel.toml:2: no check is called "respect"'),
    ],
)
def test_validate_names_the_place_and_the_nearest(folder: Path, text: str, message: str) -> None:
    write(folder, text)
    with pytest.raises(ConfigError) as caught:
        validate_checks(load(), KNOWN)
    assert message in str(caught.value)


def test_validate_without_a_file() -> None:
    with pytest.raises(ConfigError, match=r'^settings: no check is called "x"'):
        validate_checks(Config(enable=("x",)), KNOWN)


def test_approved_beside_the_settings_needs_no_name(folder: Path) -> None:
    write(folder, 'lang = "en"')
    assert load().approved == ()
    (folder / "approved").mkdir()
    assert load().approved == (folder / "approved",)
    write(folder, "approved = []")
    assert load().approved == ()


def test_the_environment_names_the_archive(folder: Path) -> None:
    write(folder, 'archive = "past"')
    assert load_config(env={"HAMDEL_ARCHIVE": "/elsewhere"}).archive == Path("/elsewhere")
