"""Reports made by hand, so that renderers are tested without any check."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hamdel.model import Anchor, Finding, Report, Severity

DRAFT = "سلام 🌹\nتو باید صبر کنی تا پیک برسه. شما اشتباه کردید."


def finding(draft: str, text: str, check: str = "respect/tu-form", **values: Any) -> Finding:
    """A finding at the first place of a text; its sentence is the line around it unless given."""
    start = draft.index(text)
    end = start + len(text)
    line = (draft.rfind("\n", 0, start) + 1, draft.find("\n", end) % (len(draft) + 1))
    made = Finding(check, Severity.WARNING, start, end, text, "این عبارت ممکن است بد خوانده شود.", sentence=line)
    return replace(made, **values)


def whole(check: str = "clarity/no-next-step", **values: Any) -> Finding:
    """A finding about the whole draft."""
    made = Finding(check, Severity.WARNING, 0, 0, "", "قدم بعدی گفته نشده است.", anchor=Anchor.DOCUMENT)
    return replace(made, **values)


SENTENCE = (7, 35)

REPORT = Report(
    DRAFT,
    (
        finding(DRAFT, "تو", severity=Severity.ERROR, sentence=SENTENCE, suggestions=("شما", "جناب‌عالی")),
        finding(DRAFT, "کنی", severity=Severity.ERROR, sentence=SENTENCE, suggestions=("کنید",)),
        finding(DRAFT, "شما اشتباه کردید", "respect/blame", sentence=(36, 53), evidence=("شما + اشتباه",)),
        whole(),
        finding(DRAFT, "پیک", "clarity/jargon", severity=Severity.SUGGESTION, sentence=SENTENCE),
    ),
)
