"""`hamdel browser install`, `uninstall` and `doctor`, in homes and a registry of the tests' own."""

from __future__ import annotations

import json
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hamdel.doors.browser import installing
from hamdel.doors.browser.callers import CHROMIUM_ORIGIN, FIREFOX_ID
from hamdel.doors.browser.doctoring import examine
from hamdel.doors.browser.installing import Machine, install, uninstall, used
from hamdel.doors.browser.places import SANDBOXES, browsers
from hamdel.doors.browser.wording import said
from hamdel.doors.cli import app
from hamdel.doors.cli.browser import Name
from hamdel.model import Lang


@dataclass
class FakeRegistry:
    keys: dict[str, str] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        return any(one == key or one.startswith(key + "\\") for one in self.keys)

    def read(self, key: str) -> str | None:
        return self.keys.get(key) or None

    def write(self, key: str, text: str) -> None:
        self.keys[key] = text

    def remove(self, key: str) -> None:
        self.keys.pop(key, None)


def machine(home: Path, platform: str = "linux", registry: FakeRegistry | None = None) -> Machine:
    return Machine(home, home / "data" / "hamdel" / "browser", platform, registry=registry or FakeRegistry())


def files(home: Path) -> set[str]:
    """All files below a folder; of the extension's there is one for each family."""
    found = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    return {path for path in found if "/extension/" not in path or path.endswith("/manifest.json")}


EXTENSION = {f"data/hamdel/browser/extension/{family}/manifest.json" for family in ("chromium", "firefox")}


def test_linux(tmp_path: Path) -> None:
    for folder in (".config/google-chrome", ".config/BraveSoftware/Brave-Browser", ".mozilla"):
        (tmp_path / folder).mkdir(parents=True)
    here = machine(tmp_path)
    assert [one.key for one in used(here)] == ["chrome", "brave", "firefox"]
    done = install(here, used(here))
    assert files(tmp_path) == {
        *EXTENSION,
        "data/hamdel/browser/hamdel-host.sh",
        ".config/google-chrome/NativeMessagingHosts/hamdel.json",
        ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts/hamdel.json",
        ".mozilla/native-messaging-hosts/hamdel.json",
    }
    chrome = json.loads(done[1].read_text("utf-8"))
    assert chrome["allowed_origins"] == [CHROMIUM_ORIGIN]
    assert chrome["path"] == str(here.launcher)
    assert json.loads(done[3].read_text("utf-8"))["allowed_extensions"] == [FIREFOX_ID]
    assert here.launcher.stat().st_mode & stat.S_IXUSR
    assert uninstall(here)
    assert files(tmp_path) == set()


def test_a_firefox_with_its_profile_elsewhere(tmp_path: Path) -> None:
    """Firefox 153 reads ~/.mozilla for hosts wherever its profiles are (a trace of its system calls says so)."""
    (tmp_path / ".config/mozilla").mkdir(parents=True)
    here = machine(tmp_path)
    install(here, used(here))
    assert (tmp_path / ".mozilla/native-messaging-hosts/hamdel.json").is_file()


def test_mac(tmp_path: Path) -> None:
    support = tmp_path / "Library/Application Support"
    for folder in ("Google/Chrome", "Microsoft Edge", "Firefox", "com.operasoftware.Opera"):
        (support / folder).mkdir(parents=True)
    here = machine(tmp_path, "darwin")
    assert [one.key for one in used(here)] == ["chrome", "edge", "opera", "firefox"]
    install(here, used(here))
    assert files(support) == {
        "Google/Chrome/NativeMessagingHosts/hamdel.json",
        "Microsoft Edge/NativeMessagingHosts/hamdel.json",
        "Mozilla/NativeMessagingHosts/hamdel.json",
    }


