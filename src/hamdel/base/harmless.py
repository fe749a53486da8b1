"""Foreign text that is printed as it is can steer a terminal: colours, titles, the clipboard, what stands where.

Drafts, names of files and agents and keys of settings are foreign. Whatever is printed for people goes through here
last, so that nobody has to remember it. Sources: ECMA-48 (control sequences), CVE-2021-42574 (bidirectional overrides).
"""

from __future__ import annotations

__all__ = ["harmless"]


def _table() -> dict[int, str]:
    """Pictures for control characters; nothing for overrides and embeddings, which hamdel never prints itself."""
    pictures = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "\u2421"}
    pictures |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    pictures |= {ord(space): " " for space in "\r\x85\u2028\u2029"}
    pictures |= dict.fromkeys(range(0x202A, 0x202F), "")
    return {code: picture for code, picture in pictures.items() if chr(code) not in "\n\t"}


_TABLE = _table()


def harmless(text: str) -> str:
    """Return text whose control characters are shown instead of obeyed; line ends and tabs stay."""
    return text.replace("\r\n", "\n").translate(_TABLE)
