"""Persian letters in the forms that their neighbours ask for, for terminals that join none themselves.

The forms are those of Unicode's own data (the presentation forms of U+FB50 … U+FEFC), so no letter is listed here.
"""

from __future__ import annotations

import unicodedata
from functools import cache

__all__ = ["shaped"]

_FORMS = ("isolated", "final", "initial", "medial")
_LAM, _ZWJ, _TATWEEL = "\u0644", "\u200d", "\u0640"
_PRESENTATION = (range(0xFB50, 0xFBC2), range(0xFBD3, 0xFC00), range(0xFE80, 0xFEFD))


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The glyphs of a letter, or of lam with an alef, by the name of the form; Persian yeh and kaf have theirs, too."""
    found: dict[str, dict[str, str]] = {}
    for code in (code for block in _PRESENTATION for code in block):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        text = "".join(chr(int(letter, 16)) for letter in letters.split())
        if kind.strip("<>") in _FORMS and (len(text) == 1 or (len(text) == 2 and text[0] == _LAM and code >= 0xFE80)):
            found.setdefault(text, {}).setdefault(kind.strip("<>"), chr(code))
    return found


def _joins_next(char: str) -> bool:
    return char in (_ZWJ, _TATWEEL) or "initial" in _forms().get(char, ())


def _joins_before(char: str) -> bool:
    return char in (_ZWJ, _TATWEEL) or "final" in _forms().get(char, ())


def shaped(text: str) -> list[str]:
    """Return what is shown at each place of a text; nothing where an alef is part of the lam before it.

    Args:
        text: in logical order, as it is written.
    """
    glyphs = list(text)
    letters = [place for place, char in enumerate(text) if unicodedata.category(char) not in ("Mn", "Me")]
    for number, place in enumerate(letters):
        char = text[place]
        forms = _forms().get(char)
        if forms is None or not glyphs[place]:
            continue
        before = text[letters[number - 1]] if number else ""
        after = text[letters[number + 1]] if number + 1 < len(letters) else ""
        from_before = bool(before) and _joins_next(before) and _joins_before(char)
        pair = _forms().get(char + after) if char == _LAM and after else None
        if pair:
            glyphs[letters[number + 1]] = ""
            glyphs[place] = pair["final" if from_before else "isolated"]
            continue
        to_next = bool(after) and _joins_next(char) and _joins_before(after)
        form = _FORMS[from_before + 2 * to_next]
        glyphs[place] = forms.get(form, char) if len(forms) > 1 else char  # fonts have hamza itself, not its form
    return glyphs
