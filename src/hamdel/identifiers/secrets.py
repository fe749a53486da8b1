"""Passwords, one-time codes and the like: only the word before them tells what they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from hamdel.identifiers.cues import Cue
from hamdel.identifiers.groups import Group
from hamdel.identifiers.identifier_lexicon import INNOCENT, lexicon
from hamdel.identifiers.kinds import Found, Scene

__all__ = ["secrets"]

_REACH = 60  # characters between the name and what may be its value
_REACH_BEFORE = 40
_GAP_WORDS = 12
_GAP = re.compile(r"[\s:=،,«\"'()\-]*")
_WORD = re.compile(r"[^\W\d_]+(?!\w)")
_VALUE = re.compile(
    r"(?<![\w*])(?:\d{4,8}(?![\d*])|\d{3}[ -]\d{3}(?![\d*])"
    r"|(?![!-~]*\*\*)(?=[a-z0-9!@#$%^&_+.\-]*\d)(?=[\d.\-]*[a-z!@#$%^&_+])"
    r"[a-z0-9!@#$%^&_+.\-]{3,31}[a-z0-9!@#$%^&](?![a-z\d*]))"
    # Dates, amounts, lengths, masked numbers and numbers to send a message to aren't secrets.
    r"(?!\.?\d|[/:\-٫٬,][\d*]|\.\*|[\s.\-/:]{0,3}\*\*)"
)
_TOKEN = re.compile(r"[^\s«»،؛؟()<>]+")
_DECORATION = "*_.\"'`~:=-!?؟,"
_LATIN = re.compile(r"[!-~]{4,40}")
# «رمزم ۱۲۳۴ است»; in Python, for it is the shape of a statement, and this layer stands below the reader of sets.
_SAID = re.compile(r"[\s*_\"'»)]{0,3}(?:است|هست|بود|میباشد|is)(?!\w)")
_POINTED = re.compile(r"[:=][\s*_\"'«(]{0,4}\Z")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[\d.\-/]+|\d{1,2}:\d\d(?::\d\d)?|[\d*]+#")  # also clock times, and codes to dial
_PART_AFTER = re.compile(r"[/:,٬٫*]\d|#")
_PART_BEFORE = re.compile(r"\d[/:,٬٫]\Z")
_BEHIND = re.compile(r"(?:(?!#)[\W_]){1,6}((?:[^\W\d_]+\s+){0,4})")
_INSIDE = re.compile(r"[\w/.,]\Z(?<!_)")
_LONGEST = 8  # digits of a code
_ADDRESS = re.compile(r"@|://|/|^www\.|\.(?:ir|com|org|net)\b")


def secrets(scene: Scene) -> Iterator[Found]:
    """Yield ``("secret", start, end)`` of what is called a password or a code."""
    cues = [cue for cue in scene.cues.found if cue.label == "secret"]
    for cue, following in zip_longest(cues, cues[1:]):
        limit = min(cue.end + _REACH, following.start if following else len(scene.text))
        found = _certain(scene, cue) or (_likely(scene, cue, limit) if scene.strict else None)
        if found:
            yield ("secret", *found)


def _certain(scene: Scene, cue: Cue) -> tuple[int, int] | None:
    """A value with nothing between it and its name that could mean something else."""
    text, place = scene.text, cue.end
    known = lexicon().between
    for _ in range(_GAP_WORDS):
        gap = _GAP.match(text, place, place + _REACH)
        place = gap.end() if gap else place
        word = _WORD.match(text, place, place + _REACH)
        if not word or word.group() not in known:
            break
        place = word.end()
    value = _VALUE.match(text, place)
    if not value or scene.counts(value.end()):
        return None
    year = cue.key in lexicon().bare and scene.is_year(value.group()) and not text[cue.end : place].strip()
    return None if year else value.span()


def _likely(scene: Scene, cue: Cue, limit: int) -> tuple[int, int] | None:
    """The first thing after a name, at some distance, that may be its value; or a number right before the name."""
    number = next(_codes(scene, cue, limit), None)
    word = next(_passwords(scene, cue, limit), None)
    found = min((one for one in (number, word) if one), key=lambda one: (one[0], -one[1]), default=None)
    return found or _code_before(scene, cue)


def _codes(scene: Scene, cue: Cue, limit: int) -> Iterator[tuple[int, int]]:
    """Yield numbers of a code's length."""
    least = 3 if cue.key in lexicon().short else 4
    for block in _blocks_between(scene, cue.end, limit):
        for first, group in enumerate(block):
            if not cue.end <= group.start < limit or not _is_about(scene, cue, group.start):
                continue
            end, digits = _code(block, first)
            year = cue.key in lexicon().bare and scene.is_year(digits) and not scene.text[cue.end : group.start].strip()
            if least <= len(digits) <= 8 and not (year or scene.counts(end) or _is_other(scene, group.start, end)):
                yield group.start, end


