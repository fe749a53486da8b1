"""What may be done about a finding: its edits, or its suggestions where a place for them can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hamdel.doors.lsp.checked import Checked
from hamdel.language.sets import entries
from hamdel.model import Anchor, Change, Edit, Finding, Safety

__all__ = ["offers"]

_MOST = 3  # suggestions of one finding that a menu shows
_GREETING = re.compile(rf"(?:با )?(?:{'|'.join(entries('acts.greeting.raw'))})[^\r\n.!؟?،]*[.!،]?[^\S\r\n]*")
_STOPS = (".", "!", "؟", "?", "…", "۔")
#: «به‌جای «تو» بنویسید «شما»» is advice, no wording.
_ADVICE = re.compile("به[\u200c ]جای «")


def offers(checked: Checked, finding: Finding) -> Iterator[Edit]:
    """Yield the ways to mend a finding, in the document's offsets, best first.

    A check's own edits come alone; for a finding without any, each suggestion that is a wording takes the place of the
    sentence (of the marked words when it is no whole sentence) or, for what is missing, is put into the draft.
    """
    if finding.edits:
        yield from map(checked.moved, finding.edits)
        return
    wordings = [wording for wording in finding.suggestions if not _ADVICE.search(wording)]
    for wording in wordings[:_MOST]:
        yield Edit((_change(checked, finding, wording),), Safety.OFFERED)


def _change(checked: Checked, finding: Finding, wording: str) -> Change:
    text, by = checked.document.text, checked.draft.start
    if finding.anchor is Anchor.DOCUMENT:
        return _insertion(checked, wording)
    start, end = finding.sentence if wording.endswith(_STOPS) else (finding.start, finding.end)
    start, end = start + by, end + by
    return Change(start, start + len(text[start:end].rstrip()), wording)


def _insertion(checked: Checked, wording: str) -> Change:
    """What is missing opens the reply, unless the check's ``[edits]`` say where it belongs: then it has edits."""
    text = checked.document.text
    first, _ = checked.first_word
    if greeting := _GREETING.match(text, first, checked.end):
        return _after_greeting(text, greeting.end(), wording)
    return Change(first, first, f"{wording} ")


def _after_greeting(text: str, place: int, wording: str) -> Change:
    """A wording of its own after «سلام، » on the same line."""
    before = "" if text[place - 1 : place].isspace() else " "
    after = "" if text[place : place + 1].strip() == "" else " "
    return Change(place, place, f"{before}{wording}{after}")
