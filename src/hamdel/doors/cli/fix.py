"""``hamdel fix``: what can be mended mechanically is mended; the rest is named."""

from __future__ import annotations

from typing import Annotated

import typer

from hamdel.base.text_files import replace_text
from hamdel.doors.cli.clipboard import fill_clipboard
from hamdel.doors.cli.conversation import (
    CLIPBOARD,
    STDIN,
    ClipboardOption,
    ConversationOptions,
    FailOnOption,
    FileArgument,
    clipboard_draft,
    draft_name,
    is_failure,
)
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import Format, FormatOption, SettingsOptions
from hamdel.doors.cli.screen import complain, open_screen, pour, remark, write
from hamdel.errors import InputError
from hamdel.model import Fixed, Lang

__all__ = ["fix"]


@grouped
def fix(  # noqa: PLR0913 - typer reads one parameter for each option
    file: FileArgument = None,
    *,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    write_file: Annotated[bool, typer.Option("--write", help="Write the fixed text back to FILE.")] = False,
    clipboard: ClipboardOption = False,
    offered: Annotated[
        bool, typer.Option("--offered", help="Apply offered edits, too; read the text before you send it.")
    ] = False,
    about: ConversationOptions,
    output: FormatOption = Format.TEXT,
    fail_on: FailOnOption = None,
    given: SettingsOptions,
) -> None:
    """Mend what can be mended mechanically, and say what is left.

    The fixed text goes to standard output, what was left alone to standard error. Exits with 1 when a finding at or
    above --fail-on is left.

    Examples: `hamdel fix reply.txt --diff`, `hamdel fix reply.txt --write`, `hamdel fix --clipboard`.
    """
    chosen = about.load(given, fail_on=fail_on)
    text = clipboard_draft(file) if clipboard else None
    name = CLIPBOARD if clipboard else draft_name(file)
    if diff and write_file:
        raise InputError("--diff shows and --write changes; take one of them")
    if write_file and (clipboard or name == STDIN):
        raise InputError("--write needs a file to write to; name one, or leave --write out to get the text")
    talk = about.asked(name, text)
    with about.checker(chosen) as checker:
        fixed = checker.fix(talk.draft, offered=offered, **talk.about)
    if write_file and fixed.text != talk.draft and not replace_text(name, fixed.text):
        complain(f"{name}: its encoding has no «ی» or no Persian digits; it is UTF-8 now")
    if clipboard and not diff:
        fill_clipboard(fixed.text)
    if output is Format.JSON:
        _emit_json(fixed)
    else:
        _emit_text(fixed, name, chosen.lang, diff=diff, quiet=write_file)
    worst = min((one.finding.severity for one in fixed.left), key=lambda severity: severity.rank, default=None)
    raise typer.Exit(ExitCode.FINDINGS if is_failure(worst, chosen.fail_on) else ExitCode.CLEAN)


def _emit_json(fixed: Fixed) -> None:
    from hamdel.render.report.edits_json import fixed_to_dict
    from hamdel.render.text.json_text import dumps

    write(dumps(fixed_to_dict(fixed)))


def _emit_text(fixed: Fixed, name: str, lang: Lang, *, diff: bool, quiet: bool) -> None:
    """Print the text or the diff, then what was left alone."""
    from hamdel.render.report import fixes

    if diff:
        pour(fixes.diff(fixed, name))
    elif not quiet:
        pour(fixed.text)
    remark(fixes.left_lines(fixed, lang, open_screen().width))
