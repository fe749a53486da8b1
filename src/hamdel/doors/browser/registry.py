"""Windows' registry, as little of it as browsers read."""

from __future__ import annotations

import sys
from typing import Protocol

__all__ = ["Registry", "WindowsRegistry"]


class Registry(Protocol):
    """Keys below ``HKEY_CURRENT_USER``, each with one text: its default value."""

    def has(self, key: str) -> bool:
        """Whether there is such a key."""

    def read(self, key: str) -> str | None:
        """Return a key's text; None when there is no key, or no text."""

    def write(self, key: str, text: str) -> None:
        """Set a key's text, and make the key."""

    def remove(self, key: str) -> None:
        """Remove a key without keys below it; nothing happens when there is none."""


class WindowsRegistry:
    """The real one."""

    def has(self, key: str) -> bool:
        if sys.platform != "win32":
            return False
        import winreg

        try:
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key).Close()
        except OSError:
            return False
        return True

    def read(self, key: str) -> str | None:
        if sys.platform != "win32":
            return None
        import winreg

        try:
            text: object = winreg.QueryValue(winreg.HKEY_CURRENT_USER, key)
        except OSError:
            return None
        return str(text) or None

    def write(self, key: str, text: str) -> None:
        if sys.platform == "win32":
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as made:
                winreg.SetValue(made, "", winreg.REG_SZ, text)

    def remove(self, key: str) -> None:
        if sys.platform == "win32":
            import winreg
            from contextlib import suppress

            with suppress(FileNotFoundError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
