"""What a reader sees who points at a finding: what it is, why it matters, and how to say it better."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lsprotocol import types

from hamdel.identifiers import mask_identifiers
from hamdel.lsp.checked import Checked
from hamdel.lsp.offers import offers
from hamdel.lsp.wording import say
from hamdel.model import Finding
from hamdel.phrasebank import CheckDef
from hamdel.render.bidi import visible

__all__ = ["hover"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def hover(checked: Checked, offset: int, known: Mapping[str, CheckDef]) -> types.Hover | None:
    """Return what to show at a code point; None when there is nothing.

    Args:
        checked: the document and its report.
        offset: the code point.
        known: the checks by id.
    """
    pairs = [pair for pair in checked.shown if checked.touches(pair[0], offset, offset)]
    if not pairs:
        return None
    texts = [_about(checked, finding, clean, known.get(finding.check)) for finding, clean in pairs]
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(dict.fromkeys(texts)))
    places = [checked.place(finding) for finding, _ in pairs]
    start, end = max(place[0] for place in places), min(place[1] for place in places)
    return types.Hover(content, checked.document.range(min(start, end), max(start, end)))


def _about(checked: Checked, finding: Finding, clean: Finding, check: CheckDef | None) -> str:
    parts = [f"**{_plain(clean.message)}**"]
    if check:
        parts.append(f"{say('why', checked.lang)} {_plain(check.why.pick(checked.lang))}")
    wordings = [*_edits(checked, finding)] or [*clean.suggestions]
    if wordings:
        lines = "\n".join(f"- {_plain(wording)}" for wording in dict.fromkeys(wordings))
        parts.append(f"{say('better', checked.lang)}\n{lines}")
    parts.append(f"`{finding.check}`")
    return "\n\n".join(parts)


def _edits(checked: Checked, finding: Finding) -> list[str]:
    """The sentence as it would read after each of the check's own edits."""
    if not finding.edits:
        return []
    text, by = checked.document.text, checked.draft.start
    first, last = finding.sentence[0] + by, finding.sentence[1] + by
    found = []
    for edit in offers(checked, finding):
        inside = [change for change in edit.changes if first <= change.start and change.end <= last]
        sentence, place = "", first
        for change in inside:
            sentence += text[place : change.start] + change.new
            place = change.end
        found.append(mask_identifiers(sentence + text[place:last]))
    return found


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", visible(text).strip())
