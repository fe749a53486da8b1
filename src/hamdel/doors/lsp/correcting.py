"""«این درست نیست» and «این هم ایراد دارد»: corrections from an editor, in the one format of all doors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lsprotocol import types

from hamdel.doors.lsp.checked import Checked
from hamdel.doors.lsp.texts import say
from hamdel.doors.requests import LabelFile, missed_case, wrong_case
from hamdel.model import Channel, Finding

__all__ = ["MISSED", "WRONG", "missed", "note_missed", "note_wrong", "wrong"]

WRONG, MISSED = "hamdel.wrong", "hamdel.missed"


def wrong(checked: Checked, touched: Sequence[Finding]) -> Iterator[types.CodeAction]:
    """Yield for each finding at a selection the action that says it isn't right."""
    for finding in touched:
        title = say("wrong", checked.lang, check=finding.check)
        arguments = [checked.document.uri, finding.check, finding.start, finding.end]
        yield _commanding(title, WRONG, arguments)


def missed(checked: Checked, selection: tuple[int, int]) -> Iterator[types.CodeAction]:
    """Yield the action that says that the selected words of a draft have a fault, too."""
    start, end = (max(0, place - checked.draft.start) for place in selection)
    if checked.report.draft[start:end].strip():
        document = checked.document
        yield _commanding(say("missed", checked.lang), MISSED, [document.uri, start, end, document.version])


def _commanding(title: str, command: str, arguments: list[Any]) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        command=types.Command(title, command, arguments=arguments),
    )


def note_wrong(checked: Checked, labels: LabelFile, check: str, start: int, end: int) -> bool:
    """Note that a finding isn't right; False when it isn't there any more.

    Raises:
        HamdelError: the file can't be written.
    """
    meant = (check, start, end)
    found = next((one for one in checked.report.findings if (one.check, one.start, one.end) == meant), None)
    if found is None:
        return False
    labels.add(wrong_case(checked.report, found, _given(checked)))
    return True


def note_missed(checked: Checked, labels: LabelFile, check: str, span: tuple[int, int]) -> None:
    """Note that words have a fault.

    Raises:
        HamdelError: the file can't be written.
    """
    labels.add(missed_case(checked.report, check, span, _given(checked)))


def _given(checked: Checked) -> dict[str, Any]:
    """What a correction says of the conversation."""
    given: dict[str, Any] = {"customer": checked.report.customer}
    return {**given, "channel": Channel.EMAIL.value} if checked.draft.mail else given
