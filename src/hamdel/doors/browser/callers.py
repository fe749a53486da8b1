"""Who may start the host: hamdel's own extension, in the one form that each family of browsers gives its name."""

from __future__ import annotations

from collections.abc import Sequence

from hamdel.errors import InputError

__all__ = ["CHROMIUM_ID", "CHROMIUM_ORIGIN", "FIREFOX_ID", "require_known"]

#: What Chromium makes of the public key in ``browser/src/manifest.json``; a test computes it anew.
CHROMIUM_ID = "oapidplhigakphehmooiijdjcbgcjcdc"
CHROMIUM_ORIGIN = f"chrome-extension://{CHROMIUM_ID}/"
FIREFOX_ID = "hamdel@hamdel"


def require_known(arguments: Sequence[str]) -> None:
    """Accept a browser that was asked by our extension.

    Args:
        arguments: as the browser gives them: the extension's origin first, in Chromium (on Windows with a window's
            number behind it); the manifest's path and the extension's id, in Firefox.

    Raises:
        InputError: anybody else, or nobody.
    """
    if arguments and arguments[0] == CHROMIUM_ORIGIN:
        return
    if len(arguments) > 1 and arguments[1] == FIREFOX_ID:
        return
    who = f'"{arguments[0][:80]}"' if arguments else "nobody"
    raise InputError(f"browsers start this for hamdel's extension; {who} isn't it. See `hamdel browser install`")
