"""Code actions: safe edits, offered wordings, all safe fixes at once, and ways to be left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from hamdel.doors.lsp.checked import Checked
from hamdel.doors.lsp.correcting import missed, wrong
from hamdel.doors.lsp.diagnostics import SOURCE
from hamdel.doors.lsp.ignoring import comment_change
from hamdel.doors.lsp.offers import offers
from hamdel.doors.lsp.texts import say
from hamdel.model import Change, Edit, Finding, Safety
from hamdel.render.text.bidi import visible

__all__ = ["FIX_ALL", "IGNORE_EVERYWHERE", "IMPROVE", "KINDS", "actions", "has_safe_edits", "wants", "workspace_edit"]

FIX_ALL = "source.fixAll.hamdel"
IMPROVE = "hamdel.improve"
IGNORE_EVERYWHERE = "hamdel.ignoreInSettings"
#: The kinds of code actions there are, for the server's capabilities.
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, types.CodeActionKind.RefactorRewrite)
_LONGEST = 60  # characters of a wording in a menu


def actions(
    checked: Checked,
    selection: tuple[int, int],
    context: types.CodeActionContext,
    fixed: Sequence[Change],
    *,
    labels: bool = False,
) -> list[types.CodeAction]:
    """Return what can be done about a selection, the surest first.

    Args:
        checked: the document and its report.
        selection: code points.
        context: which kinds the editor asks for; all when it doesn't say.
        fixed: the document's changes when all safe fixes are applied.
        labels: whether corrections are noted somewhere.
    """
    touched = [finding for finding, _ in checked.shown if checked.touches(finding, *selection)]
    corrections = [*wrong(checked, touched), *missed(checked, selection)] if labels else []
    made = [*_quick(checked, touched, context), *corrections, *_whole(checked, fixed)]
    return [action for action in made if wants(action.kind, context.only)]


def has_safe_edits(checked: Checked) -> bool:
    """Whether there is something to fix without reading it first."""
    return any(edit.safety is Safety.SAFE for finding in checked.report.findings for edit in finding.edits)


def workspace_edit(checked: Checked, changes: Sequence[Change]) -> types.WorkspaceEdit:
    """Return changes of a document as an edit that an editor can apply."""
    return types.WorkspaceEdit(changes={checked.document.uri: checked.text_edits(changes)})


def wants(kind: str | types.CodeActionKind | None, only: Sequence[str | types.CodeActionKind] | None) -> bool:
    """Whether an editor asks for a kind of code actions; for all of them when it doesn't say."""
    name, wanted = _name(kind or ""), [_name(one) for one in only or ()]
    return not wanted or any(not one or name == one or name.startswith(f"{one}.") for one in wanted)


def _name(kind: str | types.CodeActionKind) -> str:
    return str(kind.value if isinstance(kind, types.CodeActionKind) else kind)


def _quick(
    checked: Checked, touched: Sequence[Finding], context: types.CodeActionContext
) -> Iterator[types.CodeAction]:
    done: set[tuple[Change, ...]] = set()
    mending: list[types.CodeAction] = []
    for finding in touched:
        for edit in offers(checked, finding):
            if edit.changes not in done:
                done.add(edit.changes)
                mending.append(_mending(checked, finding, edit, context))
    yield from sorted(mending, key=lambda action: not action.is_preferred)
    ids = list(dict.fromkeys(finding.check for finding in touched))
    for check in ids:
        yield _ignoring_here(checked, next(f for f in touched if f.check == check), context)
    for check in ids:
        yield _ignoring_everywhere(checked, check, context)


def _mending(checked: Checked, finding: Finding, edit: Edit, context: types.CodeActionContext) -> types.CodeAction:
    safe = edit.safety is Safety.SAFE
    return types.CodeAction(
        title=_title(checked, edit),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_meant(finding.check, context.diagnostics),
        is_preferred=safe or None,
        edit=workspace_edit(checked, edit.changes),
    )


def _title(checked: Checked, edit: Edit) -> str:
    """«اصلاح: شما … کنید»: what will stand there, as much of it as a menu has room for."""
    new = " … ".join(checked.veil(change.new).strip() for change in edit.changes if change.new.strip())
    if not new:
        first = edit.changes[0]
        dropped = checked.veil.slice(checked.document.text, first.start, first.end)
        return say("drop", checked.lang, wording=_short(dropped.strip()))
    return say("fix" if edit.safety is Safety.SAFE else "offer", checked.lang, wording=_short(new))


def _short(text: str) -> str:
    text = visible(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _ignoring_here(checked: Checked, finding: Finding, context: types.CodeActionContext) -> types.CodeAction:
    document = checked.document
    change = comment_change(document.text, checked.place(finding)[0], finding.check, document.language)
    return types.CodeAction(
        title=say("ignore_here", checked.lang, check=finding.check),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_meant(finding.check, context.diagnostics),
        edit=workspace_edit(checked, (change,)),
    )


def _ignoring_everywhere(checked: Checked, check: str, context: types.CodeActionContext) -> types.CodeAction:
    title = say("ignore_everywhere", checked.lang, check=check, file=checked.settings_file.name)
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_meant(check, context.diagnostics),
        command=types.Command(title, IGNORE_EVERYWHERE, arguments=[checked.document.uri, check]),
    )


def _whole(checked: Checked, fixed: Sequence[Change]) -> Iterator[types.CodeAction]:
    """What is about the whole draft."""
    if fixed:
        yield types.CodeAction(
            title=say("fix_all", checked.lang), kind=FIX_ALL, edit=workspace_edit(checked, tuple(fixed))
        )
    if checked.report.findings:
        title = say("improve", checked.lang)
        yield types.CodeAction(
            title=title,
            kind=types.CodeActionKind.RefactorRewrite,
            command=types.Command(title, IMPROVE, arguments=[checked.document.uri]),
        )


def _meant(check: str, known: Iterable[types.Diagnostic]) -> list[types.Diagnostic]:
    """The editor's own diagnostics that an action is about."""
    return [diagnostic for diagnostic in known if diagnostic.source == SOURCE and diagnostic.code == check]
