"""What a fix did: the changes as a unified diff, and what was left alone, with the reason."""

from __future__ import annotations

import difflib

from hamdel.model import Fixed, Lang, LeftReason
from hamdel.render.report.personal import masked_findings
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.paragraph import SEVERITY_ROLES, wrapped
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.positions import Positions
from hamdel.render.text.words import words

__all__ = ["diff", "left_lines"]

_REASONS = {
    Lang.FA: {
        LeftReason.NO_EDIT: "اصلاح خودکار ندارد",
        LeftReason.OFFERED: "پیشنهادی دارد که باید خوانده شود: ",
        LeftReason.OVERLAP: "با اصلاح دیگری برخورد دارد",
        LeftReason.WORSE: "اصلاحش یافتهٔ تازه‌ای می‌ساخت",
    },
    Lang.EN: {
        LeftReason.NO_EDIT: "nothing mechanical mends it",
        LeftReason.OFFERED: "has an offered edit that somebody must read: ",
        LeftReason.OVERLAP: "touches what another edit changed",
        LeftReason.WORSE: "its edit would have made another finding",
    },
}
_SUMS = {
    Lang.FA: ("اصلاح شد: {n} مورد", "دست‌نخورده ماند: {n} مورد"),
    Lang.EN: ("fixed: {n}", "left alone: {n}"),
}


def diff(fixed: Fixed, name: str) -> str:
    """The changes as a unified diff, which `patch` can apply; empty when nothing changed.

    Args:
        fixed: what was done.
        name: the draft's file name.
    """
    name = name.lstrip("/")
    lines = difflib.unified_diff(
        fixed.draft.splitlines(keepends=True), fixed.text.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def left_lines(fixed: Fixed, lang: Lang, width: int | None = None) -> list[Line]:
    """How much was fixed, and each finding that was left alone, with its place and the reason.

    Args:
        fixed: what was done; personal data in its findings is masked.
        lang: of the reasons.
        width: of the terminal; None for a pipe.
    """
    text = words(lang)
    done, left = _SUMS[lang]
    lines: list[Line] = [isolated(Piece(done.format(n=text.number(len(fixed.fixed))), Role.HEADING))]
    if fixed.left:
        lines.append(isolated(Piece(left.format(n=text.number(len(fixed.left))), Role.HEADING)))
    positions = Positions(fixed.draft)
    shown = masked_findings((one.finding for one in fixed.left), fixed.draft, fixed.customer)
    for one, finding in zip(fixed.left, shown, strict=True):
        reason = _REASONS[lang][one.reason]
        if one.reason is LeftReason.OFFERED:
            reason += ltr("--offered")
        place = text.whole if finding.start == finding.end == 0 else text.at(*positions.line_column(finding.start))
        lines.append(
            isolated(
                Piece(text.severities[finding.severity], SEVERITY_ROLES[finding.severity]),
                Piece("  "),
                Piece(ltr(finding.check), Role.CHECK),
                Piece("  "),
                Piece(place, Role.QUIET),
            )
        )
        lines += wrapped(reason, width)
    return lines