def test_windows(tmp_path: Path) -> None:
    registry = FakeRegistry({r"Software\Google\Chrome\BLBeacon": "1", r"Software\Mozilla\Mozilla Firefox\153": "x"})
    before = dict(registry.keys)
    here = machine(tmp_path, "win32", registry)
    assert [one.key for one in used(here)] == ["chrome", "firefox"]
    install(here, used(here))
    key = r"Software\{}\NativeMessagingHosts\hamdel"
    assert registry.keys[key.format(r"Google\Chrome")] == str(here.data / "chromium.json")
    assert registry.keys[key.format("Mozilla")] == str(here.data / "firefox.json")
    launcher = here.launcher.read_bytes().decode("utf-8")
    assert launcher.startswith("@echo off\r\n")
    assert launcher.endswith(" browser host -- %*\r\n")
    uninstall(here)
    assert registry.keys == before
    assert files(tmp_path) == set()


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    folder = tmp_path / ".config/chromium/NativeMessagingHosts"
    folder.mkdir(parents=True)
    (folder / "hamdel.json").write_text('{"path": "/opt/other"}', "utf-8")
    (folder / "org.other.json").write_text("{}", "utf-8")
    (tmp_path / ".mozilla").mkdir()
    here = machine(tmp_path)
    install(here, [browsers()["firefox"]])
    uninstall(here)
    assert files(folder) == {"hamdel.json", "org.other.json"}


def test_twice_is_once(tmp_path: Path) -> None:
    (tmp_path / ".config/chromium").mkdir(parents=True)
    here = machine(tmp_path)
    assert install(here, used(here)) == install(here, used(here))


def test_the_launcher_quotes_its_interpreter(tmp_path: Path) -> None:
    odd = tmp_path / "it's a $HOME/py"
    odd.parent.mkdir()
    odd.write_text('#!/bin/sh\necho "$@"\n', "utf-8")
    odd.chmod(0o755)
    here = Machine(tmp_path, tmp_path / "data", "linux", odd, FakeRegistry())
    install(here, [])
    out = subprocess.run([str(here.launcher), "a b", "$HOME"], capture_output=True, text=True, check=True).stdout
    assert out == "-P -m hamdel browser host -- a b $HOME\n"


def test_the_doctor_finds_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / ".config/chromium").mkdir(parents=True)
    here = machine(tmp_path)
    assert [(remark.key, remark.wrong) for remark in examine(here)] == [("no_launcher", True), ("unknown", True)]
    install(here, used(here))
    assert [(remark.key, remark.wrong) for remark in examine(here)] == [
        ("launcher", False),
        ("answers", False),
        ("known", False),
    ]


def test_the_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / ".config/chromium").mkdir(parents=True)
    here = Machine(tmp_path, tmp_path / "data", "linux", tmp_path / "gone", FakeRegistry())
    manifest = install(here, used(here))[1]
    manifest.write_text("{", "utf-8")
    (tmp_path / "snap/firefox").mkdir(parents=True)
    (tmp_path / ".var/app/com.brave.Browser").mkdir(parents=True)
    assert [remark.key for remark in examine(here)] == ["launcher", "silent", "other", "snap", "flatpak"]


@pytest.mark.parametrize("lang", list(Lang))
def test_everything_can_be_said(lang: Lang, tmp_path: Path) -> None:
    for kind in {sandbox.kind for sandbox in SANDBOXES}:
        assert "deb" in said(kind, lang, name="X")
    for key in ("known", "other"):
        assert str(tmp_path) in said(key, lang, name="X", path=tmp_path)


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {name.value for name in Name} == set(browsers())
    monkeypatch.setattr(installing, "this_machine", lambda: machine(tmp_path))
    run = CliRunner().invoke
    nothing = run(app, ["browser", "install", "--lang", "en"])
    assert (nothing.exit_code, "--browser" in nothing.output) == (2, True)
    assert "chromium" in run(app, ["browser", "install", "--lang", "en", "--browser", "chromium"]).output
    assert "removed" in run(app, ["browser", "uninstall", "--lang", "en"]).output
    assert "nothing to remove" in run(app, ["browser", "uninstall", "--lang", "en"]).output
