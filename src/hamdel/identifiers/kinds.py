"""Which stretches of digits are personal, and why: check digits, shapes, and the cues around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hamdel.base.lazy import cached_property
from hamdel.identifiers.checksums import luhn, mod_11, mod_97
from hamdel.identifiers.cues import Cue, Cues
from hamdel.identifiers.groups import Group, Stretch, blocks, stretches
from hamdel.identifiers.identifier_lexicon import INNOCENT, lexicon

__all__ = ["Found", "Scene", "numbers"]

Found = tuple[str, int, int]

_REACH, _REACH_CERTAIN = 90, 45  # characters between a cue and its number
_REACH_AFTER = 25
_AROUND = 30
_MOBILE = re.compile(r"(?:0|98|980|0098|00980|098)9\d{9}")
_MOBILE_BARE = re.compile(r"9(?:0[0-5]|[13]\d|2[0-3]|4[0-3]|9\d)\d{7}")
_LANDLINE = re.compile(r"(?:0|98|0098|980)[1-8]\d{9}")
_PLUS = re.compile(r"\+[ (]*\Z")
_IR_BEFORE = re.compile(r"(?<![a-z])ir[ :\-]*\Z")
_IR_AFTER = re.compile(r"[ \-]*ir(?![a-z])")
# A number that touches one of these is masked already, or a part of a name.
_CODE_BEFORE = re.compile(r"[a-z*•×_]\Z")
_CODE_AFTER = re.compile(r"[a-z*•×_]")
_LATIN_BEFORE = re.compile(r"[a-z][\-_]?\Z")
_LATIN_AFTER = re.compile(r"[a-z]")
_URL = re.compile(r"[a-z0-9]\.[a-z]{2,}\S*/\S*\Z|[?&=]\S*\Z")
_DECIMAL = re.compile(r"(?<!\d)\d{1,2}[.٫]\Z")
_DATE = re.compile(
    r"(?:1[2-5]\d\d|20\d\d)[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|[12]\d|3[01])(?!\d).*"
    r"|(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:1[2-5]\d\d|20\d\d)(?!\d).*",
    re.DOTALL,
)
_YEAR = re.compile(r"1[34]\d\d|20[0-4]\d|199\d")
_YEARS = re.compile(rf"(?:{_YEAR.pattern})(?:\D+(?:{_YEAR.pattern}))+")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_AFTER = re.compile(r"[\s٪%.,]{0,2}([^\W\d_]+)")
_DIGIT = re.compile(r"\d(?<!\.0)")  # «.0» is what a spreadsheet adds
_LENGTHS = frozenset({10, 11, 12, 13, 14, 15, 16})
_PHONES = ("mobile", "landline")
_UNTELLING = frozenset(("", INNOCENT, "secret", "email"))


@dataclass(frozen=True)
class Scene:
    """A folded text with what is known of it.

    Attributes:
        text: folded.
        cues: in it.
        strict: everything that may be one counts, for covering, where a miss costs more than a false alarm.
        long: ten digits stand together somewhere, with gaps at most; without them no number has a shape of its own.
    """

    text: str
    cues: Cues
    strict: bool
    long: bool = True

    @cached_property
    def blocks(self) -> list[list[Group]]:
        """The groups of digits."""
        names = [(cue.start, cue.end) for cue in self.cues.found if self.text[cue.end - 1].isdigit()]
        return list(blocks(self.text, names, strict=self.strict))

    @cached_property
    def block_ends(self) -> list[int]:
        """Where each of `blocks` ends."""
        return [block[-1].end for block in self.blocks]

    def is_date(self, start: int, end: int) -> bool:
        """Whether a stretch begins as a date does."""
        return bool(_DATE.match(self.text, start, end))

    def is_year(self, digits: str) -> bool:
        """Whether it may be a year."""
        return bool(_YEAR.fullmatch(digits))

    def counts(self, end: int) -> bool:
        """Whether a word behind a number says what it counts: «تومان», «رقم»."""
        word = _WORD_AFTER.match(self.text, end)
        return bool(word) and str(word and word[1]) in lexicon().units

    def words(self, start: int, end: int) -> Iterator[str]:
        """Yield the words of a part."""
        return (word.group() for word in _WORD.finditer(self.text, max(0, start), end))


def numbers(scene: Scene) -> Iterator[Found]:
    """Yield ``(kind, start, end)`` of personal numbers; those that overlap are all found.

    Args:
        scene: the folded text.
    """
    if not (scene.long or (scene.strict and _are_announced(scene))):
        return
    for block in scene.blocks:
        named_until = 0
        for first, group in enumerate(block):
            cue = _cue(scene, group.start)
            named: Found | None = None
            for stretch in stretches(block, first, strict=scene.strict):
                number = _Number(scene, stretch, cue)
                if found := number.by_shape():
                    yield found
                elif scene.strict and group.start >= named_until:
                    named = number.by_cue() or named
            if named:  # the longest; shorter ones within it would leave nothing to know the number by
                named_until = named[2]
                yield named


def _are_announced(scene: Scene) -> bool:
    """Tell whether anything may say what a number is that has no shape; see `_Number.by_cue`."""
    return "+" in scene.text or any(cue.label not in _UNTELLING for cue in scene.cues.found)


def _cue(scene: Scene, start: int) -> Cue | None:
    """The cue that a number has before it."""
    return scene.cues.announces(start, _REACH) if scene.strict else scene.cues.before(start, _REACH_CERTAIN)


@dataclass(frozen=True, slots=True)
class _Number:
    """A stretch of digits, and the cue before it."""

    scene: Scene
    stretch: Stretch
    cue: Cue | None

    @property
    def digits(self) -> str:
        return self.stretch.digits

    def by_shape(self) -> Found | None:
        """What has a shape or a check digit of its own; None for order numbers, amounts, barcodes and whatever else."""
        if len(self.digits) == 24:
            return self._iban()
        if len(self.digits) not in _LENGTHS or (not self.scene.strict and self._touches(_CODE_BEFORE, _CODE_AFTER)):
            return None
        if len(self.digits) == 16:
            return self._card()
        if _MOBILE.fullmatch(self.digits):
            return self._mobile()
        return self._ten_digits() if len(self.digits) == 10 else None

    def _found(self, kind: str) -> Found:
        return kind, self.stretch.start, self.stretch.end

    def _before(self, size: int) -> str:
        return self.scene.text[max(0, self.stretch.start - size) : self.stretch.start]

    def _touches(self, before: re.Pattern[str], after: re.Pattern[str]) -> bool:
        return bool(before.search(self._before(2)) or after.match(self.scene.text, self.stretch.end))

    def _label(self) -> str:
        """Name what the nearest cue announces: before the number, else after it; empty when there is none."""
        return self.cue.label if self.cue else self._label_after()

    def _label_after(self) -> str:
        """What the next cue behind the number announces; an innocent word there is about another number."""
        reach = _REACH_AFTER if self.scene.strict else 10
        after = self.scene.cues.after(self.stretch.end, reach)
        if after is None or after.label == INNOCENT or _DIGIT.search(self.scene.text, self.stretch.end, after.start):
            return ""
        return after.label

    def _iban(self) -> Found | None:
        lead = _IR_BEFORE.search(self._before(8))
        tail = None if lead else _IR_AFTER.match(self.scene.text, self.stretch.end)
        right = mod_97(self.digits)
        if self.scene.strict:
            if not (lead or tail or right or self._label() == "iban"):
                return None
        else:
            around = (lead and _LATIN_AFTER.match(self.scene.text, self.stretch.end)) or (
                not lead and not tail and self._touches(_CODE_BEFORE, _CODE_AFTER)
            )
            if around or not right or not (lead or tail or self._label() == "iban"):
                return None
        start = self.stretch.start - len(lead.group()) if lead else self.stretch.start
        return "iban", start, tail.end() if tail else self.stretch.end

    def _card(self) -> Found | None:
        known = self.digits[:6] in lexicon().card_prefixes
        if not known and _YEARS.fullmatch(self.scene.text, self.stretch.start, self.stretch.end):
            return None
        right = luhn(self.digits)
        if self.scene.strict:
            return self._found("card") if right or (known and self._label() == "card") else None
        return self._found("card") if right and known else None

    def _mobile(self) -> Found | None:
        example = self.digits.endswith("9123456789") or len(set(self.digits[-7:])) == 1
        if example and not self.scene.strict:
            return None
        plus = _PLUS.search(self._before(6))
        return "mobile", self.stretch.start - (len(plus.group()) if plus else 0), self.stretch.end

    def _ten_digits(self) -> Found | None:
        """A national id by its check digit, or a mobile number that has lost its zero."""
        label, strict = self._label(), self.scene.strict
        right = mod_11(self.digits)
        if right and "national_id" in (label, self._label_after() if strict else ""):
            return self._found("national_id")
        free = not self.scene.counts(self.stretch.end) and not self._in_code()
        # Without a cue one number in eleven is "right"; but ids often start with 0 and order numbers seldom do.
        whole = strict or self.stretch.end - self.stretch.start == 10
        unnamed = not label or (strict and label != INNOCENT)
        if right and self.digits[0] == "0" and unnamed and whole and free:
            return self._found("national_id")
        bare = strict and label in ("", *_PHONES) and _MOBILE_BARE.fullmatch(self.digits)
        return self._found("mobile") if bare and (free or label) else None

    def _in_code(self) -> bool:
        """Whether the number is a part of a link, a fraction, or a name with Latin letters that is no cue."""
        latin = self._touches(_LATIN_BEFORE, _LATIN_AFTER)
        word = self._before(120).rsplit(maxsplit=1)
        beside = bool(word) and not self._before(1).isspace()
        if _DECIMAL.search(self._before(4)):
            return True
        return bool((latin and not self._cue_glued()) or (beside and _URL.search(word[-1])))

    def _cue_glued(self) -> bool:
        return bool(self.cue and self.stretch.start - self.cue.end <= 1)

    def by_cue(self) -> Found | None:
        """What only a cue tells: accounts, postal codes, landlines; ids whose check digit is wrong."""
        label = self._label() or ("landline" if self._has_plus() else "")
        if label in _UNTELLING:
            return None
        start, end = self.stretch.start, self.stretch.end
        if self.scene.counts(end) or self.scene.is_date(start, end) or self.scene.is_year(self.digits):
            return None
        if label in _PHONES:
            return self._found("landline") if self._is_landline(label) else None
        rule = lexicon().rules[label]
        return self._found(label) if rule.least <= len(self.digits) <= rule.most else None

    def _has_plus(self) -> bool:
        return bool(_PLUS.search(self._before(6)))

    def _is_landline(self, label: str) -> bool:
        """With its city code after any word for phones, without it only where the word means a landline."""
        short = label == "landline" and len(self.digits) in (7, 8) and self.digits[0] not in "01"
        if not (_LANDLINE.fullmatch(self.digits) or short):
            return False
        around = set(self.scene.words(self.stretch.start - _AROUND, self.stretch.start))
        around.update(self.scene.words(self.stretch.end, self.stretch.end + _AROUND))
        table = lexicon()
        return table.published.isdisjoint(around) or not table.owned.isdisjoint(around)
