"""Which requests of the protocol are answered, and by what."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from lsprotocol import types

from hamdel.doors.keeper import Keeper
from hamdel.doors.lsp.actions import (
    FIX_ALL,
    IGNORE_EVERYWHERE,
    IMPROVE,
    KINDS,
    actions,
    has_safe_edits,
    wants,
    workspace_edit,
)
from hamdel.doors.lsp.correcting import MISSED, WRONG, note_missed, note_wrong
from hamdel.doors.lsp.hover import hover
from hamdel.doors.lsp.ignoring import turn_off
from hamdel.doors.lsp.server import Server
from hamdel.doors.lsp.settings import EditorSettings
from hamdel.doors.lsp.texts import say
from hamdel.doors.requests import LabelFile
from hamdel.errors import HamdelError, TooLateError
from hamdel.model import Change, Lang

__all__ = ["make_server"]

log = logging.getLogger(__name__)
_OFFERED, _SHOWN = 6, 60  # faults to choose from, and characters of what they are about
_WATCHED = ("**/hamdel.toml", "**/pyproject.toml")


def make_server(
    keeper: Keeper, settings: EditorSettings | None = None, labels: LabelFile | None = None
) -> Server:
    """Return a server that knows its features.

    Args:
        keeper: keeps the checkers.
        settings: what holds unless the editor says otherwise.
        labels: where corrections are noted; None for nowhere.
    """
    server = Server(keeper, settings, labels)
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(_configuration_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    options = types.CodeActionOptions(code_action_kinds=list(KINDS))
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(_code_actions)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.command(IMPROVE)(_improve)
    server.command(IGNORE_EVERYWHERE)(_ignore_everywhere)
    server.command(WRONG)(_wrong)
    server.command(MISSED)(_missed)
    return server


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.begin(params)


async def _initialized(ls: Server, _: types.InitializedParams) -> None:
    """Ask for settings and for news of settings files, as far as the editor can do that."""
    workspace = ls.client_capabilities.workspace
    registrations = []
    if workspace and (watching := workspace.did_change_watched_files) and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if workspace and (changing := workspace.did_change_configuration) and changing.dynamic_registration:
        section = {"section": "hamdel"}
        registrations.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if registrations:
        ls.client_register_capability(types.RegistrationParams(registrations))
    if workspace and workspace.configuration:
        await _pull_configuration(ls)


async def _pull_configuration(ls: Server) -> None:
    asked = types.ConfigurationParams([types.ConfigurationItem(section="hamdel")])
    values = await ls.workspace_configuration_async(asked)
    ls.configure(values[0] if values else None)


async def _configuration_changed(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """Take the settings that came along, or ask for them."""
    workspace = ls.client_capabilities.workspace
    if params.settings is None and workspace and workspace.configuration:
        await _pull_configuration(ls)
    else:
        ls.configure(params.settings)


def _files_changed(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
    ls.settings_changed()


async def _code_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    checked = await ls.checked(params.text_document.uri)
    if checked is None:
        return None
    fixed: Sequence[Change] = ()
    if wants(FIX_ALL, params.context.only) and has_safe_edits(checked):
        try:
            fixed = checked.change_to(await ls.in_thread(ls.desk.fix, checked, ls.settings))
        except TooLateError as error:
            log.warning("fix: %s", error)  # the other actions are as good as before
    return actions(checked, checked.document.span(params.range), params.context, fixed, labels=ls.labels is not None)


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    checked = await ls.checked(params.text_document.uri)
    return hover(checked, checked.document.offset(params.position)) if checked else None


async def _improve(ls: Server, uri: str) -> None:
    """Put a better draft in place of the one in a document, if the document is still the same by then."""
    checked = await ls.checked(uri)
    if checked is None:
        ls.show(say("not_open", Lang.EN, uri=uri))
        return
    if checked.problem:
        ls.show(checked.problem)
        return
    try:
        changes = checked.change_to(await ls.in_thread(ls.desk.improve, checked, ls.settings))
    except TooLateError as error:
        ls.show(str(error))
        return
    if not changes:
        ls.show(say("nothing_better", checked.lang))
    elif ls.documents.get(uri) is not checked.document:
        ls.show(say("changed_meanwhile", checked.lang))
    else:
        label = say("improve", checked.lang)
        edit = types.ApplyWorkspaceEditParams(workspace_edit(checked, changes), label)
        await ls.workspace_apply_edit_async(edit)


async def _ignore_everywhere(ls: Server, uri: str, check: str) -> None:
    """Turn a check off in the settings of a document."""
    checked = await ls.checked(uri)
    if checked is None:
        ls.show(say("not_open", Lang.EN, uri=uri))
        return
    try:
        await ls.in_thread(turn_off, checked.settings_file, check)
    except HamdelError as error:
        ls.show(str(error))
        return
    ls.settings_changed()


async def _wrong(ls: Server, uri: str, check: str, start: int, end: int) -> None:
    """Note that a finding isn't right."""
    checked = await ls.checked(uri)
    if checked is None or ls.labels is None:
        ls.show(say("not_open", Lang.EN, uri=uri))
        return
    try:
        done = await ls.in_thread(note_wrong, checked, ls.labels, check, start, end)
    except HamdelError as error:
        ls.show(str(error))
        return
    ls.show(say("noted" if done else "changed_meanwhile", checked.lang))


async def _missed(ls: Server, uri: str, start: int, end: int, version: int) -> None:
    """Ask which fault some words of a version of a document have, and note it."""
    checked = await ls.checked(uri)
    if checked is None or ls.labels is None:
        ls.show(say("not_open", Lang.EN, uri=uri))
        return
    text = checked.veil.slice(checked.report.draft, start, end).strip()[:_SHOWN]
    if checked.document.version != version or not text:  # no words would stand for the whole draft
        ls.show(say("changed_meanwhile", checked.lang))
        return
    found = (await ls.in_thread(ls.desk.likely, checked, ls.settings, (start, end)))[:_OFFERED]
    asked = types.ShowMessageRequestParams(
        types.MessageType.Info,
        say("which_fault", checked.lang, text=text),
        [types.MessageActionItem(title) for _, title in found],
    )
    answer = await ls.window_show_message_request_async(asked)
    chosen = next((check for check, title in found if answer and title == answer.title), None)
    if chosen is None:
        return
    try:
        await ls.in_thread(note_missed, checked, ls.labels, chosen, (start, end))
    except HamdelError as error:
        ls.show(str(error))
        return
    ls.show(say("noted", checked.lang))
