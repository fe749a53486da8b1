"""Where browsers look for native hosts, on each system.

Sources: https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging,
https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/Native_manifests, and for those built on Chromium
their own user-data folders. Opera reads Chrome's places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FIREFOX", "HOST_NAME", "SANDBOXES", "Browser", "Sandbox", "browsers", "folders", "home_folders"]

#: The host's name, as the extension asks for it.
HOST_NAME = "hamdel"
FIREFOX = "firefox"


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser, and where it looks.

    Attributes:
        key: its name on the command line.
        name: for people.
        linux, mac: its settings' folder, below the home folder or ``~/Library/Application Support``; empty when
            there is none for it.
        registry: its key below ``HKEY_CURRENT_USER\\Software``.
        reads: the key of the browser whose places it reads; empty for its own.
    """

    key: str
    name: str
    linux: str
    mac: str
    registry: str
    reads: str = ""

    @property
    def is_firefox(self) -> bool:
        return self.key == FIREFOX


_BROWSERS = (
    Browser("chrome", "Google Chrome", ".config/google-chrome", "Google/Chrome", r"Google\Chrome"),
    Browser("chromium", "Chromium", ".config/chromium", "Chromium", "Chromium"),
    Browser("edge", "Microsoft Edge", ".config/microsoft-edge", "Microsoft Edge", r"Microsoft\Edge"),
    Browser(
        "brave",
        "Brave",
        ".config/BraveSoftware/Brave-Browser",
        "BraveSoftware/Brave-Browser",
        r"BraveSoftware\Brave-Browser",
    ),
    Browser("vivaldi", "Vivaldi", ".config/vivaldi", "Vivaldi", "Vivaldi"),
    Browser("opera", "Opera", ".config/opera", "com.operasoftware.Opera", "Opera Software", reads="chrome"),
    Browser(FIREFOX, "Firefox", ".mozilla", "Firefox", r"Mozilla\Mozilla Firefox"),
)


def browsers() -> Mapping[str, Browser]:
    """All browsers that we know, by key."""
    return {browser.key: browser for browser in _BROWSERS}


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A browser that can't start programs outside of its own box.

    Attributes:
        name: for people.
        kind: ``snap`` or ``flatpak``.
        folder: below the home folder; it is there when the browser was used.
    """

    name: str
    kind: str
    folder: str


SANDBOXES = (
    Sandbox("Firefox", "snap", "snap/firefox"),
    Sandbox("Chromium", "snap", "snap/chromium"),
    Sandbox("Opera", "snap", "snap/opera"),
    Sandbox("Brave", "snap", "snap/brave"),
    Sandbox("Firefox", "flatpak", ".var/app/org.mozilla.firefox"),
    Sandbox("Chromium", "flatpak", ".var/app/org.chromium.Chromium"),
    Sandbox("Google Chrome", "flatpak", ".var/app/com.google.Chrome"),
    Sandbox("Microsoft Edge", "flatpak", ".var/app/com.microsoft.Edge"),
    Sandbox("Brave", "flatpak", ".var/app/com.brave.Browser"),
)


def home_folders(browser: Browser, home: Path, platform: str) -> list[Path]:
    """Return the folders that are there when somebody uses a browser.

    Args:
        browser: which.
        home: the home folder.
        platform: as `sys.platform` has it; ``darwin`` is macOS, everything else is taken for Linux.
    """
    if platform == "darwin":
        return [home / "Library/Application Support" / browser.mac]
    if browser.is_firefox:  # new profiles are made in the second since Firefox 147
        return [home / ".mozilla", home / ".config/mozilla"]
    return [home / browser.linux]


def folders(browser: Browser, home: Path, platform: str) -> list[Path]:
    """Return the folders with host manifests that a browser reads."""
    if browser.is_firefox:
        # Also where its profiles are in ~/.config; a ~/.mozilla with nothing but this doesn't change that.
        mac = home / "Library/Application Support/Mozilla/NativeMessagingHosts"
        return [mac if platform == "darwin" else home / ".mozilla/native-messaging-hosts"]
    owner = browsers()[browser.reads] if browser.reads else browser
    return [folder / "NativeMessagingHosts" for folder in home_folders(owner, home, platform)]
