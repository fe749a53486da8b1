"""E-mail addresses, however people write the sign and the dots; number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hamdel.identifiers.identifier_lexicon import lexicon
from hamdel.identifiers.kinds import Found, Scene
from hamdel.identifiers.signs import AT_PARTS

__all__ = ["emails", "hidden_of_email", "plates"]

# What is certainly an address.
_DOMAIN = re.compile(r"@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}(?![a-z])")
_LOCAL = re.compile(r"[a-z0-9._%+-]{1,64}\Z")

# These are shapes rather than lists: each word stands where a sign would, with what may stand around it.
# What may be one: the sign in brackets, as a word or among spaces, dots too, in any script.
_AT = re.compile(
    r"\s?(?:@+|%40|&#0?64;|&#x40;|&commat;)\s?|\s?[\[({<]\s?(?:at|a|@|ات|ایت)\s?[\])}>]\s?"
    r"|\s(?:at|ات|ات ساین|اتساین)\s|[\-_]at[\-_]",
    re.IGNORECASE,
)
_ANY_LOCAL = re.compile(r"(?:[\w.%+\-]{1,64}|\"[^\"\n]{1,62}\")\Z")
_LABEL = re.compile(r"(?:(?![\-_]dot[\-_])[\w\-]){1,63}")
_SIGNS = re.compile("[@&%]")
_DOT = re.compile(
    r"\s?\.\s?(?=\w)|\s?[\[({<]\s?(?:dot|\.|دات|نقطه)\s?[\])}>]\s?|[\s\-_](?:dot|دات|نقطه)[\s\-_]", re.IGNORECASE
)
_LABELS = 6
_ENDING = re.compile(r"[^\W\d_]{2,24}")

# All letters that plates have, some of them spelled out.
_PLATE_LETTER = r"(?:[ابپتثجدزژسشصطظعغفقکگلمنوهی]|الف|معلول(?:ین|ان)?|ژ ?\(?معلول(?:ین|ان)?|تشریفات|[a-z])"
_P = r"[\s\-_|/.()\[\]«»،,:*]{0,3}"
_PLATE = re.compile(
    rf"(?<!\d)\d{{2}}{_P}{_PLATE_LETTER}{_P}\d{{3}}{_P}(?:ایران|iran|ir)?{_P}\d{{2}}(?!\d)"
    rf"|(?<!\d)\d{{2}}{_P}(?:ایران|iran|ir)?{_P}\d{{3}}{_P}{_PLATE_LETTER}{_P}\d{{2}}(?!\d)"
)
_NAMED = re.compile("ایران|iran")
_PLATE_REACH, _PLATE_REACH_AFTER = 60, 15


def emails(scene: Scene) -> Iterator[Found]:
    """Yield ``("email", start, end)``."""
    text = scene.text
    if "@" in text:
        for domain in _DOMAIN.finditer(text):
            local = _LOCAL.search(text, max(0, domain.start() - 64), domain.start())
            if local:
                yield "email", local.start(), domain.end()
    if scene.strict and any(part in text for part in AT_PARTS):
        yield from _likely(text)


def _likely(text: str) -> Iterator[Found]:
    """Addresses with a sign of any spelling, and a dot behind it or the name of a mail service."""
    for sign in _AT.finditer(text):
        local = _ANY_LOCAL.search(text, max(0, sign.start() - 64), sign.start())
        end = _domain_end(text, sign.end(), plain=bool(_SIGNS.search(sign.group())))
        if local and end:
            yield "email", local.start(), end


def _domain_end(text: str, start: int, *, plain: bool) -> int:
    """Return where a domain ends; 0 when none begins here. After the word "at" only a mail service is one."""
    first = _LABEL.match(text, start)
    if not first:
        return 0
    known = first.group() in lexicon().providers
    end = first.end()
    for _ in range(_LABELS):
        dot = _DOT.match(text, end)
        label = _LABEL.match(text, dot.end()) if dot else None
        if not label or (dot and dot.group().endswith(" ") and not known and not _ENDING.fullmatch(label.group())):
            break
        end = label.end()
    spelled = end > first.end()
    beside = text[start - 1 : start]  # "look-at-this.html" is none
    shaped = spelled and beside not in "-_" and (plain or beside != " " or text[first.end()] != ".")
    return end if known or shaped else 0


def hidden_of_email(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places to cover: all letters but the first of name and domain, and the ending."""
    sign = _AT.search(text, start, end)
    if not sign:
        yield from range(start, end)
        return
    dots = list(_DOT.finditer(text, sign.end(), end))
    last = dots[-1].start() if dots else end
    begin = start if sign.start() - start == 1 else start + 1
    for place in (*range(begin, sign.start()), *range(sign.end() + 1, last)):
        if text[place].isalnum() or text[place] in "._%+-":
            yield place


def plates(scene: Scene) -> Iterator[Found]:
    """Yield ``("plate", start, end)``: two digits, a letter, three digits and the region, from either end."""
    text = scene.text
    if not _NAMED.search(text) and all(cue.label != "plate" for cue in scene.cues.found):
        return
    for plate in _PLATE.finditer(text):
        cues = (scene.cues.before(plate.start(), _PLATE_REACH), scene.cues.after(plate.end(), _PLATE_REACH_AFTER))
        announced = any(cue and cue.label == "plate" for cue in cues)
        if announced or _NAMED.search(text, max(0, plate.start() - 8), plate.end()):
            yield "plate", plate.start(), plate.end()
