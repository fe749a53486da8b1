"""What a reader sees who points at a finding: what it is, why it matters, and how to say it better."""

from __future__ import annotations

import re
from dataclasses import replace

from lsprotocol import types

from hamdel.doors.lsp.checked import Checked
from hamdel.doors.lsp.texts import say
from hamdel.improve.applying import apply_changes
from hamdel.model import Finding
from hamdel.render.report.because import because
from hamdel.render.text.bidi import visible

__all__ = ["hover"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def hover(checked: Checked, offset: int) -> types.Hover | None:
    """Return what to show at a code point; None when there is nothing."""
    pairs = [pair for pair in checked.shown if checked.touches(pair[0], offset, offset)]
    if not pairs:
        return None
    texts = [_about(checked, finding, clean) for finding, clean in pairs]
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(dict.fromkeys(texts)))
    places = [checked.place(finding) for finding, _ in pairs]
    start, end = max(place[0] for place in places), min(place[1] for place in places)
    return types.Hover(content, checked.document.range(min(start, end), max(start, end)))


def _about(checked: Checked, finding: Finding, clean: Finding) -> str:
    parts = [f"**{_plain(clean.message)}**"]
    if found_by := because(clean, checked.lang):
        parts.append(_plain(found_by))
    if why := checked.whys.get(finding.check):
        parts.append(f"{say('why', checked.lang)} {_plain(why.pick(checked.lang))}")
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
    first, last = finding.sentence
    sentence = checked.veil.slice(checked.report.draft, first, last)
    found = []
    for edit in finding.edits:
        inside = [
            replace(c, start=c.start - first, end=c.end - first, new=checked.veil(c.new))
            for c in edit.changes
            if first <= c.start < last
        ]
        found.append(apply_changes(sentence, inside))
    return found


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", visible(text).strip())
