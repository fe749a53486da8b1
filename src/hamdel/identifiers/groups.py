"""The digits of a folded text: groups, what parts them, and stretches of groups that could be one number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Group", "Stretch", "blocks", "stretches"]

#: What may stand between two groups of digits: signs, symbols, emoji, white space, and a helpdesk's tags and entities.
GAP = r"(?:(?:<br ?/?>|&[a-z]{2,6};|[\W_]){1,8}+)"
_GROUP = re.compile("[0-9]+")
_GAP = re.compile(GAP)
_WIDEST = 24  # characters of a gap, with tags
_NARROW = 4  # … in what is certainly one number
_COMMON = frozenset(" .·•_/()-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_MASKED = re.compile(r"(?:[*•×][\s._/()\-]{0,4}){4}\Z")
_MASKED_AFTER = re.compile(r"[\s.\-/]{0,3}[*•×]{3}")
_LEFT = 4  # digits that masking leaves
_LONGEST = 26  # digits
_MOST = 13  # groups of a number; an IBAN in pairs
_MOST_COMMON = 8  # groups of what is certainly one: more than that are a table
_SPELLED = 4  # single digits in a row that are one number, said digit by digit


class Group(NamedTuple):
    """Digits side by side in a folded text, and what parts them from the group before: "" where a block begins."""

    start: int
    end: int
    digits: str
    gap: str = ""

    @property
    def common(self) -> bool:
        """Whether the gap is one that people put between the parts of a number."""
        return _COMMON.issuperset(self.gap)


class Stretch(NamedTuple):
    """Groups side by side, as one number."""

    start: int
    end: int
    digits: str


def blocks(text: str, skip: Sequence[tuple[int, int]] = (), *, strict: bool) -> Iterator[list[Group]]:
    """Yield groups that stand near each other.

    Args:
        text: folded.
        skip: places whose digits belong to words («CVV2»), in order.
        strict: any separators, and digits one by one are a group.
    """
    skipped = {place for start, end in skip for place in range(start, end)}
    block: list[Group] = []
    for match in _GROUP.finditer(text):
        start, end = match.span()
        if start in skipped:
            continue
        gap = text[block[-1].end : start] if block else ""
        if block and (_is_gap(gap) if strict else len(gap) <= _NARROW and _COMMON.issuperset(gap)):
            block.append(Group(start, end, match.group(), gap))
            continue
        if block:
            yield from _whole(text, block, strict)
        block = [Group(start, end, match.group())]
    if block:
        yield from _whole(text, block, strict)


def _is_gap(gap: str) -> bool:
    return len(gap) <= _WIDEST and "***" not in gap and bool(_GAP.fullmatch(gap))


def _whole(text: str, block: list[Group], strict: bool) -> Iterator[list[Group]]:
    """A block without what masking has left of a number; single digits in a row become one group."""
    if not strict:
        yield block
        return
    if _MASKED.search(text, max(0, block[0].start - 24), block[0].start):
        kept = _LEFT
        while block and kept > 0:
            kept -= len(block[0].digits)
            block = block[1:]
    decorated = bool(block) and text[block[0].start - 1 : block[0].start] == "*"
    if len(block) == 1 and len(block[0].digits) <= 6 and not decorated and _MASKED_AFTER.match(text, block[0].end):
        return
    if block:
        yield _spelled(block)


def _spelled(block: list[Group]) -> list[Group]:
    made: list[Group] = []
    run: list[Group] = []
    for group in block:
        single = len(group.digits) == 1
        if single and run and (len(run) == 1 or _kind(group.gap) == _kind(run[-1].gap)):
            run.append(group)
            continue
        made += _joined(run)
        run = [group] if single else []
        if not single:
            made.append(group)
    return made + _joined(run)


def _joined(run: list[Group]) -> list[Group]:
    if len(run) < _SPELLED:
        return run
    return [Group(run[0].start, run[-1].end, "".join(group.digits for group in run), run[0].gap)]


def _kind(gap: str) -> str:
    """What a gap consists of; spaces beside a mark don't matter."""
    return "".join(gap.split()) or ("\n" if "\n" in gap else " ")


def stretches(block: Sequence[Group], first: int, *, strict: bool) -> Iterator[Stretch]:
    """Yield what a number that begins with a group could be, the shortest first.

    A number has separators of one kind, but for spaces, dots, dashes and the like, which people mix.
    """
    digits, odd = "", ""
    for number, group in enumerate(block[first : first + (_MOST if strict else _MOST_COMMON)]):
        if number and not group.common:
            kind = _kind(group.gap)
            if odd and kind != odd:
                return
            odd = kind
        digits += group.digits
        if len(digits) > _LONGEST:
            return
        yield Stretch(block[first].start, group.end, digits)