def _blocks_between(scene: Scene, start: int, limit: int) -> Iterator[list[Group]]:
    """The blocks of digits that begin in a part, or reach into it."""
    ends = scene.block_ends
    at = bisect_left(ends, start)
    while at < len(ends) and scene.blocks[at][0].start < limit:
        block = scene.blocks[at]
        yield [group for group in block if start <= group.start < limit + 12] if len(block) > 20 else block
        at += 1


def _code(block: list[Group], first: int) -> tuple[int, str]:
    """The end and the digits of a code whose first group is given: «482 913» is one."""
    end, digits = block[first].end, block[first].digits
    for group in block[first + 1 : first + 4]:
        if not group.common or "\n" in group.gap or len(digits) + len(group.digits) > 8:
            break
        end, digits = group.end, digits + group.digits
    return end, digits


def _is_other(scene: Scene, start: int, end: int) -> bool:
    """Whether a number is a part of a date, an amount or a longer number."""
    text = scene.text
    parts = _PART_AFTER.match(text, end) or _PART_BEFORE.search(text, max(0, start - 2), start)
    return bool(parts) or scene.is_date(start, end + 8)


def _is_about(scene: Scene, cue: Cue, place: int) -> bool:
    """Whether no other word says what stands at a place: «رمز را از سفارش 54821 …»."""
    nearest = scene.cues.before(place, _REACH)
    return nearest is None or nearest.start <= cue.start or nearest.label != INNOCENT


def _passwords(scene: Scene, cue: Cue, limit: int) -> Iterator[tuple[int, int]]:
    """Yield words of letters, digits and signs as passwords have them."""
    for token in _TOKEN.finditer(scene.text, cue.end, limit + 40):
        raw = token.group()
        start = token.start() + len(raw) - len(raw.lstrip(_DECORATION))
        end = token.end() - (len(raw) - len(raw.rstrip(_DECORATION)))
        if start < limit and start < end and not _ADDRESS.search(raw) and _is_password(scene, cue, start, end):
            yield start, end


def _is_password(scene: Scene, cue: Cue, start: int, end: int) -> bool:
    """Latin letters with digits or signs; words of one kind only where «:» or «است» says that they are the value."""
    value = scene.text[start:end]
    mixed = bool(_DIGIT.search(value)) and not _NUMBER.fullmatch(value)
    pointed = bool(_POINTED.search(scene.text, max(cue.end, start - 6), start))
    if "**" in value or (mixed and value.lstrip("0123456789.") in lexicon().units):  # "16gb" is an amount
        return False
    if _LATIN.fullmatch(value):
        said = pointed or bool(_SAID.match(scene.text, end))
        return mixed or (said and not _NUMBER.fullmatch(value))
    return pointed and mixed and len(value) >= 5


def _code_before(scene: Scene, cue: Cue) -> tuple[int, int] | None:
    """«482913 کد تأیید منه», «482913 رو به عنوان کد تأیید زدم»."""
    at = bisect_right(scene.block_ends, cue.start) - 1
    block = scene.blocks[at] if at >= 0 else []
    end = block[-1].end if block else 0
    between = _BEHIND.fullmatch(scene.text, end, cue.start) if block and cue.start - end <= _REACH_BEFORE else None
    if not between or not lexicon().behind.issuperset(between[1].split()):
        return None
    start, digits = block[0].start, "".join(group.digits for group in block)
    if len(digits) > _LONGEST:
        start, digits = block[-1].start, block[-1].digits
    if not 4 <= len(digits) <= _LONGEST or scene.is_year(digits) or scene.is_date(start, end):
        return None
    other = scene.cues.before(start, 30)
    inside = _INSIDE.search(scene.text, max(0, start - 1), start)
    return None if inside or (other and other.label == INNOCENT) else (start, end)
